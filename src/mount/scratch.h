/* SPDX-License-Identifier: Apache-2.0
 *
 * The scratch root: a tmpfs in the sandbox that gets the directories, files and symbolic
 * links which the rootfs has on the way to each destination, so that mounts are made on
 * the same shape without touching it. Every path is resolved as if the root were "/".
 * Linux only, in the sandbox only.
 */
#ifndef SPECLINT_SCRATCH_H
#define SPECLINT_SCRATCH_H

#include "trial.h"

struct scratch {
    int root;   /* of the tmpfs */
    int rootfs; /* what it has the shape of; -1 without */
    uint64_t device;
    bool rights; /* what this process may do in the rootfs is what a runtime may */
    struct scratch_memory *memories; /* room for one for each mount */
    size_t memory_count;
    unsigned spares;
};

/* A file system that only this sandbox has, so that mountpoints may be made in it. */
struct scratch_memory {
    uint64_t device;
    bool read_only; /* the spec wants it so */
};

/* Makes the tmpfs and mounts it over the root directory, where it hides nothing. Returns
 * STAGE_NONE, or the stage that failed with errno. */
enum stage scratch_open(struct scratch *scratch, size_t mounts);

/* What the rootfs has at a destination, apart from what a mount needs to know. */
struct scratch_place {
    uint64_t device;
    bool mounted;   /* something is mounted there */
    bool read_only; /* missing, where nothing can be made */
    bool denied;    /* missing, where we may not make it */
};

/* Copies the shape of the rootfs on the way to a path. */
void scratch_mirror(struct scratch *scratch, const char *path,
                    struct scratch_place *place);

/* Opens the destination of a mount in the scratch root as it is now, making what is
 * missing where that is the sandbox's own; elsewhere a spare place stands in for it.
 * Fills the place_… members of `out`; returns a descriptor, or -1 with place_error set.
 */
int scratch_place(struct scratch *scratch, const char *path, bool directory,
                  const struct scratch_place *rootfs, struct trial_mount *out);

/* The device of what is open, and whether it is the root of a mount. */
bool scratch_device(int fd, uint64_t *device);

/* Says that mountpoints may be made in the file system of that device. */
void scratch_own(struct scratch *scratch, uint64_t device, bool read_only);

#endif
