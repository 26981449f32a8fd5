/* SPDX-License-Identifier: Apache-2.0
 *
 * Every built-in rule with a fix, on its own examples, written in many styles:
 * JSON and YAML. The findings are fixed, what is not to be changed is not, and
 * a second time there is nothing to do. In the corpus of real specs the same
 * holds of all rules at once.
 */
#include "example.h"
#include "fixes.h"
#include "lint.h"
#include "look.h"
#include "repair.h"

#include <check.h>
#include <dirent.h>

enum { LOOKS = 5, LARGE = 16384 /* bytes, of a document that is slow to fix */ };

struct rules {
    struct ruleset set;
    struct lint_options options;
};

static void lint_rules(void *context, struct doc *doc, struct findings *findings)
{
    const struct rules *rules = context;
    lint(&rules->set, &rules->options, doc, findings);
}

static struct rules builtin;

static void load(void)
{
    struct fault fault = {0};
    ruleset_add_builtin(&builtin.set);
    builtin.options.profile = PROFILE_PEDANTIC;
    ck_assert(runtime_set_parse(&builtin.options.runtimes, "any,runc@0,crun@0", &fault));
}

static void parse(struct doc *doc, enum doc_syntax syntax, struct buf *text)
{
    struct fault fault = {0};
    AUTO_BUF struct buf shown = {0};
    buf_adds(&shown, buf_str(text));
    ck_assert_msg(doc_parse(doc, "document", syntax, text, &fault), "%u:%u: %s\n%s",
                  fault.line, fault.column, fault.text, shown.data);
}

#define HOLDS(condition)                                                                 \
    ck_assert_msg(condition, "%s: %s\n--- text\n%s\n--- becomes\n%s", name, #condition,  \
                  doc->bytes.data, repair.doc.bytes.data)

static void refute(void *name, struct finding *finding, const struct fault *fault)
{
    ck_abort_msg("%s: %s: %s", (const char *)name, finding->rule->id, fault->text);
}

/* The fixes of a document's findings, made and proven together, are those that each one
 * has by itself. */
static void check_together(const char *name, struct rules *rules, struct doc *doc)
{
    struct findings findings = {0};
    lint_rules(rules, doc, &findings);
    AUTO_FREE struct finding **all = mem_alloc(findings.count + 1, sizeof *all);
    for (size_t i = 0; i < findings.count; i++)
        all[i] = &findings.items[i];
    fixes_make(doc, all, findings.count, refute, (void *)(uintptr_t)name);
    for (size_t i = 0; i < findings.count; i++) {
        struct fix alone;
        const struct fix *fix = all[i]->fix;
        ck_assert(fix_make(doc, all[i], &alone, NULL));
        ck_assert_msg((fix != NULL) == (alone.patch != NULL), "%s: %s", name,
                      all[i]->rule->id);
        if (fix != NULL) {
            AUTO_BUF struct buf text = {0}, want = {0};
            edits_apply(&fix->edits, buf_str(&doc->bytes), &text);
            edits_apply(&alone.edits, buf_str(&doc->bytes), &want);
            ck_assert_str_eq(fix->patch, alone.patch);
            ck_assert(str_equal(buf_str(&text), buf_str(&want)));
            ck_assert_msg(fix->safety == alone.safety, "%s: %s", name, all[i]->rule->id);
        }
        fix_release(&alone);
    }
    findings_release(&findings);
}

/* Repairs a document and checks what holds of any repair. Returns how many
 * fixes there were; `safe` says whether all comments must be there. */
static size_t check_repair(const char *name, struct rules *rules, const struct doc *doc,
                           enum safety least, const struct look *look,
                           const struct node *want)
{
    AUTO_REPAIR struct repair repair, again;
    const struct repair_options options = {.least = least,
                                           .lint = lint_rules,
                                           .lint_context = rules,
                                           .policy = REPAIR_CONFIRM_NEVER};
    AUTO_BUF struct buf out = {0};
    repair_run(&repair, doc, &options);
    for (size_t i = 0; i < repair.dropped.count; i++)
        ck_assert_msg(!repair.dropped.items[i].faulty, "%s: %s\n%s", name,
                      repair.dropped.items[i].reason, doc->bytes.data);
    HOLDS(repair.cycle_count == 0 && !repair.unsettled);
    edits_apply(&repair.edits, buf_str(&doc->bytes), &out);
    HOLDS(str_equal(buf_str(&out), buf_str(&repair.doc.bytes)));
    HOLDS((repair.applied.count > 0) == (repair.edits.count > 0));
    if (look != NULL && least == SAFETY_SAFE)
        HOLDS(look_has_comments(look, out.data));
    if (want != NULL)
        HOLDS(node_equal(repair.doc.root, want));
    repair_run(&again, &repair.doc, &options);
    HOLDS(again.edits.count == 0);
    return repair.applied.count;
}

/* The examples have their members in any order and their texts in any style. */
static size_t check_example(const struct rule *rule, const struct rule_example *example,
                            uint64_t seed)
{
    struct rules one = {.set = {.rules = &rule, .count = 1}, .options = builtin.options};
    AUTO_DOC struct doc bad = {0}, good = {0}, doc = {0};
    AUTO_BUF struct buf bad_text = {0}, good_text = {0};
    struct fault fault = {0};
    struct look look;
    ck_assert(example_document(example->bad, &bad_text, &fault));
    ck_assert(example_document(example->good, &good_text, &fault));
    parse(&bad, DOC_JSON, &bad_text);
    parse(&good, DOC_JSON, &good_text);
    if (bad.duplicates > 0)
        return 0;
    look_choose(&look, seed);
    look_write(&look, bad.root);
    parse(&doc, look.yaml ? DOC_YAML : DOC_JSON, &look.out);
    ck_assert(node_equal(doc.root, bad.root));
    check_repair(rule->id, &one, &doc, SAFETY_SAFE, &look, NULL);
    return check_repair(rule->id, &one, &doc, SAFETY_SUGGESTION, &look, good.root);
}

START_TEST(test_examples)
{
    size_t fixes = 0, rules = 0;
    for (size_t i = 0; i < builtin.set.count; i++) {
        const struct rule *rule = builtin.set.rules[i];
        rules += rule->fix != NULL;
        for (size_t k = 0; rule->fix != NULL && k < rule->example_count; k++)
            for (unsigned seed = 0; seed < LOOKS; seed++)
                if (rule->examples[k].good != NULL)
                    fixes += check_example(rule, &rule->examples[k],
                                           seed + LOOKS * (k + 100 * i));
    }
    printf("%zu fixes of %zu rules\n", fixes, rules);
    ck_assert_uint_gt(rules, 0);
    ck_assert_uint_ge(fixes, rules * LOOKS);
}
END_TEST

/* Real specs, as they are and, if they are not large, with unsafe fixes and as
 * YAML. */
static size_t check_spec(const char *path, uint64_t seed)
{
    AUTO_DOC struct doc doc = {0}, yaml = {0};
    struct fault fault = {0};
    struct look look;
    if (!doc_load(&doc, path, &fault) || doc.duplicates > 0)
        return 0;
    size_t fixes = check_repair(path, &builtin, &doc, SAFETY_SAFE, NULL, NULL);
    if (doc.text.len > LARGE)
        return fixes;
    fixes += check_repair(path, &builtin, &doc, SAFETY_UNSAFE, NULL, NULL);
    check_together(path, &builtin, &doc);
    look_choose(&look, seed);
    look.yaml = true;
    look.unit = "  ";
    look.colon = ": ";
    look_write(&look, doc.root);
    parse(&yaml, DOC_YAML, &look.out);
    check_together(path, &builtin, &yaml);
    return fixes + check_repair(path, &builtin, &yaml, SAFETY_SAFE, &look, NULL);
}

START_TEST(test_corpus)
{
    const char *folder = SPECLINT_SHARED "/corpus/json";
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    size_t fixes = 0;
    if (count < 0) {
        printf("test_corpus is skipped: there is no %s\n", folder);
        return;
    }
    for (int i = 0; i < count; i++) {
        AUTO_BUF struct buf path = {0};
        buf_addf(&path, "%s/%s", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.')
            fixes += check_spec(path.data, (uint64_t)i);
        free(entries[i]);
    }
    free(entries);
    printf("%zu fixes of real specs\n", fixes);
    ck_assert_uint_gt(fixes, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rules");
    TCase *cases = tcase_create("rules");
    tcase_set_timeout(cases, 240);
    tcase_add_unchecked_fixture(cases, load, NULL);
    tcase_add_test(cases, test_examples);
    tcase_add_test(cases, test_corpus);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    ruleset_release(&builtin.set);
    return failed != 0;
}
