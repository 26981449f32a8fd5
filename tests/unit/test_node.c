/* SPDX-License-Identifier: Apache-2.0 */
#include "node.h"

#include "../testing.h"

#include <time.h>

static struct doc doc;

static void setup(void)
{
    read_good(&doc, DOC_JSON,
              "{\"list\": [10, [20, 21], {\"deep\": true}],"
              " \"\": 0, \"a/b\": 1, \"m~n\": 2, \"~1\": 3, \"k\\\"l\": 4, \" \": 5,"
              " \"0\": 6, \"it's\": 7, \"back\\\\slash\": 8, "
              "\"\\b\\t\\n\\f\\r\\u000b\\u0000\": 9,"
              " \"outer\": {\"\": {\"\": 11}, \"x\": [[]]}, \"gr\xC3\xBC\xC3\x9F\": 12,"
              " \"twice\": 13, \"twice\": 14}");
}

static void teardown(void)
{
    doc_release(&doc);
}

/* `value` is the JSON text of what is there, NULL for nothing. */
static const struct {
    const char *pointer;
    const char *value;
} pointers[] = {
    /* the forms of RFC 6901 section 5 */
    {"/list/0", "10"},
    {"/", "0"},
    {"/a~1b", "1"},
    {"/m~0n", "2"},
    {"/k\"l", "4"},
    {"/ ", "5"},
    {"/~01", "3"},
    /* arrays: no sign, no leading zero, not beyond, not "-" */
    {"/list/1/1", "21"},
    {"/list/2/deep", "true"},
    {"/list/00", NULL},
    {"/list/01", NULL},
    {"/list/+1", NULL},
    {"/list/-1", NULL},
    {"/list/-", NULL},
    {"/list/3", NULL},
    {"/list/", NULL},
    {"/list/1e0", NULL},
    {"/list/4294967296", NULL},
    {"/list/18446744073709551616", NULL},
    {"/outer/x/0", "[]"},
    {"/outer/x/0/0", NULL},
    /* objects take any name */
    {"/0", "6"},
    {"/outer/", "{\"\":11}"},
    {"/outer//", "11"},
    {"/outer///", NULL},
    {"//", NULL},
    {"/gr\xC3\xBC\xC3\x9F", "12"},
    {"/twice", "14"},
    {"/none", NULL},
    {"/list/0/x", NULL},
    /* not well-formed */
    {"list", NULL},
    {"/a~b", NULL},
    {"/a~", NULL},
    {"/~2", NULL},
};

static bool node_is_text(const struct node *node, const char *want)
{
    if (node == NULL || want == NULL)
        return node == NULL && want == NULL;
    AUTO_DOC struct doc other;
    read_good(&other, DOC_JSON, want);
    return node_equal(node, other.root);
}

START_TEST(test_find)
{
    const char *pointer = pointers[_i].pointer;
    const char *value = pointers[_i].value;
    ck_assert_msg(node_is_text(node_find(doc.root, str_of(pointer)), value), "%s",
                  pointer);
    /* Without its slash the same is a relative pointer; but "" is the node itself. */
    if (pointer[0] == '/' && pointer[1] != '\0')
        ck_assert_msg(
            node_is_text(node_find_relative(doc.root, str_of(pointer + 1)), value), "%s",
            pointer + 1);
}
END_TEST

START_TEST(test_find_itself)
{
    const struct node *list = node_get(doc.root, STR("list"));
    ck_assert_ptr_eq(node_find(doc.root, STR("")), doc.root);
    ck_assert_ptr_eq(node_find_relative(doc.root, STR("")), doc.root);
    ck_assert_ptr_eq(node_find(list, STR("")), list);
    ck_assert_ptr_eq(node_find_relative(list, STR("2/deep")),
                     node_find(list, STR("/2/deep")));
    ck_assert_ptr_null(node_find_relative(list, STR("/2")));
    ck_assert_ptr_eq(node_find_relative(doc.root, (struct str){NULL, 0}), doc.root);
}
END_TEST

START_TEST(test_get)
{
    const struct node *list = node_get(doc.root, STR("list"));
    ck_assert_ptr_null(node_get(NULL, STR("list")));
    ck_assert_ptr_null(node_get(list, STR("0")));
    ck_assert_ptr_null(node_get(doc.root, STR("lis")));
    ck_assert_ptr_null(node_get(doc.root, STR("list\0")));
    ck_assert_ptr_null(node_at(NULL, 0));
    ck_assert_ptr_null(node_at(list->child, 0));
    ck_assert_ptr_null(node_at(list, 3));
    ck_assert_ptr_eq(node_at(list, 2), list->child->next->next);
    ck_assert_ptr_eq(node_at(doc.root, 0), list);
    ck_assert_ptr_null(node_first(NULL));
    ck_assert_ptr_null(node_first(list->child));
    ck_assert_str_eq(node_text(list).at, "");
    ck_assert(!node_is_string(NULL, STR("")));
    ck_assert(!node_is_string(list->child, STR("10")));
}
END_TEST

/* FNV-1a, 32 bits: the published values for these texts. */
START_TEST(test_hash)
{
    ck_assert_uint_eq(node_hash(STR("")), 0x811C9DC5u);
    ck_assert_uint_eq(node_hash(STR("a")), 0xE40C292Cu);
    ck_assert_uint_eq(node_hash(STR("foobar")), 0xBF9CF968u);
}
END_TEST

static const struct {
    const char *pointer; /* as node_pointer writes it */
    const char *path;    /* RFC 9535 section 2.7 */
} names[] = {
    {"", "$"},
    {"/list", "$['list']"},
    {"/list/1/0", "$['list'][1][0]"},
    {"/", "$['']"},
    {"/a~1b", "$['a/b']"},
    {"/m~0n", "$['m~n']"},
    {"/~01", "$['~1']"},
    {"/k\"l", "$['k\"l']"},
    {"/it's", "$['it\\'s']"},
    {"/back\\slash", "$['back\\\\slash']"},
    {"/outer//", "$['outer']['']['']"},
    {"/gr\xC3\xBC\xC3\x9F", "$['gr\xC3\xBC\xC3\x9F']"},
};

START_TEST(test_names)
{
    AUTO_BUF struct buf pointer = {0};
    AUTO_BUF struct buf path = {0};
    const struct node *node = node_find(doc.root, str_of(names[_i].pointer));
    ck_assert_ptr_nonnull(node);
    node_pointer(node, &pointer);
    node_path(node, &path);
    ck_assert_str(buf_str(&pointer), str_of(names[_i].pointer));
    ck_assert_str(buf_str(&path), str_of(names[_i].path));
}
END_TEST

START_TEST(test_path_controls)
{
    AUTO_BUF struct buf path = {0};
    node_path(node_get(doc.root, STR("\b\t\n\f\r\v\0")), &path);
    ck_assert_str_eq(path.data, "$['\\b\\t\\n\\f\\r\\u000b\\u0000']");
}
END_TEST

/* Every node is what its pointer finds, but for the first of repeated names. */
START_TEST(test_walk)
{
    uint32_t count = 0;
    uint32_t last = 0;
    for (const struct node *node = doc.root; node; node = node_walk(node, doc.root)) {
        AUTO_BUF struct buf pointer = {0};
        node_pointer(node, &pointer);
        const struct node *found = node_find(doc.root, buf_str(&pointer));
        if (node_is_text(node, "13"))
            ck_assert(node_is_text(found, "14"));
        else
            ck_assert_msg(found == node, "%s", pointer.data);
        ck_assert(count == 0 || node->span.start > last);
        last = node->span.start;
        count++;
    }
    ck_assert_uint_eq(count, 26);
    count = 0;
    const struct node *list = node_get(doc.root, STR("list"));
    for (const struct node *node = list; node; node = node_walk(node, list))
        count++;
    ck_assert_uint_eq(count, 7);
    ck_assert_ptr_null(node_walk(list->child, list->child));
    const struct node *empty = node_find(doc.root, STR("/outer/x/0"));
    ck_assert_ptr_null(node_walk(empty, empty));
}
END_TEST

static const struct {
    const char *a;
    const char *b;
    bool equal;
} equalities[] = {
    {"null", "null", true},
    {"true", "false", false},
    {"false", "null", false},
    {"0", "false", false},
    {"\"\"", "null", false},
    {"[]", "{}", false},
    {"1", "1.0", true},
    {"100", "1e2", true},
    {"18446744073709551615", "18446744073709551616", false},
    {"1", "\"1\"", false},
    {"\"a\\u00e4\\/\"", "\"a\xC3\xA4/\"", true},
    {"\"\xC3\xA4\"", "\"a\\u0308\"", false}, /* no normalization */
    {"\"a\\u0000b\"", "\"a\\u0000c\"", false},
    {"[1,2]", "[1,2]", true},
    {"[1,2]", "[2,1]", false},
    {"[1,2]", "[1]", false},
    {"[[]]", "[{}]", false},
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true},
    {"{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1,\"c\":3,\"b\":2}", true},
    {"{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":1,\"c\":2,\"b\":3}", false},
    {"{\"a\":1}", "{\"a\":2}", false},
    {"{\"a\":1}", "{\"b\":1}", false},
    {"{\"a\":1}", "{\"a\":1,\"b\":1}", false},
    {"{\"a\":{\"x\":[1,{}]},\"b\":0}", "{\"b\":0.0,\"a\":{\"x\":[1e0,{}]}}", true},
    /* repeated names */
    {"{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}", true},
    {"{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", false},
    {"{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":3}", false},
    {"{\"a\":1,\"b\":3}", "{\"a\":1,\"a\":1}", false},
    {"{\"b\":0,\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2,\"b\":0}", true},
};

START_TEST(test_equal)
{
    AUTO_DOC struct doc a;
    AUTO_DOC struct doc b;
    read_good(&a, DOC_JSON, equalities[_i].a);
    read_good(&b, DOC_JSON, equalities[_i].b);
    bool equal = equalities[_i].equal;
    ck_assert_msg(node_equal(a.root, b.root) == equal, "%s and %s", equalities[_i].a,
                  equalities[_i].b);
    ck_assert_msg(node_equal(b.root, a.root) == equal, "%s and %s", equalities[_i].b,
                  equalities[_i].a);
}
END_TEST

static void add_members(struct buf *text, unsigned first, unsigned last)
{
    int by = first < last ? 1 : -1;
    buf_addc(text, '{');
    for (unsigned i = first; i != last; i += (unsigned)by)
        buf_addf(text, "%s\"member%u\":%u", i == first ? "" : ",", i, i);
    buf_addc(text, '}');
}

/* Objects nested in objects, whose members stand in another order at each level: neither
 * many members nor depth may multiply the work. */
START_TEST(test_equal_is_not_quadratic)
{
    AUTO_BUF struct buf left = {0};
    AUTO_BUF struct buf right = {0};
    AUTO_DOC struct doc a;
    AUTO_DOC struct doc b;
    add_members(&left, 1, 100000);
    add_members(&right, 99999, 0);
    read_good(&a, DOC_JSON, left.data);
    read_good(&b, DOC_JSON, right.data);
    clock_t start = clock();
    ck_assert(node_equal(a.root, b.root));
    ck_assert_int_lt((clock() - start) / CLOCKS_PER_SEC, 3);
}
END_TEST

START_TEST(test_equal_is_not_exponential)
{
    AUTO_BUF struct buf left = {0};
    AUTO_BUF struct buf right = {0};
    AUTO_DOC struct doc a;
    AUTO_DOC struct doc b;
    for (unsigned i = 0; i < 900; i++) {
        buf_adds(&left, STR("{\"same\":"));
        buf_adds(&right, STR("{\"same\":"));
    }
    buf_addc(&left, '1');
    buf_addc(&right, '1');
    for (unsigned i = 0; i < 900; i++) {
        buf_adds(&left, STR(",\"x\":1,\"y\":2}"));
        buf_adds(&right, STR(",\"y\":2,\"x\":1}"));
    }
    read_good(&a, DOC_JSON, left.data);
    read_good(&b, DOC_JSON, right.data);
    ck_assert(node_equal(a.root, b.root));
}
END_TEST

START_TEST(test_type_names)
{
    static const char *const names_of[] = {"null",   "boolean", "boolean", "number",
                                           "string", "array",   "object"};
    AUTO_DOC struct doc all;
    read_good(&all, DOC_JSON, "[null, false, true, 1, \"\", [], {}]");
    for (const struct node *node = all.root->child; node; node = node->next)
        ck_assert_str_eq(node_type_name(node), names_of[node->index]);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("node");
    tcase_add_checked_fixture(cases, setup, teardown);
    add_rows(cases, test_find, pointers);
    tcase_add_test(cases, test_find_itself);
    tcase_add_test(cases, test_get);
    tcase_add_test(cases, test_hash);
    add_rows(cases, test_names, names);
    tcase_add_test(cases, test_path_controls);
    tcase_add_test(cases, test_walk);
    add_rows(cases, test_equal, equalities);
    tcase_add_test(cases, test_equal_is_not_quadratic);
    tcase_add_test(cases, test_equal_is_not_exponential);
    tcase_add_test(cases, test_type_names);
    return run_cases(cases);
}
