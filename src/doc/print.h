/* SPDX-License-Identifier: Apache-2.0
 *
 * A node as compact JSON text. Numbers are printed as they were read, digit by digit, so
 * nothing is lost that a JSON library would round.
 */
#ifndef SPECLINT_PRINT_H
#define SPECLINT_PRINT_H

#include "node.h"

void print_json(const struct node *node, struct buf *out);

/* A JSON string, quoted and escaped; what is not UTF-8 cannot come from a document and
 * becomes U+FFFD. */
void print_json_string(struct str text, struct buf *out);

#endif
