/* SPDX-License-Identifier: Apache-2.0
 *
 * Each test has a folder of its own; what stands in it at the end is compared, so that a
 * file left beside the target is seen.
 */
#include "file.h"

#include "../testing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/xattr.h>
#endif

static char folder[] = "/tmp/speclint-test-XXXXXX";
static char path[64]; /* of the file in it */

static void setup(void)
{
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/config.json", folder);
}

static void teardown(void)
{
    AUTO_BUF struct buf command = {0};
    buf_addf(&command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command.data), 0);
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static struct stat status_of(const char *name)
{
    struct stat status;
    ck_assert_int_eq(lstat(name, &status), 0);
    return status;
}

static void assert_content(const char *name, const char *want)
{
    AUTO_BUF struct buf bytes = {0};
    struct fault fault = {0};
    ck_assert_msg(file_read(name, &bytes, NULL, &fault), "%s: %s", name, fault.text);
    ck_assert_str(buf_str(&bytes), str_of(want));
}

static unsigned files_in(const char *name)
{
    unsigned count = 0;
    DIR *open = opendir(name);
    ck_assert_ptr_nonnull(open);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(open);
    return count;
}

/* Reads the file and replaces it by "new\n". */
static bool replace(const char *name, struct fault *fault)
{
    AUTO_BUF struct buf bytes = {0};
    struct stat before;
    ck_assert(file_read(name, &bytes, &before, NULL));
    return file_replace(name, STR("new\n"), &before, fault);
}

/* Says once why a case was not tried. */
static void skip(const char *what, const char *why)
{
    printf("not tried: %s: %s\n", what, why);
}

START_TEST(test_read)
{
    AUTO_BUF struct buf bytes = {0};
    struct stat before;
    struct fault fault = {0};
    size_t len = (size_t)_i;
    AUTO_FREE char *text = mem_alloc(len + 1, 1);
    memset(text, 'x', len);
    write_file(path, text);
    buf_adds(&bytes, STR("before:"));
    ck_assert(file_read(path, &bytes, &before, &fault));
    ck_assert_uint_eq(bytes.len, len + 7);
    ck_assert_str_eq(bytes.data + 7, text);
    ck_assert_int_eq(before.st_size, _i);
    /* A fault is free for the next file that one and the same caller reads. */
    ck_assert_str_eq(fault.path, "");
}
END_TEST

START_TEST(test_read_pipe)
{
    enum { MEGABYTE = 1024 * 1024 };
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        for (size_t i = 0; i < MEGABYTE / 16; i++) {
            if (write(ends[1], "0123456789abcde\0", 16) != 16)
                _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    AUTO_BUF struct buf bytes = {0};
    ck_assert(file_read_fd(ends[0], "-", &bytes, NULL, NULL));
    ck_assert_uint_eq(bytes.len, MEGABYTE);
    ck_assert_mem_eq(bytes.data + MEGABYTE - 16, "0123456789abcde\0", 17);
    close(ends[0]);
    waitpid(child, NULL, 0);
}
END_TEST

START_TEST(test_read_faults)
{
    AUTO_BUF struct buf bytes = {0};
    struct fault gone = {0};
    struct fault is_folder = {0};
    struct fault closed = {0};
    struct fault large = {0};
    ck_assert(!file_read(path, &bytes, NULL, &gone));
    ck_assert_str_eq(gone.text, "cannot be opened: No such file or directory");
    ck_assert_str_eq(gone.path, path);
    ck_assert(!file_read(folder, &bytes, NULL, &is_folder));
    ck_assert_str_eq(is_folder.text, "is a directory, not a file");
    ck_assert_str_eq(is_folder.path, folder);
    ck_assert(!file_read_fd(-1, "stdin", &bytes, NULL, &closed));
    ck_assert_str_eq(closed.text, "cannot be read: Bad file descriptor");
    ck_assert_str_eq(closed.path, "stdin");
    write_file(path, "");
    ck_assert_int_eq(truncate(path, (off_t)FILE_MAX + 1), 0);
    ck_assert(!file_read(path, &bytes, NULL, &large));
    ck_assert_str_eq(large.text, "is larger than 1 GiB");
    ck_assert_uint_eq(bytes.len, 0);
}
END_TEST

static const mode_t modes[] = {0644, 0600, 0444, 0777, 04755, 02750, 01640, 0400};

START_TEST(test_mode)
{
    struct fault fault = {0};
    write_file(path, "old");
    ck_assert_int_eq(chmod(path, modes[_i]), 0);
    ck_assert_msg(replace(path, &fault), "%s", fault.text);
    ck_assert_uint_eq(status_of(path).st_mode & 07777, modes[_i]);
    ck_assert_str_eq(fault.path, "");
    ck_assert_int_eq(chmod(path, 0600), 0);
    assert_content(path, "new\n");
    ck_assert_uint_eq(files_in(folder), 1);
}
END_TEST

START_TEST(test_empty)
{
    struct fault fault = {0};
    struct stat before;
    write_file(path, "old");
    before = status_of(path);
    ck_assert(file_replace(path, (struct str){NULL, 0}, &before, &fault));
    assert_content(path, "");
    before = status_of(path);
    ck_assert(file_replace(path, STR("a\0b"), &before, &fault));
    ck_assert_int_eq(status_of(path).st_size, 3);
}
END_TEST

START_TEST(test_owner)
{
    struct fault fault = {0};
    if (geteuid() != 0) {
        skip("owner", "only root may give a file away");
        return;
    }
    write_file(path, "old");
    ck_assert_int_eq(chown(path, 1234, 5678), 0);
    ck_assert_int_eq(chmod(path, 06755), 0);
    ck_assert_msg(replace(path, &fault), "%s", fault.text);
    struct stat now = status_of(path);
    ck_assert_uint_eq(now.st_uid, 1234);
    ck_assert_uint_eq(now.st_gid, 5678);
    ck_assert_uint_eq(now.st_mode & 07777, 06755);
}
END_TEST

#ifdef __linux__
START_TEST(test_attributes)
{
    struct fault fault = {0};
    char value[16];
    write_file(path, "old");
    if (setxattr(path, "user.speclint", "a\0b", 3, 0) != 0) {
        skip("attributes", strerror(errno));
        return;
    }
    ck_assert_int_eq(setxattr(path, "user.empty", "", 0, 0), 0);
    ck_assert_msg(replace(path, &fault), "%s", fault.text);
    ck_assert_int_eq(getxattr(path, "user.speclint", value, sizeof value), 3);
    ck_assert_mem_eq(value, "a\0b", 3);
    ck_assert_int_eq(getxattr(path, "user.empty", value, sizeof value), 0);
    assert_content(path, "new\n");
}
END_TEST

/* An ACL as the kernel's attributes hold it (linux/posix_acl_xattr.h): version 2, then
 * tag, permissions, and id of each entry, the user 1234 among them. */
static const unsigned char acl[] = {
    2,    0, 0, 0,                         /* version */
    0x01, 0, 6, 0, 0xFF, 0xFF, 0xFF, 0xFF, /* owner rw- */
    0x02, 0, 6, 0, 0xD2, 0x04, 0x00, 0x00, /* user 1234 rw- */
    0x04, 0, 4, 0, 0xFF, 0xFF, 0xFF, 0xFF, /* group r-- */
    0x10, 0, 6, 0, 0xFF, 0xFF, 0xFF, 0xFF, /* mask rw- */
    0x20, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, /* others --- */
};

START_TEST(test_acl)
{
    struct fault fault = {0};
    unsigned char now[64];
    write_file(path, "old");
    if (setxattr(path, "system.posix_acl_access", acl, sizeof acl, 0) != 0) {
        skip("ACL", strerror(errno));
        return;
    }
    mode_t mode = status_of(path).st_mode;
    ck_assert_msg(replace(path, &fault), "%s", fault.text);
    ck_assert_int_eq(getxattr(path, "system.posix_acl_access", now, sizeof now),
                     sizeof acl);
    ck_assert_mem_eq(now, acl, sizeof acl);
    ck_assert_uint_eq(status_of(path).st_mode, mode);
}
END_TEST

/* The new file must not be open to those to whom the folder opens its new files. */
START_TEST(test_default_acl)
{
    struct fault fault = {0};
    write_file(path, "old");
    ck_assert_int_eq(chmod(path, 0660), 0);
    if (setxattr(folder, "system.posix_acl_default", acl, sizeof acl, 0) != 0) {
        skip("default ACL", strerror(errno));
        return;
    }
    ck_assert_msg(replace(path, &fault), "%s", fault.text);
    ck_assert_int_eq(getxattr(path, "system.posix_acl_access", NULL, 0), -1);
    ck_assert_uint_eq(status_of(path).st_mode & 07777, 0660);
}
END_TEST
#endif

START_TEST(test_link)
{
    struct fault fault = {0};
    AUTO_BUF struct buf inner = {0};
    AUTO_BUF struct buf target = {0};
    AUTO_BUF struct buf link = {0};
    AUTO_BUF struct buf second = {0};
    char points_to[64];
    buf_addf(&inner, "%s/inner", folder);
    buf_addf(&target, "%s/inner/target", folder);
    buf_addf(&link, "%s/link", folder);
    buf_addf(&second, "%s/inner/second", folder);
    ck_assert_int_eq(mkdir(inner.data, 0700), 0);
    write_file(target.data, "old");
    ck_assert_int_eq(symlink("target", second.data), 0);
    ck_assert_int_eq(symlink("inner/second", link.data), 0);
    ck_assert_msg(replace(link.data, &fault), "%s", fault.text);
    assert_content(target.data, "new\n");
    ck_assert_int_eq(readlink(link.data, points_to, sizeof points_to), 12);
    ck_assert_int_eq(readlink(second.data, points_to, sizeof points_to), 6);
    ck_assert(S_ISREG(status_of(target.data).st_mode));
    ck_assert_uint_eq(files_in(inner.data), 2);
    ck_assert_uint_eq(files_in(folder), 2);
}
END_TEST

static void change_content(void)
{
    write_file(path, "changed");
}

/* The same bytes and length, so that only the times tell. */
static void rewrite(void)
{
    usleep(20000); /* file times are as coarse as the kernel's tick */
    write_file(path, "old");
}

static void change_mode(void)
{
    ck_assert_int_eq(chmod(path, 0640), 0);
}

static void put_another(void)
{
    AUTO_BUF struct buf other = {0};
    buf_addf(&other, "%s/other", folder);
    write_file(other.data, "old");
    ck_assert_int_eq(rename(other.data, path), 0);
}

static void remove_it(void)
{
    ck_assert_int_eq(unlink(path), 0);
}

static void put_fifo(void)
{
    remove_it();
    ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void put_folder(void)
{
    remove_it();
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void put_loop(void)
{
    remove_it();
    ck_assert_int_eq(symlink("config.json", path), 0);
}

#define CHANGED                                                                          \
    "was changed by someone else since it was read; nothing was written, run speclint "  \
    "again"

static const struct {
    void (*change)(void);
    const char *want;
} changes[] = {
    {change_content, CHANGED},
    {rewrite, CHANGED},
    {change_mode, CHANGED},
    {put_another, CHANGED},
    {remove_it, "is gone since it was read: No such file or directory"},
    {put_fifo, "is not a regular file; nothing was written"},
    {put_folder, "is not a regular file; nothing was written"},
    {put_loop, "is gone since it was read: Too many levels of symbolic links"},
};

START_TEST(test_changed)
{
    struct fault fault = {0};
    write_file(path, "old");
    struct stat before = status_of(path);
    changes[_i].change();
    unsigned files = files_in(folder);
    bool there = lstat(path, &(struct stat){0}) == 0;
    ck_assert(!file_replace(path, STR("new\n"), &before, &fault));
    ck_assert_str_eq(fault.text, changes[_i].want);
    ck_assert_str_eq(fault.path, path);
    ck_assert_uint_eq(files_in(folder), files);
    if (there && S_ISREG(status_of(path).st_mode)) {
        AUTO_BUF struct buf bytes = {0};
        ck_assert(file_read(path, &bytes, NULL, NULL));
        ck_assert_str_ne(bytes.data, "new\n");
    }
}
END_TEST

START_TEST(test_hard_link)
{
    struct fault fault = {0};
    AUTO_BUF struct buf other = {0};
    buf_addf(&other, "%s/other", folder);
    write_file(path, "old");
    ck_assert_int_eq(link(path, other.data), 0);
    ck_assert(!replace(path, &fault));
    ck_assert_str_eq(fault.text, "has 2 hard links, and the others would keep the old "
                                 "content; nothing was written");
    assert_content(path, "old");
    ck_assert_uint_eq(files_in(folder), 2);
}
END_TEST

/* Runs `work` in a child and gives its status. */
static int in_child(int (*work)(void))
{
    int status;
    fflush(stdout);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(work());
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

enum { AS_EXPECTED = 0, NOT_TRIED = 1, OTHERWISE = 2 };

static int replace_in_closed_folder(void)
{
    struct fault fault = {0};
    struct stat before;
    AUTO_BUF struct buf want = {0};
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return NOT_TRIED;
    buf_addf(&want,
             "cannot be replaced, for its folder %s takes no new file: Permission denied",
             folder);
    if (lstat(path, &before) != 0 || file_replace(path, STR("new\n"), &before, &fault) ||
        strcmp(fault.text, want.data) != 0) {
        fprintf(stderr, "%s\n", fault.text);
        return OTHERWISE;
    }
    return AS_EXPECTED;
}

START_TEST(test_closed_folder)
{
    write_file(path, "old");
    ck_assert_int_eq(chmod(path, 0666), 0);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    int status = in_child(replace_in_closed_folder);
    ck_assert_int_eq(chmod(folder, 0700), 0);
    if (status == NOT_TRIED)
        skip("closed folder", "cannot become another user");
    else
        ck_assert_int_eq(status, AS_EXPECTED);
    assert_content(path, "old");
    ck_assert_uint_eq(files_in(folder), 1);
}
END_TEST

static int replace_of_another(void)
{
    struct fault fault = {0};
    struct stat before;
    if (setgid(65534) != 0 || setuid(65534) != 0)
        return NOT_TRIED;
    if (lstat(path, &before) != 0 || file_replace(path, STR("new\n"), &before, &fault) ||
        strcmp(fault.text, "its owner 0:0 cannot be kept: Operation not permitted") !=
            0) {
        fprintf(stderr, "%s\n", fault.text);
        return OTHERWISE;
    }
    return AS_EXPECTED;
}

START_TEST(test_owner_not_kept)
{
    write_file(path, "old");
    ck_assert_int_eq(chmod(path, 0644), 0);
    ck_assert_int_eq(chmod(folder, 0777), 0);
    int status = geteuid() == 0 ? in_child(replace_of_another) : NOT_TRIED;
    if (status == NOT_TRIED)
        skip("owner not kept", "needs root, to become another user");
    else
        ck_assert_int_eq(status, AS_EXPECTED);
    assert_content(path, "old");
    ck_assert_uint_eq(files_in(folder), 1);
}
END_TEST

#ifdef __linux__
/* On a file system of 64 KiB that only this child sees. */
static int replace_on_full_disk(void)
{
    struct fault fault = {0};
    struct stat before;
    AUTO_FREE char *large = mem_alloc(256 * 1024, 1);
    if (unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", folder, "tmpfs", 0, "size=64k") != 0)
        return NOT_TRIED;
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs("old", file) < 0 || fclose(file) != 0 ||
        lstat(path, &before) != 0)
        return OTHERWISE;
    bool replaced = file_replace(path, (struct str){large, 256 * 1024}, &before, &fault);
    AUTO_BUF struct buf bytes = {0};
    if (replaced || !file_read(path, &bytes, NULL, NULL) ||
        strcmp(bytes.data, "old") != 0 ||
        strcmp(fault.text, "cannot be replaced: No space left on device; the old file is "
                           "unchanged") != 0 ||
        !file_replace(path, STR("new\n"), &before, NULL)) {
        fprintf(stderr, "%s\n", fault.text);
        return OTHERWISE;
    }
    unsigned count = 0;
    DIR *open = opendir(folder);
    while (open != NULL && readdir(open) != NULL)
        count++;
    closedir(open);
    return count == 3 ? AS_EXPECTED : OTHERWISE; /* with . and .. */
}

START_TEST(test_full_disk)
{
    int status = in_child(replace_on_full_disk);
    if (status == NOT_TRIED)
        skip("full disk", "no mount namespace of its own");
    else
        ck_assert_int_eq(status, AS_EXPECTED);
}
END_TEST

/* Killed at any moment, the file is whole: one of the two contents, and nothing else. */
START_TEST(test_kill)
{
    enum { LEN = 64 * 1024 };
    static char contents[2][LEN];
    unsigned random = 12345;
    memset(contents[0], 'a', LEN);
    memset(contents[1], 'b', LEN);
    FILE *file = fopen(path, "w");
    ck_assert_uint_eq(fwrite(contents[0], 1, LEN, file), LEN);
    fclose(file);
    /* What a killed child had begun to put in place ends a moment later; as its new
     * parent this process can wait for it. */
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    for (unsigned round = 0; round < 60; round++) {
        pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0) {
            for (unsigned i = 0;; i++) {
                struct stat before;
                struct fault fault = {0};
                if (lstat(path, &before) != 0 ||
                    !file_replace(path, (struct str){contents[i % 2], LEN}, &before,
                                  &fault))
                    _exit(1);
            }
        }
        random = random * 1103515245 + 12345;
        usleep(random >> 16 & 0x3FFF);
        int status;
        ck_assert_int_eq(kill(child, SIGKILL), 0);
        ck_assert_int_eq(waitpid(child, &status, 0), child);
        ck_assert_msg(WIFSIGNALED(status), "the child could not replace the file");
        while (wait(NULL) > 0)
            ;
        AUTO_BUF struct buf bytes = {0};
        ck_assert(file_read(path, &bytes, NULL, NULL));
        ck_assert_uint_eq(bytes.len, LEN);
        ck_assert(memcmp(bytes.data, contents[0], LEN) == 0 ||
                  memcmp(bytes.data, contents[1], LEN) == 0);
    }
}
END_TEST
#endif

int main(void)
{
    TCase *cases = tcase_create("file");
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 120);
    tcase_add_loop_test(cases, test_read, 0, 3);
    tcase_add_loop_test(cases, test_read, 4094, 4098);
    tcase_add_test(cases, test_read_pipe);
    tcase_add_test(cases, test_read_faults);
    add_rows(cases, test_mode, modes);
    tcase_add_test(cases, test_empty);
    tcase_add_test(cases, test_owner);
#ifdef __linux__
    tcase_add_test(cases, test_attributes);
    tcase_add_test(cases, test_acl);
    tcase_add_test(cases, test_default_acl);
    tcase_add_test(cases, test_full_disk);
    tcase_add_test(cases, test_kill);
#endif
    tcase_add_test(cases, test_link);
    add_rows(cases, test_changed, changes);
    tcase_add_test(cases, test_hard_link);
    tcase_add_test(cases, test_closed_folder);
    tcase_add_test(cases, test_owner_not_kept);
    return run_cases(cases);
}
