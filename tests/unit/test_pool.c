/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include "doc.h"
#include "op.h"

#include <check.h>

static const char document[] =
    "{\"a\": [\"x\", \"y\", \"x\", \"z\"], \"b\": [\"z\", \"y\"], \"c\": {\"d\": 1}}";

static const char *const givens[] = {
    "$.a[?in_nodes(@, $.b[*])]", "$.a[?duplicate_of_earlier(@)]",
    "$.b[?in_nodes(@, $.a[*])]", "$.c[?@ == $.c.d]",
    "$.a[?match(@, '[w-y]')]",   "$.b[?match(@, '[w-y]')]",
    "$..[?@ == $.b[0]]",
};

static const char *const whens[] = {
    "in_nodes(@, $.b[*])",
    "$.b[*]",
    "!$.b[*] || @ == 'x'",
    "match(@, '[w-y]')",
    "$.c && duplicate_of_earlier(@)",
    "$.no || @ == $.a[0]",
};

enum {
    GIVENS = sizeof givens / sizeof *givens,
    WHENS = sizeof whens / sizeof *whens,
};

static uint32_t add(struct query_pool *pool, const char *text, enum query_kind kind)
{
    struct query query;
    struct fault fault = {0};
    uint32_t entry;
    if (!query_parse(&query, str_of(text), kind, &fault) ||
        !query_pool_add(pool, &query, &entry, &fault))
        ck_abort_msg("%s: %s", text, fault.text);
    query_release(&query);
    return entry;
}

static void parse(struct doc *doc)
{
    struct buf bytes = {0};
    buf_adds(&bytes, str_of(document));
    ck_assert(doc_parse(doc, "test", DOC_JSON, &bytes, NULL));
}

/* What is printed is compiled and run as the built-in rules: here only what could not be
 * compiled, or would be other text. */
START_TEST(prints_itself_as_c)
{
    struct query_pool pool = {0};
    AUTO_BUF struct buf out = {0};
    ck_assert_uint_eq(add(&pool, "$['\u00e9\"', 'a']", QUERY_PATH), 1);
    ck_assert_uint_eq(add(&pool, "@ > 1.5 || @ == 'a'", QUERY_LOGICAL), 11);
    query_pool_emit(&pool, "rule", &out);
    ck_assert_ptr_eq(strstr(out.data, "static const struct query_op rule_ops[] = {\n"),
                     out.data);
    ck_assert_ptr_nonnull(strstr(out.data, "};\n"
                                           "static const char rule_strings[] =\n"
                                           "    \"\\303\\251\\042a1.5\";\n"
                                           "#define rule(entry) {rule_ops, rule_strings, "
                                           "entry, 12, 7, NULL}\n"));
    query_pool_release(&pool);
}
END_TEST

/* Calls and absolute queries that are the same have one slot, those below @ have not. */
START_TEST(shares_what_is_the_same)
{
    struct query_pool pool = {0};
    add(&pool, "in_nodes(@, $.b[*])", QUERY_LOGICAL);
    ck_assert_uint_eq(pool.ops[0].slot, 3);
    add(&pool, "$.a[?in_nodes(@, $.b[*]) && $.b[*] && $.b[1]]", QUERY_PATH);
    ck_assert_uint_eq(pool.ops[0].slot, 5);
    add(&pool, "count(@[*]) > 1 && in_nodes(@, $.b['*'])", QUERY_LOGICAL);
    ck_assert_uint_eq(pool.ops[0].slot, 9);
    add(&pool, "count(@[*]) > 1", QUERY_LOGICAL);
    ck_assert_uint_eq(pool.ops[0].slot, 10);
    add(&pool, "@ == 1 && !$[?@.a == 'x' && @.b][0]", QUERY_LOGICAL);
    ck_assert_uint_eq(pool.ops[0].slot, 11);
    add(&pool, "$.c || $[?@.a == 'x' && @.b][0]", QUERY_LOGICAL);
    ck_assert_uint_eq(pool.ops[0].slot, 12);
    query_pool_release(&pool);
}
END_TEST

/* Every pair of queries finds in a pool, one after the other in one session, what it
 * finds on its own. */
START_TEST(finds_the_same)
{
    struct query_pool pool = {0};
    struct doc doc;
    uint32_t given[GIVENS];
    uint32_t when[WHENS];
    size_t total = 0;
    parse(&doc);
    struct query_session session = {.root = doc.root};
    for (size_t i = 0; i < GIVENS; i++)
        given[i] = add(&pool, givens[i], QUERY_PATH);
    for (size_t i = 0; i < WHENS; i++)
        when[i] = add(&pool, whens[i], QUERY_LOGICAL);
    for (size_t i = 0; i < GIVENS * WHENS; i++) {
        struct query first = query_pool_at(&pool, given[i % GIVENS]);
        struct query second = query_pool_at(&pool, when[i / GIVENS]);
        struct query alone[2];
        struct nodes want = {0};
        struct nodes got = {0};
        struct query_session own = {.root = doc.root};
        query_parse(&alone[0], str_of(givens[i % GIVENS]), QUERY_PATH, NULL);
        query_parse(&alone[1], str_of(whens[i / GIVENS]), QUERY_LOGICAL, NULL);
        query_find(&own, &alone[0], &alone[1], &want);
        query_find(&session, &first, &second, &got);
        ck_assert_ptr_null(own.run);
        ck_assert_msg(want.count == got.count, "%s and %s: %zu, not %zu",
                      givens[i % GIVENS], whens[i / GIVENS], got.count, want.count);
        for (size_t k = 0; k < want.count; k++) {
            ck_assert_ptr_eq(want.items[k], got.items[k]);
            ck_assert(query_holds(&session, &second, got.items[k]));
        }
        total += got.count;
        nodes_release(&want);
        nodes_release(&got);
        query_release(&alone[0]);
        query_release(&alone[1]);
    }
    ck_assert_uint_gt(total, 30);
    ck_assert_ptr_nonnull(session.run);
    query_session_release(&session);
    query_pool_release(&pool);
    doc_release(&doc);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("pool");
    tcase_add_test(tcase, prints_itself_as_c);
    tcase_add_test(tcase, shares_what_is_the_same);
    tcase_add_test(tcase, finds_the_same);
    Suite *suite = suite_create("pool");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
