/* SPDX-License-Identifier: Apache-2.0
 *
 * Repairing a document: its fixes are applied in passes until no more can be, each proven
 * before it counts.
 *
 *     struct repair repair;
 *     repair_run(&repair, &doc, &options);
 *     if (repair.edits.count > 0)
 *         file_replace(path, buf_str(&repair.doc.bytes), &doc.before, &fault);
 *     repair_release(&repair);
 *
 * A pass takes the fixes in the order of their findings. One that overlaps or touches
 * another one's edits, or changes the same array or object, waits for the next pass;
 * only repetitions that one rule takes out of an array go together (pass.h). The text of
 * a pass is linted: every finding whose fix was applied must be gone, and no new error
 * may have come. If that is not so the fixes are tried by halves; those that do not hold
 * alone are dropped until the text is another one, and the rest is applied. Rules of
 * which a fix was dropped come last from then on. The outcome depends on the document and
 * the options, on nothing else.
 *
 * Passes end when nothing can be fixed, when a text comes back that was there before (a
 * cycle), and after REPAIR_PASSES_MAX of them; passes that leave fewer fixes to do than
 * any before them make progress and do not count. What is left is always the last proven
 * text.
 */
#ifndef SPECLINT_REPAIR_H
#define SPECLINT_REPAIR_H

#include "finding.h"

enum { REPAIR_PASSES_MAX = 20 };

/* What the dry run has to say of a fix whose rule asks for it (`confirm_mounts`). */
enum repair_confirm {
    REPAIR_CONFIRM_AUTO,   /* it must not refute it */
    REPAIR_CONFIRM_ALWAYS, /* it must confirm it */
    REPAIR_CONFIRM_NEVER,  /* it is not asked */
};

/* Adds the findings of a document, as lint() does. */
typedef void repair_lint_fn(void *context, struct doc *doc, struct findings *findings);

/* Tries a fix: `before` is the document with the finding, `after` the same with nothing
 * but this fix. Sets `*sentence` to what is to be said of it: from malloc(), or NULL. */
typedef enum confirm repair_confirm_fn(void *context, const struct doc *before,
                                       const struct doc *after,
                                       const struct finding *finding, char **sentence);

struct repair_options {
    enum safety least; /* SAFETY_SAFE, or SAFETY_UNSAFE to take unsafe fixes too */
    repair_lint_fn *lint;
    void *lint_context;
    enum repair_confirm policy;
    repair_confirm_fn *confirm; /* NULL: nothing can be tried here */
    void *confirm_context;
};

struct repair_entries {
    struct repair_entry *items;
    size_t count;
    size_t capacity;
};

/* From the first line to the last; from 1. */
struct repair_lines {
    uint32_t first;
    uint32_t last;
};

struct repair {
    const struct doc *original; /* borrowed */
    struct doc doc;             /* the text that is left, read */
    struct edits edits;         /* from the original text to it */
    struct repair_entries applied;
    struct repair_entries dropped; /* fixes of findings that are left, which failed */
    struct findings findings;      /* that are left, on `doc`, with their fixes made */
    const struct rule **cycle;     /* the rules that undo each other; sorted by id */
    size_t cycle_count;
    bool unsettled; /* the limit of passes ended it */
    unsigned passes;
    struct repair_lines *lines; /* of the original text that `applied` changed */
    struct arena arena;         /* the strings of the entries */
};

void repair_run(struct repair *repair, const struct doc *original,
                const struct repair_options *options);

/* A diff_section_fn, whose context is the repair: the ids of the rules that changed a
 * line of the original text, or else the one next to it. */
const char *repair_section(void *repair, uint32_t line, unsigned nth);

void repair_release(struct repair *repair);

#define AUTO_REPAIR __attribute__((cleanup(repair_release)))

#endif
