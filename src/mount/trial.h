/* SPDX-License-Identifier: Apache-2.0
 *
 * The trial: every mount of a plan made for real in a sandbox, on a tmpfs that has the
 * shape of the rootfs, and what the kernel said to each. Facts only; what a runtime would
 * do with them is policy.h. The rootfs, the bundle and the host are read, never written.
 *
 *     struct trial *trial = trial_run(&plan, "/my/bundle");
 *     if (trial->state == TRIAL_DONE)
 *         … trial->mounts[i] …
 *     trial_release(trial);
 */
#ifndef SPECLINT_TRIAL_H
#define SPECLINT_TRIAL_H

#include "plan.h"

#include <stdint.h>

enum stage {
    STAGE_NONE,
    STAGE_SPEC,        /* the entry itself */
    STAGE_SOURCE,      /* finding the source of a bind mount */
    STAGE_DESTINATION, /* finding or making the mountpoint */
    STAGE_FSOPEN,
    STAGE_FSCONFIG, /* one option */
    STAGE_CREATE,   /* FSCONFIG_CMD_CREATE: the file system itself */
    STAGE_FSMOUNT,
    STAGE_OPEN_TREE,
    STAGE_SETATTR,
    STAGE_MOVE,
    STAGE_MOUNT,   /* what only mount(2) says */
    STAGE_REMOUNT, /* the second mount(2) of a bind mount, for its flags */
    STAGE_COUNT,
};

/* "fsopen", …: the word for a report. */
const char *stage_name(enum stage stage);

/* Where a mountpoint is missing and the file system cannot take a new one. */
enum trial_read_only {
    TRIAL_WRITABLE,
    TRIAL_ROOTFS_RO,
    TRIAL_BIND_RO,
    TRIAL_MEMORY_RO, /* a tmpfs of the spec's own that is to be read-only */
};

enum trial_in_proc {
    TRIAL_NOT_PROC,
    TRIAL_PROC,       /* the destination is /proc */
    TRIAL_BELOW_PROC, /* below it */
    TRIAL_LXCFS,      /* below it, one of the files that lxcfs emulates */
};

enum {
    TRIAL_LOG = 512,
    TRIAL_TEXT = 160,
};

struct trial_mount {
    bool done;
    uint8_t stage;       /* where it failed; STAGE_NONE: mounted, or nothing to fail */
    bool made;           /* it was mounted, not only judged by its options */
    int error;           /* errno */
    int option;          /* index of the plan's data, or -1 */
    char log[TRIAL_LOG]; /* the kernel's words, a line each */
    char by[TRIAL_TEXT]; /* "too revealing": the mount that is in the way */

    int source_fd; /* in the sandbox only */
    int source_error;
    int source_denied; /* the user namespace's root cannot reach the source */
    bool source_directory;
    bool source_block;  /* a block device */
    bool source_proc;   /* the root of a proc file system */
    bool type_absent;   /* the kernel does not know the type now */
    bool type_loadable; /* but may have a module for it */
    unsigned source_attributes;
    bool layers_missing; /* overlay: a relative layer is not below the rootfs */

    int place_error;     /* finding or making the mountpoint */
    bool place_missing;  /* it is not there; a runtime makes it */
    bool place_denied;   /* but may not in the rootfs that is here */
    bool place_symlink;  /* its last part is a symbolic link */
    bool place_dangling; /* a link on the way leads nowhere */
    bool place_root;     /* it is the root of the container */
    bool place_mounted;  /* something is mounted on it already */
    unsigned place_depth;
    uint8_t place_read_only; /* enum trial_read_only */
    uint8_t place_in_proc;   /* enum trial_in_proc */
    bool busy; /* the very file system is mounted on that mountpoint: mount(2) refuses */

    uint64_t mount_id; /* in the sandbox only */
    bool seen;
    unsigned seen_attributes;
    char seen_type[32];
    unsigned seen_writable; /* mounts below a read-only bind that are writable */
    char seen_writable_at[TRIAL_TEXT]; /* the first of them, below the destination */
};

enum trial_state {
    TRIAL_DONE,
    TRIAL_DEADLINE, /* mounts that are not done were not reached */
    TRIAL_NO_CHILD, /* no namespaces; `error` */
    TRIAL_NO_MAP,   /* no id map; `error` */
    TRIAL_NO_ROOT,  /* no root of its own to mount on; `error` at `stage` */
    TRIAL_DIED,
    TRIAL_NOT_LINUX,
};

struct trial {
    enum trial_state state;
    enum stage stage;
    int error;
    bool mapped;      /* the spec's own id maps were in force, or all ids without any */
    bool stand_in;    /* a user namespace that the spec does not ask for stood in for
                         root's rights */
    bool unified;     /* the host has cgroup v2 only */
    int rootfs_error; /* errno of opening root.path; 0 without one too */
    int path_error;   /* errno of a namespace's path */
    const char *path; /* which; borrowed from the plan */
    char kernel[65];  /* uname -r */
    unsigned user;
    unsigned namespaces; /* enum plan_namespace that were made */
    size_t count;
    size_t size; /* of this object, which is shared memory */
    struct trial_mount mounts[];
};

/* Tries a plan. `bundle` is the folder of the spec, NULL when it has none. Never NULL;
 * the caller releases it. */
struct trial *trial_run(const struct plan *plan, const char *bundle);

void trial_release(struct trial *trial);

#endif
