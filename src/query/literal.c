/* SPDX-License-Identifier: Apache-2.0 */
#include "parser.h"
#include "utf8.h"

/* I-JSON, RFC 7493 section 2.2: what a double holds exactly. */
#define INT_LIMIT (((int64_t)1 << 53) - 1)

static void set_text(struct parser *parser, uint32_t op, size_t start)
{
    parser->ops[op].text = (uint32_t)start;
    parser->ops[op].len = (uint32_t)(parser->strings.len - start);
}

static bool parse_hex4(struct parser *parser, unsigned *value)
{
    *value = 0;
    for (int i = 0; i < 4; i++) {
        char byte = parser_peek(parser);
        unsigned digit;
        if (is_digit(byte))
            digit = (unsigned)(byte - '0');
        else if ((byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F'))
            digit = (unsigned)((byte | 0x20) - 'a') + 10;
        else
            return parser_expected(parser, "four hexadecimal digits after \\u");
        *value = *value * 16 + digit;
        parser->at++;
    }
    return true;
}

/* hexchar = non-surrogate / (high-surrogate "\" %x75 low-surrogate) */
static bool parse_unicode(struct parser *parser)
{
    const char *escape = parser->at - 2;
    unsigned unit;
    unsigned low;
    if (!parse_hex4(parser, &unit))
        return false;
    if (unit >= 0xDC00 && unit <= 0xDFFF)
        return parser_fault(parser, escape,
                            "expected a high surrogate before the low one \\u%04X", unit);
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        const char *second = parser->at;
        if (!parser_take(parser, "\\u"))
            return parser_expected(parser, "\\u and a low surrogate");
        if (!parse_hex4(parser, &low))
            return false;
        if (low < 0xDC00 || low > 0xDFFF)
            return parser_fault(parser, second, "expected a low surrogate, found \\u%04X",
                                low);
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    buf_add_utf8(&parser->strings, unit);
    return true;
}

static bool parse_escape(struct parser *parser, char quote)
{
    static const char codes[][2] = {{'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'},
                                    {'t', '\t'}, {'/', '/'},  {'\\', '\\'}};
    char byte = parser_peek(parser);
    if (byte == 'u') {
        parser->at++;
        return parse_unicode(parser);
    }
    char decoded = byte == quote ? quote : '\0';
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        decoded = byte == codes[i][0] ? codes[i][1] : decoded;
    if (decoded == '\0')
        return parser_expected(parser, quote == '"'
                                           ? "one of b f n r t u / \\ \" after \\"
                                           : "one of b f n r t u / \\ ' after \\");
    buf_addc(&parser->strings, decoded);
    parser->at++;
    return true;
}

bool parser_string(struct parser *parser, uint32_t op)
{
    size_t start = parser->strings.len;
    const char *open = parser->at;
    char quote = *parser->at++;
    for (;;) {
        if (parser->at == parser->end)
            return parser_fault(parser, open, "this string has no closing %c", quote);
        char byte = *parser->at;
        if ((unsigned char)byte < 0x20)
            return parser_expected(parser, "an escape for a control character");
        parser->at++;
        if (byte == quote)
            break;
        if (byte != '\\')
            buf_addc(&parser->strings, byte);
        else if (!parse_escape(parser, quote))
            return false;
    }
    set_text(parser, op, start);
    parser->ops[op].hash = node_hash(
        (struct str){buf_str(&parser->strings).at + start, parser->ops[op].len});
    return true;
}

/* ALPHA / "_" / %x80-D7FF / %xE000-10FFFF */
static bool is_name_first(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           (unsigned char)byte >= 0x80;
}

bool parser_name(struct parser *parser, uint32_t op)
{
    size_t start = parser->strings.len;
    const char *first = parser->at;
    if (!is_name_first(parser_peek(parser)))
        return parser_expected(parser, "a name or *");
    while (is_name_first(parser_peek(parser)) || is_digit(parser_peek(parser)))
        parser->at++;
    struct str name = {first, (size_t)(parser->at - first)};
    buf_adds(&parser->strings, name);
    set_text(parser, op, start);
    parser->ops[op].hash = node_hash(name);
    return true;
}

static bool parse_digits(struct parser *parser, const char *what)
{
    if (!is_digit(parser_peek(parser)))
        return parser_expected(parser, what);
    while (is_digit(parser_peek(parser)))
        parser->at++;
    return true;
}

/* number = (int / "-0") [ frac ] [ exp ] */
bool parser_number(struct parser *parser, uint32_t op)
{
    size_t start = parser->strings.len;
    const char *first = parser->at;
    parser_take(parser, "-");
    if (!parser_take(parser, "0") && !parse_digits(parser, "a digit after -"))
        return false;
    if (is_digit(parser_peek(parser)))
        return parser_fault(parser, first, "a number has no leading zeros");
    if (parser_take(parser, ".") && !parse_digits(parser, "a digit after the point"))
        return false;
    if (parser_take(parser, "e") || parser_take(parser, "E")) {
        if (!parser_take(parser, "-"))
            parser_take(parser, "+");
        if (!parse_digits(parser, "a digit of the exponent"))
            return false;
    }
    buf_add(&parser->strings, first, (size_t)(parser->at - first));
    set_text(parser, op, start);
    return true;
}

/* int = "0" / (["-"] DIGIT1 *DIGIT) */
bool parser_int(struct parser *parser, int64_t *value)
{
    const char *first = parser->at;
    bool negative = parser_take(parser, "-");
    const char *digits = parser->at;
    if (!parse_digits(parser, "a digit after -"))
        return false;
    if (*digits == '0' && (negative || parser->at - digits > 1))
        return parser_fault(parser, first, "an index has no leading zeros and no -0");
    *value = 0;
    for (const char *digit = digits; digit < parser->at && *value <= INT_LIMIT; digit++)
        *value = *value * 10 + (*digit - '0');
    if (*value > INT_LIMIT)
        return parser_fault(parser, first,
                            "an index is within -9007199254740991 and 9007199254740991");
    *value = negative ? -*value : *value;
    return true;
}
