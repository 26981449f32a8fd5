/* SPDX-License-Identifier: Apache-2.0
 *
 * The checker follows the grammar of RFC 9485 section 3, the translation its section
 * 5.4, which leaves ^ and $ alone, so that they anchor: the grammar has no anchors and
 * takes the two for plain characters, but the JSONPath compliance suite wants what the
 * mapping gives. Where they could not anchor they are the characters. All of the grammar
 * but the parentheses is regular, so a count of those that are open is all the stack
 * there is.
 */
#include "iregexp.h"

#include "utf8.h"

#include <limits.h>

/* PCRE2's own limit is 250. */
enum { OPEN_MAX_DEPTH = 200 };

struct reader {
    const char *at;
    const char *end;
    struct buf *out;
};

static bool take(struct reader *reader, char byte)
{
    if (reader->at == reader->end || *reader->at != byte)
        return false;
    reader->at++;
    return true;
}

/* 1*DIGIT, copied */
static bool copy_digits(struct reader *reader)
{
    const char *start = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
        reader->at++;
    buf_add(reader->out, start, (size_t)(reader->at - start));
    return reader->at > start;
}

/* range-quantifier = "{" QuantExact [ "," [ QuantExact ] ] "}", behind the brace */
static bool copy_range(struct reader *reader)
{
    buf_addc(reader->out, '{');
    if (!copy_digits(reader))
        return false;
    if (take(reader, ',')) {
        buf_addc(reader->out, ',');
        copy_digits(reader);
    }
    buf_addc(reader->out, '}');
    return take(reader, '}');
}

/* charProp: a general category, behind "p{" */
static bool copy_category(struct reader *reader)
{
    static const struct {
        char major;
        const char *minors;
    } categories[] = {{'L', "lmotu"}, {'M', "cen"},  {'N', "dlo"}, {'P', "cdefios"},
                      {'Z', "lps"},   {'S', "ckmo"}, {'C', "cfno"}};
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++) {
        if (!take(reader, categories[i].major))
            continue;
        buf_addc(reader->out, categories[i].major);
        if (take(reader, '}')) {
            buf_addc(reader->out, '}');
            return true;
        }
        if (reader->at == reader->end || *reader->at == '\0' ||
            strchr(categories[i].minors, *reader->at) == NULL)
            return false;
        buf_addc(reader->out, *reader->at++);
        buf_addc(reader->out, '}');
        return take(reader, '}');
    }
    return false;
}

/* SingleCharEsc / charClassEsc, behind the backslash. */
static bool copy_escape(struct reader *reader, bool *category)
{
    *category = false;
    if (reader->at == reader->end)
        return false;
    char byte = *reader->at++;
    if (byte == '\0' || strchr("()*+-.?[\\]^nrt{|}pP", byte) == NULL)
        return false;
    buf_addc(reader->out, '\\');
    buf_addc(reader->out, byte);
    if (byte != 'p' && byte != 'P')
        return true;
    *category = true;
    buf_addc(reader->out, '{');
    return take(reader, '{') && copy_category(reader);
}

/* CCchar, one character of a class or an escape for one. */
static bool copy_class_char(struct reader *reader, bool *category)
{
    unsigned code_point;
    size_t len = utf8_decode(reader->at, (size_t)(reader->end - reader->at), &code_point);
    *category = false;
    if (len == 0 || code_point == '-' || code_point == '[' || code_point == ']')
        return false;
    if (take(reader, '\\'))
        return copy_escape(reader, category);
    buf_add(reader->out, reader->at, len);
    reader->at += len;
    return true;
}

/* charClassExpr = "[" [ "^" ] ( "-" / CCE1 ) *CCE1 [ "-" ] "]", behind the bracket.
 * A hyphen that stands for itself is escaped: PCRE2 need not guess. So is what makes
 * [.a.], [:a:] and [=a=] classes of POSIX, which PCRE2 refuses here. */
static bool copy_class(struct reader *reader)
{
    bool category;
    bool any = false;
    buf_addc(reader->out, '[');
    if (reader->at < reader->end && memchr(".:=", *reader->at, 3) != NULL)
        buf_addc(reader->out, '\\');
    if (take(reader, '^'))
        buf_addc(reader->out, '^');
    if (take(reader, '-')) {
        buf_adds(reader->out, STR("\\-"));
        any = true;
    }
    for (;;) {
        if (any && take(reader, '-')) {
            buf_adds(reader->out, STR("\\-]"));
            return take(reader, ']');
        }
        if (any && take(reader, ']')) {
            buf_addc(reader->out, ']');
            return true;
        }
        /* CCE1 = ( CCchar [ "-" CCchar ] ) / charClassEsc */
        if (!copy_class_char(reader, &category))
            return false;
        any = true;
        if (category || reader->end - reader->at < 2 || reader->at[0] != '-' ||
            reader->at[1] == ']')
            continue;
        reader->at++;
        buf_addc(reader->out, '-');
        if (!copy_class_char(reader, &category) || category)
            return false;
    }
}

/* One atom that is no parenthesis: NormalChar or charClass. */
static bool copy_atom(struct reader *reader)
{
    unsigned code_point;
    bool category;
    if (take(reader, '\\'))
        return copy_escape(reader, &category);
    if (take(reader, '['))
        return copy_class(reader);
    if (take(reader, '.')) {
        buf_adds(reader->out, STR("[^\\n\\r]"));
        return true;
    }
    size_t len = utf8_decode(reader->at, (size_t)(reader->end - reader->at), &code_point);
    if (len == 0 || code_point == ']' || code_point == '{' || code_point == '}')
        return false;
    buf_add(reader->out, reader->at, len);
    reader->at += len;
    return true;
}

/* Whether the ^ or $ that is next can anchor: it begins or ends a branch, unrepeated. */
static bool is_anchor(const struct reader *reader, bool begin)
{
    const char *next = reader->at + 1;
    char behind = next < reader->end ? *next : '|';
    if (*reader->at == '^')
        return begin && memchr("*+?{", behind, 4) == NULL;
    return behind == '|' || behind == ')';
}

bool iregexp_translate(struct str pattern, struct buf *out)
{
    struct reader reader = {pattern.at, pattern.at + pattern.len, out};
    unsigned open = 0;
    bool atom = false; /* whether a quantifier may follow */
    bool begin = true; /* of a branch */
    while (reader.at < reader.end) {
        char byte = *reader.at;
        if (byte == '*' || byte == '+' || byte == '?' || byte == '{') {
            if (!atom)
                return false;
            reader.at++;
            atom = false;
            if (byte != '{')
                buf_addc(out, byte);
            else if (!copy_range(&reader))
                return false;
        } else if (byte == '(' || byte == ')' || byte == '|') {
            if ((byte == '(' && ++open > OPEN_MAX_DEPTH) || (byte == ')' && open-- == 0))
                return false;
            reader.at++;
            buf_addc(out, byte);
            atom = byte == ')';
        } else {
            if ((byte == '^' || byte == '$') && !is_anchor(&reader, begin))
                buf_addc(out, '\\');
            if (!copy_atom(&reader))
                return false;
            atom = true;
        }
        begin = byte == '(' || byte == '|';
    }
    return open == 0;
}

/* What means something else than itself, here or to PCRE2. */
static const bool special[UCHAR_MAX + 1] = {
    ['('] = true,  [')'] = true, ['['] = true, [']'] = true, ['{'] = true,
    ['}'] = true,  ['*'] = true, ['+'] = true, ['.'] = true, ['?'] = true,
    ['\\'] = true, ['|'] = true, ['^'] = true, ['$'] = true,
};

/* How many bytes of a pattern stand for themselves and have to be there. */
static size_t plain_len(struct str pattern)
{
    size_t len = 0;
    while (len < pattern.len && !special[(unsigned char)pattern.at[len]])
        len++;
    char next = len < pattern.len ? pattern.at[len] : '\0';
    if (len > 0 && (next == '*' || next == '?' || next == '{')) {
        /* The last character need not be there. */
        do
            len--;
        while (len > 0 && ((unsigned char)pattern.at[len] & 0xC0) == 0x80);
    }
    return len;
}

/* Whether there is a | outside of parentheses, or perhaps one. */
static bool has_branches(struct str pattern)
{
    size_t open = 0;
    bool class = false;
    for (size_t i = 0; i < pattern.len; i++) {
        char byte = pattern.at[i];
        if (byte == '\\')
            i++;
        else if (class || byte == '[')
            class = byte != ']';
        else if (byte == '|' && open == 0)
            return true;
        else if (byte == '(')
            open++;
        else if (byte == ')')
            open -= open > 0;
    }
    return false;
}

size_t iregexp_prefix(struct str pattern)
{
    return has_branches(pattern) ? 0 : plain_len(pattern);
}

enum iregexp_guess iregexp_guess(struct str pattern, struct str subject, bool whole)
{
    size_t len = plain_len(pattern);
    struct str plain = {pattern.at, len};
    if (len == 0 || pattern.len > IREGEXP_PATTERN_MAX)
        return IREGEXP_UNKNOWN;
    if (len == pattern.len) {
        bool found = whole ? str_equal(subject, plain)
                           : memmem(subject.at, subject.len, plain.at, plain.len) != NULL;
        return found ? IREGEXP_YES : IREGEXP_NO;
    }
    bool fits = !whole || (subject.len >= len && memcmp(subject.at, plain.at, len) == 0);
    return fits || has_branches(pattern) ? IREGEXP_UNKNOWN : IREGEXP_NO;
}
