/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_scalar.h"

#include <stdint.h>

static const struct {
    struct str text;
    enum scalar_kind kind;
} words[] = {
    {{"", 0}, SCALAR_NULL},           {{"~", 1}, SCALAR_NULL},
    {{"null", 4}, SCALAR_NULL},       {{"Null", 4}, SCALAR_NULL},
    {{"NULL", 4}, SCALAR_NULL},       {{"true", 4}, SCALAR_TRUE},
    {{"True", 4}, SCALAR_TRUE},       {{"TRUE", 4}, SCALAR_TRUE},
    {{"false", 5}, SCALAR_FALSE},     {{"False", 5}, SCALAR_FALSE},
    {{"FALSE", 5}, SCALAR_FALSE},     {{".inf", 4}, SCALAR_NOT_FINITE},
    {{".Inf", 4}, SCALAR_NOT_FINITE}, {{".INF", 4}, SCALAR_NOT_FINITE},
    {{".nan", 4}, SCALAR_NOT_FINITE}, {{".NaN", 4}, SCALAR_NOT_FINITE},
    {{".NAN", 4}, SCALAR_NOT_FINITE},
};

/* The value of a digit, or 16 for what is none. */
static unsigned digit_value(char byte)
{
    if (byte >= '0' && byte <= '9')
        return (unsigned)(byte - '0');
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? (unsigned)(byte - 'a' + 10) : 16;
}

/* The place of the first byte from `at` that is no digit of the base. */
static size_t skip_digits(struct str text, size_t at, unsigned base)
{
    while (at < text.len && digit_value(text.at[at]) < base)
        at++;
    return at;
}

static bool is_sign(struct str text, size_t at)
{
    return at < text.len && (text.at[at] == '-' || text.at[at] == '+');
}

/* 8 or 16 for 0o… and 0x… with a digit; else 0. */
static unsigned prefixed_base(struct str text)
{
    unsigned base = 0;
    if (text.len < 3 || text.at[0] != '0')
        return 0;
    if (text.at[1] == 'o')
        base = 8;
    else if (text.at[1] == 'x')
        base = 16;
    return base != 0 && skip_digits(text, 2, base) == text.len ? base : 0;
}

/* [-+]? [0-9]+ and [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static enum scalar_kind decimal_kind(struct str text)
{
    size_t start = is_sign(text, 0);
    size_t at = skip_digits(text, start, 10);
    size_t digits = at - start;
    if (at == text.len)
        return digits > 0 ? SCALAR_INT : SCALAR_STRING;
    if (text.at[at] == '.') {
        size_t end = skip_digits(text, at + 1, 10);
        digits += end - at - 1;
        at = end;
    }
    if (digits == 0)
        return SCALAR_STRING;
    if (at < text.len && (text.at[at] | 0x20) == 'e') {
        at++;
        at += is_sign(text, at);
        size_t end = skip_digits(text, at, 10);
        if (end == at)
            return SCALAR_STRING;
        at = end;
    }
    return at == text.len ? SCALAR_FLOAT : SCALAR_STRING;
}

enum scalar_kind scalar_kind(struct str text)
{
    /* A sign belongs to infinity, not to NaN. */
    bool infinity = text.len == 5 && is_sign(text, 0) && (text.at[2] | 0x20) == 'i';
    struct str word = infinity ? (struct str){text.at + 1, 4} : text;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal(word, words[i].text))
            return words[i].kind;
    }
    return prefixed_base(text) != 0 ? SCALAR_INT : decimal_kind(text);
}

/* Adds the decimal digits of a number to the base 8 or 16. */
static void add_decimal(struct str digits, unsigned base, struct buf *out)
{
    enum { LIMB = 1000000000, LIMBS_MAX = SCALAR_DIGITS_MAX * 4 / 29 + 1 };
    uint32_t limbs[LIMBS_MAX] = {0}; /* of nine decimal digits, over 29 bits; low first */
    size_t count = 1;
    for (size_t i = 0; i < digits.len; i++) {
        uint64_t carry = digit_value(digits.at[i]);
        for (size_t k = 0; k < count; k++) {
            carry += (uint64_t)limbs[k] * base;
            limbs[k] = (uint32_t)(carry % LIMB);
            carry /= LIMB;
        }
        if (carry > 0)
            limbs[count++] = (uint32_t)carry;
    }
    buf_addf(out, "%u", limbs[count - 1]);
    for (size_t k = count - 1; k-- > 0;)
        buf_addf(out, "%09u", limbs[k]);
}

bool scalar_number(struct str text, struct buf *out)
{
    unsigned base = prefixed_base(text);
    if (base != 0) {
        if (text.len - 2 > SCALAR_DIGITS_MAX)
            return false;
        add_decimal((struct str){text.at + 2, text.len - 2}, base, out);
        return true;
    }
    size_t start = is_sign(text, 0);
    size_t end = skip_digits(text, start, 10);
    if (text.at[0] == '-')
        buf_addc(out, '-');
    while (start + 1 < end && text.at[start] == '0')
        start++;
    if (start == end)
        buf_addc(out, '0');
    buf_add(out, text.at + start, end - start);
    if (end < text.len && text.at[end] == '.') {
        start = end;
        end = skip_digits(text, end + 1, 10);
        buf_add(out, text.at + start, end - start);
        if (end == start + 1)
            buf_addc(out, '0');
    }
    buf_add(out, text.at + end, text.len - end);
    return true;
}
