/* SPDX-License-Identifier: Apache-2.0
 *
 * What is there after a trial: the flags of each mount, and mounts that came along and
 * stay writable below a read-only one. Linux only, in the sandbox only.
 */
#ifndef SPECLINT_SEEN_H
#define SPECLINT_SEEN_H

#include "trial.h"

/* Fills the seen… members of every mount that was made. Makes `root` the root directory
 * of this process, since mountinfo shows what is below that and no more; `self` is
 * /proc/self, opened before. */
void seen_fill(struct trial *trial, const struct plan *plan, int root, int self);

#endif
