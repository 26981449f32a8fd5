/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands, each in the file of its name. Each returns an exit status and prints its
 * own faults.
 */
#ifndef SPECLINT_COMMANDS_H
#define SPECLINT_COMMANDS_H

#include "settings.h"

int command_lint(struct settings *settings);
int command_mounts(struct settings *settings);
int command_query(struct settings *settings);
int command_explain(struct settings *settings);
int command_rules(struct settings *settings);
int command_test(struct settings *settings);
int command_validate(struct settings *settings);
int command_hook(struct settings *settings);

#endif
