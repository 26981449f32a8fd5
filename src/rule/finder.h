/* SPDX-License-Identifier: Apache-2.0
 *
 * What no query can say is found in C, under a name that a rule file gives as its
 * `finder`; the rule's words, level and examples are in that file all the same.
 */
#ifndef SPECLINT_FINDER_H
#define SPECLINT_FINDER_H

#include "doc.h"
#include "query.h"

/* Adds the nodes of the document with this root that a rule shall remark on. */
typedef void finder_fn(const struct doc *doc, const struct node *root, struct nodes *out);

/* The finder of that name, or NULL. */
finder_fn *finder_find(const char *name);

#endif
