/* SPDX-License-Identifier: Apache-2.0
 *
 * Pieces of a document in the text report, cut to the width of the terminal: a line of
 * any length, and a text of any size, cost no more than what is shown of them.
 */
#ifndef SPECLINT_EXCERPT_H
#define SPECLINT_EXCERPT_H

#include "report.h"

/* Columns of the terminal. */
unsigned excerpt_width(const struct report *report);

/* Adds the line in which a span begins, and marks below it. */
void excerpt_add_source(struct report *report, struct doc *doc, struct span span);

/* Adds what edits change: the lines of a unified diff with one line of context, or the
 * part of a long line around the change. */
void excerpt_add_edits(struct report *report, struct doc *doc, const struct edits *edits);

#endif
