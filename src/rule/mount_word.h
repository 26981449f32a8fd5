/* SPDX-License-Identifier: Apache-2.0
 *
 * What a word among the options of a mount was meant to be, where no runtime and no
 * kernel knows it: a misspelt option, or a word for an engine or for mount(8).
 */
#ifndef SPECLINT_MOUNT_WORD_H
#define SPECLINT_MOUNT_WORD_H

#include "fstype.h"

enum word_kind {
    WORD_UNKNOWN,
    WORD_MEANT,  /* an option was meant: `meant` */
    WORD_ENGINE, /* known to `whose` alone */
    WORD_CRUN,   /* known to crun alone */
};

struct mount_word {
    enum word_kind kind;
    const char *meant; /* in the arena or constant; NULL if there is none */
    const char
        *unsafe;       /* why putting it there, or dropping the word, is not safe; NULL */
    const char *whose; /* WORD_ENGINE: who writes it, and for what */
};

/* `filesystem` has the options that may be meant besides those of runtimes; NULL for
 * none. `guess`: whether to look for the nearest one by its letters, which costs the most
 * by far. */
void mount_word_read(struct str word, const struct fstype *filesystem, bool guess,
                     struct arena *arena, struct mount_word *out);

#endif
