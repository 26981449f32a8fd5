/* SPDX-License-Identifier: Apache-2.0
 *
 * A run: one evaluation of a compiled query against one document, with what it remembers
 * between candidates. An absolute query inside a filter selects the same nodes for every
 * candidate, so it is evaluated once in a run; without that a hostile document makes
 * rules quadratic.
 */
#ifndef SPECLINT_RUN_H
#define SPECLINT_RUN_H

#include "function.h"
#include "op.h"

enum { RUN_MEMOS = 8 };

/* What is remembered of one operation. */
struct memo {
    const struct node *node; /* of an absolute query: its first node */
    struct nodes nodes;      /* of a query that is an argument: its nodes */
    void *data;              /* of a function: query_memory */
    void (*release)(void *memory);
    bool known;
};

struct query_run {
    const struct query_op *ops;
    const char *strings;
    const struct node *root;
    struct memo *memos; /* by slot */
    struct arena arena;
    int8_t windows;                 /* path_is_windows: -1 until it is asked */
    struct memo few[RUN_MEMOS + 1]; /* what `memos` is where they suffice */
};

/* Whether a logical expression holds for a node. */
bool run_holds(struct query_run *run, uint32_t op, const struct node *current);

/* Adds the nodes that segments select below `node` to `out`; where `out` is NULL it stops
 * at the first one, stores it in *first, and returns true. */
bool run_segments(struct query_run *run, uint32_t segment, const struct node *node,
                  struct nodes *out, const struct node **first);

/* The only node that the segments of a singular query can select, or NULL. */
const struct node *run_single(struct query_run *run, uint32_t segment,
                              const struct node *node);

#endif
