/* SPDX-License-Identifier: Apache-2.0 */
#include "flags.h"

#include "nearest.h"
#include "shape.h"

#include <stddef.h>

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
    settings->profile_given = true;
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

static bool set_compliance(struct settings *settings, const char *value,
                           struct fault *fault)
{
    static const char *const words[] = {
        [LEVEL_NOTE] = "may",
        [LEVEL_WARNING] = "should",
        [LEVEL_ERROR] = "must",
    };
    unsigned index;
    if (!set_word(value, words, "--compliance-level", &index, fault))
        return false;
    settings->fail_on = (enum level)index;
    return settings->fail_on_given = true;
}

static bool set_platform(struct settings *settings, const char *value,
                         struct fault *fault)
{
    return shape_platform_parse(str_of(value), &settings->lint.platforms) ||
           fault_set(fault,
                     "unknown platform '%s'; use linux, windows, solaris, zos or freebsd",
                     value);
}

static bool set_jobs(struct settings *settings, const char *value, struct fault *fault)
{
    char *end;
    unsigned long jobs = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || jobs == 0 || jobs > JOBS_MAX)
        return fault_set(fault, "--jobs needs a number from 1 to %d, not '%s'", JOBS_MAX,
                         value);
    settings->jobs = (unsigned)jobs;
    return true;
}

#define LINT COMMAND_LINT
#define VALIDATE COMMAND_VALIDATE
#define SWITCH(field) FLAG_SWITCH, offsetof(struct settings, field), NULL
#define TEXT(value, field) value, offsetof(struct settings, field), NULL

/* clang-format off */
static const struct flag table[] = {
    {LINT, "fix", NULL, "repair in place what a safe fix repairs", SWITCH(fix)},
    {LINT, "unsafe-fixes", NULL, "with --fix or --diff: apply unsafe fixes too",
     SWITCH(unsafe_fixes)},
    {LINT, "diff", NULL, "show what --fix would change, write nothing", SWITCH(diff)},
    {LINT, "confirm", "auto|always|never",
     "try fixes of mounts in a dry run: apply unless it refutes them, only what it "
     "accepts, or without it",
     FLAG_WORDS, 0, set_confirm},
    {LINT | COMMAND_MOUNTS | COMMAND_QUERY | COMMAND_RULES | COMMAND_HOOK | VALIDATE,
     "format", "NAME[=FILE]", "how to report, and where", FLAG_FORMAT, 0, set_format},
    {LINT | COMMAND_HOOK, "fail-on", "error|warning|note|never",
     "the level from which findings make the exit status 1 (warning; hook: error)",
     FLAG_WORDS, 0, set_fail_on},
    {LINT | COMMAND_HOOK | VALIDATE, "select", "ID|AREA,…", "only these rules",
     FLAG_RULES, 0, set_select},
    {LINT | COMMAND_HOOK | VALIDATE, "ignore", "ID|AREA,…", "all but these rules",
     FLAG_RULES, 0, set_ignore},
    {LINT | COMMAND_HOOK | VALIDATE, "profile", "default|strict|pedantic",
     "how much to say; each includes the ones before", FLAG_WORDS, 0, set_profile},
    {LINT | COMMAND_MOUNTS | COMMAND_HOOK | VALIDATE, "runtime", "NAME[@VERSION],…|any",
     "what the spec shall run on: runc, crun, youki (runc,crun)", FLAG_RUNTIMES, 0,
     set_runtime},
    {LINT | COMMAND_HOOK | VALIDATE, "spec-version", "VERSION",
     "the version of the runtime spec to hold specs against (what each declares)",
     FLAG_TEXT, 0, set_spec_version},
    {LINT | VALIDATE, "platform", "linux|windows|solaris|zos|freebsd",
     "the platform to hold specs against (what the sections of each say)", FLAG_WORDS, 0,
     set_platform},
    {VALIDATE, "path", "BUNDLE", "the bundle (the current folder)",
     TEXT(FLAG_FOLDER, path)},
    {VALIDATE, "compliance-level", "may|should|must",
     "fail on what the spec forbids with this word or a stronger one, and on findings "
     "from note, warning or error on (must)",
     FLAG_WORDS, 0, set_compliance},
    {VALIDATE, "host-specific", NULL, "the same as --on-target of linting",
     SWITCH(on_target)},
    {LINT | COMMAND_MOUNTS, "on-target", NULL,
     "this machine will run the spec: look for what it names here, and what is missing "
     "is missing",
     SWITCH(on_target)},
    {LINT | COMMAND_EXPLAIN | COMMAND_RULES | COMMAND_HOOK | VALIDATE, "rules", "DIR",
     "read more rules from this folder", FLAG_FOLDER, 0, set_rules},
    {LINT | COMMAND_MOUNTS | COMMAND_EXPLAIN | COMMAND_RULES | COMMAND_HOOK | VALIDATE,
     "config", "FILE",
     "the configuration, instead of the .speclint.yaml above each file",
     TEXT(FLAG_FILE, config)},
    {LINT | COMMAND_MOUNTS | COMMAND_EXPLAIN | COMMAND_RULES | VALIDATE, "isolated", NULL,
     "read no .speclint.yaml", SWITCH(isolated)},
    {LINT, "show-config", NULL, "show what holds for PATH, and lint nothing",
     SWITCH(show_config)},
    {LINT | VALIDATE, "no-ignores", NULL,
     "show what annotations, comments and overrides of the configuration suppress, too",
     SWITCH(no_ignores)},
    {LINT | VALIDATE, "baseline", "FILE", "be silent about the findings in this file",
     TEXT(FLAG_FILE, baseline)},
    {LINT, "write-baseline", NULL, "with --baseline: write all findings to the file",
     SWITCH(write_baseline)},
    {LINT, "files-from", "FILE|-",
     "read more paths from this file, or stdin: a line each, or NUL behind each",
     TEXT(FLAG_FILE, files_from)},
    {LINT, "skip-non-spec", NULL, "pass over files that are no OCI runtime spec",
     SWITCH(skip_non_spec)},
    {LINT | COMMAND_MOUNTS | COMMAND_QUERY, "stdin-filename", "NAME",
     "the name, and so the syntax, of what comes on stdin",
     TEXT(FLAG_FILE, stdin_name)},
    {LINT, "jobs", "N", "how many files to work on at once (one for each processor)",
     FLAG_TEXT, 0, set_jobs},
    {COMMAND_RULES, "functions", NULL, "list the functions that queries may use",
     SWITCH(functions)},
    {LINT | COMMAND_HOOK | VALIDATE, "quiet", NULL,
     "one line for each finding, no source", SWITCH(quiet)},
    {LINT | VALIDATE, "statistics", NULL,
     "count the findings of each rule, below the report", SWITCH(statistics)},
    {LINT | COMMAND_MOUNTS | VALIDATE, "color", "auto|always|never", "colour the text",
     FLAG_WORDS, 0, set_color},
    {COMMAND_ALL, "help", NULL, "show this; also -h", SWITCH(help)},
    {COMMAND_ALL, "version", NULL, "show the version", SWITCH(version)},
    {COMMAND_ALL, "generate", "KIND", NULL, TEXT(FLAG_TEXT, generate)}, /* for the build */
};
/* clang-format on */

#undef LINT
#undef VALIDATE
#undef SWITCH
#undef TEXT

const struct flag *flag_at(size_t index)
{
    return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}

static const struct flag *find_flag(struct str name, const struct command *command)
{
    const struct flag *flag;
    for (size_t i = 0; (flag = flag_at(i)) != NULL; i++) {
        if ((flag->commands & command->id) != 0 && str_equal(str_of(flag->name), name))
            return flag;
    }
    return NULL;
}

static bool fail_unknown(struct str name, const struct command *command,
                         struct fault *fault)
{
    struct nearest nearest = {.word = name};
    const struct flag *flag;
    for (size_t i = 0; (flag = flag_at(i)) != NULL; i++) {
        if (str_equal(str_of(flag->name), name))
            return fault_set(
                fault, "--%.*s is no option of speclint%s%s; see speclint %s%s--help",
                (int)name.len, name.at, command->name[0] ? " " : "", command->name,
                command->name, command->name[0] ? " " : "");
        if ((flag->commands & command->id) != 0 && flag->about != NULL)
            nearest_try(&nearest, flag->name);
    }
    if (nearest.best != NULL)
        return fault_set(fault, "unknown option --%.*s; did you mean --%s?",
                         (int)name.len, name.at, nearest.best);
    return fault_set(fault, "unknown option --%.*s; see speclint --help", (int)name.len,
                     name.at);
}

int flags_before(const struct command *command, int argc, char **argv, int at)
{
    int first = at;
    while (at < argc && argv[at][0] == '-' && argv[at][1] == '-') {
        const char *text = argv[at] + 2;
        const char *sign = strchrnul(text, '=');
        const struct flag *flag =
            find_flag((struct str){text, (size_t)(sign - text)}, command);
        if (flag == NULL || flag->commands != command->id)
            break;
        at += flag->argument != NULL && *sign == '\0' ? 2 : 1;
    }
    return at - first;
}

bool flags_parse(struct settings *settings, int argc, char **argv, int *at,
                 struct fault *fault)
{
    const char *text = argv[*at] + 2;
    const char *sign = strchrnul(text, '=');
    struct str name = {text, (size_t)(sign - text)};
    const struct flag *flag = find_flag(name, settings->command);
    const char *value = *sign ? sign + 1 : NULL;
    if (flag == NULL)
        return fail_unknown(name, settings->command, fault);
    if (flag->argument == NULL && value != NULL)
        return fault_set(fault, "--%s takes no value", flag->name);
    if (flag->argument != NULL && value == NULL) {
        if (*at + 1 == argc)
            return fault_set(fault, "--%s needs a value: %s", flag->name, flag->argument);
        value = argv[++*at];
    }
    if (flag->set != NULL)
        return flag->set(settings, value, fault);
    char *field = (char *)settings + flag->offset;
    if (flag->argument != NULL)
        *(const char **)field = value;
    else
        *(bool *)field = true;
    return true;
}
