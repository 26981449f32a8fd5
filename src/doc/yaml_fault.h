/* SPDX-License-Identifier: Apache-2.0
 *
 * What libyaml found wrong, in the words of speclint: the place, what was expected, what
 * was there, and what to do. libyaml names its own tokens and counts characters.
 */
#ifndef SPECLINT_YAML_FAULT_H
#define SPECLINT_YAML_FAULT_H

#include "fault.h"
#include "text.h"

struct yaml_problem {
    const char *problem; /* libyaml's text */
    const char *context; /* the same for what it was doing; may be NULL */
    uint32_t at;         /* offset of the problem */
    uint32_t context_at; /* offset of the context, if there is one */
    struct span scalar;  /* the scalar that was read last; empty if none */
};

/* Sets the fault. Always returns false. */
bool yaml_fault(struct text *text, const struct yaml_problem *problem,
                struct fault *fault);

/* Sets the fault "expected …, found …; hint" about what stands at an offset. `hint` may
 * be NULL. Always returns false. */
bool yaml_fault_expected(struct text *text, uint32_t at, const char *expected,
                         const char *hint, struct fault *fault);

#endif
