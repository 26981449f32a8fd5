/* SPDX-License-Identifier: Apache-2.0 */
#include "edit.h"

#include <check.h>
#include <stdio.h>
#include <unistd.h>

static const struct {
    const char *name;
    const char *path;
    const char *before;
    const char *after;
    const char *want;
} rows[] = {
    {"equal", "f", "a\n", "a\n", ""},
    {"one line", "f", "a\nb\nc\n", "a\nX\nc\n",
     "--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n a\n-b\n+X\n c\n"},
    {"three lines of context", "f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n",
     "1\n2\n3\n4\nX\n6\n7\n8\n9\n",
     "--- a/f\n+++ b/f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n"},
    {"near changes share a hunk", "f", "a\n1\n2\n3\n4\n5\n6\nb\n",
     "A\n1\n2\n3\n4\n5\n6\nB\n",
     "--- a/f\n+++ b/f\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n"},
    {"far changes do not", "f", "a\n1\n2\n3\n4\n5\n6\n7\nb\n",
     "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
     "--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n"
     " 7\n-b\n+B\n"},
    {"from nothing", "f", "", "a\n", "--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+a\n"},
    {"to nothing", "f", "a\n", "", "--- a/f\n+++ b/f\n@@ -1 +0,0 @@\n-a\n"},
    {"no newline at the end", "f", "a\nb", "a\nc",
     "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"
     "\\ No newline at end of file\n"},
    {"newline added", "f", "a", "a\n",
     "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"},
    {"CR LF stays in the lines", "f", "a\r\nb\r\n", "a\r\nc\r\n",
     "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"},
    {"a name with a space", "a b", "x\n", "y\n",
     "--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n-x\n+y\n"},
    {"a name that needs quotes", "a\n\"b", "x\n", "y\n",
     "--- \"a/a\\012\\\"b\"\n+++ \"b/a\\012\\\"b\"\n@@ -1 +1 @@\n-x\n+y\n"},
    {"a name from the root", "/etc/./f", "x\n", "y\n",
     "--- a/etc/./f\n+++ b/etc/./f\n@@ -1 +1 @@\n-x\n+y\n"},
};

START_TEST(test_text)
{
    AUTO_BUF struct buf out = {0};
    diff_unified(rows[_i].path, str_of(rows[_i].before), str_of(rows[_i].after), NULL,
                 NULL, &out);
    ck_assert_msg(str_equal(buf_str(&out), str_of(rows[_i].want)), "%s: got\n%s",
                  rows[_i].name, buf_str(&out).at);
}
END_TEST

static const char *name_line(void *context, uint32_t line, unsigned nth)
{
    const char *const(*names)[2] = context;
    return line <= 8 && nth < 2 ? names[line - 1][nth] : NULL;
}

START_TEST(test_section)
{
    static const char *const names[8][2] = {
        {NULL}, {"rule-a"}, {"rule-b", "rule-a"}, {"rule-b"}};
    AUTO_BUF struct buf out = {0};
    diff_unified("f", STR("1\n2\n3\n4\n5\n"), STR("1\nB\nC\nD\n5\n"), name_line,
                 (void *)names, &out);
    ck_assert_msg(strstr(out.data, "\n@@ -1,5 +1,5 @@ rule-a, rule-b\n 1\n") != NULL,
                  "got\n%s", out.data);
}
END_TEST

static void write_file(const char *path, struct str bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    ck_assert_int_eq(fclose(file), 0);
}

static void read_back(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    char chunk[4096];
    for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;)
        buf_add(out, chunk, got);
    fclose(file);
}

static unsigned random_state;

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

/* Lines of few kinds, so that many are equal; some with CR, the last often without LF. */
static void random_lines(struct buf *out, unsigned most)
{
    for (unsigned i = random_below(most + 1); i > 0; i--)
        buf_addf(out, "%c%s", (char)('a' + random_below(6)),
                 random_below(8) == 0 ? "\r\n" : "\n");
    if (random_below(3) == 0)
        buf_addf(out, "end");
}

/* git takes what we print and makes the new text of the old one. */
START_TEST(test_git)
{
    char folder[] = "/tmp/speclint-diff-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    AUTO_BUF struct buf path = {0}, patch_path = {0}, command = {0};
    buf_addf(&path, "%s/a file.json", folder);
    buf_addf(&patch_path, "%s/patch", folder);
    buf_addf(&command,
             "cd %s && GIT_DIR=/nonexistent git apply --whitespace=nowarn patch", folder);
    for (unsigned round = 0; round < 60; round++) {
        random_state = round * 77 + 5;
        AUTO_BUF struct buf before = {0}, after = {0}, diff = {0}, got = {0};
        random_lines(&before, 30);
        random_lines(&after, 30);
        if (random_below(2) == 0 && before.len > 4) { /* one small change */
            buf_clear(&after);
            size_t at = random_below((unsigned)before.len);
            buf_add(&after, before.data, at);
            buf_addf(&after, "X\nY");
            buf_add(&after, before.data + at, before.len - at);
        }
        /* git sees an empty side as a file made or deleted: not a change of ours. */
        if (before.len == 0 || after.len == 0)
            continue;
        diff_unified("a file.json", buf_str(&before), buf_str(&after), NULL, NULL, &diff);
        if (diff.len == 0)
            continue;
        write_file(path.data, buf_str(&before));
        write_file(patch_path.data, buf_str(&diff));
        ck_assert_msg(system(command.data) == 0, "git refuses\n%s", diff.data);
        read_back(path.data, &got);
        ck_assert_msg(str_equal(buf_str(&got), buf_str(&after)), "git makes\n%s\nof\n%s",
                      got.data, diff.data);
    }
    unlink(path.data);
    unlink(patch_path.data);
    rmdir(folder);
}
END_TEST

/* Nothing in common, and far more changes than the search follows: linear all the same.
 */
START_TEST(test_large)
{
    AUTO_BUF struct buf before = {0}, after = {0}, out = {0};
    for (unsigned i = 0; i < 60000; i++) {
        buf_addf(&before, "%u\n", i);
        buf_addf(&after, "%u\n", i % 3 == 0 ? i : i + 1000000);
    }
    diff_unified("f", buf_str(&before), buf_str(&after), NULL, NULL, &out);
    size_t removed = 0, added = 0;
    for (const char *at = strstr(out.data, "+++"); (at = strchr(at, '\n')) != NULL;
         at++) {
        removed += at[1] == '-';
        added += at[1] == '+';
    }
    ck_assert_uint_eq(removed, added);
    ck_assert_uint_ge(removed, 40000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("diff");
    TCase *cases = tcase_create("diff");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, test_text, 0, sizeof(rows) / sizeof(*rows));
    tcase_add_test(cases, test_section);
    tcase_add_test(cases, test_large);
    if (system("git --version > /dev/null 2>&1") == 0)
        tcase_add_test(cases, test_git);
    else
        puts("test_git is skipped: there is no git");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
