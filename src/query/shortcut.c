/* SPDX-License-Identifier: Apache-2.0 */
#include "shortcut.h"

#include "function.h"
#include "iregexp.h"
#include "quick.h"
#include "skip.h"

static struct str text_of(const struct parser *parser, uint32_t at)
{
    const struct query_op *op = &parser->ops[at];
    return (struct str){buf_str(&parser->strings).at + op->text, op->len};
}

static bool is_step(const struct parser *parser, uint32_t segment)
{
    const struct query_op *selector = &parser->ops[parser->ops[segment].child];
    return parser->ops[segment].code == CODE_CHILD && selector->next == 0 &&
           (selector->code == CODE_NAME || selector->code == CODE_INDEX);
}

/* Most segments are names: then they need not be looked up. */
static void mark_names(struct parser *parser)
{
    for (uint32_t i = 1; i < parser->count; i++) {
        struct query_op *op = &parser->ops[i];
        const struct query_op *selector = &parser->ops[op->child];
        if (op->code != CODE_CHILD || selector->code != CODE_NAME || selector->next != 0)
            continue;
        op->text = selector->text;
        op->len = selector->len;
        op->hash = selector->hash;
    }
}

/* Marks the segments from which on all are single steps, the last ones first: a segment
 * stands before those behind it. */
static void mark_steps(struct parser *parser)
{
    for (uint32_t i = (uint32_t)parser->count; i-- > 1;) {
        struct query_op *op = &parser->ops[i];
        if (op->code == CODE_CHILD)
            op->number[0] = is_step(parser, i) &&
                            (op->next == 0 || parser->ops[op->next].number[0] != 0);
    }
}

/* Cuts off the single steps that an absolute query begins with, if others follow. */
static bool split_root(struct parser *parser, uint32_t root)
{
    uint32_t last = 0;
    uint32_t rest = parser->ops[root].child;
    while (rest != 0 && is_step(parser, rest)) {
        last = rest;
        rest = parser->ops[rest].next;
    }
    if (last == 0 || rest == 0)
        return true;
    uint32_t base = parser_op(parser, CODE_ROOT);
    if (!parser_slot(parser, base))
        return false;
    parser->ops[base].type = true;
    parser->ops[base].child = parser->ops[root].child;
    parser->ops[last].next = 0;
    parser->ops[root].child = rest;
    parser->ops[root].base = base;
    return true;
}

/* @.name */
static void mark_name(struct parser *parser, struct query_op *current)
{
    const struct query_op *segment = &parser->ops[current->child];
    const struct query_op *selector = &parser->ops[segment->child];
    if (current->child == 0 || !current->type || segment->next != 0 ||
        selector->code != CODE_NAME)
        return;
    current->text = selector->text;
    current->len = selector->len;
    current->hash = selector->hash;
}

static bool is_string(const struct parser *parser, uint32_t at)
{
    return parser->ops[at].code == CODE_LITERAL && parser->ops[at].type == NODE_STRING;
}

static bool is_path(const struct parser *parser, uint32_t at)
{
    return parser->ops[at].code == CODE_ROOT || parser->ops[at].code == CODE_CURRENT;
}

static bool calls(const struct parser *parser, uint32_t at, query_function_fn *function)
{
    const struct query_op *op = &parser->ops[at];
    return op->code == CODE_CALL &&
           query_function_at((size_t)op->number[0])->call == function;
}

/* @ and @.name, behind mark_name() */
static bool is_member(const struct parser *parser, uint32_t at)
{
    const struct query_op *op = &parser->ops[at];
    return op->code == CODE_CURRENT && (op->child == 0 || op->hash != 0);
}

static void mark_operands(struct parser *parser, struct query_op *op)
{
    uint32_t left = op->child;
    uint32_t right = parser->ops[left].next;
    struct str want = text_of(parser, right);
    if (!is_string(parser, right))
        return;
    op->operands = is_path(parser, left) ? OPERANDS_QUERY : OPERANDS_ANY;
    if (is_member(parser, left))
        op->operands = OPERANDS_MEMBER;
    if (calls(parser, left, function_norm_path) && path_is_clean(want)) {
        left = parser->ops[left].child;
        if (is_member(parser, left))
            op->operands = OPERANDS_NORM_PATH;
    }
    if (op->operands == OPERANDS_ANY)
        return;
    op->want = parser->ops[right].text;
    op->want_len = parser->ops[right].len;
    op->want_hash = node_text_hash(want);
    if (op->operands == OPERANDS_QUERY)
        return;
    op->text = parser->ops[left].text;
    op->len = parser->ops[left].len;
    op->hash = parser->ops[left].hash;
}

static void mark_call(struct parser *parser, struct query_op *call)
{
    const struct query_op *first = &parser->ops[call->child];
    if (call->child == 0 || !first->type || !is_path(parser, call->child))
        return;
    call->number[1] = query_quick_find(query_function_at((size_t)call->number[0])->call);
    if (first->next != 0 && is_string(parser, first->next))
        call->number[2] = (int64_t)iregexp_prefix(text_of(parser, first->next));
}

/* Operands come before and behind their operator. */
static bool mark_absolute(struct parser *parser, uint32_t at)
{
    struct query_op *op = &parser->ops[at];
    bool absolute = true;
    if (op->code < CODE_OR || op->code == CODE_LITERAL)
        return op_is_absolute(op);
    for (uint32_t i = op->child; i != 0; i = parser->ops[i].next)
        absolute &= mark_absolute(parser, i);
    op->type = absolute;
    return absolute;
}

static bool is_test(const struct query_op *op)
{
    return op->code != CODE_OR && op->code != CODE_AND && op->code != CODE_NOT;
}

/* The test that an expression begins with. */
static uint32_t first_test(const struct parser *parser, uint32_t at)
{
    while (!is_test(&parser->ops[at]))
        at = parser->ops[at].child;
    return at;
}

/* Leads the tests of an expression to each other, and at its ends to `yes` and `no`. */
static void thread(struct parser *parser, uint32_t at, uint32_t yes, uint32_t no)
{
    struct query_op *op = &parser->ops[at];
    if (is_test(op)) {
        op->yes = yes;
        op->no = no;
        return;
    }
    op->number[0] = first_test(parser, at);
    if (op->code == CODE_NOT)
        thread(parser, op->child, no, yes);
    for (uint32_t i = op->child; i != 0 && op->code != CODE_NOT;) {
        uint32_t next = parser->ops[i].next;
        uint32_t behind = next != 0 ? first_test(parser, next) : 0;
        if (op->code == CODE_AND)
            thread(parser, i, next != 0 ? behind : yes, no);
        else
            thread(parser, i, yes, next != 0 ? behind : no);
        i = next;
    }
}

/* Of an && that is all of an expression those operands come first that are absolute:
 * they are asked once for all candidates (query_find). */
static void thread_entry(struct parser *parser, uint32_t entry)
{
    struct query_op *op = &parser->ops[entry];
    uint32_t first[2] = {0}; /* of those that are not absolute, of those that are */
    uint32_t last[2] = {0};
    for (uint32_t i = op->child; i != 0 && op->code == CODE_AND;
         i = parser->ops[i].next) {
        bool absolute = op_is_absolute(&parser->ops[i]);
        if (first[absolute] == 0)
            first[absolute] = i;
        else
            parser->ops[last[absolute]].next = i;
        last[absolute] = i;
    }
    if (op->code == CODE_AND) {
        if (last[0] != 0)
            parser->ops[last[0]].next = 0;
        if (last[1] != 0)
            parser->ops[last[1]].next = first[0];
        op->child = last[1] != 0 ? first[1] : first[0];
        op->number[1] = first[0] != 0 ? first_test(parser, first[0]) : 0;
    }
    thread(parser, entry, TEST_HOLDS, TEST_FAILS);
}

/* Whether a call has a second argument that is a list for the whole run. */
static bool has_list(const struct parser *parser, const struct query_op *call)
{
    const struct query_op *list = &parser->ops[parser->ops[call->child].next];
    return list->code == CODE_ROOT && !list->type;
}

static enum skip skip_of_call(const struct parser *parser, uint32_t at)
{
    const struct query_op *call = &parser->ops[at];
    const struct query_op *first = &parser->ops[call->child];
    if (call->code != CODE_CALL || !is_member(parser, call->child))
        return SKIP_NOTHING;
    if (calls(parser, at, function_match) && call->number[2] > 0)
        return SKIP_MATCH;
    if (calls(parser, at, function_in_nodes) && has_list(parser, call))
        return SKIP_IN;
    bool one = first->next == 0 ||
               (is_string(parser, first->next) && parser->ops[first->next].next == 0);
    if (calls(parser, at, function_duplicate_of_earlier) && one && first->hash == 0)
        return SKIP_DUPLICATE;
    return SKIP_NOTHING;
}

/* How a filter that begins with an operand can see what fails it. */
static enum skip skip_of(const struct parser *parser, uint32_t at)
{
    const struct query_op *op = &parser->ops[at];
    if (op->code == CODE_NOT)
        return skip_of_call(parser, op->child) == SKIP_IN ? SKIP_NOT_IN : SKIP_NOTHING;
    if (op->code == CODE_CURRENT && op->hash != 0)
        return SKIP_MEMBER;
    if (op->code == CODE_EQUAL && op->operands == OPERANDS_MEMBER)
        return SKIP_EQUAL;
    if (op->code != CODE_OR)
        return skip_of_call(parser, at);
    for (uint32_t i = op->child; i != 0; i = parser->ops[i].next) {
        if (parser->ops[i].code != CODE_EQUAL || skip_of(parser, i) != SKIP_EQUAL)
            return SKIP_NOTHING;
    }
    return SKIP_EQUAL;
}

/* Puts that operand of an && first by which most is passed over. */
static enum skip lead_with_skip(struct parser *parser, struct query_op *and)
{
    uint32_t best = 0;
    enum skip skip = SKIP_NOTHING;
    for (uint32_t i = and->child; i != 0; i = parser->ops[i].next) {
        if (skip_of(parser, i) > skip) {
            skip = skip_of(parser, i);
            best = i;
        }
    }
    if (best == 0 || best == and->child)
        return skip;
    uint32_t before = and->child;
    while (parser->ops[before].next != best)
        before = parser->ops[before].next;
    parser->ops[before].next = parser->ops[best].next;
    parser->ops[best].next = and->child;
    and->child = best;
    return skip;
}

static void mark_filter(struct parser *parser, struct query_op *filter)
{
    struct query_op *expression = &parser->ops[filter->child];
    filter->number[1] = expression->code == CODE_AND ? lead_with_skip(parser, expression)
                                                     : skip_of(parser, filter->child);
    thread(parser, filter->child, TEST_HOLDS, TEST_FAILS);
    filter->number[0] = first_test(parser, filter->child);
}

/* The expressions in filters and among the arguments of a call. */
static void thread_inner(struct parser *parser, struct query_op *op)
{
    if (op->code == CODE_FILTER)
        mark_filter(parser, op);
    for (uint32_t i = op->child; i != 0 && op->code == CODE_CALL; i = parser->ops[i].next)
        thread(parser, i, TEST_HOLDS, TEST_FAILS);
}

bool shortcut_mark(struct parser *parser, uint32_t entry)
{
    size_t count = parser->count;
    for (uint32_t i = 1; i < count; i++) {
        if (parser->ops[i].code == CODE_ROOT && !split_root(parser, i))
            return false;
    }
    mark_names(parser);
    mark_steps(parser);
    for (uint32_t i = 1; i < parser->count; i++) {
        if (parser->ops[i].code == CODE_CURRENT)
            mark_name(parser, &parser->ops[i]);
    }
    for (uint32_t i = 1; i < parser->count; i++) {
        struct query_op *op = &parser->ops[i];
        if (op->code == CODE_EQUAL || op->code == CODE_NOT_EQUAL)
            mark_operands(parser, op);
        else if (op->code == CODE_CALL)
            mark_call(parser, op);
        if (op->code >= CODE_OR && op->code != CODE_LITERAL)
            mark_absolute(parser, i);
    }
    for (uint32_t i = 1; i < parser->count; i++)
        thread_inner(parser, &parser->ops[i]);
    thread_entry(parser, entry);
    return true;
}
