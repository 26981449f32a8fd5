/* SPDX-License-Identifier: Apache-2.0 */
#include "lint.h"
#include "make_rule.h"
#include "repair.h"

#include <stdio.h>

/* "rule pass pointer" of what was applied, "rule: reason" of what was dropped. */
static void show(const struct repair *repair, struct buf *applied, struct buf *dropped)
{
    for (size_t i = 0; i < repair->applied.count; i++) {
        const struct repair_entry *entry = &repair->applied.items[i];
        buf_addf(applied, "%s %u %s;", entry->rule->id, entry->pass, entry->pointer);
    }
    for (size_t i = 0; i < repair->dropped.count; i++) {
        const struct repair_entry *entry = &repair->dropped.items[i];
        buf_addf(dropped, "%s: %s;", entry->rule->id, entry->reason);
    }
}

struct setup {
    struct ruleset set;
    enum confirm answer;
    unsigned asked;
};

static void lint_setup(void *context, struct doc *doc, struct findings *findings)
{
    const struct setup *setup = context;
    const struct lint_options options = {0};
    lint(&setup->set, &options, doc, findings);
}

static enum confirm answer(void *context, const struct doc *before,
                           const struct doc *after, const struct finding *finding,
                           char **sentence)
{
    struct setup *setup = context;
    ck_assert(!str_equal(buf_str(&before->bytes), buf_str(&after->bytes)));
    ck_assert_ptr_nonnull(after->root);
    ck_assert_ptr_nonnull(finding->fix->patch);
    setup->asked++;
    *sentence = mem_copy("tried", 5);
    return setup->answer;
}

struct rule_text {
    const char *id, *given, *when, *patch;
    enum level level;
    enum safety safety;
};

#define SET(path, value)                                                                 \
    "[{\"op\": \"replace\", \"path\": \"" path "\", \"value\": " value "}]"
#define DELETE "[{\"op\": \"remove\", \"path\": \"\"}]"

static const struct {
    const char *name;
    struct rule_text rules[3];
    const char *text;
    const char *want;
    const char *applied;
    const char *dropped;
    const char *cycle;
    size_t left; /* findings */
    enum safety least;
} rows[] = {
    {"nothing to do",
     {{"a", "$.a", NULL, DELETE, LEVEL_WARNING, SAFETY_SAFE}},
     "{}",
     "{}",
     "",
     "",
     "",
     0,
     SAFETY_SAFE},
    {"two places in one pass",
     {{"a", "$..a", "@ == 1", SET("", "2"), LEVEL_WARNING, SAFETY_SAFE}},
     "{\"x\": {\"a\": 1}, \"y\": {\"a\": 1}}",
     "{\"x\": {\"a\": 2}, \"y\": {\"a\": 2}}",
     "a 1 /x/a;a 1 /y/a;",
     "",
     "",
     0,
     SAFETY_SAFE},
    {"one container, one fix a pass",
     {{"a", "$.o[?@ == 1]", NULL, DELETE, LEVEL_WARNING, SAFETY_SAFE}},
     "{\"o\": [1, 1, 2, 1]}",
     "{\"o\": [2]}",
     "a 1 /o/0;a 2 /o/0;a 3 /o/1;",
     "",
     "",
     0,
     SAFETY_SAFE},
    {"repetitions, and what stays of them",
     {{"a", "$.o[?duplicate_of_earlier(@)]", NULL, DELETE, LEVEL_WARNING, SAFETY_SAFE}},
     "{\"o\": [1, 1, 2, 1, 1, 2]}",
     "{\"o\": [1, 2]}",
     "a 1 /o/1;a 1 /o/3;a 1 /o/5;a 2 /o/2;",
     "",
     "",
     0,
     SAFETY_SAFE},
    {"repetitions of two rules",
     {{"a", "$.o[?duplicate_of_earlier(@) && @ == 1]", NULL, DELETE, LEVEL_WARNING,
       SAFETY_SAFE},
      {"b", "$.o[?duplicate_of_earlier(@) && @ == 2]", NULL, DELETE, LEVEL_WARNING,
       SAFETY_SAFE}},
     "{\"o\": [1, 2, 1, 2, 1, 2]}",
     "{\"o\": [1, 2]}",
     "a 1 /o/2;a 1 /o/4;b 2 /o/2;b 3 /o/2;",
     "",
     "",
     0,
     SAFETY_SAFE},
    {"any but one of different ones",
     {{"a", "$.o[?count($.o[*]) > 1]", NULL, DELETE, LEVEL_WARNING, SAFETY_SAFE}},
     "{\"o\": [1, 2, 3, 4]}",
     "{\"o\": [4]}",
     "a 1 /o/0;a 2 /o/0;a 3 /o/0;",
     "",
     "",
     0,
     SAFETY_SAFE},
    {"a fix that another one uncovers",
     {{"a", "$.a", "@ == 1", SET("", "2"), LEVEL_WARNING, SAFETY_SAFE},
      {"b", "$.a", "@ == 2", SET("", "3"), LEVEL_WARNING, SAFETY_SAFE}},
     "{\"a\": 1}",
     "{\"a\": 3}",
     "a 1 /a;b 2 /a;",
     "",
     "",
     0,
     SAFETY_SAFE},
    {"a fix that fixes nothing",
     {{"a", "$.a", NULL, SET("", "2"), LEVEL_WARNING, SAFETY_SAFE}},
     "{\"a\": 1}",
     "{\"a\": 1}",
     "",
     "a: its finding would still be there;",
     "",
     1,
     SAFETY_SAFE},
    {"a fix that brings an error, beside a good one",
     {{"a", "$.a", "@ == 1", SET("", "2"), LEVEL_WARNING, SAFETY_SAFE},
      {"b", "$.x.b", NULL, DELETE, LEVEL_WARNING, SAFETY_SAFE},
      {"c", "$.a", "@ == 2", DELETE, LEVEL_ERROR, SAFETY_SUGGESTION}},
     "{\"a\": 1, \"x\": {\"b\": 1}}",
     "{\"a\": 1, \"x\": {}}",
     "b 1 /x/b;",
     "a: it would bring an error of c;",
     "",
     1,
     SAFETY_SAFE},
    {"a fix that brings a warning",
     {{"a", "$.a", "@ == 1", SET("", "2"), LEVEL_WARNING, SAFETY_SAFE},
      {"c", "$.a", "@ == 2", DELETE, LEVEL_WARNING, SAFETY_SUGGESTION}},
     "{\"a\": 1}",
     "{\"a\": 2}",
     "a 1 /a;",
     "",
     "",
     1,
     SAFETY_SAFE},
    {"two rules that fight",
     {{"a", "$.a", "@ == 1", SET("", "2"), LEVEL_WARNING, SAFETY_SAFE},
      {"b", "$.a", "@ == 2", SET("", "1"), LEVEL_WARNING, SAFETY_SAFE}},
     "{\"a\": 1}",
     "{\"a\": 2}",
     "a 1 /a;",
     "",
     "a b ",
     1,
     SAFETY_SAFE},
    {"unsafe is not asked for",
     {{"a", "$.a", NULL, DELETE, LEVEL_WARNING, SAFETY_UNSAFE}},
     "{\"a\": 1}",
     "{\"a\": 1}",
     "",
     "",
     "",
     1,
     SAFETY_SAFE},
    {"unsafe is asked for",
     {{"a", "$.a", NULL, DELETE, LEVEL_WARNING, SAFETY_UNSAFE}},
     "{\"a\": 1}",
     "{}",
     "a 1 /a;",
     "",
     "",
     0,
     SAFETY_UNSAFE},
    {"a suggestion is never applied",
     {{"a", "$.a", NULL, DELETE, LEVEL_WARNING, SAFETY_SUGGESTION}},
     "{\"a\": 1}",
     "{\"a\": 1}",
     "",
     "",
     "",
     1,
     SAFETY_UNSAFE},
    {"a fix inside of what another one removes",
     {{"a", "$.x", NULL, DELETE, LEVEL_WARNING, SAFETY_SAFE},
      {"b", "$.x.b", "@ == 1", SET("", "2"), LEVEL_WARNING, SAFETY_SAFE}},
     "{\"x\": {\"b\": 1}}",
     "{}",
     "a 1 /x;",
     "",
     "",
     0,
     SAFETY_SAFE},
};

static void run(struct setup *setup, struct made_rule *made, size_t count,
                const struct rule **rules)
{
    for (size_t i = 0; i < count; i++)
        rules[i] = &made[i].rule;
    setup->set = (struct ruleset){.rules = rules, .count = count};
}

static void parse(struct doc *doc, enum doc_syntax syntax, const char *text)
{
    struct buf bytes = {0};
    struct fault fault = {0};
    buf_adds(&bytes, str_of(text));
    ck_assert_msg(doc_parse(doc, "test", syntax, &bytes, &fault), "%s", fault.text);
}

START_TEST(test_repair)
{
    struct made_rule made[3];
    const struct rule *rules[3];
    struct setup setup = {0};
    size_t count = 0;
    for (; count < 3 && rows[_i].rules[count].id != NULL; count++) {
        const struct rule_text *text = &rows[_i].rules[count];
        make_rule(&made[count], text->id, text->given, text->when, text->patch);
        made[count].rule.level = text->level;
        made[count].fix.safety = text->safety;
    }
    run(&setup, made, count, rules);
    AUTO_DOC struct doc doc = {0};
    parse(&doc, DOC_JSON, rows[_i].text);
    AUTO_REPAIR struct repair repair;
    const struct repair_options options = {
        .least = rows[_i].least, .lint = lint_setup, .lint_context = &setup};
    repair_run(&repair, &doc, &options);

    AUTO_BUF struct buf applied = {0}, dropped = {0}, out = {0}, cycle = {0};
    show(&repair, &applied, &dropped);
    for (size_t i = 0; i < repair.cycle_count; i++)
        buf_addf(&cycle, "%s ", repair.cycle[i]->id);
    edits_apply(&repair.edits, buf_str(&doc.bytes), &out);
    ck_assert_msg(strcmp(repair.doc.bytes.data, rows[_i].want) == 0, "%s: got %s",
                  rows[_i].name, repair.doc.bytes.data);
    ck_assert_str_eq(out.data, rows[_i].want);
    ck_assert_msg(strcmp(buf_str(&applied).at, rows[_i].applied) == 0, "%s: applied %s",
                  rows[_i].name, buf_str(&applied).at);
    ck_assert_msg(strcmp(buf_str(&dropped).at, rows[_i].dropped) == 0, "%s: dropped %s",
                  rows[_i].name, buf_str(&dropped).at);
    ck_assert_str_eq(buf_str(&cycle).at, rows[_i].cycle);
    ck_assert_uint_eq(repair.findings.count, rows[_i].left);
    ck_assert(!repair.unsettled);
    for (size_t i = 0; i < repair.findings.count; i++)
        ck_assert_ptr_nonnull(repair.findings.items[i].fix);
    for (size_t i = 0; i < count; i++)
        made_rule_release(&made[i]);
}
END_TEST

/* Progress is not limited: one of the elements goes in each pass. */
START_TEST(test_many)
{
    enum { COUNT = 3 * REPAIR_PASSES_MAX };
    struct made_rule made;
    const struct rule *rules[1];
    struct setup setup = {0};
    make_rule(&made, "a", "$.o[?@ == 1]", NULL, DELETE);
    run(&setup, &made, 1, rules);
    AUTO_BUF struct buf text = {0};
    buf_addf(&text, "o:\n");
    for (unsigned i = 0; i < COUNT; i++)
        buf_addf(&text, "- 1\n# comment %u\n", i);
    AUTO_DOC struct doc doc = {0};
    parse(&doc, DOC_YAML, text.data);
    AUTO_REPAIR struct repair repair;
    const struct repair_options options = {
        .least = SAFETY_SAFE, .lint = lint_setup, .lint_context = &setup};
    repair_run(&repair, &doc, &options);
    ck_assert(!repair.unsettled);
    ck_assert_uint_eq(repair.findings.count, 0);
    ck_assert_uint_eq(repair.applied.count, COUNT);
    ck_assert(strncmp(repair.doc.bytes.data, "o: []\n# comment 0\n# comment 1\n", 30) ==
              0);
    made_rule_release(&made);
}
END_TEST

/* Repetitions go by halves: as many passes as the number of them has bits, at most. */
START_TEST(test_many_repeated)
{
    enum { BITS = 7 };
    struct made_rule made;
    const struct rule *rules[1];
    struct setup setup = {0};
    make_rule(&made, "a", "$.o[?duplicate_of_earlier(@)]", NULL, DELETE);
    run(&setup, &made, 1, rules);
    for (unsigned syntax = 0; syntax < 2; syntax++) {
        AUTO_BUF struct buf text = {0};
        buf_adds(&text, syntax == 0 ? STR("{\"o\": [") : STR("o:\n"));
        for (unsigned i = 0; i < 1 << BITS; i++)
            buf_adds(&text, syntax == 1 ? STR("- x\n")
                            : i == 0    ? STR("\"x\"")
                                        : STR(", \"x\""));
        buf_adds(&text, syntax == 0 ? STR("]}") : STR(""));
        AUTO_DOC struct doc doc = {0};
        parse(&doc, syntax == 0 ? DOC_JSON : DOC_YAML, text.data);
        AUTO_REPAIR struct repair repair;
        const struct repair_options options = {
            .least = SAFETY_SAFE, .lint = lint_setup, .lint_context = &setup};
        repair_run(&repair, &doc, &options);
        ck_assert_str_eq(repair.doc.bytes.data,
                         syntax == 0 ? "{\"o\": [\"x\"]}" : "o:\n- x\n");
        ck_assert_uint_eq(repair.applied.count, (1 << BITS) - 1);
        ck_assert_uint_le(repair.passes, BITS + 1);
    }
    made_rule_release(&made);
}
END_TEST

/* A chain that makes no progress ends at the limit, with what was proven so far. */
START_TEST(test_limit)
{
    enum { COUNT = 2 * REPAIR_PASSES_MAX };
    struct made_rule made[COUNT];
    const struct rule *rules[COUNT];
    struct setup setup = {0};
    for (unsigned i = 0; i < COUNT; i++) {
        AUTO_BUF struct buf when = {0}, patch = {0};
        buf_addf(&when, "@ == %u", i);
        buf_addf(&patch, "[{\"op\": \"replace\", \"path\": \"\", \"value\": %u}]", i + 1);
        make_rule(&made[i], "a-rule", "$.a", when.data, patch.data);
    }
    run(&setup, made, COUNT, rules);
    AUTO_DOC struct doc doc = {0};
    parse(&doc, DOC_JSON, "{\"a\": 0}");
    AUTO_REPAIR struct repair repair;
    const struct repair_options options = {
        .least = SAFETY_SAFE, .lint = lint_setup, .lint_context = &setup};
    repair_run(&repair, &doc, &options);
    ck_assert(repair.unsettled);
    ck_assert_uint_eq(repair.passes, REPAIR_PASSES_MAX);
    ck_assert_str_eq(repair.doc.bytes.data, "{\"a\": 20}");
    for (unsigned i = 0; i < COUNT; i++)
        made_rule_release(&made[i]);
}
END_TEST

static const struct {
    enum repair_confirm policy;
    enum confirm answer;
    bool asks; /* the rule asks for the dry run */
    bool can;  /* there is one */
    const char *want;
    const char *dropped;
    enum confirm confirm; /* what the entry says */
    unsigned asked;
} confirms[] = {
    {REPAIR_CONFIRM_AUTO, CONFIRM_YES, true, true, "{}", "", CONFIRM_YES, 1},
    {REPAIR_CONFIRM_AUTO, CONFIRM_NO, true, true, "{\"a\": 1}",
     "a: the dry run refutes it;", CONFIRM_NO, 1},
    {REPAIR_CONFIRM_AUTO, CONFIRM_UNTRIED, true, true, "{}", "", CONFIRM_UNTRIED, 1},
    {REPAIR_CONFIRM_AUTO, CONFIRM_NO, true, false, "{}", "", CONFIRM_NONE, 0},
    {REPAIR_CONFIRM_AUTO, CONFIRM_NO, false, true, "{}", "", CONFIRM_NONE, 0},
    {REPAIR_CONFIRM_ALWAYS, CONFIRM_YES, true, true, "{}", "", CONFIRM_YES, 1},
    {REPAIR_CONFIRM_ALWAYS, CONFIRM_NO, true, true, "{\"a\": 1}",
     "a: the dry run refutes it;", CONFIRM_NO, 1},
    {REPAIR_CONFIRM_ALWAYS, CONFIRM_UNTRIED, true, true, "{\"a\": 1}",
     "a: the dry run could not try it;", CONFIRM_UNTRIED, 1},
    {REPAIR_CONFIRM_ALWAYS, CONFIRM_NO, true, false, "{\"a\": 1}",
     "a: the dry run could not try it;", CONFIRM_NONE, 0},
    {REPAIR_CONFIRM_ALWAYS, CONFIRM_NO, false, true, "{}", "", CONFIRM_NONE, 0},
    {REPAIR_CONFIRM_NEVER, CONFIRM_NO, true, true, "{}", "", CONFIRM_NONE, 0},
};

START_TEST(test_confirm)
{
    struct made_rule made;
    const struct rule *rules[1];
    struct setup setup = {.answer = confirms[_i].answer};
    make_rule(&made, "a", "$.a", NULL, DELETE);
    made.rule.confirm_mounts = confirms[_i].asks;
    run(&setup, &made, 1, rules);
    AUTO_DOC struct doc doc = {0};
    parse(&doc, DOC_JSON, "{\"a\": 1}");
    AUTO_REPAIR struct repair repair;
    const struct repair_options options = {
        .least = SAFETY_SAFE,
        .lint = lint_setup,
        .lint_context = &setup,
        .policy = confirms[_i].policy,
        .confirm = confirms[_i].can ? answer : NULL,
        .confirm_context = &setup,
    };
    repair_run(&repair, &doc, &options);
    AUTO_BUF struct buf applied = {0}, dropped = {0};
    show(&repair, &applied, &dropped);
    ck_assert_str_eq(repair.doc.bytes.data, confirms[_i].want);
    ck_assert_str_eq(buf_str(&dropped).at, confirms[_i].dropped);
    ck_assert_uint_eq(setup.asked, confirms[_i].asked);
    const struct repair_entry *entry =
        applied.len > 0 ? repair.applied.items : repair.dropped.items;
    ck_assert_int_eq(entry->confirm, confirms[_i].confirm);
    ck_assert_pstr_eq(entry->sentence, confirms[_i].asked > 0 ? "tried" : NULL);
    made_rule_release(&made);
}
END_TEST

/* What did not pass its proof is dropped as a fault, and the rest goes on. */
START_TEST(test_faulty)
{
    struct made_rule made[2];
    const struct rule *rules[2];
    struct setup setup = {0};
    make_rule(&made[0], "a", "$.a", NULL, DELETE);
    make_rule(&made[1], "b", "$.b", NULL, DELETE);
    run(&setup, made, 2, rules);
    AUTO_DOC struct doc doc = {0};
    parse(&doc, DOC_JSON, "{\"a\": 1, \"n\\u0000\": 1}");
    AUTO_REPAIR struct repair repair;
    const struct repair_options options = {
        .least = SAFETY_SAFE, .lint = lint_setup, .lint_context = &setup};
    repair_run(&repair, &doc, &options);
    ck_assert_uint_eq(repair.applied.count, 0);
    ck_assert_uint_eq(repair.dropped.count, 1);
    ck_assert(repair.dropped.items[0].faulty);
    ck_assert_ptr_nonnull(strstr(repair.dropped.items[0].reason, "the fix of a did not"));
    ck_assert_str_eq(repair.doc.bytes.data, doc.bytes.data);
    made_rule_release(&made[0]);
    made_rule_release(&made[1]);
}
END_TEST

START_TEST(test_section)
{
    struct made_rule made[2];
    const struct rule *rules[2];
    struct setup setup = {0};
    make_rule(&made[0], "rule-a", "$..a", NULL, DELETE);
    make_rule(&made[1], "rule-b", "$..b", "@ == 1", SET("", "2"));
    run(&setup, made, 2, rules);
    AUTO_DOC struct doc doc = {0};
    parse(&doc, DOC_YAML,
          "x:\n  a: 1\n  b: 1\n1a: 1\n1b: 1\n1c: 1\n1d: 1\n1e: 1\n1f: 1\n1g: 1\ny:\n"
          "  c: 3\n  b: 1\n");
    AUTO_REPAIR struct repair repair;
    const struct repair_options options = {
        .least = SAFETY_SAFE, .lint = lint_setup, .lint_context = &setup};
    repair_run(&repair, &doc, &options);
    AUTO_BUF struct buf diff = {0};
    diff_unified("f", buf_str(&doc.bytes), buf_str(&repair.doc.bytes), repair_section,
                 &repair, &diff);
    ck_assert_str_eq(diff.data, "--- a/f\n+++ b/f\n@@ -1,6 +1,5 @@ rule-a, rule-b\n x:\n"
                                "-  a: 1\n-  b: 1\n+  b: 2\n 1a: 1\n 1b: 1\n 1c: 1\n"
                                "@@ -10,4 +9,4 @@ rule-b\n 1g: 1\n y:\n   c: 3\n"
                                "-  b: 1\n+  b: 2\n");
    made_rule_release(&made[0]);
    made_rule_release(&made[1]);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("repair");
    TCase *cases = tcase_create("repair");
    tcase_set_timeout(cases, 30);
    tcase_add_loop_test(cases, test_repair, 0, sizeof rows / sizeof *rows);
    tcase_add_test(cases, test_many);
    tcase_add_test(cases, test_many_repeated);
    tcase_add_test(cases, test_limit);
    tcase_add_loop_test(cases, test_confirm, 0, sizeof confirms / sizeof *confirms);
    tcase_add_test(cases, test_faulty);
    tcase_add_test(cases, test_section);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
