/* SPDX-License-Identifier: Apache-2.0
 *
 * Logical expressions: existence tests, comparisons and calls (RFC 9535 2.3.5.2). Filters
 * spend their time here, so that comparing is in the same file.
 */
#include "number.h"
#include "quick.h"
#include "skip.h"

#include <assert.h>

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

static const struct node *find_root(struct query_run *run, const struct query_op *op)
{
    const struct node *first = NULL;
    const struct node *start = run_lacks(run, op) ? NULL : run_start(run, op);
    if (start != NULL && op->type)
        first = run_single(run, op->child, start);
    else if (start != NULL)
        run_from(run, op->child, start, NULL, &first);
    struct memo *memo = run_memo(run, op->slot);
    memo->node = first;
    memo->node_known = true;
    return first;
}

/* The first node of an absolute query, or NULL. */
static inline const struct node *first_of_root(struct query_run *run,
                                               const struct query_op *op)
{
    const struct memo *memo = &run->memos[op->slot];
    bool known = run->used[op->slot / 64] >> op->slot % 64 & 1 && memo->node_known;
    return known ? memo->node : find_root(run, op);
}

const struct node *run_start(struct query_run *run, const struct query_op *root)
{
    return root->base != 0 ? first_of_root(run, &run->ops[root->base]) : run->root;
}

/* The first node of a query, or NULL: what existence tests and values ask for. */
static inline const struct node *
first_of(struct query_run *run, const struct query_op *op, const struct node *current)
{
    const struct node *first = NULL;
    if (op->code == CODE_ROOT)
        return first_of_root(run, op);
    if (op->hash != 0)
        return run_member(run, op, current);
    if (op->type)
        return op->child == 0 ? current : run_single(run, op->child, current);
    if (!run_lacks(run, op))
        run_segments(run, op->child, current, NULL, &first);
    return first;
}

const struct memo *run_nodes(struct query_run *run, const struct query_op *query,
                             const struct node *current)
{
    struct memo *memo = run_memo(run, query->slot);
    bool absolute = query->code == CODE_ROOT;
    if (absolute && memo->nodes_known)
        return memo;
    const struct node *start = absolute ? run_start(run, query) : current;
    memo->nodes.count = 0;
    run->owning[query->slot / 64] |= (uint64_t)1 << query->slot % 64;
    if (start != NULL)
        run_segments(run, query->child, start, &memo->nodes, NULL);
    for (size_t i = 0; absolute && i < memo->nodes.count; i++) {
        if (memo->nodes.items[i]->type == NODE_STRING)
            memo->strings |= run_string_bit(memo->nodes.items[i]);
    }
    memo->nodes_known = true;
    return memo;
}

static void set_nodes(struct query_run *run, const struct query_op *op,
                      const struct node *current, struct query_argument *argument)
{
    if (!op->type) {
        argument->nodes = run_nodes(run, op, current)->nodes;
        return;
    }
    /* Singular: the list is the value's node. */
    argument->value.node = first_of(run, op, current);
    argument->nodes.items = &argument->value.node;
    argument->nodes.count = argument->value.node != NULL;
}

static void set_value(struct query_run *run, const struct query_op *op,
                      const struct node *current, struct query_value *value);

__attribute__((noinline)) static struct query_value
call(struct query_run *run, const struct query_op *op, const struct node *current)
{
    const struct query_function *function = query_function_at((size_t)op->number[0]);
    struct query_call call;
    assert(function != NULL); /* else query_extend() was forgotten */
    call.run = run;
    call.root = run->root;
    call.slot = op->slot;
    call.count = 0;
    for (uint32_t at = op->child; at != 0; at = run->ops[at].next) {
        const struct query_op *operand = &run->ops[at];
        struct query_argument *argument = &call.arguments[call.count];
        size_t last = function->count - 1u;
        size_t place = call.count < last ? call.count : last;
        argument->constant = operand->code == CODE_LITERAL || operand->code == CODE_ROOT;
        if (function->parameters[place] == QUERY_NODES)
            set_nodes(run, operand, current, argument);
        else if (function->parameters[place] == QUERY_VALUE)
            set_value(run, operand, current, &argument->value);
        else
            argument->value = query_boolean(run_holds(run, at, current));
        call.count++;
    }
    return function->call(&call);
}

/* Fills in place, `digits` only where it is used: filters compare many values. */
static void set_value(struct query_run *run, const struct query_op *op,
                      const struct node *current, struct query_value *value)
{
    if (op->code == CODE_CALL) {
        *value = call(run, op, current);
        return;
    }
    value->node = NULL;
    value->is_short = false;
    if (op->code == CODE_LITERAL) {
        value->type = op->type;
        value->is_short = op->number[0] != 0;
        value->scale = (uint8_t)op->number[1];
        value->short_value = op->number[2];
        value->text = (struct str){run->strings + op->text, op->len};
        return;
    }
    const struct node *node = first_of(run, op, current);
    value->type = node != NULL ? node->type : QUERY_NOTHING;
    value->node = node;
    value->text = node != NULL ? node_text(node) : (struct str){"", 0};
}

/* Most comparisons are with the literal of a string, and need not make values of both. */
static inline bool equals_string(struct query_run *run, const struct query_op *op,
                                 const struct node *current)
{
    const char *want = run->strings + op->want;
    const struct node *node = current;
    if (op->operands == OPERANDS_QUERY) {
        node = first_of(run, &run->ops[op->child], current);
    } else {
        if (op->operands == OPERANDS_MEMBER && run->texts != NULL &&
            !texts_have(run->texts, op->want_hash))
            return false;
        if (op->hash != 0)
            node = run_member(run, op, current);
    }
    if (node == NULL || node->type != NODE_STRING)
        return false;
    if (op->operands == OPERANDS_NORM_PATH)
        return path_equals(run, node_text(node), (struct str){want, op->want_len});
    return node->text_hash == op->want_hash && node->len == op->want_len &&
           mem_equal(node->value, want, node->len);
}

static inline bool holds_call(struct query_run *run, const struct query_op *op,
                              const struct node *current)
{
    if (op->number[1] != 0) {
        const struct query_op *subject = &run->ops[op->child];
        const struct node *node = first_of(run, subject, current);
        enum quick_answer answer = query_quick[op->number[1]](run, op, node);
        if (answer != QUICK_UNKNOWN)
            return answer == QUICK_YES;
    }
    return call(run, op, current).type == NODE_TRUE;
}

/* As query_equal of their values; the empty nodelists of two queries are equal. */
static bool same_nodes(const struct node *a, const struct node *b)
{
    if (a == NULL || b == NULL || a->type != b->type)
        return a == b;
    if (a->type == NODE_STRING)
        return node_same_string(a, b);
    return node_equal(a, b);
}

/* RFC 9535 2.3.5.2.2: the other operators are defined by these two. */
__attribute__((noinline)) static bool
compare(struct query_run *run, const struct query_op *op, const struct node *current)
{
    const struct query_op *first = &run->ops[op->child];
    const struct query_op *second = &run->ops[first->next];
    struct query_value left;
    struct query_value right;
    if (op->code == CODE_EQUAL && first->code <= CODE_CURRENT &&
        second->code <= CODE_CURRENT)
        return same_nodes(first_of(run, first, current), first_of(run, second, current));
    set_value(run, first, current, &left);
    if (op->code == CODE_EQUAL && second->code == CODE_LITERAL &&
        left.type != second->type)
        return false;
    set_value(run, second, current, &right);
    switch (op->code) {
    case CODE_EQUAL:
        return query_equal(&left, &right);
    case CODE_NOT_EQUAL:
        return !query_equal(&left, &right);
    case CODE_LESS:
        return query_less(&left, &right);
    case CODE_LESS_EQUAL:
        return query_less(&left, &right) || query_equal(&left, &right);
    case CODE_GREATER:
        return query_less(&right, &left);
    default:
        return query_less(&right, &left) || query_equal(&left, &right);
    }
}

static inline bool test(struct query_run *run, const struct query_op *op,
                        const struct node *current)
{
    switch (op->code) {
    case CODE_ROOT:
    case CODE_CURRENT:
        return first_of(run, op, current) != NULL;
    case CODE_CALL:
        return holds_call(run, op, current);
    case CODE_EQUAL:
    case CODE_NOT_EQUAL:
        if (op->operands != OPERANDS_ANY)
            return equals_string(run, op, current) == (op->code == CODE_EQUAL);
        break;
    }
    return compare(run, op, current);
}

/* From one test of an expression to another, or to its end. */
static inline bool holds_from(struct query_run *run, uint32_t at, uint32_t until,
                              const struct node *current)
{
    do {
        const struct query_op *op = &run->ops[at];
        at = test(run, op, current) ? op->yes : op->no;
    } while (at != TEST_HOLDS && at != TEST_FAILS && at != until);
    return at != TEST_FAILS;
}

bool run_tests(struct query_run *run, uint32_t from, uint32_t until,
               const struct node *current)
{
    return holds_from(run, from, until, current);
}

bool run_holds(struct query_run *run, uint32_t at, const struct node *current)
{
    const struct query_op *op = &run->ops[at];
    bool joins = op->code >= CODE_OR && op->code <= CODE_NOT;
    return holds_from(run, joins ? (uint32_t)op->number[0] : at, TEST_HOLDS, current);
}

bool run_filter(struct query_run *run, const struct query_op *filter, uint32_t next,
                const struct node *node, struct nodes *out, const struct node **first)
{
    uint32_t start = (uint32_t)filter->number[0];
    uint64_t seen = 0;
    for (const struct node *child = node->child; child; child = child->next) {
        child = skip_failing(run, filter, child, &seen);
        if (child == NULL)
            return false;
        if (!holds_from(run, start, TEST_HOLDS, child))
            continue;
        if (run_on(run, next, child, out, first))
            return true;
    }
    return false;
}
