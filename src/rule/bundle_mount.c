/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_mark.h"
#include "bundle_source.h"
#include "number.h"
#include "option.h"

#include <errno.h>

enum {
    MOUNTS_MAX = 1024, /* each is compared with those before; more is nobody's spec */
};

struct target {
    struct site *site;
    struct mark mark; /* with what all remarks on it have */
    const struct node *mount;
    struct str path;      /* the destination, without slashes at the end */
    bool slash;           /* of which there are some */
    struct root_place at; /* in the rootfs */
    struct source source;
};

static void mark_target(struct target *target, const char *finder, const char *have,
                        const char *want)
{
    struct mark mark = target->mark;
    mark.finder = finder;
    mark.have = have;
    mark.want = want;
    site_mark(target->site, mark);
}

/* Whether the mount is of a file system: all are directories. */
static bool is_filesystem(const struct target *target)
{
    const struct node *type = node_get(target->mount, STR("type"));
    return !target->source.bind && type != NULL && type->type == NODE_STRING &&
           type->len > 0 && !node_is_string(type, STR("bind")) &&
           !node_is_string(type, STR("none"));
}

/* A mount wants a directory on a directory, and a file on what is none. */
static void check_kind(struct target *target)
{
    bool folder = S_ISDIR(target->at.status.st_mode);
    const char *found = site_say(target->site, "%s", target->at.path);
    if (is_filesystem(target) && !folder)
        mark_target(target, PLACE_FILE, found, NULL);
    else if (target->source.bind && target->source.found &&
             S_ISDIR(target->source.place.status.st_mode) != folder)
        mark_target(target, PLACE_KIND, folder ? "a file" : "a directory",
                    site_say(target->site, "%s, which is a %s", target->at.path,
                             folder ? "directory" : "file"));
}

/* Whether an id of the machine is one of the container: if that is known. */
static bool is_mapped(const struct site *site, const char *pointer, uint64_t id)
{
    const struct node *list = node_find(site->search->root, str_of(pointer));
    if (list == NULL || list->child == NULL)
        return true;
    for (const struct node *range = list->child; range; range = range->next) {
        const struct node *first = node_get(range, STR("hostID"));
        const struct node *size = node_get(range, STR("size"));
        uint64_t from, count;
        if (first == NULL || size == NULL || !number_uint64(node_text(first), &from) ||
            !number_uint64(node_text(size), &count) || (id >= from && id - from < count))
            return true;
    }
    return false;
}

/* In a folder of the machine's, root of a user namespace is nobody in particular (kernel
 * capable_wrt_inode_uidgid). */
static bool is_foreign(const struct target *target)
{
    const struct stat *folder = &target->at.status;
    return target->site->in_userns && target->site->bundle->on_target &&
           (folder->st_mode & S_IWOTH) == 0 &&
           !is_mapped(target->site, "/linux/uidMappings", folder->st_uid);
}

/* The destination is not there. Runtimes make it, unless something is in the way. */
static void check_missing(struct target *target)
{
    struct site *site = target->site;
    const char *at = site_say(site, "%s", target->at.path);
    if (target->at.error == ELOOP)
        mark_target(target, PLACE_LOOP, at, NULL);
    else if (target->at.error == ENOTDIR)
        mark_target(target, PLACE_BELOW_FILE, at, NULL);
    else if (target->at.error == ENOENT && target->at.in_link)
        mark_target(target, PLACE_DANGLING, at, NULL);
    else if (target->at.error == ENOENT && site->rootfs_place != NULL &&
             (site_attributes(site, site_say(site, "%s%s", site->rootfs_place, at)) &
              ATTRIBUTE_RO) != 0)
        mark_target(target, PLACE_READONLY, at, NULL);
    else if (target->at.error == ENOENT && is_foreign(target))
        mark_target(target, PLACE_FOREIGN, at,
                    site_say(site, "%lu", (unsigned long)target->at.status.st_uid));
}

/* A destination inside an earlier read-only bind: nothing can be made in there. */
static void check_inside(struct target *target, const struct source *above)
{
    struct site *site = target->site;
    struct root_place found;
    if (above == NULL || !above->found || !site_has_option(above->mount, STR("ro")) ||
        !S_ISDIR(above->place.status.st_mode))
        return;
    struct str rest = {target->path.at + above->destination_len,
                       target->path.len - above->destination_len};
    if (rest.len == 0)
        return;
    const char *path =
        site_say(site, "%s%.*s", above->place.path, (int)rest.len, rest.at);
    root_find(&site->host, str_of(path), &found);
    if (found.error == ENOENT && !found.unknown)
        mark_target(target, PLACE_READONLY_BIND,
                    site_say(site, "mounts[%u]", above->mount->index),
                    site_say(site, "%s", found.path));
}

/* Of the mounts before, the last whose destination is above this one, as they are
 * written. */
static const struct source *find_above(const struct source *sources, size_t count,
                                       struct str path)
{
    for (size_t i = count; i > 0; i--) {
        const struct source *source = &sources[i - 1];
        const struct node *node = node_get(source->mount, STR("destination"));
        struct str top = node_text(node);
        if (top.len > 0 && path.len > top.len && memcmp(path.at, top.at, top.len) == 0 &&
            path.at[top.len] == '/')
            return source;
    }
    return NULL;
}

static void check_destination(struct target *target, const struct source *above)
{
    struct site *site = target->site;
    if (target->slash && target->source.found &&
        !S_ISDIR(target->source.place.status.st_mode))
        mark_target(target, PLACE_SLASH, NULL, NULL);
    if (site->rootfs.fd < 0)
        return;
    bool found = root_find(&site->rootfs, target->path, &target->at);
    if (found)
        check_kind(target);
    else if (target->at.unknown)
        check_inside(target, above);
    else
        check_missing(target);
    if (strcmp(target->at.path, "/") == 0 && target->at.error == 0)
        root_release(&site->rootfs); /* all that it has is covered */
    else if (target->at.error == 0 || target->at.error == ENOENT)
        root_cover(&site->rootfs, target->at.path);
}

void bundle_mount_check(struct site *site)
{
    const struct node *mounts = node_get(site->search->root, STR("mounts"));
    if (mounts == NULL || mounts->type != NODE_ARRAY ||
        (site->rootfs.fd < 0 && site->host.fd < 0))
        return;
    if (mounts->len > MOUNTS_MAX) {
        root_release(&site->rootfs); /* what they bring is not known */
        return;
    }
    struct source *sources = mem_alloc(mounts->len + 1, sizeof *sources);
    for (const struct node *mount = mounts->child; mount; mount = mount->next) {
        const struct node *destination = node_get(mount, STR("destination"));
        struct target target = {.site = site, .mount = mount};
        source_find(site, mount, &target.source);
        sources[mount->index] = target.source;
        source_check(site, &target.source);
        if (destination == NULL || destination->type != NODE_STRING ||
            destination->len == 0)
            continue;
        AUTO_BUF struct buf text = {0};
        target.path = node_text(destination);
        buf_add_visible(&text, target.path);
        while (target.path.len > 1 && target.path.at[target.path.len - 1] == '/') {
            target.path.len--;
            target.slash = true;
        }
        target.mark = (struct mark){
            .node = mount, .at = destination, .place = site_say(site, "%s", text.data)};
        check_destination(&target, find_above(sources, mount->index, target.path));
    }
    free(sources);
}
