/* SPDX-License-Identifier: Apache-2.0
 *
 * What a filter passes over: most of the children that it is asked about fail its first
 * test, and of the most frequent tests that can be seen at once.
 */
#ifndef SPECLINT_SKIP_H
#define SPECLINT_SKIP_H

#include "run.h"

/* The first tests that can be seen at once; each is of @ or @.name. Of several that an &&
 * has the last one here leads. */
enum skip {
    SKIP_NOTHING,
    SKIP_NOT_IN,    /* not SKIP_IN */
    SKIP_MEMBER,    /* @.name is there */
    SKIP_IN,        /* in_nodes() of an absolute query */
    SKIP_DUPLICATE, /* duplicate_of_earlier() */
    SKIP_MATCH,     /* match() with an expression that begins with literal characters */
    SKIP_EQUAL,     /* it is one of the strings that the tests from the first on, up to
                       one that has no other where it fails, compare it with */
};

/* The first child from `child` on that may pass the first test of a filter, or NULL. It
 * may err in favour of a child, never against one. `*seen` is 0 for the first child, and
 * kept from call to call. */
const struct node *skip_failing(struct query_run *run, const struct query_op *filter,
                                const struct node *child, uint64_t *seen);

#endif
