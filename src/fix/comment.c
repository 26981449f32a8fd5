/* SPDX-License-Identifier: Apache-2.0 */
#include "comment.h"

#include "line.h"

struct comments {
    struct str *items;
    size_t count;
    size_t capacity;
};

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
        comments->items[comments->count++] = text_slice(text, (struct span){start, stop});
        start = stop;
    }
}

static int compare(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

static void find_comments(const struct doc *doc, struct comments *comments)
{
    uint32_t at = 0;
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
    if (comments->count > 0)
        qsort(comments->items, comments->count, sizeof *comments->items, compare);
}

struct str comment_lost(const struct doc *before, const struct doc *after)
{
    struct comments old = {0}, new = {0};
    struct str lost = {"", 0};
    if (before->syntax != DOC_YAML)
        return lost;
    find_comments(before, &old);
    find_comments(after, &new);
    for (size_t i = 0, k = 0; i < old.count && lost.len == 0; i++) {
        while (k < new.count && str_compare(new.items[k], old.items[i]) < 0)
            k++;
        if (k < new.count && str_equal(new.items[k], old.items[i]))
            k++;
        else
            lost = old.items[i];
    }
    free(old.items);
    free(new.items);
    return lost;
}
