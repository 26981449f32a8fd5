/* SPDX-License-Identifier: Apache-2.0 */
#include "lint.h"

#include "finder.h"
#include "print.h"

/* A value in a message is cut after so many bytes. */
enum { VALUE_MAX = 120 };

static bool names(const struct str *words, size_t count, const struct rule *rule,
                  bool area)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i], str_of(area ? rule->area : rule->id)))
            return true;
    }
    return false;
}

bool lint_wants(const struct lint_options *options, const struct rule *rule)
{
    bool by_id = names(options->select, options->select_count, rule, false);
    bool by_area = names(options->select, options->select_count, rule, true);
    if (options->select_count > 0 && !by_id && !by_area)
        return false;
    if (!by_id && rule->profile > options->profile)
        return false;
    if (names(options->ignore, options->ignore_count, rule, false) ||
        (!by_id && names(options->ignore, options->ignore_count, rule, true)))
        return false;
    return rule_concerns(rule, &options->runtimes);
}

static void add_value(const struct node *node, struct buf *out)
{
    AUTO_BUF struct buf text = {0};
    if (node == NULL) {
        buf_adds(out, STR("(none)"));
        return;
    }
    if (node->type == NODE_STRING)
        buf_add_visible(&text, node_text(node)); /* a message ends at a NUL */
    else
        print_json(node, &text);
    size_t len = text.len;
    if (len > VALUE_MAX) {
        len = VALUE_MAX;
        while (((unsigned char)text.data[len] & 0xC0) == 0x80)
            len--; /* not in the middle of a character */
    }
    buf_add(out, text.data, len);
    if (len < text.len)
        buf_adds(out, STR("…"));
}

/* The message of a rule with its {relative/pointer} places filled in. */
static const char *make_message(const struct rule *rule, const struct node *node,
                                struct arena *arena)
{
    AUTO_BUF struct buf message = {0};
    for (const char *at = rule->message; *at != '\0';) {
        const char *open = strchrnul(at, '{');
        buf_add(&message, at, (size_t)(open - at));
        const char *close = strchr(open, '}');
        if (*open == '\0' || close == NULL) {
            buf_adds(&message, str_of(open));
            break;
        }
        struct str pointer = {open + 1, (size_t)(close - open - 1)};
        add_value(node_find_relative(node, pointer), &message);
        at = close + 1;
    }
    return arena_copy(arena, message.data, message.len);
}

static void add_finding(struct findings *findings, const struct rule *rule,
                        const struct doc *doc, const struct node *root,
                        const struct node *node)
{
    const struct node *at = node_find_relative(node, str_of(rule->at));
    if (at == NULL)
        at = node;
    findings->items = mem_grow(findings->items, findings->count, &findings->capacity,
                               sizeof *findings->items);
    findings->items[findings->count++] = (struct finding){
        .rule = rule,
        .level = rule->level,
        .root = root,
        .node = node,
        .at = at,
        .span = doc_span(doc, at),
        .message = make_message(rule, node, &findings->arena),
    };
}

static int compare(const void *left, const void *right)
{
    const struct finding *a = left;
    const struct finding *b = right;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    int order = strcmp(a->rule->id, b->rule->id);
    if (order != 0)
        return order;
    return (a->node->span.start > b->node->span.start) -
           (a->node->span.start < b->node->span.start);
}

void lint(const struct ruleset *set, const struct lint_options *options, struct doc *doc,
          struct findings *findings)
{
    struct nodes candidates = {0};
    for (size_t i = 0; i < set->count; i++) {
        const struct rule *rule = set->rules[i];
        if (!lint_wants(options, rule))
            continue;
        for (const struct node *root = doc->root; root != NULL; root = root->next) {
            candidates.count = 0;
            if (rule->finder != NULL)
                finder_find(rule->finder)(doc, root, &candidates);
            else
                query_select(&rule->given, root, root, &candidates);
            if (rule->when.ops != NULL)
                query_filter(&rule->when, root, &candidates);
            for (size_t k = 0; k < candidates.count; k++)
                add_finding(findings, rule, doc, root, candidates.items[k]);
        }
    }
    nodes_release(&candidates);
    if (findings->count > 0)
        qsort(findings->items, findings->count, sizeof *findings->items, compare);
}
