/* SPDX-License-Identifier: Apache-2.0 */
#include "linux_path.h"

#include "buf.h"
#include "function.h"
#include "nearest.h"
#include "print.h"

/* The files and directories that proc(5) tells of, and what of sysfs is masked; sorted.
 */
static const struct known {
    const char *path;
    bool file;
} known[] = {
    {"/proc/acpi", false},
    {"/proc/asound", false},
    {"/proc/buddyinfo", true},
    {"/proc/bus", false},
    {"/proc/cgroups", true},
    {"/proc/cmdline", true},
    {"/proc/config.gz", true},
    {"/proc/consoles", true},
    {"/proc/cpuinfo", true},
    {"/proc/crypto", true},
    {"/proc/devices", true},
    {"/proc/diskstats", true},
    {"/proc/dma", true},
    {"/proc/driver", false},
    {"/proc/dynamic_debug", false},
    {"/proc/execdomains", true},
    {"/proc/fb", true},
    {"/proc/filesystems", true},
    {"/proc/fs", false},
    {"/proc/interrupts", true},
    {"/proc/iomem", true},
    {"/proc/ioports", true},
    {"/proc/irq", false},
    {"/proc/kallsyms", true},
    {"/proc/kcore", true},
    {"/proc/key-users", true},
    {"/proc/keys", true},
    {"/proc/kmsg", true},
    {"/proc/kpagecgroup", true},
    {"/proc/kpagecount", true},
    {"/proc/kpageflags", true},
    {"/proc/latency_stats", true},
    {"/proc/loadavg", true},
    {"/proc/locks", true},
    {"/proc/mdstat", true},
    {"/proc/meminfo", true},
    {"/proc/misc", true},
    {"/proc/modules", true},
    {"/proc/mounts", true},
    {"/proc/mtrr", true},
    {"/proc/net", false},
    {"/proc/pagetypeinfo", true},
    {"/proc/partitions", true},
    {"/proc/pressure", false},
    {"/proc/sched_debug", true},
    {"/proc/schedstat", true},
    {"/proc/scsi", false},
    {"/proc/self", false},
    {"/proc/slabinfo", true},
    {"/proc/softirqs", true},
    {"/proc/stat", true},
    {"/proc/swaps", true},
    {"/proc/sys", false},
    {"/proc/sysrq-trigger", true},
    {"/proc/sysvipc", false},
    {"/proc/thread-self", false},
    {"/proc/timer_list", true},
    {"/proc/timer_stats", true},
    {"/proc/tty", false},
    {"/proc/uptime", true},
    {"/proc/version", true},
    {"/proc/vmallocinfo", true},
    {"/proc/vmstat", true},
    {"/proc/zoneinfo", true},
    {"/sys/devices/virtual/powercap", false},
    {"/sys/firmware", false},
    {"/sys/fs/selinux", false},
    {"/sys/kernel", false},
};

static bool is_below(struct str path, struct str top)
{
    return path.len > top.len && memcmp(path.at, top.at, top.len) == 0 &&
           path.at[top.len] == '/';
}

static const char *text(const struct search *search, struct str path)
{
    return arena_copy(search->arena, path.at, path.len);
}

static const char *replace_patch(const struct search *search, const char *path)
{
    AUTO_BUF struct buf patch = {0};
    buf_adds(&patch, STR("[{\"op\":\"replace\",\"path\":\"\",\"value\":"));
    print_json_string(str_of(path), &patch);
    buf_adds(&patch, STR("}]"));
    return text(search, buf_str(&patch));
}

static int compare(const void *key, const void *entry)
{
    const struct str *path = key;
    const struct known *name = entry;
    return str_compare(*path, str_of(name->path));
}

static const struct known *find_known(struct str path)
{
    return bsearch(&path, known, sizeof known / sizeof known[0], sizeof known[0],
                   compare);
}

/* The known path that is nearest to one that is neither known nor below a known one. */
static const char *find_near(struct str path)
{
    struct nearest nearest = {.word = path};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (is_below(path, str_of(known[i].path)))
            return NULL;
        nearest_try(&nearest, known[i].path);
    }
    /* The folder is the same in all: the names below it must be near. */
    size_t name_len = path.len > strlen("/proc/") ? path.len - strlen("/proc/") : 0;
    return nearest.best != NULL && nearest.distance <= (name_len > 5 ? 2 : 1)
               ? nearest.best
               : NULL;
}

static void check_name(const struct search *search, const struct node *node,
                       struct marks *out)
{
    struct str path = node_text(node);
    struct str clean = path_clean(search->arena, path, false);
    const struct known *name = find_known(clean);
    const char *near = name == NULL ? find_near(clean) : NULL;
    if (memchr(path.at, '*', path.len) != NULL ||
        memchr(path.at, '?', path.len) != NULL || memchr(path.at, '[', path.len) != NULL)
        marks_add(out, (struct mark){.finder = PATH_PATTERN, .node = node});
    else if (name != NULL && name->file && path.at[path.len - 1] == '/')
        marks_add(out, (struct mark){.finder = PATH_SLASH,
                                     .node = node,
                                     .want = name->path,
                                     .patch = replace_patch(search, name->path)});
    else if (near != NULL)
        marks_add(out, (struct mark){.finder = PATH_MISSPELT,
                                     .node = node,
                                     .want = near,
                                     .patch = replace_patch(search, near),
                                     .unsafe = "the path is a guess"});
}

static bool is_readonly(const struct node *mount)
{
    const struct node *option = node_first(node_get(mount, STR("options")));
    while (option != NULL && !node_is_string(option, STR("ro")) &&
           !node_is_string(option, STR("rro")))
        option = option->next;
    return option != NULL;
}

/* A remount that makes a path read-only reaches the mount that it lies on, and none below
 * (mount(2), MS_REMOUNT with MS_BIND). */
static void check_mounts(const struct search *search, const struct node *node,
                         struct marks *out)
{
    struct str path = path_clean(search->arena, node_text(node), false);
    const struct node *mounts = node_get(search->root, STR("mounts"));
    for (const struct node *mount = node_first(mounts); mount; mount = mount->next) {
        const struct node *destination = node_get(mount, STR("destination"));
        if (destination == NULL || destination->type != NODE_STRING)
            continue;
        struct str place = path_clean(search->arena, node_text(destination), false);
        if (!is_below(place, path) || is_readonly(mount))
            continue;
        marks_add(out, (struct mark){.finder = PATH_ABOVE,
                                     .node = node,
                                     .want = text(search, place)});
        return;
    }
}

/* The program to start is masked, or the directory that it is in. */
static void check_program(const struct search *search, const struct node *node,
                          struct marks *out)
{
    const struct node *args = node_find(search->root, STR("/process/args"));
    const struct node *program = node_first(args);
    struct str path = path_clean(search->arena, node_text(node), false);
    if (program == NULL || program->type != NODE_STRING || program->len == 0 ||
        path.len <= 1)
        return;
    struct str name = path_clean(search->arena, node_text(program), false);
    if (!str_equal(name, path) && !is_below(name, path))
        return;
    AUTO_BUF struct buf want = {0};
    buf_add_visible(&want, node_text(program));
    marks_add(out, (struct mark){.finder = PATH_PROGRAM,
                                 .node = node,
                                 .want = text(search, buf_str(&want))});
}

void linux_path_check(const struct search *search, struct marks *out)
{
    static const char *const lists[] = {"maskedPaths", "readonlyPaths"};
    const struct node *linux_node = node_get(search->root, STR("linux"));
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct node *list = node_get(linux_node, str_of(lists[i]));
        for (const struct node *node = node_first(list); node; node = node->next) {
            /* The usual ones are right, and nothing is mounted below them. */
            if (node->type != NODE_STRING || node->len == 0 ||
                node_text(node).at[0] != '/' || find_known(node_text(node)) != NULL)
                continue;
            check_name(search, node, out);
            if (i == 0)
                check_program(search, node, out);
            else
                check_mounts(search, node, out);
        }
    }
}
