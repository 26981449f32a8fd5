/* SPDX-License-Identifier: Apache-2.0 */
#include "need.h"

#include "function.h"

struct group {
    uint32_t words[NEED_WORDS_MAX];
    uint32_t count;
    bool literal; /* strings: they say more than names of members */
};

struct groups {
    struct group items[NEED_GROUPS_MAX];
    size_t count;
};

static bool same_group(const struct group *a, const struct group *b)
{
    return a->count == b->count &&
           memcmp(a->words, b->words, a->count * sizeof *a->words) == 0;
}

static void add_group(struct groups *groups, const struct group *group)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (same_group(&groups->items[i], group))
            return;
    }
    if (groups->count < NEED_GROUPS_MAX)
        groups->items[groups->count++] = *group;
}

static void add_word(struct groups *groups, uint32_t word, bool literal)
{
    add_group(groups, &(struct group){{word}, 1, literal});
}

static struct str text_of(const struct query *query, const struct query_op *op)
{
    return (struct str){query->strings + op->text, op->len};
}

static void add_name(struct groups *groups, const struct query *query,
                     const struct query_op *op)
{
    add_word(groups, node_hash(text_of(query, op)), false);
}

static void add_string(struct groups *groups, const struct query *query,
                       const struct query_op *op)
{
    add_word(groups, node_text_hash(text_of(query, op)), true);
}

/* Both must hold. */
static void both(struct groups *groups, const struct groups *other)
{
    for (size_t i = 0; i < other->count; i++)
        add_group(groups, &other->items[i]);
}

/* The group that rules out most: a literal, or else the innermost name. */
static const struct group *best_of(const struct groups *groups)
{
    const struct group *best = &groups->items[groups->count - 1];
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].literal && !best->literal)
            best = &groups->items[i];
    }
    return best;
}

/* One of them must hold: what both need, and the best group of the one or the other. */
static void either(struct groups *groups, const struct groups *other)
{
    struct groups result = {0};
    if (groups->count == 0 || other->count == 0) {
        groups->count = 0;
        return;
    }
    for (size_t i = 0; i < groups->count; i++) {
        for (size_t k = 0; k < other->count; k++) {
            if (same_group(&groups->items[i], &other->items[k]))
                add_group(&result, &groups->items[i]);
        }
    }
    struct group joined = *best_of(groups);
    const struct group *more = best_of(other);
    if (!same_group(&joined, more) && joined.count + more->count <= NEED_WORDS_MAX) {
        memcpy(joined.words + joined.count, more->words,
               more->count * sizeof *more->words);
        joined.count += more->count;
        joined.literal = joined.literal && more->literal;
        add_group(&result, &joined);
    }
    *groups = result;
}

static void need_expression(const struct query *query, uint32_t at, struct groups *out);

static void need_selector(const struct query *query, const struct query_op *op,
                          struct groups *out)
{
    if (op->code == CODE_NAME)
        add_name(out, query, op);
    else if (op->code == CODE_FILTER)
        need_expression(query, op->child, out);
}

/* A query that must select something. */
static void need_path(const struct query *query, uint32_t at, struct groups *out)
{
    if (query->ops[at].code == CODE_ROOT && query->ops[at].base != 0)
        need_path(query, query->ops[at].base, out);
    for (uint32_t i = query->ops[at].child; i != 0; i = query->ops[i].next) {
        struct groups segment = {0};
        bool first = true;
        for (uint32_t k = query->ops[i].child; k != 0; k = query->ops[k].next) {
            struct groups selector = {0};
            need_selector(query, &query->ops[k], &selector);
            if (first)
                segment = selector;
            else
                either(&segment, &selector);
            first = false;
        }
        both(out, &segment);
    }
}

static bool is_path(const struct query_op *op)
{
    return op->code == CODE_ROOT || op->code == CODE_CURRENT;
}

static bool is_string(const struct query_op *op)
{
    return op->code == CODE_LITERAL && op->type == NODE_STRING;
}

static const struct query_function *function_of(const struct query_op *call)
{
    return query_function_at((size_t)call->number[0]);
}

static void need_call(const struct query *query, const struct query_op *call,
                      struct groups *out);

/* A value that must not be Nothing. */
static void need_value(const struct query *query, uint32_t at, struct groups *out)
{
    const struct query_op *op = &query->ops[at];
    if (is_path(op))
        need_path(query, at, out);
    else if (op->code == CODE_CALL)
        need_call(query, op, out);
}

/* A call that must give something other than Nothing and false. */
static void need_call(const struct query *query, const struct query_op *call,
                      struct groups *out)
{
    const struct query_function *function = function_of(call);
    size_t place = 0;
    for (uint32_t at = call->child; at != 0; at = query->ops[at].next) {
        const struct query_op *argument = &query->ops[at];
        if (function->flags & QUERY_NAMES && is_string(argument))
            add_name(out, query, argument);
        else if (function->flags & QUERY_STRINGS && is_string(argument))
            add_string(out, query, argument);
        else if (function->flags & QUERY_STRICT &&
                 function->parameters[place] != QUERY_BOOLEAN)
            need_value(query, at, out);
        place += place + 1u < function->count;
    }
}

/* RFC 9535 2.3.5.2.2: Nothing is equal to Nothing alone, and in no order to anything. */
static void need_comparison(const struct query *query, const struct query_op *op,
                            struct groups *out)
{
    bool ordered = op->code == CODE_LESS || op->code == CODE_GREATER;
    uint32_t sides[] = {op->child, query->ops[op->child].next};
    for (size_t i = 0; i < 2; i++) {
        const struct query_op *side = &query->ops[sides[i]];
        const struct query_op *other = &query->ops[sides[1 - i]];
        if (ordered || other->code == CODE_LITERAL)
            need_value(query, sides[i], out);
        if (op->code != CODE_EQUAL || !is_string(other))
            continue;
        if (is_path(side))
            add_string(out, query, other);
        else if (side->code == CODE_CALL && function_of(side)->call == function_key)
            add_name(out, query, other);
    }
}

static void need_expression(const struct query *query, uint32_t at, struct groups *out)
{
    const struct query_op *op = &query->ops[at];
    bool first = true;
    switch ((enum code)op->code) {
    case CODE_OR:
    case CODE_AND:
        for (uint32_t i = op->child; i != 0; i = query->ops[i].next) {
            struct groups operand = {0};
            need_expression(query, i, &operand);
            if (first)
                *out = operand;
            else if (op->code == CODE_OR)
                either(out, &operand);
            else
                both(out, &operand);
            first = false;
        }
        return;
    case CODE_ROOT:
    case CODE_CURRENT:
        need_path(query, at, out);
        return;
    case CODE_EQUAL:
    case CODE_LESS:
    case CODE_LESS_EQUAL:
    case CODE_GREATER:
    case CODE_GREATER_EQUAL:
        need_comparison(query, op, out);
        return;
    case CODE_CALL:
        need_call(query, op, out);
        return;
    case CODE_NOT:
    case CODE_NOT_EQUAL:
    case CODE_NONE:
    case CODE_CHILD:
    case CODE_DESCENDANT:
    case CODE_NAME:
    case CODE_WILDCARD:
    case CODE_INDEX:
    case CODE_SLICE:
    case CODE_FILTER:
    case CODE_LITERAL:
        return;
    }
}

/* Only the groups that an operation has room for. */
static void keep_short(struct groups *groups)
{
    size_t kept = 0;
    for (size_t i = 0; i < groups->count; i++) {
        if (groups->items[i].count <= OP_NEEDS)
            groups->items[kept++] = groups->items[i];
    }
    groups->count = kept;
}

void need_mark(struct query_op *ops, size_t count, const char *strings)
{
    const struct query query = {.ops = ops, .strings = strings};
    for (uint32_t i = 1; i < count; i++) {
        struct groups groups = {0};
        if (is_path(&ops[i]))
            need_path(&query, i, &groups);
        keep_short(&groups);
        if (groups.count == 0)
            continue;
        const struct group *best = best_of(&groups);
        bool whole = true; /* a hash that is 0 would hide those behind it */
        for (size_t k = 0; k < best->count; k++)
            whole = whole && best->words[k] != 0;
        if (whole)
            memcpy(ops[i].needs, best->words, best->count * sizeof *best->words);
    }
}

size_t query_needs(const struct query *given, const struct query *when,
                   uint32_t needs[static NEED_MAX])
{
    struct groups groups = {0};
    struct groups condition = {0};
    size_t len = 0;
    if (given->ops != NULL)
        need_path(given, given->entry, &groups);
    if (when->ops != NULL)
        need_expression(when, when->entry, &condition);
    both(&groups, &condition);
    /* The rarest first: strings, and of names the innermost. */
    for (int literal = 1; literal >= 0; literal--) {
        for (size_t i = groups.count; i-- > 0;) {
            const struct group *group = &groups.items[i];
            if (group->literal != literal)
                continue;
            needs[len++] = group->count;
            memcpy(needs + len, group->words, group->count * sizeof *needs);
            len += group->count;
        }
    }
    needs[len++] = 0;
    return len;
}

bool need_met(const struct texts *texts, const uint32_t *needs)
{
    for (uint32_t count; (count = *needs++) != 0; needs += count) {
        uint32_t i = 0;
        while (i < count && !texts_have(texts, needs[i]))
            i++;
        if (i == count)
            return false;
    }
    return true;
}
