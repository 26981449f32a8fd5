/* SPDX-License-Identifier: Apache-2.0
 *
 * Suppressions: what a document itself says of findings that are meant to be. In JSON and
 * YAML an annotation, which the spec allows and runtimes ignore (config.md, annotations):
 *
 *     "dev.speclint.ignore/RULE": "reason"
 *     "dev.speclint.ignore/RULE": "/mounts/4: reason"     below that JSON Pointer only
 *
 * In YAML a comment too, about its line, or on a line of its own about the next node:
 *
 *     # speclint: ignore[RULE, RULE] reason
 */
#ifndef SPECLINT_SUPPRESSION_H
#define SPECLINT_SUPPRESSION_H

#include "finder.h"
#include "lint.h"

/* What is found about them, as rule files name it. */
#define SUPPRESSION_UNUSED "unused-suppressions"
#define SUPPRESSION_UNKNOWN "unknown-suppressions"
#define SUPPRESSION_UNEXPLAINED "unexplained-suppressions"

/* One rule that is suppressed at one place. All texts are the document's. */
struct suppression {
    const struct node *root; /* of the document that it is in */
    const struct node *node; /* the annotation; for a comment what it is about, or root */
    struct span span;        /* of the comment; empty for an annotation */
    struct span about;       /* comment: findings that begin in it are suppressed */
    struct str pointer;      /* annotation */
    struct str rule;         /* empty: nobody can read the comment */
    struct str reason;
    bool used;
};

struct suppressions {
    struct suppression *items;
    size_t count;
    size_t capacity;
};

/* Adds all suppressions of a file. */
void suppressions_find(struct suppressions *suppressions, struct doc *doc);

/* Takes away the findings that are suppressed (findings_sweep), and notes which
 * suppressions were of use. */
void suppressions_apply(struct suppressions *suppressions, struct findings *findings);

/* Marks suppressions in one document that are unknown, unexplained, or unused though
 * their rule was asked. */
void suppressions_mark(const struct suppressions *suppressions, const struct ruleset *set,
                       const struct lint_options *options, const struct search *search,
                       struct marks *out);

void suppressions_release(struct suppressions *suppressions);

#endif
