/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "../testing.h"

#include <unistd.h>

static char path[] = "/tmp/speclint-config-XXXXXX";
static struct ruleset rules;

static void setup(void)
{
    strcpy(path + sizeof path - 7, "XXXXXX");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    close(fd);
    ruleset_add_builtin(&rules);
}

static void teardown(void)
{
    unlink(path);
    ruleset_release(&rules);
}

static bool load(struct config *config, const char *text, struct fault *fault)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
    if (!config_load(config, path, fault))
        return false;
    if (config_check(config, &rules, fault))
        return true;
    config_release(config);
    return false;
}

static const struct {
    const char *text, *want;
} faults[] = {
    {"[]", "1:1: a configuration is a map, as in profile: strict"},
    {"a: 1", "1:1: unknown key 'a'; the keys are required-version, profile, runtimes, "
             "select, ignore, levels, rules, overrides"},
    {"\nprofil: strict", "2:1: unknown key 'profil'; did you mean profile?"},
    {"profile: hard", "1:1: a profile is default, strict or pedantic"},
    {"profile: strict\nprofile: strict", "2:1: 'profile' stands here a second time"},
    {"profile: strict\n---\na: 1", "3:1: a second document begins here"},
    {"runtimes: runk",
     "1:1: unknown runtime 'runk'; speclint knows runc, crun, youki and "
     "any"},
    {"runtimes: [runc, 1]", "1:18: 'runtimes' takes a list of strings"},
    {"select: {}", "1:1: 'select' takes a list of strings"},
    {"select:\n  - mounts\n  - moutns",
     "3:5: there is no rule or area 'moutns'; did you mean mounts?"},
    {"ignore: [\"xx\\u001bxxxxx\"]",
     "1:10: there is no rule or area 'xx\\u{001B}xxxxx'; speclint rules lists them"},
    {"levels: [mounts]", "1:1: 'levels' takes a map, as in {ID: note}"},
    {"levels: {mounts: off}",
     "1:10: a level is error, warning or note; to turn a rule off, put it in 'ignore'"},
    {"levels: {sysfs: note}",
     "1:10: there is no rule or area 'sysfs'; speclint rules lists them"},
    {"rules: 1", "1:1: 'rules' takes a list of strings"},
    {"overrides: {}", "1:1: 'overrides' takes a list of maps"},
    {"overrides: [1]", "1:13: an override is a map with 'files'"},
    {"overrides:\n  - ignore: mounts", "2:5: an override needs 'files'"},
    {"overrides:\n  - file: a", "2:5: unknown key 'file'; did you mean files?"},
    {"overrides:\n  - {files: '#/mounts'}",
     "2:6: there is no glob before the pointer; for all files write \"**#/…\""},
    {"overrides:\n  - {files: a, ignore: [moutns]}",
     "2:25: there is no rule or area 'moutns'; did you mean mounts?"},
    {"overrides:\n  - {files: a, reason: 1}", "2:16: 'reason' takes a text"},
    {"required-version: '>=99'\nnew-key: 1",
     "1:1: this project requires speclint >=99, and this is " SPECLINT_VERSION},
    {"required-version: '>=0, <0.0.1'",
     "1:1: this project requires speclint >=0, <0.0.1, and this is " SPECLINT_VERSION},
    {"required-version: '~> 1'",
     "1:1: 'required-version' takes comparisons, as in \">=0.1, <2\""},
    {"required-version: '>=a'",
     "1:1: 'required-version' takes comparisons, as in \">=0.1, <2\""},
    {"required-version: []",
     "1:1: 'required-version' takes comparisons, as in \">=0.1\""},
};

START_TEST(fault_row)
{
    struct config config;
    struct fault fault = {0};
    AUTO_BUF struct buf got = {0};
    ck_assert_msg(!load(&config, faults[_i].text, &fault), "%s", faults[_i].text);
    ck_assert_str_eq(fault.path, path);
    buf_addf(&got, "%u:%u: %s", fault.line, fault.column, fault.text);
    ck_assert_str(buf_str(&got), str_of(faults[_i].want));
}
END_TEST

START_TEST(versions)
{
    static const char *const wants[] = {">=0", "> 0, <99", "<=" SPECLINT_VERSION,
                                        "==" SPECLINT_VERSION, SPECLINT_VERSION};
    for (size_t i = 0; i < sizeof wants / sizeof wants[0]; i++) {
        AUTO_BUF struct buf text = {0};
        struct config config;
        struct fault fault = {0};
        buf_addf(&text, "required-version: '%s'\n", wants[i]);
        ck_assert_msg(load(&config, text.data, &fault), "%s: %s", wants[i], fault.text);
        config_release(&config);
    }
}
END_TEST

START_TEST(whole)
{
    struct config config;
    struct fault fault = {0};
    bool loaded = load(&config,
                       "profile: strict\nruntimes: [runc@1.1.5, any]\nselect: mounts\n"
                       "ignore: [duplicate-key]\nrules: [a, b/c]\n"
                       "overrides:\n  - files: ['a#/b', c]\n    reason: so it is\n",
                       &fault);
    ck_assert_msg(loaded, "%s", fault.text);
    ck_assert(config.has_profile && config.profile == PROFILE_STRICT);
    ck_assert_uint_eq(config.runtimes.count, 4);
    ck_assert_str(config.select.items[0].text, STR("mounts"));
    ck_assert_uint_eq(config.rule_count, 2);
    ck_assert_str_eq(config.rules[1], "b/c");
    ck_assert_str(config.overrides[0].places[0].pointer, STR("/b"));
    ck_assert_str(config.overrides[0].places[1].glob, STR("c"));
    config_release(&config);
    ck_assert_msg(load(&config, "# nothing\n", &fault), "%s", fault.text);
    ck_assert(!config.has_profile && config.runtimes.count == 0);
    config_release(&config);
}
END_TEST

/* What becomes of the two findings of a document without root and process. */
static const struct {
    const char *text, *path;
    bool no_ignores;
    const char *want;
} applies[] = {
    {"", "a.json", false, "error /mounts/0, error , "},
    {"levels: {shape: note}", "a.json", false, "error /mounts/0, note , "},
    {"levels: {shape: note, missing-member: warning}", "a.json", false,
     "error /mounts/0, warning , "},
    {"overrides: [{files: a.json, ignore: shape}]", "a.json", false, "error /mounts/0, "},
    {"overrides: [{files: a.json, ignore: shape}]", "a.json", true,
     "error /mounts/0, error , "},
    {"overrides: [{files: a.json, ignore: shape}]", "b.json", false,
     "error /mounts/0, error , "},
    {"overrides: [{files: '**#/mounts', ignore: [shape, document]}]", "x/b.json", false,
     "error , "},
    {"overrides: [{files: '**#/mounts/00', ignore: [shape, document]}]", "b.json", false,
     "error /mounts/0, error , "},
    {"levels: {shape: note}\noverrides: [{files: a, levels: {shape: error}}, "
     "{files: a/b, levels: {shape: warning}}]",
     "a/b/c", false, "error /mounts/0, warning , "},
};

START_TEST(apply_row)
{
    struct config config;
    struct fault fault = {0};
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf got = {0};
    struct findings findings = {0};
    struct str select[] = {STR("missing-member"), STR("duplicate-key")};
    struct lint_options options = {
        .select = select, .select_count = 2, .runtimes = runtime_default()};
    ck_assert_msg(load(&config, applies[_i].text, &fault), "%s", fault.text);
    read_good(&doc, DOC_JSON,
              "{\"mounts\": [{\"destination\": \"/a\", \"destination\": \"/a\"}],"
              " \"ociVersion\": \"1.0.2\", \"process\": "
              "{\"cwd\": \"/\", \"args\": [\"a\"], \"user\": {\"uid\": 0, \"gid\": 0}}}");
    lint(&rules, &options, &doc, &findings);
    size_t before = findings.count;
    config_apply(&config, applies[_i].path, applies[_i].no_ignores, &findings);
    ck_assert_uint_eq(findings.count + findings.suppressed_count, before);
    for (size_t i = findings.count; i-- > 0;) {
        buf_addf(&got, "%s ", level_name(findings.items[i].level));
        node_pointer(findings.items[i].node->parent && findings.items[i].at->key
                         ? findings.items[i].at->parent
                         : findings.items[i].at,
                     &got);
        buf_adds(&got, STR(", "));
    }
    ck_assert_msg(str_equal(buf_str(&got), str_of(applies[_i].want)),
                  "%s\ngot  %s\nwant %s", applies[_i].text, buf_str(&got).at,
                  applies[_i].want);
    findings_release(&findings);
    config_release(&config);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("config");
    tcase_add_checked_fixture(cases, setup, teardown);
    add_rows(cases, fault_row, faults);
    add_rows(cases, apply_row, applies);
    tcase_add_test(cases, versions);
    tcase_add_test(cases, whole);
    return run_cases(cases);
}
