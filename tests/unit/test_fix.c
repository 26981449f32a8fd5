/* SPDX-License-Identifier: Apache-2.0 */
#include "fixes.h"
#include "lint.h"
#include "make_rule.h"

#include <stdio.h>

/* What a rule's patch becomes for its first finding. */
static const struct {
    const char *name;
    const char *given;
    const char *patch;
    const char *text;
    const char *want; /* NULL where no fix is offered */
    const char *json; /* the absolute patch */
    const char *demoted;
    enum safety safety;
} rows[] = {
    {"a path below the candidate", "$.mounts[1]",
     "[{\"op\": \"replace\", \"path\": \"/type\", \"value\": \"none\"}]",
     "{\"mounts\": [{}, {\"type\": \"sysfs\"}]}",
     "{\"mounts\": [{}, {\"type\": \"none\"}]}",
     "[{\"op\": \"replace\", \"path\": \"/mounts/1/type\", \"value\": \"none\"}]", NULL,
     SAFETY_SAFE},
    {"the candidate itself", "$.a[1]", "[{\"op\": \"remove\", \"path\": \"\"}]",
     "{\"a\": [1, 2]}", "{\"a\": [1]}", "[{\"op\": \"remove\", \"path\": \"/a/1\"}]",
     NULL, SAFETY_SAFE},
    {"names that need escapes", "$['a/b']['~']",
     "[{\"op\": \"remove\", \"path\": \"/\\u00e9\\\"\"}]",
     "{\"a/b\": {\"~\": {\"\xC3\xA9\\\"\": 1}}}", "{\"a/b\": {\"~\": {}}}",
     "[{\"op\": \"remove\", \"path\": \"/a~1b/~0/\xC3\xA9\\\"\"}]", NULL, SAFETY_SAFE},
    {"a query path, the last first", "$.o",
     "[{\"op\": \"remove\", \"path\": \"@[?@ == 'x']\"}]",
     "{\"o\": [\"x\", \"a\", \"x\", \"x\"]}", "{\"o\": [\"a\"]}",
     "[{\"op\": \"remove\", \"path\": \"/o/3\"}, {\"op\": \"remove\", \"path\": "
     "\"/o/2\"}, "
     "{\"op\": \"remove\", \"path\": \"/o/0\"}]",
     NULL, SAFETY_SAFE},
    {"a node selected twice", "$.o", "[{\"op\": \"remove\", \"path\": \"@[0, 1, 0]\"}]",
     "{\"o\": [1, 2, 3]}", "{\"o\": [3]}",
     "[{\"op\": \"remove\", \"path\": \"/o/1\"}, {\"op\": \"remove\", \"path\": "
     "\"/o/0\"}]",
     NULL, SAFETY_SAFE},
    {"when looks at the document as it was", "$.o",
     "[{\"op\": \"replace\", \"path\": \"@[?@ == 'rw']\", \"value\": \"ro\"},"
     " {\"op\": \"add\", \"path\": \"/-\", \"value\": \"ro\", \"when\": \"!@[?@ == "
     "'rw']\"},"
     " {\"op\": \"add\", \"path\": \"/-\", \"value\": \"x\", \"when\": \"@[?@ == "
     "'rw']\"}]",
     "{\"o\": [\"rw\"]}", "{\"o\": [\"ro\", \"x\"]}",
     "[{\"op\": \"replace\", \"path\": \"/o/0\", \"value\": \"ro\"}, "
     "{\"op\": \"add\", \"path\": \"/o/-\", \"value\": \"x\"}]",
     NULL, SAFETY_SAFE},
    {"the first patch that applies", "$",
     "[[{\"op\": \"remove\", \"path\": \"/no\"}],"
     " [{\"op\": \"test\", \"path\": \"/a\", \"value\": 2}, {\"op\": \"remove\", "
     "\"path\": \"/a\"}],"
     " [{\"op\": \"test\", \"path\": \"/a\", \"value\": 1}, {\"op\": \"remove\", "
     "\"path\": \"/a\"}]]",
     "{\"a\": 1}", "{}",
     "[{\"op\": \"test\", \"path\": \"/a\", \"value\": 1}, {\"op\": \"remove\", "
     "\"path\": \"/a\"}]",
     NULL, SAFETY_SAFE},
    {"none applies", "$", "[{\"op\": \"remove\", \"path\": \"/no\"}]", "{\"a\": 1}", NULL,
     NULL, "no patch of the rule applies here", SAFETY_SUGGESTION},
    {"an unsafe part that takes part", "$",
     "[{\"op\": \"remove\", \"path\": \"/a\", \"when\": \"@.a\", \"unsafe\": true},"
     " {\"op\": \"remove\", \"path\": \"/b\"}]",
     "{\"a\": 1, \"b\": 2}", "{}",
     "[{\"op\": \"remove\", \"path\": \"/a\"}, {\"op\": \"remove\", \"path\": \"/b\"}]",
     "the rule calls this part of it unsafe", SAFETY_UNSAFE},
    {"an unsafe part that does not", "$",
     "[{\"op\": \"remove\", \"path\": \"/a\", \"when\": \"@.a\", \"unsafe\": true},"
     " {\"op\": \"remove\", \"path\": \"/b\"}]",
     "{\"b\": 2}", "{}", "[{\"op\": \"remove\", \"path\": \"/b\"}]", NULL, SAFETY_SAFE},
    {"a move", "$.m", "[{\"op\": \"move\", \"from\": \"/a\", \"path\": \"/b\"}]",
     "{\"m\": {\"a\": 1}}", "{\"m\": {\"b\": 1}}",
     "[{\"op\": \"move\", \"from\": \"/m/a\", \"path\": \"/m/b\"}]", NULL, SAFETY_SAFE},
    {"big numbers", "$",
     "[{\"op\": \"replace\", \"path\": \"/a\", \"value\": 18446744073709551614}]",
     "{\"a\": 18446744073709551615, \"b\": 18446744073709551615}",
     "{\"a\": 18446744073709551614, \"b\": 18446744073709551615}",
     "[{\"op\": \"replace\", \"path\": \"/a\", \"value\": 18446744073709551614}]", NULL,
     SAFETY_SAFE},
};

START_TEST(test_make)
{
    AUTO_DOC struct doc doc = {0};
    struct buf bytes = {0};
    struct fault fault = {0};
    struct made_rule made;
    struct findings findings = {0};
    struct fix fix;
    buf_adds(&bytes, str_of(rows[_i].text));
    ck_assert(doc_parse(&doc, "test", DOC_JSON, &bytes, &fault));
    make_rule(&made, "test-rule", rows[_i].given, NULL, rows[_i].patch);
    const struct rule *rules[] = {&made.rule};
    struct ruleset set = {.rules = rules, .count = 1};
    struct lint_options options = {0};
    lint(&set, &options, &doc, &findings);
    ck_assert_msg(findings.count == 1, "%s: %zu findings", rows[_i].name, findings.count);
    ck_assert_msg(fix_make(&doc, &findings.items[0], &fix, &fault), "%s: %s",
                  rows[_i].name, fault.text);
    ck_assert_msg((fix.patch != NULL) == (rows[_i].want != NULL), "%s: %s", rows[_i].name,
                  fix.demoted);
    ck_assert_msg(fix.safety == rows[_i].safety, "%s: safety %d", rows[_i].name,
                  fix.safety);
    ck_assert_pstr_eq(fix.demoted, rows[_i].demoted);
    ck_assert_pstr_eq(fix.patch, rows[_i].json);
    if (rows[_i].want != NULL) {
        AUTO_BUF struct buf out = {0};
        edits_apply(&fix.edits, buf_str(&doc.bytes), &out);
        ck_assert_str_eq(out.data, rows[_i].want);
    }
    fix_release(&fix);
    findings_release(&findings);
    made_rule_release(&made);
}
END_TEST

/* What stands as often as `item` does between `head` and `tail`, and is fixed there. */
static const struct {
    const char *name;
    const char *given;
    const char *patch;
    const char *head, *item, *tail;
    enum doc_syntax syntax;
} lists[] = {
    {"elements go", "$.a[*]", "[{\"op\": \"remove\", \"path\": \"\"}]", "{\"a\": [0",
     ", 0", "]}", DOC_JSON},
    {"lines go", "$.a[*]", "[{\"op\": \"remove\", \"path\": \"\"}]", "a:\n", "- b\n", "",
     DOC_YAML},
    {"a comment goes", "$.a[*]", "[{\"op\": \"remove\", \"path\": \"\"}]",
     "a:\n- 1 # one\n", "- b\n", "", DOC_YAML},
    {"elements are replaced", "$.a[*]",
     "[{\"op\": \"replace\", \"path\": \"\", \"value\": [1]}]", "{\"a\": [0", ", 0", "]}",
     DOC_JSON},
    {"elements come", "$.a[*]",
     "[{\"op\": \"add\", \"path\": \"/0\", \"value\": {\"c\": 1}}]", "a:\n", "-\n  - 1\n",
     "", DOC_YAML},
    {"names are replaced", "$.a[?@.b]",
     "[{\"op\": \"move\", \"from\": \"/b\", \"path\": \"/c\"}]", "{\"a\": [0",
     ",\n {\"b\": 1}", "]}", DOC_JSON},
    {"members move in", "$.a[?@.b]",
     "[{\"op\": \"move\", \"from\": \"/b\", \"path\": \"/c/b\"}]", "{\"a\": [0",
     ",\n {\"b\": 1, \"c\": {}}", "]}", DOC_JSON},
    {"members take the place of others", "$.a[*]",
     "[{\"op\": \"move\", \"from\": \"/b\", \"path\": \"/c\"}]", "a:\n",
     "- b: 1\n  c: 2\n", "", DOC_YAML},
    {"members are copied", "$.a[*]",
     "[{\"op\": \"copy\", \"from\": \"/b\", \"path\": \"/c\"}]", "a:\n",
     "- b: 1 # one\n  d: 2\n", "", DOC_YAML},
};

static void refute(void *name, struct finding *finding, const struct fault *fault)
{
    ck_abort_msg("%s: %s: %s", (const char *)name, finding->rule->id, fault->text);
}

/* The fixes of many findings are those that each one has by itself. */
START_TEST(test_many)
{
    enum { COUNT = 20 };
    AUTO_DOC struct doc doc = {0};
    struct buf bytes = {0};
    struct made_rule made;
    struct findings findings = {0};
    struct finding *all[COUNT + 1];
    const char *name = lists[_i].name;
    buf_adds(&bytes, str_of(lists[_i].head));
    for (unsigned i = 0; i < COUNT; i++)
        buf_adds(&bytes, str_of(lists[_i].item));
    buf_adds(&bytes, str_of(lists[_i].tail));
    ck_assert(doc_parse(&doc, "test", lists[_i].syntax, &bytes, NULL));
    make_rule(&made, "test-rule", lists[_i].given, NULL, lists[_i].patch);
    const struct rule *rules[] = {&made.rule};
    struct ruleset set = {.rules = rules, .count = 1};
    struct lint_options options = {0};
    lint(&set, &options, &doc, &findings);
    ck_assert_msg(findings.count == COUNT || findings.count == COUNT + 1, "%s", name);
    for (size_t i = 0; i < findings.count; i++)
        all[i] = &findings.items[i];
    fixes_make(&doc, all, findings.count, refute, (void *)(uintptr_t)name);
    for (size_t i = 0; i < findings.count; i++) {
        AUTO_BUF struct buf text = {0}, want = {0};
        struct fix alone;
        const struct fix *fix = all[i]->fix;
        ck_assert(fix_make(&doc, all[i], &alone, NULL));
        ck_assert_msg(fix != NULL && alone.patch != NULL, "%s", name);
        edits_apply(&fix->edits, buf_str(&doc.bytes), &text);
        edits_apply(&alone.edits, buf_str(&doc.bytes), &want);
        ck_assert_str_eq(text.data, want.data);
        ck_assert_str_eq(fix->patch, alone.patch);
        ck_assert_msg(fix->safety == alone.safety, "%s: %zu", name, i);
        ck_assert_pstr_eq(fix->demoted, alone.demoted);
        fix_release(&alone);
    }
    findings_release(&findings);
    made_rule_release(&made);
}
END_TEST

/* jansson takes no NUL in a name, so nothing about such a document can be proven. */
START_TEST(test_unproven)
{
    AUTO_DOC struct doc doc = {0};
    struct buf bytes = {0};
    struct fault fault = {0};
    struct made_rule made;
    struct fix fix;
    buf_adds(&bytes, STR("{\"a\\u0000\": 1,\n \"b\": 2}"));
    ck_assert(doc_parse(&doc, "test", DOC_JSON, &bytes, &fault));
    make_rule(&made, "test-rule", NULL, NULL, "[{\"op\": \"remove\", \"path\": \"\"}]");
    const struct node *node = node_get(doc.root, STR("b"));
    const struct finding finding = {.rule = &made.rule,
                                    .root = doc.root,
                                    .node = node,
                                    .at = node,
                                    .span = doc_span(&doc, node)};
    ck_assert(!fix_make(&doc, &finding, &fix, &fault));
    ck_assert_uint_eq(fault.line, 2);
    ck_assert_uint_eq(fault.column, 2);
    ck_assert_msg(strstr(fault.text,
                         "the fix of test-rule did not pass its proof and is "
                         "dropped: jansson cannot read the document: ") == fault.text,
                  "%s", fault.text);
    ck_assert_ptr_null(fix.patch);
    made_rule_release(&made);
}
END_TEST

START_TEST(test_no_fix)
{
    AUTO_DOC struct doc doc = {0};
    struct buf bytes = {0};
    struct fix fix;
    buf_adds(&bytes, STR("[1]"));
    ck_assert(doc_parse(&doc, "test", DOC_JSON, &bytes, NULL));
    const struct rule rule = {.id = "test-rule"};
    const struct finding finding = {.rule = &rule, .root = doc.root, .node = doc.root};
    ck_assert(fix_make(&doc, &finding, &fix, NULL));
    ck_assert_ptr_null(fix.patch);
    ck_assert_ptr_null(fix.demoted);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fix");
    TCase *cases = tcase_create("fix");
    tcase_add_loop_test(cases, test_make, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(cases, test_many, 0, sizeof lists / sizeof *lists);
    tcase_add_test(cases, test_unproven);
    tcase_add_test(cases, test_no_fix);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
