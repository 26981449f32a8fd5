/* SPDX-License-Identifier: Apache-2.0 */
#include "comments.h"

static uint32_t line_end(const struct text *text, uint32_t at)
{
    while (at < text->len && text->bytes[at] != '\n' && text->bytes[at] != '\r')
        at++;
    return at;
}

/* Adds the comments of [start, end), where nothing but indicators, properties and white
 * space is besides: there each # begins one. */
static void add_gap(const struct text *text, uint32_t start, uint32_t end,
                    struct comments *comments)
{
    while (start < end) {
        if (text->bytes[start] != '#') {
            start++;
            continue;
        }
        uint32_t stop = line_end(text, start);
        comments->items = mem_grow(comments->items, comments->count, &comments->capacity,
                                   sizeof *comments->items);
        comments->items[comments->count++] = (struct span){start, stop};
        start = stop;
    }
}

void comments_find(const struct doc *doc, struct comments *comments)
{
    uint32_t at = 0;
    if (doc->syntax != DOC_YAML)
        return;
    for (const struct node *root = doc->root; root != NULL; root = root->next) {
        for (const struct node *node = root; node; node = node_walk(node, root)) {
            if (node->flags & NODE_ALIASED)
                continue;
            if (node->key != NULL) {
                add_gap(&doc->text, at, node->key_span.start, comments);
                at = node->key_span.end;
            }
            if (node_is_container(node) && (node->flags & NODE_ALIAS) == 0)
                continue;
            if (node->span.start < at)
                continue; /* an absent value before its colon */
            add_gap(&doc->text, at, node->span.start, comments);
            at = node->span.end;
            if (node->style == NODE_LITERAL || node->style == NODE_FOLDED) {
                uint32_t header = line_end(&doc->text, node->span.start);
                add_gap(&doc->text, node->span.start, header, comments);
            }
        }
    }
    add_gap(&doc->text, at, doc->text.len, comments);
}

void comments_release(struct comments *comments)
{
    free(comments->items);
    *comments = (struct comments){0};
}
