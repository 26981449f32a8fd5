/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "file.h"
#include "output.h"

#include <unistd.h>

/* Finds the bundle's config.json and the container's id in the state that a runtime
 * passes to its hooks on stdin (runtime.md#state). */
static bool read_state(struct buf *config, struct buf *id, struct fault *fault)
{
    AUTO_BUF struct buf bytes = {0};
    AUTO_DOC struct doc state = {0};
    if (isatty(STDIN_FILENO))
        return fault_set(fault, "hook is for a container runtime, which passes the "
                                "container's state on stdin; to lint a bundle, say "
                                "speclint BUNDLE");
    if (!file_read_fd(STDIN_FILENO, "state", &bytes, NULL, fault) ||
        !doc_parse(&state, "state", DOC_JSON, &bytes, fault))
        return fault_set_path(fault, "state");
    const struct node *name = node_get(state.root, STR("id"));
    const struct node *bundle = node_get(state.root, STR("bundle"));
    struct str folder = bundle ? node_text(bundle) : STR("");
    fault_set_path(fault, "state");
    if (bundle == NULL || bundle->type != NODE_STRING)
        return fault_set(fault, "has no bundle: stdin must be a container's state as "
                                "runtimes pass it to hooks (runtime.md#state)");
    if (folder.len == 0 || folder.at[0] != '/' || memchr(folder.at, '\0', folder.len))
        return fault_set(fault, "the bundle is no absolute path");
    buf_adds(config, folder);
    buf_adds(config, STR("/config.json"));
    buf_add_visible(id, name ? node_text(name) : STR(""));
    return true;
}

/* Whoever configures the hook decides, so nothing that lies beside a bundle is asked, nor
 * what the spec itself wants to be suppressed. A spec that cannot be read does not start
 * either. */
int command_hook(struct settings *settings)
{
    AUTO_BUF struct buf config = {0};
    AUTO_BUF struct buf id = {0};
    struct fault fault = {0};
    if (settings->argument_count > 0)
        fault_set(&fault, "hook takes no paths; the state on stdin names the bundle");
    if (fault_is_set(&fault) || !read_state(&config, &id, &fault)) {
        print_fault(&fault);
        return STATUS_FAULT;
    }
    settings->arguments = mem_alloc(1, sizeof *settings->arguments);
    settings->arguments[settings->argument_count++] = config.data;
    settings->isolated = true;
    settings->lint.no_suppressions = true;
    if (!settings->fail_on_given)
        settings->fail_on = LEVEL_ERROR;
    int status = command_lint(settings);
    if (status == STATUS_FOUND)
        fprintf(stderr, "speclint: container %s is stopped by the above\n",
                id.data ? id.data : "");
    return status;
}
