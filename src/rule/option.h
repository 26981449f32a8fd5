/* SPDX-License-Identifier: Apache-2.0
 *
 * Mount options: every word that config.md ("Linux mount options") gives a meaning of its
 * own, in one table, with the runtimes that know it. A word that is not here is data for
 * the file system.
 *
 *     const struct option *option = option_find(STR("nosuid"));
 *     if (option != NULL && option->kind == OPTION_SET)
 *         attributes |= option->bits;
 */
#ifndef SPECLINT_OPTION_H
#define SPECLINT_OPTION_H

#include "mem.h"
#include "runtime.h"

/* What a mount can be told, as bits of our own: no system's header is needed to plan. */
enum attribute {
    ATTRIBUTE_RO = 1 << 0,
    ATTRIBUTE_NOSUID = 1 << 1,
    ATTRIBUTE_NODEV = 1 << 2,
    ATTRIBUTE_NOEXEC = 1 << 3,
    ATTRIBUTE_NOATIME = 1 << 4,
    ATTRIBUTE_RELATIME = 1 << 5,
    ATTRIBUTE_STRICTATIME = 1 << 6,
    ATTRIBUTE_NODIRATIME = 1 << 7,
    ATTRIBUTE_NOSYMFOLLOW = 1 << 8,
    /* Of the file system rather than of one mount of it. */
    ATTRIBUTE_SYNC = 1 << 9,
    ATTRIBUTE_DIRSYNC = 1 << 10,
    ATTRIBUTE_MAND = 1 << 11,
    ATTRIBUTE_LAZYTIME = 1 << 12,
    ATTRIBUTE_IVERSION = 1 << 13,
    ATTRIBUTE_SILENT = 1 << 14,

    /* Those that a user namespace locks one by one (mount_namespaces(7)). */
    ATTRIBUTE_LOCKABLE =
        ATTRIBUTE_RO | ATTRIBUTE_NOSUID | ATTRIBUTE_NODEV | ATTRIBUTE_NOEXEC,
    /* Those that are one choice of three. */
    ATTRIBUTE_ATIME = ATTRIBUTE_NOATIME | ATTRIBUTE_RELATIME | ATTRIBUTE_STRICTATIME,
};

enum propagation {
    PROPAGATION_SHARED = 1 << 0,
    PROPAGATION_SLAVE = 1 << 1,
    PROPAGATION_PRIVATE = 1 << 2,
    PROPAGATION_UNBINDABLE = 1 << 3,
};

enum option_kind {
    OPTION_NOTHING, /* nothing that a mount has: "defaults", "src-nofollow" */
    OPTION_SET,
    OPTION_CLEAR,
    OPTION_SET_ALL,   /* with every mount below: mount_setattr(AT_RECURSIVE) */
    OPTION_CLEAR_ALL, /* likewise */
    OPTION_PROPAGATION,
    OPTION_BIND,
    OPTION_RBIND,
    OPTION_REMOUNT,
    OPTION_COPY_UP,
    OPTION_IDMAP,
    OPTION_RIDMAP,
};

struct option {
    const char *word;
    enum option_kind kind;
    unsigned bits;    /* enum attribute or enum propagation, by kind */
    unsigned unknown; /* bit 1 << enum runtime: to that runtime the word is data */
    bool as_data;     /* the kernel takes the word as data too: fs/fs_context.c */
};

/* The option of that exact word, or NULL. */
const struct option *option_find(struct str word);

struct node;

/* The option that a node is; NULL if it is none, or no string. */
const struct option *option_of(const struct node *node);

/* All of them, in the order of the words. */
extern const struct option option_table[];

/* The place of an option in the table. */
static inline size_t option_place(const struct option *option)
{
    return (size_t)(option - option_table);
}

/* The option at a place of the table, in the order of the words; NULL behind the last. */
const struct option *option_at(size_t place);

/* The words of the attributes, separated by commas, in the order of /proc/self/mountinfo.
 */
struct buf;
void option_words(unsigned attributes, struct buf *out);

#endif
