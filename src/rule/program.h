/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that are to be executed: what the kernel needs besides them (execve(2)).
 */
#ifndef SPECLINT_PROGRAM_H
#define SPECLINT_PROGRAM_H

#include "buf.h"
#include "root.h"

enum program_kind {
    PROGRAM_UNREADABLE,
    PROGRAM_OTHER, /* of some format that a kernel may know by other means */
    PROGRAM_TEXT,  /* plain text, or empty: of no format at all */
    PROGRAM_SCRIPT,
    PROGRAM_ELF,
};

/* Whether a place that was found is a file that somebody may execute. */
bool program_is_executable(const struct root_place *place);

/* Adds the path of the interpreter that the first line of a script, or the program header
 * of an ELF file, names; nothing where an ELF file needs none. */
enum program_kind program_interpreter(const struct root *root,
                                      const struct root_place *place, struct buf *out);

/* What processor an ELF file is made for (its e_machine); 0 for any other file. */
unsigned program_machine(const struct root *root, const struct root_place *place);

#endif
