/* SPDX-License-Identifier: Apache-2.0
 *
 * A run: the evaluation of a compiled query, or of all those of a pool, against one
 * document, with what it remembers between candidates. An absolute query inside a filter
 * selects the same nodes for every candidate, so it is evaluated once in a run; without
 * that a hostile document makes rules quadratic.
 */
#ifndef SPECLINT_RUN_H
#define SPECLINT_RUN_H

#include "function.h"
#include "op.h"

enum { RUN_MEMOS = 8 };

/* What is remembered of one operation, or of all that are the same. */
struct memo {
    const struct node *node; /* of an absolute query: its first node, if it is known */
    struct nodes nodes;      /* of a query that is an argument: its nodes */
    void *data;              /* of a function: query_memory */
    void (*release)(void *memory);
    bool node_known;
    bool nodes_known; /* of an absolute query, with */
    uint64_t strings; /* the run_string_bit of each that is a string */
};

/* The siblings that one call was asked about, from the first on, without a gap. */
struct run_siblings {
    const struct query_op *call;
    const struct node *parent;
    uint32_t count;
    uint64_t strings; /* the run_string_bit of each that is, or has, a string */
};

struct query_run {
    const struct query_op *ops;
    const char *strings;
    const struct node *root;
    const struct texts *texts; /* of the root's tree; NULL */
    struct memo *memos;        /* by slot */
    uint64_t *used;            /* by slot, as bits: the memos that hold something */
    uint64_t *owning;          /* likewise: those that own memory */
    struct arena arena;
    struct run_siblings siblings;
    int8_t windows;             /* path_is_windows: -1 until it is asked */
    struct memo few[RUN_MEMOS]; /* what `memos` is where they suffice */
    uint64_t few_used;
    uint64_t few_owning;
};

/* One of 64 bits for a string. */
static inline uint64_t run_string_bit(const struct node *string)
{
    return (uint64_t)1 << string->text_hash % 64;
}

/* What is remembered under a slot. */
static inline struct memo *run_memo(struct query_run *run, uint16_t slot)
{
    uint64_t bit = (uint64_t)1 << slot % 64;
    if ((run->used[slot / 64] & bit) == 0) {
        run->used[slot / 64] |= bit;
        run->memos[slot] = (struct memo){0};
    }
    return &run->memos[slot];
}

/* As query_memory. */
void *run_memory(struct query_run *run, uint16_t slot, size_t size,
                 void (*release)(void *memory));

/* Whether a logical expression holds for a node. */
bool run_holds(struct query_run *run, uint32_t op, const struct node *current);

/* Whether the tests of one hold from `from` on, up to `until` or where that is none of
 * them up to its end. */
bool run_tests(struct query_run *run, uint32_t from, uint32_t until,
               const struct node *current);

/* The node at which the segments of an absolute query start; NULL: there is none. */
const struct node *run_start(struct query_run *run, const struct query_op *root);

/* The nodes of a query that is not singular and has a slot; those of an absolute one are
 * kept for the run, those of another until it is asked again. */
const struct memo *run_nodes(struct query_run *run, const struct query_op *query,
                             const struct node *current);

/* Adds the nodes that segments select below `node` to `out`; where `out` is NULL it stops
 * at the first one, stores it in *first, and returns true. */
bool run_segments(struct query_run *run, uint32_t segment, const struct node *node,
                  struct nodes *out, const struct node **first);

/* Whether the document has nothing of what a query needs to select something. */
static inline bool run_lacks(const struct query_run *run, const struct query_op *op)
{
    if (op->needs[0] == 0 || run->texts == NULL)
        return false;
    for (size_t i = 0; i < OP_NEEDS && op->needs[i] != 0; i++) {
        if (texts_have(run->texts, op->needs[i]))
            return false;
    }
    return true;
}

/* As run_segments with `next` for those children of `node` that a filter selects. */
bool run_filter(struct query_run *run, const struct query_op *filter, uint32_t next,
                const struct node *node, struct nodes *out, const struct node **first);

/* The member of a name; of repeated names the last, as node_get(). */
static inline const struct node *run_member(const struct query_run *run,
                                            const struct query_op *name,
                                            const struct node *object)
{
    const struct node *found = NULL;
    if (object->type != NODE_OBJECT)
        return NULL;
    for (const struct node *child = object->child; child; child = child->next) {
        if (child->key_hash == name->hash && child->key_len == name->len &&
            mem_equal(child->key, run->strings + name->text, name->len)) {
            found = child;
            if (!(object->flags & NODE_REPEATS))
                break;
        }
    }
    return found;
}

/* RFC 9535 2.3.3.2 */
static inline const struct node *run_element(const struct query_op *op,
                                             const struct node *array)
{
    int64_t index = op->number[0];
    if (array->type != NODE_ARRAY)
        return NULL;
    index += index < 0 ? (int64_t)array->len : 0;
    return index < 0 || index >= (int64_t)array->len ? NULL
                                                     : node_at(array, (uint32_t)index);
}

/* What a name or index selects: one node or NULL. */
static inline const struct node *
run_step(const struct query_run *run, const struct query_op *op, const struct node *node)
{
    return op->code == CODE_NAME ? run_member(run, op, node) : run_element(op, node);
}

/* As run_segments; most queries are one filter behind their base. */
static inline bool run_from(struct query_run *run, uint32_t segment,
                            const struct node *node, struct nodes *out,
                            const struct node **first)
{
    const struct query_op *op = &run->ops[segment];
    const struct query_op *selector = &run->ops[op->child];
    if (op->code == CODE_CHILD && selector->code == CODE_FILTER && selector->next == 0)
        return run_filter(run, selector, op->next, node, out, first);
    return run_segments(run, segment, node, out, first);
}

/* The only node that the segments of a singular query can select, or NULL. */
static inline const struct node *run_single(struct query_run *run, uint32_t segment,
                                            const struct node *node)
{
    while (segment != 0 && node != NULL) {
        const struct query_op *op = &run->ops[segment];
        node = op->hash != 0 ? run_member(run, op, node)
                             : run_step(run, &run->ops[op->child], node);
        segment = op->next;
    }
    return node;
}

/* Adds a node to `out`, or is done with it where that is NULL. As run_segments. */
static inline bool run_take(const struct node *node, struct nodes *out,
                            const struct node **first)
{
    if (out == NULL)
        *first = node;
    else
        nodes_add(out, node);
    return out == NULL;
}

/* As run_segments; behind most selectors single steps are left, or none. */
static inline bool run_on(struct query_run *run, uint32_t segment,
                          const struct node *node, struct nodes *out,
                          const struct node **first)
{
    if (segment != 0 && !run->ops[segment].number[0])
        return run_from(run, segment, node, out, first);
    node = run_single(run, segment, node);
    return node != NULL && run_take(node, out, first);
}

#endif
