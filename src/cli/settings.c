/* SPDX-License-Identifier: Apache-2.0 */
#include "settings.h"

#include "nearest.h"
#include "shape_version.h"

#include <unistd.h>

struct option {
    unsigned commands; /* enum command_id, those that take it */
    const char *name;
    const char *argument; /* NULL for a switch */
    const char *about;
    bool (*set)(struct settings *settings, const char *value, struct fault *fault);
};

static bool set_fix(struct settings *settings, const char *value, struct fault *fault)
{
    (void)value, (void)fault;
    return settings->fix = true;
}

static bool set_unsafe_fixes(struct settings *settings, const char *value,
                             struct fault *fault)
{
    (void)value, (void)fault;
    return settings->unsafe_fixes = true;
}

static bool set_diff(struct settings *settings, const char *value, struct fault *fault)
{
    (void)value, (void)fault;
    return settings->diff = true;
}

static bool set_on_target(struct settings *settings, const char *value,
                          struct fault *fault)
{
    (void)value, (void)fault;
    return settings->on_target = true;
}

static bool set_quiet(struct settings *settings, const char *value, struct fault *fault)
{
    (void)value, (void)fault;
    return settings->quiet = true;
}

static bool set_functions(struct settings *settings, const char *value,
                          struct fault *fault)
{
    (void)value, (void)fault;
    return settings->functions = true;
}

static bool set_skip_non_spec(struct settings *settings, const char *value,
                              struct fault *fault)
{
    (void)value, (void)fault;
    return settings->skip_non_spec = true;
}

static bool set_format(struct settings *settings, const char *value, struct fault *fault)
{
    const char *sign = strchrnul(value, '=');
    struct str name = {value, (size_t)(sign - value)};
    const struct reporter *reporter = reporter_find(name);
    if (reporter == NULL) {
        size_t count;
        const struct reporter *const *all = reporters(&count);
        struct nearest nearest = {.word = name};
        AUTO_BUF struct buf known = {0};
        for (size_t i = 0; i < count; i++) {
            nearest_try(&nearest, all[i]->name);
            buf_addf(&known, "%s%s", i ? ", " : "", all[i]->name);
        }
        return fault_set(fault, "unknown format '%.*s'; %s%s%s", (int)name.len, name.at,
                         nearest.best ? "did you mean " : "use ",
                         nearest.best ? nearest.best : known.data,
                         nearest.best ? "?" : "");
    }
    if (settings->format_count == FORMAT_MAX)
        return fault_set(fault, "--format is given more than %d times", FORMAT_MAX);
    for (size_t i = 0; i < settings->format_count && *sign == '\0'; i++) {
        if (settings->formats[i].file == NULL)
            return fault_set(fault,
                             "two formats go to the same output; give one a file, as "
                             "in --format %.*s=FILE",
                             (int)name.len, name.at);
    }
    settings->formats[settings->format_count++] =
        (struct format){reporter, *sign ? sign + 1 : NULL};
    return true;
}

static void add_words(struct str **words, size_t *count, size_t *capacity,
                      const char *value)
{
    while (*value != '\0') {
        const char *comma = strchrnul(value, ',');
        *words = mem_grow(*words, *count, capacity, sizeof **words);
        (*words)[(*count)++] = (struct str){value, (size_t)(comma - value)};
        value = *comma ? comma + 1 : comma;
    }
}

static bool set_select(struct settings *settings, const char *value, struct fault *fault)
{
    (void)fault;
    add_words(&settings->lint.select, &settings->lint.select_count,
              &settings->select_capacity, value);
    return true;
}

static bool set_ignore(struct settings *settings, const char *value, struct fault *fault)
{
    (void)fault;
    add_words(&settings->lint.ignore, &settings->lint.ignore_count,
              &settings->ignore_capacity, value);
    return true;
}

static bool set_profile(struct settings *settings, const char *value, struct fault *fault)
{
    return profile_parse(str_of(value), &settings->lint.profile) ||
           fault_set(fault, "unknown profile '%s'; use default, strict or pedantic",
                     value);
}

static bool set_fail_on(struct settings *settings, const char *value, struct fault *fault)
{
    settings->fail_on_given = true;
    settings->fail_never = strcmp(value, "never") == 0;
    return settings->fail_never || level_parse(str_of(value), &settings->fail_on) ||
           fault_set(fault, "unknown level '%s'; use error, warning, note or never",
                     value);
}

static bool set_runtime(struct settings *settings, const char *value, struct fault *fault)
{
    if (!settings->runtimes_given)
        settings->lint.runtimes.count = 0;
    settings->runtimes_given = true;
    return runtime_set_parse(&settings->lint.runtimes, value, fault);
}

static bool set_word(const char *value, const char *const words[3], const char *what,
                     unsigned *index, struct fault *fault)
{
    for (*index = 0; *index < 3; (*index)++) {
        if (strcmp(value, words[*index]) == 0)
            return true;
    }
    return fault_set(fault, "unknown value '%s' of %s; use %s, %s or %s", value, what,
                     words[0], words[1], words[2]);
}

static bool set_confirm(struct settings *settings, const char *value, struct fault *fault)
{
    unsigned index;
    const char *const words[] = {"auto", "always", "never"};
    if (!set_word(value, words, "--confirm", &index, fault))
        return false;
    settings->confirm = (enum confirm_mode)index;
    return settings->confirm_given = true;
}

static bool set_color(struct settings *settings, const char *value, struct fault *fault)
{
    unsigned index;
    const char *const words[] = {"auto", "always", "never"};
    if (!set_word(value, words, "--color", &index, fault))
        return false;
    settings->color = (enum color)index;
    return true;
}

static bool set_rules(struct settings *settings, const char *value, struct fault *fault)
{
    (void)fault;
    settings->rule_folders =
        mem_grow(settings->rule_folders, settings->rule_folder_count,
                 &settings->rule_folder_capacity, sizeof *settings->rule_folders);
    settings->rule_folders[settings->rule_folder_count++] = value;
    return true;
}

static bool set_spec_version(struct settings *settings, const char *value,
                             struct fault *fault)
{
    if (!shape_version_is_semver(str_of(value)))
        return fault_set(fault, "--spec-version needs a version such as 1.2.0, not '%s'",
                         value);
    settings->lint.spec_version = value;
    return true;
}

static bool set_stdin_filename(struct settings *settings, const char *value,
                               struct fault *fault)
{
    (void)fault;
    settings->stdin_name = value;
    return true;
}

static const struct option options[] = {
    {COMMAND_LINT, "fix", NULL, "repair in place what a safe fix repairs", set_fix},
    {COMMAND_LINT, "unsafe-fixes", NULL, "with --fix or --diff: apply unsafe fixes too",
     set_unsafe_fixes},
    {COMMAND_LINT, "diff", NULL, "show what --fix would change, write nothing", set_diff},
    {COMMAND_LINT, "confirm", "auto|always|never",
     "try fixes of mounts in a dry run: apply unless it refutes them, only what it "
     "accepts, or without it",
     set_confirm},
    {COMMAND_LINT | COMMAND_MOUNTS | COMMAND_QUERY | COMMAND_RULES | COMMAND_HOOK,
     "format", "NAME[=FILE]", "how to report, and where", set_format},
    {COMMAND_LINT | COMMAND_HOOK, "fail-on", "error|warning|note|never",
     "the level from which findings make the exit status 1 (warning; hook: error)", set_fail_on},
    {COMMAND_LINT | COMMAND_HOOK, "select", "ID|AREA,…", "only these rules", set_select},
    {COMMAND_LINT | COMMAND_HOOK, "ignore", "ID|AREA,…", "all but these rules",
     set_ignore},
    {COMMAND_LINT | COMMAND_HOOK, "profile", "default|strict|pedantic",
     "how much to say; each includes the ones before", set_profile},
    {COMMAND_LINT | COMMAND_MOUNTS | COMMAND_HOOK, "runtime", "NAME[@VERSION],…|any",
     "what the spec shall run on: runc, crun, youki (runc,crun)", set_runtime},
    {COMMAND_LINT | COMMAND_HOOK, "spec-version", "VERSION",
     "the version of the runtime spec to hold specs against (what each declares)",
     set_spec_version},
    {COMMAND_LINT | COMMAND_MOUNTS, "on-target", NULL,
     "this machine will run the spec: what is missing here is missing", set_on_target},
    {COMMAND_LINT | COMMAND_EXPLAIN | COMMAND_RULES | COMMAND_HOOK, "rules", "DIR",
     "read more rules from this folder", set_rules},
    {COMMAND_LINT, "skip-non-spec", NULL, "pass over files that are no OCI runtime spec",
     set_skip_non_spec},
    {COMMAND_LINT | COMMAND_MOUNTS | COMMAND_QUERY, "stdin-filename", "NAME",
     "the name, and so the syntax, of what comes on stdin", set_stdin_filename},
    {COMMAND_RULES, "functions", NULL, "list the functions that queries may use",
     set_functions},
    {COMMAND_LINT | COMMAND_HOOK, "quiet", NULL, "one line for each finding, no source",
     set_quiet},
    {COMMAND_LINT | COMMAND_MOUNTS, "color", "auto|always|never", "colour the text",
     set_color},
};

enum { OPTION_COUNT = sizeof options / sizeof options[0] };

static void print_help(const struct command *command, const struct command *commands,
                       size_t count)
{
    printf("usage: speclint %s%s[OPTIONS] %s\n\n%s\n", command->name,
           command->name[0] ? " " : "", command->arguments, command->about);
    if (command->id == COMMAND_LINT) {
        puts("\ncommands:");
        for (size_t i = 0; i < count; i++) {
            if (commands[i].name[0] != '\0')
                printf("  %-8s %-16s %s\n", commands[i].name, commands[i].arguments,
                       commands[i].about);
        }
    }
    puts("\noptions:");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option *option = &options[i];
        if ((option->commands & command->id) != 0)
            printf("  --%s%s%s\n        %s\n", option->name, option->argument ? " " : "",
                   option->argument ? option->argument : "", option->about);
    }
    puts("  --help\n        show this\n  --version\n        show the version\n");
    puts("exit status: 0 nothing found, 1 something found, 2 speclint could not do it");
}

static const struct option *find_option(struct str name, const struct command *command)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((options[i].commands & command->id) != 0 &&
            str_equal(str_of(options[i].name), name))
            return &options[i];
    }
    return NULL;
}

static bool fail_unknown_option(struct str name, const struct command *command,
                                struct fault *fault)
{
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (str_equal(str_of(options[i].name), name))
            return fault_set(
                fault, "--%.*s is no option of speclint %s; see speclint %s%s--help",
                (int)name.len, name.at, command->name, command->name,
                command->name[0] ? " " : "");
        if ((options[i].commands & command->id) != 0)
            nearest_try(&nearest, options[i].name);
    }
    if (nearest.best != NULL)
        return fault_set(fault, "unknown option --%.*s; did you mean --%s?",
                         (int)name.len, name.at, nearest.best);
    return fault_set(fault, "unknown option --%.*s; see speclint --help", (int)name.len,
                     name.at);
}

/* The option at argv[*at], which begins with two dashes, and its argument. */
static bool parse_option(struct settings *settings, int argc, char **argv, int *at,
                         struct fault *fault)
{
    const char *text = argv[*at] + 2;
    const char *sign = strchrnul(text, '=');
    struct str name = {text, (size_t)(sign - text)};
    const struct option *option = find_option(name, settings->command);
    const char *value = *sign ? sign + 1 : NULL;
    if (option == NULL)
        return fail_unknown_option(name, settings->command, fault);
    if (option->argument == NULL && value != NULL)
        return fault_set(fault, "--%s takes no value", option->name);
    if (option->argument != NULL && value == NULL) {
        if (*at + 1 == argc)
            return fault_set(fault, "--%s needs a value: %s", option->name,
                             option->argument);
        value = argv[++*at];
    }
    return option->set(settings, value, fault);
}

static void add_argument(struct settings *settings, const char *argument)
{
    settings->arguments =
        mem_grow(settings->arguments, settings->argument_count,
                 &settings->argument_capacity, sizeof *settings->arguments);
    settings->arguments[settings->argument_count++] = argument;
}

static bool parse(struct settings *settings, const struct command *commands, size_t count,
                  int argc, char **argv, struct fault *fault)
{
    int at = 1;
    bool only_arguments = false;
    settings->command = &commands[0];
    for (size_t i = 0; argc > 1 && i < count; i++) {
        if (commands[i].name[0] != '\0' && strcmp(argv[1], commands[i].name) == 0) {
            settings->command = &commands[i];
            at = 2;
        }
    }
    for (; at < argc; at++) {
        if (only_arguments || argv[at][0] != '-' || argv[at][1] == '\0') {
            add_argument(settings, argv[at]);
        } else if (strcmp(argv[at], "--") == 0) {
            only_arguments = true;
        } else if (strcmp(argv[at], "--help") == 0 || strcmp(argv[at], "-h") == 0) {
            print_help(settings->command, commands, count);
            settings->command = NULL;
            return true;
        } else if (strcmp(argv[at], "--version") == 0) {
            puts("speclint " SPECLINT_VERSION);
            settings->command = NULL;
            return true;
        } else if (argv[at][1] != '-') {
            return fault_set(fault, "unknown option %s; see speclint --help", argv[at]);
        } else if (!parse_option(settings, argc, argv, &at, fault)) {
            return false;
        }
    }
    return true;
}

bool settings_parse(struct settings *settings, const struct command *commands,
                    size_t count, int argc, char **argv, struct fault *fault)
{
    *settings = (struct settings){
        .lint = {.profile = PROFILE_DEFAULT, .runtimes = runtime_default()},
        .fail_on = LEVEL_WARNING,
    };
    if (parse(settings, commands, count, argc, argv, fault))
        return true;
    settings_release(settings);
    return false;
}

void settings_release(struct settings *settings)
{
    free(settings->lint.select);
    free(settings->lint.ignore);
    free(settings->rule_folders);
    free(settings->arguments);
    *settings = (struct settings){0};
}

static bool check_words(const struct str *words, size_t count, const char *option,
                        const struct ruleset *set, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        struct nearest nearest = {.word = words[i]};
        bool known = ruleset_find(set, words[i]) != NULL;
        for (size_t k = 0; k < set->count && !known; k++) {
            known = str_equal(str_of(set->rules[k]->area), words[i]);
            nearest_try(&nearest, set->rules[k]->id);
            nearest_try(&nearest, set->rules[k]->area);
        }
        if (!known && nearest.best != NULL)
            return fault_set(fault,
                             "%s: there is no rule or area '%.*s'; did you mean %s?",
                             option, (int)words[i].len, words[i].at, nearest.best);
        if (!known)
            return fault_set(
                fault, "%s: there is no rule or area '%.*s'; speclint rules lists them",
                option, (int)words[i].len, words[i].at);
    }
    return true;
}

bool settings_rules(const struct settings *settings, struct ruleset *set,
                    struct fault *fault)
{
    ruleset_add_builtin(set);
    for (size_t i = 0; i < settings->rule_folder_count; i++) {
        if (!ruleset_add_folder(set, settings->rule_folders[i], fault))
            return false;
    }
    return check_words(settings->lint.select, settings->lint.select_count, "--select",
                       set, fault) &&
           check_words(settings->lint.ignore, settings->lint.ignore_count, "--ignore",
                       set, fault);
}

bool settings_color(const struct settings *settings, FILE *stream)
{
    const char *no_color = getenv("NO_COLOR");
    const char *force_color = getenv("FORCE_COLOR");
    const char *term = getenv("TERM");
    if (settings->color != COLOR_AUTO)
        return settings->color == COLOR_ALWAYS;
    if (no_color != NULL && no_color[0] != '\0') /* no-color.org: when not empty */
        return false;
    if (force_color != NULL && force_color[0] != '\0')
        return true;
    return isatty(fileno(stream)) && term != NULL && strcmp(term, "dumb") != 0;
}
