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

/* The answer for the node of the call's first argument; false where that is no single
 * node with a parent, or where another argument is no string. */
struct query_value siblings_ask(struct query_call *call, siblings_fn *fill);

#endif
