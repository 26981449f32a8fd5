/* SPDX-License-Identifier: Apache-2.0 */
#include "comment.h"

#include "comments.h"

struct sorted {
    struct str *items;
    size_t count;
};

static int compare(const void *left, const void *right)
{
    return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The texts of all comments, sorted. */
static void read_comments(const struct doc *doc, struct sorted *sorted)
{
    struct comments comments = {0};
    comments_find(doc, &comments);
    sorted->items = mem_alloc(comments.count + 1, sizeof *sorted->items);
    sorted->count = comments.count;
    for (size_t i = 0; i < comments.count; i++)
        sorted->items[i] = text_slice(&doc->text, comments.items[i]);
    comments_release(&comments);
    if (sorted->count > 0)
        qsort(sorted->items, sorted->count, sizeof *sorted->items, compare);
}

struct str comment_lost(const struct doc *before, const struct doc *after)
{
    struct sorted old = {0}, new = {0};
    struct str lost = {"", 0};
    if (before->syntax != DOC_YAML)
        return lost;
    read_comments(before, &old);
    read_comments(after, &new);
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
