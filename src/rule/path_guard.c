/* SPDX-License-Identifier: Apache-2.0 */
#include "path_guard.h"

#include "buf.h"
#include "function.h"
#include "nearest.h"
#include "print.h"

/* What runc, crun, containerd and podman mask or make read-only by default. */
static const char *const common[] = {
    "/proc/acpi",
    "/proc/asound",
    "/proc/bus",
    "/proc/fs",
    "/proc/interrupts",
    "/proc/irq",
    "/proc/kcore",
    "/proc/keys",
    "/proc/latency_stats",
    "/proc/sched_debug",
    "/proc/scsi",
    "/proc/sys",
    "/proc/sysrq-trigger",
    "/proc/timer_list",
    "/proc/timer_stats",
    "/sys/dev/block",
    "/sys/devices/virtual/powercap",
    "/sys/firmware",
    "/sys/fs/selinux",
};

/* Those of them that are files. */
static bool is_file(const char *path)
{
    static const char *const files[] = {
        "/proc/interrupts",    "/proc/kcore",       "/proc/keys",
        "/proc/latency_stats", "/proc/sched_debug", "/proc/sysrq-trigger",
        "/proc/timer_list",    "/proc/timer_stats",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcmp(path, files[i]) == 0)
            return true;
    }
    return false;
}

/* The common path that is probably meant, or NULL. Short names of the kernel are near
 * each other without being misspelt. */
static const char *find_meant(struct str path)
{
    struct nearest nearest = {.word = path};
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        if (str_equal(path, str_of(common[i])))
            return NULL; /* as nearly always, and cheap */
    }
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        nearest_try(&nearest, common[i]);
    if (nearest.best == NULL)
        return NULL;
    size_t name = strlen(strrchr(nearest.best, '/') + 1);
    return nearest.distance <= (name > 4 ? 2 : 1) ? nearest.best : NULL;
}

static void check_slash(const struct search *search, const struct node *entry,
                        struct str path, struct marks *out)
{
    AUTO_BUF struct buf patch = {0};
    const char *clean = arena_copy(search->arena, path.at, path.len);
    if (entry->value[entry->len - 1] != '/' || !is_file(clean))
        return;
    buf_adds(&patch, STR("[{\"op\":\"replace\",\"path\":\"\",\"value\":"));
    print_json_string(path, &patch);
    buf_adds(&patch, STR("}]"));
    marks_add(out,
              (struct mark){.finder = GUARD_SLASH,
                            .node = entry,
                            .patch = arena_copy(search->arena, patch.data, patch.len)});
}

static bool has_option(const struct node *mount, struct str word)
{
    const struct node *options = node_get(mount, STR("options"));
    for (const struct node *node = node_first(options); node; node = node->next) {
        if (node_is_string(node, word))
            return true;
    }
    return false;
}

static bool is_in(const struct node *list, struct str path)
{
    for (const struct node *node = node_first(list); node; node = node->next) {
        if (node_is_string(node, path))
            return true;
    }
    return false;
}

/* Runtimes bind a read-only path onto itself, with what is mounted below it, and change
 * the flags of the top. */
static void check_mounts(const struct search *search, const struct node *entry,
                         struct str path, struct marks *out)
{
    const struct node *mounts = node_get(search->root, STR("mounts"));
    for (const struct node *mount = node_first(mounts); mount; mount = mount->next) {
        const struct node *destination = node_get(mount, STR("destination"));
        if (destination == NULL || destination->type != NODE_STRING ||
            has_option(mount, STR("ro")) || has_option(mount, STR("rro")))
            continue;
        struct str below = path_clean(search->arena, node_text(destination), false);
        if (below.len <= path.len || memcmp(below.at, path.at, path.len) != 0 ||
            below.at[path.len] != '/' || is_in(entry->parent, below))
            continue;
        AUTO_BUF struct buf text = {0};
        AUTO_BUF struct buf index = {0};
        buf_add_visible(&text, below);
        buf_addf(&index, "mounts[%u]", mount->index);
        marks_add(out, (struct mark){
                           .finder = GUARD_MOUNT,
                           .node = entry,
                           .have = arena_copy(search->arena, text.data, text.len),
                           .want = arena_copy(search->arena, index.data, index.len),
                       });
        return;
    }
}

static void check_list(const struct search *search, const struct node *list,
                       bool readonly, struct marks *out)
{
    for (const struct node *entry = node_first(list); entry; entry = entry->next) {
        if (entry->type != NODE_STRING || entry->len < 2 || entry->value[0] != '/')
            continue;
        struct str path = path_clean(search->arena, node_text(entry), false);
        const char *meant = find_meant(path);
        if (meant != NULL && !is_in(list, str_of(meant)))
            marks_add(out, (struct mark){
                               .finder = GUARD_MISSPELT, .node = entry, .want = meant});
        check_slash(search, entry, path, out);
        if (readonly)
            check_mounts(search, entry, path, out);
    }
}

void path_guard_check(const struct search *search, struct marks *out)
{
    const struct node *linux_section = node_get(search->root, STR("linux"));
    check_list(search, node_get(linux_section, STR("maskedPaths")), false, out);
    check_list(search, node_get(linux_section, STR("readonlyPaths")), true, out);
}
