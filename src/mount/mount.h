/* SPDX-License-Identifier: Apache-2.0
 *
 * The dry run: what becomes of a spec's mounts under the chosen runtimes. Every mount is
 * made in throw-away namespaces (trial.h), and what the runtimes add to the kernel's
 * answer is looked up in tables (policy.h). The host and the bundle are never written to;
 * nothing that the spec names is run.
 *
 *     struct mount_options options = {.bundle = ".", .runtimes = runtime_default()};
 *     struct mount_report report;
 *     mount_try(doc.root, &options, &report);
 *     mount_report_text(&report, "config.json", &out);
 *     mount_report_release(&report);
 *
 * Nothing here fails: what could not be tried is reported as such, with the reason.
 */
#ifndef SPECLINT_MOUNT_H
#define SPECLINT_MOUNT_H

#include "finding.h"

/* From the best to the worst. */
enum mount_outcome {
    MOUNT_MOUNTED,
    MOUNT_UNTRIED, /* this machine's limit */
    MOUNT_REFUSED, /* the spec's fault */
};

struct mount_options {
    const char *bundle; /* the folder of the spec; NULL where it has none (a pipe) */
    struct runtime_set runtimes;
    bool on_target; /* this machine will run the spec: what is missing here is missing */
};

struct mount_result {
    const struct node *node; /* the entry, of the spec */
    enum mount_outcome outcome;
    enum mount_outcome by[RUNTIME_MAX]; /* in the order of the options' runtimes */
    int error;                          /* errno; 0 without */
    const char *stage;                  /* where it failed; "" where it did not */
    const char *option;                 /* the option that is at fault; NULL without */
    const char *kernel;                 /* the kernel's words, a line each; "" without */
    const char *reason;       /* for a person; "" for what is mounted as asked */
    const char *seen_type;    /* of what was mounted; NULL where nothing was */
    const char *seen_options; /* its flags, as in /proc/self/mountinfo */
    const char *note;         /* what a person should know all the same; "" without */
};

struct mount_report {
    struct mount_options options;
    enum mount_outcome verdict;
    const char *reason; /* why untried, or refused as a whole; "" without */
    const char *kernel; /* its release; "" where there is no trial */
    unsigned user;
    unsigned namespaces; /* enum plan_namespace: in which it was tried */
    struct mount_result *results;
    size_t count;
    struct arena arena; /* of all texts; fit to print */
};

/* Tries the mounts of a spec. The report borrows nodes from the document and nothing
 * else; the caller releases it. Takes at most some two seconds, whatever the sources are.
 */
void mount_try(const struct node *root, const struct mount_options *options,
               struct mount_report *report);

void mount_report_release(struct mount_report *report);

/* Tries a spec before and after a change to the mount that `pointer` names (/mounts/N, or
 * a place below it). CONFIRM_YES: the mount is now mounted and no other became worse.
 * CONFIRM_NO: it is refused, or another became worse. CONFIRM_UNTRIED: this machine
 * cannot say. `sentence` says what was seen; the caller frees it. */
enum confirm mount_confirm(const struct node *before, const struct node *after,
                           struct str pointer, const struct mount_options *options,
                           char **sentence);

/* "mounted", "untried" or "refused". */
const char *mount_outcome_name(enum mount_outcome outcome);

/* Adds the report as the one JSON object of `speclint mounts --format json`, with a line
 * end behind it. */
void mount_report_json(const struct mount_report *report, const char *path,
                       struct buf *out);

/* Adds one line for each mount, its mark in colour where that is asked for, with the
 * reason below those that are not mounted, and a summary. */
void mount_report_text(const struct mount_report *report, const char *path, bool color,
                       struct buf *out);

#endif
