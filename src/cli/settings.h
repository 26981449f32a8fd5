/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line: the commands, the options that each takes, and what was asked for.
 * Parsing, --help and every other list of options are made of the same two tables.
 */
#ifndef SPECLINT_SETTINGS_H
#define SPECLINT_SETTINGS_H

#include "lint.h"
#include "report.h"

#include <stdio.h>

enum command_id {
    COMMAND_LINT = 1 << 0,
    COMMAND_MOUNTS = 1 << 1,
    COMMAND_QUERY = 1 << 2,
    COMMAND_EXPLAIN = 1 << 3,
    COMMAND_RULES = 1 << 4,
    COMMAND_TEST = 1 << 5,
    COMMAND_HOOK = 1 << 6,
    COMMAND_VALIDATE = 1 << 7,
    COMMAND_ALL = (1 << 8) - 1,
};

/* Exit statuses, the same for every command and every format. */
enum status {
    STATUS_CLEAN = 0,
    STATUS_FOUND = 1,
    STATUS_FAULT = 2,
};

enum color {
    COLOR_AUTO,
    COLOR_ALWAYS,
    COLOR_NEVER,
};

enum confirm_mode {
    CONFIRM_AUTO,   /* apply unless the dry run refutes it */
    CONFIRM_ALWAYS, /* apply only what the dry run accepted */
    CONFIRM_NEVER,  /* no dry run */
};

enum {
    FORMAT_MAX = 8,
    JOBS_MAX = 1024,
};

struct format {
    const struct reporter *reporter;
    const char *file; /* NULL for stdout */
};

struct settings {
    const struct command *command;
    struct lint_options lint;
    struct format formats[FORMAT_MAX];
    size_t format_count;
    enum level fail_on;
    bool fail_never;
    bool fail_on_given;
    bool by_spec; /* what the spec forbids fails at the level of the word it uses */
    bool fix;
    bool unsafe_fixes;
    bool diff;
    bool on_target;
    bool quiet;
    bool functions; /* rules --functions */
    bool skip_non_spec;
    bool isolated;
    bool show_config;
    bool no_ignores;
    bool write_baseline;
    bool statistics;
    bool help;
    bool version;
    const char *generate; /* a kind of generate.h */
    unsigned jobs;        /* 0 for one for each processor */
    const char *path;     /* validate --path */
    const char *config;
    const char *baseline;
    const char *files_from;
    bool confirm_given;
    enum confirm_mode confirm;
    enum color color;
    const char *stdin_name;
    const char **rule_folders;
    size_t rule_folder_count;
    size_t rule_folder_capacity;
    size_t select_capacity;
    size_t ignore_capacity;
    bool runtimes_given;
    bool profile_given;
    const char **arguments; /* what is no option, in order */
    size_t argument_count;
    size_t argument_capacity;
};

struct command {
    enum command_id id;
    const char *name;      /* "" for linting, which needs none */
    const char *arguments; /* for the usage line */
    const char *about;
    const char *statuses; /* what the exit statuses but 2 say; NULL: as of linting */
    int (*run)(struct settings *settings); /* returns an enum status */
};

/* Reads the command line. On a fault the settings are released. `--help`, `--version` and
 * `--generate` are answered here: then `settings->command` is NULL. */
bool settings_parse(struct settings *settings, const struct command *commands,
                    size_t count, int argc, char **argv, struct fault *fault);

void settings_release(struct settings *settings);

/* Whether a command that prints text or JSON, to stdout, is asked for JSON. */
bool settings_json(const struct settings *settings);

/* Whether to colour what goes to a stream: --color, NO_COLOR, FORCE_COLOR, TERM, isatty.
 */
bool settings_color(const struct settings *settings, FILE *stream);

#endif
