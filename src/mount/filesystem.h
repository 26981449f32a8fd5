/* SPDX-License-Identifier: Apache-2.0
 *
 * File system types: what each needs to be mounted, and whether a dry run may mount it.
 * Only types that are harmless in a namespace of one's own are; for the others the kernel
 * reads the options and nothing more, since a mount of theirs reaches a device, a server,
 * a daemon or state of the whole machine.
 */
#ifndef SPECLINT_FILESYSTEM_H
#define SPECLINT_FILESYSTEM_H

#include "mem.h"

enum filesystem_class {
    FILESYSTEM_OWN,    /* may be mounted in a dry run */
    FILESYSTEM_CGROUP, /* type cgroup: what it becomes is the runtime's choice */
    FILESYSTEM_PSEUDO, /* content of the whole machine; root can always mount it */
    FILESYSTEM_DEVICE, /* needs a block device */
    FILESYSTEM_REMOTE, /* needs a server or a daemon */
};

struct filesystem {
    const char *type;
    enum filesystem_class class;
    unsigned namespace; /* enum plan_namespace that must be the user namespace's; or 0 */
    bool in_userns;     /* FS_USERNS_MOUNT: may be mounted in a user namespace */
    bool one;           /* one superblock in a namespace: EBUSY on its own mountpoint */
    bool memory;        /* what is made in it is gone with it */
};

/* The type of that exact name, or NULL. */
const struct filesystem *filesystem_find(const char *type);

enum filesystem_known {
    FILESYSTEM_ABSENT,
    FILESYSTEM_NODEV,
    FILESYSTEM_BLOCK, /* needs a block device */
};

/* Whether the text of /proc/filesystems has the type. */
enum filesystem_known filesystem_known(struct str filesystems, const char *type);

#endif
