/* SPDX-License-Identifier: Apache-2.0
 *
 * What people who come from oci-runtime-tool (opencontainers/runtime-tools 0.9.0,
 * cmd/oci-runtime-tool) have in their scripts: `validate`, with its options, of which two
 * stand before the word.
 */
#include "commands.h"
#include "output.h"
#include "repository.h"

#include <sys/stat.h>

int command_validate(struct settings *settings)
{
    AUTO_BUF struct buf config = {0};
    struct fault fault = {0};
    struct stat status;
    const char *path = settings->path ? settings->path : "config.json";
    if (settings->argument_count > 0) {
        fault_set(&fault, "validate takes no paths but --path BUNDLE");
        print_fault(&fault);
        return STATUS_FAULT;
    }
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        path_join(path, "config.json", &config);
    else
        buf_adds(&config, str_of(path));
    settings->arguments = mem_alloc(1, sizeof *settings->arguments);
    settings->arguments[settings->argument_count++] = config.data;
    settings->by_spec = true;
    if (!settings->fail_on_given)
        settings->fail_on = LEVEL_ERROR;
    return command_lint(settings);
}
