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
     NULL, command_lint},
    {COMMAND_MOUNTS, "mounts", "PATH...", "dry-run the mounts of a spec, one line each",
     "0 all mounted, 1 one refused", command_mounts},
    {COMMAND_QUERY, "query", "QUERY [PATH]", "what a JSONPath query (RFC 9535) selects",
     "0 done, whatever is selected", command_query},
    {COMMAND_EXPLAIN, "explain", "RULE", "all that a rule has to say", "0 done",
     command_explain},
    {COMMAND_RULES, "rules", "", "the rules, one line each", "0 done", command_rules},
    {COMMAND_TEST, "test", "DIR...", "run the examples of the rules in a folder",
     "0 all pass, 1 one fails", command_test},
    {COMMAND_VALIDATE, "validate", "",
     "hold a bundle's config.json against the spec, with the options of oci-runtime-tool",
     NULL, command_validate},
    {COMMAND_HOOK, "hook", "",
     "guard containers: a createRuntime hook that stops one whose spec has findings",
     NULL, command_hook},
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
