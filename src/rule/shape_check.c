/* SPDX-License-Identifier: Apache-2.0 */
#include "shape_check.h"

#include "number.h"
#include "shape_mark.h"

static void check_object(struct shape_walk *walk, const struct shape_object *object,
                         const struct node *node);

static void ask_format(struct shape_walk *walk, const struct shape_member *member,
                       const struct shape_format *format, const struct node *node,
                       bool is_key)
{
    struct shape_subject subject = {
        .text = is_key ? node_key(node) : node_text(node),
        .node = node,
        .platforms = walk->platforms,
        .release = walk->version.at,
    };
    struct shape_remark remark = {0};
    format->check(&subject, &remark);
    if (remark.by != BY_NOBODY)
        shape_mark_remark(walk, member, node, is_key, &remark);
    if (remark.repair.data != NULL)
        buf_release(&remark.repair);
}

static inline void apply_format(struct shape_walk *walk,
                                const struct shape_member *member, struct str text,
                                const struct node *node, bool is_key)
{
    const struct shape_format *format = is_key ? member->key : member->format;
    bool passes = format->pass == PASS_POSIX ||
                  (format->pass == PASS_ABSOLUTE && text.len > 0 && text.at[0] == '/');
    if (!passes || walk->platforms == PLATFORM_WINDOWS)
        ask_format(walk, member, format, node, is_key);
}

static inline void check_word(struct shape_walk *walk, const struct shape_member *member,
                              const struct shape_word *word, const struct node *node,
                              bool is_key)
{
    const struct shape_set *set = is_key ? member->keys : member->values;
    if (word == NULL && (set->open || (member->allow_empty && node->len == 0)))
        return;
    if (word == NULL || (word->platforms & walk->platforms) == 0)
        shape_mark_word(walk, member, set, node, is_key);
    else if (word->since > walk->version.upto)
        shape_mark_newer(walk, (enum release)word->since, member, node);
}

/* No kernel interface can be given a string with NUL in it. */
static void check_nul(struct shape_walk *walk, const struct shape_member *member,
                      const struct node *node)
{
    struct shape_remark remark = {.by = BY_KERNEL, .want = "a text without NUL"};
    if (memchr(node->value, '\0', node->len) != NULL)
        shape_mark_remark(walk, member, node, false, &remark);
}

static inline void check_string(struct shape_walk *walk,
                                const struct shape_member *member,
                                const struct node *node)
{
    struct str text = {node->value, node->len};
    /* Only a string that is written with escapes may hold a NUL, and then it is shorter
     * than what is written. */
    if (node->span.end - node->span.start != node->len + 2)
        check_nul(walk, member, node);
    if (member->values != NULL)
        check_word(walk, member, shape_word(member->values, text, node->text_hash), node,
                   false);
    if (member->format != NULL)
        apply_format(walk, member, text, node, false);
}

/* Whether a number, of which `low` or `high` is set as it is negative or not, is in a
 * range. */
static bool within(bool negative, int64_t low, uint64_t high, int64_t min, uint64_t max)
{
    if (negative)
        return low >= min;
    return high <= max && (min <= 0 || high >= (uint64_t)min);
}

static void check_integer(struct shape_walk *walk, const struct shape_member *member,
                          const struct node *node)
{
    struct str number = node_text(node);
    bool negative = number.at[0] == '-';
    int64_t low = 0;
    uint64_t high = 0;
    /* Both encoding/json and strtoull() take digits alone. */
    for (size_t i = negative; i < number.len; i++) {
        if (number.at[i] < '0' || number.at[i] > '9') {
            shape_mark_type(walk, member, node, true);
            return;
        }
    }
    bool known = negative ? number_int64(number, &low) : number_uint64(number, &high);
    if (!known || !within(negative, low, high, member->type_min, member->type_max))
        shape_mark_range(walk, member, node, true);
    else if (member->by != BY_NOBODY && !(member->zero && high == 0 && !negative) &&
             !within(negative, low, high, member->min, member->max))
        shape_mark_range(walk, member, node, false);
    else if (member->format != NULL)
        apply_format(walk, member, number, node, false);
}

static void check_other(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *node);

/* One value: of the member itself, or in its list or map. Most are strings. */
static inline void check_value(struct shape_walk *walk, const struct shape_member *member,
                               const struct node *node)
{
    if (member->kind == SHAPE_STRING && node->type == NODE_STRING)
        check_string(walk, member, node);
    else
        check_other(walk, member, node);
}

static void check_other(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *node)
{
    bool good = true;
    if (node->type == NODE_NULL && member->kind != SHAPE_ANY) {
        shape_mark_null(walk, member, node);
        return;
    }
    switch ((enum shape_kind)member->kind) {
    case SHAPE_ANY:
        break;
    case SHAPE_OPEN:
        good = node->type == NODE_OBJECT;
        break;
    case SHAPE_BOOL:
        good = node->type == NODE_TRUE || node->type == NODE_FALSE;
        if (good && member->format != NULL)
            apply_format(walk, member, (struct str){0}, node, false);
        break;
    case SHAPE_STRING:
        good = false;
        break;
    case SHAPE_INTEGER:
        good = node->type == NODE_NUMBER;
        if (good)
            check_integer(walk, member, node);
        break;
    case SHAPE_OBJECT:
        good = node->type == NODE_OBJECT;
        if (good && node->len == 0 && member->some != BY_NOBODY)
            shape_mark_empty(walk, member, node);
        else if (good)
            check_object(walk, member->object, node);
        break;
    }
    if (!good)
        shape_mark_type(walk, member, node, true);
}

static void check_key(struct shape_walk *walk, const struct shape_member *member,
                      const struct node *node)
{
    struct str name = node_key(node);
    if (member->keys != NULL)
        check_word(walk, member, shape_word(member->keys, name, node_text_hash(name)),
                   node, true);
    if (member->key != NULL)
        apply_format(walk, member, name, node, true);
}

static void check_map(struct shape_walk *walk, const struct shape_member *member,
                      const struct node *map)
{
    for (const struct node *child = map->child; child; child = child->next) {
        check_key(walk, member, child);
        check_value(walk, member, child);
    }
}

static void check_list(struct shape_walk *walk, const struct shape_member *member,
                       const struct node *list)
{
    for (const struct node *child = list->child; child; child = child->next)
        check_value(walk, member, child);
}

static void check_holder(struct shape_walk *walk, const struct shape_member *member,
                         const struct node *node)
{
    if (node->type != (member->holder == SHAPE_LIST ? NODE_ARRAY : NODE_OBJECT)) {
        shape_mark_type(walk, member, node, false);
        return;
    }
    if (node->len == 0 && member->some != BY_NOBODY)
        shape_mark_empty(walk, member, node);
    if (member->most > 0 && node->len > member->most)
        shape_mark_crowded(walk, member, node);
    if (member->holder == SHAPE_MAP)
        check_map(walk, member, node);
    else
        check_list(walk, member, node);
}

/* Zero values say nothing: Go programs write them for what they do not set. */
static bool is_zero(const struct node *node)
{
    return node->type == NODE_FALSE || node->type == NODE_NULL ||
           (node->type == NODE_NUMBER && str_equal(node_text(node), STR("0"))) ||
           ((node->type == NODE_STRING || node_is_container(node)) && node->len == 0);
}

static inline void check_member(struct shape_walk *walk,
                                const struct shape_member *member,
                                const struct node *node)
{
    if (member->until > 0 && walk->version.at >= member->until) {
        shape_mark_removed(walk, member, node);
        return;
    }
    if (member->since > walk->version.upto && node->type != NODE_NULL)
        shape_mark_newer(walk, (enum release)member->since, member, node);
    if ((member->platforms & walk->platforms) == 0 && !is_zero(node))
        shape_mark_platform(walk, member, node);
    if (member->discouraged && !is_zero(node))
        shape_mark_deprecated(walk, member, node);
    if (node->type == NODE_NULL && member->kind != SHAPE_ANY)
        shape_mark_null(walk, member, node);
    else if (member->holder == SHAPE_ONE)
        check_value(walk, member, node);
    else
        check_holder(walk, member, node);
}

/* Whether "POINTER" is there, or "POINTER=VALUE" holds. */
static bool holds(const char *condition, const struct node *object)
{
    const char *sign = strchrnul(condition, '=');
    const struct node *node =
        node_find_relative(object, (struct str){condition, (size_t)(sign - condition)});
    return node != NULL && (*sign == '\0' || node_is_string(node, str_of(sign + 1)));
}

static bool is_needed(const struct shape_walk *walk, const struct shape_member *member,
                      const struct node *object)
{
    if (member->need == NEED_NEVER ||
        (member->need == NEED_POSIX && walk->platforms == PLATFORM_WINDOWS) ||
        (member->need == NEED_WINDOWS && walk->platforms != PLATFORM_WINDOWS) ||
        (member->need_until > 0 && walk->version.at >= member->need_until))
        return false;
    if (member->formerly != NULL && node_get(object, str_of(member->formerly)) != NULL)
        return false;
    return member->unless == NULL || !holds(member->unless, object);
}

static void check_object(struct shape_walk *walk, const struct shape_object *object,
                         const struct node *node)
{
    uint64_t seen = 0;
    for (const struct node *child = node->child; child; child = child->next) {
        size_t place = shape_place(&object->index, child->key_hash);
        const struct shape_member *member = &object->members[place];
        if (member->name_len == child->key_len &&
            mem_equal(member->name, child->key, child->key_len)) {
            if (child->type != NODE_NULL)
                seen |= (uint64_t)1 << place;
            check_member(walk, member, child);
        } else if (object->rest != NULL) {
            check_key(walk, object->rest, child);
            check_value(walk, object->rest, child);
        } else {
            shape_mark_unknown(walk, object, child);
        }
    }
    for (uint64_t left = object->needs & ~seen; left != 0; left &= left - 1) {
        const struct shape_member *member = &object->members[__builtin_ctzll(left)];
        if (is_needed(walk, member, node))
            shape_mark_missing(walk, member, node);
    }
}

void shape_check(const struct search *search, struct marks *out)
{
    static const struct shape_member document = {.kind = SHAPE_OBJECT,
                                                 .type = "an object",
                                                 .object = &shape_root,
                                                 .section = "config.md"};
    const struct node *root = search->root;
    const struct node *version = node_get(root, STR("ociVersion"));
    struct shape_walk walk = {.search = search, .out = out};
    if (root->type != NODE_OBJECT) {
        shape_mark_type(&walk, &document, root, true);
        return;
    }
    if (search->spec_version != NULL)
        walk.declared = str_of(search->spec_version);
    else if (version != NULL && version->type == NODE_STRING)
        walk.declared = node_text(version);
    walk.version = shape_version_parse(walk.declared);
    walk.platforms = search->platforms ? search->platforms : shape_platforms(root);
    check_object(&walk, &shape_root, root);
    if (version != NULL && search->spec_version == NULL)
        shape_mark_version(&walk, version);
    shape_mark_versions(&walk);
}
