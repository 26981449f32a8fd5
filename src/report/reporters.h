/* SPDX-License-Identifier: Apache-2.0
 *
 * The reporters, each in the file of its name, and what they share.
 */
#ifndef SPECLINT_REPORTERS_H
#define SPECLINT_REPORTERS_H

#include "report.h"

extern const struct reporter report_text;
extern const struct reporter report_json;
extern const struct reporter report_sarif;
extern const struct reporter report_github;
extern const struct reporter report_gitlab;
extern const struct reporter report_junit;
extern const struct reporter report_rdjson;
extern const struct reporter report_gcc;

/* Adds text for a terminal or a log: as buf_add_visible, and without the "##[" that
 * begins a command anywhere in a line of a GitHub Actions log (actions/runner,
 * ActionCommand.cs, TryParse). */
void report_add_visible(struct str text, struct buf *out);

/* Adds a path for the start of a line of a log, as report_add_visible, and so that the
 * line does not begin with the "::" of a workflow command. */
void report_add_path(const char *path, struct buf *out);

/* Adds the path of a file as a CI wants it: relative to the root, without "." and "..",
 * where that can be known from the text alone. Absolute where it is outside of the root.
 */
void report_path(const struct report *report, const char *path, struct buf *out);

/* Adds the web address of what a rule's `see` names: itself, or for "config.md#mounts"
 * its place in the newest runtime spec. */
void report_see_url(const char *see, struct buf *out);

/* Adds the first web address that a rule gives; nothing where it has none. */
void report_rule_url(const struct rule *rule, struct buf *out);

/* Adds the web address of what a finding is about: its section of the spec, in the
 * version that the document declares, or else the rule's; nothing where there is neither.
 */
void report_finding_url(const struct finding *finding, struct buf *out);

#endif
