/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as text in the style of their new neighbours. A value may come from any
 * document; numbers keep their digits.
 */
#ifndef SPECLINT_WRITE_H
#define SPECLINT_WRITE_H

#include "style.h"

struct writer {
    const struct style *style;
    enum doc_syntax syntax;
    struct buf *out;
};

/* Whether the value is written behind its name or dash, not in lines below. */
bool write_is_inline(const struct writer *writer, const struct node *value);

/* Adds a value that begins where the line is now: a scalar, or a container in brackets,
 * whose lines, if it has more than one, are indented by `indent` and more. */
void write_inline(const struct writer *writer, const struct node *value,
                  struct str indent);

/* Adds an array or object that is not inline (YAML), its first child where the line is
 * now, which is `column`, and the others below it. No line end behind the last. */
void write_block(const struct writer *writer, const struct node *value, uint32_t column);

/* Adds what write_block writes for one child with the name `key` (NULL at for an
 * element): the name or the dash, and the value. */
void write_entry(const struct writer *writer, struct str key, const struct node *value,
                 uint32_t column);

/* Adds a member's name, quoted as its neighbours are. */
void write_name(const struct writer *writer, struct str name);

/* The same and the colon, inside of brackets. */
void write_member_name(const struct writer *writer, struct str name);

#endif
