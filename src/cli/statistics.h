/* SPDX-License-Identifier: Apache-2.0
 *
 * How many findings each rule has, as --statistics shows it.
 */
#ifndef SPECLINT_STATISTICS_H
#define SPECLINT_STATISTICS_H

#include "finding.h"

struct statistics {
    struct statistic *items;
    size_t count;
    size_t capacity;
};

/* Counts findings; their rules are borrowed. */
void statistics_count(struct statistics *statistics, const struct findings *findings);

/* Adds a table, the most frequent first, and a sum; nothing where nothing was found. */
void statistics_print(struct statistics *statistics, struct buf *out);

void statistics_release(struct statistics *statistics);

#endif
