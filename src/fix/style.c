/* SPDX-License-Identifier: Apache-2.0
 *
 * Each node of the document (of a long one: many) is a witness. How near it is to the
 * place decides; among the nearest ones the majority, or for texts such as ": " the
 * first.
 */
#include "style.h"

#include "line.h"
#include "quote.h"

enum { WITNESSES_MAX = 4096 };

enum nearness {
    NEAR_DOCUMENT = 1,
    NEAR_SIBLING,  /* in the same container */
    NEAR_NAMESAKE, /* has the same name elsewhere */
    NEAR_SAME,     /* stands there now, or in what stands there now */
    NEAR_COUNT,
};

struct place_of {
    const struct node *parent;
    struct str key;
    const struct node *old;
};

struct witnesses {
    const struct doc *doc;
    struct style *style;
    struct place_of place;
    uint32_t layouts[SHAPE_COUNT][NEAR_COUNT][LAYOUT_COUNT];
    uint32_t strings[NEAR_COUNT][3]; /* plain, single, double */
    uint32_t quotes[NEAR_COUNT][2];  /* single, double, whether needed or not */
    uint32_t names[NEAR_COUNT][3];
    enum nearness unit, colon, comma, pad[2], step, list_step, dash; /* of what we have */
};

enum shape shape_of(const struct node *container)
{
    if (container->type == NODE_OBJECT)
        return SHAPE_OBJECT;
    for (const struct node *child = container->child; child != NULL; child = child->next)
        if (node_is_container(child))
            return SHAPE_ARRAY;
    return SHAPE_LIST;
}

static enum nearness nearness(const struct witnesses *all, const struct node *node)
{
    const struct place_of *place = &all->place;
    if (place->old != NULL && node == place->old)
        return NEAR_SAME;
    if (node->key != NULL && place->key.len > 0 && str_equal(node_key(node), place->key))
        return NEAR_NAMESAKE;
    if (node->parent == place->parent)
        return NEAR_SIBLING;
    return NEAR_DOCUMENT;
}

/* As nearness, and a child is as near as its container. */
static enum nearness nearness_inside(const struct witnesses *all, const struct node *node)
{
    enum nearness own = nearness(all, node);
    if (node->parent == NULL)
        return own;
    enum nearness outer = nearness(all, node->parent);
    if (outer == NEAR_SIBLING)
        outer = NEAR_DOCUMENT;
    return outer > own ? outer : own;
}

static uint32_t start_of(const struct node *node)
{
    return node->key != NULL ? node->key_span.start : node->span.start;
}

/* Takes the text of a span as a witness if it is short and nothing but `allowed`. */
static void take(const struct text *text, struct span span, const char *allowed,
                 enum nearness near, enum nearness *have, struct style_text *out)
{
    struct str slice = text_slice(text, span);
    if (near <= *have || slice.len > STYLE_TEXT_MAX)
        return;
    for (size_t i = 0; i < slice.len; i++)
        if (strchr(allowed, slice.at[i]) == NULL)
            return;
    *out = style_text(slice);
    *have = near;
}

/* The step of indentation between the line of a bracket and that of its first child. */
static void witness_unit(struct witnesses *all, const struct node *node,
                         enum nearness near)
{
    const struct text *text = &all->doc->text;
    uint32_t first = start_of(node->child);
    struct str outer = line_indent(text, node->span.start);
    struct str inner = line_indent(text, first);
    if (!line_begins_at(text, first) || inner.len <= outer.len ||
        memcmp(inner.at, outer.at, outer.len) != 0)
        return;
    uint32_t start = (uint32_t)(inner.at - text->bytes + outer.len);
    take(text, (struct span){start, first}, " \t", near, &all->unit, &all->style->unit);
}

static void witness_flow(struct witnesses *all, const struct node *node,
                         enum nearness near)
{
    const struct text *text = &all->doc->text;
    const struct node *first = node->child;
    if (strchr("[{", text->bytes[node->span.start]) == NULL)
        return; /* YAML's [a: b] */
    struct span pad = {node->span.start + 1, start_of(first)};
    if (has_line_end(text, pad.start, pad.end)) {
        all->layouts[shape_of(node)][near][LAYOUT_LINES]++;
        witness_unit(all, node, near);
    } else {
        bool object = node->type == NODE_OBJECT;
        all->layouts[shape_of(node)][near][LAYOUT_LINE]++;
        take(text, pad, " \t", near, &all->pad[object], &all->style->pad[object]);
        if (first->next != NULL && first->span.end <= start_of(first->next))
            take(text, (struct span){first->span.end, start_of(first->next)}, " \t,",
                 near, &all->comma, &all->style->comma);
    }
    if (node->type == NODE_OBJECT && first->key_span.end < first->span.start &&
        first->span.start < first->span.end)
        take(text, (struct span){first->key_span.end, first->span.start}, " \t:", near,
             &all->colon, &all->style->colon);
}

static uint32_t column(const struct text *text, uint32_t at)
{
    return at - line_start(text, at);
}

static void take_step(uint32_t from, uint32_t to, bool zero, enum nearness near,
                      enum nearness *have, uint32_t *out)
{
    if (near <= *have || to < from || to - from > 16 || (to == from && !zero))
        return;
    *out = to - from;
    *have = near;
}

/* The first element that stands behind its dash, not below it. */
static void witness_dash(struct witnesses *all, const struct node *list,
                         enum nearness near)
{
    const struct text *text = &all->doc->text;
    for (const struct node *child = list->child; child != NULL; child = child->next) {
        uint32_t at = start_of(child);
        uint32_t dash = at;
        while (dash > 0 && is_blank(text->bytes[dash - 1]))
            dash--;
        if (dash == at || text->bytes[dash - 1] != '-' ||
            child->span.start == child->span.end)
            continue;
        take_step(dash - 1, at, false, near, &all->dash, &all->style->dash);
        return;
    }
}

static void witness_block(struct witnesses *all, const struct node *node,
                          enum nearness near)
{
    const struct text *text = &all->doc->text;
    struct style *style = all->style;
    const struct node *parent = node->parent;
    all->layouts[shape_of(node)][near][LAYOUT_BLOCK]++;
    uint32_t own = column(text, node->span.start);
    if (parent != NULL && parent->type == NODE_OBJECT &&
        line_begins_at(text, node->span.start)) {
        uint32_t outer = column(text, node->key_span.start);
        if (node->type == NODE_OBJECT)
            take_step(outer, own, false, near, &all->step, &style->step);
        else
            take_step(outer, own, true, near, &all->list_step, &style->list_step);
    }
    if (node->type == NODE_ARRAY)
        witness_dash(all, node, near);
}

/* A string that is quoted though it need not be says that strings are quoted here; of
 * one that must be, only the kind of quotes counts. */
static void witness_string(struct str value, enum node_style style, enum nearness near,
                           uint32_t strings[NEAR_COUNT][3],
                           uint32_t quotes[NEAR_COUNT][2])
{
    if (style == NODE_PLAIN)
        strings[near][0]++;
    if (style != NODE_SINGLE && style != NODE_DOUBLE)
        return;
    quotes[near][style == NODE_DOUBLE]++;
    if (quote_is_free(value))
        strings[near][style == NODE_DOUBLE ? 2 : 1]++;
}

/* What only YAML has a choice of. */
static void witness_quotes(struct witnesses *all, const struct node *node)
{
    if (node->key != NULL) {
        char first = all->doc->text.bytes[node->key_span.start];
        witness_string(node_key(node),
                       first == '"'    ? NODE_DOUBLE
                       : first == '\'' ? NODE_SINGLE
                                       : NODE_PLAIN,
                       nearness(all, node), all->names, all->quotes);
    }
    if (node->type == NODE_STRING && !(node->flags & NODE_ALIAS))
        witness_string(node_text(node), node->style, nearness_inside(all, node),
                       all->strings, all->quotes);
}

static void witness(struct witnesses *all, const struct node *node)
{
    if (node->flags & NODE_ALIASED)
        return; /* what stands there was a witness at its own place */
    if (all->doc->syntax == DOC_YAML)
        witness_quotes(all, node);
    if (!(node->flags & NODE_ALIAS) && node_is_container(node) && node->child != NULL) {
        enum nearness near = nearness(all, node);
        if (node->style == NODE_BLOCK)
            witness_block(all, node, near);
        else
            witness_flow(all, node, near);
    }
}

/* Hears all nodes of the document or, where there are too many to hear for each fix, the
 * first of them and those next to the place. */
static void hear(struct witnesses *all, const struct node *root)
{
    const struct node *parent = all->place.parent;
    unsigned left = WITNESSES_MAX;
    const struct node *node = root;
    for (; node != NULL && left > 0; left--, node = node_walk(node, root))
        witness(all, node);
    if (node == NULL || parent == NULL)
        return;
    witness(all, parent);
    node = parent->child;
    for (left = WITNESSES_MAX; node != NULL && left > 0; left--, node = node->next)
        witness(all, node);
    node = all->place.old;
    for (left = WITNESSES_MAX; node != NULL && left > 0; left--) {
        witness(all, node);
        node = node_walk(node, all->place.old);
    }
}

/* The choice with the most votes among the nearest witnesses; `fallback` if none. */
static unsigned majority(const uint32_t *votes, unsigned choices, unsigned fallback)
{
    for (unsigned near = NEAR_COUNT - 1; near >= NEAR_DOCUMENT; near--) {
        const uint32_t *row = votes + near * choices;
        unsigned best = 0;
        for (unsigned choice = 1; choice < choices; choice++)
            if (row[choice] > row[best])
                best = choice;
        if (row[best] > 0)
            return best;
    }
    return fallback;
}

/* Whether a container stands on one line, so that what is put into it has to. */
static bool is_one_line(const struct doc *doc, const struct node *container)
{
    return container != NULL && container->style == NODE_FLOW &&
           container->child != NULL &&
           !has_line_end(&doc->text, container->span.start, container->span.end);
}

static void decide_layout(const struct witnesses *all)
{
    const struct doc *doc = all->doc;
    const struct place_of *place = &all->place;
    bool brackets = doc->syntax == DOC_JSON ||
                    (place->parent != NULL && place->parent->style == NODE_FLOW);
    bool minified = doc->syntax == DOC_JSON &&
                    !has_line_end(&doc->text, doc->root->span.start, doc->root->span.end);
    enum layout fallback = !brackets                             ? LAYOUT_BLOCK
                           : doc->syntax == DOC_YAML || minified ? LAYOUT_LINE
                                                                 : LAYOUT_LINES;
    for (unsigned shape = 0; shape < SHAPE_COUNT; shape++) {
        enum layout layout = majority(&all->layouts[shape][0][0], LAYOUT_COUNT, fallback);
        if (brackets && layout == LAYOUT_BLOCK)
            layout = LAYOUT_LINE;
        if (is_one_line(doc, place->parent))
            layout = LAYOUT_LINE;
        all->style->layout[shape] = layout;
    }
}

void style_learn(struct style *style, const struct doc *doc, const struct node *root,
                 const struct node *parent, struct str key, const struct node *old)
{
    static const enum node_style styles[] = {NODE_PLAIN, NODE_SINGLE, NODE_DOUBLE};
    uint32_t at = old != NULL      ? old->span.start
                  : parent != NULL ? parent->span.start
                                   : root->span.start;
    *style = (struct style){
        .line_end = style_text(line_ending(&doc->text, at)),
        .unit = style_text(STR("  ")),
        .colon = style_text(STR(": ")),
        .comma = style_text(STR(", ")),
        .step = 2,
        .dash = 2,
    };
    struct witnesses all = {.doc = doc, .style = style, .place = {parent, key, old}};
    hear(&all, root);
    decide_layout(&all);
    style->strings = styles[majority(&all.strings[0][0], 3, 0)];
    style->names = styles[majority(&all.names[0][0], 3, 0)];
    style->quote = majority(&all.quotes[0][0], 2, 1) == 1 ? '"' : '\'';
    /* Who writes "a":1 writes no space behind a comma either. */
    if (all.comma == 0 && all.colon > 0 && style_str(&style->colon).len == 1)
        style->comma = style_text(STR(","));
    if (all.list_step == 0)
        style->list_step = style->step;
}
