/* SPDX-License-Identifier: Apache-2.0
 *
 * The stage of an example: the files that it has beside its spec, made in a temporary
 * folder, which is the root of a machine with the bundle in /bundle.
 *
 *     struct stage stage;
 *     if (!stage_open(&stage, example, &fault))
 *         …
 *     options.bundle = stage_bundle(&stage);
 *     stage_close(&stage);
 */
#ifndef SPECLINT_STAGE_H
#define SPECLINT_STAGE_H

#include "bundle.h"
#include "fault.h"
#include "rule.h"

struct stage {
    char *folder; /* NULL where the example has no files */
    struct bundle bundle;
};

/* Makes the files. Faults where one cannot be made; then nothing is left behind. */
bool stage_open(struct stage *stage, const struct rule_example *example,
                struct fault *fault);

/* The bundle, or NULL for an example that has no files. */
const struct bundle *stage_bundle(const struct stage *stage);

/* Removes the files. */
void stage_close(struct stage *stage);

/* Whether a path may be one of an example: below its folder, in the plainest form. */
bool stage_takes(struct str path);

#endif
