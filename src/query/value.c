/* SPDX-License-Identifier: Apache-2.0
 *
 * Values: what is compared and what functions take and give.
 */
#include "function.h"
#include "number.h"

#include <stdio.h>

struct query_value query_value_of(const struct node *node)
{
    struct query_value value; /* `digits` stays as it is: this is the hot path */
    value.type = node != NULL ? node->type : QUERY_NOTHING;
    value.is_short = false;
    value.node = node;
    value.text = node != NULL ? node_text(node) : (struct str){"", 0};
    return value;
}

struct query_value query_integer(__int128 number)
{
    struct query_value value = {.type = NODE_NUMBER};
    char digits[sizeof value.digits];
    size_t count = 0;
    unsigned __int128 left =
        number < 0 ? -(unsigned __int128)number : (unsigned __int128)number;
    do
        digits[count++] = (char)('0' + (int)(left % 10));
    while ((left /= 10) > 0 && count < sizeof digits);
    char *at = value.digits;
    if (number < 0)
        *at++ = '-';
    while (count > 0)
        *at++ = digits[--count];
    return value;
}

bool query_whole(const struct query_value *value, __int128 *number)
{
    uint64_t above;
    int64_t below;
    if (value->type != NODE_NUMBER)
        return false;
    if (number_uint64(query_text(value), &above)) {
        *number = above;
        return true;
    }
    if (number_int64(query_text(value), &below)) {
        *number = below;
        return true;
    }
    return false;
}

const struct node *query_single(const struct query_call *call, size_t argument)
{
    const struct nodes *nodes = &call->arguments[argument].nodes;
    return nodes->count == 1 ? nodes->items[0] : NULL;
}

bool query_short_number(struct str number, int64_t *value, uint8_t *scale)
{
    size_t i = number.len > 0 && number.at[0] == '-';
    size_t point = number.len;
    int64_t result = 0;
    if (number.len > 18)
        return false;
    for (size_t at = i; at < number.len; at++) {
        unsigned digit = (unsigned char)number.at[at] - '0';
        if (digit < 10)
            result = result * 10 + digit;
        else if (number.at[at] == '.')
            point = at + 1;
        else
            return false;
    }
    *value = i ? -result : result;
    *scale = (uint8_t)(number.len - point);
    return true;
}

static bool short_number(const struct query_value *value, int64_t *number, uint8_t *scale)
{
    *number = value->short_value;
    *scale = value->scale;
    return value->is_short || query_short_number(query_text(value), number, scale);
}

/* number_compare() is for any number; most are short, and filters compare many. */
static int compare_numbers(const struct query_value *a, const struct query_value *b)
{
    static const int64_t powers[] = {1,      10,      100,      1000,      10000,
                                     100000, 1000000, 10000000, 100000000, 1000000000};
    enum { POWERS = sizeof powers / sizeof *powers };
    int64_t x;
    int64_t y;
    uint8_t x_scale;
    uint8_t y_scale;
    if (short_number(a, &x, &x_scale) && short_number(b, &y, &y_scale)) {
        int x_more = y_scale > x_scale ? y_scale - x_scale : 0;
        int y_more = x_scale > y_scale ? x_scale - y_scale : 0;
        if (x_more < POWERS && y_more < POWERS &&
            !__builtin_mul_overflow(x, powers[x_more], &x) &&
            !__builtin_mul_overflow(y, powers[y_more], &y))
            return (x > y) - (x < y);
    }
    return number_compare(query_text(a), query_text(b));
}

/* RFC 9535 2.3.5.2.2. Nothing and the empty nodelist are the same here. A literal is
 * never an array or object, and no function gives one that is not a node. */
bool query_equal(const struct query_value *a, const struct query_value *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == NODE_STRING)
        return str_equal(a->text, b->text);
    if (a->type == NODE_NUMBER)
        return compare_numbers(a, b) == 0;
    if (a->type == NODE_ARRAY || a->type == NODE_OBJECT)
        return node_equal(a->node, b->node);
    return true;
}

bool query_less(const struct query_value *a, const struct query_value *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == NODE_STRING)
        return str_compare(a->text, b->text) < 0;
    return a->type == NODE_NUMBER && compare_numbers(a, b) < 0;
}
