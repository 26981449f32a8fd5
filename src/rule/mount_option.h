/* SPDX-License-Identifier: Apache-2.0
 *
 * The options of all mounts, looked at once: those that runtimes know (option.h), those
 * that the kernel takes (fstype.h), and those that nobody does.
 */
#ifndef SPECLINT_MOUNT_OPTION_H
#define SPECLINT_MOUNT_OPTION_H

#include "finder.h"
#include "fstype.h"
#include "option.h"

/* What is found, as rule files name it. */
#define MOUNT_UNDONE "options-undone"
#define MOUNT_UNDONE_ALL "recursive-options-undone"
#define MOUNT_CONTRADICT "options-contradicting"
#define MOUNT_PROPAGATIONS "propagation-twice"
#define MOUNT_ACCESS_TIMES "access-times-twice"
#define MOUNT_CRUN_ACCESS_TIMES "access-times-of-all-submounts"
#define MOUNT_REPEATED "options-repeated"
#define MOUNT_SET_TWICE "options-set-twice"
#define MOUNT_OPTIONAL "options-that-may-be-unknown"
#define MOUNT_JOINED "options-joined"
#define MOUNT_DATA_JOINED "data-joined"
#define MOUNT_BIND_TWICE "bind-and-rbind"
#define MOUNT_EMPTY "options-empty"
#define MOUNT_DEFAULTS "options-defaults"
#define MOUNT_OF_CRUN "options-of-crun"
#define MOUNT_RUNC_FLAG "flags-of-runc"
#define MOUNT_SYMFOLLOW "symfollow-on-binds"
#define MOUNT_COPY_UP "tmpcopyup"
#define MOUNT_COPY_UP_VAIN "tmpcopyup-without-tmpfs"
#define MOUNT_DROPPED "flags-that-youki-drops"
#define MOUNT_PROPAGATION "propagation-of-mounts"
#define MOUNT_SUBMOUNTS "flags-of-the-top-only"
#define MOUNT_SUBMOUNTS_MAYBE "flags-of-the-top-maybe"
#define MOUNT_RECURSIVE "recursive-words-without-bind"
#define MOUNT_NODEV "nodev-on-dev"
#define MOUNT_TINY "tiny-dev"
#define BIND_UNKNOWN "unknown-options-on-binds"
#define BIND_DATA "data-on-binds"
#define BIND_ENGINE "words-of-engines-on-binds"
#define DATA_UNKNOWN "unknown-options-on-filesystems"
#define DATA_IGNORED "options-that-filesystems-ignore"
#define DATA_ENGINE "words-of-engines-on-filesystems"
#define DATA_VALUE "bad-option-values"
#define DATA_ODD "odd-option-values"
#define DATA_UNMAPPED "unmapped-option-ids"
#define OVERLAY_RELATIVE "relative-overlay-layers"
#define OVERLAY_LAYERS "incomplete-overlay-layers"

finder_fn mount_option_check;

/* The look at one mount after the other. */
struct mount_scan {
    const struct search *search;
    struct marks *out;
    const struct node *uids; /* what an id in an option must be in; NULL for anything */
    const struct node *gids;
    unsigned guesses; /* how often the nearest option was looked for */

    /* Of this mount. */
    const struct mount *mount;
    const struct fstype *filesystem; /* of its type; NULL for a bind and for others */
    bool changes;                    /* a remount or a move */
    bool fresh;     /* no bind, and of a type that may be a file system's */
    bool copies_up; /* a fresh tmpfs */
};

/* The options that no runtime knows: data for the kernel, or nothing at all. */
void mount_data_check(struct mount_scan *scan);

/* One part of an option: its name, and what stands behind the =. */
struct mount_part {
    struct str text;
    struct str name;
    struct str value;
    bool has_value;
};

struct mount_part mount_part_of(struct str text);

/* The directories that one option of an overlay names, and all that it needs. */
void mount_layers_check(struct mount_scan *scan, const struct node *node,
                        const struct mount_part *part);
void mount_overlay_check(struct mount_scan *scan);

enum { MOUNT_OPS_MAX = 64 }; /* a fix of more operations is not offered */

/* Texts and patches, in the arena of the search. */
const char *mount_text(const struct mount_scan *scan, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
const char *mount_text_value(const struct mount_scan *scan, struct str value);
const char *mount_patch_replace(const struct mount_scan *scan, struct str value);
const char *mount_patch_remove(void);

/* Marks one option: {place} is the mount's destination, {have} the option. */
void mount_mark(struct mount_scan *scan, struct mark mark);

#endif
