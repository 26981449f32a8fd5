/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole files: read, and replaced in one step. A replaced file is the old bytes or the
 * new bytes at any moment, also after a kill or a full disk.
 */
#ifndef SPECLINT_FILE_H
#define SPECLINT_FILE_H

#include "buf.h"
#include "fault.h"

#include <sys/stat.h>

/* The most that is read of one file: places in a text are 32-bit offsets. */
#define FILE_MAX ((size_t)1 << 30)

/* Reads all of a regular file, pipe or device into `bytes` (added to it) and, where
 * `before` is not NULL, keeps what fstat() said, for file_replace. Faults on what cannot
 * be opened or read, on a directory, and beyond FILE_MAX; the fault names the path. */
bool file_read(const char *path, struct buf *bytes, struct stat *before,
               struct fault *fault);

/* As file_read, from an open descriptor, which stays open; `name` is for messages. */
bool file_read_fd(int fd, const char *name, struct buf *bytes, struct stat *before,
                  struct fault *fault);

/* Replaces the content of the regular file at `path`, following symbolic links to it, by
 * writing a new file beside it, fsync(), and rename(). Mode, owner, extended attributes
 * and ACLs are kept. The new file has no name (Linux: O_TMPFILE) until a short-lived
 * child gives it one and renames it, so that a kill leaves nothing beside the file,
 * unless it is of everything at once, or the filesystem knows no files without a name.
 * Faults, with the old file in place and nothing left beside it, when the file is no
 * longer what `before` says (device, inode, size, mtime, ctime), is not a regular file,
 * or anything fails. Something that cannot be kept as it was (an owner, an attribute) is
 * a fault too. */
bool file_replace(const char *path, struct str bytes, const struct stat *before,
                  struct fault *fault);

#endif
