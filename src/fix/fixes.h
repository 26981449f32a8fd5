/* SPDX-License-Identifier: Apache-2.0
 *
 * The fixes of many findings at once, which costs much less than one after the other:
 * those that are one edit each, and not in each other's way, are proven together.
 *
 *     fixes_make(&doc, findings, count, on_fault, context);
 */
#ifndef SPECLINT_FIXES_H
#define SPECLINT_FIXES_H

#include "fix.h"

/* What is told of a finding whose fix did not pass its proof. */
typedef void fixes_fault_fn(void *context, struct finding *finding,
                            const struct fault *fault);

/* Gives each of the findings, which have none, the fix that fix_make makes, where it
 * makes one that can be offered. */
void fixes_make(const struct doc *doc, struct finding **findings, size_t count,
                fixes_fault_fn *on_fault, void *context);

#endif
