/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_source.h"

#include "bundle_mark.h"
#include "option.h"

/* File systems of which the kernel wants a block device (FS_REQUIRES_DEV). */
static bool is_on_device(const struct node *type)
{
    static const char *const types[] = {
        "btrfs",    "exfat",   "ext2", "ext3",  "ext4",     "f2fs",
        "hfsplus",  "iso9660", "jfs",  "msdos", "ntfs",     "ntfs3",
        "reiserfs", "udf",     "vfat", "xfs",   "squashfs",
    };
    for (size_t i = 0; type != NULL && i < sizeof types / sizeof types[0]; i++) {
        if (node_is_string(type, str_of(types[i])))
            return true;
    }
    return false;
}

/* These take the link itself (crun(1), mount options). */
static bool takes_link(const struct node *mount)
{
    return site_has_option(mount, STR("copy-symlink")) ||
           site_has_option(mount, STR("src-nofollow"));
}

void source_find(struct site *site, const struct node *mount, struct source *source)
{
    const struct node *node = node_get(mount, STR("source"));
    const struct node *destination = node_get(mount, STR("destination"));
    *source = (struct source){
        .mount = mount,
        .node = node,
        .bind = site_is_bind(mount),
        .destination_len = destination ? node_text(destination).len : 0,
    };
    if (node == NULL || node->type != NODE_STRING || site->host.fd < 0 ||
        (!source->bind && !is_on_device(node_get(mount, STR("type")))) ||
        takes_link(mount))
        return;
    const char *path = site_path(site, node_text(node));
    /* The processes that a spec may name below /proc are those of the runtime. */
    if (path == NULL || strncmp(path, "/proc/", 6) == 0)
        return;
    source->looked = true;
    source->found = root_find(&site->host, str_of(path), &source->place);
}

/* The first mount of the machine below a place whose attributes lack one of `wanted`. */
static const struct site_mount *find_submount(const struct site *site, const char *place,
                                              unsigned wanted)
{
    for (size_t i = 0; i < site->mount_count; i++) {
        const struct site_mount *mount = &site->mounts[i];
        if (strcmp(mount->point, place) != 0 && site_is_below(mount->point, place) &&
            (wanted == 0 || (mount->attributes & wanted) != wanted))
            return mount;
    }
    return NULL;
}

/* The attributes that the options set on the top of a bind only. */
static unsigned top_attributes(const struct node *mount, const struct node **at)
{
    const struct node *options = node_get(mount, STR("options"));
    unsigned top = 0;
    unsigned all = 0;
    for (const struct node *node = node_first(options); node; node = node->next) {
        const struct option *option = option_of(node);
        if (option == NULL)
            continue;
        unsigned bits = option->bits & ATTRIBUTE_LOCKABLE;
        if (option->kind == OPTION_SET && bits != 0) {
            top |= bits;
            *at = node;
        } else if (option->kind == OPTION_CLEAR) {
            top &= ~bits;
        } else if (option->kind == OPTION_SET_ALL) {
            all |= bits;
        }
    }
    return top & ~all;
}

/* Trees that have mounts below them nearly everywhere are seen without the machine (rule
 * bind-flags-top-only). */
static bool is_busy_tree(const char *place)
{
    static const char *const trees[] = {"/", "/proc", "/dev", "/run", "/sys", "/var/run"};
    for (size_t i = 0; i < sizeof trees / sizeof trees[0]; i++) {
        if (strcmp(place, trees[i]) == 0)
            return true;
    }
    return false;
}

static void check_submounts(struct site *site, const struct source *source)
{
    const struct node *at = NULL;
    const struct node *mount = source->mount;
    bool recursive = site_has_option(mount, STR("rbind"));
    unsigned top = recursive ? top_attributes(mount, &at) : 0;
    if (!S_ISDIR(source->place.status.st_mode) || is_busy_tree(source->place.path) ||
        (recursive && top == 0))
        return;
    const struct site_mount *below = find_submount(site, source->place.path, top);
    if (below == NULL)
        return;
    struct mark mark = {
        .finder = recursive ? SOURCE_FLAGS : SOURCE_SUBMOUNTS,
        .node = mount,
        .at = at ? at : source->node,
        .place = site_say(site, "%s", source->place.path),
        .have = below->point,
    };
    if (recursive) {
        AUTO_BUF struct buf words = {0};
        option_words(top & ~below->attributes, &words);
        mark.want = site_say(site, "%s", words.data);
    }
    site_mark(site, mark);
}

/* Trees of which engines bind single files, and whose flags protect nothing of a user. */
static bool is_state(const char *place)
{
    static const char *const trees[] = {"/dev", "/proc", "/run", "/sys", "/var/run"};
    for (size_t i = 0; i < sizeof trees / sizeof trees[0]; i++) {
        if (site_is_below(place, trees[i]))
            return true;
    }
    return false;
}

static const char *add_options(const struct site *site, unsigned attributes)
{
    AUTO_BUF struct buf words = {0};
    AUTO_BUF struct buf patch = {0};
    option_words(attributes, &words);
    buf_addc(&patch, '[');
    for (const char *at = words.data; *at != '\0';) {
        size_t len = strcspn(at, ",");
        buf_addf(&patch, "%s{\"op\":\"add\",\"path\":\"/options/-\",\"value\":\"%.*s\"}",
                 patch.len > 1 ? "," : "", (int)len, at);
        at += len + (at[len] == ',');
    }
    buf_addc(&patch, ']');
    return site_say(site, "%s", patch.data);
}

/* To set a flag of a bind all of them are set anew, and those of the source's mount are
 * lost; the kernel refuses that where a user namespace has locked them
 * (mount_namespaces(7)). Without a flag to set, nothing is lost. */
static void check_flags(struct site *site, const struct source *source)
{
    const struct node *at = NULL;
    unsigned set = top_attributes(source->mount, &at);
    unsigned has = site_attributes(site, source->place.path) &
                   (ATTRIBUTE_NOSUID | ATTRIBUTE_NODEV | ATTRIBUTE_NOEXEC);
    const struct node *options = node_get(source->mount, STR("options"));
    for (const struct node *node = node_first(options); node; node = node->next) {
        const struct option *option = option_of(node);
        if (option != NULL && option->kind != OPTION_PROPAGATION)
            has &= ~option->bits; /* wanted, or wanted not to be */
    }
    if (set == 0 || has == 0 || is_state(source->place.path))
        return;
    AUTO_BUF struct buf words = {0};
    option_words(has, &words);
    site_mark(site, (struct mark){
                        .finder = site->in_userns ? SOURCE_LOCKED : SOURCE_DROPPED,
                        .node = source->mount,
                        .at = at,
                        .place = site_say(site, "%s", source->place.path),
                        .want = site_say(site, "%s", words.data),
                        .patch = add_options(site, has),
                    });
}

/* A read-only path that is a recursive bind: what is mounted below stays writable. */
static void check_guard(struct site *site, const struct source *source)
{
    const struct node *destination = node_get(source->mount, STR("destination"));
    const struct node *list = node_find(site->search->root, STR("/linux/readonlyPaths"));
    const struct site_mount *below =
        find_submount(site, source->place.path, ATTRIBUTE_RO);
    if (below == NULL || !site_has_option(source->mount, STR("rbind")) ||
        destination == NULL || destination->type != NODE_STRING)
        return;
    for (const struct node *node = node_first(list); node; node = node->next) {
        if (node_is_string(node, node_text(destination)))
            site_mark(site, (struct mark){.finder = SOURCE_READONLY_PATH,
                                          .node = node,
                                          .have = below->point});
    }
}

static void check_read_only(struct site *site, const struct source *source)
{
    if (!site_has_option(source->mount, STR("rw")) ||
        site_has_option(source->mount, STR("ro")) ||
        (site_attributes(site, source->place.path) & ATTRIBUTE_RO) == 0)
        return;
    const struct node *options = node_get(source->mount, STR("options"));
    const struct node *at = node_first(options);
    while (at != NULL && !node_is_string(at, STR("rw")))
        at = at->next;
    site_mark(site, (struct mark){.finder = SOURCE_READONLY,
                                  .node = source->mount,
                                  .at = at,
                                  .place = site_say(site, "%s", source->place.path)});
}

void source_check(struct site *site, const struct source *source)
{
    struct mark mark = {.node = source->mount, .at = source->node};
    if (source->looked && root_lacks(&source->place)) {
        mark.finder = SOURCE_MISSING;
        mark.want = site_reason(site, &source->place);
        site_mark(site, mark);
    }
    if (!source->found)
        return;
    if (!source->bind) {
        mark.finder = SOURCE_NO_DEVICE;
        mark.want = S_ISDIR(source->place.status.st_mode) ? "a directory" : "a file";
        if (!S_ISBLK(source->place.status.st_mode))
            site_mark(site, mark);
        return;
    }
    check_submounts(site, source);
    check_guard(site, source);
    check_flags(site, source);
    check_read_only(site, source);
}
