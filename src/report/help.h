/* SPDX-License-Identifier: Apache-2.0
 *
 * All that a rule has to say, for those who read it in another program.
 */
#ifndef SPECLINT_HELP_H
#define SPECLINT_HELP_H

#include "rule.h"

void help_add_text(const struct rule *rule, struct buf *out);
void help_add_markdown(const struct rule *rule, struct buf *out);

/* Adds a text so that Markdown (GitHub's, also in a table) shows it as it is. */
void help_add_literal(struct str text, struct buf *out);

#endif
