/* SPDX-License-Identifier: Apache-2.0
 *
 * Short ways of functions: for the most frequent calls, whose first argument is a query
 * that selects at most one node, an answer without the arguments of a call being made.
 */
#ifndef SPECLINT_QUICK_H
#define SPECLINT_QUICK_H

#include "run.h"

enum quick_answer { QUICK_NO, QUICK_YES, QUICK_UNKNOWN };

/* What the function gives for a node (NULL: there is none); UNKNOWN has it called. */
typedef enum quick_answer quick_fn(struct query_run *run, const struct query_op *call,
                                   const struct node *node);

/* Those of match() and option(). */
quick_fn quick_match, quick_option;

/* Whether a string is among the nodes of an absolute query, if they are few. */
enum quick_answer quick_in_list(const struct memo *list, const struct node *string);

/* The short way of a function as an operation has it; 0 for none. */
int64_t query_quick_find(query_function_fn *function);

/* The short ways themselves. */
extern quick_fn *const query_quick[];

#endif
