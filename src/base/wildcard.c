/* SPDX-License-Identifier: Apache-2.0 */
#include "wildcard.h"

#include <ctype.h>

static const struct {
    const char *name;
    int (*is)(int byte);
} classes[] = {
    {"alnum", isalnum}, {"alpha", isalpha}, {"blank", isblank}, {"cntrl", iscntrl},
    {"digit", isdigit}, {"graph", isgraph}, {"lower", islower}, {"print", isprint},
    {"punct", ispunct}, {"space", isspace}, {"upper", isupper}, {"xdigit", isxdigit},
};

/* A class such as [:digit:] at `at`; its length, or 0 if there is none. */
static size_t match_class(struct str glob, size_t at, unsigned char byte, bool *matches)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++) {
        size_t len = strlen(classes[i].name);
        if (glob.len - at < len + 4 || memcmp(glob.at + at, "[:", 2) != 0 ||
            memcmp(glob.at + at + 2, classes[i].name, len) != 0 ||
            memcmp(glob.at + at + 2 + len, ":]", 2) != 0)
            continue;
        *matches = *matches || classes[i].is(byte);
        return len + 4;
    }
    return 0;
}

/* One character of a bracket expression. */
static size_t take_member(struct str glob, size_t at, unsigned char *byte)
{
    size_t len = glob.at[at] == '\\' && at + 1 < glob.len ? 2 : 1;
    *byte = (unsigned char)glob.at[at + len - 1];
    return len;
}

/* A bracket expression at `at`, which is a [; its length, or 0 if it is not closed. */
static size_t match_bracket(struct str glob, size_t at, unsigned char byte, bool *matches)
{
    size_t i = at + 1;
    bool negated = i < glob.len && (glob.at[i] == '!' || glob.at[i] == '^');
    bool any = false;
    i += negated;
    for (size_t first = i; i < glob.len && (glob.at[i] != ']' || i == first);) {
        unsigned char low, high;
        size_t len = match_class(glob, i, byte, &any);
        if (len > 0) {
            i += len;
            continue;
        }
        i += take_member(glob, i, &low);
        high = low;
        if (i + 1 < glob.len && glob.at[i] == '-' && glob.at[i + 1] != ']')
            i += 1 + take_member(glob, i + 1, &high);
        any = any || (byte >= low && byte <= high);
    }
    if (i >= glob.len)
        return 0;
    *matches = any != negated && byte != '/';
    return i + 1 - at;
}

/* Matches one byte of a path; the length of what matched it, or 0. */
static size_t match_byte(struct str glob, size_t at, unsigned char byte)
{
    bool matches = false;
    size_t len;
    switch (glob.at[at]) {
    case '?':
        return byte != '/';
    case '[':
        len = match_bracket(glob, at, byte, &matches);
        if (len > 0)
            return matches ? len : 0;
        return byte == '[';
    case '\\':
        if (at + 1 < glob.len)
            return (unsigned char)glob.at[at + 1] == byte ? 2 : 0;
        return byte == '\\';
    default:
        return (unsigned char)glob.at[at] == byte;
    }
}

/* Whether ** is a whole name of the glob. */
static bool is_deep(struct str glob, size_t at)
{
    return glob.len - at >= 2 && memcmp(glob.at + at, "**", 2) == 0 &&
           (at == 0 || glob.at[at - 1] == '/') &&
           (at + 2 == glob.len || glob.at[at + 2] == '/');
}

/* Where matching goes on when it fails: behind the last * or ** of the glob, which then
 * stands for one byte, or one name, more. Only the last of each kind need be kept: what
 * an earlier one might take, a later one can take as well. */
struct resume {
    size_t glob;
    size_t path;
    bool set;
};

bool glob_match(struct str glob, struct str path)
{
    struct resume star = {0};
    struct resume deep = {0};
    size_t g = 0;
    size_t p = 0;
    for (;;) {
        size_t len = 0;
        if (g < glob.len && is_deep(glob, g)) {
            if (g + 2 == glob.len)
                return p < path.len;
            g += 3;
            deep = (struct resume){g, p, true};
            star.set = false;
            continue;
        }
        if (g < glob.len && glob.at[g] == '*') {
            while (g < glob.len && glob.at[g] == '*')
                g++;
            star = (struct resume){g, p, true};
            continue;
        }
        if (g == glob.len && p == path.len)
            return true;
        if (g < glob.len && p < path.len)
            len = match_byte(glob, g, (unsigned char)path.at[p]);
        if (len > 0) {
            g += len;
            p++;
        } else if (star.set && star.path < path.len && path.at[star.path] != '/') {
            p = ++star.path;
            g = star.glob;
        } else if (deep.set) {
            const char *slash = memchr(path.at + deep.path, '/', path.len - deep.path);
            if (slash == NULL)
                return false;
            p = deep.path = (size_t)(slash - path.at) + 1;
            g = deep.glob;
            star.set = false;
        } else {
            return false;
        }
    }
}

bool glob_covers(struct str glob, struct str path)
{
    while (glob.len > 0 && glob.at[glob.len - 1] == '/')
        glob.len--;
    bool anywhere = glob.len > 0 && memchr(glob.at, '/', glob.len) == NULL;
    if (glob.len > 0 && glob.at[0] == '/')
        glob = (struct str){glob.at + 1, glob.len - 1};
    for (size_t start = 0, end = 0; end <= path.len; end++) {
        if (end < path.len && path.at[end] != '/')
            continue;
        if (glob_match(glob, (struct str){path.at + start, end - start}))
            return true;
        if (anywhere)
            start = end + 1;
    }
    return false;
}
