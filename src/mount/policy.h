/* SPDX-License-Identifier: Apache-2.0
 *
 * Policy: what each runtime makes of the kernel's answer to a mount. A table of rows,
 * each with the runtimes and versions it holds for; pure.
 *
 *     struct verdict verdict = policy_judge(&plan, trial, i, runtime, true);
 */
#ifndef SPECLINT_POLICY_H
#define SPECLINT_POLICY_H

#include "mount.h"
#include "trial.h"

struct verdict {
    enum mount_outcome outcome;
    enum stage stage;
    int error;
    const char *option; /* borrowed from the plan; NULL without */
    const char *why;    /* with {destination}, {source}, {type} and {option} places; NULL:
                           the kernel's answer speaks for itself */
};

struct verdict policy_judge(const struct plan *plan, const struct trial *trial,
                            size_t index, struct runtime_version runtime, bool on_target);

#endif
