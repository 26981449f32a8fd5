/* SPDX-License-Identifier: Apache-2.0 */
#include "linux_path.h"

#include "../testing.h"

/* Members of linux, mounts, and what is said. */
static const struct {
    const char *paths;
    const char *mounts;
    const char *want;
} rows[] = {
    {"\"maskedPaths\": [\"/proc/kcore\", \"/proc/acpi/\", \"/proc//scsi\"]", "", ""},
    {"\"maskedPaths\": [\"/proc/kcor\"]", "", "misspelt-paths /proc/kcore\n"},
    {"\"maskedPaths\": [\"/proc/timer-list\"]", "", "misspelt-paths /proc/timer_list\n"},
    {"\"readonlyPaths\": [\"/proc/sy\"]", "", "misspelt-paths /proc/sys\n"},
    {"\"maskedPaths\": [\"/sys/firmwares/\"]", "", "misspelt-paths /sys/firmware\n"},
    /* Other files of proc, and what is below one. */
    {"\"maskedPaths\": [\"/proc/fb\", \"/proc/net\", \"/proc/dma\"]", "", ""},
    {"\"readonlyPaths\": [\"/proc/sys/kernel\", \"/proc/fs/xfs\"]", "", ""},
    {"\"maskedPaths\": [\"/proc\", \"/\", \"/etc/shadow\", \"/run\", \"/proc/1\"]", "",
     ""},
    {"\"maskedPaths\": [\"/proc/keys//\"]", "", "files-with-slash /proc/keys\n"},
    {"\"maskedPaths\": [\"/proc/[a-k]*\"]", "", "paths-with-pattern -\n"},
    {"\"maskedPaths\": [\"\", \"proc/kcor\", 1], \"readonlyPaths\": \"/proc/kcor\"", "",
     ""},
    /* The program is /bin/sh. */
    {"\"maskedPaths\": [\"/bin/\"]", "", "masked-programs /bin/sh\n"},
    {"\"maskedPaths\": [\"/bin//sh\", \"/\", \"/bin/s\"]", "",
     "masked-programs /bin/sh\n"},
    {"\"readonlyPaths\": [\"/bin\"]", "", ""},
    /* Mounts below. */
    {"\"readonlyPaths\": [\"/data\"]", "{\"destination\": \"/data/a\"}",
     "readonly-above-mounts /data/a\n"},
    {"\"readonlyPaths\": [\"/data/\"]",
     "{\"destination\": \"/data/a\", \"options\": [\"rbind\", \"ro\"]}", ""},
    {"\"readonlyPaths\": [\"/data\"]",
     "{\"destination\": \"/data\"}, {\"destination\": \"/database\"}, {}", ""},
    {"\"maskedPaths\": [\"/data\"]", "{\"destination\": \"/data/a\"}", ""},
};

START_TEST(test_paths)
{
    AUTO_DOC struct doc doc;
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf got = {0};
    struct arena arena = {0};
    struct marks found = {0};
    buf_addf(
        &text,
        "{\"process\": {\"args\": [\"/bin/sh\"]}, \"linux\": {%s}, \"mounts\": [%s]}",
        rows[_i].paths, rows[_i].mounts);
    read_good(&doc, DOC_JSON, text.data);
    struct mounts mounts;
    mounts_read(&mounts, doc.root, &arena);
    struct search search = {
        .doc = &doc, .root = doc.root, .arena = &arena, .mounts = &mounts};
    linux_path_check(&search, &found);
    for (size_t i = 0; i < found.count; i++)
        buf_addf(&got, "%s %s\n", found.items[i].finder,
                 found.items[i].want ? found.items[i].want : "-");
    ck_assert_msg(str_equal(buf_str(&got), str_of(rows[_i].want)), "%s\ngot  %swant %s",
                  text.data, buf_str(&got).at, rows[_i].want);
    marks_release(&found);
    arena_release(&arena);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("linux_path");
    add_rows(cases, test_paths, rows);
    return run_cases(cases);
}
