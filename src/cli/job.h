/* SPDX-License-Identifier: Apache-2.0
 *
 * One input, read, linted, and repaired where that is asked for. All that comes of it is
 * data, so that jobs can be done on any thread; what is for people is left to whoever
 * takes the result. Only a repaired file is written at once.
 *
 *     struct job job = {.settings = settings, .input = input, .scope = scope};
 *     job_run(&job);
 *     … job.findings …
 *     job_release(&job);
 */
#ifndef SPECLINT_JOB_H
#define SPECLINT_JOB_H

#include "baseline.h"
#include "bundle.h"
#include "input.h"
#include "repair.h"
#include "scope.h"

struct job {
    const struct settings *settings;
    const struct input *input;
    const struct scope *scope;
    const struct baseline *baseline; /* NULL without */
    char *path;                      /* as globs of the scope see it; owned */
    char *baseline_path;             /* as the baseline has it; owned */
    char *folder;                    /* that it is in; NULL for stdin; owned */
    struct bundle bundle;
    struct lint_options lint; /* the scope's, for this bundle */

    bool is_spec; /* or a text that cannot be read: it counts as a file */
    bool linted;
    bool repaired;  /* `repair` is what was done */
    bool failed;    /* the repaired text could not be written */
    struct doc doc; /* as it was read */
    struct repair repair;
    struct findings findings; /* on `doc`, unless it was repaired and written */
    struct fault *faults;     /* in their order */
    size_t fault_count;
    size_t fault_capacity;
    struct buf out; /* what goes to stdout: a diff, or the text of stdin */
};

void job_run(struct job *job);

/* The document as it is now, and what is left to find in it. */
struct doc *job_doc(struct job *job);
struct findings *job_findings(struct job *job);

void job_release(struct job *job);

#endif
