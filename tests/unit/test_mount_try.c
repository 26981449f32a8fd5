/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"
#include "sentence.h"

#include "../testing.h"

#include <sys/stat.h>
#include <unistd.h>

/* A user namespace can be had by anyone, so these are the same for every user. */
#define ALL_SPACES                                                                       \
    "{\"type\": \"user\"}, {\"type\": \"mount\"}, {\"type\": \"pid\"}, "                 \
    "{\"type\": \"ipc\"}, {\"type\": \"network\"}"

#define MOUNT(destination, type, options)                                                \
    "{\"destination\": \"" destination "\", \"type\": \"" type "\", \"source\": \"" type \
    "\", \"options\": [" options "]}"
#define BIND(destination, source, options)                                               \
    "{\"destination\": \"" destination "\", \"type\": \"none\", \"source\": \"" source   \
    "\", \"options\": [" options "]}"

/* Mounts, and what runc would do: a word for each. An option follows its errno. */
static const struct {
    const char *namespaces;
    const char *mounts;
    const char *want;
} rows[] = {
    {ALL_SPACES, "", "ok:"},
    {ALL_SPACES, MOUNT("/proc", "proc", ""), "ok: mounted"},
    {ALL_SPACES, MOUNT("/sys", "sysfs", "\"ro\""), "ok: mounted"},
    {"{\"type\": \"user\"}, {\"type\": \"mount\"}", MOUNT("/sys", "sysfs", "\"ro\""),
     "refused: EPERM@fsopen"},
    {"{\"type\": \"user\"}, {\"type\": \"mount\"}", MOUNT("/proc", "proc", ""),
     "refused: EPERM@create"},
    {"{\"type\": \"user\"}, {\"type\": \"mount\"}", MOUNT("/mq", "mqueue", ""),
     "refused: EPERM@create"},
    {"{\"type\": \"user\"}, {\"type\": \"mount\"}",
     BIND("/sys", "/sys", "\"rbind\", \"nosuid\", \"noexec\", \"nodev\", \"ro\""),
     "ok: mounted"},
    {ALL_SPACES, MOUNT("/a", "tmpfs", "\"nosuid\", \"size=64MiB\""),
     "refused: EINVAL@fsconfig(size=64MiB)"},
    {ALL_SPACES, MOUNT("/a", "tmpfs", "\"mode=999\", \"size=1m\""),
     "refused: EINVAL@fsconfig(mode=999)"},
    {ALL_SPACES, MOUNT("/a", "tmpfs", "\"size=1m,nosuch\""),
     "refused: EINVAL@fsconfig(nosuch)"},
    {ALL_SPACES, MOUNT("/a", "devpts", "\"gid=5\", \"newinstance\""),
     "refused: EINVAL@fsconfig(gid=5)"},
    {ALL_SPACES, MOUNT("/a", "devpts", "\"gid=0\", \"newinstance\""), "ok: mounted"},
    {ALL_SPACES, MOUNT("/a", "bind", ""), "refused: ENODEV@fsopen"},
    {ALL_SPACES, MOUNT("/a", "overlay", ""), "refused: EINVAL@create"},
    {ALL_SPACES, BIND("/f", "/proc/self/status", "\"bind\""), "ok: mounted"},
    {ALL_SPACES, MOUNT("/d", "tmpfs", "") "," BIND("/d", "/proc/version", "\"bind\""),
     "refused: mounted ENOTDIR@move_mount"},
    {ALL_SPACES,
     MOUNT("/d", "tmpfs", "\"nr_inodes=2\"") "," MOUNT("/d/a", "tmpfs",
                                                       "") "," MOUNT("/d/b", "tmpfs", ""),
     "refused: mounted mounted ENOSPC@destination"},
    {ALL_SPACES, MOUNT("/d", "tmpfs", "\"ro\"") "," MOUNT("/d/a", "tmpfs", ""),
     "ok: mounted mounted"},
    {ALL_SPACES, MOUNT("/proc", "proc", "") "," MOUNT("/proc/sys", "tmpfs", ""),
     "refused: mounted EPERM@destination"},
    {ALL_SPACES,
     MOUNT("/proc", "proc", "") "," BIND("/proc/meminfo", "/proc/meminfo", "\"bind\""),
     "ok: mounted mounted"},
    {ALL_SPACES, BIND("/a", "/nowhere/at/all", "\"rbind\""), "refused: ENOENT@source"},
    {ALL_SPACES, "1", "refused: ENODEV@spec"},
    {ALL_SPACES, "{\"type\": \"tmpfs\"}", "refused: refused@spec"},
};

static char folder[] = "/tmp/speclint-try-XXXXXX";

static void describe(const struct mount_report *report, struct buf *out)
{
    buf_addf(out, "%s:",
             report->verdict == MOUNT_MOUNTED ? "ok"
                                              : mount_outcome_name(report->verdict));
    for (size_t i = 0; i < report->count; i++) {
        const struct mount_result *result = &report->results[i];
        buf_addc(out, ' ');
        if (result->error != 0)
            sentence_errno(result->error, out);
        else
            buf_adds(out, str_of(mount_outcome_name(result->outcome)));
        if (*result->stage != '\0')
            buf_addf(out, "@%s", result->stage);
        if (result->option != NULL)
            buf_addf(out, "(%s)", result->option);
    }
}

static void load(struct doc *doc, const char *namespaces, const char *mounts)
{
    AUTO_BUF struct buf text = {0};
    buf_addf(&text,
             "{\"root\": {\"path\": \"rootfs\"}, \"linux\": {\"namespaces\": [%s], "
             "\"uidMappings\": [{\"containerID\": 0, \"hostID\": %u, \"size\": 1}], "
             "\"gidMappings\": [{\"containerID\": 0, \"hostID\": %u, \"size\": 1}]}, "
             "\"mounts\": [%s]}",
             namespaces, (unsigned)getuid(), (unsigned)getgid(), mounts);
    struct fault fault = {0};
    if (!read_text(doc, DOC_JSON, buf_str(&text), &fault)) {
        puts(fault.text);
        abort(); /* a table of this file is wrong */
    }
}

static struct mount_options options(void)
{
    struct mount_options options = {.bundle = folder, .on_target = true};
    options.runtimes.items[0] = runtime_newest(RUNTIME_RUNC);
    options.runtimes.count = 1;
    return options;
}

START_TEST(test_try)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf got = {0};
    struct mount_options chosen = options();
    struct mount_report report;
    load(&doc, rows[_i].namespaces, rows[_i].mounts);
    mount_try(doc.root, &chosen, &report);
    describe(&report, &got);
    ck_assert_msg(strcmp(got.data, rows[_i].want) == 0, "%s: got %s, want %s",
                  rows[_i].mounts, got.data, rows[_i].want);
    /* Whatever is not mounted has a sentence that says what to do. */
    for (size_t i = 0; i < report.count; i++)
        ck_assert_int_eq(report.results[i].outcome != MOUNT_MOUNTED,
                         *report.results[i].reason != '\0');
    mount_report_release(&report);
}
END_TEST

/* The mounts of a change: before, after, which, and what the dry run says of it. */
static const struct {
    const char *before;
    const char *after;
    const char *pointer;
    enum confirm want;
    const char *sentence;
} changes[] = {
    {MOUNT("/sys", "sysfs", "\"ro\""),
     BIND("/sys", "/sys", "\"rbind\", \"nosuid\", \"noexec\", \"nodev\", \"ro\""),
     "/mounts/0/type", CONFIRM_YES,
     "before: EPERM at fsopen; after: mounted ro,nosuid,nodev,noexec"},
    {MOUNT("/sys", "sysfs", "\"ro\""), MOUNT("/sys", "sysfs", ""), "/mounts/0",
     CONFIRM_NO, "before: EPERM at fsopen; after: EPERM at fsopen"},
    {MOUNT("/a", "tmpfs", "") "," MOUNT("/b", "tmpfs", ""),
     MOUNT("/a", "tmpfs", "\"ro\"") "," MOUNT("/b", "tmpfs", "\"x\""), "/mounts/0",
     CONFIRM_NO, "but /mounts/1 becomes worse: EINVAL at fsconfig"},
    {MOUNT("/a", "tmpfs", "\"x\""),
     MOUNT("/a", "tmpfs", "") "," MOUNT("/b", "tmpfs", "\"x\""), "/mounts/0", CONFIRM_NO,
     "but /mounts/1 becomes worse"},
    {MOUNT("/a", "tmpfs", ""), "", "/mounts/0", CONFIRM_UNTRIED,
     "there is no mount 0 to try"},
    {MOUNT("/a", "tmpfs", ""), MOUNT("/a", "tmpfs", "\"ro\""), "/process/cwd",
     CONFIRM_UNTRIED, "the change is not to a mount"},
    {MOUNT("/a", "tmpfs", ""), MOUNT("/a", "tmpfs", "\"ro\""),
     "/mounts/99999999999999999999", CONFIRM_UNTRIED, "the change is not to a mount"},
};

START_TEST(test_confirm)
{
    AUTO_DOC struct doc before = {0};
    AUTO_DOC struct doc after = {0};
    AUTO_FREE char *sentence = NULL;
    struct mount_options chosen = options();
    const char *few = "{\"type\": \"user\"}, {\"type\": \"mount\"}";
    load(&before, few, changes[_i].before);
    load(&after, few, changes[_i].after);
    enum confirm confirm = mount_confirm(before.root, after.root,
                                         str_of(changes[_i].pointer), &chosen, &sentence);
    ck_assert_int_eq(confirm, changes[_i].want);
    ck_assert_msg(strstr(sentence, changes[_i].sentence) != NULL, "%s", sentence);
}
END_TEST

/* The shape of the rootfs is followed, and nothing is written to it. */
START_TEST(test_rootfs)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf got = {0};
    struct mount_options chosen = options();
    struct mount_report report;
    struct stat before, after;
    ck_assert_int_eq(stat("rootfs", &before), 0);
    load(&doc, ALL_SPACES,
         MOUNT("/file", "tmpfs", "") "," MOUNT("/file/x", "tmpfs", "") "," MOUNT(
             "/loop", "tmpfs", "") "," MOUNT("/link/new", "tmpfs",
                                             "") "," MOUNT("/dangling", "tmpfs", ""));
    mount_try(doc.root, &chosen, &report);
    describe(&report, &got);
    ck_assert_str_eq(got.data, "refused: ENOTDIR@move_mount ENOTDIR@destination "
                               "ELOOP@destination mounted mounted");
    mount_report_release(&report);
    ck_assert_int_eq(stat("rootfs", &after), 0);
    ck_assert_int_eq(before.st_mtime, after.st_mtime);
    ck_assert_int_eq(before.st_nlink, after.st_nlink);
    ck_assert_int_eq(access("rootfs/dir/new", F_OK), -1);
}
END_TEST

static bool can_try(void)
{
    AUTO_DOC struct doc doc = {0};
    struct mount_options chosen = options();
    struct mount_report report;
    load(&doc, ALL_SPACES, MOUNT("/a", "tmpfs", "") "," MOUNT("/proc", "proc", ""));
    mount_try(doc.root, &chosen, &report);
    bool can = report.verdict == MOUNT_MOUNTED;
    if (!can)
        printf("skipped: %s%s\n", report.reason,
               report.count > 1 ? report.results[1].reason : "");
    mount_report_release(&report);
    return can;
}

int main(void)
{
    if (mkdtemp(folder) == NULL || chdir(folder) < 0 || mkdir("rootfs", 0755) < 0 ||
        mkdir("rootfs/dir", 0755) < 0 || mknod("rootfs/file", S_IFREG | 0644, 0) < 0 ||
        symlink("loop", "rootfs/loop") < 0 || symlink("/dir", "rootfs/link") < 0 ||
        symlink("/nowhere", "rootfs/dangling") < 0) {
        perror(folder);
        return 1;
    }
    int status = TEST_SKIPPED;
    if (can_try()) {
        TCase *cases = tcase_create("try");
        add_rows(cases, test_try, rows);
        add_rows(cases, test_confirm, changes);
        tcase_add_test(cases, test_rootfs);
        status = run_cases(cases);
    }
    return (unlink("rootfs/dangling") | unlink("rootfs/link") | unlink("rootfs/loop") |
            unlink("rootfs/file") | rmdir("rootfs/dir") | rmdir("rootfs") |
            rmdir(folder)) == 0
               ? status
               : 1;
}
