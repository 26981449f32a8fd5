/* SPDX-License-Identifier: Apache-2.0 */
#include "quick.h"

enum { SCAN_MAX = 16 }; /* up to here all are compared, which costs less than an index */

/* Notes that a call was asked about a string. False where no earlier sibling can have the
 * same one. */
static bool may_repeat(struct query_run *run, const struct query_op *call,
                       const struct node *node, const struct node *string)
{
    struct run_siblings *siblings = &run->siblings;
    uint64_t bit = run_string_bit(string);
    if (node->index == 0)
        *siblings = (struct run_siblings){.call = call, .parent = node->parent};
    if (siblings->call != call || siblings->parent != node->parent ||
        siblings->count != node->index)
        return true;
    bool seen = siblings->strings & bit;
    siblings->strings |= bit;
    siblings->count++;
    return seen;
}

/* Strings, or strings in a member, among few siblings. */
static enum quick_answer quick_duplicate(struct query_run *run,
                                         const struct query_op *call,
                                         const struct node *node)
{
    const struct query_op *name = &run->ops[run->ops[call->child].next];
    bool named = name->code == CODE_LITERAL && name->type == NODE_STRING;
    if (node == NULL || node->parent == NULL)
        return QUICK_NO;
    if (node->index >= SCAN_MAX || (named ? name->next : run->ops[call->child].next) != 0)
        return QUICK_UNKNOWN;
    const struct node *value = named ? run_member(run, name, node) : node;
    if (value == NULL)
        return QUICK_NO;
    if (value->type != NODE_STRING)
        return QUICK_UNKNOWN;
    if (!may_repeat(run, call, node, value))
        return QUICK_NO;
    const struct node *sibling = node->parent->child;
    for (; sibling != node; sibling = sibling->next) {
        const struct node *other = named ? run_member(run, name, sibling) : sibling;
        if (other != NULL && node_same_string(other, value))
            return QUICK_YES;
    }
    return QUICK_NO;
}

enum quick_answer quick_in_list(const struct memo *list, const struct node *string)
{
    const struct nodes *nodes = &list->nodes;
    if ((list->strings & run_string_bit(string)) == 0)
        return QUICK_NO;
    if (nodes->count > SCAN_MAX)
        return QUICK_UNKNOWN;
    for (size_t i = 0; i < nodes->count; i++) {
        if (node_same_string(nodes->items[i], string))
            return QUICK_YES;
    }
    return QUICK_NO;
}

/* A string among the nodes of an absolute query. */
static enum quick_answer quick_in_nodes(struct query_run *run,
                                        const struct query_op *call,
                                        const struct node *node)
{
    const struct query_op *list = &run->ops[run->ops[call->child].next];
    if (node == NULL)
        return QUICK_NO;
    if (node->type != NODE_STRING || list->code != CODE_ROOT || list->type)
        return QUICK_UNKNOWN;
    return quick_in_list(run_nodes(run, list, NULL), node);
}

static query_function_fn *const functions[] = {
    NULL,
    function_match,
    function_duplicate_of_earlier,
    function_in_nodes,
    function_option,
};

quick_fn *const query_quick[] = {
    NULL, quick_match, quick_duplicate, quick_in_nodes, quick_option,
};

int64_t query_quick_find(query_function_fn *function)
{
    size_t i = sizeof functions / sizeof *functions - 1;
    while (i > 0 && functions[i] != function)
        i--;
    return (int64_t)i;
}
