/* SPDX-License-Identifier: Apache-2.0
 *
 * The file systems that a container for Linux has by default (config-linux.md, "Default
 * Filesystems"): which of them no mount provides, and mounts of them that lack options.
 * The latter are candidates of rules, which say the rest of it.
 */
#ifndef SPECLINT_MOUNT_DEFAULT_H
#define SPECLINT_MOUNT_DEFAULT_H

#include "finder.h"

/* What is found, as rule files name it: of the first four the mark is the document. */
#define DEFAULT_PROC "nothing-on-proc"
#define DEFAULT_SYS "nothing-on-sys"
#define DEFAULT_PTS "nothing-on-dev-pts"
#define DEFAULT_SHM "nothing-on-dev-shm"
#define DEFAULT_SYS_LAX                                                                  \
    "mounts-on-sys" /* unless ro, nosuid, noexec and nodev surely hold */
#define DEFAULT_PTS_CLOSED "devpts-without-ptmxmode"

finder_fn mount_default_check;

#endif
