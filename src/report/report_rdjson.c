/* SPDX-License-Identifier: Apache-2.0
 *
 * Reviewdog's diagnostic format (reviewdog/reviewdog, proto/rdf/reviewdog.proto): columns
 * count bytes from 1. A fix is one suggestion of whole lines without columns: what
 * reviewdog can make a suggested change of, on GitHub and on GitLab, in every version.
 */
#include "reporters.h"

#include "writer.h"

/* Beyond that a suggestion does not fit into a comment of a review (GitHub: 65536
 * characters); lines of that length are no one's to review. */
enum { SUGGESTION_MAX = 60000 };

struct state {
    struct buf diagnostics; /* items of the array */
    struct writer writer;
};

static struct state *state_of(struct report *report)
{
    if (report->state == NULL) {
        struct state *state = mem_alloc(1, sizeof *state);
        state->writer = (struct writer){.out = &state->diagnostics, .depth = 2};
        report->state = state;
    }
    return report->state;
}

static const char *severity(enum level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return "ERROR";
    case LEVEL_WARNING:
        return "WARNING";
    case LEVEL_NOTE:
        return "INFO";
    }
    return "INFO";
}

/* A column of 0 is left out. */
static void add_position(struct writer *writer, const char *name, uint32_t line,
                         uint32_t column)
{
    writer_name(writer, name);
    writer_open_flat(writer, '{');
    writer_member_integer(writer, "line", line);
    if (column > 0)
        writer_member_integer(writer, "column", column);
    writer_close(writer, '}');
}

static void add_range(struct writer *writer, struct place start, struct place end)
{
    writer_name(writer, "range");
    writer_open(writer, '{');
    add_position(writer, "start", start.line, start.column);
    add_position(writer, "end", end.line, end.column);
    writer_close(writer, '}');
}

static void add_suggestion(struct writer *writer, struct doc *doc,
                           const struct edits *edits)
{
    AUTO_BUF struct buf text = {0};
    uint32_t last_end = edits->items[edits->count - 1].span.end;
    uint32_t first = text_place(&doc->text, edits->items[0].span.start).line;
    uint32_t last = text_place(&doc->text, last_end).line;
    uint32_t at = text_line(&doc->text, first).start;
    uint32_t end = text_line(&doc->text, last).end;
    if (end < last_end) /* between CR and LF */
        end = last_end;
    size_t len = end - at;
    for (size_t i = 0; i < edits->count; i++)
        len += edits->items[i].len;
    if (len > SUGGESTION_MAX)
        return;
    for (size_t i = 0; i < edits->count; i++) {
        const struct edit *edit = &edits->items[i];
        buf_add(&text, doc->text.bytes + at, edit->span.start - at);
        buf_add(&text, edit->text, edit->len);
        at = edit->span.end;
    }
    buf_add(&text, doc->text.bytes + at, end - at);
    writer_name(writer, "suggestions");
    writer_open(writer, '[');
    writer_open(writer, '{');
    add_range(writer, (struct place){first, 0}, (struct place){last, 0});
    writer_member_string(writer, "text", buf_str(&text));
    writer_close(writer, '}');
    writer_close(writer, ']');
}

static void add_message(struct writer *writer, const struct finding *finding)
{
    AUTO_BUF struct buf message = {0};
    buf_add_visible(&message, str_of(finding->message));
    if (finding->fix != NULL) {
        const char *unsafe = finding->fix->safety == SAFETY_SAFE ? "" : " (unsafe)";
        buf_addf(&message, "\nFix%s: ", unsafe);
        buf_add_visible(&message, str_of(finding_fix_title(finding)));
    }
    writer_member_string(writer, "message", buf_str(&message));
}

static void rdjson_findings(struct report *report, struct doc *doc,
                            const struct findings *findings)
{
    struct writer *writer = &state_of(report)->writer;
    AUTO_BUF struct buf path = {0};
    report_path(report, doc->path, &path);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        AUTO_BUF struct buf url = {0};
        report_finding_url(finding, &url);
        writer_open(writer, '{');
        add_message(writer, finding);
        writer_name(writer, "location");
        writer_open(writer, '{');
        writer_member_string(writer, "path", buf_str(&path));
        add_range(writer, text_place(&doc->text, finding->span.start),
                  text_place(&doc->text, finding->span.end));
        writer_close(writer, '}');
        writer_member_string(writer, "severity", str_of(severity(finding->level)));
        writer_name(writer, "code");
        writer_open(writer, '{');
        writer_member_string(writer, "value", str_of(finding->rule->id));
        if (url.len > 0)
            writer_member_string(writer, "url", buf_str(&url));
        writer_close(writer, '}');
        if (finding->fix != NULL && finding->fix->edits.count > 0)
            add_suggestion(writer, doc, &finding->fix->edits);
        writer_close(writer, '}');
    }
}

static void rdjson_fault(struct report *report, const struct fault *fault)
{
    struct writer *writer = &state_of(report)->writer;
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf message = {0};
    report_path(report, fault->path, &path);
    buf_add_visible(&message, str_of(fault->text));
    writer_open(writer, '{');
    writer_member_string(writer, "message", buf_str(&message));
    writer_name(writer, "location");
    writer_open(writer, '{');
    writer_member_string(writer, "path", buf_str(&path));
    if (fault->line > 0) {
        struct place place = {fault->line, fault->column};
        add_range(writer, place, place);
    }
    writer_close(writer, '}');
    writer_member_string(writer, "severity", STR("ERROR"));
    writer_close(writer, '}');
}

static void rdjson_end(struct report *report, const struct report_summary *summary)
{
    struct state *state = state_of(report);
    struct writer writer = {.out = &report->out};
    (void)summary;
    writer_open(&writer, '{');
    writer_name(&writer, "source");
    writer_open_flat(&writer, '{');
    writer_member_string(&writer, "name", STR("speclint"));
    writer_close(&writer, '}');
    writer_name(&writer, "diagnostics");
    writer_items(&writer, &state->diagnostics);
    writer_close(&writer, '}');
    buf_addc(&report->out, '\n');
}

static void rdjson_release(struct report *report)
{
    struct state *state = report->state;
    if (state != NULL)
        buf_release(&state->diagnostics);
    free(state);
}

const struct reporter report_rdjson = {
    .name = "rdjson",
    .about = "for reviewdog: reviews that offer the fixes",
    .findings = rdjson_findings,
    .fault = rdjson_fault,
    .end = rdjson_end,
    .release = rdjson_release,
};
