/* SPDX-License-Identifier: Apache-2.0
 *
 * JSONPath queries (RFC 9535) over the nodes of a document, and the logical expressions
 * of its filters on their own. A query is compiled once and run many times; a compiled
 * query is flat constant data, so that a generator can print it as C (query_emit).
 *
 *     struct query query;
 *     struct nodes found = {0};
 *     if (query_parse(&query, STR("$.mounts[?@.type == 'sysfs']"), QUERY_PATH, &fault))
 *         query_select(&query, root, root, &found);
 *     nodes_release(&found);
 *     query_release(&query);
 */
#ifndef SPECLINT_QUERY_H
#define SPECLINT_QUERY_H

#include "fault.h"
#include "texts.h"

enum query_kind {
    QUERY_PATH,     /* jsonpath-query: begins with $ */
    QUERY_RELATIVE, /* filter-query: begins with @ (the current node) or $ */
    QUERY_LOGICAL,  /* logical-expr: @ is the current node, $ the root */
};

struct query_op;

/* Compiled; no part of it changes after query_parse. `owned` is what query_release frees,
 * NULL for a query that is constant data of the program. */
struct query {
    const struct query_op *ops;
    const char *strings;
    uint32_t op_count;
    uint32_t strings_len;
    void *owned;
};

/* A list of nodes, borrowed from their document. {0} is empty. */
struct nodes {
    const struct node **items;
    size_t count;
    size_t capacity;
};

void nodes_add(struct nodes *nodes, const struct node *node);
void nodes_release(struct nodes *nodes);

/* Compiles a query. The text is not kept. A fault has the column (from 1, in bytes; line
 * 1), what was expected, and what was there; a failed query needs no release. */
bool query_parse(struct query *query, struct str text, enum query_kind kind,
                 struct fault *fault);

/* Adds the nodes that a QUERY_PATH or QUERY_RELATIVE query selects, in the order of RFC
 * 9535 section 2.1.2, the same node as often as it is selected. */
void query_select(const struct query *query, const struct node *root,
                  const struct node *current, struct nodes *out);

/* Whether a QUERY_LOGICAL query holds for the current node. */
bool query_test(const struct query *query, const struct node *root,
                const struct node *current);

/* What a rule asks: adds the nodes that a QUERY_PATH query selects and for which a
 * QUERY_LOGICAL one (without `ops` it always does) holds. One run is for all of them, in
 * which absolute queries and functions about siblings are worked out once. With `texts`,
 * those of the tree of `root` (or NULL), what they rule out is not looked for. */
void query_find(const struct query *given, const struct query *when,
                const struct node *root, const struct texts *texts, struct nodes *out);

/* Prints a compiled query as a C initializer of `struct query`, whose arrays it defines
 * before as `static const` under names that begin with `name`. The C file includes op.h,
 * and its program has the same functions (query_extend) as the one that printed it. */
void query_emit(const struct query *query, const char *name, struct buf *definitions,
                struct buf *initializer);

void query_release(struct query *query);

/* Adds two lines: the text of a faulty query, made visible, and a caret under the place
 * of the fault that query_parse set. */
void query_fault_caret(struct str text, const struct fault *fault, struct buf *out);

#endif
