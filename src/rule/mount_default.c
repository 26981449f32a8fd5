/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_default.h"

#include "function.h"

/* What provides a file system on the path of one: a mount of it there, or a bind of a
 * directory of the host; on a path above, a bind that brings what is mounted below. */
static const struct {
    const char *finder;
    struct str type;
    struct str path;
    bool below_dev;
} defaults[] = {
    {DEFAULT_PROC, {"proc", 4}, {"/proc", 5}, false},
    {DEFAULT_SYS, {"sysfs", 5}, {"/sys", 4}, false},
    {DEFAULT_PTS, {"devpts", 6}, {"/dev/pts", 8}, true},
    {DEFAULT_SHM, {"tmpfs", 5}, {"/dev/shm", 8}, true},
};

enum {
    DEFAULTS = sizeof defaults / sizeof defaults[0],
    LONGEST = 8, /* bytes of a path that matters */
};

static bool has_option(const struct search *search, const struct node *mount,
                       struct str word)
{
    if (!search_may_have(search, word))
        return false;
    const struct node *options = node_get(mount, STR("options"));
    for (const struct node *node = node_first(options); node; node = node->next) {
        if (node_is_string(node, word))
            return true;
    }
    return false;
}

static bool provides(const struct search *search, const struct node *mount,
                     struct str path, size_t place)
{
    bool root = str_equal(path, STR("/"));
    if (defaults[place].below_dev && (root || str_equal(path, STR("/dev"))))
        return has_option(search, mount, STR("rbind"));
    bool there = path.len == defaults[place].path.len &&
                 mem_equal(path.at, defaults[place].path.at, path.len);
    if (!there && (!root || defaults[place].below_dev))
        return false;
    return node_is_string(node_get(mount, STR("type")), defaults[place].type) ||
           has_option(search, mount, STR("bind")) ||
           has_option(search, mount, STR("rbind"));
}

void mount_default_check(const struct search *search, struct marks *out)
{
    const struct node *mounts = node_get(search->root, STR("mounts"));
    bool provided[DEFAULTS] = {false};
    for (const struct node *mount = node_first(mounts); mount; mount = mount->next) {
        const struct node *destination = node_get(mount, STR("destination"));
        if (destination == NULL || destination->type != NODE_STRING)
            continue;
        struct str path = path_clean(search->arena, node_text(destination), false);
        for (size_t i = 0; i < DEFAULTS && path.len <= LONGEST; i++)
            provided[i] = provided[i] || provides(search, mount, path, i);
    }
    for (size_t i = 0; i < DEFAULTS; i++) {
        if (!provided[i])
            marks_add(out,
                      (struct mark){.finder = defaults[i].finder, .node = search->root});
    }
}
