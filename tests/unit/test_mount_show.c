/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"
#include "sentence.h"

#include "../testing.h"

#include <errno.h>

#define SPEC                                                                             \
    "{\"mounts\": [{\"destination\": \"/s\\u001b\", \"type\": \"sysfs\"}, "              \
    "{\"destination\": \"/a\", \"type\": \"tmpfs\"}, 1]}"

/* A report as mount_try would make it, of three mounts. */
static void fill(struct mount_report *report, const struct doc *doc)
{
    static struct mount_result results[3];
    const struct node *mount = node_first(node_get(doc->root, STR("mounts")));
    results[0] = (struct mount_result){
        .node = mount,
        .stage = "",
        .kernel = "",
        .reason = "",
        .note = "3 mounts below it stay writable",
        .seen_type = "sysfs",
        .seen_options = "ro,nosuid",
    };
    results[1] = (struct mount_result){
        .node = mount->next,
        .outcome = MOUNT_REFUSED,
        .by = {MOUNT_REFUSED, MOUNT_MOUNTED},
        .error = EINVAL,
        .stage = "fsconfig",
        .option = "size=x",
        .kernel = "tmpfs: Bad value for 'size'\ntwice",
        .reason = "correct it",
        .note = "",
    };
    results[2] = (struct mount_result){
        .node = mount->next->next,
        .outcome = MOUNT_UNTRIED,
        .by = {MOUNT_UNTRIED, MOUNT_UNTRIED},
        .stage = "",
        .kernel = "",
        .reason = "no time",
        .note = "",
    };
    *report = (struct mount_report){
        .options.runtimes = runtime_default(),
        .verdict = MOUNT_REFUSED,
        .reason = "",
        .kernel = "6.1",
        .user = 7,
        .namespaces = 1 << 0 | 1 << 3,
        .results = results,
        .count = 3,
    };
}

START_TEST(test_json)
{
    static const char want[] =
        "{\"version\":1,\"path\":\"x\\\\xFF.json\",\"verdict\":\"refused\","
        "\"kernel\":\"6.1\",\"user\":7,\"namespaces\":[\"user\",\"network\"],\"mounts\":["
        "{\"pointer\":\"/mounts/0\",\"destination\":\"/s\\u001b\",\"type\":\"sysfs\","
        "\"outcome\":\"mounted\",\"note\":\"3 mounts below it stay writable\","
        "\"runtimes\":{\"runc@1.5.1\":\"mounted\",\"crun@1.27.1\":\"mounted\"},"
        "\"seen\":{\"type\":\"sysfs\",\"options\":[\"ro\",\"nosuid\"]}},"
        "{\"pointer\":\"/mounts/1\",\"destination\":\"/a\",\"type\":\"tmpfs\","
        "\"outcome\":\"refused\",\"errno\":\"EINVAL\",\"stage\":\"fsconfig\","
        "\"option\":\"size=x\",\"kernel\":[\"tmpfs: Bad value for 'size'\",\"twice\"],"
        "\"reason\":\"correct it\","
        "\"runtimes\":{\"runc@1.5.1\":\"refused\",\"crun@1.27.1\":\"mounted\"}},"
        "{\"pointer\":\"/mounts/2\",\"destination\":\"\",\"type\":\"\","
        "\"outcome\":\"untried\",\"reason\":\"no time\","
        "\"runtimes\":{\"runc@1.5.1\":\"untried\",\"crun@1.27.1\":\"untried\"}}]}";
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf out = {0};
    AUTO_DOC struct doc got = {0};
    AUTO_DOC struct doc wanted = {0};
    struct mount_report report;
    read_good(&doc, DOC_JSON, SPEC);
    fill(&report, &doc);
    mount_report_json(&report, "x\xff.json", &out);
    read_good(&got, DOC_JSON, out.data);
    read_good(&wanted, DOC_JSON, want);
    ck_assert_msg(node_equal(got.root, wanted.root), "%s", out.data);
    ck_assert_int_eq(out.data[out.len - 1], '\n');
}
END_TEST

START_TEST(test_text)
{
    static const char want[] =
        "x.json\n"
        "  ok  /s\\u{001B}           sysfs ro,nosuid\n"
        "      note: 3 mounts below it stay writable\n"
        "  NO  /a                   tmpfs EINVAL at fsconfig\n"
        "      correct it\n"
        "  ??  -\n"
        "      no time\n"
        "refused: 1 mounted, 1 refused, 1 untried (runc@1.5.1, crun@1.27.1)\n";
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf out = {0};
    struct mount_report report;
    read_good(&doc, DOC_JSON, SPEC);
    fill(&report, &doc);
    mount_report_text(&report, "x.json", false, &out);
    ck_assert_str_eq(out.data, want);
}
END_TEST

/* What a whole trial came to nothing for, where it does not depend on this machine. */
static const struct {
    enum trial_state state;
    int error;
    const char *want;
} limits[] = {
    {TRIAL_DONE, 0, ""},
    {TRIAL_NOT_LINUX, 0, "on Linux only"},
    {TRIAL_NO_MAP, EINVAL, "ranges must not be empty, overlap"},
    {TRIAL_NO_CHILD, EINVAL, "has not all the kinds of namespaces"},
    {TRIAL_NO_CHILD, ENOSPC, "user.max_user_namespaces"},
    {TRIAL_NO_ROOT, EOVERFLOW, "no id 0"},
    {TRIAL_DEADLINE, 0, "the time was over"},
    {TRIAL_DIED, 0, "ended from outside"},
};

START_TEST(test_limit)
{
    AUTO_BUF struct buf out = {0};
    struct trial trial = {.state = limits[_i].state, .error = limits[_i].error};
    sentence_limit(&trial, &out);
    if (*limits[_i].want == '\0')
        ck_assert_uint_eq(out.len, 0);
    else
        ck_assert_msg(strstr(out.data, limits[_i].want) != NULL, "%s", out.data);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("show");
    tcase_add_test(cases, test_json);
    tcase_add_test(cases, test_text);
    add_rows(cases, test_limit, limits);
    return run_cases(cases);
}
