/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines and blanks of a text by offset. Lines end at LF, CR or CR LF, as everywhere in
 * speclint; a blank is a space or a tab.
 */
#ifndef SPECLINT_LINE_H
#define SPECLINT_LINE_H

#include "text.h"

static inline bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static inline bool is_line_end(char byte)
{
    return byte == '\n' || byte == '\r';
}

/* The start of the line that `at` is in. */
uint32_t line_start(const struct text *text, uint32_t at);

/* The end of that line, before its line end. */
uint32_t line_end(const struct text *text, uint32_t at);

/* The start of the next line, or the end of the text. */
uint32_t line_next(const struct text *text, uint32_t at);

/* The blanks that the line begins with, up to `at` at most. */
struct str line_indent(const struct text *text, uint32_t at);

/* Whether there is nothing but blanks between the start of the line and `at`. */
bool line_begins_at(const struct text *text, uint32_t at);

/* The line end that a new line near `at` copies: that of its line or, at the end of the
 * text, of the line before; empty where there is none. */
struct str line_ending(const struct text *text, uint32_t at);

/* The first byte from `at` that is no blank. */
uint32_t skip_blanks(const struct text *text, uint32_t at);

/* The first byte from `at` that is no blank, no line end and, if the text may have them,
 * no part of a comment; at most `end`. */
uint32_t skip_space(const struct text *text, uint32_t at, uint32_t end, bool comments);

/* Whether [start, end) has a byte of that kind. */
bool has_line_end(const struct text *text, uint32_t start, uint32_t end);
bool has_byte(const struct text *text, uint32_t start, uint32_t end, char byte);

#endif
