/* SPDX-License-Identifier: Apache-2.0
 *
 * Where mounts go: their order, what covers what, and places that runtimes refuse.
 */
#ifndef SPECLINT_MOUNT_DESTINATION_H
#define SPECLINT_MOUNT_DESTINATION_H

#include "finder.h"

/* What is found, as rule files name it. */
#define DESTINATION_HIDDEN "hidden-mounts"
#define DESTINATION_REPEATED "repeated-mounts"
#define DESTINATION_ROOT "mounts-on-the-root"
#define DESTINATION_PROC "mounts-inside-proc"
#define DESTINATION_BLANK "blanks-round-destinations"
#define DESTINATION_UNCLEAN "unclean-destinations"
#define DESTINATION_READONLY_BIND "mounts-below-readonly-binds"
#define DESTINATION_READONLY_TMPFS "mounts-below-readonly-tmpfs"
#define DESTINATION_SOURCELESS "mounts-without-source"
#define DESTINATION_NOEXEC "programs-on-noexec-mounts"
#define DESTINATION_PROGRAM "programs-below-tmpfs"
#define DESTINATION_CWD "cwd-below-tmpfs"

finder_fn mount_destination_check;

#endif
