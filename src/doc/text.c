/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include "utf8.h"

static void find_lines(struct text *text)
{
    size_t capacity = 0;
    size_t count = 0;
    uint32_t *lines = mem_grow(NULL, 0, &capacity, sizeof *lines);
    lines[count++] = 0;
    for (uint32_t i = 0; i < text->len; i++) {
        if (text->bytes[i] == '\r' && i + 1 < text->len && text->bytes[i + 1] == '\n')
            continue;
        if (text->bytes[i] == '\n' || text->bytes[i] == '\r') {
            lines = mem_grow(lines, count, &capacity, sizeof *lines);
            lines[count++] = i + 1;
        }
    }
    text->lines = lines;
    text->line_count = (uint32_t)count;
}

struct place text_place(struct text *text, uint32_t offset)
{
    if (text->lines == NULL)
        find_lines(text);
    uint32_t low = 0;
    uint32_t high = text->line_count;
    while (high - low > 1) { /* lines[low] <= offset < lines[high] */
        uint32_t middle = low + (high - low) / 2;
        if (text->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return (struct place){low + 1, offset - text->lines[low] + 1};
}

struct span text_line(struct text *text, uint32_t line)
{
    if (text->lines == NULL)
        find_lines(text);
    if (line == 0 || line > text->line_count)
        return (struct span){text->len, text->len};
    uint32_t start = text->lines[line - 1];
    uint32_t end = line < text->line_count ? text->lines[line] : text->len;
    while (end > start && (text->bytes[end - 1] == '\n' || text->bytes[end - 1] == '\r'))
        end--;
    return (struct span){start, end};
}

void text_describe(const struct text *text, uint32_t offset, struct buf *out)
{
    unsigned code_point;
    if (offset >= text->len) {
        buf_adds(out, STR("the end of the text"));
        return;
    }
    const char *at = text->bytes + offset;
    size_t len = utf8_decode(at, text->len - offset, &code_point);
    if (len == 0) {
        buf_addf(out, "the byte 0x%02X, which is not UTF-8", (unsigned char)*at);
        return;
    }
    if (code_point == '\n' || code_point == '\r') {
        buf_adds(out, STR("the end of the line"));
        return;
    }
    buf_addc(out, '\'');
    buf_add_visible(out, (struct str){at, len});
    buf_addc(out, '\'');
    if (code_point >= 0x80)
        buf_addf(out, " (U+%04X)", code_point);
}

void text_release(struct text *text)
{
    free(text->lines);
    *text = (struct text){0};
}
