/* SPDX-License-Identifier: Apache-2.0 */
#include "root.h"

#include "buf.h"

#include "../testing.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/speclint-root.XXXXXX";
static struct root root;

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static void make_file(const char *name, const char *text)
{
    int fd = openat(root.fd, name, O_WRONLY | O_CREAT | O_EXCL, 0644);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void make_link(const char *target, const char *name)
{
    ck_assert_int_eq(symlinkat(target, root.fd, name), 0);
}

static void setup(void)
{
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    root_open(&root, folder);
    ck_assert_int_ge(root.fd, 0);
    ck_assert_int_eq(mkdirat(root.fd, "usr", 0755), 0);
    ck_assert_int_eq(mkdirat(root.fd, "usr/bin", 0755), 0);
    ck_assert_int_eq(mkdirat(root.fd, "covered", 0755), 0);
    make_file("usr/bin/sh", "#!text");
    make_file("covered/file", "");
    make_link("usr/bin", "bin");
    make_link("/usr/bin/sh", "sh");
    make_link("/", "top");
    make_link("../../../../../usr", "up");
    make_link("loop", "loop");
    make_link("there", "back");
    make_link("back", "there");
    make_link("/nowhere/at/all", "dangling");
    make_link("net:[4026531833]", "gone");
    make_link("/covered", "cover");
    ck_assert_int_eq(mkfifoat(root.fd, "pipe", 0644), 0);
    root_cover(&root, "/covered");
}

static void teardown(void)
{
    root_release(&root);
    ck_assert_int_eq(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

static const struct {
    const char *path;
    const char *place;
    int error;
    bool linked;
} rows[] = {
    {"/usr/bin/sh", "/usr/bin/sh", 0, false},
    {"usr/bin/sh", "/usr/bin/sh", 0, false},
    {"//usr/./bin//sh", "/usr/bin/sh", 0, false},
    {"", "/", 0, false},
    {"/", "/", 0, false},
    {"/..", "/", 0, false},
    {"/../../usr/../usr/bin/", "/usr/bin", 0, false},
    {"/bin/sh", "/usr/bin/sh", 0, true},
    {"/sh", "/usr/bin/sh", 0, true},
    {"/top/top/top/../bin/sh", "/usr/bin/sh", 0, true},
    {"/up/bin/sh", "/usr/bin/sh", 0, true},
    {"/usr/bin/bash", "/usr/bin/bash", ENOENT, false},
    {"/usr/lib/a/b", "/usr/lib", ENOENT, false},
    {"/usr/bin/sh/x", "/usr/bin/sh", ENOTDIR, false},
    {"/usr/bin/sh/", "/usr/bin/sh", ENOTDIR, false},
    {"/usr/bin/sh/..", "/usr/bin/sh", ENOTDIR, false},
    {"/usr/bin/no/..", "/usr/bin/no", ENOENT, false},
    {"/sh/", "/usr/bin/sh", ENOTDIR, true},
    {"/loop", "/loop", ELOOP, true},
    {"/back/x", "/back", ELOOP, true},
    {"/dangling", "/nowhere", ENOENT, true},
    {"/gone", "/net:[4026531833]", ENOENT, true},
    {"/pipe", "/pipe", 0, false},
};

START_TEST(test_find)
{
    struct root_place place;
    bool found = root_find(&root, str_of(rows[_i].path), &place);
    ck_assert_msg(place.error == rows[_i].error, "%s: %s", rows[_i].path,
                  strerror(place.error));
    ck_assert_str(str_of(place.path), str_of(rows[_i].place));
    ck_assert_int_eq(place.linked, rows[_i].linked);
    ck_assert_int_eq(found, rows[_i].error == 0);
    ck_assert_int_eq(root_lacks(&place), rows[_i].error != 0);
}
END_TEST

START_TEST(test_in_link)
{
    struct root_place place;
    root_find(&root, STR("/dangling"), &place);
    ck_assert(place.in_link);
    root_find(&root, STR("/bin/bash"), &place);
    ck_assert(!place.in_link);
}
END_TEST

/* What is covered is neither there nor missing, however it is reached. */
START_TEST(test_cover)
{
    static const char *const paths[] = {"/covered", "/covered/file", "/cover",
                                        "/cover/no", "/usr/../covered/no"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct root_place place;
        ck_assert(!root_find(&root, str_of(paths[i]), &place));
        ck_assert(place.unknown);
        ck_assert(!root_lacks(&place));
        ck_assert_str(str_of(place.path), STR("/covered"));
    }
}
END_TEST

START_TEST(test_read)
{
    AUTO_BUF struct buf text = {0};
    ck_assert(root_read(&root, STR("/sh"), 6, &text));
    ck_assert_str(buf_str(&text), STR("#!text"));
    ck_assert(root_read(&root, STR("/bin/sh"), 2, &text));
    ck_assert_str(buf_str(&text), STR("#!text#!"));
    ck_assert(!root_read(&root, STR("/pipe"), 6, &text)); /* would wait for a writer */
    ck_assert(!root_read(&root, STR("/usr"), 6, &text));
    ck_assert(!root_read(&root, STR("/covered/file"), 6, &text));
    ck_assert(!root_read(&root, STR("/no"), 6, &text));
}
END_TEST

/* Paths that no kernel takes, and names that none has. */
START_TEST(test_hostile)
{
    struct root_place place;
    AUTO_BUF struct buf path = {0};
    for (unsigned i = 0; i < 300; i++)
        buf_addc(&path, 'n');
    root_find(&root, buf_str(&path), &place);
    ck_assert_int_eq(place.error, ENAMETOOLONG);
    for (unsigned i = 0; i < 4700; i++)
        buf_addc(&path, 'n');
    root_find(&root, buf_str(&path), &place);
    ck_assert_int_eq(place.error, ENAMETOOLONG);
    ck_assert(root_lacks(&place));
    ck_assert(!root_find(&root, (struct str){"/usr\0/bin", 9}, &place));
    ck_assert_int_eq(place.error, EINVAL);
    ck_assert(!root_lacks(&place));
}
END_TEST

/* Forty links may be followed, and links may name more than there is room for. */
START_TEST(test_links)
{
    struct root_place place;
    char name[16], target[16];
    for (unsigned i = 0; i < 42; i++) {
        snprintf(name, sizeof name, "l%u", i);
        snprintf(target, sizeof target, i == 0 ? "usr" : "l%u", i - 1);
        make_link(target, name);
    }
    ck_assert(root_find(&root, STR("/l39"), &place));
    ck_assert(!root_find(&root, STR("/l40"), &place));
    ck_assert_int_eq(place.error, ELOOP);
    AUTO_BUF struct buf many = {0};
    for (unsigned i = 0; i < 1000; i++)
        buf_adds(&many, STR("wd/"));
    make_link(many.data, "wd");
    ck_assert(!root_find(&root, STR("/wd/x"), &place));
    ck_assert(root_lacks(&place));
}
END_TEST

/* However much is asked, the looks come to an end: then nothing is known any more. */
START_TEST(test_budget)
{
    struct root_place place;
    AUTO_BUF struct buf path = {0};
    while (path.len < 4000)
        buf_adds(&path, STR("/usr/.."));
    bool found = true;
    for (unsigned i = 0; found && i < 1000; i++)
        found = root_find(&root, buf_str(&path), &place);
    ck_assert(!found);
    ck_assert(place.unknown);
}
END_TEST

START_TEST(test_closed)
{
    struct root closed;
    struct root_place place;
    root_open(&closed, "/nowhere/at/all");
    ck_assert_int_eq(closed.fd, -1);
    ck_assert(!root_find(&closed, STR("/"), &place));
    ck_assert(place.unknown);
    root_release(&closed);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("root");
    tcase_add_checked_fixture(cases, setup, teardown);
    add_rows(cases, test_find, rows);
    tcase_add_test(cases, test_in_link);
    tcase_add_test(cases, test_cover);
    tcase_add_test(cases, test_read);
    tcase_add_test(cases, test_hostile);
    tcase_add_test(cases, test_links);
    tcase_add_test(cases, test_budget);
    tcase_add_test(cases, test_closed);
    return run_cases(cases);
}
