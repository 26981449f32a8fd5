/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_destination.h"

#include "buf.h"
#include "function.h"
#include "option.h"
#include "print.h"

enum { PAIRS_MAX = 32 }; /* up to here to look at all pairs costs less than to sort */

/* Where one mount goes. */
struct target {
    struct str path; /* cleaned, from the root */
    const struct mount *mount;
    bool link;   /* a directory on the way is a symbolic link in nearly every image */
    bool closed; /* read-only: no directory to mount on can be made in there */

    /* check_order() */
    const struct target *above; /* the last of the nearest path above that has some */
    const struct target *cover; /* of it and of those above it, the last mounted */
};

struct targets {
    const struct search *search;
    struct marks *out;
    struct target *items;
    size_t count;
    bool windows;
    bool of_linux; /* the mounts are those of Linux */
    bool remounts; /* an entry changes one that is there: nothing is said of the order */
    bool proc;     /* something is mounted on /proc */
};

static char separator(const struct targets *targets)
{
    return targets->windows ? '\\' : '/';
}

/* Whether `path` is `top` or below it. */
static inline bool is_below(const struct targets *targets, struct str path,
                            struct str top)
{
    if (path.len < top.len)
        return false;
    bool whole = path.len == top.len || path.at[top.len] == separator(targets) ||
                 (top.len > 0 && top.at[top.len - 1] == separator(targets));
    return whole && mem_equal(path.at, top.at, top.len);
}

static const char *say(const struct targets *targets, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static const char *say(const struct targets *targets, const char *format, ...)
{
    AUTO_BUF struct buf out = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&out, format, arguments);
    va_end(arguments);
    return arena_copy(targets->search->arena, buf_str(&out).at, out.len);
}

/* Directories of which hier(7) and the Filesystem Hierarchy Standard make links. */
static void follow_link(struct targets *targets, struct target *target)
{
    static const struct {
        const char *from;
        const char *to;
    } links[] = {{"/var/run", "/run"}, {"/var/lock", "/run/lock"}};
    if (!is_below(targets, target->path, STR("/var")))
        return;
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct str from = str_of(links[i].from);
        if (!is_below(targets, target->path, from))
            continue;
        const char *path =
            say(targets, "%s%.*s", links[i].to, (int)(target->path.len - from.len),
                target->path.at + from.len);
        target->path = str_of(path);
        target->link = true;
        return;
    }
}

/* Whether a directory to mount on can be there: those of the kernel's own file systems
 * are. */
static bool is_kernel_tree(const struct node *source)
{
    static const char *const trees[] = {"/sys", "/proc", "/dev", "/"};
    for (size_t i = 0; source != NULL && i < sizeof trees / sizeof trees[0]; i++) {
        if (node_is_string(source, str_of(trees[i])))
            return true;
    }
    return false;
}

static bool is_closed(const struct target *target)
{
    const struct mount *mount = target->mount;
    if (!(mount->set & ATTRIBUTE_RO) || str_equal(target->path, STR("/dev")))
        return false;
    return mount_is_bind(mount) ? !is_kernel_tree(mount->source)
                                : node_is_string(mount->type, STR("tmpfs"));
}

static void add_target(struct targets *targets, const struct mount *mount)
{
    struct arena *arena = targets->search->arena;
    struct target *target = &targets->items[targets->count];
    if (mount->path.at == NULL || mount->destination->len == 0)
        return;
    struct str text = node_text(mount->destination);
    *target = (struct target){.path = mount->path, .mount = mount};
    targets->count++;
    if (targets->windows) {
        target->path = path_clean(arena, text, true);
    } else if (text.at[0] != '/') {
        char *path = arena_alloc(arena, text.len + 1);
        path[0] = '/';
        memcpy(path + 1, text.at, text.len);
        target->path = path_clean(arena, (struct str){path, text.len + 1}, false);
    }
    if (targets->of_linux)
        follow_link(targets, target);
    target->closed = is_closed(target);
    targets->proc |= str_equal(target->path, STR("/proc"));
}

/* Parents before their children, the same path in the order of the mounts. */
static int compare(const void *left, const void *right)
{
    const struct target *a = left;
    const struct target *b = right;
    size_t len = a->path.len < b->path.len ? a->path.len : b->path.len;
    for (size_t i = 0; i < len; i++) {
        unsigned char x = (unsigned char)a->path.at[i];
        unsigned char y = (unsigned char)b->path.at[i];
        if (x == y)
            continue;
        if (x == '/' || x == '\\')
            return -1;
        return y == '/' || y == '\\' || x > y ? 1 : -1;
    }
    if (a->path.len != b->path.len)
        return a->path.len < b->path.len ? -1 : 1;
    return a->mount < b->mount ? -1 : 1;
}

/* Whether a mount hides an earlier one, or lies in one that is closed: at once for the
 * few that are usual, of which nothing is to be said. */
static bool order_matters(const struct targets *targets)
{
    const struct target *items = targets->items;
    if (targets->count > PAIRS_MAX)
        return true;
    for (size_t i = 1; i < targets->count; i++) {
        for (size_t k = 0; k < i; k++) {
            if (is_below(targets, items[k].path, items[i].path) ||
                (items[k].closed && is_below(targets, items[i].path, items[k].path)))
                return true;
        }
    }
    return false;
}

static void mark(struct targets *targets, struct mark mark)
{
    marks_add(targets->out, mark);
}

/* Runtimes mount cgroups last, or once more where /sys covers them. */
static bool is_cgroup(const struct mount *mount)
{
    return node_is_string(mount->type, STR("cgroup")) ||
           node_is_string(mount->type, STR("cgroup2"));
}

static void mark_hidden(struct targets *targets, const struct target *target,
                        const struct target *cover)
{
    /* The same directory bound twice looks as if it were bound once. */
    if (node_equal(target->mount->node, cover->mount->node) &&
        mount_is_bind(target->mount))
        return;
    AUTO_BUF struct buf text = {0};
    buf_add_visible(&text, node_text(cover->mount->destination));
    mark(targets, (struct mark){
                      .finder = DESTINATION_HIDDEN,
                      .node = target->mount->node,
                      .at = target->mount->destination,
                      .lower = target->link != cover->link || is_cgroup(target->mount),
                      .have = say(targets, "mounts[%u]", cover->mount->node->index),
                      .want = say(targets, "%s", buf_str(&text).at),
                  });
}

static void mark_inside(struct targets *targets, const struct target *target,
                        const struct mount *closed)
{
    mark(targets, (struct mark){
                      .finder = mount_is_bind(closed) ? DESTINATION_READONLY_BIND
                                                      : DESTINATION_READONLY_TMPFS,
                      .node = target->mount->node,
                      .at = target->mount->destination,
                      .have = say(targets, "mounts[%u]", closed->node->index),
                  });
}

/* Mounts on one path, the first at `first`, of which there are `count`. */
static void check_path(struct targets *targets, const struct target *first, size_t count,
                       const struct target *above, const struct target *cover)
{
    for (const struct target *target = first; target < first + count; target++) {
        if (cover->mount > target->mount)
            mark_hidden(targets, target, cover);
        if (target > first && (node_equal(target->mount->node, target[-1].mount->node) ||
                               node_equal(target->mount->node, first->mount->node)))
            mark(targets, (struct mark){.finder = DESTINATION_REPEATED,
                                        .node = target->mount->node});
        if (above != NULL && above->closed && above->mount < target->mount)
            mark_inside(targets, target, above->mount);
    }
}

/* One walk over the sorted targets: a mount is hidden by a later one on the same path or
 * on one above. */
static void check_order(struct targets *targets)
{
    const struct target *above = NULL;
    for (size_t i = 0; i < targets->count;) {
        const struct target *first = &targets->items[i];
        size_t end = i + 1;
        while (end < targets->count && str_equal(targets->items[end].path, first->path))
            end++;
        while (above != NULL && !is_below(targets, first->path, above->path))
            above = above->above;
        struct target *last = &targets->items[end - 1];
        last->above = above;
        last->cover =
            above != NULL && above->cover->mount > last->mount ? above->cover : last;
        check_path(targets, first, end - i, above, last->cover);
        /* Nothing can be mounted on the root: that is said of it alone. */
        if (!str_equal(first->path, STR("/")))
            above = last;
        i = end;
    }
}

/* runc libcontainer/rootfs_linux.go checkProcMount */
static bool is_proc_file(struct str path)
{
    static const char *const files[] = {
        "cpuinfo",
        "diskstats",
        "meminfo",
        "stat",
        "swaps",
        "uptime",
        "loadavg",
        "slabinfo",
        "net/dev",
        "sys/kernel/ns_last_pid",
        "sys/crypto/fips_enabled",
    };
    struct str name = {path.at + 6, path.len - 6};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (str_equal(name, str_of(files[i])))
            return true;
    }
    return false;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static const char *clean_patch(const struct targets *targets, struct str path)
{
    AUTO_BUF struct buf out = {0};
    buf_adds(&out, STR("[{\"op\":\"replace\",\"path\":\"/destination\",\"value\":"));
    print_json_string(path, &out);
    buf_adds(&out, STR("}]"));
    return arena_copy(targets->search->arena, out.data, out.len);
}

static bool has_dots(struct str path)
{
    for (size_t i = 0; i + 1 < path.len; i++) {
        if (path.at[i] == '.' && path.at[i + 1] == '.' &&
            (i == 0 || path.at[i - 1] == '/') &&
            (i + 2 == path.len || path.at[i + 2] == '/'))
            return true;
    }
    return false;
}

/* A file system that the kernel makes out of nothing: by custom its type is its source.
 */
static void check_source(struct targets *targets, const struct mount *mount)
{
    const struct node *type = mount->type;
    if (mount->source != NULL || type == NULL || type->type != NODE_STRING ||
        type->len == 0 || mount_is_bind(mount) || node_is_string(type, STR("bind")) ||
        node_is_string(type, STR("none")))
        return;
    AUTO_BUF struct buf patch = {0};
    AUTO_BUF struct buf name = {0};
    buf_add_visible(&name, node_text(type));
    buf_adds(&patch, STR("[{\"op\":\"add\",\"path\":\"/source\",\"value\":"));
    print_json(type, &patch);
    buf_adds(&patch, STR("}]"));
    mark(targets, (struct mark){.finder = DESTINATION_SOURCELESS,
                                .node = mount->node,
                                .want = say(targets, "%s", buf_str(&name).at),
                                .patch = say(targets, "%s", buf_str(&patch).at)});
}

/* What a single destination says. */
static void check_target(struct targets *targets, const struct target *target)
{
    const struct mount *mount = target->mount;
    struct str text = node_text(mount->destination);
    struct mark found = {.node = mount->node, .at = mount->destination};
    if (is_blank(text.at[0]) || is_blank(text.at[text.len - 1])) {
        found.finder = DESTINATION_BLANK;
        mark(targets, found);
    }
    if (!targets->of_linux)
        return;
    check_source(targets, mount);
    if (str_equal(target->path, STR("/"))) {
        /* A bind that comes first becomes the root (seen with runc 1.1.5, youki 0.7.0).
         */
        if (mount->node->index == 0 && mount_is_bind(mount))
            found.copes = 1u << RUNTIME_RUNC | 1u << RUNTIME_YOUKI;
        found.finder = DESTINATION_ROOT;
        mark(targets, found);
        return;
    }
    if (targets->proc && target->path.len > 6 &&
        memcmp(target->path.at, "/proc/", 6) == 0 && !is_proc_file(target->path) &&
        !node_is_string(mount->type, STR("proc"))) {
        found.finder = DESTINATION_PROC;
        mark(targets, found);
    }
    if (text.at[0] == '/' && text.at != target->path.at && !target->link &&
        !str_equal(text, target->path)) {
        bool dots = has_dots(text);
        found.finder = DESTINATION_UNCLEAN;
        found.lower = !dots;
        found.want = say(targets, "%.*s", (int)target->path.len, target->path.at);
        found.patch = clean_patch(targets, target->path);
        found.unsafe = dots ? "a name before .. may be a symbolic link" : NULL;
        mark(targets, found);
    }
}

/* The mount that holds a path: the deepest one, and of those the last. NULL for none, for
 * the root and for a path that is no absolute one. */
static const struct target *find_holder(const struct targets *targets,
                                        const struct node *path)
{
    const struct target *holder = NULL;
    if (path == NULL || path->type != NODE_STRING || path->len <= 1 ||
        path->value[0] != '/')
        return NULL;
    for (size_t i = 0; i < targets->count; i++) {
        const struct target *target = &targets->items[i];
        if (target->path.len > 1 && is_below(targets, node_text(path), target->path) &&
            (holder == NULL || target->path.len > holder->path.len ||
             (target->path.len == holder->path.len && target->mount > holder->mount)))
            holder = target;
    }
    return holder;
}

static void mark_holder(struct targets *targets, const struct target *holder,
                        const struct node *path, const char *finder)
{
    AUTO_BUF struct buf text = {0};
    buf_add_visible(&text, node_text(path));
    mark(targets, (struct mark){.finder = finder,
                                .node = holder->mount->node,
                                .have = say(targets, "%s", buf_str(&text).at)});
}

/* Whether there is nothing on the mount when the container starts. */
static bool is_empty(const struct mount *mount)
{
    return node_is_string(mount->type, STR("tmpfs")) && !mount_is_bind(mount) &&
           !mount_has(mount, OPTION_COPY_UP);
}

static void check_program(struct targets *targets)
{
    const struct node *process = node_get(targets->search->root, STR("process"));
    const struct node *program = node_first(node_get(process, STR("args")));
    const struct node *cwd = node_get(process, STR("cwd"));
    const struct target *holder = find_holder(targets, program);
    if (holder != NULL && is_empty(holder->mount))
        mark_holder(targets, holder, program, DESTINATION_PROGRAM);
    else if (holder != NULL &&
             holder->mount->set & ~holder->mount->cleared & ATTRIBUTE_NOEXEC)
        mark_holder(targets, holder, program, DESTINATION_NOEXEC);
    holder = find_holder(targets, cwd);
    if (holder != NULL && is_empty(holder->mount) &&
        path_clean(targets->search->arena, node_text(cwd), false).len > holder->path.len)
        mark_holder(targets, holder, cwd, DESTINATION_CWD);
}

void mount_destination_check(const struct search *search, struct marks *out)
{
    const struct mounts *mounts = search->mounts;
    const struct node *root = search->root;
    bool linux_section = node_get(root, STR("linux")) != NULL;
    struct targets targets = {.search = search, .out = out};
    if (mounts->count == 0 || mounts->node->type != NODE_ARRAY)
        return;
    targets.windows = !linux_section && node_get(root, STR("windows")) != NULL;
    targets.of_linux =
        linux_section ||
        (!targets.windows && node_get(root, STR("solaris")) == NULL &&
         node_get(root, STR("freebsd")) == NULL && node_get(root, STR("zos")) == NULL);
    targets.items = arena_alloc(search->arena, mounts->count * sizeof *targets.items);
    for (size_t i = 0; i < mounts->count; i++) {
        add_target(&targets, &mounts->items[i]);
        targets.remounts |= mount_has(&mounts->items[i], OPTION_REMOUNT);
    }
    for (size_t i = 0; i < targets.count; i++)
        check_target(&targets, &targets.items[i]);
    if (targets.of_linux)
        check_program(&targets);
    if (targets.count > 1 && !targets.remounts && order_matters(&targets)) {
        qsort(targets.items, targets.count, sizeof *targets.items, compare);
        check_order(&targets);
    }
}
