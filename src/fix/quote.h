/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML strings on one line: without quotes where every reader takes them for the string
 * they are, else in the quotes asked for.
 */
#ifndef SPECLINT_QUOTE_H
#define SPECLINT_QUOTE_H

#include "node.h"

/* Whether the string may stand without quotes, in brackets too. It must not be null, a
 * boolean, a number or a date to a reader of YAML 1.2 or 1.1 (yes, on, 0o17, 1:30 …). */
bool quote_is_free(struct str text);

/* Adds the string: NODE_PLAIN if it may be, else in `quote` ('…' or "…"), which becomes
 * "…" for what only escapes can say. */
void quote_add(struct str text, enum node_style style, char quote, struct buf *out);

#endif
