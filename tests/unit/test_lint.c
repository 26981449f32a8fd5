/* SPDX-License-Identifier: Apache-2.0 */
#include "lint.h"

#include "../testing.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/speclint-test-XXXXXX";
static struct ruleset set;

/* Writes a rule whose members but for its id and examples are given. */
static void add_rule(const char *area, const char *id, const char *members)
{
    AUTO_BUF struct buf path = {0};
    buf_addf(&path, "%s/%s", folder, area);
    ck_assert(mkdir(path.data, 0700) == 0 || errno == EEXIST);
    buf_addf(&path, "/%s.yaml", id);
    FILE *file = fopen(path.data, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "id: %s\ntitle: t\nwhy: w\nexamples: [{bad: {}}]\n%s", id, members);
    ck_assert_int_eq(fclose(file), 0);
}

static void setup(void)
{
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
    AUTO_BUF struct buf command = {0};
    ruleset_release(&set);
    buf_addf(&command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command.data), 0);
}

static void load_rules(void)
{
    struct fault fault = {0};
    bool loaded = ruleset_add_folder(&set, folder, &fault);
    ck_assert_msg(loaded, "%s:%u:%u: %s", fault.path, fault.line, fault.column,
                  fault.text);
}

/* "LINE:COLUMN RULE MESSAGE\n" for each finding. */
static void show(struct doc *doc, const struct lint_options *options, struct buf *out)
{
    struct findings findings = {0};
    lint(&set, options, doc, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.items[i];
        struct place place = text_place(&doc->text, finding->span.start);
        buf_addf(out, "%u:%u %s %s\n", place.line, place.column, finding->rule->id,
                 finding->message);
    }
    findings_release(&findings);
}

/* A rule, a document, and what is found. */
static const struct {
    const char *name;
    const char *rule;
    enum doc_syntax syntax;
    const char *text;
    const char *want;
} messages[] = {
    {"places in the message",
     "given: $.a[*]\nlevel: note\nmessage: '{x}, {y/0} and {y}.'\n", DOC_JSON,
     "{\"a\": [{\"x\": \"s\", \"y\": [1.50, null]}]}",
     "1:8 rule s, 1.50 and [1.50,null].\n"},
    {"nothing there", "given: $.a[*]\nlevel: note\nmessage: 'no {z} and {x/y/z}'\n",
     DOC_JSON, "{\"a\": [{\"x\": 1}]}", "1:8 rule no (none) and (none)\n"},
    {"the candidate", "given: $.a\nlevel: note\nmessage: '<{}>'\n", DOC_JSON,
     "{\"a\": {\"b\": 1}}", "1:2 rule <{\"b\":1}>\n"},
    {"braces with a blank are no place",
     "given: $.a\nlevel: note\nmessage: 'add { b: 1 } or {b} {}'\n", DOC_JSON,
     "{\"a\": {\"b\": 1}}", "1:2 rule add { b: 1 } or 1 {\"b\":1}\n"},
    {"no end of a place", "given: $.a\nlevel: note\nmessage: 'a } b { c'\n", DOC_JSON,
     "{\"a\": 1}", "1:2 rule a } b { c\n"},
    {"escaped pointer", "given: $\nlevel: note\nmessage: '{a~1b}{}'\n", DOC_JSON,
     "{\"a/b\": 1}", "1:1 rule 1{\"a/b\":1}\n"},
    {"control characters", "given: $.a\nlevel: note\nmessage: 'got {}!'\n", DOC_JSON,
     "{\"a\": \"x\\u0000\\u001b[2J\\n\\u202e\"}",
     "1:2 rule got x\\u{0000}\\u{001B}[2J\\n\\u{202E}!\n"},
    {"at", "given: $.a[*]\nlevel: note\nat: x/1\nmessage: m\n", DOC_JSON,
     "{\"a\": [\n{\"x\": [0,\n1]}]}", "3:1 rule m\n"},
    {"at, not there", "given: $.a[*]\nlevel: note\nat: x/1\nmessage: m\n", DOC_JSON,
     "{\"a\": [\n{\"x\": [0]}]}", "2:1 rule m\n"},
    {"at a member", "given: $.a[*]\nlevel: note\nat: y\nmessage: m\n", DOC_JSON,
     "{\"a\": [{\"x\": 1,\n  \"y\": [0]}]}", "2:3 rule m\n"},
    {"when", "given: $.a[*]\nwhen: '@ > $.limit'\nlevel: note\nmessage: '{}'\n", DOC_JSON,
     "{\"a\": [1, 2, 3], \"limit\": 1}", "1:11 rule 2\n1:14 rule 3\n"},
    {"sorted by place", "given: $['b','a']\nlevel: note\nmessage: '{}'\n", DOC_JSON,
     "{\"a\": 1,\n\"b\": 2}", "1:2 rule 1\n2:1 rule 2\n"},
    {"a finder", "finder: duplicate-keys\nlevel: note\nmessage: '{} again'\n", DOC_JSON,
     "{\"a\": 1, \"b\": [{\"c\": 2, \"c\": 3}],\n \"a\": 4}",
     "1:25 rule 3 again\n2:2 rule 4 again\n"},
    {"nothing", "given: $.none\nlevel: note\nmessage: m\n", DOC_JSON, "{\"a\": 1}", ""},
    {"a scalar as document", "given: $\nlevel: note\nmessage: '{}'\n", DOC_JSON, "null",
     "1:1 rule null\n"},
    {"every document of a file", "given: $.a\nwhen: $.b\nlevel: note\nmessage: '{}'\n",
     DOC_YAML, "a: 1\nb: 1\n---\na: 2\n---\nb: 3\na: 3\n", "1:1 rule 1\n7:1 rule 3\n"},
};

START_TEST(test_message)
{
    AUTO_DOC struct doc doc;
    AUTO_BUF struct buf out = {0};
    struct lint_options options = {.runtimes = runtime_default()};
    add_rule("area", "rule", messages[_i].rule);
    load_rules();
    read_good(&doc, messages[_i].syntax, messages[_i].text);
    show(&doc, &options, &out);
    ck_assert_msg(str_equal(buf_str(&out), str_of(messages[_i].want)), "%s: got\n%s",
                  messages[_i].name, buf_str(&out).at);
}
END_TEST

/* A long value is cut at a character, at each length around the limit. */
START_TEST(test_long_value)
{
    AUTO_DOC struct doc doc;
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf out = {0};
    struct lint_options options = {.runtimes = runtime_default()};
    add_rule("area", "rule", "given: $.a\nlevel: note\nmessage: '{}'\n");
    load_rules();
    buf_adds(&text, STR("{\"a\": \""));
    for (int i = 0; i < 110 + _i; i++)
        buf_addc(&text, 'x');
    buf_adds(&text, STR("\xF0\x9F\x98\x80\"}"));
    read_good(&doc, DOC_JSON, text.data);
    show(&doc, &options, &out);
    int kept = _i <= 6 ? 110 + _i : 110 + _i < 120 ? 110 + _i : 120;
    AUTO_BUF struct buf want = {0};
    buf_addf(&want, "1:2 rule %.*s%s\n", kept, text.data + 7,
             _i <= 6 ? "\xF0\x9F\x98\x80" : "…");
    ck_assert_str(buf_str(&out), buf_str(&want));
}
END_TEST

/* Findings of several rules at one place come by the rule's id. */
START_TEST(test_order)
{
    AUTO_DOC struct doc doc;
    AUTO_BUF struct buf out = {0};
    struct lint_options options = {.runtimes = runtime_default()};
    add_rule("z", "beta", "given: $.a\nlevel: note\nmessage: m\n");
    add_rule("y", "gamma", "given: $.*\nlevel: error\nmessage: m\n");
    add_rule("x", "alpha", "given: $..a\nlevel: note\nmessage: m\n");
    load_rules();
    read_good(&doc, DOC_JSON, "{\"b\": 0, \"a\": {\"a\": 1}}");
    show(&doc, &options, &out);
    ck_assert_str(buf_str(&out), STR("1:2 gamma m\n1:10 alpha m\n1:10 beta m\n"
                                     "1:10 gamma m\n1:16 alpha m\n"));
}
END_TEST

/* What `when` asks of the whole document is asked once, not of every candidate. */
START_TEST(test_when_is_not_quadratic)
{
    enum { COUNT = 30000 };
    AUTO_DOC struct doc doc;
    AUTO_BUF struct buf text = {0};
    struct findings findings = {0};
    struct lint_options options = {.runtimes = runtime_default()};
    add_rule("area", "rule",
             "given: $.a[*]\nlevel: note\nmessage: m\nwhen: '!$.b[?@ == 1] && @ != 7'\n");
    load_rules();
    buf_adds(&text, STR("{\"a\": [7"));
    for (unsigned i = 0; i < COUNT; i++)
        buf_adds(&text, STR(",0"));
    buf_adds(&text, STR("], \"b\": [0"));
    for (unsigned i = 0; i < COUNT; i++)
        buf_adds(&text, STR(",0"));
    buf_adds(&text, STR("]}"));
    read_good(&doc, DOC_JSON, text.data);
    clock_t start = clock();
    lint(&set, &options, &doc, &findings);
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 3);
    ck_assert_uint_eq(findings.count, COUNT);
    findings_release(&findings);
}
END_TEST

/* Words separated by spaces to strs; returns their number. */
static size_t words(const char *text, struct str *out)
{
    size_t count = 0;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        out[count++] = (struct str){text, len};
        text += len + (text[len] == ' ');
    }
    return count;
}

/* Which of the rules of test_wants speak. */
static const struct {
    enum profile profile;
    const char *select;
    const char *ignore;
    const char *runtimes;
    const char *want;
} wants[] = {
    {PROFILE_DEFAULT, "", "", "runc,crun", "plain runc-new spec "},
    {PROFILE_STRICT, "", "", "runc", "plain runc-new spec strict "},
    {PROFILE_PEDANTIC, "", "", "runc", "pedantic plain runc-new spec strict "},
    /* runtimes */
    {PROFILE_DEFAULT, "", "", "runc@1.1.0", "plain spec "},
    {PROFILE_DEFAULT, "", "", "runc@1.2", "plain runc-new spec "},
    {PROFILE_DEFAULT, "", "", "youki", "plain spec youki "},
    {PROFILE_DEFAULT, "", "", "any", "plain runc-new spec youki "},
    /* select */
    {PROFILE_DEFAULT, "plain", "", "runc", "plain "},
    {PROFILE_DEFAULT, "mounts", "", "runc", "plain runc-new "},
    {PROFILE_STRICT, "process", "", "runc", "spec strict "},
    {PROFILE_DEFAULT, "strict", "", "runc", "strict "},
    {PROFILE_DEFAULT, "youki", "", "runc", ""},
    {PROFILE_DEFAULT, "plain strict", "", "runc", "plain strict "},
    {PROFILE_DEFAULT, "nothing", "", "runc", ""},
    {PROFILE_DEFAULT, "plai", "", "runc", ""},
    /* ignore */
    {PROFILE_DEFAULT, "", "plain", "runc", "runc-new spec "},
    {PROFILE_DEFAULT, "", "mounts", "any", "spec "},
    {PROFILE_DEFAULT, "mounts", "plain", "runc", "runc-new "},
    {PROFILE_DEFAULT, "plain", "mounts", "runc", "plain "},
    {PROFILE_DEFAULT, "plain", "plain", "runc", ""},
    {PROFILE_DEFAULT, "mounts", "mounts", "runc", ""},
};

START_TEST(test_wants)
{
    struct str select[4];
    struct str ignore[4];
    struct lint_options options = {.profile = wants[_i].profile,
                                   .select = select,
                                   .select_count = words(wants[_i].select, select),
                                   .ignore = ignore,
                                   .ignore_count = words(wants[_i].ignore, ignore)};
    add_rule("mounts", "plain", "given: $\nlevel: note\nmessage: m\n");
    add_rule(
        "mounts", "runc-new",
        "given: $\nlevel: note\nmessage: m\nruntimes:\n"
        "  runc>=1.2: {does: refuses, source: s}\n  runc: {does: honours, source: s}\n");
    add_rule("mounts", "youki",
             "given: $\nlevel: note\nmessage: m\nruntimes:\n"
             "  youki: {does: adapts, source: s}\n  runc: {does: honours, source: s}\n");
    add_rule("process", "strict", "given: $\nlevel: note\nmessage: m\nprofile: strict\n");
    add_rule("process", "spec",
             "given: $\nlevel: note\nmessage: m\nspec: MUST\nruntimes:\n"
             "  runc: {does: honours, source: s}\n");
    add_rule("other", "pedantic",
             "given: $\nlevel: note\nmessage: m\nprofile: pedantic\n");
    load_rules();
    ck_assert(runtime_set_parse(&options.runtimes, wants[_i].runtimes, NULL));
    AUTO_BUF struct buf out = {0};
    for (size_t i = 0; i < set.count; i++) {
        if (lint_wants(&options, set.rules[i]))
            buf_addf(&out, "%s ", set.rules[i]->id);
    }
    ck_assert_str(buf_str(&out), str_of(wants[_i].want));
}
END_TEST

/* The level at which a rule speaks of a form that youki, and runc from 1.2, honour and
 * the spec forbids, and at which a finding speaks of a value with which youki copes. */
static const struct {
    const char *runtimes;
    enum level honoured;
    enum level coped;
} levels[] = {
    {"runc,crun", LEVEL_ERROR, LEVEL_ERROR},    {"runc", LEVEL_WARNING, LEVEL_ERROR},
    {"runc@1.1.0", LEVEL_ERROR, LEVEL_ERROR},   {"youki", LEVEL_WARNING, LEVEL_WARNING},
    {"youki,runc", LEVEL_WARNING, LEVEL_ERROR}, {"any", LEVEL_ERROR, LEVEL_ERROR},
};

START_TEST(test_levels)
{
    AUTO_DOC struct doc doc;
    struct findings findings = {0};
    struct lint_options options = {.profile = PROFILE_DEFAULT};
    add_rule("mounts", "honoured",
             "given: $\nlevel: error\nmessage: m\nspec: MUST NOT\nruntimes:\n"
             "  runc<1.2: {does: refuses, source: s}\n"
             "  runc: {does: honours, source: s}\n"
             "  crun: {does: ignores, source: s}\n"
             "  youki: {does: honours, source: s}\n");
    add_rule("shape", "coped", "finder: bad-formats\nlevel: error\nmessage: m\n");
    load_rules();
    read_good(&doc, DOC_JSON,
              "{\"ociVersion\": \"1.0.2\", \"process\": {\"cwd\": \"tmp\"}}");
    ck_assert(runtime_set_parse(&options.runtimes, levels[_i].runtimes, NULL));
    lint(&set, &options, &doc, &findings);
    ck_assert_uint_eq(findings.count, 2);
    ck_assert_str_eq(findings.items[0].rule->id, "honoured");
    ck_assert_msg(findings.items[0].level == levels[_i].honoured &&
                      findings.items[1].level == levels[_i].coped,
                  "%s: %s, %s", levels[_i].runtimes, level_name(findings.items[0].level),
                  level_name(findings.items[1].level));
    findings_release(&findings);
}
END_TEST

START_TEST(test_ruleset)
{
    char again[] = "/tmp/speclint-test-XXXXXX";
    struct fault fault = {0};
    add_rule("a", "one", "given: $\nlevel: note\nmessage: first\n");
    add_rule("b", "two", "given: $\nlevel: note\nmessage: second\n");
    load_rules();
    ck_assert_uint_eq(set.count, 2);
    ck_assert_str_eq(ruleset_find(&set, STR("one"))->message, "first");
    ck_assert_str_eq(ruleset_find(&set, STR("two"))->area, "b");
    ck_assert_ptr_null(ruleset_find(&set, STR("on")));
    ck_assert_ptr_null(ruleset_find(&set, STR("zero")));
    ck_assert_ptr_null(ruleset_find(&set, STR("")));
    /* What comes later wins. */
    add_rule("c", "one", "given: $\nlevel: error\nmessage: third\n");
    load_rules();
    ck_assert_uint_eq(set.count, 2);
    ck_assert_str_eq(ruleset_find(&set, STR("one"))->message, "third");
    /* A folder without rules, and none at all. */
    ck_assert_ptr_nonnull(mkdtemp(again));
    ck_assert(!ruleset_add_folder(&set, again, &fault));
    ck_assert_str_eq(fault.text, "there is no rule (a file NAME.yaml) in this folder");
    ck_assert_str_eq(fault.path, again);
    ck_assert_int_eq(rmdir(again), 0);
    struct fault gone = {0};
    ck_assert(!ruleset_add_folder(&set, again, &gone));
    ck_assert_str_eq(gone.text,
                     "the folder of rules cannot be read: No such file or directory");
}
END_TEST

/* The fault names the faulty file, though good ones were read before it. */
START_TEST(test_ruleset_fault)
{
    AUTO_BUF struct buf want = {0};
    struct fault fault = {0};
    add_rule("a", "one", "given: $\nlevel: note\nmessage: m\n");
    add_rule("b", "two", "given: $[\nlevel: note\nmessage: m\n");
    add_rule("c", "three", "given: $\nlevel: note\nmessage: m\n");
    ck_assert(!ruleset_add_folder(&set, folder, &fault));
    buf_addf(&want, "%s/b/two.yaml", folder);
    ck_assert_str_eq(fault.path, want.data);
    ck_assert_uint_eq(fault.line, 5);
    /* What came before it is in the set, and can be asked. */
    ck_assert_uint_eq(set.count, 1);
    ck_assert_uint_eq(set.gates.count, 1);
}
END_TEST

/* A link that leads back must not be followed. */
START_TEST(test_ruleset_loop)
{
    AUTO_BUF struct buf first = {0};
    AUTO_BUF struct buf second = {0};
    add_rule("a", "one", "given: $\nlevel: note\nmessage: m\n");
    buf_addf(&first, "%s/a/up", folder);
    buf_addf(&second, "%s/a/again", folder);
    ck_assert_int_eq(symlink("..", first.data), 0);
    ck_assert_int_eq(symlink("..", second.data), 0);
    load_rules();
    ck_assert_uint_eq(set.count, 1);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("lint");
    tcase_add_checked_fixture(cases, setup, teardown);
    add_rows(cases, test_message, messages);
    tcase_add_loop_test(cases, test_long_value, 0, 14);
    tcase_add_test(cases, test_order);
    tcase_add_test(cases, test_when_is_not_quadratic);
    add_rows(cases, test_wants, wants);
    add_rows(cases, test_levels, levels);
    tcase_add_test(cases, test_ruleset);
    tcase_add_test(cases, test_ruleset_fault);
    tcase_add_test(cases, test_ruleset_loop);
    return run_cases(cases);
}
