/* SPDX-License-Identifier: Apache-2.0
 *
 * Evaluation. Segments are not applied list by list: each node that a segment selects is
 * followed down to the last segment before the next one, which gives the same order
 * (RFC 9535 2.1.2) and needs no lists between. Every segment goes to children, so that
 * this recursion is no deeper than the document.
 */
#include "run.h"

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
    if (op->code == CODE_FILTER)
        return run_filter(run, op, next, node, out, first);
    if (op->code == CODE_NAME || op->code == CODE_INDEX) {
        found = run_step(run, op, node);
        return found != NULL && run_segments(run, next, found, out, first);
    }
    if (op->code == CODE_SLICE)
        return slice(run, op, next, node, out, first);
    for (const struct node *child = node->child; child; child = child->next) {
        if (run_on(run, next, child, out, first))
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
        if (op->hash != 0) {
            node = run_member(run, op, node);
            if (node == NULL)
                return false;
            segment = op->next;
            continue;
        }
        const struct query_op *selector = &run->ops[op->child];
        bool only = op->code == CODE_CHILD && selector->next == 0;
        if (only && selector->code == CODE_FILTER)
            return run_filter(run, selector, op->next, node, out, first);
        if (op->code == CODE_DESCENDANT) {
            /* RFC 9535 2.5.2.2: parents first, elements in their order. */
            const struct node *below = node_is_container(node) ? node : NULL;
            for (; below; below = walk_containers(below, node)) {
                if (select_segment(run, op, below, out, first))
                    return true;
            }
            return false;
        }
        if (!only)
            return node_is_container(node) && select_segment(run, op, node, out, first);
        if (selector->code != CODE_NAME && selector->code != CODE_INDEX)
            return node_is_container(node) &&
                   select_children(run, selector, op->next, node, out, first);
        node = run_step(run, selector, node);
        if (node == NULL)
            return false;
        segment = op->next;
    }
    return run_take(node, out, first);
}

void *run_memory(struct query_run *run, uint16_t slot, size_t size,
                 void (*release)(void *memory))
{
    struct memo *memo = run_memo(run, slot);
    if (memo->data == NULL) {
        memo->data = memset(arena_alloc(&run->arena, size), 0, size);
        memo->release = release;
        run->owning[slot / 64] |= (uint64_t)1 << slot % 64;
    }
    return memo->data;
}

void *query_memory(struct query_call *call, size_t size, void (*release)(void *memory))
{
    return run_memory(call->run, call->slot, size, release);
}

struct arena *query_arena(struct query_call *call)
{
    return &call->run->arena;
}

static size_t slot_words(const struct query_run *run)
{
    return run->ops[0].slot / 64u + 1; /* slot 0 is of operations without memory */
}

static void begin(struct query_run *run, const struct query *query,
                  const struct node *root, const struct texts *texts)
{
    run->ops = query->ops;
    run->strings = query->strings;
    run->root = root;
    run->texts = texts;
    run->arena = (struct arena){0};
    run->windows = -1;
    run->siblings = (struct run_siblings){0};
    run->memos = run->few;
    run->used = &run->few_used;
    run->owning = &run->few_owning;
    run->few_used = 0;
    run->few_owning = 0;
    if (run->ops[0].slot < RUN_MEMOS)
        return;
    /* One piece of memory: the memos, then the bits of both. */
    size_t memos = (run->ops[0].slot + 1u) * sizeof *run->memos;
    size_t used = slot_words(run) * sizeof *run->used;
    char *memory = mem_resize(NULL, 1, memos + 2 * used);
    run->memos = (struct memo *)(void *)memory;
    run->used = (uint64_t *)(void *)(memory + memos);
    run->owning = run->used + slot_words(run);
    memset(run->used, 0, 2 * used);
}

static void forget(struct memo *memo)
{
    if (memo->data != NULL && memo->release != NULL)
        memo->release(memo->data);
    if (memo->nodes.items != NULL)
        nodes_release(&memo->nodes);
}

static void end(struct query_run *run)
{
    for (size_t i = 0; i < slot_words(run); i++) {
        for (uint64_t left = run->owning[i]; left != 0; left &= left - 1)
            forget(&run->memos[i * 64 + (size_t)__builtin_ctzll(left)]);
    }
    if (run->memos != run->few)
        free(run->memos);
    if (run->arena.chunks != NULL)
        arena_release(&run->arena);
}

static void select_nodes(struct query_run *run, const struct query *query,
                         const struct node *current, struct nodes *out)
{
    const struct query_op *op = &run->ops[query->entry];
    const struct node *start = op->code == CODE_ROOT ? run_start(run, op) : current;
    if (start != NULL)
        run_from(run, op->child, start, out, NULL);
}

void query_select(const struct query *query, const struct node *root,
                  const struct node *current, struct nodes *out)
{
    struct query_run run;
    begin(&run, query, root, NULL);
    select_nodes(&run, query, current, out);
    end(&run);
}

bool query_test(const struct query *query, const struct node *root,
                const struct node *current)
{
    struct query_run run;
    begin(&run, query, root, NULL);
    bool holds = run_holds(&run, query->entry, current);
    end(&run);
    return holds;
}

/* The run of the session where the query is of its pool, or else `own`, begun. */
static inline struct query_run *session_run(struct query_session *session,
                                            const struct query *query,
                                            struct query_run *own)
{
    if (session->run != NULL && session->run->ops == query->ops)
        return session->run;
    if (session->run != NULL || query->owned != NULL) {
        begin(own, query, session->root, session->texts);
        return own;
    }
    session->run = mem_resize(NULL, 1, sizeof *session->run);
    begin(session->run, query, session->root, session->texts);
    return session->run;
}

static inline void session_keep(struct query_session *session, struct query_run *run)
{
    if (run != session->run)
        end(run);
}

bool query_holds(struct query_session *session, const struct query *query,
                 const struct node *current)
{
    struct query_run own;
    struct query_run *run = session_run(session, query, &own);
    bool holds = run_holds(run, query->entry, current);
    session_keep(session, run);
    return holds;
}

/* The tests of an expression: first those that are the same for every candidate. */
struct parts {
    uint32_t first;
    uint32_t relative; /* the first one that is not; TEST_HOLDS where all are */
};

static struct parts parts_of(const struct query_run *run, uint32_t entry)
{
    const struct query_op *op = &run->ops[entry];
    uint32_t first = entry;
    if (op->code >= CODE_OR && op->code <= CODE_NOT)
        first = (uint32_t)op->number[0];
    if (op_is_absolute(op))
        return (struct parts){first, TEST_HOLDS};
    return (struct parts){first, op->code == CODE_AND ? (uint32_t)op->number[1] : first};
}

/* What is the same for every candidate is asked before there are any, unless there is one
 * at most: then what is asked of it costs less. */
static void find(struct query_run *run, const struct query *given,
                 struct query_run *when_run, const struct query *when, struct nodes *out)
{
    const struct query_op *root = &run->ops[given->entry];
    struct parts parts = parts_of(when_run, when->entry);
    bool absolute = parts.first != parts.relative;
    size_t kept = out->count;
    if (root->type && parts.relative != TEST_HOLDS) {
        const struct node *node = run_single(run, root->child, run->root);
        if (node != NULL && run_tests(when_run, parts.relative, TEST_HOLDS, node) &&
            (!absolute || run_tests(when_run, parts.first, parts.relative, run->root)))
            nodes_add(out, node);
        return;
    }
    if (absolute && !run_tests(when_run, parts.first, parts.relative, run->root))
        return;
    select_nodes(run, given, run->root, out);
    if (parts.relative == TEST_HOLDS)
        return;
    for (size_t i = kept; i < out->count; i++) {
        if (run_tests(when_run, parts.relative, TEST_HOLDS, out->items[i]))
            out->items[kept++] = out->items[i];
    }
    out->count = kept;
}

void query_find(struct query_session *session, const struct query *given,
                const struct query *when, struct nodes *out)
{
    struct query_run owns[2];
    struct query_run *run = session_run(session, given, &owns[0]);
    if (when->ops == NULL) {
        select_nodes(run, given, session->root, out);
    } else {
        struct query_run *when_run =
            when->ops == given->ops ? run : session_run(session, when, &owns[1]);
        find(run, given, when_run, when, out);
        if (when_run != run)
            session_keep(session, when_run);
    }
    session_keep(session, run);
}

void query_session_release(struct query_session *session)
{
    if (session->run == NULL)
        return;
    end(session->run);
    free(session->run);
    session->run = NULL;
}
