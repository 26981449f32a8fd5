/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions about texts of a known form.
 */
#include "function.h"

#include <arpa/inet.h>
#include <limits.h>

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_identifier(char byte)
{
    return is_digit(byte) || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '-';
}

/* Takes the bytes before the first one that is `end`, or all; moves behind it. */
static struct str take_until(struct str *text, char end)
{
    const char *found = text->len > 0 ? memchr(text->at, end, text->len) : NULL;
    struct str taken = {text->at, found ? (size_t)(found - text->at) : text->len};
    size_t used = taken.len + (found != NULL);
    *text = (struct str){text->at + used, text->len - used};
    return taken;
}

static bool is_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i]))
            return false;
    }
    return text.len > 0;
}

static bool is_numeric(struct str text) /* without leading zeros */
{
    return is_digits(text) && (text.len == 1 || text.at[0] != '0');
}

struct semver {
    struct str core[3];
    struct str pre; /* at == NULL where there is none */
};

/* Dot-separated identifiers; numeric ones of a pre-release have no leading zeros. */
static bool are_identifiers(struct str text, bool pre)
{
    bool more = true;
    while (more) {
        more = text.len > 0 && memchr(text.at, '.', text.len) != NULL;
        struct str part = take_until(&text, '.');
        if (part.len == 0 || (pre && is_digits(part) && !is_numeric(part)))
            return false;
        for (size_t i = 0; i < part.len; i++) {
            if (!is_identifier(part.at[i]))
                return false;
        }
    }
    return true;
}

/* Semantic Versioning 2.0.0, clauses 2, 9 and 10. */
static bool parse_semver(const struct query_value *value, struct semver *version)
{
    if (!query_is_string(value))
        return false;
    struct str rest = value->text;
    struct str build = rest;
    struct str before_build = take_until(&build, '+');
    bool has_build = before_build.len < value->text.len;
    struct str pre = before_build;
    struct str core = take_until(&pre, '-');
    bool has_pre = core.len < before_build.len;
    for (int i = 0; i < 3; i++) {
        bool dot = core.len > 0 && memchr(core.at, '.', core.len) != NULL;
        version->core[i] = take_until(&core, '.');
        if (!is_numeric(version->core[i]) || dot != (i < 2))
            return false;
    }
    version->pre = has_pre ? pre : (struct str){0};
    return (!has_pre || are_identifiers(pre, true)) &&
           (!has_build || are_identifiers(build, false));
}

/* Numbers of any length, without leading zeros. */
static int compare_numeric(struct str a, struct str b)
{
    return a.len != b.len ? (a.len < b.len ? -1 : 1) : str_compare(a, b);
}

/* Clause 11: numeric identifiers are below the others, fewer fields below more. */
static int compare_pre(struct str a, struct str b)
{
    while (a.len > 0 && b.len > 0) {
        struct str left = take_until(&a, '.');
        struct str right = take_until(&b, '.');
        bool left_numeric = is_digits(left);
        bool right_numeric = is_digits(right);
        int order = left_numeric != right_numeric ? (left_numeric ? -1 : 1)
                    : left_numeric                ? compare_numeric(left, right)
                                                  : str_compare(left, right);
        if (order != 0)
            return order;
    }
    return (a.len > 0) - (b.len > 0);
}

static int compare_semver(const struct semver *a, const struct semver *b)
{
    for (int i = 0; i < 3; i++) {
        int order = compare_numeric(a->core[i], b->core[i]);
        if (order != 0)
            return order;
    }
    if (a->pre.at == NULL || b->pre.at == NULL)
        return (a->pre.at == NULL) - (b->pre.at == NULL);
    return compare_pre(a->pre, b->pre);
}

struct query_value function_is_semver(struct query_call *call)
{
    struct semver version;
    return query_boolean(parse_semver(&call->arguments[0].value, &version));
}

struct query_value function_semver_lt(struct query_call *call)
{
    struct semver a;
    struct semver b;
    return query_boolean(parse_semver(&call->arguments[0].value, &a) &&
                         parse_semver(&call->arguments[1].value, &b) &&
                         compare_semver(&a, &b) < 0);
}

/* Up to INT_MAX, as the kernel's bitmap_parselist() takes them. */
static bool parse_small(struct str digits, long *number)
{
    if (!is_digits(digits) || digits.len > 10)
        return false;
    *number = 0;
    for (size_t i = 0; i < digits.len; i++)
        *number = *number * 10 + (digits.at[i] - '0');
    return *number <= INT_MAX;
}

/* The list format of cpuset(7): numbers and ranges from low to high. */
static bool is_cpulist(struct str list)
{
    if (list.len == 0 || list.at[list.len - 1] == ',')
        return false;
    while (list.len > 0) {
        struct str last = take_until(&list, ',');
        struct str first = last;
        long low;
        long high;
        if (memchr(last.at, '-', last.len) != NULL)
            first = take_until(&last, '-');
        if (!parse_small(first, &low) || !parse_small(last, &high) || low > high)
            return false;
    }
    return true;
}

struct query_value function_is_cpulist(struct query_call *call)
{
    const struct query_value *list = &call->arguments[0].value;
    return query_boolean(query_is_string(list) && is_cpulist(list->text));
}

static bool is_ip(struct str address, int family)
{
    char text[INET6_ADDRSTRLEN];
    struct in6_addr binary;
    if (address.len == 0 || address.len >= sizeof text ||
        memchr(address.at, '\0', address.len) != NULL)
        return false;
    memcpy(text, address.at, address.len);
    text[address.len] = '\0';
    return inet_pton(family, text, &binary) == 1;
}

static bool is_prefixed_ip(struct str text, int family, bool prefix)
{
    bool slash = text.len > 0 && memchr(text.at, '/', text.len) != NULL;
    long bits = 0;
    struct str rest = text;
    struct str address = take_until(&rest, '/');
    if (slash && (!prefix || !is_numeric(rest) || !parse_small(rest, &bits)))
        return false;
    return bits <= (family == AF_INET ? 32 : 128) && is_ip(address, family);
}

struct query_value function_is_ip(struct query_call *call)
{
    const struct query_value *text = &call->arguments[0].value;
    bool prefix = call->arguments[2].value.type == NODE_TRUE;
    __int128 version;
    if (!query_is_string(text) || !query_whole(&call->arguments[1].value, &version))
        return query_boolean(false);
    return query_boolean(
        ((version == 4 || version == 0) && is_prefixed_ip(text->text, AF_INET, prefix)) ||
        ((version == 6 || version == 0) && is_prefixed_ip(text->text, AF_INET6, prefix)));
}

/* The kernel names the files of the hugetlb controller by the largest whole unit
 * (mm/hugetlb_cgroup.c, mem_fmt()). */
struct query_value function_hugepage_canonical(struct query_call *call)
{
    static const char units[] = "KMG";
    const struct query_value *value = &call->arguments[0].value;
    struct str text = value->text;
    uint64_t size = 0;
    AUTO_BUF struct buf out = {0};
    if (!query_is_string(value) || text.len < 3 || text.at[text.len - 1] != 'B')
        return query_nothing();
    const char *unit = memchr(units, text.at[text.len - 2], sizeof units - 1);
    struct str digits = {text.at, text.len - 2};
    if (unit == NULL || !is_numeric(digits) || digits.at[0] == '0')
        return query_nothing();
    for (size_t i = 0; i < digits.len; i++) {
        if (__builtin_mul_overflow(size, (uint64_t)10, &size) ||
            __builtin_add_overflow(size, (uint64_t)(digits.at[i] - '0'), &size))
            return query_nothing();
    }
    for (; size % 1024 == 0 && unit[1] != '\0'; unit++)
        size /= 1024;
    buf_addf(&out, "%llu%cB", (unsigned long long)size, *unit);
    return query_string(
        (struct str){arena_copy(query_arena(call), out.data, out.len), out.len});
}
