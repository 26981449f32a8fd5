/* SPDX-License-Identifier: Apache-2.0
 *
 * The processor of this machine, and the programs that it runs.
 */
#ifndef SPECLINT_MACHINE_H
#define SPECLINT_MACHINE_H

#include "root.h"

/* The name of what an ELF file is made for (its e_machine); NULL for one that is not
 * known here. */
const char *machine_name(unsigned elf);

/* Whether this machine is known not to run programs for that one: not by its processor,
 * nor by an interpreter that its kernel was told of (binfmt_misc). */
bool machine_refuses(struct root *host, unsigned elf);

#endif
