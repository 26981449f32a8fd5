/* SPDX-License-Identifier: Apache-2.0
 *
 * How often a number was seen: what makes fingerprints of equal things unequal.
 */
#ifndef SPECLINT_TALLY_H
#define SPECLINT_TALLY_H

#include "finding.h"

struct tally {
    struct tally_slot *slots; /* open addressing; a slot without a count is free */
    size_t size;
    size_t used;
};

/* Counts the number once more and returns how often it was counted, from 1. */
uint32_t tally_add(struct tally *tally, uint64_t number);

/* Adds the fingerprint of a finding in the file at `path`: a hash of rule, path and
 * pointer, and which of the findings with this hash it is, so that it does not change
 * with the lines above and no two of a run are equal. */
void tally_fingerprint(struct tally *tally, const struct finding *finding,
                       struct str path, struct buf *out);

/* The same for a fault, from its path and text. */
void tally_fault(struct tally *tally, const struct fault *fault, struct buf *out);

void tally_release(struct tally *tally);

#endif
