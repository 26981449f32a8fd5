/* SPDX-License-Identifier: Apache-2.0
 *
 * Evaluation. Segments are not applied list by list: each node that a segment selects is
 * followed down to the last segment before the next one, which gives the same order
 * (RFC 9535 2.1.2) and needs no lists between. Every segment goes to children, so that
 * this recursion is no deeper than the document.
 */
#include "run.h"

#include <assert.h>

/* Names are short: a loop is less than a call. */
static bool same_bytes(const char *a, const char *b, uint32_t len)
{
    while (len > 0 && a[len - 1] == b[len - 1])
        len--;
    return len == 0;
}

/* The member of a name; of repeated names the last, as node_get(). */
static const struct node *member(const struct query_run *run, const struct query_op *name,
                                 const struct node *object)
{
    const struct node *found = NULL;
    if (object->type != NODE_OBJECT)
        return NULL;
    for (const struct node *child = object->child; child; child = child->next) {
        if (child->key_hash == name->hash && child->key_len == name->len &&
            same_bytes(child->key, run->strings + name->text, name->len))
            found = child;
    }
    return found;
}

/* RFC 9535 2.3.3.2 */
static const struct node *element(const struct query_op *op, const struct node *array)
{
    int64_t index = op->number[0];
    if (array->type != NODE_ARRAY)
        return NULL;
    index += index < 0 ? (int64_t)array->len : 0;
    return index < 0 || index >= (int64_t)array->len ? NULL
                                                     : node_at(array, (uint32_t)index);
}

static const struct node *named(const struct query_run *run, const struct query_op *op,
                                const struct node *node)
{
    return op->code == CODE_NAME ? member(run, op, node) : element(op, node);
}

const struct node *run_single(struct query_run *run, uint32_t segment,
                              const struct node *node)
{
    while (segment != 0 && node != NULL) {
        const struct query_op *op = &run->ops[segment];
        node = named(run, &run->ops[op->child], node);
        segment = op->next;
    }
    return node;
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* RFC 9535 2.3.4.2.2 */
static bool slice(struct query_run *run, const struct query_op *op, uint32_t next,
                  const struct node *array, struct nodes *out, const struct node **first)
{
    int64_t len = array->len;
    int64_t step = op->number[2];
    int64_t start = op->type & SLICE_START ? op->number[0] : step > 0 ? 0 : len - 1;
    int64_t end = op->type & SLICE_END ? op->number[1] : step > 0 ? len : -len - 1;
    if (array->type != NODE_ARRAY || step == 0)
        return false;
    start += start < 0 ? len : 0;
    end += end < 0 ? len : 0;
    if (step > 0) {
        start = clamp(start, 0, len);
        end = clamp(end, 0, len);
        for (const struct node *child = array->child; child && child->index < end;
             child = child->next) {
            int64_t ahead = (int64_t)child->index - start;
            if (ahead >= 0 && ahead % step == 0 &&
                run_segments(run, next, child, out, first))
                return true;
        }
        return false;
    }
    /* Siblings are linked forward only. */
    AUTO_FREE const struct node **children = mem_alloc((size_t)len + 1, sizeof *children);
    for (const struct node *child = array->child; child; child = child->next)
        children[child->index] = child;
    start = clamp(start, -1, len - 1);
    end = clamp(end, -1, len - 1);
    for (int64_t i = start; i > end; i += step) {
        if (run_segments(run, next, children[i], out, first))
            return true;
    }
    return false;
}

static bool select_children(struct query_run *run, const struct query_op *op,
                            uint32_t next, const struct node *node, struct nodes *out,
                            const struct node **first)
{
    const struct node *found;
    if (op->code == CODE_NAME || op->code == CODE_INDEX) {
        found = named(run, op, node);
        return found != NULL && run_segments(run, next, found, out, first);
    }
    if (op->code == CODE_SLICE)
        return slice(run, op, next, node, out, first);
    for (const struct node *child = node->child; child; child = child->next) {
        if ((op->code == CODE_WILDCARD || run_holds(run, op->child, child)) &&
            run_segments(run, next, child, out, first))
            return true;
    }
    return false;
}

/* All selectors of a segment on one node, in their order (RFC 9535 2.5.1.2). */
static bool select_segment(struct query_run *run, const struct query_op *segment,
                           const struct node *node, struct nodes *out,
                           const struct node **first)
{
    for (uint32_t at = segment->child; at != 0; at = run->ops[at].next) {
        if (select_children(run, &run->ops[at], segment->next, node, out, first))
            return true;
    }
    return false;
}

/* node_walk() that stops at arrays and objects only. */
static const struct node *walk_containers(const struct node *node, const struct node *top)
{
    const struct node *next = node->child;
    for (;;) {
        for (; next; next = next->next) {
            if (node_is_container(next))
                return next;
        }
        if (node == top)
            return NULL;
        next = node->next;
        node = node->parent;
    }
}

bool run_segments(struct query_run *run, uint32_t segment, const struct node *node,
                  struct nodes *out, const struct node **first)
{
    while (segment != 0) {
        const struct query_op *op = &run->ops[segment];
        const struct query_op *selector = &run->ops[op->child];
        if (op->code == CODE_DESCENDANT) {
            /* RFC 9535 2.5.2.2: parents first, elements in their order. */
            const struct node *below = node_is_container(node) ? node : NULL;
            for (; below; below = walk_containers(below, node)) {
                if (select_segment(run, op, below, out, first))
                    return true;
            }
            return false;
        }
        if (selector->next != 0 ||
            (selector->code != CODE_NAME && selector->code != CODE_INDEX))
            return node_is_container(node) && select_segment(run, op, node, out, first);
        node = named(run, selector, node);
        if (node == NULL)
            return false;
        segment = op->next;
    }
    if (out == NULL) {
        *first = node;
        return true;
    }
    nodes_add(out, node);
    return false;
}

/* The first node of a query, or NULL: what existence tests and values ask for. */
static const struct node *first_of(struct query_run *run, uint32_t at,
                                   const struct node *current)
{
    const struct query_op *op = &run->ops[at];
    const struct node *first = NULL;
    if (op->code == CODE_CURRENT && op->type)
        return run_single(run, op->child, current);
    if (op->code == CODE_CURRENT) {
        run_segments(run, op->child, current, NULL, &first);
        return first;
    }
    struct memo *memo = &run->memos[op->slot];
    if (!memo->known) {
        run_segments(run, op->child, run->root, NULL, &first);
        memo->node = first;
        memo->known = true;
    }
    return memo->node;
}

static void set_nodes(struct query_run *run, uint32_t at, const struct node *current,
                      struct query_argument *argument)
{
    const struct query_op *op = &run->ops[at];
    struct memo *memo = &run->memos[op->slot];
    if (op->type) { /* singular: the list is the value's node */
        const struct node *node = first_of(run, at, current);
        argument->value.node = node;
        argument->nodes.items = &argument->value.node;
        argument->nodes.count = node != NULL;
        return;
    }
    if (op->code == CODE_CURRENT) {
        memo->nodes.count = 0;
        run_segments(run, op->child, current, &memo->nodes, NULL);
    } else if (!memo->known) {
        run_segments(run, op->child, run->root, &memo->nodes, NULL);
        memo->known = true;
    }
    argument->nodes = memo->nodes;
}

static void set_value(struct query_run *run, uint32_t at, const struct node *current,
                      struct query_value *value);

static struct query_value call(struct query_run *run, const struct query_op *op,
                               const struct node *current)
{
    const struct query_function *function = query_function_at((size_t)op->number[0]);
    struct query_call call;
    assert(function != NULL); /* else query_extend() was forgotten */
    call.run = run;
    call.root = run->root;
    call.slot = op->slot;
    call.count = 0;
    for (uint32_t at = op->child; at != 0; at = run->ops[at].next) {
        struct query_argument *argument = &call.arguments[call.count];
        size_t last = function->count - 1u;
        size_t place = call.count < last ? call.count : last;
        argument->constant =
            run->ops[at].code == CODE_LITERAL || run->ops[at].code == CODE_ROOT;
        if (function->parameters[place] == QUERY_NODES)
            set_nodes(run, at, current, argument);
        else if (function->parameters[place] == QUERY_VALUE)
            set_value(run, at, current, &argument->value);
        else
            argument->value = query_boolean(run_holds(run, at, current));
        call.count++;
    }
    return function->call(&call);
}

/* Fills in place, `digits` only where it is used: filters compare many values. */
static void set_value(struct query_run *run, uint32_t at, const struct node *current,
                      struct query_value *value)
{
    const struct query_op *op = &run->ops[at];
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
    const struct node *node = first_of(run, at, current);
    value->type = node != NULL ? node->type : QUERY_NOTHING;
    value->node = node;
    value->text = node != NULL ? node_text(node) : (struct str){"", 0};
}

/* RFC 9535 2.3.5.2.2: the other operators are defined by these two. */
static bool compare(struct query_run *run, const struct query_op *op,
                    const struct node *current)
{
    struct query_value left;
    struct query_value right;
    set_value(run, op->child, current, &left);
    set_value(run, run->ops[op->child].next, current, &right);
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

bool run_holds(struct query_run *run, uint32_t at, const struct node *current)
{
    const struct query_op *op = &run->ops[at];
    switch (op->code) {
    case CODE_ROOT:
    case CODE_CURRENT:
        return first_of(run, at, current) != NULL;
    case CODE_CALL:
        return call(run, op, current).type == NODE_TRUE;
    case CODE_NOT:
        return !run_holds(run, op->child, current);
    case CODE_OR:
    case CODE_AND:
        for (uint32_t operand = op->child; operand; operand = run->ops[operand].next) {
            if (run_holds(run, operand, current) == (op->code == CODE_OR))
                return op->code == CODE_OR;
        }
        return op->code == CODE_AND;
    default:
        return compare(run, op, current);
    }
}

void *query_memory(struct query_call *call, size_t size, void (*release)(void *memory))
{
    struct memo *memo = &call->run->memos[call->slot];
    if (memo->data == NULL) {
        memo->data = mem_alloc(1, size);
        memo->release = release;
    }
    return memo->data;
}

struct arena *query_arena(struct query_call *call)
{
    return &call->run->arena;
}

static void begin(struct query_run *run, const struct query *query,
                  const struct node *root)
{
    size_t count = query->ops[0].slot + 1u; /* slot 0 is of operations without memory */
    run->ops = query->ops;
    run->strings = query->strings;
    run->root = root;
    run->arena = (struct arena){0};
    run->windows = -1;
    if (count > RUN_MEMOS) {
        run->memos = mem_alloc(count, sizeof *run->memos);
        return;
    }
    run->memos = run->few;
    memset(run->few, 0, count * sizeof *run->few);
}

static void end(struct query_run *run)
{
    for (size_t i = 0; i <= run->ops[0].slot; i++) {
        struct memo *memo = &run->memos[i];
        if (memo->data != NULL && memo->release != NULL)
            memo->release(memo->data);
        free(memo->data);
        nodes_release(&memo->nodes);
    }
    if (run->memos != run->few)
        free(run->memos);
    arena_release(&run->arena);
}

void query_select(const struct query *query, const struct node *root,
                  const struct node *current, struct nodes *out)
{
    struct query_run run;
    begin(&run, query, root);
    const struct query_op *op = &run.ops[run.ops[0].child];
    run_segments(&run, op->child, op->code == CODE_ROOT ? root : current, out, NULL);
    end(&run);
}

bool query_test(const struct query *query, const struct node *root,
                const struct node *current)
{
    struct query_run run;
    begin(&run, query, root);
    bool holds = run_holds(&run, run.ops[0].child, current);
    end(&run);
    return holds;
}

void query_filter(const struct query *query, const struct node *root, struct nodes *nodes)
{
    struct query_run run;
    size_t kept = 0;
    if (nodes->count == 0)
        return;
    begin(&run, query, root);
    for (size_t i = 0; i < nodes->count; i++) {
        if (run_holds(&run, run.ops[0].child, nodes->items[i]))
            nodes->items[kept++] = nodes->items[i];
    }
    nodes->count = kept;
    end(&run);
}
