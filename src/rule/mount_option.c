/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_option.h"

#include "buf.h"
#include "print.h"

enum {
    TEXT_MAX = 80,
    PROTECTION = ATTRIBUTE_LOCKABLE | ATTRIBUTE_NOSYMFOLLOW,
    OF_SUPERBLOCK = ATTRIBUTE_SYNC | ATTRIBUTE_DIRSYNC | ATTRIBUTE_MAND,
};

const char *mount_text(const struct mount_scan *scan, const char *format, ...)
{
    AUTO_BUF struct buf out = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&out, format, arguments);
    va_end(arguments);
    return arena_copy(scan->search->arena, buf_str(&out).at, out.len);
}

const char *mount_text_value(const struct mount_scan *scan, struct str value)
{
    AUTO_BUF struct buf out = {0};
    bool cut = value.len > TEXT_MAX;
    if (cut) {
        value.len = TEXT_MAX;
        while (((unsigned char)value.at[value.len] & 0xC0) == 0x80)
            value.len--;
    }
    buf_add_visible(&out, value);
    if (cut)
        buf_adds(&out, STR("…"));
    return arena_copy(scan->search->arena, buf_str(&out).at, out.len);
}

const char *mount_patch_replace(const struct mount_scan *scan, struct str value)
{
    AUTO_BUF struct buf out = {0};
    buf_adds(&out, STR("[{\"op\":\"replace\",\"path\":\"\",\"value\":"));
    print_json_string(value, &out);
    buf_adds(&out, STR("}]"));
    return arena_copy(scan->search->arena, out.data, out.len);
}

const char *mount_patch_remove(void)
{
    return "[{\"op\":\"remove\",\"path\":\"\"}]";
}

void mount_mark(struct mount_scan *scan, struct mark mark)
{
    const struct node *destination = scan->mount->destination;
    if (mark.place == NULL)
        mark.place =
            destination ? mount_text_value(scan, node_text(destination)) : "(none)";
    if (mark.have == NULL)
        mark.have = mount_text_value(scan, node_text(mark.node));
    if (mark.more == NULL)
        mark.more = "";
    marks_add(scan->out, mark);
}

/* Which options a mark is about: those that say something about one of the attributes. */
struct about {
    unsigned set;
    unsigned cleared;
    unsigned set_all;
    unsigned cleared_all;
    unsigned propagation;
};

static bool is_about(const struct about *about, const struct option *option)
{
    switch (option->kind) {
    case OPTION_SET:
        return about->set & option->bits;
    case OPTION_CLEAR:
        return about->cleared & option->bits;
    case OPTION_SET_ALL:
        return about->set_all & option->bits;
    case OPTION_CLEAR_ALL:
        return about->cleared_all & option->bits;
    case OPTION_PROPAGATION:
        return about->propagation & option->bits;
    case OPTION_NOTHING:
    case OPTION_BIND:
    case OPTION_RBIND:
    case OPTION_REMOUNT:
    case OPTION_COPY_UP:
    case OPTION_IDMAP:
    case OPTION_RIDMAP:
        break;
    }
    return false;
}

/* Marks the mount at the last of the options that it is about; `have` lists them, each
 * once. `removed` are those that its fix takes out. */
static void mark_pair(struct mount_scan *scan, const char *finder, struct about about,
                      struct about removed)
{
    AUTO_BUF struct buf words = {0};
    AUTO_BUF struct buf patch = {0};
    AUTO_FREE uint32_t *places = NULL;
    size_t count = 0;
    size_t capacity = 0;
    const struct node *at = scan->mount->options;
    uint64_t listed[2] = {0};
    for (const struct node *node = scan->mount->options->child; node; node = node->next) {
        const struct option *option = option_of(node);
        if (option == NULL || !is_about(&about, option))
            continue;
        size_t place = option_place(option);
        at = node;
        if ((listed[place / 64] >> place % 64 & 1) == 0)
            buf_addf(&words, "%s%s", words.len > 0 ? ", " : "", option->word);
        listed[place / 64] |= (uint64_t)1 << place % 64;
        if (is_about(&removed, option)) {
            places = mem_grow(places, count, &capacity, sizeof *places);
            places[count++] = node->index;
        }
    }
    if (count > MOUNT_OPS_MAX)
        count = 0;
    /* The last one first, so that removing one does not move the others. */
    while (count > 0)
        buf_addf(&patch, "%s{\"op\":\"remove\",\"path\":\"/options/%u\"}",
                 patch.len > 0 ? "," : "", places[--count]);
    mount_mark(
        scan,
        (struct mark){
            .finder = finder,
            .node = scan->mount->node,
            .at = at,
            .have = mount_text(scan, "%s", buf_str(&words).at),
            .patch = patch.len > 0 ? mount_text(scan, "[%s]", buf_str(&patch).at) : NULL,
        });
}

static bool several(unsigned bits)
{
    return (bits & (bits - 1)) != 0;
}

/* Options that undo each other. runc and youki apply the plain ones in their order and
 * those for all mounts below after them; crun collects what to set. */
static void check_opposites(struct mount_scan *scan)
{
    unsigned set = scan->mount->set | scan->mount->set_all;
    unsigned cleared = scan->mount->cleared | scan->mount->cleared_all;
    unsigned lost = (scan->mount->set & scan->mount->cleared & ~scan->mount->now) |
                    (scan->mount->set & scan->mount->cleared_all & ~scan->mount->now_all);
    unsigned lost_all =
        scan->mount->set_all & scan->mount->cleared_all & ~scan->mount->now_all;
    unsigned other = set & cleared;
    lost &= PROTECTION;
    lost_all &= PROTECTION & ~lost;
    other &= ~(lost | lost_all);
    if (lost != 0)
        mark_pair(scan, MOUNT_UNDONE, (struct about){lost, lost, lost, lost, 0},
                  (struct about){.cleared = lost, .cleared_all = lost});
    if (lost_all != 0)
        mark_pair(scan, MOUNT_UNDONE_ALL,
                  (struct about){.set_all = lost_all, .cleared_all = lost_all},
                  (struct about){.cleared_all = lost_all});
    if (other != 0)
        mark_pair(scan, MOUNT_CONTRADICT, (struct about){other, other, other, other, 0},
                  (struct about){0});
    if (several(scan->mount->propagation))
        mark_pair(scan, MOUNT_PROPAGATIONS, (struct about){.propagation = ~0U},
                  (struct about){0});
    if (several(scan->mount->set & ATTRIBUTE_ATIME))
        mark_pair(scan, MOUNT_ACCESS_TIMES, (struct about){.set = ATTRIBUTE_ATIME},
                  (struct about){0});
}

/* Trees of the host below which something else is mounted nearly always. */
static bool has_submounts(const struct node *source)
{
    static const char *const trees[] = {"/",        "/proc", "/dev",   "/run", "/sys",
                                        "/var/run", "/mnt",  "/media", "/host"};
    for (size_t i = 0; source != NULL && i < sizeof trees / sizeof trees[0]; i++) {
        if (node_is_string(source, str_of(trees[i])))
            return true;
    }
    return false;
}

static void check_binds(struct mount_scan *scan)
{
    static const struct about bind = {0};
    unsigned top =
        scan->mount->set & scan->mount->now & ATTRIBUTE_LOCKABLE & ~scan->mount->set_all;
    const struct node *source = scan->mount->source;
    unsigned fragile = ATTRIBUTE_NOATIME | ATTRIBUTE_STRICTATIME | ATTRIBUTE_NODIRATIME;
    /* /sys has a rule of its own, which knows what is mounted there. */
    if (mount_has(scan->mount, OPTION_RBIND) && top != 0 &&
        !node_is_string(source, STR("/sys")))
        mark_pair(scan, has_submounts(source) ? MOUNT_SUBMOUNTS : MOUNT_SUBMOUNTS_MAYBE,
                  (struct about){.set = top}, bind);
    if ((scan->mount->set_all | scan->mount->cleared_all) & fragile)
        mark_pair(scan, MOUNT_CRUN_ACCESS_TIMES,
                  (struct about){.set_all = fragile, .cleared_all = fragile}, bind);
    if ((scan->mount->set | scan->mount->set_all) & ATTRIBUTE_NOSYMFOLLOW)
        mark_pair(scan, MOUNT_SYMFOLLOW,
                  (struct about){.set = ATTRIBUTE_NOSYMFOLLOW,
                                 .set_all = ATTRIBUTE_NOSYMFOLLOW},
                  bind);
}

static bool is_dev(const struct node *destination)
{
    return node_is_string(destination, STR("/dev")) ||
           node_is_string(destination, STR("/dev/"));
}

static void check_fresh(struct mount_scan *scan)
{
    if (scan->mount->set & OF_SUPERBLOCK)
        mark_pair(scan, MOUNT_DROPPED, (struct about){.set = OF_SUPERBLOCK},
                  (struct about){0});
    if (scan->mount->now & ATTRIBUTE_NODEV && is_dev(scan->mount->destination))
        mark_pair(scan, MOUNT_NODEV, (struct about){.set = ATTRIBUTE_NODEV},
                  (struct about){.set = ATTRIBUTE_NODEV});
}

/* rro on a file system of its own: runc sets recursive attributes on binds only. */
static void check_recursive(struct mount_scan *scan, const struct option *option,
                            const struct node *node)
{
    bool plain = (scan->mount->set & scan->mount->now & option->bits) != 0;
    mount_mark(scan, (struct mark){.finder = MOUNT_RECURSIVE,
                                   .node = node,
                                   .lower = plain || !(option->bits & PROTECTION),
                                   .want = option->word + 1,
                                   .patch = plain ? mount_patch_remove()
                                                  : mount_patch_replace(
                                                        scan, str_of(option->word + 1))});
}

/* One option that not every runtime knows, or not for this mount. */
static void check_special(struct mount_scan *scan, const struct option *option,
                          const struct node *node)
{
    bool runc = (option->unknown & 1 << RUNTIME_RUNC) == 0;
    bool crun = (option->unknown & 1 << RUNTIME_CRUN) == 0;
    bool all = option->kind == OPTION_SET_ALL || option->kind == OPTION_CLEAR_ALL;
    bool flag = option->kind == OPTION_SET || option->kind == OPTION_CLEAR;
    if (all || option->kind == OPTION_IDMAP || option->kind == OPTION_RIDMAP ||
        option->kind == OPTION_COPY_UP || option->bits == ATTRIBUTE_NOSYMFOLLOW)
        mount_mark(scan, (struct mark){.finder = MOUNT_OPTIONAL, .node = node});
    if (option->kind == OPTION_NOTHING)
        mount_mark(scan, (struct mark){
                             .finder = crun && strcmp(option->word, "defaults") == 0
                                           ? MOUNT_DEFAULTS
                                           : MOUNT_OF_CRUN,
                             .node = node,
                             .patch = crun && strcmp(option->word, "defaults") == 0
                                          ? mount_patch_remove()
                                          : NULL,
                         });
    else if (flag && scan->fresh && runc && !crun && !option->as_data)
        mount_mark(scan, (struct mark){.finder = MOUNT_RUNC_FLAG, .node = node});
    else if (option->kind == OPTION_SET_ALL && scan->fresh)
        check_recursive(scan, option, node);
    else if (option->kind == OPTION_COPY_UP)
        mount_mark(
            scan,
            (struct mark){.finder = scan->copies_up ? MOUNT_COPY_UP : MOUNT_COPY_UP_VAIN,
                          .node = node,
                          .patch = scan->copies_up ? NULL : mount_patch_remove()});
    else if (option->kind == OPTION_PROPAGATION &&
             option->bits & (PROPAGATION_SHARED | PROPAGATION_SLAVE))
        mount_mark(scan, (struct mark){.finder = MOUNT_PROPAGATION, .node = node});
}

/* The second look, for what is rare. */
static void check_rare(struct mount_scan *scan)
{
    uint64_t seen[2] = {0};
    for (const struct node *node = scan->mount->options->child; node; node = node->next) {
        const struct option *option = option_of(node);
        if (option == NULL)
            continue;
        size_t place = option_place(option);
        bool again = seen[place / 64] >> place % 64 & 1;
        seen[place / 64] |= (uint64_t)1 << place % 64;
        bool contested = (scan->mount->set | scan->mount->set_all) &
                         (scan->mount->cleared | scan->mount->cleared_all) & option->bits;
        if (again && !contested)
            mount_mark(scan, (struct mark){.finder = MOUNT_REPEATED,
                                           .node = node,
                                           .patch = several(scan->mount->propagation)
                                                        ? NULL
                                                        : mount_patch_remove()});
        if (option->kind == OPTION_BIND && mount_has(scan->mount, OPTION_RBIND))
            mount_mark(scan, (struct mark){.finder = MOUNT_BIND_TWICE,
                                           .node = node,
                                           .patch = mount_patch_remove()});
        check_special(scan, option, node);
    }
}

/* The names that stand for no file system: what has one of them and is no bind is a
 * mistake of its own. */
static bool is_fresh(const struct mount_scan *scan)
{
    const struct node *type = scan->mount->type;
    return !mount_is_bind(scan->mount) && !scan->changes && type != NULL &&
           type->type == NODE_STRING && type->len > 0 &&
           !node_is_string(type, STR("none")) && !node_is_string(type, STR("bind")) &&
           !node_is_string(type, STR("rbind"));
}

/* Whether there is something for the second look. */
static bool has_rare(const struct mount *mount)
{
    return mount->twice || mount->unknown != 0 ||
           (mount->kinds & ~(1u << OPTION_SET | 1u << OPTION_CLEAR | 1u << OPTION_BIND |
                             1u << OPTION_RBIND | 1u << OPTION_REMOUNT)) != 0 ||
           (mount_has(mount, OPTION_BIND) && mount_has(mount, OPTION_RBIND));
}

static void check_mount(struct mount_scan *scan)
{
    const struct mount *mount = scan->mount;
    scan->changes = mount->moves || mount_has(mount, OPTION_REMOUNT);
    scan->fresh = is_fresh(scan);
    scan->copies_up = scan->fresh && node_is_string(mount->type, STR("tmpfs"));
    if (several(mount->set & ATTRIBUTE_ATIME) ||
        (mount->kinds & ~(1u << OPTION_SET | 1u << OPTION_BIND)) != 0)
        check_opposites(scan);
    if (mount_is_bind(mount))
        check_binds(scan);
    else if (scan->fresh)
        check_fresh(scan);
    if (has_rare(mount))
        check_rare(scan);
    if (mount->data_count == 0)
        return;
    scan->filesystem = scan->fresh ? fstype_find(node_text(mount->type)) : NULL;
    mount_data_check(scan);
}

/* Ids must be mapped in a user namespace that is made here, and only in one. */
static void find_mappings(struct mount_scan *scan, const struct node *linux_)
{
    const struct node *namespaces = node_get(linux_, STR("namespaces"));
    for (const struct node *node = node_first(namespaces); node; node = node->next) {
        if (!node_is_string(node_get(node, STR("type")), STR("user")))
            continue;
        if (node_get(node, STR("path")) == NULL) {
            scan->uids = node_get(linux_, STR("uidMappings"));
            scan->gids = node_get(linux_, STR("gidMappings"));
        }
    }
}

/* Options are those of Linux: other systems have their own. */
static bool is_linux(const struct node *root, const struct node *linux_)
{
    static const char *const others[] = {"windows", "solaris", "freebsd", "zos"};
    for (size_t i = 0; linux_ == NULL && i < sizeof others / sizeof others[0]; i++) {
        if (node_get(root, str_of(others[i])) != NULL)
            return false;
    }
    return true;
}

void mount_option_check(const struct search *search, struct marks *out)
{
    const struct mounts *mounts = search->mounts;
    const struct node *linux_ = node_get(search->root, STR("linux"));
    struct mount_scan scan = {.search = search, .out = out};
    if (mounts->count == 0 || mounts->node->type != NODE_ARRAY ||
        !is_linux(search->root, linux_))
        return;
    if (search_may_have(search, STR("user")))
        find_mappings(&scan, linux_);
    for (size_t i = 0; i < mounts->count; i++) {
        scan.mount = &mounts->items[i];
        if (scan.mount->options != NULL && scan.mount->options->type == NODE_ARRAY)
            check_mount(&scan);
    }
}
