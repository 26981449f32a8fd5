/* SPDX-License-Identifier: Apache-2.0
 *
 * Sentences: a verdict as one sentence for a person, with the remedy. Everything that
 * comes from a document is made visible.
 */
#ifndef SPECLINT_SENTENCE_H
#define SPECLINT_SENTENCE_H

#include "policy.h"

/* Adds the sentence for a verdict that is not MOUNT_MOUNTED, or that has a `why`. */
void sentence_verdict(const struct plan *plan, const struct trial *trial, size_t index,
                      struct runtime_version runtime, const struct verdict *verdict,
                      struct buf *out);

/* Adds why the trial as a whole came to nothing on this machine, and what to do; nothing
 * when it did not. */
void sentence_limit(const struct trial *trial, struct buf *out);

/* "EPERM"; the number where it has no name. */
void sentence_errno(int error, struct buf *out);

#endif
