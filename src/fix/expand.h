/* SPDX-License-Identifier: Apache-2.0
 *
 * A rule's patch, made absolute for one candidate.
 */
#ifndef SPECLINT_EXPAND_H
#define SPECLINT_EXPAND_H

#include "finding.h"
#include "patch.h"

/* Chooses the patch for a finding: the one that it brings along, or the first of its
 * rule's that can be done and makes a difference. Of a rule's patch those operations are
 * part whose `when` holds, and one for each node that a query path selects, the last of
 * the document first. False if there is none. `*unsafe` says why the patch is not safe
 * though the rule calls its fix so, NULL if it is. Values are borrowed from the rule or
 * are in the arena. */
bool patch_choose(const struct finding *finding, struct patch *patch, const char **unsafe,
                  struct arena *arena);

#endif
