/* SPDX-License-Identifier: Apache-2.0
 *
 * What a document must hold for a query to select anything: names of members and strings.
 * With the set of a document's own at hand, most queries of a large set need not be run
 * at all.
 *
 * Needs are groups of hashes, of each group one at least: a count, that many hashes, and
 * so on, up to a count of 0. They are never too strict: what they rule out selects
 * nothing; what they let pass may still select nothing.
 */
#ifndef SPECLINT_NEED_H
#define SPECLINT_NEED_H

#include "op.h"
#include "query.h"

enum {
    NEED_GROUPS_MAX = 12,
    NEED_WORDS_MAX = 8, /* in a group; an operation keeps those of up to OP_NEEDS */
    NEED_MAX = NEED_GROUPS_MAX * (NEED_WORDS_MAX + 1) + 1,
};

/* Whether a document with these texts meets needs. */
bool need_met(const struct texts *texts, const uint32_t *needs);

/* Writes what each query inside an expression needs into its operation. */
void need_mark(struct query_op *ops, size_t count, const char *strings);

/* Writes the needs of a query that selects candidates, and of a logical expression that
 * must hold for one (without `ops` it always does). Returns how many numbers that is, the
 * last 0 included. */
size_t query_needs(const struct query *given, const struct query *when,
                   uint32_t needs[static NEED_MAX]);

#endif
