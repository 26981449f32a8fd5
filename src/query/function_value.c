/* SPDX-License-Identifier: Apache-2.0
 *
 * The functions of RFC 9535 section 2.4 that are not about regular expressions, and those
 * about names, types and membership.
 */
#include "function.h"
#include "hash.h"
#include "number.h"

/* 2.4.4: characters of a string, elements, members; else Nothing. */
struct query_value function_length(struct query_call *call)
{
    const struct query_value *value = &call->arguments[0].value;
    if (value->type == NODE_ARRAY || value->type == NODE_OBJECT)
        return query_integer(value->node->len);
    if (!query_is_string(value))
        return query_nothing();
    size_t count = 0;
    for (size_t i = 0; i < value->text.len; i++)
        count += ((unsigned char)value->text.at[i] & 0xC0) != 0x80;
    return query_integer((__int128)count);
}

/* 2.4.5 */
struct query_value function_count(struct query_call *call)
{
    return query_integer((__int128)call->arguments[0].nodes.count);
}

/* 2.4.8: the value of the only node; Nothing where there is none or several. */
struct query_value function_value(struct query_call *call)
{
    return query_value_of(query_single(call, 0));
}

struct query_value function_key(struct query_call *call)
{
    const struct node *node = query_single(call, 0);
    if (node == NULL || node->parent == NULL)
        return query_nothing();
    if (node->parent->type == NODE_OBJECT)
        return query_string(node_key(node));
    return query_integer(node->index);
}

struct query_value function_type_of(struct query_call *call)
{
    static const char *const names[] = {
        [NODE_NULL] = "null",     [NODE_FALSE] = "boolean", [NODE_TRUE] = "boolean",
        [NODE_NUMBER] = "number", [NODE_STRING] = "string", [NODE_ARRAY] = "array",
        [NODE_OBJECT] = "object",
    };
    const struct query_value *value = &call->arguments[0].value;
    if (value->type == QUERY_NOTHING)
        return query_nothing();
    if (value->type == NODE_NUMBER && number_is_integer(query_text(value)))
        return query_string(STR("integer"));
    return query_string(str_of(names[value->type]));
}

/* Go's names, which the spec's fields are declared with, and JSON's. */
static const struct {
    const char *name;
    const char *low; /* of whole numbers; NULL for all else */
    const char *high;
    uint8_t types[2];
} scalars[] = {
    {"int8", "-128", "127", {NODE_NUMBER, NODE_NUMBER}},
    {"uint8", "0", "255", {NODE_NUMBER, NODE_NUMBER}},
    {"int16", "-32768", "32767", {NODE_NUMBER, NODE_NUMBER}},
    {"uint16", "0", "65535", {NODE_NUMBER, NODE_NUMBER}},
    {"int32", "-2147483648", "2147483647", {NODE_NUMBER, NODE_NUMBER}},
    {"uint32", "0", "4294967295", {NODE_NUMBER, NODE_NUMBER}},
    {"int64", "-9223372036854775808", "9223372036854775807", {NODE_NUMBER, NODE_NUMBER}},
    {"uint64", "0", "18446744073709551615", {NODE_NUMBER, NODE_NUMBER}},
    {"number", NULL, NULL, {NODE_NUMBER, NODE_NUMBER}},
    {"bool", NULL, NULL, {NODE_FALSE, NODE_TRUE}},
    {"string", NULL, NULL, {NODE_STRING, NODE_STRING}},
    {"object", NULL, NULL, {NODE_OBJECT, NODE_OBJECT}},
    {"array", NULL, NULL, {NODE_ARRAY, NODE_ARRAY}},
    {"null", NULL, NULL, {NODE_NULL, NODE_NULL}},
};

static bool is_scalar(const struct query_value *value, struct str type)
{
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        if (!str_equal(str_of(scalars[i].name), type))
            continue;
        if (value->type != scalars[i].types[0] && value->type != scalars[i].types[1])
            return false;
        struct str number = query_text(value);
        return scalars[i].low == NULL ||
               (number_is_integer(number) &&
                number_compare(str_of(scalars[i].low), number) <= 0 &&
                number_compare(number, str_of(scalars[i].high)) <= 0);
    }
    return false;
}

/* T[], map<T> or a scalar. The recursion ends with the type's text. */
static bool is_a(const struct query_value *value, struct str type)
{
    struct str inner = type;
    uint8_t outer;
    if (type.len > 2 && memcmp(type.at + type.len - 2, "[]", 2) == 0) {
        inner.len -= 2;
        outer = NODE_ARRAY;
    } else if (type.len > 5 && memcmp(type.at, "map<", 4) == 0 &&
               type.at[type.len - 1] == '>') {
        inner = (struct str){type.at + 4, type.len - 5};
        outer = NODE_OBJECT;
    } else {
        return is_scalar(value, type);
    }
    if (value->type != outer)
        return false;
    for (const struct node *child = value->node->child; child; child = child->next) {
        struct query_value element = query_value_of(child);
        if (!is_a(&element, inner))
            return false;
    }
    return true;
}

struct query_value function_is_a(struct query_call *call)
{
    const struct query_value *type = &call->arguments[1].value;
    return query_boolean(query_is_string(type) &&
                         is_a(&call->arguments[0].value, type->text));
}

/* Up to here a list is looked through, which costs less than an index of it. */
enum { SCAN_MAX = 16 };

/* The values of a list that is the same for every candidate. */
struct members {
    bool known;
    struct hash_index index;
};

static void members_release(void *memory)
{
    hash_index_release(&((struct members *)memory)->index);
}

static uint64_t value_hash(const struct query_value *value)
{
    if (value->node != NULL)
        return hash_node(value->node);
    if (value->type == NODE_STRING)
        return hash_text(value->text);
    if (value->type == NODE_NUMBER)
        return hash_number(query_text(value));
    struct node node = {.type = value->type};
    return hash_node(&node);
}

static bool in_constant(struct query_call *call, const struct query_value *value,
                        const struct nodes *nodes)
{
    struct members *members = query_memory(call, sizeof *members, members_release);
    if (!members->known) {
        for (size_t i = 0; i < nodes->count; i++)
            hash_index_add(&members->index, hash_node(nodes->items[i]), i);
        hash_index_sort(&members->index);
        members->known = true;
    }
    uint64_t hash = value_hash(value);
    size_t i = hash_index_find(&members->index, hash);
    for (; hash_index_has(&members->index, i, hash); i++) {
        struct query_value member =
            query_value_of(nodes->items[members->index.entries[i].place]);
        if (query_equal(value, &member))
            return true;
    }
    return false;
}

static bool has_value(const struct nodes *nodes, const struct query_value *value)
{
    for (size_t i = 0; i < nodes->count; i++) {
        const struct node *node = nodes->items[i];
        if (node->type != value->type ||
            (node->type == NODE_STRING && node->len != value->text.len))
            continue;
        struct query_value member = query_value_of(node);
        if (query_equal(value, &member))
            return true;
    }
    return false;
}

struct query_value function_in_nodes(struct query_call *call)
{
    const struct query_value *value = &call->arguments[0].value;
    const struct nodes *nodes = &call->arguments[1].nodes;
    if (value->type == QUERY_NOTHING)
        return query_boolean(false);
    if (call->arguments[1].constant && nodes->count > SCAN_MAX)
        return query_boolean(in_constant(call, value, nodes));
    return query_boolean(has_value(nodes, value));
}
