/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents in every style, patches of every kind, and what must hold of each fix:
 *
 *  - it passes its proof: there is no fault;
 *  - outside of its edits the bytes are the same, and read again the document is the
 *    patched value;
 *  - a safe fix keeps all comments;
 *  - line ends, and one line for a text of one line, stay what they were;
 *  - made again, it changes nothing.
 */
#include "fix.h"
#include "json_patch.h"
#include "look.h"
#include "make_rule.h"

#include <stdio.h>

enum { DOCUMENTS = 2500, PATCHES = 4 };

/* One operation or two, at places that mostly exist. `*repeatable` says that done again
 * it must change nothing. */
static void random_patch(const struct doc *doc, struct buf *patch, bool *repeatable)
{
    enum { NODES_MAX = 512 };
    const struct node *nodes[NODES_MAX];
    unsigned found = 0, count = one_in(4) ? 2 : 1;
    for (const struct node *node = doc->root; node != NULL && found < NODES_MAX;
         node = node_walk(node, doc->root))
        nodes[found++] = node;
    *repeatable = count == 1;
    buf_addc(patch, '[');
    for (unsigned i = 0; i < count; i++) {
        const struct node *node = nodes[below(found)];
        const char *kind =
            PICK("add", "add", "replace", "replace", "remove", "remove", "move", "copy");
        bool adds = strcmp(kind, "remove") != 0 && strcmp(kind, "replace") != 0;
        bool moves = adds && strcmp(kind, "add") != 0;
        bool in_array = node->parent != NULL && node->parent->type == NODE_ARRAY;
        AUTO_BUF struct buf path = {0}, from = {0};
        node_pointer(node, &path);
        node_pointer(nodes[below(found)], &from);
        if (adds && node->type == NODE_OBJECT) {
            node_pointer_add(&path, str_of(PICK("type", "source", "new", "a/b", "x y")));
            in_array = false;
        } else if (adds && node->type == NODE_ARRAY) {
            buf_addf(&path, "/%s", PICK("-", "0", "1"));
            in_array = true;
        }
        if (moves || strcmp(kind, "remove") == 0 || (adds && in_array))
            *repeatable = false;
        buf_addf(patch, "%s{\"op\":\"%s\",\"path\":", i > 0 ? "," : "", kind);
        print_json_string(buf_str(&path), patch);
        if (moves) {
            buf_adds(patch, STR(",\"from\":"));
            print_json_string(buf_str(&from), patch);
        } else if (strcmp(kind, "remove") != 0) {
            buf_adds(patch, STR(",\"value\":"));
            look_random(patch, 3);
        }
        buf_addc(patch, '}');
    }
    buf_addc(patch, ']');
}

static unsigned offered, safe, refused;

static void make(const struct doc *doc, const struct made_rule *made, const char *patch,
                 struct fix *fix)
{
    struct fault fault = {0};
    const struct finding finding = {
        .rule = &made->rule, .root = doc->root, .node = doc->root, .at = doc->root};
    ck_assert_msg(fix_make(doc, &finding, fix, &fault), "%s\n--- patch\n%s\n--- text\n%s",
                  fault.text, patch, doc->bytes.data);
}

static size_t count_text(const struct buf *text, const char *what)
{
    size_t count = 0;
    for (const char *at = text->data; (at = strstr(at, what)) != NULL; at++)
        count++;
    return count;
}

static bool do_operation(json_t **document, const struct node *node)
{
    enum op_kind kind;
    const struct node *value = node_get(node, STR("value"));
    const struct node *from = node_get(node, STR("from"));
    AUTO_JSON json_t *with = value != NULL ? value_of(value) : NULL;
    AUTO_BUF struct buf path = {0}, source = {0};
    buf_adds(&path, node_text(node_get(node, STR("path"))));
    if (from != NULL)
        buf_adds(&source, node_text(from));
    return op_parse(node_text(node_get(node, STR("op"))), &kind) &&
           json_patch(document, kind, buf_str(&path).at, buf_str(&source).at, with);
}

static void check_fix(const struct look *look, const struct doc *doc,
                      const struct made_rule *made, const struct fix *fix,
                      bool repeatable, const char *patch)
{
    AUTO_BUF struct buf out = {0};
    edits_apply(&fix->edits, buf_str(&doc->bytes), &out);
#define HOLDS(condition)                                                                 \
    ck_assert_msg(condition, "%s\n--- patch\n%s\n--- text\n%s\n--- becomes\n%s",         \
                  #condition, patch, doc->bytes.data, out.data)
    for (size_t i = 0; i < fix->edits.count; i++) {
        const struct span span = fix->edits.items[i].span;
        HOLDS(span.start <= span.end && span.end <= doc->text.len);
        HOLDS(i == 0 || fix->edits.items[i - 1].span.end <= span.start);
    }
    if (fix->safety == SAFETY_SAFE)
        HOLDS(look_has_comments(look, out.data));
    if (count_text(&doc->bytes, "\r") > 0)
        HOLDS(count_text(&out, "\n") == count_text(&out, "\r\n"));
    else
        HOLDS(count_text(&out, "\r") == 0);
    if (!look->yaml && count_text(&doc->bytes, "\n") == 0)
        HOLDS(count_text(&out, "\n") == 0);

    AUTO_DOC struct doc again = {0};
    AUTO_BUF struct buf copy = {0};
    struct fault fault = {0};
    buf_adds(&copy, buf_str(&out));
    HOLDS(doc_parse(&again, "again", doc->syntax, &copy, &fault));
    AUTO_JSON json_t *want = value_of(doc->root);
    AUTO_DOC struct doc absolute = {0};
    struct buf absolute_text = {0};
    buf_adds(&absolute_text, str_of(fix->patch));
    HOLDS(doc_parse(&absolute, "patch", DOC_JSON, &absolute_text, &fault));
    for (const struct node *op = absolute.root->child; op != NULL; op = op->next)
        HOLDS(do_operation(&want, op));
    AUTO_JSON json_t *got = value_of(again.root);
    HOLDS(json_equal(want, got));
    if (repeatable) {
        struct fix second;
        make(&again, made, patch, &second);
        HOLDS(second.patch == NULL);
        fix_release(&second);
    }
}

/* A random document; one in four YAML ones has anchors and aliases. */
static void make_document(struct look *look, uint64_t seed, struct doc *doc)
{
    AUTO_DOC struct doc value = {0};
    struct buf json = {0};
    struct fault fault = {0};
    look_choose(look, seed);
    look->aliases = one_in(4) ? 1 + below(3) : 0;
    look_random(&json, 5);
    ck_assert(doc_parse(&value, "value", DOC_JSON, &json, &fault));
    look_write(look, value.root);
    AUTO_BUF struct buf text = {0};
    buf_adds(&text, buf_str(&look->out));
    ck_assert_msg(
        doc_parse(doc, "document", look->yaml ? DOC_YAML : DOC_JSON, &look->out, &fault),
        "seed %u: %u:%u: %s\n%s", (unsigned)seed, fault.line, fault.column, fault.text,
        text.data);
}

START_TEST(test_property)
{
    for (unsigned round = 0; round < DOCUMENTS; round++) {
        struct look look;
        AUTO_DOC struct doc doc = {0};
        make_document(&look, round, &doc);
        for (unsigned i = 0; i < PATCHES; i++) {
            AUTO_BUF struct buf patch = {0};
            struct made_rule made;
            struct fix fix;
            bool repeatable;
            random_patch(&doc, &patch, &repeatable);
            make_rule(&made, "test-rule", NULL, NULL, patch.data);
            make(&doc, &made, patch.data, &fix);
            if (fix.patch != NULL)
                check_fix(&look, &doc, &made, &fix, repeatable, patch.data);
            offered += fix.patch != NULL;
            safe += fix.patch != NULL && fix.safety == SAFETY_SAFE;
            refused += fix.patch == NULL && strstr(fix.demoted, "edit") != NULL;
            fix_release(&fix);
            made_rule_release(&made);
        }
    }
    printf("%u fixes, %u of them safe; %u texts could not be edited\n", offered, safe,
           refused);
    /* That the documents and patches are what they are meant to be. */
    ck_assert_uint_ge(offered, DOCUMENTS);
    ck_assert_uint_ge(safe, DOCUMENTS / 2);
    ck_assert_uint_le(refused, DOCUMENTS / 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("property");
    TCase *cases = tcase_create("property");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, test_property);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
