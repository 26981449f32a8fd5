/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_fault.h"

#include "yaml_place.h"

/* libyaml's limit of a key that does not begin with '?', in characters (scanner.c,
 * yaml_parser_stale_simple_keys). */
enum { KEY_LEN_MAX = 1024 };

/* The texts are those of parser.c and scanner.c of libyaml 0.2; a row counts when both
 * its parts occur, the first such row is it. */
static const struct row {
    const char *problem;
    const char *context;
    const char *expected;
    const char *since; /* "… at line", completed by the line of the context */
    const char *hint;
} rows[] = {
    {"expected <document start>", "", "the end of the text, or '---'", NULL,
     "nothing may follow a document on its line or beside it"},
    {"expected node content", "", "a value", NULL, NULL},
    {"expected '-' indicator", "", "'-' and the next element of the list",
     "that begins at line", "check the indentation"},
    {"expected key", "", "the next key of the mapping", "that begins at line",
     "check the indentation and the quotes before it"},
    {"expected ',' or ']'", "", "',' or ']'", "for the '[' at line", NULL},
    {"expected ',' or '}'", "", "',' or '}'", "for the '{' at line", NULL},
    {"sequence entries are not allowed", "", "a value on this line", NULL,
     "a list with '-' begins on a line of its own"},
    {"mapping keys are not allowed", "", "a value", NULL,
     "quote text that begins with '?'"},
    {"alphabetic or numeric", "",
     "a letter, a digit, '-' or '_' in the name behind & or *", NULL,
     "quote text that begins with & or *"},
    {"tab character", "", "spaces as indentation", NULL, "YAML takes no tab there"},
    {"indicator equal to 0", "", "an indentation of 1 to 9 behind | or >", NULL, NULL},
    {"comment or line break", "block scalar", "the end of the line behind | or >", NULL,
     "quote text that begins with | or >"},
    {"incompatible YAML", "", "%YAML 1.2 or %YAML 1.1", NULL, "remove the line"},
    {"duplicate %", "", "each % line once", NULL, "remove the line"},
    {"undefined tag handle", "", "a tag that a %TAG line declares", NULL,
     "remove the tag, or quote text that begins with '!'"},
    {"", "directive", "%YAML 1.2 or a %TAG line", NULL, "remove the line"},
    {"", "tag", "a complete tag", NULL, "quote text that begins with '!'"},
};

bool yaml_fault_expected(struct text *text, uint32_t at, const char *expected,
                         const char *hint, struct fault *fault)
{
    AUTO_BUF struct buf found = {0};
    struct place place = text_place(text, at);
    text_describe(text, at, &found);
    return fault_set_at(fault, place.line, place.column, "expected %s, found %s%s%s",
                        expected, found.data, hint ? "; " : "", hint ? hint : "");
}

static bool fault_at(struct text *text, uint32_t at, const char *message,
                     struct fault *fault)
{
    struct place place = text_place(text, at);
    return fault_set_at(fault, place.line, place.column, "%s", message);
}

static uint32_t count_characters(const struct text *text, uint32_t start, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = start; i < end; i++)
        count += ((unsigned char)text->bytes[i] & 0xC0) != 0x80;
    return count;
}

/* The key at `start`, which reaches to `end` at least, has no ':' that libyaml takes. */
static bool fault_key(struct text *text, uint32_t start, uint32_t end,
                      struct fault *fault)
{
    struct span line = text_line(text, text_place(text, start).line);
    if (end <= line.end && count_characters(text, start, end) >= KEY_LEN_MAX)
        return fault_at(text, start,
                        "this key is longer than 1024 characters, which the YAML reader "
                        "does not take; read the document as JSON if it is JSON",
                        fault);
    return yaml_fault_expected(text, line.end, "':' behind the key, on its line", NULL,
                               fault);
}

/* A ':' where none may stand. */
static bool fault_colon(struct text *text, const struct yaml_problem *problem,
                        struct fault *fault)
{
    struct span scalar = problem->scalar;
    bool before = scalar.end > scalar.start &&
                  yaml_skip_space(text, scalar.end, problem->at) == problem->at;
    struct place place = text_place(text, scalar.start);
    uint32_t last_line = text_place(text, problem->at).line;
    bool quoted = before && strchr("\"'", text->bytes[scalar.start]) != NULL;
    if (before && place.line < last_line && !quoted)
        return fault_set_at(
            fault, place.line, place.column,
            "this value goes on to line %u, where a ':' follows it; check "
            "the indentation and the brackets",
            last_line);
    if (before && (place.line < last_line ||
                   count_characters(text, scalar.start, problem->at) >= KEY_LEN_MAX))
        return fault_key(text, scalar.start, problem->at, fault);
    return yaml_fault_expected(text, problem->at, "the end of the value",
                               "quote the value if the ':' belongs to it", fault);
}

/* The value of `digits` hexadecimal digits at an offset, or 0 where they are not there.
 */
static unsigned long hex_at(const struct text *text, uint32_t at, unsigned digits)
{
    char copy[9] = {0};
    if (text->len - at < digits)
        return 0;
    memcpy(copy, text->bytes + at, digits);
    return strspn(copy, "0123456789abcdefABCDEF") == digits ? strtoul(copy, NULL, 16) : 0;
}

/* JSON escapes what lies above U+FFFF as two surrogates, which libyaml refuses. */
static bool fault_code(struct text *text, uint32_t at, struct fault *fault)
{
    unsigned long high = hex_at(text, at, 4);
    unsigned long low = 0;
    struct place place = text_place(text, at >= 2 ? at - 2 : 0); /* the backslash */
    if (high < 0xD800 || high > 0xDFFF)
        return fault_set_at(fault, place.line, place.column,
                            "expected the code of a character in this escape; "
                            "the last one is \\U0010FFFF");
    if (text->len - at >= 10 && memcmp(text->bytes + at + 4, "\\u", 2) == 0)
        low = hex_at(text, at + 6, 4);
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return fault_set_at(fault, place.line, place.column,
                            "this escape is one half of a surrogate pair and no "
                            "character");
    return fault_set_at(fault, place.line, place.column,
                        "YAML has no surrogate pairs; write \\U%08lX, or the character "
                        "itself",
                        0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
}

/* The text or the document ends inside of quotes: the place is where they begin, the same
 * as in JSON. */
static bool fault_quote(struct text *text, const struct yaml_problem *problem,
                        struct fault *fault)
{
    struct place place = text_place(text, problem->context_at);
    if (problem->at >= text->len)
        return fault_set_at(fault, place.line, place.column,
                            "this string has no closing quote");
    return fault_set_at(fault, place.line, place.column,
                        "this string has no closing quote before its document ends at "
                        "line %u",
                        text_place(text, problem->at).line);
}

/* A character that begins nothing. */
static bool fault_start(struct text *text, uint32_t at, struct fault *fault)
{
    if (at < text->len && text->bytes[at] == '\t')
        return yaml_fault_expected(text, at, "spaces as indentation",
                                   "YAML takes no tab there", fault);
    return yaml_fault_expected(text, at, "a value", "quote text that begins with it",
                               fault);
}

bool yaml_fault(struct text *text, const struct yaml_problem *problem,
                struct fault *fault)
{
    const char *what = problem->problem ? problem->problem : "";
    const char *context = problem->context ? problem->context : "";
    bool colon = problem->at < text->len && text->bytes[problem->at] == ':';
    if (strstr(what, "could not find expected ':'"))
        return fault_key(text, problem->context_at, problem->at, fault);
    if (strstr(what, "mapping values are not allowed") ||
        (colon && strstr(what, "expected ',' or")))
        return fault_colon(text, problem, fault);
    if (strstr(what, "invalid Unicode character escape code"))
        return fault_code(text, problem->at, fault);
    if (strstr(what, "hexdecimal number"))
        return fault_at(
            text, problem->at >= 2 ? problem->at - 2 : 0,
            "expected two hexadecimal digits after \\x, four after \\u, eight "
            "after \\U",
            fault);
    if (strstr(context, "quoted scalar") && strstr(what, "found unexpected"))
        return fault_quote(text, problem, fault);
    if (strstr(what, "unknown escape character"))
        return yaml_fault_expected(
            text, problem->at + 1, "an escape that YAML knows after the backslash",
            "write \\\\ for a backslash, or use single quotes", fault);
    if (strstr(what, "cannot start any token"))
        return fault_start(text, problem->at, fault);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        if (!strstr(what, row->problem) || !strstr(context, row->context))
            continue;
        AUTO_BUF struct buf expected = {0};
        buf_addf(&expected, "%s", row->expected);
        if (row->since != NULL)
            buf_addf(&expected, " %s %u", row->since,
                     text_place(text, problem->context_at).line);
        return yaml_fault_expected(text, problem->at, expected.data, row->hint, fault);
    }
    return fault_at(text, problem->at, what[0] ? what : "this is not YAML", fault);
}
