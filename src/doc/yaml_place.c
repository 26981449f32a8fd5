/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_place.h"

#include "utf8.h"
#include "yaml_fault.h"

/* YAML 1.2 section 5.1, and what libyaml takes of it: no U+007F, no C1 controls, which
 * YAML allows in quotes. A byte order mark is no text (section 5.2). */
static bool is_printable(unsigned code_point)
{
    return code_point == '\t' || code_point == '\n' || code_point == '\r' ||
           (code_point >= 0x20 && code_point < 0x7F) ||
           (code_point >= 0xA0 && code_point != 0xFEFF && code_point != 0xFFFE &&
            code_point != 0xFFFF);
}

/* To libyaml these end a line, as in YAML 1.1; in 1.2 they do not (section 5.4). */
static bool is_old_break(unsigned code_point)
{
    return code_point == 0x85 || code_point == 0x2028 || code_point == 0x2029;
}

bool yaml_check_characters(struct text *text, bool *ascii, struct fault *fault)
{
    *ascii = true;
    for (uint32_t at = 0; at < text->len;) {
        unsigned char byte = (unsigned char)text->bytes[at];
        unsigned code_point = byte;
        size_t len = 1;
        if (byte >= 0x80) {
            *ascii = false;
            len = utf8_decode(text->bytes + at, text->len - at, &code_point);
        }
        if (len == 0)
            return yaml_fault_expected(text, at, "UTF-8", NULL, fault);
        if (is_old_break(code_point))
            return yaml_fault_expected(text, at, "text",
                                       "readers differ on whether it ends the line; in "
                                       "double quotes it is written "
                                       "\\u and four digits",
                                       fault);
        if (!is_printable(code_point))
            return yaml_fault_expected(
                text, at, "text", "in double quotes it is written \\u and four digits",
                fault);
        at += (uint32_t)len;
    }
    return true;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

uint32_t yaml_walk_to(struct yaml_walk *walk, size_t character)
{
    const struct text *text = walk->text;
    if (walk->ascii)
        return character < text->len ? (uint32_t)character : text->len;
    while (walk->character < character && walk->offset < text->len) {
        do
            walk->offset++;
        while (walk->offset < text->len && is_continuation(text->bytes[walk->offset]));
        walk->character++;
    }
    while (walk->character > character) {
        do
            walk->offset--;
        while (is_continuation(text->bytes[walk->offset]));
        walk->character--;
    }
    return walk->offset;
}

static bool is_break(char byte)
{
    return byte == '\n' || byte == '\r';
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || is_break(byte);
}

static uint32_t skip_line(const struct text *text, uint32_t at, uint32_t end)
{
    while (at < end && !is_break(text->bytes[at]))
        at++;
    return at;
}

uint32_t yaml_skip_space(const struct text *text, uint32_t at, uint32_t end)
{
    while (at < end && (is_space(text->bytes[at]) || text->bytes[at] == '#'))
        at = text->bytes[at] == '#' ? skip_line(text, at, end) : at + 1;
    return at;
}

static bool is_anchor(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_';
}

bool yaml_skip_properties(const struct text *text, uint32_t *at, uint32_t end)
{
    const char *bytes = text->bytes;
    while (*at < end && (bytes[*at] == '&' || bytes[*at] == '!')) {
        bool anchor = bytes[(*at)++] == '&';
        while (*at < end && (anchor ? is_anchor(bytes[*at]) : !is_space(bytes[*at])))
            ++*at;
        if (anchor && *at < end && !is_space(bytes[*at]))
            return false;
        *at = yaml_skip_space(text, *at, end);
    }
    return true;
}

/* Whether the last line of a value, apart from its line ends, is white space. */
static bool ends_in_space(struct str value)
{
    size_t at = value.len;
    while (at > 0 && value.at[at - 1] == '\n')
        at--;
    size_t end = at;
    while (at > 0 && (value.at[at - 1] == ' ' || value.at[at - 1] == '\t'))
        at--;
    return at < end && (at == 0 || value.at[at - 1] == '\n');
}

uint32_t yaml_block_end(const struct text *text, struct span block, struct str value)
{
    uint32_t end = block.end;
    uint32_t header = block.start + 1;
    bool keep = ends_in_space(value);
    while (header < end && strchr("+-123456789", text->bytes[header]) != NULL)
        keep |= text->bytes[header++] == '+';
    uint32_t last = end;
    if (keep) {
        last -= last > header && text->bytes[last - 1] == '\n';
        last -= last > header && text->bytes[last - 1] == '\r';
    } else {
        while (last > header && is_space(text->bytes[last - 1]))
            last--;
        last = skip_line(text, last, end); /* white space behind a text belongs to it */
    }
    /* Without content there is the header alone, which may have a comment. */
    return skip_line(text, header, last) == last ? header : last;
}
