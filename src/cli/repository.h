/* SPDX-License-Identifier: Apache-2.0
 *
 * Paths, and the repository that they are in.
 */
#ifndef SPECLINT_REPOSITORY_H
#define SPECLINT_REPOSITORY_H

#include "buf.h"

/* The folder at or above an absolute one that holds .git; false where there is none. */
bool repository_find(const char *folder, struct buf *root);

/* Makes an absolute path that of the folder above; false at "/". */
bool path_up(struct buf *path);

/* Adds a name to a folder, with a slash between them. */
void path_join(const char *folder, const char *name, struct buf *out);

bool path_exists(const char *path);

/* An absolute path as seen from an absolute folder; where it is not below, all of it but
 * the first slash. Borrowed from `path`. */
const char *path_below(const char *folder, const char *path);

/* Whether `path` is `folder` or below it; both are absolute. */
bool path_is_below(const char *folder, const char *path);

/* The absolute path of a file without symbolic links in its folder, which must exist; the
 * file need not. Freed by the caller; NULL with errno set. */
char *path_real(const char *path);

#endif
