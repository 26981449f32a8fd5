/* SPDX-License-Identifier: Apache-2.0 */
#include "stage.h"

#include "root.h"

#include "../testing.h"

#include <unistd.h>

static const struct {
    const char *path;
    bool taken;
} paths[] = {
    {"rootfs/bin/sh", true},
    {"a", true},
    {"..a/b..", true},
    {"8:0", true},
    {"", false},
    {"/etc", false},
    {"a/", false},
    {"a//b", false},
    {"..", false},
    {"../etc", false},
    {"a/../../b", false},
    {"a/./b", false},
    {".", false},
    {"a/..", false},
};

START_TEST(test_path)
{
    ck_assert_msg(stage_takes(str_of(paths[_i].path)) == paths[_i].taken, "%s",
                  paths[_i].path);
}
END_TEST

START_TEST(test_nul)
{
    ck_assert(!stage_takes((struct str){"a\0b", 3}));
}
END_TEST

/* What an example says is there, in the bundle and on the machine, and afterwards is
 * gone. */
START_TEST(test_files)
{
    const struct rule_example example = {
        .bad = "{}",
        .bundle = "{\"rootfs/bin/sh\": \"program\", \"rootfs/sh\": \"-> bin/sh\"}",
        .host = "{\"etc/conf\": \"text\", \"srv\": \"dir\", \"empty\": \"file\","
                " \"run\": \"program: #!/bin/sh\"}",
    };
    static const struct {
        const char *path;
        mode_t mode;
        off_t size; /* -1: not looked at */
    } files[] = {
        {"/bundle/rootfs/bin/sh", S_IFREG | 0755, 64},
        {"/bundle/rootfs/sh", S_IFREG | 0755, 64},
        {"/etc/conf", S_IFREG | 0644, 4},
        {"/srv", S_IFDIR | 0755, -1},
        {"/empty", S_IFREG | 0644, 0},
        {"/run", S_IFREG | 0755, 9},
    };
    struct stage stage;
    struct fault fault = {0};
    struct root root;
    struct root_place place;
    ck_assert_msg(stage_open(&stage, &example, &fault), "%s", fault.text);
    ck_assert(stage_bundle(&stage)->on_target);
    root_open(&root, stage_bundle(&stage)->host);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        ck_assert_msg(root_find(&root, str_of(files[i].path), &place), "%s",
                      files[i].path);
        ck_assert_int_eq(place.status.st_mode & (S_IFMT | 0755), files[i].mode);
        ck_assert(files[i].size < 0 || place.status.st_size == files[i].size);
    }
    root_release(&root);
    AUTO_FREE char *folder = mem_copy(stage.folder, strlen(stage.folder));
    stage_close(&stage);
    ck_assert_int_ne(access(folder, F_OK), 0);
}
END_TEST

/* Links are made last, so that nothing is made through them. */
START_TEST(test_link)
{
    const struct rule_example example = {
        .bad = "{}",
        .bundle = "{\"out\": \"-> /tmp\", \"out/speclint-was-here\": \"file\"}",
    };
    struct stage stage;
    struct fault fault = {0};
    ck_assert(!stage_open(&stage, &example, &fault));
    ck_assert_ptr_nonnull(strstr(fault.text, "out cannot be made"));
    ck_assert_ptr_null(stage_bundle(&stage));
    ck_assert_int_ne(access("/tmp/speclint-was-here", F_OK), 0);
}
END_TEST

START_TEST(test_none)
{
    const struct rule_example example = {.bad = "{}"};
    struct stage stage;
    ck_assert(stage_open(&stage, &example, NULL));
    ck_assert_ptr_null(stage_bundle(&stage));
    stage_close(&stage);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("stage");
    add_rows(cases, test_path, paths);
    tcase_add_test(cases, test_nul);
    tcase_add_test(cases, test_files);
    tcase_add_test(cases, test_link);
    tcase_add_test(cases, test_none);
    return run_cases(cases);
}
