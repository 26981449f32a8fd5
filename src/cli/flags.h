/* SPDX-License-Identifier: Apache-2.0
 *
 * The flags, as users call them options: one table, of which parsing, --help, the man
 * page, the completions and the README are made.
 */
#ifndef SPECLINT_FLAGS_H
#define SPECLINT_FLAGS_H

#include "settings.h"

/* What an option takes, for completions. */
enum flag_value {
    FLAG_SWITCH, /* nothing */
    FLAG_TEXT,
    FLAG_WORDS, /* one of `argument`, which lists them with | */
    FLAG_FILE,
    FLAG_FOLDER,
    FLAG_FORMAT,
    FLAG_RULES,
    FLAG_RUNTIMES,
};

struct flag {
    unsigned commands; /* enum command_id, those that take it */
    const char *name;
    const char *argument; /* NULL for a switch */
    const char *about;    /* NULL for one that nobody is told of */
    enum flag_value value;
    size_t offset; /* in struct settings: a bool that a switch sets, or a const char * */
    bool (*set)(struct settings *settings, const char *value,
                struct fault *fault); /* instead of the offset; NULL */
};

/* The option at a place of the table, NULL behind the last. */
const struct flag *flag_at(size_t index);

/* How many of the arguments from `at` on are options that no other command has, with
 * their values: they may stand before the command's name. */
int flags_before(const struct command *command, int argc, char **argv, int at);

/* Reads the option at argv[*at], which begins with two dashes, and its argument. */
bool flags_parse(struct settings *settings, int argc, char **argv, int *at,
                 struct fault *fault);

#endif
