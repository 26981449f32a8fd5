/* SPDX-License-Identifier: Apache-2.0
 *
 * Linting: rules and a document to findings.
 */
#ifndef SPECLINT_LINT_H
#define SPECLINT_LINT_H

#include "finding.h"

/* Which rules speak, and to whom. */
struct lint_options {
    enum profile profile;
    struct runtime_set runtimes;
    struct str *select; /* ids and areas; none selects all of the profile */
    size_t select_count;
    struct str *ignore;
    size_t ignore_count;
    const char *spec_version; /* in place of the documents' own; NULL */
    unsigned platforms; /* of enum shape_platform, in place of what sections say; 0 */
    const struct bundle *bundle; /* that the document is in (bundle.h); NULL: unknown */
    bool no_suppressions;        /* what documents suppress is found all the same */
};

/* Whether a rule is asked at all: by profile, selection and runtimes. A rule that is
 * selected by its id speaks whatever the profile. */
bool lint_wants(const struct lint_options *options, const struct rule *rule);

/* Adds the findings of all wanted rules on all documents of `doc`, sorted by place, and
 * puts those that the document suppresses (suppression.h) by themselves. They borrow from
 * the doc and the rules. */
void lint(const struct ruleset *set, const struct lint_options *options, struct doc *doc,
          struct findings *findings);

#endif
