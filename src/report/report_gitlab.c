/* SPDX-License-Identifier: Apache-2.0
 *
 * GitLab Code Quality: an array of issues (docs.gitlab.com/ci/testing/code_quality). The
 * fingerprint is how GitLab knows an issue of the target branch again: it must not change
 * with the lines, and of two that are equal GitLab shows one.
 */
#include "reporters.h"

#include "tally.h"
#include "writer.h"

struct state {
    struct buf issues; /* items of the array */
    struct writer writer;
    struct tally tally;
};

struct issue {
    struct str rule;
    struct str fingerprint;
    struct str path;
    const char *severity;
    const char *message;
    struct str url; /* empty for none */
    uint32_t first; /* line */
    uint32_t last;
};

static struct state *state_of(struct report *report)
{
    if (report->state == NULL) {
        struct state *state = mem_alloc(1, sizeof *state);
        state->writer = (struct writer){.out = &state->issues, .depth = 1};
        report->state = state;
    }
    return report->state;
}

static const char *severity(enum level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return "critical";
    case LEVEL_WARNING:
        return "major";
    case LEVEL_NOTE:
        return "minor";
    }
    return "minor";
}

static void add_issue(struct writer *writer, const struct issue *issue)
{
    AUTO_BUF struct buf description = {0};
    buf_add_visible(&description, str_of(issue->message));
    buf_addf(&description, " [%.*s]", (int)issue->rule.len, issue->rule.at);
    writer_open(writer, '{');
    writer_member_string(writer, "description", buf_str(&description));
    writer_member_string(writer, "check_name", issue->rule);
    writer_member_string(writer, "fingerprint", issue->fingerprint);
    writer_member_string(writer, "severity", str_of(issue->severity));
    if (issue->url.len >
        0) { /* Code Climate, SPEC.md: what the issue is about, Markdown */
        AUTO_BUF struct buf body = {0};
        buf_addf(&body, "See <%s>", issue->url.at);
        writer_name(writer, "content");
        writer_open_flat(writer, '{');
        writer_member_string(writer, "body", buf_str(&body));
        writer_close(writer, '}');
    }
    writer_name(writer, "location");
    writer_open(writer, '{');
    writer_member_string(writer, "path", issue->path);
    writer_name(writer, "lines");
    writer_open_flat(writer, '{');
    writer_member_integer(writer, "begin", issue->first);
    writer_member_integer(writer, "end", issue->last);
    writer_close(writer, '}');
    writer_close(writer, '}');
    writer_close(writer, '}');
}

static void gitlab_findings(struct report *report, struct doc *doc,
                            const struct findings *findings)
{
    struct state *state = state_of(report);
    AUTO_BUF struct buf path = {0};
    report_path(report, doc->path, &path);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        AUTO_BUF struct buf fingerprint = {0};
        AUTO_BUF struct buf url = {0};
        report_finding_url(finding, &url);
        tally_fingerprint(&state->tally, finding, buf_str(&path), &fingerprint);
        struct issue issue = {
            .rule = str_of(finding->rule->id),
            .fingerprint = buf_str(&fingerprint),
            .path = buf_str(&path),
            .severity = severity(finding->level),
            .message = finding->message,
            .url = buf_str(&url),
            .first = text_place(&doc->text, finding->span.start).line,
            .last = text_place(&doc->text, finding->span.end).line,
        };
        add_issue(&state->writer, &issue);
    }
}

static void gitlab_fault(struct report *report, const struct fault *fault)
{
    struct state *state = state_of(report);
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf fingerprint = {0};
    uint32_t line = fault->line ? fault->line : 1;
    report_path(report, fault->path[0] ? fault->path : ".", &path);
    tally_fault(&state->tally, fault, &fingerprint);
    struct issue issue = {
        .rule = STR("fault"),
        .fingerprint = buf_str(&fingerprint),
        .path = buf_str(&path),
        .severity = severity(LEVEL_ERROR),
        .message = fault->text,
        .first = line,
        .last = line,
    };
    add_issue(&state->writer, &issue);
}

static void gitlab_end(struct report *report, const struct report_summary *summary)
{
    struct state *state = state_of(report);
    struct writer writer = {.out = &report->out};
    (void)summary;
    writer_items(&writer, &state->issues);
    buf_addc(&report->out, '\n');
}

static void gitlab_release(struct report *report)
{
    struct state *state = report->state;
    if (state == NULL)
        return;
    buf_release(&state->issues);
    tally_release(&state->tally);
    free(state);
}

const struct reporter report_gitlab = {
    .name = "gitlab",
    .about = "GitLab Code Quality report",
    .findings = gitlab_findings,
    .fault = gitlab_fault,
    .end = gitlab_end,
    .release = gitlab_release,
};
