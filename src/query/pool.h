/* SPDX-License-Identifier: Apache-2.0
 *
 * A pool: the compiled queries of many rules side by side, as the build puts them into
 * the program. Absolute queries and calls that are the same share what a run remembers of
 * them, so that a document is asked once however many rules ask.
 *
 *     struct query_pool pool = {0};
 *     if (!query_pool_add(&pool, &query, &entry, &fault))
 *         …
 *     query_pool_emit(&pool, "queries", &out);
 *     query_pool_release(&pool);
 */
#ifndef SPECLINT_POOL_H
#define SPECLINT_POOL_H

#include "query.h"

struct query_pool {
    struct query_op *ops;
    size_t count;
    size_t capacity;
    struct buf strings;
};

/* Adds a copy of a query. `*entry` is what its `struct query` has. Faults when the
 * queries have more to remember than there are slots. */
bool query_pool_add(struct query_pool *pool, const struct query *query, uint32_t *entry,
                    struct fault *fault);

/* The query that was added with this entry. It borrows the memory of the pool, which must
 * not grow meanwhile. */
struct query query_pool_at(const struct query_pool *pool, uint32_t entry);

/* Prints the pool as C: the arrays NAME_ops and NAME_strings, `static const`, and a macro
 * NAME(entry) that initializes a `struct query`. The C file includes op.h, and its
 * program has the same functions (query_extend) as the one that printed it. */
void query_pool_emit(const struct query_pool *pool, const char *name, struct buf *out);

void query_pool_release(struct query_pool *pool);

#endif
