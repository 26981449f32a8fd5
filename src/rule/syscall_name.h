/* SPDX-License-Identifier: Apache-2.0
 *
 * The names of system calls in linux.seccomp, as libseccomp knows them: the library that
 * runc, crun and youki resolve them with. Nothing is found where it is not, off Linux.
 */
#ifndef SPECLINT_SYSCALL_NAME_H
#define SPECLINT_SYSCALL_NAME_H

#include "finder.h"

/* No architecture has a call of that name; {want} is near. */
#define SYSCALL_MISSPELT "misspelt-system-calls"
/* Likewise, with none near. */
#define SYSCALL_UNKNOWN "unknown-system-calls"

finder_fn syscall_name_check;

#endif
