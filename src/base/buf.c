/* SPDX-License-Identifier: Apache-2.0 */
#include "buf.h"

#include "utf8.h"

#include <stdint.h>
#include <stdio.h>

void buf_reserve(struct buf *buf, size_t extra)
{
    size_t need = buf->len + extra + 1;
    if (need <= extra || need > SIZE_MAX / 2)
        mem_alloc(SIZE_MAX, 2); /* more than there can be: ends the program */
    if (need <= buf->capacity)
        return;
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity < need)
        capacity *= 2;
    buf->data = mem_resize(buf->data, capacity, 1);
    buf->capacity = capacity;
}

void buf_add(struct buf *buf, const char *bytes, size_t len)
{
    buf_reserve(buf, len);
    if (len > 0)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_addc(struct buf *buf, char byte)
{
    buf_add(buf, &byte, 1);
}

void buf_vaddf(struct buf *buf, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        abort(); /* a format string of ours is wrong */
    buf_reserve(buf, (size_t)len);
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, arguments);
    buf->len += (size_t)len;
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(buf, format, arguments);
    va_end(arguments);
}

void buf_add_utf8(struct buf *buf, unsigned code_point)
{
    char bytes[UTF8_MAX];
    buf_add(buf, bytes, utf8_write(code_point, bytes));
}

void buf_add_visible(struct buf *buf, struct str text)
{
    for (size_t i = 0; i < text.len;) {
        unsigned code_point;
        size_t plain = i;
        while (plain < text.len && text.at[plain] >= ' ' && text.at[plain] <= '~')
            plain++;
        if (plain > i) {
            buf_add(buf, text.at + i, plain - i);
            i = plain;
            continue;
        }
        size_t len = utf8_decode(text.at + i, text.len - i, &code_point);
        if (len == 0) {
            buf_addf(buf, "\\x%02X", (unsigned char)text.at[i]);
            len = 1;
        } else if (code_point == '\n') {
            buf_add(buf, "\\n", 2);
        } else if (code_point == '\t') {
            buf_add(buf, "\\t", 2);
        } else if (utf8_is_control(code_point)) {
            buf_addf(buf, "\\u{%04X}", code_point);
        } else {
            buf_add(buf, text.at + i, len);
        }
        i += len;
    }
}

void buf_release(struct buf *buf)
{
    free(buf->data);
    *buf = (struct buf){0};
}
