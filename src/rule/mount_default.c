/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_default.h"

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

static void look_for(const struct mount *mount, bool provided[static DEFAULTS])
{
    struct str path = mount->path;
    bool root = str_equal(path, STR("/"));
    bool above_dev = root || str_equal(path, STR("/dev"));
    for (size_t i = 0; i < DEFAULTS; i++) {
        if (defaults[i].below_dev && above_dev)
            provided[i] |= mount_has(mount, OPTION_RBIND);
        else if (root || (path.len == defaults[i].path.len &&
                          mem_equal(path.at, defaults[i].path.at, path.len)))
            provided[i] |=
                mount_is_bind(mount) || node_is_string(mount->type, defaults[i].type);
    }
}

/* Whether all protect, and nothing undoes it. */
static bool is_strict(const struct mount *mount)
{
    return mount->options != NULL && mount->options->type == NODE_ARRAY &&
           (~mount->set & ATTRIBUTE_LOCKABLE) == 0 &&
           (mount->cleared & ATTRIBUTE_LOCKABLE) == 0;
}

static bool is_ptmxmode(const struct node *option)
{
    size_t i = 9;
    if (option->len <= i || option->len > PTMXMODE_MAX ||
        !mem_equal(option->value, "ptmxmode=", i))
        return false;
    while (i < option->len && option->value[i] > ' ')
        i++;
    return i == option->len;
}

static bool has_ptmxmode(const struct mount *mount)
{
    size_t i = 0;
    while (i < mount->data_count && !is_ptmxmode(mount->data[i]))
        i++;
    return i < mount->data_count;
}

void mount_default_check(const struct search *search, struct marks *out)
{
    const struct mounts *mounts = search->mounts;
    bool provided[DEFAULTS] = {false};
    for (size_t i = 0; i < mounts->count; i++) {
        const struct mount *mount = &mounts->items[i];
        if (node_is_string(mount->type, STR("devpts")) && !has_ptmxmode(mount))
            marks_add(out,
                      (struct mark){.finder = DEFAULT_PTS_CLOSED, .node = mount->node});
        if (mount->path.len == 0 || mount->path.len > LONGEST)
            continue;
        if (str_equal(mount->path, STR("/sys")) && !is_strict(mount))
            marks_add(out, (struct mark){.finder = DEFAULT_SYS_LAX, .node = mount->node});
        look_for(mount, provided);
    }
    for (size_t i = 0; i < DEFAULTS; i++) {
        if (!provided[i])
            marks_add(out,
                      (struct mark){.finder = defaults[i].finder, .node = search->root});
    }
}
