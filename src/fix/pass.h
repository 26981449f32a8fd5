/* SPDX-License-Identifier: Apache-2.0
 *
 * The fixes that one pass applies together: those that do not get in each other's way.
 */
#ifndef SPECLINT_PASS_H
#define SPECLINT_PASS_H

#include "finding.h"
#include "patch.h"

struct pass_container;

struct pass {
    struct finding **findings; /* in the order they were taken; borrowed */
    size_t count;
    size_t capacity;
    uint32_t reach;  /* where the last of their edits ends */
    bool only_proof; /* they are proven together, not applied */
    struct arena arena;
    struct pass_container *containers; /* what they change */
    size_t container_count;
    size_t container_capacity;
};

/* Whether a patch must wait: it changes an array or object that one taken before changes.
 * Several may do so only where each is about another element of an array: to be applied
 * together all must be fixes of one rule that take out what stays in the array before, so
 * that it has the same elements in whatever order they are done, and all but the
 * repetitions. To be proven together it is enough that each takes out or replaces one.
 */
bool pass_holds(const struct pass *pass, const struct finding *finding,
                const struct patch *patch);

/* Whether the edits of its fix overlap or touch those of one taken before. */
bool pass_touches(const struct pass *pass, const struct finding *finding);

/* Takes a finding whose fix is, or will be, made of the patch. */
void pass_take(struct pass *pass, struct finding *finding, const struct patch *patch);

/* Takes a finding that was in a pass with all that are in this one. */
void pass_add(struct pass *pass, struct finding *finding);

/* Adds all edits of the pass to `edits`, which led to the text that the fixes are for. */
void pass_edit(const struct pass *pass, struct edits *edits);

/* Compares the findings before and after the fixes of the pass. True when as many are
 * gone as were fixed, by rule, no rule has more errors, and what was suppressed is not
 * found now (a pointer may lead elsewhere when an entry of a list goes); else the reason
 * is in `reason`. */
bool pass_check(const struct pass *pass, const struct findings *before,
                const struct findings *after, struct buf *reason);

void pass_release(struct pass *pass);

#define AUTO_PASS __attribute__((cleanup(pass_release)))

#endif
