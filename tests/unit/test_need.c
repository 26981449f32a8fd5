/* SPDX-License-Identifier: Apache-2.0 */
#include "need.h"

#include "doc.h"

#include <check.h>

/* What a query and a condition need: groups with a blank between, of words with a |
 * between, of which one has to be there. A word behind = is a string, else a name. */
static const struct {
    const char *given;
    const char *when;
    const char *want;
} rows[] = {
    {"$", NULL, ""},
    {"$[*]", NULL, ""},
    {"$[0]", NULL, ""},
    {"$[1:2]", NULL, ""},
    {"$.a.b", NULL, "b a"},
    {"$.a..b[0]", NULL, "b a"},
    {"$['a', 'b'].c", NULL, "c a|b"},
    {"$['a', *]", NULL, ""},
    {"$['a', 'b', 'c', 'd', 'e', 'g', 'h', 'i', 'j'].f", NULL, "f"},
    {"$.a.a.a", NULL, "a"},
    {"$[?@.a]", NULL, "a"},
    {"$[?!@.a]", NULL, ""},
    {"$[?@.a && @.b]", NULL, "b a"},
    {"$[?@.a || @.b]", NULL, "a|b"},
    {"$[?@.a.x || @.b.x]", NULL, "x"},
    {"$[?@.a || !@.b]", NULL, ""},
    {"$[?@.a == 'x' || @.b]", NULL, "=x|b"},
    {"$[?@.a == 'x' || @.b == 'y']", NULL, "=x|=y"},
    {"$[?@ == 'x' || @ == 'y']", NULL, "=x|=y"},
    {"$[?@ == 'v' || @ == 'w' || @ == 'x' || @ == 'y' || @ == 'z']", NULL,
     "=v|=w|=x|=y|=z"},
    {"$[?@ == 'r' || @ == 's' || @ == 't' || @ == 'u' || @ == 'v' || @ == 'w' || "
     "@ == 'x' || @ == 'y' || @ == 'z']",
     NULL, ""},

    /* comparisons */
    {"$[?@.a == 'x']", NULL, "=x a"},
    {"$[?'x' == @.a]", NULL, "=x a"},
    {"$[?@.a == '']", NULL, "= a"},
    {"$[?@.a == 1]", NULL, "a"},
    {"$[?@.a == null]", NULL, "a"},
    {"$[?@.a <= 'x']", NULL, "a"},
    {"$[?@.a >= 'x']", NULL, "a"},
    {"$[?@.a < 'x']", NULL, "a"},
    {"$[?@.a != 'x']", NULL, ""},
    {"$[?@.a == @.b]", NULL, ""},
    {"$[?@.a <= @.b]", NULL, ""},
    {"$[?@.a < @.b]", NULL, "b a"},
    {"$[?@.a > $.b]", NULL, "b a"},
    {"$[?!(@.a == 'x')]", NULL, ""},
    {"$[?'x' == 'y']", NULL, ""},

    /* functions: some are false or Nothing for Nothing, some are not */
    {"$[?key(@) == 'x']", NULL, "x"},
    {"$[?key(@.a) == 'x']", NULL, "x a"},
    {"$[?key(@) != 'x']", NULL, ""},
    {"$[?match(@.a, 'x.*')]", NULL, "a"},
    {"$[?!match(@.a, 'x.*')]", NULL, ""},
    {"$[?norm_path(@.a) == '/x']", NULL, "a"},
    {"$[?basename(norm_path(@.a)) == 'x']", NULL, "a"},
    {"$[?match(norm_path(@.a), '/.*')]", NULL, "a"},
    {"$[?length(@.a) > 2]", NULL, "a"},
    {"$[?length(@.a) != 2]", NULL, ""},
    {"$[?count(@.a) == 0]", NULL, ""},
    {"$[?count(@.a) < 1]", NULL, ""},
    {"$[?value(@..a) == 'x']", NULL, "a"},
    {"$[?sum(@.a, @.b) > 1]", NULL, "b a"},
    {"$[?sum(@.a, @.b) > @.c]", NULL, "c b a"},
    {"$[?int_between(@.a, 1, 2)]", NULL, "a"},
    {"$[?is_a(@.a, 'string')]", NULL, "a"},
    {"$[?is_ip(@.a, 4, @.b)]", NULL, ""},
    {"$[?in_nodes(@, $.a.b[*])]", NULL, "b a"},
    {"$[?option(@, 'ro')]", NULL, "=ro"},
    {"$[?option(@.a, @.b)]", NULL, "b a"},
    {"$[?duplicate_of_earlier(@)]", NULL, ""},
    {"$[?duplicate_of_earlier(@, 'a', 'b')]", NULL, "b a"},
    {"$[?in_ranges(@.a, $.b[*], 'x', 'y')]", NULL, "y x b a"},

    /* both parts of a rule */
    {"$.a[?@.b]", "@.c == 'x'", "=x c b a"},
    {"$.a", "$.a && $.b", "b a"},
    {"$.a", "!$.b", "a"},
};

static void compile(struct query *query, const char *text, enum query_kind kind)
{
    struct fault fault = {0};
    if (!query_parse(query, str_of(text), kind, &fault))
        ck_abort_msg("%s: %u: %s", text, fault.column, fault.text);
}

static void compile_row(size_t row, struct query *given, struct query *when)
{
    *when = (struct query){0};
    compile(given, rows[row].given, QUERY_PATH);
    if (rows[row].when != NULL)
        compile(when, rows[row].when, QUERY_LOGICAL);
}

/* The needs that a row wants, as numbers. */
static size_t wanted(const char *want, uint32_t needs[static NEED_MAX])
{
    size_t len = 0;
    while (*want != '\0') {
        size_t group = len++;
        needs[group] = 0;
        do {
            want += *want == '|';
            bool string = *want == '=';
            want += string;
            struct str word = {want, strcspn(want, "| ")};
            needs[len++] = string ? node_text_hash(word) : node_hash(word);
            needs[group]++;
            want += word.len;
        } while (*want == '|');
        want += *want == ' ';
    }
    needs[len++] = 0;
    return len;
}

START_TEST(tells_needs)
{
    struct query given;
    struct query when;
    uint32_t needs[NEED_MAX];
    uint32_t want[NEED_MAX];
    compile_row((size_t)_i, &given, &when);
    size_t len = query_needs(&given, &when, needs);
    ck_assert_msg(len == wanted(rows[_i].want, want) &&
                      memcmp(needs, want, len * sizeof *needs) == 0,
                  "%s when %s", rows[_i].given, rows[_i].when ? rows[_i].when : "-");
    query_release(&given);
    query_release(&when);
}
END_TEST

/* More groups than there is room for: some are left out, none is torn. */
START_TEST(leaves_needs_out)
{
    AUTO_BUF struct buf text = {0};
    struct query given;
    uint32_t needs[NEED_MAX];
    size_t count = 0;
    buf_addc(&text, '$');
    for (int i = 0; i < 2 * NEED_GROUPS_MAX; i++)
        buf_addf(&text, ".a%d", i);
    compile(&given, text.data, QUERY_PATH);
    ck_assert_uint_eq(query_needs(&given, &(struct query){0}, needs),
                      2 * NEED_GROUPS_MAX + 1);
    for (const uint32_t *at = needs; *at != 0; at += *at + 1)
        count++;
    ck_assert_uint_eq(count, NEED_GROUPS_MAX);
    query_release(&given);
}
END_TEST

START_TEST(hashes_strings)
{
    static const char *const texts[] = {
        "",     "a",    "b",     "aa",     "ab",     "ba",       "abc",     "abcd",
        "abce", "bbcd", "abcde", "abxcde", "abycde", "tmpfs",    "sysfs",   "cgroup",
        "\x01", "/dev", "/dev/", "/proc",  "rbind",  "rprivate", "rslave1", "rslave2"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ck_assert_uint_ne(node_text_hash(str_of(texts[i])), 0);
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(node_text_hash(str_of(texts[i])) !=
                              node_text_hash(str_of(texts[j])),
                          "%s and %s", texts[i], texts[j]);
    }
    /* Compiled rules hold it: it is the same on every machine. */
    ck_assert_uint_eq(node_text_hash(STR("sysfs")), 965523795);
}
END_TEST

static size_t total_selected; /* rows of the test below that selected something */

/* On every document: what the needs rule out selects nothing, and what a run leaves out
 * because of the texts makes no difference. */
START_TEST(rules_out_what_selects_nothing)
{
    static const char *const documents[] = {
        "{}",
        "[]",
        "{\"a\": {\"b\": {\"c\": 1}}}",
        "{\"a\": [{\"b\": 1, \"c\": \"x\"}, {\"b\": 2}, {\"b\": 1}], \"b\": \"y\"}",
        "[{\"a\": \"x\"}, {\"a\": \"x\", \"b\": \"y\"}, {\"b\": 2, \"a\": 1}, \"x\"]",
        "{\"x\": {\"a\": \"/x/.\", \"b\": [\"v\", \"w\"]}, \"y\": {\"a\": \"\"}}",
        "[{\"a\": 3, \"b\": 4, \"c\": 5}, {\"options\": [\"rw\", \"ro\"]}, \"10.0.0.1\"]",
        "[{\"a\": \"10.0.0.1\", \"x\": 1, \"y\": 3}, {\"a\": null}, {\"a\": [1, 2, 3]}]",
        "{\"a\": 2, \"b\": [{\"x\": 0, \"y\": 9}], \"k\": {\"f\": {\"a\": {\"x\": 1}}}}",
    };
    struct query given;
    struct query when;
    uint32_t needs[NEED_MAX];
    size_t selected = 0;
    size_t ruled_out = 0;
    compile_row((size_t)_i, &given, &when);
    query_needs(&given, &when, needs);
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        AUTO_DOC struct doc doc;
        struct fault fault = {0};
        struct buf bytes = {0};
        struct nodes plain = {0};
        struct nodes known = {0};
        buf_adds(&bytes, str_of(documents[i]));
        if (!doc_parse(&doc, "test", DOC_JSON, &bytes, &fault))
            ck_abort_msg("%s in %s", fault.text, documents[i]);
        struct query_session all = {.root = doc.root};
        struct query_session some = {.root = doc.root, .texts = &doc.texts};
        query_find(&all, &given, &when, &plain);
        query_find(&some, &given, &when, &known);
        query_session_release(&all);
        query_session_release(&some);
        ck_assert_msg(plain.count == 0 || need_met(&doc.texts, needs), "%s in %s",
                      rows[_i].given, documents[i]);
        ck_assert_msg(plain.count == known.count, "%s in %s", rows[_i].given,
                      documents[i]);
        for (size_t k = 0; k < plain.count; k++)
            ck_assert_ptr_eq(plain.items[k], known.items[k]);
        selected += plain.count;
        ruled_out += !need_met(&doc.texts, needs);
        nodes_release(&plain);
        nodes_release(&known);
    }
    if (*rows[_i].want != '\0')
        ck_assert_uint_gt(ruled_out, 0);
    total_selected += selected > 0;
    query_release(&given);
    query_release(&when);
}
END_TEST

/* The test above is worth something: most rows select something somewhere. */
START_TEST(selected_enough)
{
    ck_assert_uint_gt(total_selected, sizeof rows / sizeof *rows * 2 / 3);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("need");
    int count = sizeof rows / sizeof *rows;
    tcase_add_loop_test(tcase, tells_needs, 0, count);
    tcase_add_test(tcase, leaves_needs_out);
    tcase_add_test(tcase, hashes_strings);
    tcase_add_loop_test(tcase, rules_out_what_selects_nothing, 0, count);
    tcase_add_test(tcase, selected_enough);
    Suite *suite = suite_create("need");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
