/* SPDX-License-Identifier: Apache-2.0
 *
 * The site of a spec: the rootfs in its bundle, and the machine that will run it, opened
 * while one document is looked at. Each part is there or is not known.
 */
#ifndef SPECLINT_SITE_H
#define SPECLINT_SITE_H

#include "buf.h"
#include "bundle.h"
#include "root.h"

/* A line of the machine's mount table. */
struct site_mount {
    const char *point;
    const char *type;
    const char *super;   /* options of the file system */
    unsigned attributes; /* enum attribute (option.h) */
};

struct site {
    const struct search *search;
    const struct bundle *bundle;
    struct marks *out;
    struct root host;   /* fd is -1 unless the machine is the target */
    struct root rootfs; /* with the mounts of the spec as covers; fd is -1 without */
    struct site_mount *mounts; /* of the machine, where it is the target */
    size_t mount_count;
    size_t mount_capacity;
    const char *rootfs_place; /* of the machine, without links; NULL if not known */
    bool of_linux;            /* the spec is for a container on Linux */
    bool in_userns;           /* which has a user namespace */
};

/* Opens what there is. */
void site_open(struct site *site, const struct search *search, struct marks *out);

/* The attributes (option.h) of the mount that a place of the machine is on, as its mount
 * table has it; read-only too where the file system is. */
unsigned site_attributes(const struct site *site, const char *place);

/* The folder of the machine that is the rootfs, as the spec names it, or NULL. */
const char *site_rootfs(const struct site *site);

/* A path of the machine as the spec has it: a relative one is below the bundle. */
const char *site_path(const struct site *site, struct str path);

/* Adds a remark on a node. */
void site_mark(struct site *site, struct mark mark);

/* A text for a remark. */
const char *site_say(const struct site *site, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What stands in the way at a place: "there is no /a/b", "/a/b is a file" … */
const char *site_reason(const struct site *site, const struct root_place *place);

/* Whether a mount has an option of that word; whether it is a bind. */
bool site_has_option(const struct node *mount, struct str word);
bool site_is_bind(const struct node *mount);

/* Whether `place` is `top` or below it, both without dots. */
bool site_is_below(const char *place, const char *top);

void site_close(struct site *site);

/* What is looked at, one function for each part of a spec. */
typedef void site_check_fn(struct site *site);

site_check_fn bundle_root_check;    /* root */
site_check_fn bundle_mount_check;   /* mounts; covers the rootfs with them */
site_check_fn bundle_program_check; /* process, and hooks in the container */
site_check_fn bundle_device_check;  /* linux.devices */
site_check_fn host_hook_check;      /* hooks on the machine */
site_check_fn host_kernel_check;    /* namespaces, modules, limits, sysctls */
site_check_fn host_cgroup_check;    /* linux.resources */

#endif
