/* SPDX-License-Identifier: Apache-2.0
 *
 * For a program: one JSON object with findings, faults and a summary. Members are only
 * ever added to it.
 */
#include "reporters.h"

#include "writer.h"

struct state {
    struct buf findings; /* items of arrays that stand in the object */
    struct buf faults;
    struct buf repairs;
    struct writer findings_writer;
    struct writer faults_writer;
    struct writer repairs_writer;
};

static struct state *state_of(struct report *report)
{
    if (report->state == NULL) {
        struct state *state = mem_alloc(1, sizeof *state);
        state->findings_writer = (struct writer){.out = &state->findings, .depth = 2};
        state->faults_writer = (struct writer){.out = &state->faults, .depth = 2};
        state->repairs_writer = (struct writer){.out = &state->repairs, .depth = 2};
        report->state = state;
    }
    return report->state;
}

static void add_place(struct writer *writer, const char *name, struct doc *doc,
                      uint32_t offset)
{
    struct place place = text_place(&doc->text, offset);
    writer_name(writer, name);
    writer_open_flat(writer, '{');
    writer_member_integer(writer, "line", place.line);
    writer_member_integer(writer, "column", place.column);
    writer_member_integer(writer, "offset", offset);
    writer_close(writer, '}');
}

static void add_confirm(struct writer *writer, enum confirm confirm, const char *text)
{
    if (confirm == CONFIRM_YES || confirm == CONFIRM_NO) {
        writer_name(writer, "confirmed");
        writer_boolean(writer, confirm == CONFIRM_YES);
    }
    if (text != NULL)
        writer_member_string(writer, "dryRun", str_of(text));
}

static void add_fix(struct writer *writer, const struct finding *finding)
{
    const struct fix *fix = finding->fix;
    writer_name(writer, "fix");
    writer_open(writer, '{');
    writer_member_string(writer, "title", str_of(finding_fix_title(finding)));
    writer_member_string(writer, "safety", str_of(safety_name(fix->safety)));
    writer_name(writer, "patch");
    writer_json(writer, str_of(fix->patch));
    writer_name(writer, "edits");
    writer_open(writer, '[');
    for (size_t i = 0; i < fix->edits.count; i++) {
        const struct edit *edit = &fix->edits.items[i];
        writer_open_flat(writer, '{');
        writer_member_integer(writer, "start", edit->span.start);
        writer_member_integer(writer, "end", edit->span.end);
        writer_member_string(writer, "text", (struct str){edit->text, edit->len});
        writer_close(writer, '}');
    }
    writer_close(writer, ']');
    if (fix->demoted != NULL)
        writer_member_string(writer, "demoted", str_of(fix->demoted));
    add_confirm(writer, fix->confirm, fix->confirm_text);
    writer_close(writer, '}');
}

static void json_findings(struct report *report, struct doc *doc,
                          const struct findings *findings)
{
    struct writer *writer = &state_of(report)->findings_writer;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        AUTO_BUF struct buf pointer = {0};
        AUTO_BUF struct buf see = {0};
        node_pointer(finding->at, &pointer);
        writer_open(writer, '{');
        writer_member_string(writer, "rule", str_of(finding->rule->id));
        writer_member_string(writer, "level", str_of(level_name(finding->level)));
        writer_member_string(writer, "path", str_of(doc->path));
        writer_member_string(writer, "pointer", buf_str(&pointer));
        add_place(writer, "start", doc, finding->span.start);
        add_place(writer, "end", doc, finding->span.end);
        writer_member_string(writer, "message", str_of(finding->message));
        report_finding_url(finding, &see);
        if (see.len > 0)
            writer_member_string(writer, "see", buf_str(&see));
        if (finding->fix != NULL)
            add_fix(writer, finding);
        writer_close(writer, '}');
    }
}

static void json_repairs(struct report *report, struct doc *doc,
                         const struct repair_entry *repairs, size_t count)
{
    struct writer *writer = &state_of(report)->repairs_writer;
    for (size_t i = 0; i < count; i++) {
        const struct repair_entry *repair = &repairs[i];
        writer_open(writer, '{');
        writer_member_string(writer, "rule", str_of(repair->rule->id));
        writer_member_string(writer, "path", str_of(doc->path));
        writer_member_string(writer, "pointer", str_of(repair->pointer));
        add_place(writer, "start", doc, repair->span.start);
        writer_member_string(writer, "title", str_of(repair_title(repair)));
        writer_name(writer, "applied");
        writer_boolean(writer, repair->reason == NULL);
        if (repair->reason != NULL)
            writer_member_string(writer, "reason", str_of(repair->reason));
        add_confirm(writer, repair->confirm, repair->sentence);
        writer_close(writer, '}');
    }
}

static void json_fault(struct report *report, const struct fault *fault)
{
    struct writer *writer = &state_of(report)->faults_writer;
    writer_open(writer, '{');
    writer_member_string(writer, "path", str_of(fault->path));
    writer_member_integer(writer, "line", fault->line);
    writer_member_integer(writer, "column", fault->column);
    writer_member_string(writer, "message", str_of(fault->text));
    writer_close(writer, '}');
}

static void json_end(struct report *report, const struct report_summary *summary)
{
    struct state *state = state_of(report);
    struct writer writer = {.out = &report->out};
    writer_open(&writer, '{');
    writer_member_integer(&writer, "version", 1);
    writer_name(&writer, "findings");
    writer_items(&writer, &state->findings);
    writer_name(&writer, "faults");
    writer_items(&writer, &state->faults);
    writer_name(&writer, "repairs");
    writer_items(&writer, &state->repairs);
    writer_name(&writer, "summary");
    writer_open_flat(&writer, '{');
    writer_member_integer(&writer, "files", summary->files);
    writer_member_integer(&writer, "errors", summary->errors);
    writer_member_integer(&writer, "warnings", summary->warnings);
    writer_member_integer(&writer, "notes", summary->notes);
    writer_member_integer(&writer, "fixed", summary->fixed);
    writer_close(&writer, '}');
    writer_close(&writer, '}');
    buf_addc(&report->out, '\n');
}

static void json_release(struct report *report)
{
    struct state *state = report->state;
    if (state == NULL)
        return;
    buf_release(&state->findings);
    buf_release(&state->faults);
    buf_release(&state->repairs);
    free(state);
}

const struct reporter report_json = {
    .name = "json",
    .about = "for a program: one object with findings, faults and a summary",
    .findings = json_findings,
    .repairs = json_repairs,
    .fault = json_fault,
    .end = json_end,
    .release = json_release,
};
