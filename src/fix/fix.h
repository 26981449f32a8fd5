/* SPDX-License-Identifier: Apache-2.0
 *
 * The fix of a finding: its rule's patch made for this document, as edits on its text,
 * proven.
 *
 *     struct fix fix;
 *     if (!fix_make(&doc, &finding, &fix, &fault))
 *         … it would be wrong, and is not offered: a fault of ours …
 *     else if (fix.patch != NULL)
 *         edits_apply(&fix.edits, text, &out);
 *     fix_release(&fix);
 */
#ifndef SPECLINT_FIX_H
#define SPECLINT_FIX_H

#include "finding.h"

/* Makes the fix of a finding on `doc`, on which linting found it: of the patch that the
 * finding brings along, or else of the first of its rule's patches that applies. Without
 * a fix that can be offered `patch` is NULL; `demoted` then says why not, where the rule
 * has one: no patch of it applies, or the text is written in a way that cannot be edited.
 * Faults, naming rule and place, when the edited text is not what the patch says; there
 * is no fix then. A fix that deletes a comment, or that stands at an anchor and so
 * changes its aliases too, is unsafe at most, and `demoted` says so. */
bool fix_make(const struct doc *doc, const struct finding *finding, struct fix *fix,
              struct fault *fault);

#endif
