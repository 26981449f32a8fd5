/* SPDX-License-Identifier: Apache-2.0
 *
 * The bytes of a document and the way from an offset to a line. Lines end at LF, CR or
 * CR LF, count from 1, and columns count bytes from 1.
 */
#ifndef SPECLINT_TEXT_H
#define SPECLINT_TEXT_H

#include "buf.h"

#include <stdint.h>

/* Bytes [start, end) of a text. */
struct span {
    uint32_t start;
    uint32_t end;
};

struct place {
    uint32_t line;
    uint32_t column;
};

struct text {
    const char *bytes; /* borrowed; `len` bytes with a NUL behind them */
    uint32_t len;
    uint32_t *lines; /* offset of each line's start; NULL until a place is asked for */
    uint32_t line_count;
};

/* The place of an offset (at most `len`). The line table is made at the first call. */
struct place text_place(struct text *text, uint32_t offset);

/* The span of a line (from 1) without its line end; an empty span at the end of the text
 * for a line that is not there. */
struct span text_line(struct text *text, uint32_t line);

/* Adds what stands at an offset, in the words of a message: a character in quotes, or
 * that the line or the text ends there. */
void text_describe(const struct text *text, uint32_t offset, struct buf *out);

static inline struct str text_slice(const struct text *text, struct span span)
{
    return (struct str){text->bytes + span.start, span.end - span.start};
}

/* Frees the line table; the bytes are their owner's. */
void text_release(struct text *text);

#endif
