/* SPDX-License-Identifier: Apache-2.0
 *
 * Where reports go: each --format to stdout or to its file. stdout carries only reports;
 * faults and all else that is for a person go to stderr.
 */
#ifndef SPECLINT_OUTPUT_H
#define SPECLINT_OUTPUT_H

#include "settings.h"
#include "statistics.h"

struct outputs {
    const struct settings *settings;
    struct report reports[FORMAT_MAX];
    size_t count;
    char *folder;       /* the current one; NULL if there is none */
    bool all_to_stderr; /* stdout carries a fixed document */
    bool stream_failed; /* stdout, or stderr, takes no more; said on stderr */
    bool failed;        /* something could not be written; said on stderr */
};

/* Makes the reports that the settings ask for; text to stdout when they ask for none. */
void outputs_init(struct outputs *outputs, const struct settings *settings,
                  bool all_to_stderr);

/* Passes the findings of one document on, and what was repaired in it. */
void outputs_findings(struct outputs *outputs, struct doc *doc,
                      const struct findings *findings);
void outputs_repairs(struct outputs *outputs, struct doc *doc,
                     const struct repair_entry *repairs, size_t count);

/* Says a fault on stderr and passes it on. */
void outputs_fault(struct outputs *outputs, const struct fault *fault);

/* Completes the reports and writes them. False when one could not be written. */
bool outputs_end(struct outputs *outputs, const struct report_summary *summary);

/* Prints the table: below the text report where that goes to stdout, else to stderr. */
bool outputs_statistics(struct outputs *outputs, struct statistics *statistics);

void outputs_release(struct outputs *outputs);

/* "speclint: PATH:LINE:COLUMN: TEXT" on stderr, with what is there of the place. */
void print_fault(const struct fault *fault);

/* Writes all of it to stdout; false, said on stderr, when that fails. That nobody reads
 * on is not said. */
bool print_all(struct str text);

/* Writes a file, by the mode of fopen(); false, said on stderr, when that fails. */
bool write_file(const char *path, const char *mode, struct str text);

#endif
