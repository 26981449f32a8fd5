/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_mark.h"
#include "function.h"
#include "option.h"
#include "site.h"

/* Whether the spec mounts something at or above a place of the rootfs. */
static bool is_mounted_over(const struct site *site, const char *place)
{
    const struct node *mounts = node_get(site->search->root, STR("mounts"));
    for (const struct node *mount = node_first(mounts); mount; mount = mount->next) {
        const struct node *destination = node_get(mount, STR("destination"));
        if (destination == NULL || destination->type != NODE_STRING ||
            destination->len == 0 || node_text(destination).at[0] != '/')
            continue;
        struct str path = path_clean(site->search->arena, node_text(destination), false);
        if (site_is_below(place, site_say(site, "%.*s", (int)path.len, path.at)))
            return true;
    }
    return false;
}

/* runc and crun bind the rootfs with what is mounted below it, and then make the top of
 * it read-only. */
static void check_submounts(struct site *site, const char *rootfs)
{
    const struct node *readonly = node_find(site->search->root, STR("/root/readonly"));
    if (readonly == NULL || readonly->type != NODE_TRUE)
        return;
    for (size_t i = 0; i < site->mount_count; i++) {
        const struct site_mount *mount = &site->mounts[i];
        const char *below = mount->point + strlen(rootfs);
        if (strcmp(mount->point, rootfs) == 0 || !site_is_below(mount->point, rootfs) ||
            (mount->attributes & ATTRIBUTE_RO) || is_mounted_over(site, below))
            continue;
        site_mark(site, (struct mark){.finder = ROOT_SUBMOUNTS,
                                      .node = readonly->parent,
                                      .at = readonly,
                                      .have = below});
        return;
    }
}

void bundle_root_check(struct site *site)
{
    const struct node *node = node_get(site->search->root, STR("root"));
    const struct node *path = node_get(node, STR("path"));
    const char *rootfs = site_rootfs(site);
    struct root machine = {.fd = -1};
    struct root_place place;
    bool on_target = site->bundle->on_target;
    if (rootfs == NULL || (!on_target && site->rootfs.fd < 0))
        return;
    if (!on_target) /* only for the way to the rootfs, which is there */
        root_open(&machine, site->bundle->host);
    bool found = root_find(on_target ? &site->host : &machine, str_of(rootfs), &place);
    root_release(&machine);
    struct mark mark = {.node = node, .at = path};
    if (root_lacks(&place) || (found && !S_ISDIR(place.status.st_mode))) {
        mark.finder = ROOT_MISSING;
        mark.have = found ? site_say(site, "%s is no directory", place.path)
                          : site_reason(site, &place);
        site_mark(site, mark);
    } else if (found && place.linked) {
        mark.finder = ROOT_LINKED;
        const char *folder = site->bundle->folder;
        const char *want = place.path;
        if (folder != NULL && node_text(path).at[0] != '/' &&
            site_is_below(want, folder) && strlen(want) > strlen(folder) + 1)
            want += strlen(folder) + 1; /* as it may be written */
        mark.want = site_say(site, "%s", want);
        site_mark(site, mark);
    }
    if (found && on_target) {
        site->rootfs_place = site_say(site, "%s", place.path);
        check_submounts(site, place.path);
        mark.finder = ROOT_NOEXEC;
        if (site_attributes(site, place.path) & ATTRIBUTE_NOEXEC)
            site_mark(site, mark);
    }
}
