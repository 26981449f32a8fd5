/* SPDX-License-Identifier: Apache-2.0
 *
 * Man pages, completions and tables of the README, made of the tables in the code:
 * `speclint --generate KIND`, for the build.
 */
#ifndef SPECLINT_GENERATE_H
#define SPECLINT_GENERATE_H

#include "settings.h"

/* Prints one of them. Faults on an unknown kind. */
bool generate(const char *kind, const struct command *commands, size_t count,
              struct fault *fault);

#endif
