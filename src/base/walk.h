/* SPDX-License-Identifier: Apache-2.0
 *
 * A path on its way through a folder that is taken for "/", as chroot(2) has it: links
 * stay inside, and .. at the top stays there. Only the bookkeeping: whoever walks looks
 * at the files, and says where a link leads.
 *
 *     if (!walk_start(&walk, path))
 *         return errno;
 *     while (walk_next(&walk))
 *         … walk_place(&walk) … walk_link(&walk, target) …
 */
#ifndef SPECLINT_WALK_H
#define SPECLINT_WALK_H

#include "mem.h"

#include <limits.h>

struct walk {
    char done[PATH_MAX]; /* has no link and no dots; "" for the top, else from a slash */
    char rest[2 * PATH_MAX];
    char *at;    /* in `rest`: what is still to go */
    size_t mark; /* so many bytes of `rest` are behind the last link */
    unsigned links;
    unsigned depth; /* parts of `done` */
    bool too_long;
};

/* Stands at the top. False with errno ENAMETOOLONG for a path that no kernel takes. */
bool walk_start(struct walk *walk, struct str path);

/* Moves the next part behind `done`; false at the end of the path, and, with `too_long`,
 * where `done` has no room for it. */
bool walk_next(struct walk *walk);

/* Whether the part at the end of `done` is the last one. */
bool walk_last(const struct walk *walk);

/* Goes on from a link, which `done` ends with, to what it names. False with errno ELOOP
 * after 40 of them, as in the kernel, or ENAMETOOLONG. */
bool walk_link(struct walk *walk, const char *target);

/* Whether the part at the end of `done` comes from a link. */
bool walk_in_link(const struct walk *walk);

/* `done` as a path below the folder; "" for the folder itself. Borrowed. */
const char *walk_place(const struct walk *walk);

#endif
