/* SPDX-License-Identifier: Apache-2.0
 *
 * From one array to another by its elements: what both have stays where it is, with its
 * comments, and only the rest is removed and added.
 */
#ifndef SPECLINT_ARRAY_H
#define SPECLINT_ARRAY_H

#include "doc.h"

struct array_step {
    uint32_t index;           /* in the array as the steps before have left it */
    const struct node *value; /* to add there, borrowed; NULL: remove what is there */
};

struct array_steps {
    struct array_step *items;
    size_t count;
};

/* Works out the steps, the last place first, along a longest common subsequence. False,
 * without steps, where the arrays have nothing in common, or are so long that it would
 * take too much time: then one is better written in place of the other. */
bool array_steps_find(struct array_steps *steps, const struct node *from,
                      const struct node *to);

void array_steps_release(struct array_steps *steps);

#define AUTO_STEPS __attribute__((cleanup(array_steps_release)))

#endif
