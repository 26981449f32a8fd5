/* SPDX-License-Identifier: Apache-2.0
 *
 * JSONPath queries (RFC 9535) over the nodes of a document, and the logical expressions
 * of its filters on their own. A query is compiled once and run many times; a compiled
 * query is flat constant data, so that a generator can print it as C (pool.h).
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
#include "node.h"
#include "texts.h"

enum query_kind {
    QUERY_PATH,     /* jsonpath-query: begins with $ */
    QUERY_RELATIVE, /* filter-query: begins with @ (the current node) or $ */
    QUERY_LOGICAL,  /* logical-expr: @ is the current node, $ the root */
};

struct query_op;

/* Compiled; no part of it changes after query_parse. `owned` is what query_release frees,
 * NULL for a query of a pool (pool.h). */
struct query {
    const struct query_op *ops;
    const char *strings;
    uint32_t entry; /* the operation that is the query */
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

/* One document that many queries are asked about:
 *
 *     struct query_session session = {.root = root, .texts = &texts};
 *     query_find(&session, &rule->given, &rule->when, &candidates);
 *     query_session_release(&session);
 *
 * What absolute queries and functions about siblings give is worked out once for each
 * query_find, and once in a session for all queries of its first pool. */
struct query_session {
    const struct node *root;
    const struct texts *texts; /* of the root's tree: what they rule out is not looked
                                  for; NULL */
    struct query_run *run;     /* of the pool; owned */
};

/* What a rule asks: adds the nodes that a QUERY_PATH query selects and for which a
 * QUERY_LOGICAL one (without `ops` it always does) holds. */
void query_find(struct query_session *session, const struct query *given,
                const struct query *when, struct nodes *out);

/* As query_test. */
bool query_holds(struct query_session *session, const struct query *query,
                 const struct node *current);

void query_session_release(struct query_session *session);

void query_release(struct query *query);

/* Adds two lines: the text of a faulty query, made visible, and a caret under the place
 * of the fault that query_parse set. */
void query_fault_caret(struct str text, const struct fault *fault, struct buf *out);

#endif
