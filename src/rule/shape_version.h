/* SPDX-License-Identifier: Apache-2.0
 *
 * Versions of the runtime spec, and what the one that a document declares means for the
 * rules.
 */
#ifndef SPECLINT_SHAPE_VERSION_H
#define SPECLINT_SHAPE_VERSION_H

#include "mem.h"

#include <stdint.h>

/* The releases that changed what a document may hold, oldest first. */
enum release {
    RELEASE_OLD, /* what was before 1.0.0 */
    RELEASE_1_0_0,
    RELEASE_1_0_1,
    RELEASE_1_0_2,
    RELEASE_1_1_0,
    RELEASE_1_2_0,
    RELEASE_1_2_1,
    RELEASE_1_3_0,
    RELEASE_COUNT,
    RELEASE_NEWEST = RELEASE_COUNT - 1,
};

enum version_kind {
    VERSION_RELEASED,
    VERSION_ABSENT,     /* there is none, or it is no version at all */
    VERSION_OLD,        /* older than 1.0.0 */
    VERSION_UNRELEASED, /* 1.0.7: between two releases, never released */
    VERSION_NEWER,      /* 1.9.0: newer than all that speclint knows */
    VERSION_ALIEN,      /* 2.0.0: of another major version */
};

struct shape_version {
    enum version_kind kind;
    enum release at;   /* whose rules hold */
    enum release upto; /* the newest whose members it may use */
};

/* "1.0.2" */
const char *release_name(enum release release);
bool release_parse(struct str text, enum release *release);

/* What a declared version means. A text of no version, also NULL, asks for the newest
 * rules and holds nothing to be too new.
 *
 * A build between releases is named after the one before it, 1.0.2-dev or 1.1.0+dev (the
 * spec's own version.go), and so may use what the next one brought. Other suffixes are
 * treated alike, but for the candidates of a release, 1.1.0-rc.1. */
struct shape_version shape_version_parse(struct str text);

/* Whether the text is a version of SemVer 2.0.0. */
bool shape_version_is_semver(struct str text);

#endif
