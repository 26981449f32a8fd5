/* SPDX-License-Identifier: Apache-2.0
 *
 * Workflow commands of GitHub Actions, which become annotations
 * (docs.github.com/actions/reference/workflow-commands-for-github-actions). Of each step
 * GitHub shows ten errors and ten warnings, so these are the worst ones; the log and the
 * job summary have all of them.
 */
#include "reporters.h"

#include "help.h"

enum {
    KEPT = 10,
    SUMMARY_MAX = 900 * 1024, /* GitHub drops a summary of more than 1024 KiB */
};

struct command {
    char *text;
    unsigned rank; /* the greater the worse */
};

struct kept {
    struct command items[KEPT + 1]; /* the worst first; room for one that drops out */
    size_t count;
    size_t seen;
};

struct state {
    struct kept errors;
    struct kept warnings;
    size_t notes;
    struct buf log;  /* a line for each finding */
    struct buf rows; /* of the table in the job summary */
    size_t rows_left_out;
};

static struct state *state_of(struct report *report)
{
    if (report->state == NULL)
        report->state = mem_alloc(1, sizeof(struct state));
    return report->state;
}

/* The value of a property, or with `data` what stands behind the second "::"
 * (@actions/core, command.ts): the percent sign first. */
static void add_escaped(struct str text, bool data, struct buf *out)
{
    AUTO_BUF struct buf visible = {0};
    buf_add_visible(&visible, text);
    for (size_t i = 0; i < visible.len; i++) {
        char byte = visible.data[i];
        if (byte == '%' || (!data && (byte == ':' || byte == ',')))
            buf_addf(out, "%%%02X", (unsigned)byte);
        else
            buf_addc(out, byte);
    }
}

static void kept_add(struct kept *kept, const struct buf *text, unsigned rank)
{
    size_t at = kept->count;
    kept->seen++;
    while (at > 0 && kept->items[at - 1].rank < rank) {
        kept->items[at] = kept->items[at - 1];
        at--;
    }
    kept->items[at] = (struct command){mem_copy(text->data, text->len), rank};
    if (kept->count == KEPT)
        free(kept->items[KEPT].text);
    else
        kept->count++;
}

/* Within a level the container that does not start comes first, then what the spec itself
 * forbids. */
static unsigned rank_of(const struct rule *rule)
{
    unsigned rank = rule->spec[0] != '\0';
    for (size_t i = 0; i < rule->claim_count; i++) {
        if (rule->claims[i].does == CLAIM_REFUSES)
            return rank + 2;
    }
    return rank;
}

/* A row of the table in the job summary, as long as there is room. */
static void add_row(struct state *state, const char *level, struct str place,
                    const char *message, const char *rule, struct str url,
                    const char *fix)
{
    AUTO_BUF struct buf row = {0};
    buf_addf(&row, "| %s | ", level);
    help_add_literal(place, &row);
    buf_adds(&row, STR(" | "));
    help_add_literal(str_of(message), &row);
    buf_addf(&row, url.len > 0 ? " | [%s](<%s>) | " : " | %s%s | ", rule, url.at);
    help_add_literal(str_of(fix), &row);
    buf_adds(&row, STR(" |\n"));
    if (state->rows_left_out == 0 && state->rows.len + row.len <= SUMMARY_MAX)
        buf_adds(&state->rows, buf_str(&row));
    else
        state->rows_left_out++;
}

static void add_finding(struct state *state, struct doc *doc, struct str path,
                        const struct finding *finding)
{
    AUTO_BUF struct buf command = {0};
    AUTO_BUF struct buf shown = {0};
    AUTO_BUF struct buf url = {0};
    struct place start = text_place(&doc->text, finding->span.start);
    struct place end = text_place(&doc->text, finding->span.end);
    const char *level = level_name(finding->level);
    const char *fix = finding->fix ? finding_fix_title(finding) : "";
    buf_addf(&command, "::%s file=", level);
    add_escaped(path, false, &command);
    buf_addf(&command, ",line=%u", start.line);
    /* Columns are for one line only (REST, check runs: annotations). */
    if (start.line == end.line)
        buf_addf(&command, ",endLine=%u,col=%u,endColumn=%u", end.line, start.column,
                 end.column);
    buf_adds(&command, STR(",title="));
    add_escaped(str_of(finding->rule->id), false, &command);
    buf_adds(&command, STR("::"));
    add_escaped(str_of(finding->message), true, &command);
    if (finding->fix != NULL) {
        buf_adds(&command, STR("%0AFix: "));
        add_escaped(str_of(fix), true, &command);
    }
    report_finding_url(finding, &url);
    if (url.len > 0) {
        buf_adds(&command, STR("%0ASee: "));
        add_escaped(buf_str(&url), true, &command);
    }
    buf_addc(&command, '\n');
    if (finding->level == LEVEL_ERROR)
        kept_add(&state->errors, &command, rank_of(finding->rule));
    else if (finding->level == LEVEL_WARNING)
        kept_add(&state->warnings, &command, rank_of(finding->rule));
    else
        state->notes++;

    buf_adds(&shown, path);
    buf_addf(&shown, ":%u:%u", start.line, start.column);
    add_row(state, level, buf_str(&shown), finding->message, finding->rule->id,
            buf_str(&url), fix);
    buf_addf(&state->log, "%s: ", level);
    report_add_visible(buf_str(&shown), &state->log);
    buf_adds(&state->log, STR(": "));
    report_add_visible(str_of(finding->message), &state->log);
    buf_addf(&state->log, " [%s]\n", finding->rule->id);
}

static void github_findings(struct report *report, struct doc *doc,
                            const struct findings *findings)
{
    AUTO_BUF struct buf path = {0};
    report_path(report, doc->path, &path);
    for (size_t i = 0; i < findings->count; i++)
        add_finding(state_of(report), doc, buf_str(&path), &findings->items[i]);
}

static void github_fault(struct report *report, const struct fault *fault)
{
    enum { WORST = 4 };
    struct state *state = state_of(report);
    AUTO_BUF struct buf command = {0};
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf shown = {0};
    report_path(report, fault->path, &path);
    buf_adds(&shown, buf_str(&path));
    buf_adds(&command, STR("::error "));
    if (path.len > 0) {
        buf_adds(&command, STR("file="));
        add_escaped(buf_str(&path), false, &command);
        buf_addc(&command, ',');
    }
    if (fault->line > 0) {
        buf_addf(&command, "line=%u,col=%u,", fault->line, fault->column);
        buf_addf(&shown, ":%u:%u", fault->line, fault->column);
    }
    buf_adds(&command, STR("title=speclint::"));
    add_escaped(str_of(fault->text), true, &command);
    buf_addc(&command, '\n');
    kept_add(&state->errors, &command, WORST);

    add_row(state, "fault", buf_str(&shown), fault->text, "", STR(""), "");
    buf_adds(&state->log, STR("fault: "));
    report_add_visible(buf_str(&shown), &state->log);
    buf_adds(&state->log, STR(": "));
    report_add_visible(str_of(fault->text), &state->log);
    buf_addc(&state->log, '\n');
}

static void add_count(struct buf *out, size_t count, const char *noun)
{
    if (count > 0)
        buf_addf(out, "%s%zu %s%s", out->len ? ", " : "", count, noun,
                 count == 1 ? "" : "s");
}

/* One notice for all that is no annotation, and the log of everything. */
static void add_rest(struct report *report, const struct state *state)
{
    AUTO_BUF struct buf counts = {0};
    add_count(&counts, state->errors.seen - state->errors.count, "error");
    add_count(&counts, state->warnings.seen - state->warnings.count, "warning");
    add_count(&counts, state->notes, "note");
    if (counts.len == 0)
        return;
    buf_addf(&report->out,
             "::notice title=speclint::%s more: see the log of this step or the summary "
             "of the job\n::group::speclint: everything found\n",
             counts.data);
    buf_adds(&report->out, buf_str(&state->log));
    buf_adds(&report->out, STR("::endgroup::\n"));
}

static void add_step_summary(struct buf *out, const struct state *state,
                             const struct report_summary *summary)
{
    AUTO_BUF struct buf counts = {0};
    add_count(&counts, summary->errors, "error");
    add_count(&counts, summary->warnings, "warning");
    add_count(&counts, summary->notes, "note");
    buf_addf(out, "### speclint: %s in %zu file%s", counts.len ? counts.data : "nothing",
             summary->files, summary->files == 1 ? "" : "s");
    if (summary->fixed > 0)
        buf_addf(out, ", %zu fixed", summary->fixed);
    if (summary->fixable > 0)
        buf_addf(out, ", %zu can be fixed with <code>--fix</code>", summary->fixable);
    buf_adds(out, STR("\n\n"));
    if (state->rows.len == 0)
        return;
    buf_adds(out,
             STR("| level | place | finding | rule | fix |\n|---|---|---|---|---|\n"));
    buf_adds(out, buf_str(&state->rows));
    if (state->rows_left_out > 0)
        buf_addf(out, "\n%zu more are in the log of the step.\n", state->rows_left_out);
    buf_addc(out, '\n');
}

static void github_end(struct report *report, const struct report_summary *summary)
{
    struct state *state = state_of(report);
    for (size_t i = 0; i < state->errors.count; i++)
        buf_adds(&report->out, str_of(state->errors.items[i].text));
    for (size_t i = 0; i < state->warnings.count; i++)
        buf_adds(&report->out, str_of(state->warnings.items[i].text));
    add_rest(report, state);
    add_step_summary(&report->step_summary, state, summary);
}

static void kept_release(struct kept *kept)
{
    for (size_t i = 0; i < kept->count; i++)
        free(kept->items[i].text);
}

static void github_release(struct report *report)
{
    struct state *state = report->state;
    if (state == NULL)
        return;
    kept_release(&state->errors);
    kept_release(&state->warnings);
    buf_release(&state->log);
    buf_release(&state->rows);
    free(state);
}

const struct reporter report_github = {
    .name = "github",
    .about = "GitHub Actions: annotations and a job summary",
    .findings = github_findings,
    .fault = github_fault,
    .end = github_end,
    .release = github_release,
};
