/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"

/* A number as 0.DIGITS times ten to the `exponent`, its digits without zeros at either
 * end; no digits for zero. */
struct decimal {
    bool negative;
    int64_t exponent;
    const char *first; /* first digit that is not 0 */
    const char *last;  /* behind the last one; a '.' may lie between */
    size_t digits;
};

#define EXPONENT_MAX ((int64_t)1 << 60)

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static int64_t parse_exponent(const char *at, const char *end)
{
    int64_t value = 0;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+')
        at++;
    for (; at < end; at++) {
        int digit = *at - '0';
        value = value > (EXPONENT_MAX - digit) / 10 ? EXPONENT_MAX : value * 10 + digit;
    }
    return negative ? -value : value;
}

static struct decimal decimal_of(struct str number)
{
    struct decimal decimal = {0};
    const char *at = number.at;
    const char *end = number.at + number.len;
    int64_t before_point = 0;
    bool point = false;
    if (at < end && *at == '-') {
        decimal.negative = true;
        at++;
    }
    for (; at < end && (is_digit(*at) || *at == '.'); at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        if (decimal.first == NULL && *at == '0') {
            before_point -= point; /* 0.00123 is 0.123e-2 */
            continue;
        }
        if (decimal.first == NULL)
            decimal.first = at;
        before_point += !point;
        if (*at != '0')
            decimal.last = at + 1;
    }
    if (decimal.first == NULL)
        return (struct decimal){0}; /* -0 is 0 */
    for (const char *digit = decimal.first; digit < decimal.last; digit++)
        decimal.digits += *digit != '.';
    decimal.exponent = before_point;
    if (end - at > 1) /* an e, and at least a digit */
        decimal.exponent += parse_exponent(at + 1, end);
    return decimal;
}

static int compare_digits(const struct decimal *a, const struct decimal *b)
{
    const char *left = a->first;
    const char *right = b->first;
    while (left < a->last && right < b->last) {
        if (*left == '.')
            left++;
        if (*right == '.')
            right++;
        if (*left != *right)
            return *left < *right ? -1 : 1;
        left++;
        right++;
    }
    return (left < a->last) - (right < b->last);
}

/* Up to 18 digits and no fraction: the common case. */
static bool short_integer(struct str number, int64_t *value)
{
    size_t i = number.len > 0 && number.at[0] == '-';
    if (number.len - i > 18)
        return false;
    int64_t result = 0;
    for (size_t digit = i; digit < number.len; digit++) {
        if (!is_digit(number.at[digit]))
            return false;
        result = result * 10 + (number.at[digit] - '0');
    }
    *value = i ? -result : result;
    return true;
}

int number_compare(struct str a, struct str b)
{
    int64_t left;
    int64_t right;
    if (short_integer(a, &left) && short_integer(b, &right))
        return (left > right) - (left < right);
    struct decimal x = decimal_of(a);
    struct decimal y = decimal_of(b);
    int sign = x.negative ? -1 : 1;
    if (x.digits == 0 || y.digits == 0)
        return (x.digits ? sign : 0) - (y.digits ? (y.negative ? -1 : 1) : 0);
    if (x.negative != y.negative)
        return sign;
    if (x.exponent != y.exponent)
        return x.exponent < y.exponent ? -sign : sign;
    return sign * compare_digits(&x, &y);
}

bool number_is_integer(struct str number)
{
    struct decimal decimal = decimal_of(number);
    return decimal.digits == 0 || decimal.exponent >= (int64_t)decimal.digits;
}

static bool magnitude(struct str number, uint64_t *value, bool *negative)
{
    struct decimal decimal = decimal_of(number);
    *value = 0;
    *negative = decimal.negative;
    if (decimal.digits == 0)
        return true;
    if (decimal.exponent < (int64_t)decimal.digits || decimal.exponent > 20)
        return false;
    const char *digit = decimal.first;
    for (int64_t i = 0; i < decimal.exponent; i++) {
        if (digit < decimal.last && *digit == '.')
            digit++;
        unsigned next = digit < decimal.last ? (unsigned)(*digit++ - '0') : 0;
        if (__builtin_mul_overflow(*value, (uint64_t)10, value) ||
            __builtin_add_overflow(*value, (uint64_t)next, value))
            return false;
    }
    return true;
}

bool number_int64(struct str number, int64_t *value)
{
    uint64_t size;
    bool negative;
    if (short_integer(number, value))
        return true;
    if (!magnitude(number, &size, &negative) || size > (uint64_t)INT64_MAX + negative)
        return false;
    *value = negative ? (int64_t)(0 - size) : (int64_t)size;
    return true;
}

bool number_uint64(struct str number, uint64_t *value)
{
    int64_t small;
    bool negative;
    if (short_integer(number, &small)) {
        *value = (uint64_t)small;
        return small >= 0;
    }
    return magnitude(number, value, &negative) && !negative;
}
