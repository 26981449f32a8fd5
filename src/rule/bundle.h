/* SPDX-License-Identifier: Apache-2.0
 *
 * The bundle that a spec is in (bundle.md), and the machine that it is for.
 */
#ifndef SPECLINT_BUNDLE_H
#define SPECLINT_BUNDLE_H

#include "finder.h"

struct bundle {
    const char *host;   /* the folder that is the machine's root: "/" but in examples */
    const char *folder; /* of the spec, from that root; NULL for what comes on stdin */
    bool on_target;     /* the machine will run the spec: what it lacks is missing */
};

/* Finds what a spec and its surroundings have in contradiction. Without a bundle it is
 * silent; where the bundle has no rootfs, or an empty one, the spec is a template, and
 * what is in its rootfs is not known. */
finder_fn bundle_check;

#endif
