/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder taken for "/": what is at a path in it, found as a process would find it that
 * chroot(2) has put there. Nothing outside is reached, whatever its links say; no device,
 * pipe or socket is ever opened. What it costs is bounded.
 *
 *     struct root root = {.fd = fd};
 *     struct root_place place;
 *     if (root_find(&root, STR("/bin/sh"), &place))
 *         … place.status …
 *     root_release(&root);
 */
#ifndef SPECLINT_ROOT_H
#define SPECLINT_ROOT_H

#include "mem.h"

#include <limits.h>
#include <sys/stat.h>

struct root {
    int fd;        /* of the folder, closed by root_release; -1: nothing is known */
    char **covers; /* places where something else will be, or that must not be touched */
    size_t cover_count;
    size_t cover_capacity;
    unsigned steps; /* parts of paths that were looked at so far */
};

/* What there is at a path. */
struct root_place {
    int error;    /* 0: it is there; else why the way ended: ENOENT, ENOTDIR … */
    bool unknown; /* nobody can say: it is covered, or looking would cost too much */
    bool linked;  /* a symbolic link was on the way */
    bool in_link; /* with ENOENT: it is what a link names that is not there */
    bool magic;   /* it is a link of the kernel's own, as /proc/1/ns/net is */
    struct stat
        status; /* of the place; with an error, of the folder where the way ended */
    char path[PATH_MAX]; /* where the way ended, from "/", without links and dots */
};

/* Opens the folder at a path; -1 in `fd` where that cannot be done. */
void root_open(struct root *root, const char *folder);

/* Says that what the folder has at this place, and below it, is not what will be there.
 * The place has no links and no dots (`path` of a root_place). */
void root_cover(struct root *root, const char *place);

/* Looks for a path. True if something is known to be there. */
bool root_find(struct root *root, struct str path, struct root_place *place);

/* Whether it is known that there is nothing, for lack of a name, or for a file or too
 * many links on the way. */
bool root_lacks(const struct root_place *place);

/* Opens the regular file or folder that was found, for reading; -1 if it cannot be. */
int root_open_place(const struct root *root, const struct root_place *place);

/* Adds what is found in a regular file, up to so many bytes. False if there is none, or
 * it cannot be read. */
struct buf;
bool root_read(struct root *root, struct str path, size_t most, struct buf *out);

void root_release(struct root *root);

#endif
