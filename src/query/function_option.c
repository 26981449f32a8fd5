/* SPDX-License-Identifier: Apache-2.0 */
#include "function.h"

/* config.md, "Linux mount options": options of one group undo each other, and the last
 * one wins, as runc's specconv applies them in their order. A word that is in no group is
 * undone by nothing. */
static const char *const groups[][8] = {
    {"ro", "rw"},
    {"suid", "nosuid"},
    {"dev", "nodev"},
    {"exec", "noexec"},
    {"async", "sync"},
    {"atime", "noatime"},
    {"diratime", "nodiratime"},
    {"relatime", "norelatime"},
    {"strictatime", "nostrictatime"},
    {"lazytime", "nolazytime"},
    {"mand", "nomand"},
    {"iversion", "noiversion"},
    {"loud", "silent"},
    {"symfollow", "nosymfollow"},
    {"private", "shared", "slave", "unbindable", "rprivate", "rshared", "rslave",
     "runbindable"},
    {"rro", "rrw"},
    {"rsuid", "rnosuid"},
    {"rdev", "rnodev"},
    {"rexec", "rnoexec"},
    {"ratime", "rnoatime"},
    {"rdiratime", "rnodiratime"},
    {"rrelatime", "rnorelatime"},
    {"rstrictatime", "rnostrictatime"},
    {"rsymfollow", "rnosymfollow"},
};

enum { GROUP_WORDS = sizeof groups[0] / sizeof *groups[0] };

static bool group_has(const char *const *group, struct str word)
{
    for (size_t i = 0; i < GROUP_WORDS && group[i] != NULL; i++) {
        if (str_equal(str_of(group[i]), word))
            return true;
    }
    return false;
}

static const char *const *group_of(struct str word)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (group_has(groups[i], word))
            return groups[i];
    }
    return NULL;
}

struct query_value function_option(struct query_call *call)
{
    const struct node *options = node_get(query_single(call, 0), STR("options"));
    const struct query_value *word = &call->arguments[1].value;
    bool holds = false;
    if (options == NULL || options->type != NODE_ARRAY || !query_is_string(word))
        return query_boolean(false);
    const char *const *group = NULL;
    for (const struct node *option = options->child; option; option = option->next) {
        if (node_is_string(option, word->text)) {
            group = group_of(word->text);
            holds = true;
        } else if (holds && option->type == NODE_STRING && group != NULL &&
                   group_has(group, node_text(option))) {
            holds = false;
        }
    }
    return query_boolean(holds);
}
