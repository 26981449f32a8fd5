/* SPDX-License-Identifier: Apache-2.0
 *
 * Values: what is compared and what functions take and give.
 */
#include "function.h"
#include "number.h"

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
