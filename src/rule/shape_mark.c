/* SPDX-License-Identifier: Apache-2.0 */
#include "shape_mark.h"

#include "nearest.h"
#include "number.h"
#include "print.h"
#include "shape_text.h"

enum { WORDS_MAX = 10 }; /* longer lists of words are not listed */

/* A whole number as JSON text, if that is what the text of a value says exactly. */
static bool whole_text(const struct shape_member *member, const struct node *node,
                       struct buf *out)
{
    struct str number = node_text(node);
    size_t sign = number.len > 0 && number.at[0] == '-';
    size_t digits =
        shape_span((struct str){number.at + sign, number.len - sign}, SHAPE_DIGITS);
    int64_t low;
    uint64_t high;
    /* "0644" may be octal: nobody knows. */
    bool plain = digits > 0 && sign + digits == number.len && digits <= 20 &&
                 (digits == 1 || number.at[sign] != '0');
    if (node->type != NODE_NUMBER && !plain)
        return false;
    if (number_uint64(number, &high) && high <= member->type_max)
        buf_addf(out, "%llu", (unsigned long long)high);
    else if (number_int64(number, &low) && low < 0 && low >= member->type_min)
        buf_addf(out, "%lld", (long long)low);
    return out->len > 0;
}

static void repair_scalar(struct shape_walk *walk, const struct shape_member *member,
                          const struct node *node, struct mark *mark)
{
    AUTO_BUF struct buf value = {0};
    switch ((enum shape_kind)member->kind) {
    case SHAPE_INTEGER:
        whole_text(member, node, &value);
        break;
    case SHAPE_BOOL:
        if (node_is_string(node, STR("true")) || node_is_string(node, STR("false")))
            buf_adds(&value, node_text(node));
        break;
    case SHAPE_STRING:
        if (node->type == NODE_NUMBER) {
            print_json_string(node_text(node), &value);
        } else if (node->type == NODE_TRUE || node->type == NODE_FALSE) {
            print_json_string(node->type == NODE_TRUE ? STR("true") : STR("false"),
                              &value);
            mark->unsafe = "1 or yes may be meant";
        }
        break;
    case SHAPE_ANY:
    case SHAPE_OBJECT:
    case SHAPE_OPEN:
        break;
    }
    if (value.len > 0)
        mark->patch = shape_patch_value(walk, "replace", "", buf_str(&value));
}

/* A lone value where a list of such is due. */
static void repair_list(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *node, struct mark *mark)
{
    AUTO_BUF struct buf value = {0};
    struct str string = node_text(node);
    bool fits = member->kind == SHAPE_STRING   ? node->type == NODE_STRING
                : member->kind == SHAPE_OBJECT ? node->type == NODE_OBJECT
                                               : node->type == NODE_NUMBER;
    if (!fits || (node->type == NODE_STRING && string.len == 0))
        return;
    buf_addc(&value, '[');
    print_json(node, &value);
    buf_addc(&value, ']');
    mark->patch = shape_patch_value(walk, "replace", "", buf_str(&value));
    if (node->type == NODE_STRING && (memchr(string.at, ' ', string.len) != NULL ||
                                      memchr(string.at, ',', string.len) != NULL))
        mark->unsafe = "it may stand for several";
    else if (member->values != NULL && strcmp(member->values->name, "capability") == 0)
        mark->unsafe = "it gives the container a capability";
}

void shape_mark_type(struct shape_walk *walk, const struct shape_member *member,
                     const struct node *node, bool one)
{
    static const char *const ones[] = {
        [SHAPE_ANY] = "anything",     [SHAPE_BOOL] = "true or false",
        [SHAPE_STRING] = "a string",  [SHAPE_INTEGER] = "a whole number",
        [SHAPE_OBJECT] = "an object", [SHAPE_OPEN] = "an object",
    };
    bool decimal = node->type == NODE_NUMBER && member->kind == SHAPE_INTEGER;
    struct mark mark = {
        .finder = SHAPE_TYPE,
        .node = node,
        .place = shape_text_place(walk, node),
        .have = decimal ? shape_text(walk, "%s", shape_text_value(walk, node))
                        : shape_text(walk, "%s %s",
                                     node->type == NODE_ARRAY || node->type == NODE_OBJECT
                                         ? "an"
                                         : "a",
                                     node_type_name(node)),
        .want = decimal ? "a whole number, without point and exponent"
                : one   ? ones[member->kind]
                        : member->type,
        .section = shape_section(member),
    };
    mark.more = shape_text(
        walk, "%s%s%s%s", member->was ? "; " : "", member->was ? member->was : "",
        member->lost ? "; where a runtime goes on, as crun does, " : "",
        member->lost ? member->lost : "");
    if (one || member->holder == SHAPE_ONE)
        repair_scalar(walk, member, node, &mark);
    else if (member->holder == SHAPE_LIST)
        repair_list(walk, member, node, &mark);
    shape_add(walk, mark);
}

void shape_mark_empty(struct shape_walk *walk, const struct shape_member *member,
                      const struct node *node)
{
    bool must = member->some == BY_MUST;
    shape_add(walk, (struct mark){
                        .finder = must ? SHAPE_MISSING
                                       : shape_rule((enum shape_by)member->some),
                        .node = node,
                        .lower = member->lower,
                        .copes = member->copes,
                        .place = shape_text_place(walk, node),
                        .have = "empty",
                        .want = must ? "entry, and needs at least one"
                                     : "left out where it has nothing to say",
                        .more = "",
                        .section = shape_section(member),
                        .patch = must ? NULL : shape_patch_remove(),
                    });
}

void shape_mark_crowded(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *node)
{
    shape_add(walk, (struct mark){.finder = SHAPE_UNUSABLE,
                                  .node = node,
                                  .lower = member->lower,
                                  .place = shape_text_place(walk, node),
                                  .have = shape_text(walk, "%u entries", node->len),
                                  .want = shape_text(walk, "at most %u", member->most),
                                  .more = "",
                                  .section = shape_section(member)});
}

static const char *words_text(struct shape_walk *walk, const struct shape_set *set)
{
    AUTO_BUF struct buf out = {0};
    if (set->word_count == 0)
        return "left out: none is supported";
    size_t count = set->word_count <= WORDS_MAX ? set->word_count : 3;
    buf_adds(&out, count == 1                 ? STR("")
                   : count == set->word_count ? STR("one of ")
                                              : STR("a word such as "));
    for (size_t i = 0; i < count; i++)
        buf_addf(&out, "%s%s",
                 i == 0          ? ""
                 : i + 1 < count ? ", "
                                 : " or ",
                 set->words[i].text);
    return arena_copy(walk->search->arena, out.data, out.len);
}

/* The word that was meant: by its alias, without its prefix or case (`*sure`), or the
 * nearest one. NULL if none is near. */
static const char *find_word(const struct shape_set *set, struct str word, bool *sure)
{
    struct nearest nearest = {.word = word};
    AUTO_BUF struct buf full = {0};
    *sure = true;
    for (size_t i = 0; i < set->alias_count; i++) {
        if (str_equal(word, str_of(set->aliases[i].text)))
            return set->aliases[i].word;
    }
    buf_addf(&full, "%s%.*s", set->prefix, (int)word.len, word.at);
    for (size_t i = 0; i < set->word_count; i++) {
        if (shape_equal_case(word, set->words[i].text) ||
            shape_equal_case(buf_str(&full), set->words[i].text))
            return set->words[i].text;
        nearest_try(&nearest, set->words[i].text);
    }
    *sure = false;
    return nearest.best;
}

void shape_mark_word(struct shape_walk *walk, const struct shape_member *member,
                     const struct shape_set *set, const struct node *node, bool is_key)
{
    bool sure;
    struct str word = is_key ? node_key(node) : node_text(node);
    const char *meant = find_word(set, word, &sure);
    bool grants = strcmp(set->name, "capability") == 0;
    struct mark mark = {
        .finder = SHAPE_VALUE,
        .node = is_key ? node->parent : node,
        .at = node,
        .lower = member->lower,
        .place = shape_text_place(walk, is_key ? node->parent : node),
        .have = is_key ? shape_text(walk, "'%.*s'", (int)word.len, word.at)
                       : shape_text_value(walk, node),
        .want = words_text(walk, set),
        .more = meant ? shape_text(walk, "; did you mean '%s'?", meant) : "",
        .section = shape_section(member),
    };
    if (meant != NULL && !is_key)
        mark.patch = shape_patch_string(walk, str_of(meant));
    else if (meant != NULL && node_get(node->parent, str_of(meant)) == NULL)
        mark.patch = shape_patch_rename(walk, node, str_of(meant));
    if (!sure)
        mark.unsafe = "the word is a guess";
    else if (grants)
        mark.unsafe = "it gives the container a capability";
    shape_add(walk, mark);
}

void shape_mark_range(struct shape_walk *walk, const struct shape_member *member,
                      const struct node *node, bool of_type)
{
    int64_t min = of_type ? member->type_min : member->min;
    uint64_t max = of_type ? member->type_max : member->max;
    bool below = node->value[0] == '-' || (min > 0 && !of_type);
    int64_t value;
    struct mark mark = {
        .finder = of_type || member->by == BY_MUST
                      ? SHAPE_RANGE
                      : shape_rule((enum shape_by)member->by),
        .node = node,
        .lower = of_type || member->by == BY_SHOULD ? 0 : member->lower,
        .copes = of_type ? 0 : member->copes,
        .place = shape_text_place(walk, node),
        .have = shape_text_value(walk, node),
        .want = max == UINT64_MAX || max == INT64_MAX
                    ? shape_text(walk, "%lld or more", (long long)min)
                    : shape_text(walk, "%lld to %llu", (long long)min,
                                 (unsigned long long)max),
        .more = "",
        .section = shape_section(member),
    };
    if (of_type && max == UINT64_MAX && node->value[0] != '-')
        mark.want = "at most 18446744073709551615";
    if (!of_type && number_int64(node_text(node), &value) && value > 0)
        below = value < min;
    if (of_type && max == UINT64_MAX && str_equal(node_text(node), STR("-1"))) {
        /* What C programs write for RLIM_INFINITY. */
        mark.more = "; no limit is 18446744073709551615";
        mark.patch = shape_patch_value(walk, "replace", "", STR("18446744073709551615"));
        mark.unsafe = "no limit may not be meant";
    } else if (member->clamp && !of_type) {
        AUTO_BUF struct buf nearest = {0};
        if (below)
            buf_addf(&nearest, "%lld", (long long)min);
        else
            buf_addf(&nearest, "%llu", (unsigned long long)max);
        mark.patch = shape_patch_value(walk, "replace", "", buf_str(&nearest));
        mark.unsafe = "the nearest value is a guess";
    }
    shape_add(walk, mark);
}

void shape_mark_remark(struct shape_walk *walk, const struct shape_member *member,
                       const struct node *node, bool is_key,
                       const struct shape_remark *remark)
{
    struct mark mark = {
        .finder = shape_rule(remark->by),
        .node = node,
        .lower = remark->by == BY_MUST || remark->by == BY_KERNEL
                     ? member->lower + remark->lower
                     : 0,
        .copes = member->copes,
        .place = shape_text_place(walk, is_key ? node->parent : node),
        .have = is_key ? shape_text(walk, "'%.*s'", (int)node->key_len, node->key)
                       : shape_text_value(walk, node),
        .want = remark->want,
        .more = "",
        .section = shape_section(member),
    };
    if (remark->remove)
        mark.patch = shape_patch_remove();
    else if (remark->repair.len > 0 && node->type == NODE_NUMBER)
        mark.patch = shape_patch_value(walk, "replace", "", buf_str(&remark->repair));
    else if (remark->repair.len > 0)
        mark.patch = shape_patch_string(walk, buf_str(&remark->repair));
    if (!remark->sure)
        mark.unsafe = "the value is a guess";
    shape_add(walk, mark);
}

void shape_mark_null(struct shape_walk *walk, const struct shape_member *member,
                     const struct node *node)
{
    shape_add(walk, (struct mark){
                        .finder = SHAPE_NULL,
                        .node = node,
                        .place = shape_text_place(walk, node),
                        .want = node->key != NULL ? member->type : "a value",
                        .more = "",
                        .section = shape_section(member),
                        .patch = node->key != NULL ? shape_patch_remove() : NULL,
                    });
}
