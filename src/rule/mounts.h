/* SPDX-License-Identifier: Apache-2.0
 *
 * The mounts of a document, read once for all finders that look at them.
 *
 *     struct mounts mounts;
 *     mounts_read(&mounts, root, &arena);
 *     for (size_t i = 0; i < mounts.count; i++)
 *         … mounts.items[i].path, mount_is_bind(&mounts.items[i])
 */
#ifndef SPECLINT_MOUNTS_H
#define SPECLINT_MOUNTS_H

#include "node.h"
#include "option.h"

struct mount {
    const struct node *node;
    const struct node *destination; /* members; NULL where there is none */
    const struct node *type;
    const struct node *source;
    const struct node *options;
    struct str path; /* the destination cleaned, not as on Windows; NULL if no string */

    /* What the options say that runtimes know (option.h). */
    unsigned kinds; /* bit i is set where there is one of enum option_kind i */
    unsigned set;   /* attributes: given, taken back, and how they end in order */
    unsigned cleared;
    unsigned now;
    unsigned set_all; /* likewise, with the mounts below */
    unsigned cleared_all;
    unsigned now_all;
    unsigned propagation;
    unsigned unknown; /* runtimes that do not know one of them */
    uint64_t seen[2]; /* which, by their place in the table */
    bool twice;       /* one is repeated */

    /* The strings among them that no runtime knows. */
    const struct node **data;
    size_t data_count;
    bool moves; /* one of them is "move" */
};

struct mounts {
    const struct node *node; /* the member of the document; NULL if there is none */
    struct mount *items;     /* one for each child of it, in order */
    size_t count;
};

static inline bool mount_has(const struct mount *mount, enum option_kind kind)
{
    return mount->kinds >> kind & 1;
}

static inline bool mount_has_option(const struct mount *mount,
                                    const struct option *option)
{
    size_t place = option_place(option);
    return mount->seen[place / 64] >> place % 64 & 1;
}

static inline bool mount_is_bind(const struct mount *mount)
{
    return (mount->kinds & (1u << OPTION_BIND | 1u << OPTION_RBIND)) != 0;
}

/* What it reads lives as long as the document and the arena. */
void mounts_read(struct mounts *mounts, const struct node *root, struct arena *arena);

#endif
