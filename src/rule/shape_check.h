/* SPDX-License-Identifier: Apache-2.0
 *
 * A document held against the shape of a configuration: one walk, whose cost is that of
 * the document.
 */
#ifndef SPECLINT_SHAPE_CHECK_H
#define SPECLINT_SHAPE_CHECK_H

#include "finder.h"

/* What is found, as rule files name it. */
#define SHAPE_UNKNOWN "unknown-members"
#define SHAPE_CASE "names-in-another-case"
#define SHAPE_TYPE "wrong-types"
#define SHAPE_MISSING "missing-members"
#define SHAPE_VALUE "bad-values"
#define SHAPE_RANGE "numbers-out-of-range"
#define SHAPE_FORMAT "bad-formats"
#define SHAPE_UNUSABLE "unusable-values"
#define SHAPE_ADVISED "unadvised-values"
#define SHAPE_CONVENTION "unconventional-values"
#define SHAPE_NEWER "too-new"
#define SHAPE_REMOVED "removed-members"
#define SHAPE_DEPRECATED "deprecated-members"
#define SHAPE_PLATFORM "other-platforms"
#define SHAPE_NULL "nulls"
#define SHAPE_VERSION "odd-versions"

finder_fn shape_check;

#endif
