/* SPDX-License-Identifier: Apache-2.0
 *
 * The runtimes that a spec shall run on: names and versions, as --runtime takes them.
 */
#ifndef SPECLINT_RUNTIME_H
#define SPECLINT_RUNTIME_H

#include "fault.h"
#include "mem.h"

#include <stdint.h>

enum runtime {
    RUNTIME_RUNC,
    RUNTIME_CRUN,
    RUNTIME_YOUKI,
    RUNTIME_COUNT,
};

struct runtime_version {
    enum runtime runtime;
    uint16_t number[3]; /* major, minor, patch */
};

enum { RUNTIME_MAX = 16 };

struct runtime_set {
    struct runtime_version items[RUNTIME_MAX];
    size_t count;
};

const char *runtime_name(enum runtime runtime);

/* The newest version that speclint knows: runc 1.5.1, crun 1.27.1, youki 0.7.0. */
struct runtime_version runtime_newest(enum runtime runtime);

/* runc and crun at their newest: what every engine ships. */
struct runtime_set runtime_default(void);

/* Adds what `text` names: NAME[@VERSION] separated by commas, or "any" for all runtimes
 * at their newest. Faults on an unknown name, a version that is no number, and too many.
 * A version may lack its last parts, which count as 0. */
bool runtime_set_parse(struct runtime_set *set, const char *text, struct fault *fault);

/* The runtime of that name, and the numbers of a version ("1.5", "1.5.1"; parts that lack
 * are 0); false for anything else. */
bool runtime_parse(struct str name, enum runtime *runtime);
bool runtime_version_parse(struct str text, uint16_t number[static 3]);

/* <0, 0 or >0 as the version of `a` is below, equal to or above that of `b`. */
int runtime_compare(const uint16_t a[3], const uint16_t b[3]);

/* Adds "runc@1.5.1". */
struct buf;
void runtime_format(struct runtime_version version, struct buf *out);

#endif
