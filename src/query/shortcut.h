/* SPDX-License-Identifier: Apache-2.0
 *
 * Shortcuts: what the operations of a query that was just parsed tell in advance, written
 * into them, so that a run need not find it out for each candidate.
 */
#ifndef SPECLINT_SHORTCUT_H
#define SPECLINT_SHORTCUT_H

#include "parser.h"

/* Adds an operation for each absolute query that begins with single names or indexes and
 * goes on with others: for that beginning, which many queries share. Faults where there
 * are no slots left. `entry` is the operation that is the query. */
bool shortcut_mark(struct parser *parser, uint32_t entry);

#endif
