/* SPDX-License-Identifier: Apache-2.0 */
#include "linux_path.h"

#include "buf.h"
#include "function.h"
#include "nearest.h"
#include "print.h"

#include <pthread.h>

/* The files and directories that proc(5) tells of, and what of sysfs is masked. */
#define KNOWN(path, file)                                                                \
    {                                                                                    \
        {path, sizeof path - 1}, file                                                    \
    }
static const struct known {
    struct str path;
    bool file;
} known[] = {
    KNOWN("/proc/acpi", false),
    KNOWN("/proc/asound", false),
    KNOWN("/proc/buddyinfo", true),
    KNOWN("/proc/bus", false),
    KNOWN("/proc/cgroups", true),
    KNOWN("/proc/cmdline", true),
    KNOWN("/proc/config.gz", true),
    KNOWN("/proc/consoles", true),
    KNOWN("/proc/cpuinfo", true),
    KNOWN("/proc/crypto", true),
    KNOWN("/proc/devices", true),
    KNOWN("/proc/diskstats", true),
    KNOWN("/proc/dma", true),
    KNOWN("/proc/driver", false),
    KNOWN("/proc/dynamic_debug", false),
    KNOWN("/proc/execdomains", true),
    KNOWN("/proc/fb", true),
    KNOWN("/proc/filesystems", true),
    KNOWN("/proc/fs", false),
    KNOWN("/proc/interrupts", true),
    KNOWN("/proc/iomem", true),
    KNOWN("/proc/ioports", true),
    KNOWN("/proc/irq", false),
    KNOWN("/proc/kallsyms", true),
    KNOWN("/proc/kcore", true),
    KNOWN("/proc/key-users", true),
    KNOWN("/proc/keys", true),
    KNOWN("/proc/kmsg", true),
    KNOWN("/proc/kpagecgroup", true),
    KNOWN("/proc/kpagecount", true),
    KNOWN("/proc/kpageflags", true),
    KNOWN("/proc/latency_stats", true),
    KNOWN("/proc/loadavg", true),
    KNOWN("/proc/locks", true),
    KNOWN("/proc/mdstat", true),
    KNOWN("/proc/meminfo", true),
    KNOWN("/proc/misc", true),
    KNOWN("/proc/modules", true),
    KNOWN("/proc/mounts", true),
    KNOWN("/proc/mtrr", true),
    KNOWN("/proc/net", false),
    KNOWN("/proc/pagetypeinfo", true),
    KNOWN("/proc/partitions", true),
    KNOWN("/proc/pressure", false),
    KNOWN("/proc/sched_debug", true),
    KNOWN("/proc/schedstat", true),
    KNOWN("/proc/scsi", false),
    KNOWN("/proc/self", false),
    KNOWN("/proc/slabinfo", true),
    KNOWN("/proc/softirqs", true),
    KNOWN("/proc/stat", true),
    KNOWN("/proc/swaps", true),
    KNOWN("/proc/sys", false),
    KNOWN("/proc/sysrq-trigger", true),
    KNOWN("/proc/sysvipc", false),
    KNOWN("/proc/thread-self", false),
    KNOWN("/proc/timer_list", true),
    KNOWN("/proc/timer_stats", true),
    KNOWN("/proc/tty", false),
    KNOWN("/proc/uptime", true),
    KNOWN("/proc/version", true),
    KNOWN("/proc/vmallocinfo", true),
    KNOWN("/proc/vmstat", true),
    KNOWN("/proc/zoneinfo", true),
    KNOWN("/sys/devices/virtual/powercap", false),
    KNOWN("/sys/firmware", false),
    KNOWN("/sys/fs/selinux", false),
    KNOWN("/sys/kernel", false),
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

/* Where in the table a path is, by its hash: the first cell from there on that has it, up
 * to one that is empty. */
enum { CELLS = 256 };
static const struct known *cells[CELLS];

static void fill_cells(void)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        uint32_t cell = node_text_hash(known[i].path) % CELLS;
        while (cells[cell] != NULL)
            cell = (cell + 1) % CELLS;
        cells[cell] = &known[i];
    }
}

static const struct known *find_known(struct str path, uint32_t hash)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    uint32_t cell = hash % CELLS;
    pthread_once(&once, fill_cells);
    for (; cells[cell] != NULL; cell = (cell + 1) % CELLS) {
        struct str name = cells[cell]->path;
        if (name.len == path.len && mem_equal(name.at, path.at, path.len))
            return cells[cell];
    }
    return NULL;
}

/* The known path that is nearest to one that is neither known nor below a known one. */
static const char *find_near(struct str path)
{
    struct nearest nearest = {.word = path};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (is_below(path, known[i].path))
            return NULL;
        nearest_try(&nearest, known[i].path.at);
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
    const struct known *name = find_known(clean, node_text_hash(clean));
    const char *near = name == NULL ? find_near(clean) : NULL;
    if (memchr(path.at, '*', path.len) != NULL ||
        memchr(path.at, '?', path.len) != NULL || memchr(path.at, '[', path.len) != NULL)
        marks_add(out, (struct mark){.finder = PATH_PATTERN, .node = node});
    else if (name != NULL && name->file && path.at[path.len - 1] == '/')
        marks_add(out, (struct mark){.finder = PATH_SLASH,
                                     .node = node,
                                     .want = name->path.at,
                                     .patch = replace_patch(search, name->path.at)});
    else if (near != NULL)
        marks_add(out, (struct mark){.finder = PATH_MISSPELT,
                                     .node = node,
                                     .want = near,
                                     .patch = replace_patch(search, near),
                                     .unsafe = "the path is a guess"});
}

static bool is_readonly(const struct mount *mount)
{
    return ((mount->set | mount->set_all) & ATTRIBUTE_RO) != 0;
}

static bool is_in(const struct node *list, struct str path)
{
    const struct node *node = node_first(list);
    while (node != NULL && !node_is_string(node, path))
        node = node->next;
    return node != NULL;
}

/* A remount that makes a path read-only reaches the mount that it lies on, and none below
 * (mount(2), MS_REMOUNT with MS_BIND). */
static void check_mounts(const struct search *search, const struct node *node,
                         struct marks *out)
{
    struct str path = path_clean(search->arena, node_text(node), false);
    for (size_t i = 0; i < search->mounts->count; i++) {
        const struct mount *mount = &search->mounts->items[i];
        struct str place = mount->path;
        if (!is_below(place, path) || is_readonly(mount) || is_in(node->parent, place))
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

typedef void path_check_fn(const struct search *search, const struct node *node,
                           struct marks *out);

static void check_list(const struct search *search, const struct node *list,
                       path_check_fn *check, struct marks *out)
{
    for (const struct node *node = node_first(list); node; node = node->next) {
        /* The usual ones are right, and nothing is mounted below them. */
        if (node->type != NODE_STRING ||
            find_known(node_text(node), node->text_hash) != NULL || node->len == 0 ||
            node->value[0] != '/')
            continue;
        check_name(search, node, out);
        check(search, node, out);
    }
}

void linux_path_check(const struct search *search, struct marks *out)
{
    const struct node *linux_node = node_get(search->root, STR("linux"));
    check_list(search, node_get(linux_node, STR("maskedPaths")), check_program, out);
    check_list(search, node_get(linux_node, STR("readonlyPaths")), check_mounts, out);
}
