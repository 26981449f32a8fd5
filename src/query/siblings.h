/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions that hold a node against its siblings. They answer for all children of a
 * parent at once and remember it, so that a filter over n siblings costs n log n.
 */
#ifndef SPECLINT_SIBLINGS_H
#define SPECLINT_SIBLINGS_H

#include "function.h"

/* Sets flags[i] where the answer is yes for the child at place i; all are false before.
 * `names` are the arguments behind the first one. */
typedef void siblings_fn(struct query_call *call, const struct node *parent,
                         const struct str *names, size_t count, bool *flags);

/* Whether two children are the same, by the members of those names if there are any. */
typedef bool siblings_same_fn(const struct node *a, const struct node *b,
                              const struct str *names, size_t count);

/* The answer for the node of the call's first argument; false where that is no single
 * node with a parent, or where another argument is no string. With `same` (may be NULL)
 * the question is whether an earlier child is the same, and the first few are compared
 * with each other at less cost. */
struct query_value siblings_ask(struct query_call *call, siblings_fn *fill,
                                siblings_same_fn *same);

#endif
