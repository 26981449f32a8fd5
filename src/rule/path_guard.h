/* SPDX-License-Identifier: Apache-2.0
 *
 * Paths that shall be masked or read-only: what such an entry does not do.
 */
#ifndef SPECLINT_PATH_GUARD_H
#define SPECLINT_PATH_GUARD_H

#include "finder.h"

/* What is found, as rule files name it. */
#define GUARD_MISSPELT "misspelt-guarded-paths"
#define GUARD_SLASH "guarded-files-with-slash"
#define GUARD_MOUNT "mounts-below-readonly-paths"

finder_fn path_guard_check;

#endif
