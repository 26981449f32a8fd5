/* SPDX-License-Identifier: Apache-2.0 */
#include "line.h"

/* All of a long text may be one line, so the bytes are not looked at one by one. */
uint32_t line_start(const struct text *text, uint32_t at)
{
    const char *start = text->bytes;
    const char *lf = memrchr(start, '\n', at);
    if (lf != NULL)
        start = lf + 1;
    const char *cr = memrchr(start, '\r', (size_t)(text->bytes + at - start));
    return (uint32_t)((cr != NULL ? cr + 1 : start) - text->bytes);
}

uint32_t line_end(const struct text *text, uint32_t at)
{
    const char *start = text->bytes + at;
    const char *lf = memchr(start, '\n', text->len - at);
    size_t len = lf != NULL ? (size_t)(lf - start) : text->len - at;
    const char *cr = memchr(start, '\r', len);
    return at + (uint32_t)(cr != NULL ? (size_t)(cr - start) : len);
}

uint32_t line_next(const struct text *text, uint32_t at)
{
    at = line_end(text, at);
    if (at < text->len && text->bytes[at] == '\r' && text->bytes[at + 1] == '\n')
        return at + 2; /* the byte behind the text is NUL */
    return at < text->len ? at + 1 : at;
}

struct str line_indent(const struct text *text, uint32_t at)
{
    uint32_t start = line_start(text, at);
    uint32_t end = start;
    while (end < at && is_blank(text->bytes[end]))
        end++;
    return text_slice(text, (struct span){start, end});
}

bool line_begins_at(const struct text *text, uint32_t at)
{
    return line_start(text, at) + line_indent(text, at).len == at;
}

struct str line_ending(const struct text *text, uint32_t at)
{
    uint32_t end = line_end(text, at);
    if (end == text->len) { /* the last line: take the one before */
        uint32_t start = line_start(text, at);
        end = start > 0 ? start - 1 : 0;
        if (end > 0 && text->bytes[end] == '\n' && text->bytes[end - 1] == '\r')
            end--;
        if (start == 0)
            return STR("");
    }
    return text_slice(text, (struct span){end, line_next(text, end)});
}

uint32_t skip_blanks(const struct text *text, uint32_t at)
{
    while (at < text->len && is_blank(text->bytes[at]))
        at++;
    return at;
}

uint32_t skip_space(const struct text *text, uint32_t at, uint32_t end, bool comments)
{
    while (at < end) {
        if (comments && text->bytes[at] == '#')
            at = line_end(text, at);
        else if (is_blank(text->bytes[at]) || is_line_end(text->bytes[at]))
            at++;
        else
            break;
    }
    return at < end ? at : end;
}

bool has_line_end(const struct text *text, uint32_t start, uint32_t end)
{
    while (start < end && !is_line_end(text->bytes[start]))
        start++;
    return start < end;
}

bool has_byte(const struct text *text, uint32_t start, uint32_t end, char byte)
{
    return end > start && memchr(text->bytes + start, byte, end - start) != NULL;
}
