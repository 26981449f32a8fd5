/* SPDX-License-Identifier: Apache-2.0
 *
 * Globs over paths, as gitignore(5) has them: * and ? and [a-z] stay within one name, **
 * as a whole name stands for any number of folders. The time is bounded by the lengths,
 * whatever the glob.
 */
#ifndef SPECLINT_WILDCARD_H
#define SPECLINT_WILDCARD_H

#include "mem.h"

/* Whether the glob matches all of a path. Both are relative, without a slash before. */
bool glob_match(struct str glob, struct str path);

/* Whether the glob names the file at a path, or a folder above it. A glob without a slash
 * (but at its end) names files and folders at any depth, one with a slash (also before)
 * only from the top. */
bool glob_covers(struct str glob, struct str path);

#endif
