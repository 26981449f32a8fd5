/* SPDX-License-Identifier: Apache-2.0
 *
 * The man pages, as man(7) text, and the same tables as Markdown.
 */
#ifndef SPECLINT_MANUAL_H
#define SPECLINT_MANUAL_H

#include "settings.h"

/* speclint(1), speclint.yaml(5), speclint-rules(7). */
void manual_program(const struct command *commands, size_t count, struct buf *out);
void manual_config(const struct command *commands, size_t count, struct buf *out);
void manual_rules(const struct command *commands, size_t count, struct buf *out);

/* Tables for the README. */
void manual_table_commands(const struct command *commands, size_t count, struct buf *out);
void manual_table_options(const struct command *commands, size_t count, struct buf *out);
void manual_table_config(const struct command *commands, size_t count, struct buf *out);
void manual_table_rules(const struct command *commands, size_t count, struct buf *out);

#endif
