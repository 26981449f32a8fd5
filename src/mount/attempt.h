/* SPDX-License-Identifier: Apache-2.0
 *
 * An attempt: one mount given to the kernel, step by step, with what it says at each.
 * Linux only, in the sandbox only.
 */
#ifndef SPECLINT_ATTEMPT_H
#define SPECLINT_ATTEMPT_H

#include "scratch.h"

/* What all attempts of a trial share. */
struct attempt {
    const struct plan *plan;
    struct trial *trial;
    struct scratch scratch;
    struct str filesystems; /* the text of /proc/filesystems */
};

/* Tries a mount on the destination that is open as `place`. */
void attempt_filesystem(struct attempt *attempt, const struct plan_mount *mount,
                        const struct scratch_place *rootfs, int place,
                        struct trial_mount *out);
void attempt_bind(struct attempt *attempt, const struct plan_mount *mount, int place,
                  struct trial_mount *out);

#endif
