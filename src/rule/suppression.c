/* SPDX-License-Identifier: Apache-2.0 */
#include "suppression.h"

#include "comments.h"
#include "nearest.h"

static const struct str annotation_prefix = {"dev.speclint.ignore/", 20};
static const struct str comment_prefix = {"speclint:", 9};

static bool begins(struct str text, struct str prefix)
{
    return text.len >= prefix.len && memcmp(text.at, prefix.at, prefix.len) == 0;
}

static struct str behind(struct str text, size_t len)
{
    return (struct str){text.at + len, text.len - len};
}

static struct str trim(struct str text)
{
    while (text.len > 0 && memchr(" \t\r\n", text.at[0], 4) != NULL)
        text = behind(text, 1);
    while (text.len > 0 && memchr(" \t\r\n", text.at[text.len - 1], 4) != NULL)
        text.len--;
    return text;
}

static void add(struct suppressions *suppressions, struct suppression suppression)
{
    suppressions->items = mem_grow(suppressions->items, suppressions->count,
                                   &suppressions->capacity, sizeof *suppressions->items);
    suppressions->items[suppressions->count++] = suppression;
}

/* "reason", "/pointer: reason" or "/pointer" */
static void split_value(struct str value, struct suppression *suppression)
{
    suppression->reason = trim(value);
    suppression->pointer = STR("");
    if (value.len == 0 || value.at[0] != '/')
        return;
    const char *colon = memmem(value.at, value.len, ": ", 2);
    size_t len = colon ? (size_t)(colon - value.at) : value.len;
    suppression->pointer = trim((struct str){value.at, len});
    suppression->reason = colon ? trim(behind(value, len + 1)) : STR("");
    if (colon == NULL && value.at[value.len - 1] == ':')
        suppression->pointer.len--;
}

static void find_annotations(struct suppressions *suppressions, const struct node *root)
{
    const struct node *annotations = node_get(root, STR("annotations"));
    for (const struct node *node = node_first(annotations); node; node = node->next) {
        if (node->key == NULL || node->type != NODE_STRING ||
            !begins(node_key(node), annotation_prefix))
            continue;
        struct suppression suppression = {
            .root = root,
            .node = node,
            .rule = behind(node_key(node), annotation_prefix.len),
        };
        split_value(node_text(node), &suppression);
        add(suppressions, suppression);
    }
}

/* A member begins with its name. */
static uint32_t start_of(const struct node *node)
{
    return node->key != NULL ? node->key_span.start : node->span.start;
}

/* The first node behind an offset; of those that begin at the same place, the one that
 * has the others in it. */
static const struct node *node_behind(const struct doc *doc, uint32_t offset,
                                      const struct node **root)
{
    for (*root = doc->root;; *root = (*root)->next) {
        for (const struct node *node = *root; node; node = node_walk(node, *root)) {
            if ((node->flags & NODE_ALIASED) == 0 && start_of(node) >= offset)
                return node;
        }
        if ((*root)->next == NULL)
            return NULL;
    }
}

/* Fills in what a comment is about: its line, or the next node. */
static void aim(struct doc *doc, struct suppression *suppression)
{
    struct span comment = suppression->span;
    struct span line = text_line(&doc->text, text_place(&doc->text, comment.start).line);
    struct str before = {doc->text.bytes + line.start, comment.start - line.start};
    bool own_line = trim(before).len == 0;
    const struct node *node =
        node_behind(doc, own_line ? comment.end : line.start, &suppression->root);
    suppression->node = node ? node : suppression->root;
    if (!own_line)
        suppression->about = line;
    else if (node != NULL)
        suppression->about = (struct span){start_of(node), node->span.end};
}

/* "# speclint: ignore[RULE, RULE] reason"; what begins so and goes on otherwise is kept
 * without a rule. */
static void read_comment(struct suppressions *suppressions, struct doc *doc,
                         struct span span)
{
    struct suppression suppression = {.span = span};
    struct str text = text_slice(&doc->text, span);
    while (text.len > 0 && text.at[0] == '#')
        text = behind(text, 1);
    text = trim(text);
    if (!begins(text, comment_prefix))
        return;
    text = trim(behind(text, comment_prefix.len));
    aim(doc, &suppression);
    const char *close = text.len > 0 ? memchr(text.at, ']', text.len) : NULL;
    if (!begins(text, STR("ignore[")) || close == NULL) {
        add(suppressions, suppression);
        return;
    }
    struct str names = behind((struct str){text.at, (size_t)(close - text.at)}, 7);
    suppression.reason = trim(behind(text, (size_t)(close - text.at) + 1));
    for (;;) {
        const char *comma = names.len > 0 ? memchr(names.at, ',', names.len) : NULL;
        size_t len = comma ? (size_t)(comma - names.at) : names.len;
        suppression.rule = trim((struct str){names.at, len});
        add(suppressions, suppression);
        if (comma == NULL)
            return;
        names = behind(names, len + 1);
    }
}

void suppressions_find(struct suppressions *suppressions, struct doc *doc)
{
    for (const struct node *root = doc->root; root != NULL; root = root->next)
        find_annotations(suppressions, root);
    if (doc->syntax != DOC_YAML || memmem(doc->text.bytes, doc->text.len,
                                          comment_prefix.at, comment_prefix.len) == NULL)
        return;
    struct comments comments = {0};
    comments_find(doc, &comments);
    for (size_t i = 0; i < comments.count; i++)
        read_comment(suppressions, doc, comments.items[i]);
    comments_release(&comments);
}

static bool is_comment(const struct suppression *suppression)
{
    return suppression->span.end > 0;
}

static bool suppresses(const struct suppression *suppression,
                       const struct finding *finding)
{
    if (!str_equal(suppression->rule, str_of(finding->rule->id)))
        return false;
    if (is_comment(suppression))
        return finding->span.start >= suppression->about.start &&
               finding->span.start < suppression->about.end;
    if (suppression->root != finding->root)
        return false;
    AUTO_BUF struct buf pointer = {0};
    node_pointer(finding->at, &pointer);
    return begins(buf_str(&pointer), suppression->pointer) &&
           (pointer.len == suppression->pointer.len ||
            buf_str(&pointer).at[suppression->pointer.len] == '/');
}

void suppressions_apply(struct suppressions *suppressions, struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        for (size_t k = 0; k < suppressions->count; k++) {
            if (!suppresses(&suppressions->items[k], finding))
                continue;
            suppressions->items[k].used = true;
            finding->by = SUPPRESSED_BY_DOCUMENT;
        }
    }
    findings_sweep(findings);
}

static const char *visible(struct str text, struct arena *arena)
{
    AUTO_BUF struct buf out = {0};
    buf_add_visible(&out, text);
    return arena_copy(arena, buf_str(&out).at, out.len);
}

static void mark_unknown(struct mark *mark, const struct suppression *suppression,
                         const struct ruleset *set, struct arena *arena)
{
    struct nearest nearest = {.word = suppression->rule};
    AUTO_BUF struct buf more = {0};
    mark->finder = SUPPRESSION_UNKNOWN;
    mark->have = "it cannot be read";
    mark->more = "; write # speclint: ignore[RULE] reason";
    if (suppression->rule.len == 0)
        return;
    for (size_t i = 0; i < set->count; i++)
        nearest_try(&nearest, set->rules[i]->id);
    buf_adds(&more, STR("there is no rule '"));
    buf_add_visible(&more, suppression->rule);
    buf_addc(&more, '\'');
    mark->have = arena_copy(arena, more.data, more.len);
    mark->more = "; speclint rules lists them";
    if (nearest.best == NULL)
        return;
    buf_clear(&more);
    buf_addf(&more, "; did you mean %s?", nearest.best);
    mark->more = arena_copy(arena, more.data, more.len);
}

void suppressions_mark(const struct suppressions *suppressions, const struct ruleset *set,
                       const struct lint_options *options, const struct search *search,
                       struct marks *out)
{
    for (size_t i = 0; i < suppressions->count; i++) {
        const struct suppression *suppression = &suppressions->items[i];
        const struct rule *rule = ruleset_find(set, suppression->rule);
        bool annotation = !is_comment(suppression);
        struct mark mark = {
            .node = suppression->node,
            .at = suppression->node,
            .span = suppression->span,
            .patch = annotation ? "[{\"op\":\"remove\",\"path\":\"\"}]" : NULL,
        };
        if (suppression->root != search->root)
            continue;
        if (rule == NULL) {
            mark_unknown(&mark, suppression, set, search->arena);
            marks_add(out, mark);
            continue;
        }
        mark.have = visible(suppression->rule, search->arena);
        if (!suppression->used && lint_wants(options, rule)) {
            mark.finder = SUPPRESSION_UNUSED;
            marks_add(out, mark);
        }
        if (suppression->reason.len == 0) {
            mark.finder = SUPPRESSION_UNEXPLAINED;
            mark.patch = NULL;
            marks_add(out, mark);
        }
    }
}

void suppressions_release(struct suppressions *suppressions)
{
    free(suppressions->items);
    *suppressions = (struct suppressions){0};
}
