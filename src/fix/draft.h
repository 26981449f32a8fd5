/* SPDX-License-Identifier: Apache-2.0
 *
 * A fix on its way: made, and perhaps not proven yet. To read and compare a whole
 * document for one edit is dear where there are thousands, so the proofs of those that
 * are one edit may be put off and be one (fixes.h).
 */
#ifndef SPECLINT_DRAFT_H
#define SPECLINT_DRAFT_H

#include "finding.h"
#include "patch.h"

struct draft {
    struct fix fix;
    struct patch unproven; /* what the edits must come to; empty once that is proven */
    struct arena arena;    /* of the values of that patch */
};

/* As fix_make; with `prove_later` the proof is left to the caller, where `unproven` is
 * not empty. The caller releases the draft, also after a fault. */
bool draft_make(struct draft *draft, const struct doc *doc, const struct finding *finding,
                bool prove_later, struct fault *fault);

/* Proves an unproven draft by itself, and calls the fix unsafe if it deletes a comment.
 * Faults as fix_make does. */
bool draft_prove(struct draft *draft, const struct doc *doc,
                 const struct finding *finding, struct fault *fault);

void draft_release(struct draft *draft);

#endif
