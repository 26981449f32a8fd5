/* SPDX-License-Identifier: Apache-2.0
 *
 * Traits: what is true of a mount, from the plan and the trial, that a runtime looks at.
 * A set of them is a number; the rows of policy.c ask for sets. Pure.
 *
 *     uint64_t traits = trait_of(&plan, trial, i, runtime, on_target);
 *     if (traits & IS(BUSY))
 *         …
 */
#ifndef SPECLINT_TRAIT_H
#define SPECLINT_TRAIT_H

#include "trial.h"

enum trait {
    NO_OBJECT,
    NO_DESTINATION, /* for that runtime: Go ignores case */
    NUL,
    BIND,      /* for that runtime: to youki by its type too */
    NO_SOURCE, /* no member of that name */
    EMPTY_SOURCE,
    SOURCE_DENIED,  /* to root of the user namespace */
    DATA,           /* some option is for the file system */
    FOREIGN,        /* a word is data to that runtime, and the kernel has no use for it */
    COMMA,          /* two options in one string */
    UNMAPPED,       /* uid= or gid= names an id that the user namespace has not */
    IDMAP,          /* asked for by an option or by mappings */
    IDMAP_WORD,     /* by an option */
    ID_MAP_MISSING, /* but there are no ids to map */
    PROPAGATIONS,   /* more than one */
    ATIME_ALL,      /* an access time for all mounts below */
    ATIME_CLEARED,  /* likewise, only cleared, or two of them */
    COPY_UP,        /* tmpcopyup, and no tmpfs */
    AT_ROOT,
    NOT_FIRST,
    DANGLING,      /* a link on the way to the destination leads nowhere */
    FILE_SLASH,    /* a file on a destination that ends in a slash */
    SYSTEM_LINK,   /* proc or sysfs on a symbolic link */
    SYSTEM_DEEP,   /* proc or sysfs on what is missing and not at the top */
    PLACE_DENIED,  /* missing, and the rootfs is not for the user namespace's root */
    ROOTFS_RO,     /* missing in a rootfs that is read-only */
    BIND_RO,       /* missing in an earlier bind mount that is */
    MEMORY_RO,     /* missing in an earlier tmpfs that is to be */
    ON_PROC,       /* on /proc, and not a proc file system */
    BELOW_PROC,    /* below it, and none of the files that lxcfs emulates */
    OLD_UNCHECKED, /* of a type whose destination runc 1.1 does not check */
    REMOUNT_NOTHING,
    LAYERS_MISSING, /* of an overlay, as runc looks for them */
    LOCKED,         /* flags of the source, for that version of runc */
    SYSFS_RO_FAILS, /* a read-only sysfs, in a user namespace */
    JOINED_FAILS,   /* proc or mqueue, whose namespace is joined and another's */
    NO_CLONE,       /* a bind that is not recursive, of what has mounts below */
    LOCKED_BELOW,   /* a recursive option would clear a locked flag */
    BUSY,           /* the same file system on its own mountpoint */
};

#define IS(trait) (UINT64_C(1) << (trait))

/* The traits of a mount for a runtime. Off the target, what only the rootfs on this
 * machine is to blame for is left out. */
uint64_t trait_of(const struct plan *plan, const struct trial *trial, size_t index,
                  struct runtime_version runtime, bool on_target);

#endif
