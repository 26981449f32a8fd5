/* SPDX-License-Identifier: Apache-2.0 */
#include "program.h"

#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>

/* System V gABI, chapters 4 and 5. */
enum {
    CLASS = 4, /* places in e_ident, and what is there */
    CLASS_64 = 2,
    DATA = 5,
    DATA_MSB = 2,
    SEGMENT_INTERP = 3, /* PT_INTERP */
    SEGMENTS_MAX = 256,
    LINE_LEN = 256, /* of a script, as much as the kernel reads: BINPRM_BUF_SIZE */
};

bool program_is_executable(const struct root_place *place)
{
    return S_ISREG(place->status.st_mode) && (place->status.st_mode & 0111) != 0;
}

static void add_script(const char *line, size_t len, struct buf *out)
{
    size_t at = 2;
    while (at < len && (line[at] == ' ' || line[at] == '\t'))
        at++;
    size_t end = at;
    while (end < len && line[end] != ' ' && line[end] != '\t' && line[end] != '\n' &&
           line[end] != '\0')
        end++;
    if (end < len || len < LINE_LEN) /* a longer one is cut, and so not known */
        buf_add(out, line + at, end - at);
}

static bool is_text(const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] < '\t' || bytes[i] >= 0x7F)
            return false;
    }
    return true;
}

/* A number of `size` bytes. */
static uint64_t number(const unsigned char *at, size_t size, bool msb)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | at[msb ? i : size - 1 - i];
    return value;
}

static void add_interpreter(int fd, uint64_t offset, uint64_t size, struct buf *out)
{
    char path[PATH_MAX];
    if (size == 0 || size > sizeof path || offset > INT32_MAX)
        return;
    ssize_t got = pread(fd, path, (size_t)size, (off_t)offset);
    if (got == (ssize_t)size && path[size - 1] == '\0')
        buf_add(out, path, strlen(path));
}

static void add_elf(int fd, const unsigned char *head, struct buf *out)
{
    bool wide = head[CLASS] == CLASS_64;
    bool msb = head[DATA] == DATA_MSB;
    uint64_t offset = number(head + (wide ? 32 : 28), wide ? 8 : 4, msb);
    size_t size = (size_t)number(head + (wide ? 54 : 42), 2, msb);
    size_t count = (size_t)number(head + (wide ? 56 : 44), 2, msb);
    size_t want = wide ? 56 : 32;
    for (size_t i = 0; size == want && i < count && i < SEGMENTS_MAX; i++) {
        unsigned char segment[56];
        if (offset > INT32_MAX ||
            pread(fd, segment, want, (off_t)(offset + i * want)) != (ssize_t)want)
            return;
        if (number(segment, 4, msb) != SEGMENT_INTERP)
            continue;
        add_interpreter(fd, number(segment + (wide ? 8 : 4), wide ? 8 : 4, msb),
                        number(segment + (wide ? 32 : 16), wide ? 8 : 4, msb), out);
        return;
    }
}

enum program_kind program_interpreter(const struct root *root,
                                      const struct root_place *place, struct buf *out)
{
    unsigned char head[LINE_LEN];
    int fd = S_ISREG(place->status.st_mode) ? root_open_place(root, place) : -1;
    ssize_t got = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);
    enum program_kind kind = got < 0 ? PROGRAM_UNREADABLE : PROGRAM_OTHER;
    if (got >= 64 && memcmp(head, "\177ELF", 4) == 0) {
        kind = PROGRAM_ELF;
        add_elf(fd, head, out);
    } else if (got >= 2 && memcmp(head, "#!", 2) == 0) {
        kind = PROGRAM_SCRIPT;
        add_script((const char *)head, (size_t)got, out);
    } else if (got >= 0 && is_text(head, (size_t)got)) {
        kind = PROGRAM_TEXT;
    }
    if (fd >= 0)
        close(fd);
    return kind;
}

unsigned program_machine(const struct root *root, const struct root_place *place)
{
    unsigned char head[20];
    int fd = S_ISREG(place->status.st_mode) ? root_open_place(root, place) : -1;
    ssize_t got = fd < 0 ? -1 : pread(fd, head, sizeof head, 0);
    if (fd >= 0)
        close(fd);
    if (got != sizeof head || memcmp(head, "\177ELF", 4) != 0)
        return 0;
    return (unsigned)number(head + 18, 2, head[DATA] == DATA_MSB);
}
