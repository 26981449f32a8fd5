/* SPDX-License-Identifier: Apache-2.0
 *
 * The lines of /proc/self/mountinfo (proc(5)), one after the other, without allocating.
 *
 *     struct mountinfo info = {.fd = fd};
 *     while (mountinfo_next(&info))
 *         … info.type …
 */
#ifndef SPECLINT_MOUNTINFO_H
#define SPECLINT_MOUNTINFO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mountinfo {
    int fd; /* borrowed */
    uint64_t id;
    uint64_t parent;
    const char *root; /* octal escapes are left as they are */
    const char *point;
    unsigned attributes; /* enum attribute, of the mount */
    const char *type;
    const char *source; /* "" where the line ends before */
    const char *super;  /* the options of the file system; likewise */
    size_t start;       /* of what is in the buffer */
    size_t end;
    char buffer[16384];
};

/* Reads the next line; false at the end. Lines longer than the buffer are skipped. */
bool mountinfo_next(struct mountinfo *info);

#endif
