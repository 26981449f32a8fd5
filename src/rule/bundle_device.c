/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_mark.h"
#include "number.h"
#include "site.h"

#ifdef __linux__
#include <sys/sysmacros.h> /* elsewhere in sys/types.h */
#endif

/* Whether what is there is the device that the spec wants. */
static bool is_wanted(const struct node *device, const struct stat *there)
{
    const struct node *type = node_get(device, STR("type"));
    const struct node *first = node_get(device, STR("major"));
    const struct node *second = node_get(device, STR("minor"));
    int64_t numbers[2];
    if (node_is_string(type, STR("p")))
        return S_ISFIFO(there->st_mode);
    bool same = node_is_string(type, STR("b")) ? S_ISBLK(there->st_mode)
                                               : S_ISCHR(there->st_mode);
    if (!same || first == NULL || second == NULL || first->type != NODE_NUMBER ||
        second->type != NODE_NUMBER || !number_int64(node_text(first), &numbers[0]) ||
        !number_int64(node_text(second), &numbers[1]))
        return same;
    return major(there->st_rdev) == numbers[0] && minor(there->st_rdev) == numbers[1];
}

/* Runtimes make a device where there is nothing, and take it for made where there is
 * something (EEXIST). In a user namespace they bind the machine's over it. */
void bundle_device_check(struct site *site)
{
    const struct node *devices = node_find(site->search->root, STR("/linux/devices"));
    if (site->rootfs.fd < 0 || site->in_userns)
        return;
    for (const struct node *node = node_first(devices); node; node = node->next) {
        const struct node *path = node_get(node, STR("path"));
        struct root_place place;
        if (path == NULL || path->type != NODE_STRING || path->len < 2 ||
            node_text(path).at[0] != '/' ||
            !root_find(&site->rootfs, node_text(path), &place) ||
            is_wanted(node, &place.status))
            continue;
        const char *what = S_ISDIR(place.status.st_mode)   ? "a directory"
                           : S_ISREG(place.status.st_mode) ? "a file"
                                                           : "another device";
        site_mark(site, (struct mark){.finder = DEVICE_TAKEN,
                                      .node = node,
                                      .at = path,
                                      .have = site_say(site, "%s", place.path),
                                      .want = what});
    }
}
