/* SPDX-License-Identifier: Apache-2.0
 *
 * "Did you mean": the word of a list that is nearest to a misspelt one.
 */
#ifndef SPECLINT_NEAREST_H
#define SPECLINT_NEAREST_H

#include "mem.h"

/* The search as it goes: {.word = …}, then nearest_try for each candidate. */
struct nearest {
    struct str word;
    const char *best; /* NULL while nothing is near enough; borrowed */
    size_t distance;
};

/* Takes the candidate if it is nearer than the ones before: by optimal string alignment
 * distance (insert, delete, replace, swap neighbours), without regard to case, at most a
 * third of the longer word. */
void nearest_try(struct nearest *nearest, const char *candidate);

#endif
