/* SPDX-License-Identifier: Apache-2.0 */
#include "buf.h"
#include "mount_option.h"
#include "mount_word.h"
#include "number.h"
#include "print.h"

enum {
    GUESSES_MAX = 1000,
    SCAN_MAX = 16, /* up to here all pairs are compared, which costs less than to sort */
    DEV_INODES = 16, /* what a runtime makes in /dev: nodes, links and mount points */
};

struct mount_part mount_part_of(struct str text)
{
    const char *sign = text.len > 0 ? memchr(text.at, '=', text.len) : NULL;
    size_t len = sign ? (size_t)(sign - text.at) : text.len;
    return (struct mount_part){
        .text = text,
        .name = {text.at, len},
        .value = {sign ? sign + 1 : "", sign ? text.len - len - 1 : 0},
        .has_value = sign != NULL,
    };
}

/* Takes the next part of a text of several, as vfs_parse_monolithic_sep() does: a comma
 * that a backslash stands before belongs to a path of overlayfs, one before a digit to
 * mpol of tmpfs, and one in quotes to a label. */
static bool take_part(struct str *rest, struct str *part)
{
    bool quoted = false;
    size_t len = 0;
    if (rest->len == 0)
        return false;
    while (len < rest->len) {
        char byte = rest->at[len];
        quoted ^= byte == '"';
        if (byte == ',' && !quoted && !(len > 0 && rest->at[len - 1] == '\\') &&
            !(len + 1 < rest->len && rest->at[len + 1] >= '0' &&
              rest->at[len + 1] <= '9'))
            break;
        len++;
    }
    *part = (struct str){rest->at, len};
    len += len < rest->len;
    rest->at += len;
    rest->len -= len;
    return true;
}

/* What the security modules take, whatever the file system (selinux_sb_eat_lsm_opts,
 * smack). */
static bool is_label(struct str name)
{
    static const char *const labels[] = {"context",     "fscontext",       "defcontext",
                                         "rootcontext", "seclabel",        "smackfsdef",
                                         "smackfsroot", "smackfstransmute"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (str_equal(name, str_of(labels[i])))
            return true;
    }
    return false;
}

/* The id inside the namespace that a host's id stands for. */
static bool find_inside(const struct node *mappings, uint32_t host, uint64_t *inside)
{
    for (const struct node *node = node_first(mappings); node; node = node->next) {
        const struct node *in = node_get(node, STR("containerID"));
        const struct node *out = node_get(node, STR("hostID"));
        const struct node *size = node_get(node, STR("size"));
        uint64_t from;
        uint64_t to;
        uint64_t count;
        if (in != NULL && out != NULL && size != NULL &&
            number_uint64(node_text(in), &to) && number_uint64(node_text(out), &from) &&
            number_uint64(node_text(size), &count) && host >= from &&
            host - from < count) {
            *inside = to + (host - from);
            return true;
        }
    }
    return false;
}

static bool is_mapped(const struct node *mappings, uint32_t id)
{
    for (const struct node *node = node_first(mappings); node; node = node->next) {
        const struct node *in = node_get(node, STR("containerID"));
        const struct node *size = node_get(node, STR("size"));
        uint64_t from;
        uint64_t count;
        if (in == NULL || size == NULL || !number_uint64(node_text(in), &from) ||
            !number_uint64(node_text(size), &count))
            return true; /* nothing can be said of it */
        if (id >= from && id - from < count)
            return true;
    }
    return false;
}

static void check_id(struct mount_scan *scan, const struct node *node,
                     const struct mount_part *part, const struct fstype_option *option,
                     uint32_t id)
{
    const struct node *mappings = option->kind == VALUE_UID ? scan->uids : scan->gids;
    uint64_t inside;
    if (node_first(mappings) == NULL || is_mapped(mappings, id))
        return;
    struct mark mark = {
        .finder = DATA_UNMAPPED,
        .node = node,
        .want = option->kind == VALUE_UID ? "linux.uidMappings" : "linux.gidMappings",
        .patch = mount_patch_remove(),
    };
    if (find_inside(mappings, id, &inside)) {
        const char *text =
            mount_text(scan, "%s=%llu", option->name, (unsigned long long)inside);
        mark.more = mount_text(scan, ", and %s is what the host's id is inside", text);
        mark.patch = mount_patch_replace(scan, str_of(text));
    } else if (!str_equal(part->text, STR("gid=5"))) {
        /* gid=5 is the group tty of the terminals, which runtimes write unasked. */
        mark.unsafe = "the files get another owner";
    }
    mount_mark(scan, mark);
}

/* Digits alone: no letter of a thousand or a million behind them. */
static bool is_plain(struct str number)
{
    size_t len = 0;
    while (len < number.len && number.at[len] >= '0' && number.at[len] <= '9')
        len++;
    return len > 0 && len == number.len;
}

static void check_dev_size(struct mount_scan *scan, const struct node *node,
                           const struct mount_part *part)
{
    uint64_t inodes;
    if (str_equal(part->name, STR("nr_inodes")) &&
        node_is_string(scan->mount->destination, STR("/dev")) && is_plain(part->value) &&
        number_uint64(part->value, &inodes) && inodes > 0 && inodes < DEV_INODES)
        mount_mark(scan, (struct mark){.finder = MOUNT_TINY, .node = node});
}

static const char *quote_value(const struct mount_scan *scan,
                               const struct mount_part *part, const char *repair)
{
    return mount_text(scan, "%.*s=%s", (int)part->name.len, part->name.at, repair);
}

/* A value held against what the file system takes. `whole`: the part is all of the
 * option, and can be replaced. */
static void check_value(struct mount_scan *scan, const struct node *node,
                        const struct mount_part *part, const struct fstype_option *option,
                        bool whole)
{
    struct fstype_value value;
    fstype_value_check(option, part->value, part->has_value, &value);
    if (value.verdict == VALUE_GOOD) {
        if (option->kind == VALUE_UID || option->kind == VALUE_GID)
            check_id(scan, node, part, option, value.id);
        else if (option->kind == VALUE_PATH)
            mount_layers_check(scan, node, part);
        check_dev_size(scan, node, part);
        return;
    }
    struct mark mark = {
        .finder = value.verdict == VALUE_BAD ? DATA_VALUE : DATA_ODD,
        .node = node,
        .want = value.want,
    };
    if (option->kind == VALUE_WORD)
        mark.want = mount_text(scan, "one of %s", value.want);
    if (option->kind == VALUE_NONE && whole) {
        mark.patch = mount_patch_replace(scan, part->name);
        mark.unsafe = "the value may have meant something";
    }
    if (value.repair[0] != '\0' && whole) {
        const char *repair = quote_value(scan, part, value.repair);
        mark.more = mount_text(scan, "; did you mean '%s'?", repair);
        mark.patch = mount_patch_replace(scan, str_of(repair));
        mark.unsafe = value.sure ? NULL : "the value is a guess";
    }
    mount_mark(scan, mark);
}

static const struct fstype_option *find_data(const struct mount_scan *scan,
                                             const struct mount_part *part)
{
    bool negated = false;
    const struct fstype_option *option =
        scan->filesystem ? fstype_option(scan->filesystem, part->name, &negated) : NULL;
    return negated && part->has_value ? NULL : option;
}

/* Adds "did you mean …?" and the fix. A word that is there already is dropped. */
static void mean(struct mount_scan *scan, const struct mount_word *word,
                 struct mark *mark)
{
    if (word->kind != WORD_MEANT)
        return;
    mark->more = mount_text(scan, " (did you mean '%s'?)",
                            mount_text_value(scan, str_of(word->meant)));
    mark->patch = mount_patch_replace(scan, str_of(word->meant));
    mark->unsafe = word->unsafe;
    const struct option *option = option_find(str_of(word->meant));
    if (option != NULL && mount_has_option(scan->mount, option))
        mark->patch = mount_patch_remove();
}

/* Repairs the value of an option that was meant as well: size = 64MB. */
static void mean_value(struct mount_scan *scan, struct mount_word *word)
{
    struct fstype_value value;
    if (word->kind != WORD_MEANT)
        return;
    struct mount_part part = mount_part_of(str_of(word->meant));
    const struct fstype_option *option = find_data(scan, &part);
    if (option == NULL)
        return;
    fstype_value_check(option, part.value, part.has_value, &value);
    if (value.verdict != VALUE_BAD)
        return;
    if (value.repair[0] != '\0')
        word->meant = quote_value(scan, &part, value.repair);
    if (value.repair[0] == '\0' || !value.sure)
        word->unsafe = "the value is a guess";
}

/* A document of nothing but misspelt options shall not take seconds. */
static bool may_guess(struct mount_scan *scan)
{
    return scan->guesses++ < GUESSES_MAX;
}

static void check_on_bind(struct mount_scan *scan, const struct node *node,
                          const struct mount_part *part)
{
    struct mount_word word;
    mount_word_read(part->text, NULL, may_guess(scan), scan->search->arena, &word);
    struct mark mark = {.finder = BIND_UNKNOWN, .node = node};
    if (word.kind == WORD_ENGINE) {
        mark.finder = BIND_ENGINE;
        mark.want = word.whose;
        mark.patch = mount_patch_remove();
        mark.unsafe = word.unsafe;
    } else if (word.kind == WORD_CRUN) {
        mark.finder = MOUNT_OF_CRUN;
    } else if (fstype_option_exists(part->name) ||
               (part->has_value && word.kind == WORD_UNKNOWN)) {
        mark.finder = BIND_DATA;
        mark.patch = mount_patch_remove();
    } else {
        mean(scan, &word, &mark);
        /* Private is what those that drop the word make of a mount anyway. */
        if (word.meant != NULL &&
            (strcmp(word.meant, "private") == 0 || strcmp(word.meant, "rprivate") == 0))
            mark.copes = 1u << RUNTIME_CRUN | 1u << RUNTIME_YOUKI;
    }
    mount_mark(scan, mark);
}

static void check_on_filesystem(struct mount_scan *scan, const struct node *node,
                                const struct mount_part *part)
{
    const struct fstype_option *option = find_data(scan, part);
    struct mount_word word;
    if (option != NULL) {
        check_value(scan, node, part, option, true);
        return;
    }
    if (is_label(part->name))
        return;
    mount_word_read(part->text, scan->filesystem, may_guess(scan), scan->search->arena,
                    &word);
    mean_value(scan, &word);
    struct mark mark = {
        .finder = DATA_UNKNOWN,
        .node = node,
        .want = mount_text_value(scan, node_text(scan->mount->type)),
    };
    enum fstype_rest rest = scan->filesystem ? scan->filesystem->rest : REST_UNKNOWN;
    if (word.kind == WORD_ENGINE) {
        mark.finder = DATA_ENGINE;
        mark.want = word.whose;
        mark.patch = mount_patch_remove();
        mark.unsafe = word.unsafe;
    } else if (word.kind == WORD_CRUN) {
        mark.finder = MOUNT_OF_CRUN;
    } else {
        mean(scan, &word, &mark);
    }
    bool sure = word.kind == WORD_MEANT && word.unsafe == NULL;
    if (rest == REST_UNKNOWN && !sure && word.kind != WORD_ENGINE)
        return;
    if (rest == REST_IGNORED)
        mark.finder = DATA_IGNORED;
    else
        mark.lower = rest == REST_REFUSED_HERE && word.kind == WORD_UNKNOWN;
    mount_mark(scan, mark);
}

/* What the parts of an option with commas in it are. */
struct joined {
    unsigned flags; /* options that runtimes know */
    unsigned data;  /* options of the file system */
    unsigned others;
    bool plain;    /* the kernel takes all flags as data too */
    bool conflict; /* one of them undoes another option */
};

static struct joined look_at_parts(const struct mount_scan *scan, struct str text)
{
    struct joined joined = {.plain = true};
    struct str word;
    while (take_part(&text, &word)) {
        struct mount_part part = mount_part_of(word);
        const struct option *option = option_find(word);
        if (option != NULL) {
            joined.flags++;
            joined.plain &= option->as_data && option->bits != ATTRIBUTE_RO;
            joined.conflict |=
                option->kind == OPTION_CLEAR && (scan->mount->set & option->bits) != 0;
        } else if (find_data(scan, &part) != NULL || is_label(part.name)) {
            joined.data++;
        } else {
            joined.others++;
        }
    }
    return joined;
}

/* One operation for the first part, and one that adds each of the others. */
static const char *split_patch(struct mount_scan *scan, const struct node *node)
{
    AUTO_BUF struct buf out = {0};
    struct str rest = node_text(node);
    struct str part;
    for (uint32_t i = node->index; take_part(&rest, &part); i++) {
        if (part.len == 0) {
            i--;
            continue;
        }
        buf_addf(&out, "%s{\"op\":\"%s\",\"path\":\"/options/%u\",\"value\":",
                 out.len > 0 ? "," : "[", out.len > 0 ? "add" : "replace", i);
        print_json_string(part, &out);
        buf_addc(&out, '}');
    }
    buf_addc(&out, ']');
    return arena_copy(scan->search->arena, out.data, out.len);
}

/* Returns whether there is nothing more to say of it. */
static bool check_joined(struct mount_scan *scan, const struct node *node)
{
    struct str text = node_text(node);
    struct joined joined = look_at_parts(scan, text);
    struct str word;
    unsigned count = joined.flags + joined.data + joined.others;
    if (count < 2)
        return false;
    if (joined.flags > 0) {
        mount_mark(scan,
                   (struct mark){
                       .finder = MOUNT_JOINED,
                       .node = scan->mount->node,
                       .at = node,
                       .have = mount_text_value(scan, text),
                       .lower = joined.plain && joined.others == 0 && scan->fresh,
                       .patch = count <= MOUNT_OPS_MAX ? split_patch(scan, node) : NULL,
                       .unsafe = joined.others > 0 && mount_is_bind(scan->mount)
                                     ? "not all parts are options of a bind"
                                 : joined.conflict ? "it gives the mount a right"
                                                   : NULL});
        return true;
    }
    if (joined.others > 0)
        return false;
    mount_mark(
        scan,
        (struct mark){.finder = MOUNT_DATA_JOINED,
                      .node = scan->mount->node,
                      .at = node,
                      .have = mount_text_value(scan, text),
                      .patch = count <= MOUNT_OPS_MAX ? split_patch(scan, node) : NULL});
    while (take_part(&text, &word)) {
        struct mount_part part = mount_part_of(word);
        const struct fstype_option *option = find_data(scan, &part);
        if (option != NULL)
            check_value(scan, node, &part, option, false);
    }
    return true;
}

static int compare_names(const void *left, const void *right)
{
    const struct node *a = *(const struct node *const *)left;
    const struct node *b = *(const struct node *const *)right;
    int order =
        str_compare(mount_part_of(node_text(a)).name, mount_part_of(node_text(b)).name);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* The same option again, or with another value. The layers that overlayfs adds one by one
 * (lowerdir+=) are no repetition. */
static void compare_pair(struct mount_scan *scan, const struct node *first,
                         const struct node *again)
{
    struct mount_part a = mount_part_of(node_text(first));
    struct mount_part b = mount_part_of(node_text(again));
    if (!str_equal(a.name, b.name) || a.name.len == 0 || a.name.at[a.name.len - 1] == '+')
        return;
    if (str_equal(a.text, b.text))
        mount_mark(scan, (struct mark){.finder = MOUNT_REPEATED,
                                       .node = again,
                                       .patch = mount_patch_remove()});
    else if (scan->fresh)
        mount_mark(scan,
                   (struct mark){.finder = MOUNT_SET_TWICE,
                                 .node = scan->mount->node,
                                 .at = again,
                                 .have = mount_text(scan, "%s and %s",
                                                    mount_text_value(scan, a.text),
                                                    mount_text_value(scan, b.text))});
}

static void check_repeated(struct mount_scan *scan)
{
    const struct node **data = scan->mount->data;
    if (scan->mount->data_count > SCAN_MAX) {
        qsort(data, scan->mount->data_count, sizeof *data, compare_names);
        for (size_t i = 1; i < scan->mount->data_count; i++)
            compare_pair(scan, data[i - 1], data[i]);
        return;
    }
    for (size_t i = 1; i < scan->mount->data_count; i++) {
        size_t k = i;
        struct str name = mount_part_of(node_text(data[i])).name;
        while (k > 0 && !str_equal(mount_part_of(node_text(data[k - 1])).name, name))
            k--;
        if (k > 0)
            compare_pair(scan, data[k - 1], data[i]);
    }
}

void mount_data_check(struct mount_scan *scan)
{
    bool again = false; /* a name may be repeated */
    uint64_t names = 0; /* those before, by length and first byte */
    for (size_t i = 0; i < scan->mount->data_count; i++) {
        const struct node *node = scan->mount->data[i];
        struct mount_part part = mount_part_of(node_text(node));
        if (part.text.len == 0) {
            mount_mark(scan, (struct mark){.finder = MOUNT_EMPTY,
                                           .node = node,
                                           .patch = mount_patch_remove()});
            continue;
        }
        uint64_t name = (uint64_t)1
                        << (part.name.len + (unsigned char)part.text.at[0]) % 64;
        again |= (names & name) != 0;
        names |= name;
        if (memchr(part.text.at, ',', part.text.len) != NULL && check_joined(scan, node))
            continue;
        if (mount_is_bind(scan->mount) && !scan->changes)
            check_on_bind(scan, node, &part);
        else if (scan->fresh)
            check_on_filesystem(scan, node, &part);
    }
    if (again)
        check_repeated(scan);
    if (scan->fresh && node_is_string(scan->mount->type, STR("overlay")))
        mount_overlay_check(scan);
}
