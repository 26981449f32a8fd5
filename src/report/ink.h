/* SPDX-License-Identifier: Apache-2.0
 *
 * Colours of the text report (ECMA-48 SGR), where the report has them.
 */
#ifndef SPECLINT_INK_H
#define SPECLINT_INK_H

#include "report.h"

enum ink {
    INK_ERROR,
    INK_WARNING,
    INK_NOTE,
    INK_BOLD,
    INK_REMOVED,
    INK_ADDED,
};

/* Adds a text in that ink, as it is. */
void ink_add(struct report *report, enum ink ink, struct str text);

#endif
