/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules for the tests of fixing, made of texts: patches are written as in a rule file,
 * but in JSON.
 *
 *     struct made_rule made;
 *     make_rule(&made, "an-id", "$.a", "@ != 1", "[{\"op\": \"replace\", …}]");
 *     … made.rule …
 *     made_rule_release(&made);
 */
#ifndef SPECLINT_TEST_MAKE_RULE_H
#define SPECLINT_TEST_MAKE_RULE_H

#include "doc.h"
#include "print.h"
#include "rule.h"

#include <check.h>

enum { MADE_OPS_MAX = 32, MADE_PATCHES_MAX = 4 };

struct made_rule {
    struct rule rule;
    struct rule_fix fix;
    struct rule_patch patches[MADE_PATCHES_MAX];
    struct rule_op ops[MADE_OPS_MAX];
    size_t op_count;
    struct arena arena;
};

static inline const char *made_text(struct made_rule *made, const struct node *node)
{
    return node != NULL ? arena_copy(&made->arena, node->value, node->len) : NULL;
}

static inline void made_query(struct str text, enum query_kind kind, struct query *query)
{
    struct fault fault = {0};
    ck_assert_msg(query_parse(query, text, kind, &fault), "%s: %s", text.at, fault.text);
}

static inline void made_op(struct made_rule *made, const struct node *node)
{
    static const char *const names[] = {"add",  "remove", "replace",
                                        "move", "copy",   "test"};
    ck_assert_uint_lt(made->op_count, MADE_OPS_MAX);
    struct rule_op *op = &made->ops[made->op_count++];
    *op = (struct rule_op){0};
    while (!node_is_string(node_get(node, STR("op")), str_of(names[op->kind])))
        op->kind++;
    op->path = made_text(made, node_get(node, STR("path")));
    op->from = made_text(made, node_get(node, STR("from")));
    op->unsafe = node_get(node, STR("unsafe")) != NULL;
    const char *when = made_text(made, node_get(node, STR("when")));
    if (when != NULL)
        made_query(str_of(when), QUERY_LOGICAL, &op->when);
    if (op->path[0] == '@') {
        made_query(str_of(op->path), QUERY_RELATIVE, &op->query_path);
        op->path = NULL;
    }
    if (node_get(node, STR("value")) != NULL) {
        AUTO_BUF struct buf value = {0};
        print_json(node_get(node, STR("value")), &value);
        op->value = arena_copy(&made->arena, value.data, value.len);
    }
}

/* `given` and `when` may be NULL; `patch` is one patch or a list of them. */
static inline void make_rule(struct made_rule *made, const char *id, const char *given,
                             const char *when, const char *patch)
{
    AUTO_DOC struct doc json = {0};
    struct buf bytes = {0};
    struct fault fault = {0};
    static const uint32_t no_needs[] = {0};
    *made = (struct made_rule){.rule.needs = no_needs};
    buf_adds(&bytes, str_of(patch));
    ck_assert_msg(doc_parse(&json, "patch", DOC_JSON, &bytes, &fault), "%s: %s", patch,
                  fault.text);
    bool list = json.root->child != NULL && json.root->child->type == NODE_ARRAY;
    const struct node *first = list ? json.root->child : json.root;
    for (const struct node *each = first; each != NULL; each = list ? each->next : NULL) {
        ck_assert_uint_lt(made->fix.count, MADE_PATCHES_MAX);
        struct rule_patch *ops = &made->patches[made->fix.count++];
        *ops = (struct rule_patch){made->ops + made->op_count, each->len};
        for (const struct node *op = each->child; op != NULL; op = op->next)
            made_op(made, op);
    }
    made->fix.title = "change it";
    made->fix.safety = SAFETY_SAFE;
    made->fix.patches = made->patches;
    made->rule.id = id;
    made->rule.area = "test";
    made->rule.title = made->rule.message = made->rule.why = id;
    made->rule.at = made->rule.spec = made->rule.since = "";
    made->rule.level = LEVEL_WARNING;
    made->rule.fix = &made->fix;
    if (given != NULL)
        made_query(str_of(given), QUERY_PATH, &made->rule.given);
    if (when != NULL)
        made_query(str_of(when), QUERY_LOGICAL, &made->rule.when);
}

static inline void made_rule_release(struct made_rule *made)
{
    for (size_t i = 0; i < made->op_count; i++) {
        query_release(&made->ops[i].when);
        query_release(&made->ops[i].query_path);
    }
    query_release(&made->rule.given);
    query_release(&made->rule.when);
    arena_release(&made->arena);
}

#endif
