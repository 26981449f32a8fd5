/* SPDX-License-Identifier: Apache-2.0
 *
 * Which files of a tree git ignores: the .gitignore files of a folder and those above it
 * (gitignore(5)).
 *
 *     struct gitignore rules;
 *     gitignore_load(&rules, above, "/repo/images");
 *     if (gitignore_matches(&rules, "/repo/images/out.json", false))
 *         …
 *     gitignore_release(&rules);
 */
#ifndef SPECLINT_GITIGNORE_H
#define SPECLINT_GITIGNORE_H

#include "buf.h"

struct gitignore {
    const struct gitignore *above; /* of the folder above; NULL */
    char *folder;                  /* absolute */
    struct buf text;               /* empty where there is no file */
};

/* Reads the file of a folder, if there is one that can be read. `above` is borrowed. */
void gitignore_load(struct gitignore *rules, const struct gitignore *above,
                    const char *folder);

/* Whether a file or folder below, by its absolute path, is ignored. What is in an ignored
 * folder is not asked about. */
bool gitignore_matches(const struct gitignore *rules, const char *path, bool is_folder);

void gitignore_release(struct gitignore *rules);

#define AUTO_GITIGNORE __attribute__((cleanup(gitignore_release)))

#endif
