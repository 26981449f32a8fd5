/* SPDX-License-Identifier: Apache-2.0 */
#include "program.h"

#include "../testing.h"

#include <fcntl.h>
#include <unistd.h>

static char folder[] = "/tmp/speclint-program.XXXXXX";

/* Puts a number of `size` bytes into a file that is being made. */
static void put(unsigned char *at, size_t size, bool msb, uint64_t value)
{
    for (size_t i = 0; i < size; i++)
        at[msb ? size - 1 - i : i] = (unsigned char)(value >> 8 * i);
}

struct header {
    bool wide;
    bool msb;
    uint64_t segments; /* where they begin */
    unsigned size;     /* of one */
    unsigned count;
    uint64_t offset; /* of the interpreter */
    uint64_t len;
};

/* An ELF file with two segments, of which the second names an interpreter. */
static size_t make_elf(const struct header *header, unsigned char *file)
{
    bool msb = header->msb;
    size_t one = header->wide ? 56 : 32;
    memset(file, 0, 512);
    memcpy(file, "\177ELF", 4);
    file[4] = header->wide ? 2 : 1;
    file[5] = msb ? 2 : 1;
    if (header->wide) {
        put(file + 32, 8, msb, header->segments);
        put(file + 54, 2, msb, header->size);
        put(file + 56, 2, msb, header->count);
    } else {
        put(file + 28, 4, msb, header->segments);
        put(file + 42, 2, msb, header->size);
        put(file + 44, 2, msb, header->count);
    }
    unsigned char *segment = file + 64;
    put(segment, 4, msb, 1);
    segment += one;
    put(segment, 4, msb, 3);
    put(segment + (header->wide ? 8 : 4), header->wide ? 8 : 4, msb, header->offset);
    put(segment + (header->wide ? 32 : 16), header->wide ? 8 : 4, msb, header->len);
    memcpy(file + 400, "/lib/ld.so.1", 13);
    return 512;
}

static enum program_kind look(const void *bytes, size_t len, struct buf *out)
{
    struct root root;
    struct root_place place;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    root_open(&root, folder);
    int fd = openat(root.fd, "program", O_WRONLY | O_CREAT | O_EXCL, 0755);
    ck_assert_int_eq(write(fd, bytes, len), (ssize_t)len);
    close(fd);
    ck_assert(root_find(&root, STR("/program"), &place));
    ck_assert(program_is_executable(&place));
    enum program_kind kind = program_interpreter(&root, &place, out);
    ck_assert_int_eq(unlinkat(root.fd, "program", 0), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    root_release(&root);
    return kind;
}

static const struct {
    struct header header;
    const char *want;
} headers[] = {
    {{true, false, 64, 56, 2, 400, 13}, "/lib/ld.so.1"},
    {{true, true, 64, 56, 2, 400, 13}, "/lib/ld.so.1"},
    {{false, false, 64, 32, 2, 400, 13}, "/lib/ld.so.1"},
    {{false, true, 64, 32, 2, 400, 13}, "/lib/ld.so.1"},
    {{true, false, 64, 56, 1, 400, 13}, ""},     /* static: no such segment */
    {{true, false, 64, 0, 2, 400, 13}, ""},      /* segments of no size */
    {{true, false, 64, 32, 2, 400, 13}, ""},     /* those of the other class */
    {{true, false, 64, 56, 65535, 400, 12}, ""}, /* no NUL at its end */
    {{true, false, 64, 56, 2, 400, 0}, ""},
    {{true, false, 64, 56, 2, 500, 4096}, ""}, /* behind the end */
    {{true, false, 64, 56, 2, 400, UINT64_MAX}, ""},
    {{true, false, 64, 56, 2, UINT64_MAX, 13}, ""},
    {{true, false, UINT64_MAX - 10, 56, 2, 400, 13}, ""},
    {{true, false, 1000, 56, 65535, 400, 13}, ""},
};

START_TEST(test_elf)
{
    unsigned char file[512];
    AUTO_BUF struct buf out = {0};
    size_t len = make_elf(&headers[_i].header, file);
    ck_assert_int_eq(look(file, len, &out), PROGRAM_ELF);
    ck_assert_str(buf_str(&out), str_of(headers[_i].want));
}
END_TEST

static const struct {
    const char *text;
    enum program_kind kind;
    const char *want;
} texts[] = {
    {"#!/bin/sh\necho", PROGRAM_SCRIPT, "/bin/sh"},
    {"#! \t/bin/sh -e\n", PROGRAM_SCRIPT, "/bin/sh"},
    {"#!/bin/sh", PROGRAM_SCRIPT, "/bin/sh"},
    {"#!/bin/sh\r\n", PROGRAM_SCRIPT, "/bin/sh\r"},
    {"#!", PROGRAM_SCRIPT, ""},
    {"#!\n", PROGRAM_SCRIPT, ""},
    {"#", PROGRAM_TEXT, ""},
    {"", PROGRAM_TEXT, ""},
    {"echo hello\n", PROGRAM_TEXT, ""},
    {"MZ\x01", PROGRAM_OTHER, ""},
    {"\177ELF", PROGRAM_OTHER, ""},
};

START_TEST(test_text)
{
    AUTO_BUF struct buf out = {0};
    enum program_kind kind = look(texts[_i].text, strlen(texts[_i].text), &out);
    ck_assert_int_eq(kind, texts[_i].kind);
    ck_assert_str(buf_str(&out), str_of(texts[_i].want));
}
END_TEST

/* The processor that an ELF file is made for, in the byte order that it has. */
START_TEST(test_machine)
{
    unsigned char file[512];
    struct root root;
    struct root_place place;
    const struct header header = {true, _i == 1, 64, 56, 2, 400, 13};
    make_elf(&header, file);
    put(file + 18, 2, _i == 1, 0x1234);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    root_open(&root, folder);
    int fd = openat(root.fd, "program", O_WRONLY | O_CREAT | O_EXCL, 0755);
    ck_assert_int_eq(write(fd, file, _i == 2 ? 19 : sizeof file),
                     _i == 2 ? 19 : (ssize_t)sizeof file);
    close(fd);
    ck_assert(root_find(&root, STR("/program"), &place));
    ck_assert_uint_eq(program_machine(&root, &place), _i == 2 ? 0 : 0x1234);
    ck_assert_int_eq(unlinkat(root.fd, "program", 0), 0);
    ck_assert_int_eq(rmdir(folder), 0);
    root_release(&root);
}
END_TEST

/* A first line that is longer than the kernel reads is not known. */
START_TEST(test_long)
{
    AUTO_BUF struct buf line = {0};
    AUTO_BUF struct buf out = {0};
    buf_adds(&line, STR("#!/"));
    while (line.len < 300)
        buf_addc(&line, 'n');
    ck_assert_int_eq(look(line.data, line.len, &out), PROGRAM_SCRIPT);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("program");
    add_rows(cases, test_elf, headers);
    add_rows(cases, test_text, texts);
    tcase_add_loop_test(cases, test_machine, 0, 3);
    tcase_add_test(cases, test_long);
    return run_cases(cases);
}
