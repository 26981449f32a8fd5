/* SPDX-License-Identifier: Apache-2.0
 *
 * Completions for shells.
 */
#ifndef SPECLINT_COMPLETION_H
#define SPECLINT_COMPLETION_H

#include "settings.h"

void completion_bash(const struct command *commands, size_t count, struct buf *out);
void completion_zsh(const struct command *commands, size_t count, struct buf *out);
void completion_fish(const struct command *commands, size_t count, struct buf *out);

#endif
