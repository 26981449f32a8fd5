/* SPDX-License-Identifier: Apache-2.0
 *
 * A rule's patch, made absolute for one candidate.
 */
#ifndef SPECLINT_EXPAND_H
#define SPECLINT_EXPAND_H

#include "finding.h"
#include "patch.h"

/* Adds the operations of a rule's patch for the candidate of a finding: those whose
 * `when` holds, and one for each node that a query path selects, the last of the document
 * first. Sets `*unsafe` when one of them is. Values are borrowed from the rule. */
void patch_expand(const struct rule_patch *rule_patch, const struct finding *finding,
                  struct patch *patch, bool *unsafe);

#endif
