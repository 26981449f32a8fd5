/* SPDX-License-Identifier: Apache-2.0
 *
 * For a person: the place and the message, the source line with a caret, and the fix as a
 * small diff. Why, and what each runtime does, is said once for each rule of a run, and
 * each section of the spec is named once. A clean run prints nothing.
 */
#include "reporters.h"

#include "excerpt.h"
#include "ink.h"
#include "width.h"

/* What was said of a rule. */
struct said {
    const struct rule *rule;
    const char *section; /* the one that was shown */
    enum release release;
};

struct state {
    struct said *items;
    size_t count;
    size_t capacity;
};

/* Whether the rule speaks for the first time; `*section`: of this section of the spec. */
static bool is_first(struct report *report, const struct finding *finding, bool *section)
{
    if (report->state == NULL)
        report->state = mem_alloc(1, sizeof(struct state));
    struct state *state = report->state;
    bool rule = *section = true;
    for (size_t i = 0; i < state->count && *section; i++) {
        const struct said *said = &state->items[i];
        if (said->rule != finding->rule)
            continue;
        rule = false;
        *section = said->section != finding->section || said->release != finding->release;
    }
    if (!*section)
        return false;
    state->items =
        mem_grow(state->items, state->count, &state->capacity, sizeof *state->items);
    state->items[state->count++] =
        (struct said){finding->rule, finding->section, finding->release};
    return rule;
}

static enum ink level_ink(enum level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return INK_ERROR;
    case LEVEL_WARNING:
        return INK_WARNING;
    case LEVEL_NOTE:
        return INK_NOTE;
    }
    return INK_BOLD;
}

/* Adds a paragraph that begins `indent` columns from the left and goes on there. */
static void add_wrapped(struct report *report, size_t indent, const char *text)
{
    enum { ROOM_MIN = 24 };
    struct buf *out = &report->out;
    size_t width = excerpt_width(report);
    size_t room = width > indent + ROOM_MIN ? width - indent : ROOM_MIN;
    size_t column = 0;
    while (*(text += strspn(text, " \n")) != '\0') {
        AUTO_BUF struct buf word = {0};
        size_t len = strcspn(text, " \n");
        report_add_visible((struct str){text, len}, &word);
        text += len;
        size_t columns = width_text(buf_str(&word));
        if (column > 0 && column + 1 + columns > room) {
            buf_addf(out, "\n%*s", (int)indent, "");
            column = 0;
        } else if (column > 0) {
            buf_addc(out, ' ');
            column++;
        }
        buf_adds(out, buf_str(&word));
        column += columns;
    }
    buf_addc(out, '\n');
}

/* Adds "   = LABEL: TEXT". */
static void add_remark(struct report *report, const char *label, const char *text)
{
    size_t before = report->out.len;
    buf_addf(&report->out, "   = %s: ", label);
    add_wrapped(report, report->out.len - before, text);
}

static enum ink claim_ink(enum claim_does does)
{
    switch (does) {
    case CLAIM_REFUSES:
        return INK_ERROR;
    case CLAIM_IGNORES:
    case CLAIM_ADAPTS:
        return INK_WARNING;
    case CLAIM_HONOURS:
        return INK_ADDED;
    }
    return INK_BOLD;
}

/* Adds "youki <0.5.7". */
static void add_claim_name(const struct rule_claim *claim, struct buf *out)
{
    buf_adds(out, str_of(runtime_name(claim->runtime)));
    if (claim->below != 0)
        buf_addf(out, " %s%u.%u.%u", claim->below == '<' ? "<" : ">=", claim->version[0],
                 claim->version[1], claim->version[2]);
}

/* What each runtime does with the bad form, a line each. */
static void add_claims(struct report *report, const struct rule *rule)
{
    static const char label[] = "   = runtimes: ";
    struct buf *out = &report->out;
    size_t widest = 0;
    for (size_t i = 0; i < rule->claim_count; i++) {
        AUTO_BUF struct buf name = {0};
        add_claim_name(&rule->claims[i], &name);
        widest = name.len > widest ? name.len : widest;
    }
    for (size_t i = 0; i < rule->claim_count; i++) {
        const struct rule_claim *claim = &rule->claims[i];
        AUTO_BUF struct buf name = {0};
        struct str does = str_of(claim_name(claim->does));
        size_t does_width = sizeof "honours" - 1;
        add_claim_name(claim, &name);
        buf_addf(out, "%*s%-*s ", (int)sizeof label - 1, i == 0 ? label : "", (int)widest,
                 name.data);
        ink_add(report, claim_ink(claim->does), does);
        buf_addf(out, "%*s", (int)(does_width - does.len) + 1, "");
        add_wrapped(report, sizeof label - 1 + widest + 1 + does_width + 1, claim->as);
    }
}

static const char *safety_advice(enum safety safety)
{
    switch (safety) {
    case SAFETY_SAFE:
        return "apply with --fix";
    case SAFETY_UNSAFE:
        return "unsafe, apply with --unsafe-fixes";
    case SAFETY_SUGGESTION:
        return "a suggestion";
    }
    return "";
}

static void add_fix(struct report *report, struct doc *doc, const struct finding *finding)
{
    const struct fix *fix = finding->fix;
    AUTO_BUF struct buf text = {0};
    buf_addf(&text, "%s (%s)", finding_fix_title(finding), safety_advice(fix->safety));
    if (fix->demoted != NULL)
        buf_addf(&text, "; %s", fix->demoted);
    add_remark(report, "fix", text.data);
    excerpt_add_edits(report, doc, &fix->edits);
    if (fix->confirm_text != NULL)
        add_remark(report, "dry run", fix->confirm_text);
}

/* Adds " [ID]", as a link (OSC 8) where links are wanted. */
static void add_id(struct report *report, const struct rule *rule, struct str url)
{
    if (report->links && url.len > 0)
        buf_addf(&report->out, " [\033]8;;%s\033\\%s\033]8;;\033\\]\n", url.at, rule->id);
    else
        buf_addf(&report->out, " [%s]\n", rule->id);
}

static void add_place(struct report *report, struct doc *doc, struct span span)
{
    struct place place = text_place(&doc->text, span.start);
    report_add_path(doc->path, &report->out);
    buf_addf(&report->out, ":%u:%u: ", place.line, place.column);
}

static void add_finding(struct report *report, struct doc *doc,
                        const struct finding *finding)
{
    struct buf *out = &report->out;
    AUTO_BUF struct buf url = {0};
    add_place(report, doc, finding->span);
    ink_add(report, level_ink(finding->level), str_of(level_name(finding->level)));
    buf_adds(out, STR(": "));
    report_add_visible(str_of(finding->message), out);
    if (report->links || !report->only_list)
        report_finding_url(finding, &url);
    add_id(report, finding->rule, buf_str(&url));
    if (report->only_list)
        return;
    bool section;
    bool first = is_first(report, finding, &section);
    excerpt_add_source(report, doc, finding->span);
    if (first) {
        AUTO_BUF struct buf why = {0};
        report_first_sentence(finding->rule->why, &why);
        add_remark(report, "why", buf_str(&why).at);
        add_claims(report, finding->rule);
    }
    if (finding->fix != NULL)
        add_fix(report, doc, finding);
    if (section && url.len > 0)
        buf_addf(out, "   = see: %s\n", url.data);
    if (first)
        buf_addf(out, "   = more: speclint explain %s\n", finding->rule->id);
    buf_addc(out, '\n');
}

static void text_findings(struct report *report, struct doc *doc,
                          const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        add_finding(report, doc, &findings->items[i]);
}

static void text_repairs(struct report *report, struct doc *doc,
                         const struct repair_entry *repairs, size_t count)
{
    struct buf *out = &report->out;
    for (size_t i = 0; i < count; i++) {
        const struct repair_entry *repair = &repairs[i];
        add_place(report, doc, repair->span);
        ink_add(report, repair->reason == NULL ? INK_ADDED : INK_WARNING,
                repair->reason == NULL ? STR("fixed") : STR("not fixed"));
        buf_adds(out, STR(": "));
        report_add_visible(str_of(repair_title(repair)), out);
        if (repair->reason != NULL) {
            buf_adds(out, STR("; "));
            report_add_visible(str_of(repair->reason), out);
        }
        AUTO_BUF struct buf url = {0};
        report_rule_url(repair->rule, &url);
        add_id(report, repair->rule, buf_str(&url));
        if (repair->sentence != NULL && !report->only_list)
            add_remark(report, "dry run", repair->sentence);
    }
}

static void add_count(struct buf *out, size_t count, const char *noun)
{
    if (count == 0)
        return;
    buf_addf(out, "%s%zu %s%s", out->len ? ", " : "", count, noun, count == 1 ? "" : "s");
}

static void text_end(struct report *report, const struct report_summary *summary)
{
    AUTO_BUF struct buf line = {0};
    add_count(&line, summary->errors, "error");
    add_count(&line, summary->warnings, "warning");
    add_count(&line, summary->notes, "note");
    if (line.len == 0 && summary->fixed == 0)
        return;
    if (line.len == 0)
        buf_adds(&line, STR("nothing left"));
    buf_addf(&line, " in %zu file%s", summary->files, summary->files == 1 ? "" : "s");
    if (summary->fixed > 0)
        buf_addf(&line, "; %zu fixed", summary->fixed);
    if (summary->fixable > 0)
        buf_addf(&line, "; %zu can be fixed with --fix", summary->fixable);
    if (summary->fixable_unsafe > 0)
        buf_addf(&line, "; %zu%s with --unsafe-fixes", summary->fixable_unsafe,
                 summary->fixable ? " more" : " can be fixed");
    ink_add(report, INK_BOLD, buf_str(&line));
    buf_addc(&report->out, '\n');
}

static void text_state_release(struct report *report)
{
    struct state *state = report->state;
    if (state != NULL)
        free(state->items);
    free(state);
}

const struct reporter report_text = {
    .name = "text",
    .about = "for a person: source line, caret, why, and the fix",
    .findings = text_findings,
    .repairs = text_repairs,
    .end = text_end,
    .release = text_state_release,
};
