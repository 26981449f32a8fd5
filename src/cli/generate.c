/* SPDX-License-Identifier: Apache-2.0 */
#include "generate.h"

bool generate(const char *kind, const struct command *commands, size_t count,
              struct fault *fault)
{
    (void)commands;
    (void)count;
    return fault_set(fault, "--generate knows nothing of '%s'", kind);
}
