/* SPDX-License-Identifier: Apache-2.0
 *
 * Comments of a YAML document: what is in no value and no name and begins with #.
 */
#ifndef SPECLINT_COMMENT_H
#define SPECLINT_COMMENT_H

#include "doc.h"

/* A comment that `before` has and `after` has not, or has fewer times; from its # to the
 * end of its line, borrowed from `before`. Empty if all are there. */
struct str comment_lost(const struct doc *before, const struct doc *after);

#endif
