/* SPDX-License-Identifier: Apache-2.0
 *
 * A growable byte string. `data` is NUL-terminated once anything was added, and NULL
 * before; the bytes may contain NUL themselves.
 *
 *     AUTO_BUF struct buf buf = {0};
 *     buf_addf(&buf, "line %d\n", 3);
 *     fwrite(buf.data, 1, buf.len, stdout);
 */
#ifndef SPECLINT_BUF_H
#define SPECLINT_BUF_H

#include "mem.h"

#include <stdarg.h>

struct buf {
    char *data;
    size_t len;
    size_t capacity;
};

/* Makes room for `extra` more bytes (and the NUL) without changing the length. */
void buf_reserve(struct buf *buf, size_t extra);

void buf_add(struct buf *buf, const char *bytes, size_t len);
void buf_addc(struct buf *buf, char byte);
void buf_addf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static inline void buf_adds(struct buf *buf, struct str text)
{
    buf_add(buf, text.at, text.len);
}

static inline struct str buf_str(const struct buf *buf)
{
    return (struct str){buf->data ? buf->data : "", buf->len};
}

/* Adds one code point (at most 0x10FFFF) as UTF-8. */
void buf_add_utf8(struct buf *buf, unsigned code_point);

/* Adds text that comes from a document so that it can go to a terminal or a log: control
 * characters, DEL, C1 controls, bidirectional overrides and bytes that are not UTF-8
 * become \n, \t, \u{XXXX} or \xXX; a backslash stays as it is. */
void buf_add_visible(struct buf *buf, struct str text);

/* Empties the string and keeps its memory. */
static inline void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->data != NULL)
        buf->data[0] = '\0';
}

/* Frees the memory; the buf is empty and usable again. */
void buf_release(struct buf *buf);

#define AUTO_BUF __attribute__((cleanup(buf_release)))

#endif
