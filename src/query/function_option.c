/* SPDX-License-Identifier: Apache-2.0 */
#include "quick.h"

/* config.md, "Linux mount options": options of one group undo each other, and the last
 * one wins, as runc's specconv applies them in their order. A word that is in no group is
 * undone by nothing. */
#define W(word)                                                                          \
    {                                                                                    \
        word, sizeof(word) - 1                                                           \
    }

static const struct str groups[][8] = {
    {W("ro"), W("rw")},
    {W("suid"), W("nosuid")},
    {W("dev"), W("nodev")},
    {W("exec"), W("noexec")},
    {W("async"), W("sync")},
    {W("atime"), W("noatime")},
    {W("diratime"), W("nodiratime")},
    {W("relatime"), W("norelatime")},
    {W("strictatime"), W("nostrictatime")},
    {W("lazytime"), W("nolazytime")},
    {W("mand"), W("nomand")},
    {W("iversion"), W("noiversion")},
    {W("loud"), W("silent")},
    {W("symfollow"), W("nosymfollow")},
    {W("private"), W("shared"), W("slave"), W("unbindable"), W("rprivate"), W("rshared"),
     W("rslave"), W("runbindable")},
    {W("rro"), W("rrw")},
    {W("rsuid"), W("rnosuid")},
    {W("rdev"), W("rnodev")},
    {W("rexec"), W("rnoexec")},
    {W("ratime"), W("rnoatime")},
    {W("rdiratime"), W("rnodiratime")},
    {W("rrelatime"), W("rnorelatime")},
    {W("rstrictatime"), W("rnostrictatime")},
    {W("rsymfollow"), W("rnosymfollow")},
};

#undef W

enum { GROUP_WORDS = sizeof groups[0] / sizeof *groups[0] };

static bool group_has(const struct str *group, struct str word)
{
    for (size_t i = 0; i < GROUP_WORDS && group[i].len > 0; i++) {
        if (group[i].len == word.len && mem_equal(group[i].at, word.at, word.len))
            return true;
    }
    return false;
}

static const struct str *group_of(struct str word)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (group_has(groups[i], word))
            return groups[i];
    }
    return NULL;
}

static bool has_option(const struct node *mount, struct str word)
{
    const struct node *options = node_get(mount, STR("options"));
    const struct str *group = NULL;
    bool holds = false;
    if (options == NULL || options->type != NODE_ARRAY)
        return false;
    for (const struct node *option = options->child; option; option = option->next) {
        if (node_is_string(option, word)) {
            group = group_of(word);
            holds = true;
        } else if (holds && option->type == NODE_STRING && group != NULL &&
                   group_has(group, node_text(option))) {
            holds = false;
        }
    }
    return holds;
}

struct query_value function_option(struct query_call *call)
{
    const struct query_value *word = &call->arguments[1].value;
    return query_boolean(query_is_string(word) &&
                         has_option(query_single(call, 0), word->text));
}

enum quick_answer quick_option(struct query_run *run, const struct query_op *call,
                               const struct node *node)
{
    const struct query_op *word = &run->ops[run->ops[call->child].next];
    if (word->code != CODE_LITERAL || word->type != NODE_STRING)
        return QUICK_UNKNOWN;
    return has_option(node, (struct str){run->strings + word->text, word->len})
               ? QUICK_YES
               : QUICK_NO;
}
