/* SPDX-License-Identifier: Apache-2.0 */
#include "rule_file.h"

#include "../testing.h"

#include <sys/stat.h>
#include <unistd.h>

#define EXAMPLES                                                                         \
    "examples:\n"                                                                        \
    "  - bad: {mounts: [{type: sysfs}]}\n"                                               \
    "    good: {mounts: []}\n"                                                           \
    "  - bad: '{\"mounts\": 1}'\n"                                                       \
    "    good: {}\n"

/* A rule with every member. The rows below change one place of it. */
static const char sample[] = "id: sample\n"
                             "level: warning\n"
                             "profile: strict\n"
                             "title: a title\n"
                             "given: $.mounts[?@.type == 'sysfs']\n"
                             "when: >-\n" /* 6 */
                             "  !$.linux &&\n"
                             "  !$.windows\n"
                             "at: type\n"
                             "message: \"{destination}: a message\"\n" /* 10 */
                             "why: |\n"
                             "  The first line.\n"
                             "  The second.\n"
                             "spec: MUST NOT\n"
                             "runtimes:\n" /* 15 */
                             "  runc: {does: adapts, seen: '1.1.5 1.5.1', as: binds it}\n"
                             "  crun<1.8: {does: refuses, source: issue 1}\n"
                             "  crun>=1.8: {does: ignores, source: issue 2}\n"
                             "  youki: {does: honours, seen: '0.7.0'}\n"
                             "fix:\n" /* 20 */
                             "  title: bind it\n"
                             "  safety: unsafe\n"
                             "  patch:\n"
                             "    - - {op: replace, path: /type, value: {a: [1, x]}}\n"
                             "      - {op: move, from: /a~1b, path: /c}\n" /* 25 */
                             "    - - {op: remove, path: \"@.options[?@ == 'ro']\", "
                             "when: '@.options', safety: unsafe}\n"
                             "      - {op: add, path: '', value: 18446744073709551615}\n"
                             "confirm: mounts\n"
                             "see:\n"
                             "  - config.md#mounts\n" /* 30 */
                             "  - https://example.org/\n" EXAMPLES;

static char folder[] = "/tmp/speclint-test-XXXXXX";
static char path[64];

static void setup(void)
{
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/mounts", folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/mounts/sample.yaml", folder);
}

static void teardown(void)
{
    AUTO_BUF struct buf command = {0};
    buf_addf(&command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command.data), 0);
}

static void write_file(const char *name, struct str text)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text.at, 1, text.len, file), text.len);
    ck_assert_int_eq(fclose(file), 0);
}

/* The sample with `from` in it replaced. */
static void write_changed(const char *from, const char *to)
{
    AUTO_BUF struct buf text = {0};
    const char *place = strstr(sample, from);
    ck_assert_msg(place != NULL, "the sample has no '%s'", from);
    buf_add(&text, sample, (size_t)(place - sample));
    buf_adds(&text, str_of(to));
    buf_adds(&text, str_of(place + strlen(from)));
    write_file(path, buf_str(&text));
}

START_TEST(test_good)
{
    struct rule_file file;
    struct fault fault = {0};
    write_file(path, str_of(sample));
    bool loaded = rule_file_load(&file, path, &fault);
    ck_assert_msg(loaded, "%u:%u: %s", fault.line, fault.column, fault.text);
    const struct rule *rule = &file.rule;
    ck_assert_str_eq(rule->id, "sample");
    ck_assert_str_eq(rule->area, "mounts");
    ck_assert_int_eq(rule->level, LEVEL_WARNING);
    ck_assert_int_eq(rule->profile, PROFILE_STRICT);
    ck_assert_str_eq(rule->title, "a title");
    ck_assert_str_eq(rule->message, "{destination}: a message");
    ck_assert_str_eq(rule->why, "The first line.\nThe second.");
    ck_assert_str_eq(rule->at, "type");
    ck_assert_str_eq(rule->spec, "MUST NOT");
    ck_assert_ptr_null(rule->finder);
    ck_assert_ptr_nonnull(rule->given.ops);
    ck_assert_ptr_nonnull(rule->when.ops);
    ck_assert(rule->confirm_mounts);

    ck_assert_uint_eq(rule->claim_count, 4);
    ck_assert_int_eq(rule->claims[0].runtime, RUNTIME_RUNC);
    ck_assert_int_eq(rule->claims[0].does, CLAIM_ADAPTS);
    ck_assert_int_eq(rule->claims[0].below, 0);
    ck_assert_str_eq(rule->claims[0].seen, "1.1.5 1.5.1");
    ck_assert_str_eq(rule->claims[0].source, "");
    ck_assert_str_eq(rule->claims[0].as, "binds it");
    ck_assert_int_eq(rule->claims[1].runtime, RUNTIME_CRUN);
    ck_assert_int_eq(rule->claims[1].does, CLAIM_REFUSES);
    ck_assert_int_eq(rule->claims[1].below, '<');
    ck_assert_uint_eq(rule->claims[1].version[0], 1);
    ck_assert_uint_eq(rule->claims[1].version[1], 8);
    ck_assert_uint_eq(rule->claims[1].version[2], 0);
    ck_assert_str_eq(rule->claims[1].source, "issue 1");
    ck_assert_int_eq(rule->claims[2].below, '>');
    ck_assert_int_eq(rule->claims[3].does, CLAIM_HONOURS);

    const struct rule_fix *fix = rule->fix;
    ck_assert_str_eq(fix->title, "bind it");
    ck_assert_int_eq(fix->safety, SAFETY_UNSAFE);
    ck_assert_uint_eq(fix->count, 2);
    ck_assert_uint_eq(fix->patches[0].count, 2);
    const struct rule_op *ops = fix->patches[0].ops;
    ck_assert_int_eq(ops[0].kind, OP_REPLACE);
    ck_assert_str_eq(ops[0].path, "/type");
    ck_assert_ptr_null(ops[0].from);
    ck_assert_str_eq(ops[0].value, "{\"a\":[1,\"x\"]}");
    ck_assert_ptr_null(ops[0].query_path.ops);
    ck_assert_ptr_null(ops[0].when.ops);
    ck_assert(!ops[0].unsafe);
    ck_assert_int_eq(ops[1].kind, OP_MOVE);
    ck_assert_str_eq(ops[1].from, "/a~1b");
    ck_assert_str_eq(ops[1].path, "/c");
    ck_assert_ptr_null(ops[1].value);
    ops = fix->patches[1].ops;
    ck_assert_int_eq(ops[0].kind, OP_REMOVE);
    ck_assert_ptr_null(ops[0].path);
    ck_assert_ptr_nonnull(ops[0].query_path.ops);
    ck_assert_ptr_nonnull(ops[0].when.ops);
    ck_assert(ops[0].unsafe);
    ck_assert_str_eq(ops[1].path, "");
    ck_assert_str_eq(ops[1].value, "18446744073709551615");

    ck_assert_uint_eq(rule->see_count, 2);
    ck_assert_str_eq(rule->see[1], "https://example.org/");
    ck_assert_uint_eq(rule->example_count, 2);
    ck_assert_str_eq(rule->examples[0].bad, "{\"mounts\":[{\"type\":\"sysfs\"}]}");
    ck_assert_str_eq(rule->examples[0].good, "{\"mounts\":[]}");
    ck_assert_str_eq(rule->examples[1].bad, "\"{\\\"mounts\\\": 1}\"");
    rule_file_release(&file);
    ck_assert_ptr_null(file.path);
}
END_TEST

/* Only what must be there. */
START_TEST(test_small)
{
    struct rule_file file;
    struct fault fault = {0};
    write_file(path, STR("id: sample\nlevel: note\ntitle: t\nfinder: duplicate-keys\n"
                         "message: m\nwhy: w\nexamples:\n- bad: {}\n"));
    ck_assert_msg(rule_file_load(&file, path, &fault), "%s", fault.text);
    ck_assert_int_eq(file.rule.level, LEVEL_NOTE);
    ck_assert_int_eq(file.rule.profile, PROFILE_DEFAULT);
    ck_assert_str_eq(file.rule.at, "");
    ck_assert_str_eq(file.rule.spec, "");
    ck_assert_str_eq(file.rule.finder, "duplicate-keys");
    ck_assert_ptr_null(file.rule.given.ops);
    ck_assert_ptr_null(file.rule.when.ops);
    ck_assert_ptr_null(file.rule.fix);
    ck_assert_ptr_null(file.rule.examples[0].good);
    ck_assert(!file.rule.confirm_mounts);
    rule_file_release(&file);
}
END_TEST

static const struct {
    const char *from;
    const char *to;
    unsigned line;
    unsigned column;
    const char *want;
} rows[] = {
    /* the file */
    {sample, "", 1, 1, "expected a YAML document, found nothing"},
    {sample, "- a list\n", 1, 1, "a rule must be a map"},
    {sample, "id: [\n", 2, 1, "expected a value, found the end of the text"},
    {"examples:\n", "---\nexamples:\n", 33, 1, "a rule file holds one document"},
    {"level:", "levle:", 2, 1, "a rule has no member 'levle'"},
    {"level: warning\n", "level: warning\nlevel: note\n", 3, 1,
     "'level' stands here a second time"},
    {"level:", "\"\\e[2J\":", 2, 1, "a rule has no member '\\u{001B}[2J'"},
    /* words */
    {"id: sample", "id: other", 1, 1,
     "the id 'other' must be the name of the file, 'sample'"},
    {"id: sample\n", "", 1, 1, "'id' is missing"},
    {"id: sample", "id: 7", 1, 1, "this must be a string, not number"},
    {"level: warning", "level: warn", 2, 1, "'warn' is not one of error, warning, note"},
    {"level: warning\n", "", 1, 1, "'level' is missing"},
    {"profile: strict", "profile: all", 3, 1,
     "'all' is not one of default, strict, pedantic"},
    {"title: a title", "title:", 4, 1, "this must be a string, not null"},
    {"title: a title", "title: ''", 4, 1, "'title' is empty"},
    {"title: a title", "title: \"a\\0b\"", 4, 1, "this string has a NUL in it"},
    {"at: type", "at: /type", 9, 1,
     "'at' begins inside the candidate, so without a slash"},
    {"at: type", "at: [type]", 9, 1, "this must be a string, not array"},
    {"message: \"{destination}: a message\"\n", "", 1, 1, "'message' is missing"},
    {"title: a title", "since: soon\ntitle: a title", 4, 1,
     "'soon' is no version of speclint such as 0.1.0"},
    {"why: |\n  The first line.\n  The second.\n", "", 1, 1, "'why' is missing"},
    {"spec: MUST NOT", "spec: true", 14, 1, "this must be a string, not boolean"},
    {"confirm: mounts", "confirm: everything", 28, 1, "'confirm' can only be 'mounts'"},
    /* what it finds */
    {"given: $.mounts[?@.type == 'sysfs']\n", "", 1, 1,
     "a rule has either 'given' or 'finder'"},
    {"given: $", "finder: duplicate-keys\ngiven: $", 1, 1,
     "a rule has either 'given' or 'finder'"},
    {"given: $.mounts[?@.type == 'sysfs']", "finder: nobody", 5, 1,
     "there is no finder 'nobody'"},
    {"given: $.mounts[?@.type == 'sysfs']", "given: [$]", 5, 1,
     "this must be a string that holds a query"},
    {"given: $.mounts[?@.type == 'sysfs']", "given: $.mounts[?@.type = 'sysfs']", 5, 1,
     "'given', column 18 of the query: expected &&, ||, a comma or ], found '='"},
    {"given: $.mounts", "given: '@.mounts'\n#", 5, 1,
     "'given', column 1 of the query: expected $, found '@'"},
    {"!$.windows", "!$.windows &&", 6, 1,
     "'when', column 26 of the query: expected a query ($ or @), a literal, a function, "
     "! or (, found the end"},
    /* runtimes */
    {"  runc: {does", "  kata: {does", 16, 3,
     "'kata' is no runtime; use runc, crun or youki"},
    {"does: adapts", "does: crashes", 16, 10,
     "'crashes' is not one of honours, adapts, ignores, refuses"},
    {"does: adapts, ", "", 16, 3, "'does' is missing"},
    {"seen: '1.1.5 1.5.1', ", "", 16, 3,
     "a claim needs 'seen' (versions it was run on) or 'source' (where it was read)"},
    {"seen: '1.1.5 1.5.1'", "since: '1.1.5 1.5.1'", 16, 24,
     "a runtime has no member 'since'"},
    {"crun<1.8", "crun<new", 17, 3, "'new' is no version"},
    {"crun<1.8", "crun<", 17, 3, "'' is no version"},
    {"crun<1.8", "crun<1.8.1.1", 17, 3, "'1.8.1.1' is no version"},
    {"crun<1.8", "crun<70000", 17, 3, "'70000' is no version"},
    {"crun<1.8", "crun<=1.8", 17, 3, "'=1.8' is no version"},
    {"crun>=1.8", "crun>1.8", 18, 3, "a range is written NAME<VERSION or NAME>=VERSION"},
    {"  youki: {does: honours, seen: '0.7.0'}", "  youki: honours", 19, 3,
     "a runtime must be a map"},
    {"  youki: {does", "  runc: {does", 19, 3, "'runc' stands here a second time"},
    /* the fix */
    {"safety: unsafe\n", "safety: sure\n", 22, 3,
     "'sure' is not one of safe, unsafe, suggestion"},
    {"  title: bind it\n", "", 20, 1, "'title' is missing"},
    {"  safety: unsafe\n", "  safety: unsafe\n  why: not\n", 23, 3,
     "a fix has no member 'why'"},
    {"op: replace", "op: change", 24, 10, "'change' is no operation of RFC 6902"},
    {"op: replace, ", "", 24, 9, "'op' is missing"},
    {"path: /type, ", "", 24, 9, "'path' is missing"},
    {"path: /type", "path: type", 24, 23,
     "'path' must be a JSON Pointer (RFC 6901) or a query that begins with @"},
    {"path: /type", "paht: /type", 24, 23, "an operation has no member 'paht'"},
    {", value: {a: [1, x]}", "", 24, 9, "'replace' needs 'value'"},
    {"op: replace, path", "op: replace, from: /a, path", 24, 9,
     "'replace' takes no 'from'"},
    {"from: /a~1b, ", "", 25, 9, "'move' needs 'from'"},
    {"from: /a~1b", "from: a", 25, 20, "'from' must be a JSON Pointer (RFC 6901)"},
    {"path: /c", "path: /c, value: 1", 25, 9, "'move' takes no 'value'"},
    {"== 'ro']\"", "== 'ro'\"", 26, 22,
     "'path', column 21 of the query: expected &&, ||, a comma or ], found the end"},
    {"when: '@.options'", "when: '@.'", 26, 53,
     "'when', column 3 of the query: expected a name or *, found the end"},
    {"safety: unsafe}", "safety: suggestion}", 26, 72,
     "the safety of an operation is safe or unsafe, not 'suggestion'"},
    {"    - - {op: replace", "    - 1\n    - - {op: replace", 24, 7,
     "an operation must be a map"},
    {"    - - {op: remove", "    - []\n    - - {op: remove", 26, 7,
     "a patch must be a list of operations"},
    /* see, examples */
    {"  - config.md#mounts", "  - {a: 1}", 30, 5, "this must be a string, not object"},
    {"see:\n  - config.md#mounts\n  - https://example.org/\n", "see: config.md\n", 29, 1,
     "'see' must be a list of strings"},
    {EXAMPLES, "examples: []\n", 32, 1,
     "'examples' is missing: a list of {bad, good} that are the rule's tests"},
    {EXAMPLES, "", 1, 1,
     "'examples' is missing: a list of {bad, good} that are the rule's tests"},
    {"  - bad: {mounts: [{type: sysfs}]}\n    good: {mounts: []}\n", "  - good: {}\n", 33,
     5, "an example needs 'bad'"},
    {"    good: {mounts: []}\n", "", 33, 5,
     "an example of a rule with a fix needs 'good'"},
    {"    good: {mounts: []}\n", "    god: {mounts: []}\n", 34, 5,
     "an example has no member 'god'"},
    {"    good: {mounts: []}\n", "    good: {mounts: []}\n    probe: 7\n", 35, 5,
     "this must be a string, not number"},
    {"    good: {}\n", "    good: {}\n    bundle: rootfs\n", 37, 5,
     "'bundle' must be a map of paths"},
    {"    good: {}\n", "    good: {}\n    host: {/etc: dir}\n", 37, 12,
     "'/etc' is no plain relative path"},
    {"    good: {}\n", "    good: {}\n    host: {a/../../etc: dir}\n", 37, 12,
     "'a/../../etc' is no plain relative path"},
    {"    good: {}\n", "    good: {}\n    bundle: {rootfs: {}}\n", 37, 14,
     "a file is given as dir, file, program, private program, 'program: TEXT', '-> "
     "TARGET' or its text"},
};

START_TEST(test_fault)
{
    struct rule_file file;
    struct fault fault = {0};
    write_changed(rows[_i].from, rows[_i].to);
    ck_assert_msg(!rule_file_load(&file, path, &fault), "%s", rows[_i].to);
    ck_assert_msg(strcmp(fault.text, rows[_i].want) == 0 && fault.line == rows[_i].line &&
                      fault.column == rows[_i].column,
                  "%s: %u, %u, \"%s\"", rows[_i].to, fault.line, fault.column,
                  fault.text);
    ck_assert_str_eq(fault.path, path);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("rule_file");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, test_good);
    tcase_add_test(cases, test_small);
    add_rows(cases, test_fault, rows);
    return run_cases(cases);
}
