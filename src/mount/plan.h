/* SPDX-License-Identifier: Apache-2.0
 *
 * The plan of a dry run: what a spec asks of the kernel, read once and in order. Pure; it
 * opens nothing and can be made anywhere.
 *
 *     struct plan plan;
 *     plan_init(&plan, root);
 *     for (size_t i = 0; i < plan.count; i++)
 *         … plan.mounts[i] …
 *     plan_release(&plan);
 */
#ifndef SPECLINT_PLAN_H
#define SPECLINT_PLAN_H

#include "node.h"
#include "option.h"

enum plan_namespace {
    PLAN_USER = 1 << 0,
    PLAN_MOUNT = 1 << 1,
    PLAN_PID = 1 << 2,
    PLAN_NETWORK = 1 << 3,
    PLAN_IPC = 1 << 4,
    PLAN_UTS = 1 << 5,
    PLAN_CGROUP = 1 << 6,
    PLAN_TIME = 1 << 7,
    PLAN_NAMESPACES = 8,
};

/* What is wrong with an entry before the kernel is asked. */
enum plan_flaw {
    PLAN_SOUND,
    PLAN_NO_OBJECT,
    PLAN_NO_DESTINATION,
    PLAN_NUL, /* a string with a NUL: Go refuses it, C ends there */
};

/* One option for the file system, as mount(2) would split it (commas). */
struct plan_data {
    const char *text;
    bool id;     /* uid= or gid= with a number */
    bool mapped; /* that number is one of the user namespace's, or there is none */
};

struct plan_mount {
    const struct node *node;
    enum plan_flaw flaw;
    const char *destination;
    const char *type;
    const char *source;
    bool has_type;
    bool has_source;
    bool folded; /* "destination" is there only when case is ignored, as Go does */
    bool bind;   /* by its options, as runc and crun have it */
    bool rbind;
    bool remount;
    bool copy_up;
    bool idmap;        /* an option or mappings ask for it */
    bool idmap_option; /* an option asks for it */
    unsigned mappings; /* 1: uidMappings, 2: gidMappings */
    unsigned set;      /* enum attribute; of a word and its opposite the last counts */
    unsigned clear;
    unsigned ever_set;     /* what was set by any word, even when a later one clears it */
    unsigned set_all;      /* with every mount below */
    unsigned ever_set_all; /* likewise, by any word */
    unsigned clear_all;
    unsigned propagation;                        /* every one that a word asked for */
    unsigned options;                            /* how many words there are */
    const struct option *foreign[RUNTIME_COUNT]; /* the first word that is data to that
                                                    runtime and not to the kernel */
    const char *comma;    /* the first option with a comma in it; NULL without */
    const char *unmapped; /* the first uid= or gid= whose number is not mapped; NULL */
    struct plan_data *data;
    unsigned data_count;
};

struct plan {
    const struct node *root;
    unsigned fresh;                     /* enum plan_namespace: made for the container */
    unsigned joined;                    /* by a path */
    const char *paths[PLAN_NAMESPACES]; /* of those, by bit; NULL without */
    const char *rootfs;                 /* root.path; NULL without */
    bool readonly;
    char *uid_map; /* for /proc/PID/uid_map; NULL without mappings */
    char *gid_map;
    bool rootless;     /* they leave id 0 of the user namespace without one outside */
    const char *fault; /* why there is nothing to try, for a person; NULL without */
    struct plan_mount *mounts;
    size_t count;
    struct arena arena;
};

void plan_init(struct plan *plan, const struct node *root);

/* "user", "mount", …: the words of config-linux.md; `bit` counts from 0. */
const char *plan_namespace_name(unsigned bit);

void plan_release(struct plan *plan);

#endif
