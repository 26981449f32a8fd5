/* SPDX-License-Identifier: Apache-2.0
 *
 * Sections of the spec: all that are named exist, and each has its place in each release.
 */
#include "lint.h"
#include "section.h"
#include "shape.h"

#include "../testing.h"

#define BLOB "https://github.com/opencontainers/runtime-spec/blob/"

static const struct {
    const char *section;
    enum release release;
    const char *want;
} urls[] = {
    {"config.md#mounts", RELEASE_1_0_0, BLOB "v1.0.0/config.md#mounts"},
    {"config.md#mounts", RELEASE_NEWEST, BLOB "v1.3.0/config.md#mounts"},
    {"config.md#mounts", RELEASE_OLD, BLOB "v1.0.0/config.md#mounts"},
    {"config-freebsd.md#jail", RELEASE_1_0_2, BLOB "v1.3.0/config-freebsd.md#jail"},
    {"config-vm.md", RELEASE_1_0_0, BLOB "v1.0.2/config-vm.md"},
    {"config-vm.md", RELEASE_1_2_0, BLOB "v1.2.0/config-vm.md"},
    {"config-linux.md#allowed-device-list", RELEASE_1_0_2,
     BLOB "v1.0.2/config-linux.md#device-whitelist"},
    {"config-linux.md#allowed-device-list", RELEASE_1_1_0,
     BLOB "v1.1.0/config-linux.md#allowed-device-list"},
    {"config.md#linux-mount-options", RELEASE_1_0_1, BLOB "v1.0.1/config.md#mounts"},
    {"config.md#one-of-tomorrow", RELEASE_1_3_0, BLOB "v1.3.0/config.md#one-of-tomorrow"},
};

START_TEST(test_url)
{
    AUTO_BUF struct buf url = {0};
    section_add_url(urls[_i].section, urls[_i].release, &url);
    ck_assert_str(buf_str(&url), str_of(urls[_i].want));
}
END_TEST

START_TEST(test_rules)
{
    for (size_t i = 0; i < rule_builtin_count; i++) {
        const struct rule *rule = rule_builtin[i];
        for (size_t k = 0; k < rule->see_count; k++)
            ck_assert_msg(!section_is(rule->see[k]) || section_is_known(rule->see[k]),
                          "%s sees %s, which src/rule/section.c does not know", rule->id,
                          rule->see[k]);
    }
}
END_TEST

static void check_object(const struct shape_object *object, unsigned *count)
{
    ck_assert_msg(section_is_known(object->section),
                  "%s is in %s, which src/rule/section.c does not know", object->name,
                  object->section);
    for (size_t i = 0; i < object->count; i++) {
        const struct shape_member *member = &object->members[i];
        ck_assert_msg(member->section == NULL || section_is_known(member->section),
                      "%s of %s is in %s, which src/rule/section.c does not know",
                      member->name, object->name, member->section);
        *count += 1;
        if (member->object != NULL)
            check_object(member->object, count);
    }
}

START_TEST(test_shape)
{
    unsigned count = 0;
    check_object(&shape_root, &count);
    ck_assert_uint_gt(count, 200);
}
END_TEST

/* The section of the first finding, as it is read in the version of the document. */
static const struct {
    const char *text;
    const char *spec_version;
    const char *section;
    enum release release;
} documents[] = {
    {"{\"ociVersion\":\"1.1.0\",\"hostname\":1}", NULL, "config.md#hostname",
     RELEASE_1_1_0},
    {"{\"ociVersion\":\"1.1.0\",\"hostname\":1}", "1.0.2", "config.md#hostname",
     RELEASE_1_0_2},
    {"{\"ociVersion\":\"1.0.2-dev\",\"hostname\":1}", NULL, "config.md#hostname",
     RELEASE_1_0_2},
    {"{\"ociVersion\":\"1.9.0\",\"hostname\":1}", NULL, "config.md#hostname",
     RELEASE_NEWEST},
    {"{\"hostname\":1}", NULL, "config.md#hostname", RELEASE_NEWEST},
    /* what the rule sees */
    {"{\"ociVersion\":\"1.0.2\",\"hostname\":\"a\",\"linux\":{}}", NULL,
     "config.md#hostname", RELEASE_1_0_2},
    /* what is too new is to be read of in the release that brought it */
    {"{\"ociVersion\":\"1.0.0\",\"linux\":{\"namespaces\":[{\"type\":\"time\"}]}}", NULL,
     "config-linux.md#namespaces", RELEASE_1_1_0},
};

START_TEST(test_finding)
{
    AUTO_DOC struct doc doc;
    struct ruleset set = {0};
    struct findings findings = {0};
    struct str select[] = {STR("wrong-type"), STR("newer-than-version"),
                           STR("hostname-without-uts")};
    struct lint_options options = {.runtimes = runtime_default(),
                                   .select = select,
                                   .select_count = 3,
                                   .spec_version = documents[_i].spec_version};
    ruleset_add_builtin(&set);
    read_good(&doc, DOC_JSON, documents[_i].text);
    lint(&set, &options, &doc, &findings);
    ck_assert_uint_eq(findings.count, 1);
    ck_assert_str(str_of(findings.items[0].section), str_of(documents[_i].section));
    ck_assert_uint_eq(findings.items[0].release, documents[_i].release);
    findings_release(&findings);
    ruleset_release(&set);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("section");
    add_rows(cases, test_url, urls);
    tcase_add_test(cases, test_rules);
    tcase_add_test(cases, test_shape);
    add_rows(cases, test_finding, documents);
    return run_cases(cases);
}
