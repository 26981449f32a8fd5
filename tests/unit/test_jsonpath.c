/* SPDX-License-Identifier: Apache-2.0
 *
 * The public JSONPath compliance suite, in its own format, as far as it is at hand.
 */
#include "doc.h"
#include "query.h"

#include <check.h>
#include <jansson.h>

static json_t *cases;

/* The document of a case goes through the text, as every document does. */
static bool parse(struct doc *doc, const json_t *value)
{
    struct fault fault = {0};
    struct buf bytes = {0};
    AUTO_FREE char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    buf_adds(&bytes, str_of(text));
    if (!doc_parse(doc, "case", DOC_JSON, &bytes, &fault))
        ck_abort_msg("%s in %s", fault.text, text);
    return true;
}

/* Whether a list of nodes is what one of the allowed results says. */
static bool values_are(const struct nodes *found, const json_t *want)
{
    struct doc doc;
    bool same = parse(&doc, want) && doc.root->len == found->count;
    const struct node *value = doc.root->child;
    for (size_t i = 0; same && i < found->count; i++, value = value->next)
        same = node_equal(found->items[i], value);
    doc_release(&doc);
    return same;
}

static bool paths_are(const struct nodes *found, const json_t *want)
{
    bool same = json_array_size(want) == found->count;
    for (size_t i = 0; same && i < found->count; i++) {
        AUTO_BUF struct buf path = {0};
        node_path(found->items[i], &path);
        same =
            str_equal(buf_str(&path), str_of(json_string_value(json_array_get(want, i))));
    }
    return same;
}

static bool result_is_one_of(const struct nodes *found, const json_t *test)
{
    const json_t *result = json_object_get(test, "result");
    if (result != NULL)
        return values_are(found, result) &&
               paths_are(found, json_object_get(test, "result_paths"));
    const json_t *results = json_object_get(test, "results");
    const json_t *paths = json_object_get(test, "results_paths");
    for (size_t i = 0; i < json_array_size(results); i++) {
        if (values_are(found, json_array_get(results, i)) &&
            paths_are(found, json_array_get(paths, i)))
            return true;
    }
    return false;
}

START_TEST(complies)
{
    const json_t *test = json_array_get(cases, (size_t)_i);
    const char *name = json_string_value(json_object_get(test, "name"));
    const json_t *selector = json_object_get(test, "selector");
    struct str text = {json_string_value(selector), json_string_length(selector)};
    struct fault fault = {0};
    struct query query;
    bool parsed = query_parse(&query, text, QUERY_PATH, &fault);
    if (json_is_true(json_object_get(test, "invalid_selector"))) {
        ck_assert_msg(!parsed, "%s: %s was taken", name, text.at);
        ck_assert_msg(fault.column > 0, "%s: no column: %s", name, fault.text);
        return;
    }
    ck_assert_msg(parsed, "%s: %s: %u: %s", name, text.at, fault.column, fault.text);
    struct doc doc;
    struct nodes found = {0};
    parse(&doc, json_object_get(test, "document"));
    query_select(&query, doc.root, doc.root, &found);
    ck_assert_msg(result_is_one_of(&found, test), "%s: %s: wrong nodes", name, text.at);
    nodes_release(&found);
    doc_release(&doc);
    query_release(&query);
}
END_TEST

int main(void)
{
    static const char path[] = SPECLINT_SHARED "/jsonpath/cts-half.json";
    json_error_t error;
    json_t *suite = json_load_file(path, JSON_ALLOW_NUL, &error);
    if (suite == NULL) {
        printf("skipped: %s: %s\n", path, error.text);
        return 77;
    }
    cases = json_object_get(suite, "tests");
    TCase *tcase = tcase_create("compliance");
    tcase_add_loop_test(tcase, complies, 0, (int)json_array_size(cases));
    Suite *check = suite_create("jsonpath");
    suite_add_tcase(check, tcase);
    SRunner *runner = srunner_create(check);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    json_decref(suite);
    return failed > 0;
}
