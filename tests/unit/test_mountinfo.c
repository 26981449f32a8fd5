/* SPDX-License-Identifier: Apache-2.0 */
#include "mountinfo.h"

#include "option.h"

#include "../testing.h"

#include <stdlib.h>
#include <unistd.h>

/* A line, and what is read of it: "id parent root point flags type"; "" if nothing. */
static const struct {
    const char *line;
    const char *want;
} rows[] = {
    {"36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue",
     "36 35 /mnt1 /mnt2 noatime ext3"},
    {"1 0 0:2 / / ro,nosuid,nodev,noexec,relatime shared:1 master:2 - sysfs sysfs rw",
     "1 0 / / ro,nosuid,nodev,noexec,relatime sysfs"},
    {"1 0 0:2 / /a\\040b rw - tmpfs x rw", "1 0 / /a\\040b  tmpfs"},
    {"1 0 0:2 / / rw", ""},
    {"1 0 0:2 / / rw -", ""},
    {"", ""},
    {"-", ""},
};

static int file_of(const char *text, size_t len)
{
    FILE *file = tmpfile();
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, len, file), len);
    ck_assert_int_eq(fflush(file), 0);
    int fd = dup(fileno(file));
    ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
    fclose(file);
    return fd;
}

START_TEST(test_line)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf got = {0};
    buf_addf(&text, "%s\n", rows[_i].line);
    struct mountinfo *info = mem_alloc(1, sizeof *info);
    info->fd = file_of(text.data, text.len);
    while (mountinfo_next(info)) {
        buf_addf(&got, "%d %d %s %s ", (int)info->id, (int)info->parent, info->root,
                 info->point);
        option_words(info->attributes, &got);
        buf_addf(&got, " %s", info->type);
    }
    ck_assert_str(buf_str(&got), str_of(rows[_i].want));
    close(info->fd);
    free(info);
}
END_TEST

/* Many lines, over the edges of the buffer, and one that is longer than it. */
START_TEST(test_many)
{
    AUTO_BUF struct buf text = {0};
    struct mountinfo *info = mem_alloc(1, sizeof *info);
    for (int i = 0; i < 1000; i++) {
        if (i == 500) {
            buf_adds(&text, STR("7 7 0:1 / /"));
            for (int j = 0; j < 20000; j++)
                buf_addc(&text, 'x');
            buf_adds(&text, STR(" rw - tmpfs x rw\n"));
        }
        buf_addf(&text, "%d 0 0:2 / /some/where/%d rw - tmpfs tmpfs rw\n", i, i);
    }
    info->fd = file_of(text.data, text.len);
    int count = 0;
    for (; mountinfo_next(info); count++)
        ck_assert_int_eq((int)info->id, count);
    ck_assert_int_eq(count, 1000);
    close(info->fd);
    free(info);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("mountinfo");
    add_rows(cases, test_line, rows);
    tcase_add_test(cases, test_many);
    return run_cases(cases);
}
