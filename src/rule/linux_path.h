/* SPDX-License-Identifier: Apache-2.0
 *
 * linux.maskedPaths and linux.readonlyPaths held against the files that proc and sysfs
 * are known to have, and against the mounts.
 */
#ifndef SPECLINT_LINUX_PATH_H
#define SPECLINT_LINUX_PATH_H

#include "finder.h"

#define PATH_MISSPELT "misspelt-paths"    /* {have}, and {want} is near */
#define PATH_PATTERN "paths-with-pattern" /* *, ? or [ */
#define PATH_SLASH "files-with-slash"     /* a known file {want} with a slash behind it */
#define PATH_PROGRAM "masked-programs"    /* {want} is the program, or in it */
#define PATH_ABOVE                                                                       \
    "readonly-above-mounts" /* {have}; {want} is mounted below, writable                 \
                             */

finder_fn linux_path_check;

#endif
