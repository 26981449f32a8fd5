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
    LONGEST = 8,       /* bytes of a path that matters */
    PTMXMODE_MAX = 32, /* of an option: a longer one is for the rule to judge */
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

/* Whether all protect, and nothing undoes it. */
static bool is_strict(const struct node *mount)
{
    static const struct str protect[] = {
        {"ro", 2}, {"nosuid", 6}, {"noexec", 6}, {"nodev", 5}};
    static const struct str undo[] = {{"rw", 2}, {"suid", 4}, {"exec", 4}, {"dev", 3}};
    const struct node *options = node_get(mount, STR("options"));
    unsigned found = 0;
    if (options == NULL || options->type != NODE_ARRAY)
        return false;
    for (const struct node *node = node_first(options); node; node = node->next) {
        for (size_t i = 0; i < 4; i++) {
            if (node_is_string(node, undo[i]))
                return false;
            found |= (unsigned)node_is_string(node, protect[i]) << i;
        }
    }
    return found == (1 << 4) - 1;
}

static bool is_ptmxmode(const struct node *option)
{
    size_t i = 9;
    if (option->type != NODE_STRING || option->len <= i || option->len > PTMXMODE_MAX ||
        !mem_equal(option->value, "ptmxmode=", i))
        return false;
    while (i < option->len && option->value[i] > ' ')
        i++;
    return i == option->len;
}

static bool has_ptmxmode(const struct node *mount)
{
    const struct node *node = node_first(node_get(mount, STR("options")));
    while (node != NULL && !is_ptmxmode(node))
        node = node->next;
    return node != NULL;
}

void mount_default_check(const struct search *search, struct marks *out)
{
    const struct node *mounts = node_get(search->root, STR("mounts"));
    bool provided[DEFAULTS] = {false};
    for (const struct node *mount = node_first(mounts); mount; mount = mount->next) {
        if (node_is_string(node_get(mount, STR("type")), STR("devpts")) &&
            !has_ptmxmode(mount))
            marks_add(out, (struct mark){.finder = DEFAULT_PTS_CLOSED, .node = mount});
        const struct node *destination = node_get(mount, STR("destination"));
        if (destination == NULL || destination->type != NODE_STRING)
            continue;
        struct str path = path_clean(search->arena, node_text(destination), false);
        if (str_equal(path, STR("/sys")) && !is_strict(mount))
            marks_add(out, (struct mark){.finder = DEFAULT_SYS_LAX, .node = mount});
        for (size_t i = 0; i < DEFAULTS && path.len <= LONGEST; i++)
            provided[i] = provided[i] || provides(search, mount, path, i);
    }
    for (size_t i = 0; i < DEFAULTS; i++) {
        if (!provided[i])
            marks_add(out,
                      (struct mark){.finder = defaults[i].finder, .node = search->root});
    }
}
