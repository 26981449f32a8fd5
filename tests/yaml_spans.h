/* SPDX-License-Identifier: Apache-2.0
 *
 * What must hold of the places of every YAML document, for the unit test and the fuzz
 * target: children lie in their parent and in order, and the text of a node's span, read
 * alone, gives the node's value.
 */
#ifndef SPECLINT_YAML_SPANS_H
#define SPECLINT_YAML_SPANS_H

#include "doc.h"

static bool spans_nest(const struct node *node)
{
    uint32_t at = node->span.start;
    if (node->span.end < at)
        return false;
    if (node->flags & (NODE_ALIAS | NODE_ALIASED))
        return true;
    for (const struct node *child = node->child; child; child = child->next) {
        if (child->key != NULL && child->key_span.start < at)
            return false;
        if (child->key != NULL)
            at = child->key_span.end;
        if (child->span.start < at || child->span.end > node->span.end)
            return false;
        at = child->span.end;
    }
    return true;
}

static bool is_block_scalar(const struct node *node)
{
    return node->style == NODE_LITERAL || node->style == NODE_FOLDED;
}

/* Whether the span alone cannot tell the value: the tag or the anchor it needs stands
 * elsewhere, or the indentation that it counts from. */
static bool span_depends(const struct doc *doc, const struct node *node)
{
    const char *bytes = doc->text.bytes;
    if (node->span.start == node->span.end || (node->flags & (NODE_ALIAS | NODE_ALIASED)))
        return true;
    if ((node->flags & NODE_TAGGED) && !node_is_container(node))
        return true;
    if (memmem(bytes, doc->text.len, "%TAG", 4) != NULL)
        return true;
    for (const struct node *n = node; n; n = node_walk(n, node)) {
        if (n->flags & NODE_ALIAS)
            return true;
        for (uint32_t i = n->span.start; is_block_scalar(n) && i < n->span.end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r')
                break;
            if (bytes[i] >= '1' && bytes[i] <= '9')
                return true;
        }
    }
    return false;
}

/* The text of a span, with what it needs to stand alone. True where it then stands in a
 * list of one. */
static bool add_alone(struct doc *doc, const struct node *node, struct buf *out)
{
    struct str slice = text_slice(&doc->text, node->span);
    bool flow = node->parent != NULL && node->parent->style == NODE_FLOW;
    if (flow) { /* also makes an object of a pair that has no braces */
        buf_addc(out, '[');
        buf_adds(out, slice);
        /* a:] would be a text, and --- ] the end of the document. */
        buf_adds(out, node_is_container(node) ? STR(" ]") : STR("]"));
        return true;
    }
    /* A block stands in its column; the text --- must not stand in the first. */
    bool block = node_is_container(node) && node->style == NODE_BLOCK;
    uint32_t indent = block ? text_place(&doc->text, node->span.start).column - 1 : 1;
    for (uint32_t i = 0; i < indent; i++)
        buf_addc(out, ' ');
    buf_adds(out, slice);
    if (node->span.end < doc->text.len) /* the line end, which a block scalar counts */
        buf_addc(out, doc->text.bytes[node->span.end] == '\r' ? '\r' : '\n');
    return false;
}

/* The first node for which a property does not hold, or NULL. */
static const struct node *spans_find_broken(struct doc *doc)
{
    for (const struct node *root = doc->root; root; root = root->next) {
        /* A root has siblings too, so the walk is told where its tree ends. */
        for (const struct node *node = root; node; node = node_walk(node, root)) {
            if (!spans_nest(node))
                return node;
            if (span_depends(doc, node))
                continue;
            AUTO_DOC struct doc alone = {0};
            AUTO_BUF struct buf bytes = {0};
            bool listed = add_alone(doc, node, &bytes);
            if (!doc_parse(&alone, "alone", DOC_YAML, &bytes, NULL))
                return node;
            const struct node *again = listed ? alone.root->child : alone.root;
            if (again == NULL || !node_equal(again, node))
                return node;
        }
    }
    return NULL;
}

#endif
