/* SPDX-License-Identifier: Apache-2.0 */
#include "expand.h"

#include "print.h"
#include "prove.h"

static uint32_t depth_of(const struct node *node)
{
    uint32_t depth = 0;
    for (; node->parent != NULL; node = node->parent)
        depth++;
    return depth;
}

/* Later nodes of the document first, and children before their parents. */
static int compare_last_first(const void *left, const void *right)
{
    const struct node *a = *(const struct node *const *)left;
    const struct node *b = *(const struct node *const *)right;
    uint32_t a_depth = depth_of(a), b_depth = depth_of(b);
    int deeper = (b_depth > a_depth) - (b_depth < a_depth);
    for (; a_depth > b_depth; a_depth--)
        a = a->parent;
    for (; b_depth > a_depth; b_depth--)
        b = b->parent;
    if (a == b)
        return deeper;
    while (a->parent != b->parent) {
        a = a->parent;
        b = b->parent;
    }
    return a->index > b->index ? -1 : 1;
}

static void expand_query(const struct rule_op *op, const struct finding *finding,
                         const char *from, struct patch *patch)
{
    struct nodes nodes = {0};
    query_select(&op->query_path, finding->root, finding->node, &nodes);
    if (nodes.count > 0)
        qsort(nodes.items, nodes.count, sizeof *nodes.items, compare_last_first);
    for (size_t i = 0; i < nodes.count; i++) {
        AUTO_BUF struct buf path = {0};
        if (i > 0 && nodes.items[i] == nodes.items[i - 1])
            continue;
        node_pointer(nodes.items[i], &path);
        patch_append(patch, op->kind, buf_str(&path).at, from, op->value);
    }
    nodes_release(&nodes);
}

static void expand(const struct rule_patch *rule_patch, const struct finding *finding,
                   struct patch *patch, const char **unsafe)
{
    AUTO_BUF struct buf candidate = {0};
    node_pointer(finding->node, &candidate);
    for (size_t i = 0; i < rule_patch->count; i++) {
        const struct rule_op *op = &rule_patch->ops[i];
        AUTO_BUF struct buf path = {0}, from = {0};
        size_t count = patch->count;
        if (op->when.ops != NULL && !query_test(&op->when, finding->root, finding->node))
            continue;
        buf_addf(&path, "%s%s", buf_str(&candidate).at, op->path ? op->path : "");
        buf_addf(&from, "%s%s", buf_str(&candidate).at, op->from ? op->from : "");
        const char *source = op->from != NULL ? from.data : NULL;
        if (op->query_path.ops != NULL)
            expand_query(op, finding, source, patch);
        else
            patch_append(patch, op->kind, path.data, source, op->value);
        if (patch->count > count && op->unsafe)
            *unsafe = "the rule calls this part of it unsafe";
    }
}

/* The pointer of the candidate and what a member of an operation adds to it; NULL without
 * such a member. */
static const char *own_pointer(const struct finding *finding, const struct node *member,
                               struct arena *arena)
{
    AUTO_BUF struct buf pointer = {0};
    if (member == NULL || member->type != NODE_STRING)
        return NULL;
    node_pointer(finding->node, &pointer);
    buf_adds(&pointer, node_text(member));
    return arena_copy(arena, buf_str(&pointer).at, pointer.len);
}

static bool expand_own(const struct finding *finding, struct patch *patch,
                       struct arena *arena)
{
    AUTO_DOC struct doc json = {0};
    struct buf text = {0};
    buf_adds(&text, str_of(finding->patch));
    if (!doc_parse(&json, "patch", DOC_JSON, &text, NULL))
        return false;
    for (const struct node *node = json.root->child; node != NULL; node = node->next) {
        enum op_kind kind;
        const struct node *name = node_get(node, STR("op"));
        const struct node *value = node_get(node, STR("value"));
        const char *path = own_pointer(finding, node_get(node, STR("path")), arena);
        const char *from = own_pointer(finding, node_get(node, STR("from")), arena);
        AUTO_BUF struct buf written = {0};
        if (name == NULL || !op_parse(node_text(name), &kind) || path == NULL)
            return false;
        if (value != NULL)
            print_json(value, &written);
        patch_append(patch, kind, path, from,
                     value != NULL ? arena_copy(arena, written.data, written.len) : NULL);
    }
    return true;
}

bool patch_choose(const struct finding *finding, struct patch *patch, const char **unsafe,
                  struct arena *arena)
{
    const struct rule_fix *fix = finding->rule->fix;
    *unsafe = NULL;
    if (finding->patch != NULL) {
        *unsafe = finding->unsafe;
        return expand_own(finding, patch, arena) && prove_applies(finding->root, patch);
    }
    for (size_t i = 0; fix != NULL && i < fix->count; i++) {
        patch_release(patch);
        *unsafe = NULL;
        expand(&fix->patches[i], finding, patch, unsafe);
        if (prove_applies(finding->root, patch))
            return true;
    }
    return false;
}
