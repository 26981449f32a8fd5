/* SPDX-License-Identifier: Apache-2.0 */
#include "filesystem.h"

#include "plan.h"

#include "../testing.h"

static const char listed[] = "nodev\tsysfs\nnodev\ttmpfs\n\text3\n\text4\nnodev\tfuse";

static const struct {
    const char *type;
    enum filesystem_known want;
} known[] = {
    {"sysfs", FILESYSTEM_NODEV}, {"ext4", FILESYSTEM_BLOCK},
    {"fuse", FILESYSTEM_NODEV},  {"ext", FILESYSTEM_ABSENT},
    {"xt4", FILESYSTEM_ABSENT},  {"nodev", FILESYSTEM_ABSENT},
    {"", FILESYSTEM_ABSENT},     {"SYSFS", FILESYSTEM_ABSENT},
};

START_TEST(test_known)
{
    ck_assert_int_eq(filesystem_known(str_of(listed), known[_i].type), known[_i].want);
}
END_TEST

START_TEST(test_find)
{
    ck_assert_ptr_null(filesystem_find("ext4"));
    ck_assert_ptr_null(filesystem_find(""));
    ck_assert_int_eq(filesystem_find("sysfs")->namespace, PLAN_NETWORK);
    ck_assert_int_eq(filesystem_find("tmpfs")->class, FILESYSTEM_OWN);
    /* The content of the whole machine is never mounted in a dry run. */
    ck_assert_int_eq(filesystem_find("debugfs")->class, FILESYSTEM_PSEUDO);
    ck_assert(!filesystem_find("debugfs")->in_userns);
    ck_assert_int_eq(filesystem_find("nfs")->class, FILESYSTEM_REMOTE);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("filesystem");
    add_rows(cases, test_known, known);
    tcase_add_test(cases, test_find);
    return run_cases(cases);
}
