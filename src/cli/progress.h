/* SPDX-License-Identifier: Apache-2.0
 *
 * The line that says how far a long run is: on a terminal only, and only after a second.
 */
#ifndef SPECLINT_PROGRESS_H
#define SPECLINT_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress {
    size_t all; /* files; 0: nothing is ever shown */
    long next;  /* when to show the line again, in milliseconds */
    bool shown;
};

/* Begins; shows nothing where stderr is no terminal, or a dumb one. */
void progress_init(struct progress *progress, size_t all);

/* Shows how many files are done, from time to time. */
void progress_show(struct progress *progress, size_t done);

/* Takes the line away, before anything else is written to the terminal. */
void progress_hide(struct progress *progress);

#endif
