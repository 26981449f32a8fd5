/* SPDX-License-Identifier: Apache-2.0
 *
 * As gcc prints them, which every editor reads: PATH:LINE:COLUMN: LEVEL: MESSAGE [RULE].
 */
#include "reporters.h"

static void gcc_findings(struct report *report, struct doc *doc,
                         const struct findings *findings)
{
    struct buf *out = &report->out;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct place place = text_place(&doc->text, finding->span.start);
        report_add_path(doc->path, out);
        buf_addf(out, ":%u:%u: %s: ", place.line, place.column,
                 level_name(finding->level));
        report_add_visible(str_of(finding->message), out);
        buf_addf(out, " [%s]\n", finding->rule->id);
    }
}

static void gcc_fault(struct report *report, const struct fault *fault)
{
    struct buf *out = &report->out;
    report_add_path(fault->path[0] ? fault->path : "speclint", out);
    if (fault->line > 0)
        buf_addf(out, ":%u:%u", fault->line, fault->column);
    buf_adds(out, STR(": error: "));
    report_add_visible(str_of(fault->text), out);
    buf_addc(out, '\n');
}

const struct reporter report_gcc = {
    .name = "gcc",
    .about = "for an editor: one line each, as a compiler prints them",
    .findings = gcc_findings,
    .fault = gcc_fault,
};
