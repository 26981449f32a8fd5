/* SPDX-License-Identifier: Apache-2.0 */
#include "host_namespace.h"

#include "bundle_mark.h"

#include <unistd.h>

#ifdef __linux__
#include <linux/nsfs.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#endif

static const struct {
    const char *type; /* in a spec */
    const char *file; /* below /proc/PID/ns */
    int flag;         /* what NS_GET_NSTYPE says */
} types[] = {
    {"mount", "mnt", 0x00020000},   {"cgroup", "cgroup", 0x02000000},
    {"uts", "uts", 0x04000000},     {"ipc", "ipc", 0x08000000},
    {"user", "user", 0x10000000},   {"pid", "pid", 0x20000000},
    {"network", "net", 0x40000000}, {"time", "time", 0x00000080},
};

enum { TYPE_COUNT = sizeof types / sizeof types[0] };

/* The type of the namespace that a file stands for: its place in the table; TYPE_COUNT
 * for no namespace, -1 if that is not known. */
static int find_type(const struct root *root, const struct root_place *place)
{
    if (!S_ISREG(place->status.st_mode))
        return TYPE_COUNT;
#ifdef __linux__
    enum { NSFS = 0x6e736673 }; /* NSFS_MAGIC of linux/magic.h */
    struct statfs about;
    int fd = root_open_place(root, place);
    int found = -1;
    if (fd >= 0 && fstatfs(fd, &about) == 0)
        found = TYPE_COUNT;
    if (found >= 0 && about.f_type == NSFS) {
        int flag = ioctl(fd, NS_GET_NSTYPE);
        for (size_t i = 0; i < TYPE_COUNT; i++)
            found = types[i].flag == flag ? (int)i : found;
        if (found == TYPE_COUNT)
            found = -1;
    }
    if (fd >= 0)
        close(fd);
    return found;
#else
    (void)root;
    return -1;
#endif
}

static void check_path(struct site *site, const struct node *path, size_t type)
{
    struct root_place place;
    struct mark mark = {.node = path->parent, .at = path};
    bool found = root_find(&site->host, node_text(path), &place);
    if (!found) {
        mark.finder = HOST_NAMESPACE_MISSING;
        mark.want = site_reason(site, &place);
        if (root_lacks(&place))
            site_mark(site, mark);
        return;
    }
    /* Of the kernel's own links, the name says the type (namespace-path-of-other-type).
     */
    int is = place.magic ? (int)type : find_type(&site->host, &place);
    if (is < 0 || is == (int)type)
        return;
    mark.finder = HOST_NAMESPACE_OTHER;
    mark.have = is == TYPE_COUNT
                    ? "no namespace"
                    : site_say(site, "a namespace of the type %s", types[is].type);
    site_mark(site, mark);
}

void host_namespace_check(struct site *site)
{
    const struct node *list = node_find(site->search->root, STR("/linux/namespaces"));
    struct root_place place;
    for (const struct node *node = node_first(list); node; node = node->next) {
        const struct node *path = node_get(node, STR("path"));
        size_t type = 0;
        while (type < TYPE_COUNT &&
               !node_is_string(node_get(node, STR("type")), str_of(types[type].type)))
            type++;
        if (type == TYPE_COUNT)
            continue;
        if (path != NULL && path->type == NODE_STRING && path->len > 0) {
            if (node_text(path).at[0] == '/')
                check_path(site, path, type);
            continue;
        }
        const char *file = site_say(site, "/proc/self/ns/%s", types[type].file);
        if (!root_find(&site->host, STR("/proc/self/ns"), &place))
            continue;
        root_find(&site->host, str_of(file), &place);
        if (root_lacks(&place))
            site_mark(site, (struct mark){.finder = HOST_NAMESPACE_TYPE,
                                          .node = node,
                                          .at = node_get(node, STR("type"))});
    }
}
