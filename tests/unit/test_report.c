/* SPDX-License-Identifier: Apache-2.0
 *
 * Each format over the same findings, compared with tests/report/golden.NAME. Names,
 * messages and rules have whatever a format could take for its own. With SPECLINT_UPDATE
 * in the environment the files are written.
 */
#include "../testing.h"
#include "file.h"
#include "reporters.h"

#include <jansson.h>

#define GOLDEN SPECLINT_SOURCE "/tests/report/"

static const struct rule_claim claims[] = {
    {RUNTIME_RUNC, CLAIM_REFUSES, 0, {0}, "1.5.1", "", "EBUSY | \"device busy\""},
    {RUNTIME_CRUN,
     CLAIM_ADAPTS,
     0,
     {0},
     "1.27.1",
     "",
     "binds the host's tree instead, with all of its options, which is what "
     "was meant, if not what was written"},
    {RUNTIME_YOUKI, CLAIM_HONOURS, '>', {0, 5, 7}, "0.7.0", "", "mounts it"},
    {RUNTIME_YOUKI, CLAIM_IGNORES, '<', {0, 5, 7}, "", "issue 1", "does <nothing>"},
};

static const struct rule_fix mount_fix = {"bind the host's /sys, 100%", SAFETY_SAFE, NULL,
                                          0};

static const char *const mount_see[] = {"config.md#mounts", "https://example.org/a b<c>"};
static const char *const limit_see[] = {"https://example.org/\033]8"};

static const struct rule mount_rule = {
    .id = "mount-sample",
    .area = "mounts",
    .title = "a <mount> & what it | costs",
    .why = "It is *not* the container's own. More `words`\nfollow on a second line.\n",
    .spec = "",
    .level = LEVEL_WARNING,
    .claims = claims,
    .claim_count = sizeof claims / sizeof claims[0],
    .fix = &mount_fix,
    .see = mount_see,
    .see_count = 2,
};

static const struct rule name_rule = {
    .id = "name-sample",
    .area = "document",
    .title = "a name that is odd",
    .why = "Names go to logs",
    .spec = "MUST",
    .level = LEVEL_ERROR,
    .profile = PROFILE_STRICT,
};

static const struct rule limit_rule = {
    .id = "limit-sample",
    .area = "process",
    .title = "a limit",
    .why = "Limits are limits.",
    .spec = "",
    .level = LEVEL_NOTE,
    .profile = PROFILE_PEDANTIC,
    .see = limit_see,
    .see_count = 1,
};

struct edit_row {
    const char *pointer; /* the value that is replaced */
    const char *text;
};

/* The last place first, so that an edit does not move those to come. */
static const struct {
    const struct rule *rule;
    const char *at;
    const char *message;
    enum safety safety;
    const char *demoted;
    const char *patch;
    struct edit_row edits[3];
} rows[] = {
    {&limit_rule, "", "no limit at all", 0, NULL, NULL, {{0}}},
    {&name_rule,
     "/domainname",
     "the name ']]>%\033[31m\n::error::##[add-path]x\xe2\x80\xae\xc2\x9b' is odd",
     0,
     NULL,
     NULL,
     {{0}}},
    {&mount_rule,
     "/mounts/0/type",
     "/sys: a fresh sysfs",
     SAFETY_SAFE,
     NULL,
     "[{\"op\":\"replace\",\"path\":\"/mounts/0/type\",\"value\":\"none\"}]",
     {{"/mounts/0/source", "\"/sys\", \"options\": [\"rbind\"]"},
      {"/mounts/0/type", "\"none\""}}},
    {&mount_rule,
     "/mounts/0/type",
     "/sys: once more, at the same place",
     0,
     NULL,
     NULL,
     {{0}}},
    {&limit_rule,
     "/process/rlimits/1/soft",
     "the soft limit is above the hard one",
     SAFETY_UNSAFE,
     "a comment goes with it",
     "[{\"op\":\"replace\",\"path\":\"/process/rlimits/1/hard\",\"value\":"
     "18446744073709551615}]",
     {{"/process/rlimits/1/soft", "0"}, {"/process/rlimits/0/type", "\"RLIMIT_CPU\""}}},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static const struct node *find(const struct doc *doc, const char *pointer)
{
    const struct node *node = node_find(doc->root, str_of(pointer));
    ck_assert_msg(node != NULL, "%s is not in the document", pointer);
    return node;
}

static void make_findings(const struct doc *doc, struct findings *findings)
{
    findings->items = mem_alloc(ROWS, sizeof(*findings->items));
    for (size_t i = 0; i < ROWS; i++) {
        const struct node *at = find(doc, rows[i].at);
        struct finding *finding = &findings->items[findings->count++];
        *finding = (struct finding){
            .rule = rows[i].rule,
            .level = rows[i].rule->level,
            .root = doc->root,
            .node = at,
            .at = at,
            .span = doc_span(doc, at),
            .message = rows[i].message,
        };
        if (rows[i].patch == NULL)
            continue;
        struct fix *fix = mem_alloc(1, sizeof *fix);
        fix->safety = rows[i].safety;
        fix->patch = mem_copy(rows[i].patch, strlen(rows[i].patch));
        if (rows[i].demoted != NULL) {
            fix->demoted = mem_copy(rows[i].demoted, strlen(rows[i].demoted));
        } else {
            const char *said = "the kernel mounts it \033[1m";
            fix->confirm = CONFIRM_YES;
            fix->confirm_text = mem_copy(said, strlen(said));
        }
        for (size_t k = 0; k < 3 && rows[i].edits[k].pointer != NULL; k++)
            edits_add(&fix->edits, find(doc, rows[i].edits[k].pointer)->span,
                      str_of(rows[i].edits[k].text));
        finding->fix = fix;
    }
}

/* One document with findings, a clean one, one that cannot be read, and a repair. */
static void fill(struct report *report)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_DOC struct doc clean = {0};
    struct findings findings = {0};
    struct fault fault = {0};
    static const struct findings none;
    struct repair_entry repair = {
        .rule = &mount_rule,
        .pointer = "/mounts/0",
        .confirm = CONFIRM_UNTRIED,
        .sentence = "no user namespaces here",
        .span = {2, 14},
        .pass = 1,
    };
    struct report_summary summary = {.files = 2,
                                     .errors = 1,
                                     .warnings = 2,
                                     .notes = 2,
                                     .fixed = 1,
                                     .fixable = 1,
                                     .fixable_unsafe = 1};
    ck_assert_msg(doc_load(&doc, GOLDEN "config.json", &fault), "%s: %s", fault.path,
                  fault.text);
    doc.path = "./bundles/a b:c,%d\xff<\"'&>.json";
    read_good(&clean, DOC_YAML, "ociVersion: 1.0.2\n");
    clean.path = "::notice::two\nlines.yaml";
    make_findings(&doc, &findings);
    fault_set_path(&fault, "bundles/br\033oken.json");
    fault_set_at(&fault, 3, 7, "expected a colon, found ']'; add one, or 100%%");

    report_repairs(report, &doc, &repair, 1);
    report_findings(report, &doc, &findings);
    report_findings(report, &clean, &none);
    report_fault(report, &fault);
    report_end(report, &summary);
    findings_release(&findings);
}

static void compare(const char *name, struct str got)
{
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf want = {0};
    struct fault fault = {0};
    buf_addf(&path, GOLDEN "golden.%s", name);
    if (getenv("SPECLINT_UPDATE") != NULL) {
        FILE *file = fopen(path.data, "w");
        ck_assert_msg(file != NULL, "%s cannot be written", path.data);
        fwrite(got.at, 1, got.len, file);
        fclose(file);
    }
    ck_assert_msg(file_read(path.data, &want, NULL, &fault), "%s: %s", fault.path,
                  fault.text);
    ck_assert_msg(str_equal(got, buf_str(&want)), "%s is not\n%.*s", path.data,
                  (int)got.len, got.at);
}

static const struct {
    const char *name; /* of the golden file */
    const char *format;
    bool color;
    bool links;
    bool only_list;
    unsigned width;
} formats[] = {
    {.name = "text", .format = "text", .width = 72},
    {.name = "colored.text", .format = "text", .color = true, .links = true},
    {.name = "list.text", .format = "text", .only_list = true},
    {.name = "json", .format = "json"},
    {.name = "sarif", .format = "sarif"},
    {.name = "github", .format = "github"},
    {.name = "gitlab", .format = "gitlab"},
    {.name = "junit", .format = "junit"},
    {.name = "rdjson", .format = "rdjson"},
    {.name = "gcc", .format = "gcc"},
};

START_TEST(test_golden)
{
    struct report report = {
        .reporter = reporter_find(str_of(formats[_i].format)),
        .color = formats[_i].color,
        .links = formats[_i].links,
        .only_list = formats[_i].only_list,
        .width = formats[_i].width,
    };
    fill(&report);
    compare(formats[_i].name, buf_str(&report.out));
    if (report.step_summary.len > 0)
        compare("github.md", buf_str(&report.step_summary));
    report_release(&report);
}
END_TEST

/* No format lets a control character out but line feeds and, in colour, its own. */
START_TEST(test_harmless)
{
    size_t count;
    const struct reporter *const *all = reporters(&count);
    ck_assert_uint_lt((size_t)_i, count);
    struct report report = {.reporter = all[_i]};
    fill(&report);
    const struct buf *texts[] = {&report.out, &report.step_summary};
    for (size_t k = 0; k < 2; k++) {
        struct str text = buf_str(texts[k]);
        AUTO_BUF struct buf lines = {0};
        AUTO_BUF struct buf visible = {0};
        for (size_t i = 0; i < text.len; i++) {
            if (text.at[i] != '\n')
                buf_addc(&lines, text.at[i]);
        }
        buf_add_visible(&visible, buf_str(&lines));
        ck_assert_msg(str_equal(buf_str(&lines), buf_str(&visible)), "%s: %s",
                      all[_i]->name, visible.data);
    }
    report_release(&report);
}
END_TEST

/* What is JSON is JSON for another reader too. */
START_TEST(test_json)
{
    static const char *const names[] = {"json", "sarif", "gitlab", "rdjson"};
    struct report report = {.reporter = reporter_find(str_of(names[_i]))};
    json_error_t error;
    fill(&report);
    /* jansson has no integer that large: one digit less will do. */
    for (char *at = report.out.data; (at = strstr(at, "18446744073709551615")) != NULL;)
        *at = ' ';
    json_t *value =
        json_loadb(report.out.data, report.out.len, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(value != NULL, "%s:%d: %s", names[_i], error.line, error.text);
    json_decref(value);
    report_release(&report);
}
END_TEST

/* A run in which nothing was found. */
static const struct {
    const char *format;
    const char *want;
} clean_rows[] = {
    {"text", ""},
    {"gcc", ""},
    {"github", ""},
    {"gitlab", "[]\n"},
    {"rdjson", "{\n  \"source\": {\"name\": \"speclint\"},\n  \"diagnostics\": []\n}\n"},
    {"json", "{\n  \"version\": 1,\n  \"findings\": [],\n  \"faults\": [],\n"
             "  \"repairs\": [],\n  \"summary\": {\"files\": 1, \"errors\": 0, "
             "\"warnings\": 0, \"notes\": 0, \"fixed\": 0}\n}\n"},
    {"junit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
              "<testsuites name=\"speclint\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
              "  <testsuite name=\"text\" tests=\"1\" failures=\"0\" errors=\"0\">\n"
              "    <testcase classname=\"text\" name=\"nothing found\" file=\"text\"/>\n"
              "  </testsuite>\n</testsuites>\n"},
};

START_TEST(test_clean)
{
    AUTO_DOC struct doc doc = {0};
    static const struct findings none;
    struct report report = {.reporter = reporter_find(str_of(clean_rows[_i].format))};
    struct report_summary summary = {.files = 1};
    read_good(&doc, DOC_JSON, "{}");
    report_findings(&report, &doc, &none);
    report_end(&report, &summary);
    ck_assert_str(buf_str(&report.out), str_of(clean_rows[_i].want));
    report_release(&report);
}
END_TEST

/* Annotations are the worst ten of a level: those of a rule that a runtime refuses before
 * the others, then what the spec forbids, and else the first. */
START_TEST(test_github_worst)
{
    enum { COUNT = 25 };
    AUTO_DOC struct doc doc = {0};
    struct findings findings = {.items = mem_alloc(COUNT, sizeof(*findings.items))};
    struct report report = {.reporter = &report_github};
    struct report_summary summary = {.files = 1, .errors = COUNT};
    static char messages[COUNT][16];
    read_good(&doc, DOC_JSON, "{}");
    for (unsigned i = 0; i < COUNT; i++) {
        snprintf(messages[i], sizeof messages[i], "m%u.", i);
        findings.items[findings.count++] = (struct finding){
            .rule = i == 24   ? &mount_rule
                    : i >= 20 ? &name_rule
                              : &limit_rule,
            .level = LEVEL_ERROR,
            .at = doc.root,
            .message = messages[i],
        };
    }
    report_findings(&report, &doc, &findings);
    report_end(&report, &summary);
    AUTO_BUF struct buf seen = {0};
    for (const char *at = report.out.data; (at = strstr(at, "::error")) != NULL; at++) {
        const char *message = strstr(at, "::m") + 2;
        buf_add(&seen, message, strcspn(message, ".") + 1);
    }
    ck_assert_str(buf_str(&seen), STR("m24.m20.m21.m22.m23.m0.m1.m2.m3.m4."));
    ck_assert_ptr_nonnull(
        strstr(report.out.data, "::notice title=speclint::15 errors more: "));
    ck_assert_ptr_nonnull(strstr(report.out.data, "\nerror: text:1:1: m19. [limit"));
    findings_release(&findings);
    report_release(&report);
}
END_TEST

/* A job summary stays below what GitHub takes. */
START_TEST(test_github_summary_size)
{
    enum { COUNT = 40000 };
    AUTO_DOC struct doc doc = {0};
    struct findings findings = {.items = mem_alloc(COUNT, sizeof(*findings.items))};
    struct report report = {.reporter = &report_github};
    struct report_summary summary = {.files = 1, .warnings = COUNT};
    read_good(&doc, DOC_JSON, "{}");
    for (unsigned i = 0; i < COUNT; i++)
        findings.items[findings.count++] = (struct finding){.rule = &name_rule,
                                                            .level = LEVEL_WARNING,
                                                            .at = doc.root,
                                                            .message = "the same"};
    report_findings(&report, &doc, &findings);
    report_end(&report, &summary);
    ck_assert_uint_lt(report.step_summary.len, 1024 * 1024);
    ck_assert_ptr_nonnull(strstr(report.step_summary.data, " more are in the log"));
    findings_release(&findings);
    report_release(&report);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("report");
    size_t count;
    reporters(&count);
    tcase_set_timeout(cases, 60);
    add_rows(cases, test_golden, formats);
    tcase_add_loop_test(cases, test_harmless, 0, (int)count);
    tcase_add_loop_test(cases, test_json, 0, 4);
    add_rows(cases, test_clean, clean_rows);
    tcase_add_test(cases, test_github_worst);
    tcase_add_test(cases, test_github_summary_size);
    return run_cases(cases);
}
