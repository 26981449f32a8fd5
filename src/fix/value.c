/* SPDX-License-Identifier: Apache-2.0 */
#include "value.h"

/* A name with NUL bytes, which jansson cannot take, gets another byte that UTF-8 lacks.
 */
static void set_member(json_t *object, const struct node *member)
{
    AUTO_FREE char *key = mem_copy(member->key, member->key_len);
    for (uint32_t i = 0; i < member->key_len; i++)
        if (key[i] == '\0')
            key[i] = VALUE_NUMBER;
    if (json_object_set_new_nocheck(object, key, value_of(member)) != 0)
        abort(); /* no memory */
}

json_t *value_of(const struct node *node)
{
    json_t *value = NULL;
    AUTO_BUF struct buf number = {0};
    switch ((enum node_type)node->type) {
    case NODE_NULL:
        return json_null();
    case NODE_FALSE:
        return json_false();
    case NODE_TRUE:
        return json_true();
    case NODE_NUMBER:
        buf_addc(&number, VALUE_NUMBER);
        buf_adds(&number, node_text(node));
        value = json_stringn_nocheck(number.data, number.len);
        break;
    case NODE_STRING:
        value = json_stringn_nocheck(node->value, node->len);
        break;
    case NODE_ARRAY:
        value = json_array();
        break;
    case NODE_OBJECT:
        value = json_object();
        break;
    }
    if (value == NULL)
        abort(); /* no memory */
    for (const struct node *child = node->child; child != NULL; child = child->next) {
        if (node->type == NODE_OBJECT)
            set_member(value, child);
        else if (json_array_append_new(value, value_of(child)) != 0)
            abort();
    }
    return value;
}
