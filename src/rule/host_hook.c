/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_mark.h"
#include "program.h"
#include "site.h"

/* One of those that are found on the machine (config.md#posix-platform-hooks); also those
 * of createContainer: runtimes look for them before pivot_root(2). */
static void check_hook(struct site *site, const struct node *hook, bool last)
{
    const struct node *path = node_get(hook, STR("path"));
    struct root_place place;
    AUTO_BUF struct buf interpreter = {0};
    if (path == NULL || path->type != NODE_STRING || path->len == 0 ||
        node_text(path).at[0] != '/')
        return;
    struct mark mark = {.node = hook, .at = path, .lower = last};
    bool found = root_find(&site->host, node_text(path), &place);
    if (!found && root_lacks(&place)) {
        mark.finder = HOOK_MISSING;
        mark.want = site_reason(site, &place);
        site_mark(site, mark);
    } else if (found && !program_is_executable(&place)) {
        mark.finder = HOOK_DENIED;
        mark.want =
            S_ISDIR(place.status.st_mode) ? "is a directory" : "is not executable";
        site_mark(site, mark);
    } else if (found &&
               program_interpreter(&site->host, &place, &interpreter) == PROGRAM_TEXT) {
        mark.finder = HOOK_FORMAT;
        site_mark(site, mark);
    }
}

void host_hook_check(struct site *site)
{
    static const char *const stages[] = {"prestart", "createRuntime", "createContainer",
                                         "poststart", "poststop"};
    const struct node *hooks = node_get(site->search->root, STR("hooks"));
    for (size_t i = 0; site->host.fd >= 0 && i < sizeof stages / sizeof stages[0]; i++) {
        const struct node *list = node_get(hooks, str_of(stages[i]));
        for (const struct node *hook = node_first(list); hook; hook = hook->next)
            check_hook(site, hook, strcmp(stages[i], "poststop") == 0);
    }
}
