/* SPDX-License-Identifier: Apache-2.0
 *
 * Work on numbered things by several threads, whose results are taken in order: what
 * comes out does not depend on how many there are.
 */
#ifndef SPECLINT_POOL_H
#define SPECLINT_POOL_H

#include <stddef.h>

struct pool {
    unsigned workers;
    size_t count;
    /* Does the work of one; on any thread. */
    void (*work)(void *context, size_t index);
    /* Takes the result; on the thread that called pool_run, from the first to the last.
     */
    void (*take)(void *context, size_t index);
    void *context;
};

/* Does all of it. Workers are never far ahead of what is taken, so that results do not
 * pile up. */
void pool_run(const struct pool *pool);

#endif
