/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON text to nodes: RFC 8259, nothing more and nothing less, in one pass and without
 * recursion.
 */
#include "tree.h"
#include "utf8.h"

struct reader {
    struct doc *doc;
    const char *text;
    uint32_t len;
    uint32_t at;
    struct tree tree;
    struct fault *fault;
};

static bool fail(struct reader *reader, uint32_t at, const char *expected,
                 const char *hint)
{
    AUTO_BUF struct buf found = {0};
    struct place place = text_place(&reader->doc->text, at);
    text_describe(&reader->doc->text, at, &found);
    return fault_set_at(reader->fault, place.line, place.column,
                        "expected %s, found %s%s%s", expected, found.data,
                        hint ? "; " : "", hint ? hint : "");
}

static bool fail_plain(struct reader *reader, uint32_t at, const char *message)
{
    struct place place = text_place(&reader->doc->text, at);
    return fault_set_at(reader->fault, place.line, place.column, "%s", message);
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

static void skip_space(struct reader *reader)
{
    while (reader->at < reader->len && is_space(reader->text[reader->at]))
        reader->at++;
}

/* Bytes that a string can pass over without a look: printable ASCII but for " and \. */
static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

/* The offset of the first byte from `at` that is not plain, eight at a time. */
static uint32_t skip_plain(const struct reader *reader, uint32_t at)
{
    const uint64_t ones = 0x0101010101010101u;
    const uint64_t highs = 0x8080808080808080u;
    while (reader->len - at >= 8) {
        uint64_t word;
        memcpy(&word, reader->text + at, sizeof word);
        uint64_t quote = word ^ ones * '"';
        uint64_t slash = word ^ ones * '\\';
        /* The high bit of a byte: not ASCII, below 0x20, a quote, or a backslash. False
         * alarms are possible and harmless. */
        uint64_t stop = word | (word - ones * 0x20) | (quote - ones) | (slash - ones);
        if (stop & highs)
            break;
        at += 8;
    }
    while (at < reader->len && is_plain((unsigned char)reader->text[at]))
        at++;
    return at;
}

static bool read_hex4(const struct reader *reader, uint32_t at, unsigned *value)
{
    *value = 0;
    for (uint32_t i = at; i < at + 4; i++) {
        char byte = i < reader->len ? reader->text[i] : '\0';
        unsigned digit;
        if (byte >= '0' && byte <= '9')
            digit = (unsigned)(byte - '0');
        else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
            digit = (unsigned)((byte | 0x20) - 'a' + 10);
        else
            return false;
        *value = *value << 4 | digit;
    }
    return true;
}

/* \uXXXX at `reader->at`, with its second half where it is a surrogate. */
static bool read_unicode(struct reader *reader, char **out)
{
    unsigned code_point;
    unsigned low;
    uint32_t at = reader->at;
    if (!read_hex4(reader, at + 2, &code_point))
        return fail_plain(reader, at, "expected four hexadecimal digits after \\u");
    reader->at += 6;
    if (code_point >= 0xDC00 && code_point <= 0xDFFF)
        return fail_plain(
            reader, at, "this is the second half of a surrogate pair without the first");
    if (code_point >= 0xD800 && code_point <= 0xDBFF) {
        bool escaped = reader->len - reader->at >= 6 &&
                       reader->text[reader->at] == '\\' &&
                       reader->text[reader->at + 1] == 'u';
        if (!escaped || !read_hex4(reader, reader->at + 2, &low) || low < 0xDC00 ||
            low > 0xDFFF)
            return fail_plain(
                reader, at,
                "this is the first half of a surrogate pair; its second half "
                "(\\uDC00 to \\uDFFF) must follow");
        code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
        reader->at += 6;
    }
    char bytes[UTF8_MAX];
    size_t len = utf8_write(code_point, bytes);
    memcpy(*out, bytes, len);
    *out += len;
    return true;
}

static bool read_escape(struct reader *reader, char **out)
{
    static const char meaning[128] = {
        ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
        ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
    };
    unsigned char byte = '\0';
    if (reader->at + 1 < reader->len)
        byte = (unsigned char)reader->text[reader->at + 1];
    if (byte == 'u')
        return read_unicode(reader, out);
    if (byte >= sizeof meaning || meaning[byte] == '\0')
        return fail(reader, reader->at + 1,
                    "one of \" \\ / b f n r t u after the backslash", NULL);
    *(*out)++ = meaning[byte];
    reader->at += 2;
    return true;
}

static bool fail_in_string(struct reader *reader, uint32_t start)
{
    unsigned char byte = '\0';
    if (reader->at < reader->len)
        byte = (unsigned char)reader->text[reader->at];
    if (reader->at >= reader->len)
        return fail_plain(reader, start, "this string has no closing quote");
    if (byte == '\n' || byte == '\r')
        return fail_plain(
            reader, start,
            "this string has no closing quote on its line; a line feed inside "
            "a string is written \\n");
    if (byte < 0x20)
        return fail(reader, reader->at, "an escape for a control character",
                    "write it as \\t or \\u00XX");
    return fail(reader, reader->at, "UTF-8", NULL);
}

/* The string whose quote is at `reader->at`: its value points into the text, or into the
 * arena where it has escapes. */
static bool read_string(struct reader *reader, struct str *value)
{
    uint32_t start = reader->at;
    uint32_t from = start + 1; /* of the bytes not yet copied */
    char *copy = NULL;
    char *out = NULL;
    for (reader->at = from;;) {
        unsigned code_point;
        reader->at = skip_plain(reader, reader->at);
        if (reader->at >= reader->len)
            return fail_in_string(reader, start);
        unsigned char byte = (unsigned char)reader->text[reader->at];
        if (byte == '"')
            break;
        if (byte >= 0x80) {
            size_t len = utf8_decode(reader->text + reader->at, reader->len - reader->at,
                                     &code_point);
            if (len == 0)
                return fail_in_string(reader, start);
            reader->at += (uint32_t)len;
            continue;
        }
        if (byte != '\\')
            return fail_in_string(reader, start);
        if (copy == NULL) {
            /* An escape is never shorter than what it stands for, so the rest of the
             * string, up to a quote without a backslash, is room enough. */
            uint32_t end = reader->at;
            while (end < reader->len && reader->text[end] != '"')
                end += reader->text[end] == '\\' ? 2 : 1;
            copy = out = arena_alloc(&reader->doc->arena, end - start + 2);
        }
        memcpy(out, reader->text + from, reader->at - from);
        out += reader->at - from;
        if (!read_escape(reader, &out))
            return false;
        from = reader->at;
    }
    if (copy == NULL) {
        *value = (struct str){reader->text + from, reader->at - from};
    } else {
        memcpy(out, reader->text + from, reader->at - from);
        out += reader->at - from;
        *out = '\0';
        *value = (struct str){copy, (size_t)(out - copy)};
    }
    reader->at++;
    return true;
}

static uint32_t skip_digits(const struct reader *reader, uint32_t at)
{
    while (at < reader->len && reader->text[at] >= '0' && reader->text[at] <= '9')
        at++;
    return at;
}

static bool read_number(struct reader *reader, struct node *node)
{
    uint32_t start = reader->at;
    uint32_t at = start + (reader->text[start] == '-');
    uint32_t end = skip_digits(reader, at);
    if (end == at)
        return fail(reader, at, "a digit after the minus sign", NULL);
    if (reader->text[at] == '0' && end - at > 1)
        return fail_plain(
            reader, at,
            "a JSON number has no leading zero; write a file mode in decimal "
            "(0755 is 493)");
    if (end < reader->len && reader->text[end] == '.') {
        at = end + 1;
        end = skip_digits(reader, at);
        if (end == at)
            return fail(reader, at, "a digit after the decimal point", NULL);
    }
    if (end < reader->len && (reader->text[end] | 0x20) == 'e') {
        at = end + 1;
        if (at < reader->len && (reader->text[at] == '+' || reader->text[at] == '-'))
            at++;
        end = skip_digits(reader, at);
        if (end == at)
            return fail(reader, at, "a digit in the exponent", NULL);
    }
    node->value = reader->text + start;
    node->len = end - start;
    reader->at = end;
    return true;
}

static const char *comment_hint(char byte)
{
    return byte == '/' || byte == '#' ? "JSON has no comments" : NULL;
}

static bool is_after_comma(const struct reader *reader)
{
    uint32_t at = reader->at;
    while (at > 0 && is_space(reader->text[at - 1]))
        at--;
    return at > 0 && reader->text[at - 1] == ',';
}

/* What most likely happened where a value or a name is missing. */
static const char *missing_hint(const struct reader *reader)
{
    switch (reader->at < reader->len ? reader->text[reader->at] : '\0') {
    case '/':
    case '#':
        return comment_hint(reader->text[reader->at]);
    case '\'':
        return "strings are quoted with \"";
    case ',':
        return "something is missing before the comma";
    case ']':
    case '}':
        return is_after_comma(reader) ? "the comma before it must go" : NULL;
    default:
        return NULL;
    }
}

static bool is_word(const struct reader *reader, struct str word)
{
    return reader->len - reader->at >= word.len &&
           memcmp(reader->text + reader->at, word.at, word.len) == 0;
}

/* A value at `reader->at`: a scalar is complete after it, a container is open. */
static bool read_value(struct reader *reader, struct str key, struct span key_span)
{
    static const struct {
        struct str word;
        enum node_type type;
    } words[] = {
        {{"true", 4}, NODE_TRUE},
        {{"false", 5}, NODE_FALSE},
        {{"null", 4}, NODE_NULL},
    };
    char byte = reader->at < reader->len ? reader->text[reader->at] : '\0';
    struct node *node = tree_add(&reader->tree, NODE_NULL);
    node->style = NODE_PLAIN;
    node->span.start = reader->at;
    node->key_span = key_span;
    if (key.at != NULL)
        tree_set_key(&reader->tree, node, key);
    if (byte == '"') {
        node->type = NODE_STRING;
        node->style = NODE_DOUBLE;
        struct str value;
        if (!read_string(reader, &value))
            return false;
        tree_set_value(&reader->tree, node, value);
    } else if (byte == '{' || byte == '[') {
        node->type = byte == '{' ? NODE_OBJECT : NODE_ARRAY;
        node->style = NODE_FLOW;
        if (!tree_open(&reader->tree, node))
            return fail_plain(reader, reader->at,
                              "arrays and objects are nested more than 1000 deep");
        reader->at++;
    } else if (byte == '-' || (byte >= '0' && byte <= '9')) {
        node->type = NODE_NUMBER;
        if (!read_number(reader, node))
            return false;
    } else {
        size_t i = 0;
        while (i < sizeof words / sizeof words[0] && !is_word(reader, words[i].word))
            i++;
        if (i == sizeof words / sizeof words[0])
            return fail(reader, reader->at, "a JSON value", missing_hint(reader));
        node->type = words[i].type;
        reader->at += (uint32_t)words[i].word.len;
    }
    node->span.end = reader->at;
    return true;
}

/* The name of a member and its colon, and the value. */
static bool read_member(struct reader *reader, const char *expected)
{
    struct str key;
    struct span span = {reader->at, 0};
    char byte = reader->at < reader->len ? reader->text[reader->at] : '\0';
    if (byte != '"')
        return fail(reader, reader->at, expected, missing_hint(reader));
    if (!read_string(reader, &key))
        return false;
    span.end = reader->at;
    skip_space(reader);
    if (reader->at >= reader->len || reader->text[reader->at] != ':')
        return fail(reader, reader->at, "':' after the member name", NULL);
    reader->at++;
    skip_space(reader);
    return read_value(reader, key, span);
}

static void close_container(struct reader *reader)
{
    reader->at++;
    tree_close(&reader->tree)->span.end = reader->at;
}

/* What may stand in the innermost open container after what was read last. */
static bool read_next(struct reader *reader)
{
    const struct node *open = reader->tree.frames[reader->tree.depth - 1].node;
    bool object = open->type == NODE_OBJECT;
    skip_space(reader);
    char byte = reader->at < reader->len ? reader->text[reader->at] : '\0';
    if (byte == (object ? '}' : ']')) {
        close_container(reader);
        return true;
    }
    if (open->len == 0)
        return object ? read_member(reader, "a member name in double quotes or '}'")
                      : read_value(reader, (struct str){0}, (struct span){0});
    if (byte != ',')
        return fail(reader, reader->at,
                    object ? "',' or '}' after the member"
                           : "',' or ']' after the element",
                    comment_hint(byte));
    reader->at++;
    skip_space(reader);
    return object ? read_member(reader, "a member name in double quotes after the comma")
                  : read_value(reader, (struct str){0}, (struct span){0});
}

static bool read_document(struct reader *reader)
{
    skip_space(reader);
    if (reader->at >= reader->len)
        return fail_plain(reader, reader->at, "expected a JSON value, found nothing");
    if (!read_value(reader, (struct str){0}, (struct span){0}))
        return false;
    while (reader->tree.depth > 0) {
        if (!read_next(reader))
            return false;
    }
    skip_space(reader);
    if (reader->at < reader->len)
        return fail(reader, reader->at, "the end of the text after the document",
                    comment_hint(reader->text[reader->at]));
    return true;
}

bool read_json(struct doc *doc, struct fault *fault)
{
    struct reader reader = {
        .doc = doc,
        .text = doc->text.bytes,
        .len = doc->text.len,
        .tree = {.doc = doc},
        .fault = fault,
    };
    bool read = read_document(&reader);
    tree_release(&reader.tree);
    return read;
}
