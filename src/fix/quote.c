/* SPDX-License-Identifier: Apache-2.0 */
#include "quote.h"

#include "utf8.h"

#include <strings.h>

/* What YAML 1.2's core schema or YAML 1.1's types (yaml.org/type) do not take for a
 * string, whatever the case of the letters. */
static const char *const words[] = {
    "~", "null", "true", "false", "yes",  "no",   "on",    "off",
    "y", "n",    "=",    "<<",    ".inf", ".nan", "+.inf", "-.inf",
};

static bool is_word(struct str text)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == text.len && strncasecmp(words[i], text.at, text.len) == 0)
            return true;
    return false;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Begins like a number and has nothing that numbers, times and dates do not have: said of
 * more than those, so that no reader's idea of a number is missed. */
static bool is_like_number(struct str text)
{
    size_t at = text.at[0] == '+' || text.at[0] == '-';
    at += at < text.len && text.at[at] == '.';
    if (at == text.len || !is_digit(text.at[at]))
        return false;
    for (; at < text.len; at++)
        if (!is_digit(text.at[at]) &&
            !memchr("abcdefABCDEFxXoO_.:+-tTzZ ", text.at[at], 26))
            return false;
    return true;
}

bool quote_is_free(struct str text)
{
    if (text.len == 0 || is_word(text) || is_like_number(text))
        return false;
    char first = text.at[0];
    if (text.len >= 3 && memcmp(text.at, "...", 3) == 0)
        return false; /* the end of a document */
    /* An option of a command; but "- " and "---" mean something. */
    size_t dashes = 0;
    while (dashes < text.len && dashes < 2 && text.at[dashes] == '-')
        dashes++;
    if (dashes > 0 && (dashes == text.len || !is_letter(text.at[dashes])))
        return false;
    if (dashes == 0 && !is_letter(first) && !is_digit(first) &&
        !memchr("/_.+$(", first, 6))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        char next = i + 1 < text.len ? text.at[i + 1] : ' ';
        if (is_letter(byte) || is_digit(byte) || memchr("/_.+-=@%$()^~;", byte, 14))
            continue;
        /* A colon or a space that something else may not make of it. */
        if (byte == ':' && (is_letter(next) || is_digit(next) || next == '/'))
            continue;
        if (byte == ' ' && (is_letter(next) || is_digit(next) || next == '/'))
            continue;
        return false;
    }
    return true;
}

/* Whether '…' can hold it: one line of characters that every reader and terminal takes.
 */
static bool is_printable(struct str text)
{
    for (size_t at = 0; at < text.len;) {
        unsigned code_point = 0;
        size_t len = utf8_decode(text.at + at, text.len - at, &code_point);
        if (len == 0 || utf8_is_control(code_point) || code_point == 0xFEFF ||
            code_point == 0xFFFE || code_point == 0xFFFF)
            return false;
        at += len;
    }
    return true;
}

static void add_double(struct str text, struct buf *out)
{
    buf_addc(out, '"');
    for (size_t at = 0; at < text.len;) {
        unsigned code_point = 0xFFFD;
        size_t len = utf8_decode(text.at + at, text.len - at, &code_point);
        struct str slice = {text.at + at, len};
        if (code_point == '"' || code_point == '\\')
            buf_addf(out, "\\%c", (char)code_point);
        else if (code_point == '\n')
            buf_adds(out, STR("\\n"));
        else if (code_point == '\t')
            buf_adds(out, STR("\\t"));
        else if (len > 0 && is_printable(slice))
            buf_adds(out, slice);
        else
            buf_addf(out, "\\u%04X", code_point);
        at += len > 0 ? len : 1;
    }
    buf_addc(out, '"');
}

void quote_add(struct str text, enum node_style style, char quote, struct buf *out)
{
    if (style == NODE_PLAIN && quote_is_free(text)) {
        buf_adds(out, text);
        return;
    }
    if (style == NODE_DOUBLE || (style == NODE_PLAIN && quote == '"') ||
        !is_printable(text)) {
        add_double(text, out);
        return;
    }
    buf_addc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'')
            buf_addc(out, '\'');
        buf_addc(out, text.at[i]);
    }
    buf_addc(out, '\'');
}
