/* SPDX-License-Identifier: Apache-2.0
 *
 * Reports: findings and faults as text for a person or as data for a program. A reporter
 * is one file and one row of a table; it writes into `out`, which its owner may empty
 * between the calls. Whatever comes from a document or a path is made harmless by the
 * rules of the format: no control character reaches a terminal or a log.
 *
 *     struct report report = {.reporter = reporter_find(STR("text"))};
 *     report_findings(&report, &doc, &findings);
 *     report_end(&report, &summary);
 *     fwrite(report.out.data, 1, report.out.len, stdout);
 *     report_release(&report);
 */
#ifndef SPECLINT_REPORT_H
#define SPECLINT_REPORT_H

#include "finding.h"

struct report_summary {
    size_t files; /* read, whether or not anything was found */
    size_t errors;
    size_t warnings;
    size_t notes;
    size_t fixed;          /* findings that were repaired */
    size_t fixable;        /* left findings that --fix repairs */
    size_t fixable_unsafe; /* left findings that --unsafe-fixes repairs beside them */
};

struct report {
    const struct reporter *reporter;
    struct buf out;
    struct buf step_summary; /* github: Markdown that is to be appended to the file that
                                $GITHUB_STEP_SUMMARY names, once report_end was called */
    const char *folder; /* absolute path that relative paths start from; NULL: unknown */
    const char *root;   /* absolute path that paths are shown relative to where a CI reads
                           them; NULL: `folder` */
    unsigned width;     /* text: columns of the terminal; 0: 100 */
    bool color;         /* text: with ANSI colours */
    bool links;         /* text: rule ids are links (OSC 8) */
    bool only_list;     /* text: no source lines, one line a finding */
    void *state;        /* of the reporter, between the calls */
};

struct reporter {
    const char *name;
    const char *about; /* one line for --help */
    void (*findings)(struct report *report, struct doc *doc,
                     const struct findings *findings);
    void (*repairs)(struct report *report, struct doc *doc,
                    const struct repair_entry *repairs, size_t count);
    void (*fault)(struct report *report, const struct fault *fault);
    void (*end)(struct report *report, const struct report_summary *summary);
    void (*release)(struct report *report);
};

/* All there are, `count` of them. */
const struct reporter *const *reporters(size_t *count);

/* The reporter of that name, or NULL. */
const struct reporter *reporter_find(struct str name);

/* The findings of one document, in their order. To be called once for each document that
 * was read, also for one without findings. Nothing is borrowed from the document or the
 * findings after the call; rules are, until report_end. */
void report_findings(struct report *report, struct doc *doc,
                     const struct findings *findings);

/* What was repaired in one document, or was to be and was not; `doc` is the text as it
 * was read at first. */
void report_repairs(struct report *report, struct doc *doc,
                    const struct repair_entry *repairs, size_t count);

/* A file that could not be read, or a fix that was refused. */
void report_fault(struct report *report, const struct fault *fault);

/* The end; nothing is reported after it. */
void report_end(struct report *report, const struct report_summary *summary);

void report_release(struct report *report);

/* The first sentence of a text, its line feeds as spaces. */
void report_first_sentence(const char *text, struct buf *out);

#endif
