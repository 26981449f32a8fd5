/* SPDX-License-Identifier: Apache-2.0
 *
 * The options that the kernel takes for a type of file system, as data: what the runtimes
 * hand on because they do not know it themselves (option.h has what they know).
 *
 *     const struct fstype *type = fstype_find(STR("tmpfs"));
 *     const struct fstype_option *size = fstype_option(type, STR("size"));
 *     struct fstype_value value;
 *     fstype_value_check(size, STR("64MiB"), &value);
 *     … value.verdict == VALUE_BAD, value.repair is "64m"
 */
#ifndef SPECLINT_FSTYPE_H
#define SPECLINT_FSTYPE_H

#include "mem.h"

#include <stdint.h>

/* How a value is written, after include/linux/fs_parser.h and lib/cmdline.c. */
enum value_kind {
    VALUE_NONE,   /* a flag, which takes none */
    VALUE_SWITCH, /* a flag, which may have a value */
    VALUE_TEXT,   /* anything but nothing */
    VALUE_OPEN,   /* anything, or nothing */
    VALUE_NUMBER, /* kstrtouint with base 0: 10, 0x10, 010 */
    VALUE_OCTAL,  /* kstrtouint with base 8: a mode */
    VALUE_UID,    /* a number that the user namespace must map */
    VALUE_GID,
    VALUE_BYTES, /* memparse: 65536, 64k, 1g */
    VALUE_LIMIT, /* likewise; 0 is no limit */
    VALUE_SHARE, /* likewise, or a percentage: 10% */
    VALUE_WORD,  /* one of `words` */
    VALUE_PATH,  /* directories, of overlayfs, separated by colons */
};

struct fstype_option {
    const char *name;
    uint8_t len; /* of the name */
    enum value_kind kind;
    bool negated; /* there is "no" and the name as well, without a value */
    const char *words;
};

enum fstype_rest {
    REST_REFUSED,      /* what is not listed is EINVAL */
    REST_REFUSED_HERE, /* likewise, but there may be more in other kernels */
    REST_IGNORED,      /* the kernel takes and ignores it */
    REST_UNKNOWN,      /* the list is not whole */
};

struct fstype {
    const char *type;
    uint8_t len; /* of the type */
    enum fstype_rest rest;
    const struct fstype_option *options; /* NULL: none */
    size_t count;
};

/* The file system of a type, or NULL if there is no list of its options. What follows a
 * dot is a subtype (fuse.sshfs). */
const struct fstype *fstype_find(struct str type);

/* The option of that name, or NULL. `*negated`: it is there as "no…". */
const struct fstype_option *fstype_option(const struct fstype *filesystem,
                                          struct str name, bool *negated);

/* Whether some file system has an option of that name. */
bool fstype_option_exists(struct str name);

enum value_verdict {
    VALUE_GOOD,
    VALUE_BAD, /* the kernel refuses it */
    VALUE_ODD, /* the kernel takes it for something else than it seems to say */
};

struct fstype_value {
    enum value_verdict verdict;
    const char *want; /* what it has to be, or why it is odd */
    char repair[32];  /* the value that was meant; "" if there is none */
    bool sure;        /* the repair is certain */
    uint32_t id;      /* VALUE_UID, VALUE_GID: the number */
};

/* Holds a value against its option; `has` is false where there is no = at all. */
void fstype_value_check(const struct fstype_option *option, struct str text, bool has,
                        struct fstype_value *value);

#endif
