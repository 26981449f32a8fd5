/* SPDX-License-Identifier: Apache-2.0
 *
 * A document and a patch: the first byte says JSON (j) or YAML (y), the rest of the first
 * line is the patch, what follows is the document. A fix that does not pass its proof is
 * a crash here, and so is a safe one that loses a comment.
 */
#include "comment.h"
#include "fix.h"
#include "print.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OPS_MAX = 8 };

static const char *text_of(struct arena *arena, const struct node *node)
{
    return node != NULL && node->type == NODE_STRING &&
                   memchr(node->value, '\0', node->len) == NULL
               ? arena_copy(arena, node->value, node->len)
               : NULL;
}

/* False where it is no patch. */
static bool read_ops(struct doc *json, struct rule_op *ops, size_t *count)
{
    for (const struct node *node = json->root->child; node != NULL; node = node->next) {
        if (*count == OPS_MAX)
            return false;
        struct rule_op *op = &ops[(*count)++];
        const char *name = text_of(&json->arena, node_get(node, STR("op")));
        const struct node *value = node_get(node, STR("value"));
        *op = (struct rule_op){
            .path = text_of(&json->arena, node_get(node, STR("path"))),
            .from = text_of(&json->arena, node_get(node, STR("from"))),
        };
        while (name != NULL && op->kind <= OP_TEST &&
               strcmp(op_name(op->kind), name) != 0)
            op->kind++;
        if (name == NULL || op->kind > OP_TEST || op->path == NULL)
            return false;
        bool moves = op->kind == OP_MOVE || op->kind == OP_COPY;
        if (moves ? op->from == NULL : op->kind != OP_REMOVE && value == NULL)
            return false;
        if (!moves)
            op->from = NULL;
        if (value != NULL && !moves && op->kind != OP_REMOVE) {
            AUTO_BUF struct buf text = {0};
            print_json(value, &text);
            op->value = arena_copy(&json->arena, text.data, text.len);
        }
    }
    return true;
}

static void check(const struct doc *doc, const struct fix *fix)
{
    struct buf text = {0};
    AUTO_DOC struct doc after = {0};
    edits_apply(&fix->edits, buf_str(&doc->bytes), &text);
    if (!doc_parse(&after, "after", doc->syntax, &text, NULL))
        abort();
    if (fix->safety == SAFETY_SAFE && comment_lost(doc, &after).len > 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
    if (end == NULL || end == data || size > 4096)
        return 0;
    AUTO_DOC struct doc json = {0};
    AUTO_DOC struct doc doc = {0};
    struct buf patch = {0}, text = {0};
    buf_add(&patch, (const char *)data + 1, (size_t)(end - data) - 1);
    buf_add(&text, (const char *)end + 1, size - (size_t)(end + 1 - data));
    enum doc_syntax syntax = data[0] == 'y' ? DOC_YAML : DOC_JSON;
    if (!doc_parse(&json, "patch", DOC_JSON, &patch, NULL) ||
        !doc_parse(&doc, "document", syntax, &text, NULL)) {
        buf_release(&text);
        return 0;
    }
    struct rule_op ops[OPS_MAX];
    size_t count = 0;
    if (!read_ops(&json, ops, &count))
        return 0;
    const struct rule_patch rule_patch = {ops, count};
    const struct rule_fix rule_fix = {"change it", SAFETY_SAFE, &rule_patch, 1};
    const struct rule rule = {.id = "a-rule", .fix = &rule_fix};
    for (const struct node *root = doc.root; root != NULL; root = root->next) {
        const struct finding finding = {
            .rule = &rule, .root = root, .node = root, .at = root};
        struct fault fault = {0};
        struct fix fix;
        if (fix_make(&doc, &finding, &fix, &fault)) {
            if (fix.patch != NULL)
                check(&doc, &fix);
        } else if (strstr(fault.text, "jansson cannot read the document") == NULL) {
            fprintf(stderr, "%s\n", fault.text);
            abort();
        }
        fix_release(&fix);
    }
    return 0;
}
