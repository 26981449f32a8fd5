/* SPDX-License-Identifier: Apache-2.0 */
#include "policy.h"
#include "sentence.h"

#include "../testing.h"

#include <errno.h>

#define USER                                                                             \
    "\"namespaces\": [{\"type\": \"user\"}], \"uidMappings\": [{\"containerID\": 0, "    \
    "\"hostID\": 1000, \"size\": 65536}], \"gidMappings\": [{\"containerID\": 0, "       \
    "\"hostID\": 1000, \"size\": 65536}]"
#define JOINED(type)                                                                     \
    USER ", \"x\": 0, \"namespaces\": [{\"type\": \"user\"}, {\"type\": \"" type         \
         "\", \"path\": \"/n\"}]"
#define SYSFS                                                                            \
    "{\"destination\": \"/sys\", \"type\": \"sysfs\", \"source\": \"sysfs\", "           \
    "\"options\": [\"ro\"]}"
#define TMPFS(options)                                                                   \
    "{\"destination\": \"/a\", \"type\": \"tmpfs\", \"source\": \"tmpfs\", "             \
    "\"options\": [" options "]}"
#define BIND(options)                                                                    \
    "{\"destination\": \"/a\", \"type\": \"bind\", \"source\": \"/s\", \"options\": "    \
    "[" options "]}"

/* A mount, what the trial found, and what a runtime does: an outcome, or for a refusal
 * the errno and stage. */
static const struct {
    const char *linux_;
    const char *mount;
    struct trial_mount found;
    const char *runtime;
    const char *want;
} rows[] = {
    {"", SYSFS, {.made = true}, "runc", "mounted"},
    {USER, SYSFS, {.stage = STAGE_FSOPEN, .error = EPERM}, "runc", "EPERM at fsopen"},
    {USER, SYSFS, {.stage = STAGE_FSOPEN, .error = EPERM}, "youki", "EPERM at fsopen"},
    {USER, SYSFS, {.stage = STAGE_FSOPEN, .error = EPERM}, "crun", "mounted"},
    {USER,
     "{\"destination\": \"/sys\", \"type\": \"sysfs\", \"source\": \"sysfs\"}",
     {.stage = STAGE_FSOPEN, .error = EPERM},
     "crun",
     "EPERM at fsopen"},
    {"", SYSFS, {.made = true, .busy = true}, "runc", "EBUSY at mount"},
    {"", SYSFS, {.made = true, .busy = true}, "crun@1.8.1", "EBUSY at mount"},
    {"", SYSFS, {.made = true, .busy = true}, "crun", "mounted"},
    {"", SYSFS, {.made = true, .busy = true}, "youki", "mounted"},
    {JOINED("pid"),
     "{\"destination\": \"/proc\", \"type\": \"proc\", \"source\": \"proc\"}",
     {.stage = STAGE_CREATE, .error = EPERM, .place_in_proc = TRIAL_PROC},
     "crun",
     "mounted"},
    {JOINED("pid"),
     "{\"destination\": \"/proc\", \"type\": \"proc\", \"source\": \"proc\"}",
     {.stage = STAGE_CREATE, .error = EPERM, .place_in_proc = TRIAL_PROC},
     "runc",
     "EPERM at create"},

    {"",
     TMPFS("\"nosuch\""),
     {.stage = STAGE_FSCONFIG, .error = EINVAL, .option = 0},
     "runc",
     "EINVAL at fsconfig of nosuch"},
    {"", TMPFS("\"defaults\""), {.made = true}, "runc", "EINVAL at fsconfig of defaults"},
    {"", TMPFS("\"defaults\""), {.made = true}, "crun", "mounted"},
    {"",
     TMPFS("\"tmpcopyup\""),
     {.made = true},
     "youki",
     "EINVAL at fsconfig of tmpcopyup"},
    {"", TMPFS("\"tmpcopyup\""), {.made = true}, "crun", "mounted"},
    {"", TMPFS("\"silent\""), {.made = true}, "runc", "mounted"},
    {"", TMPFS("\"silent\""), {.made = true}, "crun", "EINVAL at fsconfig of silent"},
    {"", TMPFS("\"lazytime\""), {.made = true}, "crun", "mounted"},
    {"", TMPFS("\"size=1m,mode=1\""), {.made = true}, "runc", "mounted"},
    {"",
     TMPFS("\"size=1m,mode=1\""),
     {.made = true},
     "youki",
     "EINVAL at fsconfig of size=1m,mode=1"},
    {"", TMPFS("\"idmap\""), {.made = true}, "runc@1.1.5", "EINVAL at fsconfig"},
    {"", TMPFS("\"idmap\""), {.made = true}, "runc", "EINVAL at spec"},
    {"", TMPFS("\"rnoatime\""), {.made = true}, "crun", "EINVAL at mount_setattr"},
    {"", TMPFS("\"rnoatime\""), {.made = true}, "runc", "mounted"},
    {"",
     BIND("\"rbind\", \"ratime\""),
     {.made = true},
     "runc",
     "EINVAL at mount_setattr"},
    {"",
     TMPFS("\"private\", \"shared\""),
     {.made = true},
     "crun",
     "EINVAL at mount_setattr"},
    {"", TMPFS("\"private\", \"shared\""), {.made = true}, "runc", "mounted"},
    {USER,
     TMPFS("\"uid=70000\""),
     {.made = true},
     "youki",
     "EINVAL at spec of uid=70000"},
    {"",
     "{\"destination\": \"/a\", \"type\": \"tmpfs\"}",
     {.made = true},
     "runc",
     "mounted"},
    {"",
     "{\"destination\": \"/a\", \"type\": \"tmpfs\"}",
     {.made = true},
     "youki",
     "ENOENT at source"},

    {"", BIND("\"rbind\", \"z\""), {.made = true}, "runc@1.1.5", "mounted"},
    {"", BIND("\"rbind\", \"z\""), {.made = true}, "runc", "EINVAL at spec of z"},
    {"", BIND("\"rbind\", \"z\""), {.made = true}, "crun", "mounted"},
    {"", BIND("\"rbind\""), {.source_error = ENOENT}, "runc", "ENOENT at source"},
    {"", BIND("\"rbind\""), {.source_error = EMFILE}, "runc", "untried"},
    {"", BIND(""), {.stage = STAGE_FSOPEN, .error = ENODEV}, "runc", "ENODEV at fsopen"},
    {"", BIND(""), {.stage = STAGE_FSOPEN, .error = ENODEV}, "youki", "mounted"},
    {USER,
     BIND("\"rbind\""),
     {.made = true, .source_denied = EACCES},
     "youki",
     "EACCES at source"},
    {USER,
     BIND("\"bind\""),
     {.stage = STAGE_OPEN_TREE, .error = EINVAL, .made = true},
     "runc",
     "EINVAL at open_tree"},
    {USER,
     BIND("\"bind\""),
     {.stage = STAGE_OPEN_TREE, .error = EINVAL, .made = true},
     "crun",
     "mounted"},
    {USER,
     BIND("\"rbind\", \"rw\""),
     {.made = true, .source_attributes = ATTRIBUTE_RO},
     "runc@1.1.5",
     "mounted"},
    {USER,
     BIND("\"rbind\", \"rw\""),
     {.made = true, .source_attributes = ATTRIBUTE_RO},
     "runc",
     "EPERM at remount"},
    {USER,
     BIND("\"rbind\", \"ro\""),
     {.made = true, .source_attributes = ATTRIBUTE_NOSUID},
     "runc@1.1.5",
     "EPERM at remount"},
    {USER,
     BIND("\"rbind\", \"ro\""),
     {.made = true, .source_attributes = ATTRIBUTE_NOSUID},
     "runc",
     "mounted"},
    {USER,
     BIND("\"rbind\", \"noatime\""),
     {.made = true, .source_attributes = ATTRIBUTE_RELATIME},
     "runc",
     "EPERM at remount"},
    {USER,
     BIND("\"rbind\", \"relatime\""),
     {.made = true, .source_attributes = ATTRIBUTE_RELATIME},
     "runc",
     "mounted"},
    {"",
     BIND("\"rbind\", \"ro\""),
     {.made = true, .source_attributes = ATTRIBUTE_NOSUID},
     "runc@1.1.5",
     "mounted"},

    {"", TMPFS(""), {.place_error = ELOOP}, "runc", "ELOOP at destination"},
    {"",
     TMPFS(""),
     {.made = true, .place_denied = true},
     "crun",
     "EACCES at destination"},
    {"",
     TMPFS(""),
     {.made = true, .place_read_only = TRIAL_ROOTFS_RO},
     "runc",
     "EROFS at destination"},
    {"",
     TMPFS(""),
     {.made = true, .place_read_only = TRIAL_ROOTFS_RO},
     "crun",
     "mounted"},
    {"",
     TMPFS(""),
     {.made = true, .place_read_only = TRIAL_MEMORY_RO},
     "youki",
     "EROFS at destination"},
    {"",
     TMPFS(""),
     {.made = true, .place_read_only = TRIAL_MEMORY_RO},
     "runc",
     "mounted"},
    {"",
     TMPFS(""),
     {.made = true, .place_dangling = true},
     "youki",
     "ENOENT at destination"},
    {"", TMPFS(""), {.made = true, .place_root = true}, "runc", "EBUSY at destination"},
    {"",
     TMPFS(""),
     {.made = true, .place_in_proc = TRIAL_BELOW_PROC},
     "runc@1.1.5",
     "mounted"},
    {"",
     TMPFS(""),
     {.made = true, .place_in_proc = TRIAL_BELOW_PROC},
     "runc",
     "EPERM at destination"},
    {"",
     BIND("\"rbind\""),
     {.made = true, .place_in_proc = TRIAL_BELOW_PROC},
     "runc@1.1.5",
     "EPERM at destination"},
    {"",
     BIND("\"rbind\""),
     {.made = true, .place_in_proc = TRIAL_LXCFS},
     "runc",
     "mounted"},
    {"", TMPFS("\"remount\""), {.place_missing = true}, "runc", "EINVAL at mount"},
    {"", TMPFS("\"remount\""), {.place_mounted = true}, "runc", "mounted"},

    {"", "null", {0}, "runc", "ENODEV at spec"},
    {"", "{}", {0}, "crun", "refused at spec"},
    {"",
     "{\"Destination\": \"/a\", \"type\": \"tmpfs\"}",
     {.made = true},
     "runc",
     "mounted"},
    {"",
     "{\"Destination\": \"/a\", \"type\": \"tmpfs\"}",
     {.made = true},
     "crun",
     "refused at spec"},
    {"", "{\"destination\": \"/a\", \"type\": \"debugfs\"}", {0}, "runc", "mounted"},
    {USER,
     "{\"destination\": \"/a\", \"type\": \"debugfs\"}",
     {0},
     "runc",
     "EPERM at create"},
    {"",
     "{\"destination\": \"/a\", \"type\": \"ext4\", \"source\": \"/f\"}",
     {0},
     "runc",
     "ENOTBLK at create"},
    {"",
     "{\"destination\": \"/a\", \"type\": \"ext4\", \"source\": \"/f\"}",
     {.source_block = true},
     "runc",
     "untried"},
    {"",
     "{\"destination\": \"/a\", \"type\": \"nfs\", \"source\": \"h:/\"}",
     {0},
     "runc",
     "untried"},
    {"", TMPFS(""), {.stage = STAGE_MOVE, .error = EACCES}, "runc", "untried"},
};

START_TEST(test_judge)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf got = {0};
    AUTO_DOC struct doc doc = {0};
    struct runtime_set runtimes = {0};
    struct plan plan;
    struct trial *trial = mem_alloc(1, sizeof *trial + sizeof trial->mounts[0]);
    buf_addf(&text, "{\"linux\": {%s}, \"mounts\": [%s]}", rows[_i].linux_,
             rows[_i].mount);
    read_good(&doc, DOC_JSON, text.data);
    plan_init(&plan, doc.root);
    trial->count = 1;
    trial->mounts[0] = rows[_i].found;
    trial->mounts[0].done = true;
    ck_assert(runtime_set_parse(&runtimes, rows[_i].runtime, NULL));
    struct verdict verdict = policy_judge(&plan, trial, 0, runtimes.items[0], true);
    if (verdict.outcome != MOUNT_REFUSED) {
        buf_addf(&got, "%s", mount_outcome_name(verdict.outcome));
    } else {
        if (verdict.error != 0)
            sentence_errno(verdict.error, &got);
        else
            buf_adds(&got, STR("refused"));
        buf_addf(&got, " at %s", stage_name(verdict.stage));
        if (verdict.option != NULL)
            buf_addf(&got, " of %s", verdict.option);
    }
    ck_assert_msg(strcmp(got.data, rows[_i].want) == 0, "%s of %s: got %s, want %s",
                  rows[_i].mount, rows[_i].runtime, got.data, rows[_i].want);
    free(trial);
    plan_release(&plan);
}
END_TEST

/* What this machine's place is to blame for, off the target, is not the spec's. */
START_TEST(test_off_target)
{
    AUTO_DOC struct doc doc = {0};
    struct plan plan;
    struct trial *trial = mem_alloc(1, sizeof *trial + sizeof trial->mounts[0]);
    struct trial_mount *mount = &trial->mounts[0];
    struct runtime_version runc = runtime_newest(RUNTIME_RUNC);
    read_good(&doc, DOC_JSON, "{\"mounts\": [" BIND("\"rbind\"") "]}");
    plan_init(&plan, doc.root);
    trial->count = 1;

    *mount = (struct trial_mount){.done = true, .source_error = ENOENT};
    ck_assert_int_eq(policy_judge(&plan, trial, 0, runc, false).outcome, MOUNT_UNTRIED);
    *mount = (struct trial_mount){.done = true, .made = true, .place_denied = true};
    ck_assert_int_eq(policy_judge(&plan, trial, 0, runc, false).outcome, MOUNT_MOUNTED);
    *mount = (struct trial_mount){
        .done = true, .made = true, .place_read_only = TRIAL_ROOTFS_RO};
    ck_assert_int_eq(policy_judge(&plan, trial, 0, runc, false).outcome, MOUNT_MOUNTED);
    *mount = (struct trial_mount){0};
    ck_assert_int_eq(policy_judge(&plan, trial, 0, runc, true).outcome, MOUNT_UNTRIED);
    free(trial);
    plan_release(&plan);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("policy");
    add_rows(cases, test_judge, rows);
    tcase_add_test(cases, test_off_target);
    return run_cases(cases);
}
