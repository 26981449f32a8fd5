/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "output.h"

static const struct command commands[] = {
    {COMMAND_LINT, "", "[PATH...]",
     "Says what runtimes and the kernel will make of OCI runtime specs, and repairs "
     "them.\n"
     "PATH is a config.json (or the same as YAML), a bundle folder, a tree to walk, or "
     "-\n"
     "for stdin; without one the current folder.",
     command_lint},
    {COMMAND_MOUNTS, "mounts", "PATH...", "dry-run the mounts of a spec, one line each",
     command_mounts},
    {COMMAND_QUERY, "query", "QUERY [PATH]", "what a JSONPath query (RFC 9535) selects",
     command_query},
    {COMMAND_EXPLAIN, "explain", "RULE", "all that a rule has to say", command_explain},
    {COMMAND_RULES, "rules", "", "the rules, one line each", command_rules},
    {COMMAND_TEST, "test", "DIR...", "run the examples of the rules in a folder",
     command_test},
    {COMMAND_VALIDATE, "validate", "",
     "hold a bundle's config.json against the spec, with the options of oci-runtime-tool",
     command_validate},
    {COMMAND_HOOK, "hook", "",
     "guard containers: a createRuntime hook that stops one whose spec has findings",
     command_hook},
};

int main(int argc, char **argv)
{
    struct settings settings;
    struct fault fault = {0};
    if (!settings_parse(&settings, commands, sizeof commands / sizeof commands[0], argc,
                        argv, &fault)) {
        print_fault(&fault);
        return STATUS_FAULT;
    }
    int status = STATUS_CLEAN;
    if (settings.command != NULL)
        status = settings.command->run(&settings);
    if (fflush(stdout) != 0 || ferror(stdout))
        status = STATUS_FAULT;
    settings_release(&settings);
    return status;
}
