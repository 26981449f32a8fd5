/* SPDX-License-Identifier: Apache-2.0
 *
 * C string literals, for the programs that make constant data.
 */
#ifndef SPECLINT_LITERAL_H
#define SPECLINT_LITERAL_H

#include "buf.h"

/* Adds a C string literal, broken after each line feed. */
void literal_add(struct buf *out, struct str text);

#endif
