/* SPDX-License-Identifier: Apache-2.0
 *
 * A finding: a rule's remark on a node, and the fix that goes with it. Data that linting
 * makes, fixing completes, and reports show.
 */
#ifndef SPECLINT_FINDING_H
#define SPECLINT_FINDING_H

#include "doc.h"
#include "edit.h"
#include "rule.h"
#include "section.h"

enum confirm {
    CONFIRM_NONE,    /* no dry run was made */
    CONFIRM_YES,     /* the dry run accepts the outcome */
    CONFIRM_NO,      /* the dry run refutes it */
    CONFIRM_UNTRIED, /* this machine could not try */
};

enum suppressed {
    SUPPRESSED_NOT,
    SUPPRESSED_BY_DOCUMENT, /* an annotation or a comment in it */
    SUPPRESSED_BY_CONFIG,
    SUPPRESSED_BY_BASELINE,
};

/* The fix of one finding: the rule's patch made for this document. */
struct fix {
    enum safety safety; /* the rule's, or less where this instance deserves less */
    char *demoted;      /* why it is less than the rule's; NULL if it is not; owned */
    char *patch;        /* RFC 6902 as JSON text, absolute pointers; owned */
    struct edits edits; /* over the document's text; owned */
    enum confirm confirm;
    char *confirm_text; /* one sentence: what the dry run said; NULL without; owned */
};

struct finding {
    const struct rule *rule;
    enum level level;
    const struct node *root; /* of the document in the file that it is in */
    const struct node *node; /* the candidate */
    const struct node *at;   /* what it points to: the candidate or a node below it */
    struct span span;        /* of the text */
    const char *message;     /* in the arena of the findings; not yet made visible */
    const char *section;     /* of the spec, "config.md#user"; NULL where none is known */
    enum release release;    /* whose documents have the section */
    const char *patch;       /* RFC 6902 as JSON text, relative to the candidate, instead
                                of the rule's; NULL */
    const char *unsafe;      /* why `patch` is not safe though the rule's fix is; NULL */
    struct fix *fix;         /* NULL without; owned by the findings */
    enum suppressed by;      /* who suppresses it */
};

struct findings {
    struct finding *items; /* sorted by place, then by rule id */
    size_t count;
    size_t capacity;
    struct finding *suppressed; /* of which nobody hears and which nothing fixes */
    size_t suppressed_count;
    size_t suppressed_capacity;
    struct arena arena;
};

/* What was done about a finding, or was tried and not done. */
struct repair_entry {
    const struct rule *rule;
    const char *pointer;  /* RFC 6901, of the candidate, in the text of its pass */
    const char *reason;   /* why it was dropped; NULL if it was applied */
    bool faulty;          /* dropped because it did not pass its proof: a fault of ours */
    enum confirm confirm; /* what the dry run said, and its sentence, NULL without one */
    const char *sentence;
    struct span span; /* applied: the part of the original text that it changed, about;
                         dropped: the finding's place in the text that is left */
    unsigned pass;    /* from 1 */
};

/* What the fix of a finding, or a repair, does: one line, borrowed from the rule. */
const char *finding_fix_title(const struct finding *finding);
const char *repair_title(const struct repair_entry *entry);

/* Puts the findings that somebody suppresses by themselves; the others keep their order.
 */
void findings_sweep(struct findings *findings);

void findings_release(struct findings *findings);

void fix_release(struct fix *fix);

#endif
