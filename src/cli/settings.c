/* SPDX-License-Identifier: Apache-2.0 */
#include "settings.h"

#include "flags.h"
#include "generate.h"
#include "reporters.h"

#include <unistd.h>

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
    const struct flag *flag;
    for (size_t i = 0; (flag = flag_at(i)) != NULL; i++) {
        if ((flag->commands & command->id) != 0 && flag->about != NULL)
            printf("  --%s%s%s\n        %s\n", flag->name, flag->argument ? " " : "",
                   flag->argument ? flag->argument : "", flag->about);
    }
    printf("\nexit status: %s, 2 speclint could not do it\n",
           command->statuses ? command->statuses : "0 nothing found, 1 something found");
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
    bool only_arguments = false;
    int name = 0;
    settings->command = &commands[0];
    for (size_t i = 0; i < count; i++) {
        int place = 1 + flags_before(&commands[i], argc, argv, 1);
        if (commands[i].name[0] != '\0' && place < argc &&
            strcmp(argv[place], commands[i].name) == 0) {
            settings->command = &commands[i];
            name = place;
        }
    }
    for (int at = 1; at < argc; at++) {
        if (at == name)
            continue;
        if (only_arguments || argv[at][0] != '-' || argv[at][1] == '\0') {
            add_argument(settings, argv[at]);
        } else if (strcmp(argv[at], "--") == 0) {
            only_arguments = true;
        } else if (strcmp(argv[at], "-h") == 0) {
            settings->help = true;
        } else if (argv[at][1] != '-') {
            return fault_set(fault, "unknown option %s; see speclint --help", argv[at]);
        } else if (!flags_parse(settings, argc, argv, &at, fault)) {
            return false;
        }
    }
    return true;
}

/* Only findings have all formats, and files to go to. */
static bool check_formats(const struct settings *settings, struct fault *fault)
{
    if ((settings->command->id & (COMMAND_MOUNTS | COMMAND_QUERY | COMMAND_RULES)) == 0)
        return true;
    for (size_t i = 0; i < settings->format_count; i++) {
        const struct format *format = &settings->formats[i];
        if (format->reporter != &report_json && format->reporter != &report_text)
            return fault_set(fault,
                             "--format %s is not for speclint %s; use text or json",
                             format->reporter->name, settings->command->name);
        if (format->file != NULL)
            return fault_set(fault, "--format %s=%s: speclint %s prints to stdout only",
                             format->reporter->name, format->file,
                             settings->command->name);
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
    bool parsed = parse(settings, commands, count, argc, argv, fault);
    if (parsed && settings->help)
        print_help(settings->command, commands, count);
    else if (parsed && settings->version)
        puts("speclint " SPECLINT_VERSION);
    else if (parsed && settings->generate != NULL)
        parsed = generate(settings->generate, commands, count, fault);
    else if (parsed && check_formats(settings, fault))
        return true;
    else
        parsed = false;
    settings_release(settings);
    return parsed;
}

void settings_release(struct settings *settings)
{
    free(settings->lint.select);
    free(settings->lint.ignore);
    free(settings->rule_folders);
    free(settings->arguments);
    *settings = (struct settings){0};
}

bool settings_json(const struct settings *settings)
{
    return settings->format_count > 0 && settings->formats[0].reporter == &report_json;
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
