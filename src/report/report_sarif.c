/* SPDX-License-Identifier: Apache-2.0
 *
 * SARIF 2.1.0 (OASIS), with what GitHub code scanning wants of it: a rule with its help,
 * the fingerprint of the line, and addresses relative to the root of the repository.
 * Columns count UTF-16 code units, as most viewers take them whatever columnKind says.
 */
#include "reporters.h"

#include "help.h"
#include "line_hash.h"
#include "tally.h"
#include "writer.h"

struct state {
    const struct rule **rules; /* those that have spoken, in that order */
    size_t rule_count;
    size_t rule_capacity;
    struct buf results;       /* items of run.results */
    struct buf notifications; /* items of invocation.toolExecutionNotifications */
    struct writer results_writer;
    struct writer notifications_writer;
    struct tally tally;
};

/* The way from bytes to columns goes on from where it was, so that many findings in one
 * long line cost one walk over it. */
struct columns {
    struct doc *doc;
    uint32_t line; /* offset of its start */
    uint32_t at;
    uint32_t column; /* of `at` */
};

static struct state *state_of(struct report *report)
{
    if (report->state == NULL) {
        struct state *state = mem_alloc(1, sizeof *state);
        state->results_writer = (struct writer){.out = &state->results, .depth = 4};
        state->notifications_writer =
            (struct writer){.out = &state->notifications, .depth = 6};
        report->state = state;
    }
    return report->state;
}

static size_t index_of(struct state *state, const struct rule *rule)
{
    for (size_t i = 0; i < state->rule_count; i++) {
        if (state->rules[i] == rule)
            return i;
    }
    state->rules = mem_grow(state->rules, state->rule_count, &state->rule_capacity,
                            sizeof(*state->rules));
    state->rules[state->rule_count] = rule;
    return state->rule_count++;
}

static uint32_t units(const char *bytes, uint32_t start, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = start; i < end; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        count += ((byte & 0xC0) != 0x80) + (byte >= 0xF0); /* a surrogate pair */
    }
    return count;
}

static struct place columns_place(struct columns *columns, uint32_t offset)
{
    struct text *text = &columns->doc->text;
    struct place place = text_place(text, offset);
    uint32_t line = offset - (place.column - 1);
    if (columns->column == 0 || columns->line != line) {
        columns->line = columns->at = line;
        columns->column = 1;
    }
    if (offset >= columns->at)
        columns->column += units(text->bytes, columns->at, offset);
    else
        columns->column -= units(text->bytes, offset, columns->at);
    columns->at = offset;
    return (struct place){place.line, columns->column};
}

static void add_region(struct writer *writer, const char *name, struct columns *columns,
                       struct span span)
{
    struct place start = columns_place(columns, span.start);
    struct place end = columns_place(columns, span.end);
    writer_name(writer, name);
    writer_open_flat(writer, '{');
    writer_member_integer(writer, "startLine", start.line);
    writer_member_integer(writer, "startColumn", start.column);
    writer_member_integer(writer, "endLine", end.line);
    writer_member_integer(writer, "endColumn", end.column);
    writer_close(writer, '}');
}

/* RFC 3986: all but unreserved characters and slashes percent-encoded, so that no colon
 * makes a scheme of the first segment. */
static void add_uri(struct str path, struct buf *out)
{
    for (size_t i = 0; i < path.len; i++) {
        unsigned char byte = (unsigned char)path.at[i];
        if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
            (byte >= '0' && byte <= '9') || memchr("-._~/", byte, 5) != NULL)
            buf_addc(out, (char)byte);
        else
            buf_addf(out, "%%%02X", byte);
    }
}

static void add_artifact_location(struct writer *writer, const struct report *report,
                                  const char *path)
{
    AUTO_BUF struct buf shown = {0};
    AUTO_BUF struct buf uri = {0};
    report_path(report, path, &shown);
    bool absolute = shown.len > 0 && shown.data[0] == '/';
    if (absolute)
        buf_adds(&uri, STR("file://"));
    add_uri(buf_str(&shown), &uri);
    writer_name(writer, "artifactLocation");
    writer_open_flat(writer, '{');
    writer_member_string(writer, "uri", buf_str(&uri));
    if (!absolute)
        writer_member_string(writer, "uriBaseId", STR("%SRCROOT%"));
    writer_close(writer, '}');
}

/* {"text": TEXT} */
static void add_message(struct writer *writer, const char *name, struct str text)
{
    writer_name(writer, name);
    writer_open_flat(writer, '{');
    writer_member_string(writer, "text", text);
    writer_close(writer, '}');
}

static void add_visible_message(struct writer *writer, const char *name, const char *text)
{
    AUTO_BUF struct buf visible = {0};
    buf_add_visible(&visible, str_of(text));
    add_message(writer, name, buf_str(&visible));
}

static void add_fix(struct writer *writer, const struct report *report,
                    struct columns *columns, const struct finding *finding)
{
    const struct fix *fix = finding->fix;
    writer_name(writer, "fixes");
    writer_open(writer, '[');
    writer_open(writer, '{');
    add_visible_message(writer, "description", finding_fix_title(finding));
    writer_name(writer, "artifactChanges");
    writer_open(writer, '[');
    writer_open(writer, '{');
    add_artifact_location(writer, report, columns->doc->path);
    writer_name(writer, "replacements");
    writer_open(writer, '[');
    for (size_t i = 0; i < fix->edits.count; i++) {
        const struct edit *edit = &fix->edits.items[i];
        writer_open(writer, '{');
        add_region(writer, "deletedRegion", columns, edit->span);
        if (edit->len > 0)
            add_message(writer, "insertedContent", (struct str){edit->text, edit->len});
        writer_close(writer, '}');
    }
    writer_close(writer, ']');
    writer_close(writer, '}');
    writer_close(writer, ']');
    writer_name(writer, "properties");
    writer_open_flat(writer, '{');
    writer_member_string(writer, "safety", str_of(safety_name(fix->safety)));
    writer_close(writer, '}');
    writer_close(writer, '}');
    writer_close(writer, ']');
}

static void add_location(struct writer *writer, const struct report *report,
                         struct columns *columns, const struct finding *finding)
{
    AUTO_BUF struct buf pointer = {0};
    node_pointer(finding->at, &pointer);
    writer_name(writer, "locations");
    writer_open(writer, '[');
    writer_open(writer, '{');
    writer_name(writer, "physicalLocation");
    writer_open(writer, '{');
    add_artifact_location(writer, report, columns->doc->path);
    add_region(writer, "region", columns, finding->span);
    writer_close(writer, '}');
    if (pointer.len > 0) {
        writer_name(writer, "logicalLocations");
        writer_open_flat(writer, '[');
        writer_open(writer, '{');
        writer_member_string(writer, "fullyQualifiedName", buf_str(&pointer));
        writer_close(writer, '}');
        writer_close(writer, ']');
    }
    writer_close(writer, '}');
    writer_close(writer, ']');
}

static void add_fingerprints(struct writer *writer, struct state *state,
                             const struct report *report, struct doc *doc,
                             const struct finding *finding, const struct line_hash *lines)
{
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf own = {0};
    AUTO_BUF struct buf line = {0};
    const struct line_hash *hash =
        &lines[text_place(&doc->text, finding->span.start).line - 1];
    report_path(report, doc->path, &path);
    tally_fingerprint(&state->tally, finding, buf_str(&path), &own);
    buf_addf(&line, "%llx:%u", (unsigned long long)hash->hash, hash->nth);
    writer_name(writer, "partialFingerprints");
    writer_open_flat(writer, '{');
    writer_member_string(writer, "primaryLocationLineHash", buf_str(&line));
    writer_close(writer, '}');
    writer_name(writer, "fingerprints");
    writer_open_flat(writer, '{');
    writer_member_string(writer, "speclint/v1", buf_str(&own));
    writer_close(writer, '}');
}

/* A rule has one helpUri; which section a finding is about depends on the document. */
static void add_see(struct writer *writer, const struct finding *finding)
{
    AUTO_BUF struct buf see = {0};
    report_finding_url(finding, &see);
    if (see.len == 0)
        return;
    writer_name(writer, "properties");
    writer_open_flat(writer, '{');
    writer_member_string(writer, "see", buf_str(&see));
    writer_close(writer, '}');
}

static void sarif_findings(struct report *report, struct doc *doc,
                           const struct findings *findings)
{
    struct state *state = state_of(report);
    struct writer *writer = &state->results_writer;
    struct columns columns = {.doc = doc};
    if (findings->count == 0)
        return;
    AUTO_FREE struct line_hash *lines = line_hashes(&doc->text);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        writer_open(writer, '{');
        writer_member_string(writer, "ruleId", str_of(finding->rule->id));
        writer_member_integer(writer, "ruleIndex", index_of(state, finding->rule));
        writer_member_string(writer, "level", str_of(level_name(finding->level)));
        add_visible_message(writer, "message", finding->message);
        add_location(writer, report, &columns, finding);
        add_fingerprints(writer, state, report, doc, finding, lines);
        if (finding->fix != NULL && finding->fix->edits.count > 0)
            add_fix(writer, report, &columns, finding);
        add_see(writer, finding);
        writer_close(writer, '}');
    }
}

static void sarif_fault(struct report *report, const struct fault *fault)
{
    struct writer *writer = &state_of(report)->notifications_writer;
    writer_open(writer, '{');
    writer_member_string(writer, "level", STR("error"));
    add_visible_message(writer, "message", fault->text);
    if (fault->path[0] != '\0') {
        writer_name(writer, "locations");
        writer_open(writer, '[');
        writer_open(writer, '{');
        writer_name(writer, "physicalLocation");
        writer_open(writer, '{');
        add_artifact_location(writer, report, fault->path);
        if (fault->line > 0) { /* the column is in bytes, and the text is not at hand */
            writer_name(writer, "region");
            writer_open_flat(writer, '{');
            writer_member_integer(writer, "startLine", fault->line);
            writer_close(writer, '}');
        }
        writer_close(writer, '}');
        writer_close(writer, '}');
        writer_close(writer, ']');
    }
    writer_close(writer, '}');
}

static const char *precision(const struct rule *rule)
{
    if (rule->spec[0] != '\0')
        return "very-high";
    switch (rule->profile) {
    case PROFILE_DEFAULT:
        return "high";
    case PROFILE_STRICT:
        return "medium";
    case PROFILE_PEDANTIC:
        return "low";
    }
    return "low";
}

static void add_rule_properties(struct writer *writer, const struct rule *rule)
{
    const char *severity =
        rule->level == LEVEL_NOTE ? "recommendation" : level_name(rule->level);
    writer_name(writer, "properties");
    writer_open(writer, '{');
    writer_name(writer, "tags");
    writer_open_flat(writer, '[');
    writer_string(writer, STR("oci"));
    writer_string(writer, str_of(rule->area));
    writer_string(writer, str_of(profile_name(rule->profile)));
    writer_close(writer, ']');
    writer_member_string(writer, "precision", str_of(precision(rule)));
    writer_member_string(writer, "problem.severity", str_of(severity));
    writer_close(writer, '}');
}

static void add_rule(struct writer *writer, const struct rule *rule)
{
    AUTO_BUF struct buf why = {0};
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf markdown = {0};
    AUTO_BUF struct buf url = {0};
    report_first_sentence(rule->why, &why);
    help_add_text(rule, &text);
    help_add_markdown(rule, &markdown);
    report_rule_url(rule, &url);
    writer_open(writer, '{');
    writer_member_string(writer, "id", str_of(rule->id));
    add_message(writer, "shortDescription", str_of(rule->title));
    add_message(writer, "fullDescription", buf_str(&why));
    if (url.len > 0)
        writer_member_string(writer, "helpUri", buf_str(&url));
    writer_name(writer, "help");
    writer_open(writer, '{');
    writer_member_string(writer, "text", buf_str(&text));
    writer_member_string(writer, "markdown", buf_str(&markdown));
    writer_close(writer, '}');
    writer_name(writer, "defaultConfiguration");
    writer_open_flat(writer, '{');
    writer_member_string(writer, "level", str_of(level_name(rule->level)));
    writer_close(writer, '}');
    add_rule_properties(writer, rule);
    writer_close(writer, '}');
}

static void add_tool(struct writer *writer, const struct state *state)
{
    writer_name(writer, "tool");
    writer_open(writer, '{');
    writer_name(writer, "driver");
    writer_open(writer, '{');
    writer_member_string(writer, "name", STR("speclint"));
    writer_member_string(writer, "semanticVersion", STR(SPECLINT_VERSION));
    writer_name(writer, "rules");
    writer_open(writer, '[');
    for (size_t i = 0; i < state->rule_count; i++)
        add_rule(writer, state->rules[i]);
    writer_close(writer, ']');
    writer_close(writer, '}');
    writer_close(writer, '}');
}

static void add_base(struct writer *writer, const struct report *report)
{
    const char *root = report->root ? report->root : report->folder;
    writer_name(writer, "originalUriBaseIds");
    writer_open(writer, '{');
    writer_name(writer, "%SRCROOT%");
    writer_open_flat(writer, '{');
    if (root != NULL) {
        AUTO_BUF struct buf uri = {0};
        buf_adds(&uri, STR("file://"));
        add_uri(str_of(root), &uri);
        if (uri.data[uri.len - 1] != '/')
            buf_addc(&uri, '/');
        writer_member_string(writer, "uri", buf_str(&uri));
    } else {
        add_message(writer, "description", STR("the folder that speclint was run in"));
    }
    writer_close(writer, '}');
    writer_close(writer, '}');
}

static void sarif_end(struct report *report, const struct report_summary *summary)
{
    struct state *state = state_of(report);
    struct writer writer = {.out = &report->out};
    (void)summary;
    writer_open(&writer, '{');
    writer_member_string(&writer, "$schema",
                         STR("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/"
                             "os/schemas/sarif-schema-2.1.0.json"));
    writer_member_string(&writer, "version", STR("2.1.0"));
    writer_name(&writer, "runs");
    writer_open(&writer, '[');
    writer_open(&writer, '{');
    add_tool(&writer, state);
    writer_name(&writer, "invocations");
    writer_open(&writer, '[');
    writer_open(&writer, '{');
    writer_name(&writer, "executionSuccessful");
    writer_boolean(&writer, state->notifications.len == 0);
    writer_name(&writer, "toolExecutionNotifications");
    writer_items(&writer, &state->notifications);
    writer_close(&writer, '}');
    writer_close(&writer, ']');
    add_base(&writer, report);
    writer_member_string(&writer, "columnKind", STR("utf16CodeUnits"));
    writer_name(&writer, "newlineSequences");
    writer_json(&writer, STR("[\"\\r\\n\", \"\\n\", \"\\r\"]"));
    writer_name(&writer, "results");
    writer_items(&writer, &state->results);
    writer_close(&writer, '}');
    writer_close(&writer, ']');
    writer_close(&writer, '}');
    buf_addc(&report->out, '\n');
}

static void sarif_release(struct report *report)
{
    struct state *state = report->state;
    if (state == NULL)
        return;
    free(state->rules);
    buf_release(&state->results);
    buf_release(&state->notifications);
    tally_release(&state->tally);
    free(state);
}

const struct reporter report_sarif = {
    .name = "sarif",
    .about = "SARIF 2.1.0, for GitHub code scanning and editors",
    .findings = sarif_findings,
    .fault = sarif_fault,
    .end = sarif_end,
    .release = sarif_release,
};
