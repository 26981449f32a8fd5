/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash by which GitHub code scanning knows a line again when it has moved:
 * partialFingerprints.primaryLocationLineHash. The upload action computes it too and
 * warns where ours is another (github/codeql-action, src/fingerprints.ts).
 */
#ifndef SPECLINT_LINE_HASH_H
#define SPECLINT_LINE_HASH_H

#include "text.h"

struct line_hash {
    uint64_t hash;
    uint32_t nth; /* which of the lines with this hash, from 1 */
};

/* The hashes of all lines, as many as the text has (text.h); the caller frees them. */
struct line_hash *line_hashes(struct text *text);

#endif
