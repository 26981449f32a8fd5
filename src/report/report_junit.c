/* SPDX-License-Identifier: Apache-2.0
 *
 * JUnit XML as Jenkins and GitLab read it: a suite for each file, a failed test for each
 * error and warning, a passed one for a note and for a file without findings, and an
 * error for a file that could not be read. GitLab drops tests of a name that it has seen,
 * so names have the place, and a number where that is not enough.
 */
#include "reporters.h"

#include "tally.h"
#include "utf8.h"

struct state {
    struct buf suites;
    struct tally tally;
    size_t tests;
    size_t failures;
    size_t errors;
};

static struct state *state_of(struct report *report)
{
    if (report->state == NULL)
        report->state = mem_alloc(1, sizeof(struct state));
    return report->state;
}

/* Text for an attribute or an element. XML 1.0 (2.2) has no control characters, and of
 * what is left U+FFFE and U+FFFF are not in it either. */
static void add_xml(struct str text, struct buf *out)
{
    AUTO_BUF struct buf visible = {0};
    buf_add_visible(&visible, text);
    for (size_t i = 0; i < visible.len;) {
        unsigned code_point;
        size_t len = utf8_decode(visible.data + i, visible.len - i, &code_point);
        if (strchr("<>&\"'", visible.data[i]) != NULL)
            buf_addf(out, "&#%u;", code_point);
        else if (code_point == 0xFFFE || code_point == 0xFFFF)
            buf_addf(out, "\\u{%04X}", code_point);
        else
            buf_add(out, visible.data + i, len);
        i += len;
    }
}

static void add_attribute(struct buf *out, const char *name, struct str value)
{
    buf_addf(out, " %s=\"", name);
    add_xml(value, out);
    buf_addc(out, '"');
}

static void open_case(struct buf *out, struct str path, struct str name)
{
    buf_adds(out, STR("    <testcase"));
    add_attribute(out, "classname", path);
    add_attribute(out, "name", name);
    add_attribute(out, "file", path);
}

/* What a person reads of a finding. */
static void add_account(struct buf *out, struct doc *doc, const struct finding *finding)
{
    AUTO_BUF struct buf why = {0};
    AUTO_BUF struct buf url = {0};
    struct place place = text_place(&doc->text, finding->span.start);
    add_xml(str_of(doc->path), out);
    buf_addf(out, ":%u:%u: %s: ", place.line, place.column, level_name(finding->level));
    add_xml(str_of(finding->message), out);
    report_first_sentence(finding->rule->why, &why);
    buf_addc(out, '\n');
    add_xml(buf_str(&why), out);
    if (finding->fix != NULL) {
        buf_adds(out, STR("\nFix: "));
        add_xml(str_of(finding_fix_title(finding)), out);
    }
    report_finding_url(finding, &url);
    if (url.len > 0) {
        buf_adds(out, STR("\nSee: "));
        add_xml(buf_str(&url), out);
    }
}

static void add_case(struct buf *out, struct state *state, struct doc *doc,
                     struct str path, const struct finding *finding)
{
    AUTO_BUF struct buf name = {0};
    AUTO_BUF struct buf identity = {0};
    struct place place = text_place(&doc->text, finding->span.start);
    buf_adds(&name, str_of(finding->rule->id));
    if (finding->at->parent != NULL)
        buf_addc(&name, ' ');
    node_pointer(finding->at, &name);
    buf_addf(&name, " L%u:%u", place.line, place.column);
    tally_fingerprint(&state->tally, finding, path, &identity);
    const char *nth = strrchr(identity.data, '-') + 1;
    if (strcmp(nth, "1") != 0)
        buf_addf(&name, " #%s", nth);
    open_case(out, path, buf_str(&name));
    buf_adds(out, STR(">\n"));
    const char *element = "system-out";
    if (finding->level != LEVEL_NOTE) {
        element = "failure";
        buf_adds(out, STR("      <failure"));
        add_attribute(out, "message", str_of(finding->message));
        add_attribute(out, "type", str_of(level_name(finding->level)));
        buf_addc(out, '>');
    } else {
        buf_adds(out, STR("      <system-out>"));
    }
    add_account(out, doc, finding);
    buf_addf(out, "</%s>\n    </testcase>\n", element);
}

static void add_suite(struct state *state, struct str path, size_t tests, size_t failures,
                      size_t errors, const struct buf *cases)
{
    struct buf *out = &state->suites;
    buf_adds(out, STR("  <testsuite"));
    add_attribute(out, "name", path);
    buf_addf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests, failures,
             errors);
    buf_adds(out, buf_str(cases));
    buf_adds(out, STR("  </testsuite>\n"));
    state->tests += tests;
    state->failures += failures;
    state->errors += errors;
}

static void junit_findings(struct report *report, struct doc *doc,
                           const struct findings *findings)
{
    struct state *state = state_of(report);
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf cases = {0};
    size_t failures = 0;
    report_path(report, doc->path, &path);
    for (size_t i = 0; i < findings->count; i++) {
        add_case(&cases, state, doc, buf_str(&path), &findings->items[i]);
        failures += findings->items[i].level != LEVEL_NOTE;
    }
    if (findings->count == 0) {
        open_case(&cases, buf_str(&path), STR("nothing found"));
        buf_adds(&cases, STR("/>\n"));
    }
    add_suite(state, buf_str(&path), findings->count ? findings->count : 1, failures, 0,
              &cases);
}

static void junit_fault(struct report *report, const struct fault *fault)
{
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf cases = {0};
    AUTO_BUF struct buf name = {0};
    report_path(report, fault->path[0] ? fault->path : "speclint", &path);
    buf_adds(&name, STR("fault"));
    if (fault->line > 0)
        buf_addf(&name, " L%u:%u", fault->line, fault->column);
    open_case(&cases, buf_str(&path), buf_str(&name));
    buf_adds(&cases, STR(">\n      <error"));
    add_attribute(&cases, "message", str_of(fault->text));
    add_attribute(&cases, "type", STR("fault"));
    buf_adds(&cases, STR("/>\n    </testcase>\n"));
    add_suite(state_of(report), buf_str(&path), 1, 0, 1, &cases);
}

static void junit_end(struct report *report, const struct report_summary *summary)
{
    struct state *state = state_of(report);
    (void)summary;
    buf_adds(&report->out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
    buf_addf(&report->out,
             "<testsuites name=\"speclint\" tests=\"%zu\" failures=\"%zu\" "
             "errors=\"%zu\">\n",
             state->tests, state->failures, state->errors);
    buf_adds(&report->out, buf_str(&state->suites));
    buf_adds(&report->out, STR("</testsuites>\n"));
}

static void junit_release(struct report *report)
{
    struct state *state = report->state;
    if (state == NULL)
        return;
    buf_release(&state->suites);
    tally_release(&state->tally);
    free(state);
}

const struct reporter report_junit = {
    .name = "junit",
    .about = "JUnit XML, for Jenkins and GitLab",
    .findings = junit_findings,
    .fault = junit_fault,
    .end = junit_end,
    .release = junit_release,
};
