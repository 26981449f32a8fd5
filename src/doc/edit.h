/* SPDX-License-Identifier: Apache-2.0
 *
 * Edits: spans of a text and what stands there instead. A set of edits is always relative
 * to one original text, sorted, and without overlap; edits made to an already edited text
 * are folded in, so that any sequence of changes stays one set over the original.
 *
 *     struct edits edits = {0};
 *     edits_add(&edits, (struct span){10, 15}, STR("\"ro\""));
 *     edits_apply(&edits, original, &out);
 *     edits_release(&edits);
 */
#ifndef SPECLINT_EDIT_H
#define SPECLINT_EDIT_H

#include "text.h"

struct edit {
    struct span span; /* of the original text; empty for an insertion */
    char *text;       /* owned by the set; `len` bytes */
    uint32_t len;
};

struct edits {
    struct edit *items;
    size_t count;
    size_t capacity;
};

/* Replaces a span of the text *as the edits so far have left it*. Edits that overlap or
 * touch an earlier one become one with it. */
void edits_add(struct edits *edits, struct span current, struct str text);

/* Adds the original text with all edits applied to `out`. */
void edits_apply(const struct edits *edits, struct str original, struct buf *out);

/* Shortens each edit by the bytes at its ends that it does not change; edits that change
 * nothing go. Keeps whole characters together. */
void edits_trim(struct edits *edits, struct str original);

void edits_release(struct edits *edits);

/* The `nth` text (from 0) to say of a line (from 1, of the old text) that is changed, or
 * behind which lines are added; NULL when there is no more. */
typedef const char *diff_section_fn(void *context, uint32_t line, unsigned nth);

/* Adds a unified diff (three lines of context, LF, CR LF kept in the lines, "\ No newline
 * at end of file" where due) that `git apply` and patch(1) take: --- a/PATH, +++ b/PATH.
 * Nothing is added where the texts are equal. Behind the second @@ of a hunk stands what
 * `section` returns for its changed lines, each text once; it may be NULL. */
void diff_unified(const char *path, struct str before, struct str after,
                  diff_section_fn *section, void *context, struct buf *out);

#endif
