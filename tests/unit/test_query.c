/* SPDX-License-Identifier: Apache-2.0 */
#include "doc.h"
#include "function.h"
#include "query.h"

#include <check.h>

static void parse(struct doc *doc, const char *text)
{
    struct fault fault = {0};
    struct buf bytes = {0};
    buf_adds(&bytes, str_of(text));
    if (!doc_parse(doc, "test", DOC_JSON, &bytes, &fault))
        ck_abort_msg("%s in %s", fault.text, text);
}

static void compile(struct query *query, const char *text, enum query_kind kind)
{
    struct fault fault = {0};
    if (!query_parse(query, str_of(text), kind, &fault))
        ck_abort_msg("%s: %u: %s", text, fault.column, fault.text);
}

static const char *const store =
    "{\"a\":[5,3,{\"b\":\"x\"},[1,[2]]],\"b\":{\"a\":null,\"c d\":true},\"\":0,"
    "\"\\u00e9\":\"\\u0000\",\"n\":18446744073709551615,\"m\":18446744073709551616,"
    "\"f\":0.1,\"e\":1e2,\"s\":\"\\ud83d\\ude00\",\"t\":\"\\uffff\",\"d\":1,\"d\":2}";

/* What is selected, as normalized paths with a blank between. */
static const struct {
    const char *query;
    const char *want;
} selections[] = {
    {"$", "$"},
    {"$.a[0]", "$['a'][0]"},
    {"$ \n.a\t[ 0 , -1 ]", "$['a'][0] $['a'][3]"},
    {"$['a']['0']", ""},
    {"$.b[0]", ""},
    {"$.a[4]", ""},
    {"$.a[-4]", "$['a'][0]"},
    {"$.a[-5]", ""},
    {"$[''] ", NULL},
    {"$['']", "$['']"},
    {"$['c d', 'b']['c d']", "$['b']['c d']"},
    {"$.\u00e9", "$['\u00e9']"},
    {"$['\\u00e9']", "$['\u00e9']"},
    {"$.b.*", "$['b']['a'] $['b']['c d']"},
    {"$.b['a','a',*]", "$['b']['a'] $['b']['a'] $['b']['a'] $['b']['c d']"},
    {"$.a[1:]", "$['a'][1] $['a'][2] $['a'][3]"},
    {"$.a[:2]", "$['a'][0] $['a'][1]"},
    {"$.a[::2]", "$['a'][0] $['a'][2]"},
    {"$.a[::-2]", "$['a'][3] $['a'][1]"},
    {"$.a[2:0:-1]", "$['a'][2] $['a'][1]"},
    {"$.a[-2:-5:-1]", "$['a'][2] $['a'][1] $['a'][0]"},
    {"$.a[0:4:0]", ""},
    {"$.a[3:1]", ""},
    {"$.a[9007199254740991:-9007199254740991:-9007199254740991]", "$['a'][3]"},
    {"$.a[-9007199254740991::9007199254740991]", "$['a'][0]"},
    {"$.b[::]", ""},
    {"$.a..[0]", "$['a'][0] $['a'][3][0] $['a'][3][1][0]"},
    {"$..b", "$['b'] $['a'][2]['b']"},
    {"$.a[3]..*", "$['a'][3][0] $['a'][3][1] $['a'][3][1][0]"},
    {"$.a..*..*", "$['a'][2]['b'] $['a'][3][0] $['a'][3][1] $['a'][3][1][0] "
                  "$['a'][3][1][0]"},
    /* Single steps behind what selects several, most of which lack them. */
    {"$.*.b", ""},
    {"$[*]['c d']", "$['b']['c d']"},
    {"$.a[*][1]", "$['a'][3][1]"},
    {"$.a[*][1][0]", "$['a'][3][1][0]"},
    {"$.a[?@ != 3][1]", "$['a'][3][1]"},
    {"$[?$[?@.b].b, ?@[3]][3][1]", "$['a'][3][1]"},
    {"$.a[?@.b || @[1]].b", "$['a'][2]['b']"},
    {"$.a[?@[?@ == 'x' || @ == 1]][1, 'b'][0]", "$['a'][3][1][0]"},
    {"$.d", "$['d']"},
    {"$[?@ == 2]", "$['d']"},
    {"$[?@ > 18446744073709551615]", "$['m']"},
    {"$[?@ == 1.8446744073709551615e19]", "$['n']"},
    {"$[?@ == 1e-1]", "$['f']"},
    {"$[?@ == 100]", "$['e']"},
    {"$[?@ > '\\uffff']", "$['s']"},
    {"$[?@ < '\\u0001']", "$['\u00e9']"},
    {"$.a[?@ == @]", "$['a'][0] $['a'][1] $['a'][2] $['a'][3]"},
    {"$.a[?@ == $.a[3]]", "$['a'][3]"},
    {"$.a[?@ != $.a[3]]", "$['a'][0] $['a'][1] $['a'][2]"},
    {"$.a[?@.b]", "$['a'][2]"},
    {"$.a[?!@.b && @ >= 4]", "$['a'][0]"},
    {"$.a[?@.b || @[1]]", "$['a'][2] $['a'][3]"},
    {"$.a[?@.b == 'x' || @[1] && @[9]]", "$['a'][2]"},
    {"$.a[?(@.b || @[1]) && @[9]]", ""},
    {"$.a[?@[?@[?@ == 2]]]", "$['a'][3]"},
    {"$[?@[?@ == $.b.a]]", "$['b']"},
    {"$.b[?@]", "$['b']['a'] $['b']['c d']"},
    {"$.b[?@ == null]", "$['b']['a']"},
    {"$.b[?@ <= true]", "$['b']['c d']"},
    {"$.b[?@ < true]", ""},
    {"$.a[?@.x == @.y]", "$['a'][0] $['a'][1] $['a'][2] $['a'][3]"},
    {"$.a[?@.x <= $.nothing]", "$['a'][0] $['a'][1] $['a'][2] $['a'][3]"},
    {"$.a[?@.x < $.nothing]", ""},
    {"$.a[?@.x == null]", ""},
    {"$.a[?count(@..*) == 3]", "$['a'][3]"},
    {"$.a[?count($.a[*]) == 4, ?length($.s) == 1, 0]",
     "$['a'][0] $['a'][1] $['a'][2] $['a'][3] $['a'][0] $['a'][1] $['a'][2] $['a'][3] "
     "$['a'][0]"},
    {"$.a[?value(@..b) == 'x']", "$['a'][2]"},
    {"$.a[?value(@[*]) == 1]", ""},
    {"$.a[?length(@) == length(value($.a[3]))]", "$['a'][3]"},
};

START_TEST(selects)
{
    struct doc doc;
    struct query query;
    struct nodes found = {0};
    AUTO_BUF struct buf paths = {0};
    if (selections[_i].want == NULL) {
        struct fault fault = {0};
        ck_assert(!query_parse(&query, str_of(selections[_i].query), QUERY_PATH, &fault));
        return;
    }
    parse(&doc, store);
    compile(&query, selections[_i].query, QUERY_PATH);
    query_select(&query, doc.root, doc.root, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (i > 0)
            buf_addc(&paths, ' ');
        node_path(found.items[i], &paths);
    }
    ck_assert_str_eq(buf_str(&paths).at, selections[_i].want);
    nodes_release(&found);
    query_release(&query);
    doc_release(&doc);
}
END_TEST

START_TEST(selects_relative)
{
    struct doc doc;
    struct query query;
    struct nodes found = {0};
    parse(&doc, store);
    const struct node *inner = node_get(doc.root, STR("b"));
    compile(&query, "@.a", QUERY_RELATIVE);
    query_select(&query, doc.root, inner, &found);
    query_release(&query);
    compile(&query, "$.a[0]", QUERY_RELATIVE);
    query_select(&query, doc.root, inner, &found);
    query_release(&query);
    compile(&query, "@", QUERY_RELATIVE);
    query_select(&query, doc.root, inner, &found);
    query_release(&query);
    ck_assert_uint_eq(found.count, 3);
    ck_assert_ptr_eq(found.items[0], inner->child);
    ck_assert_ptr_eq(found.items[1], doc.root->child->child);
    ck_assert_ptr_eq(found.items[2], inner);
    nodes_release(&found);
    doc_release(&doc);
}
END_TEST

static const struct {
    const char *expression; /* @ is the member "b" */
    bool want;
} tests[] = {
    {"@.a", true},
    {"@.x", false},
    {"!@.x", true},
    {" \n( @.a ) ", true},
    {"@.a == null && $.d == 2", true},
    {"@.a != null || $.d == 1", false},
    {"!(@.a != null || $.d == 1)", true},
    {"!$.a[?@ == 5] && !$.a[?@ == 7]", false},
    {"1 == 1.0", true},
    {"'a' < 'b'", true},
    {"'a' == \"\\u0061\"", true},
    {"null == null", true},
    {"true == false", false},
    {"-0 == 0", true},
    {"-1 < 0.5", true},
    {"0.30 == 0.3", true},
    {"-10.5 > -10.25", false},
    {"123456789012345678901234567890 == 123456789012345678901234567890.0", true},
    {"1E3 == 1e+3", true},
    {"0.000000000001 < 1000000", true},
    {"922337203685477580.7 > 1.00000000000000001", true},
    {"1 == '1'", false},
    {"1 < '2'", false},
};

START_TEST(holds)
{
    struct doc doc;
    struct query query;
    parse(&doc, store);
    compile(&query, tests[_i].expression, QUERY_LOGICAL);
    ck_assert_msg(query_test(&query, doc.root, node_get(doc.root, STR("b"))) ==
                      tests[_i].want,
                  "%s", tests[_i].expression);
    query_release(&query);
    doc_release(&doc);
}
END_TEST

START_TEST(filters_a_list)
{
    struct doc doc;
    struct query given;
    struct query when;
    struct nodes nodes = {0};
    parse(&doc, "[1, 5, 3, 4]");
    compile(&given, "$[*]", QUERY_PATH);
    compile(&when, "@ >= $[2] && count($[*]) == 4", QUERY_LOGICAL);
    nodes_add(&nodes, doc.root);
    struct query_session session = {.root = doc.root};
    query_find(&session, &given, &when, &nodes);
    ck_assert_uint_eq(nodes.count, 4);
    ck_assert_ptr_eq(nodes.items[0], doc.root);
    ck_assert_uint_eq(nodes.items[1]->index, 1);
    ck_assert_uint_eq(nodes.items[3]->index, 3);
    query_find(&session, &given, &(struct query){0}, &nodes);
    query_session_release(&session);
    ck_assert_uint_eq(nodes.count, 8);
    query_release(&given);
    query_release(&when);
    nodes_release(&nodes);
    doc_release(&doc);
}
END_TEST

/* Each message says what was expected and what was there. */
static const struct {
    enum query_kind kind;
    const char *query;
    unsigned column;
    const char *text;
} faults[] = {
    {QUERY_PATH, "", 1, "expected $, found the end"},
    {QUERY_PATH, " $", 1, "expected $, found a blank"},
    {QUERY_PATH, "@.a", 1, "expected $, found '@'"},
    {QUERY_PATH, "$.a ", 4, "expected ., .., [ or the end, found a blank"},
    {QUERY_PATH, "$a", 2, "expected ., .., [ or the end, found 'a'"},
    {QUERY_PATH, "$.", 3, "expected a name or *, found the end"},
    {QUERY_PATH, "$. a", 3, "expected a name or *, found a blank"},
    {QUERY_PATH, "$..", 4, "expected a name or *, found the end"},
    {QUERY_PATH, "$.1", 3, "expected a name or *, found '1'"},
    {QUERY_PATH, "$.a-b", 4, "expected ., .., [ or the end, found '-'"},
    {QUERY_PATH, "$.\u00e9 \u202e", 5, "expected ., .., [ or the end, found a blank"},
    {QUERY_PATH, "$\u202e", 2, "expected ., .., [ or the end, found '\\u{202E}'"},
    {QUERY_PATH, "$[", 3,
     "expected a selector (a name in quotes, an index, a slice, * or ?), found the end"},
    {QUERY_PATH, "$[a]", 3,
     "expected a selector (a name in quotes, an index, a slice, * or ?), found 'a'"},
    {QUERY_PATH, "$[1,]", 5,
     "expected a selector (a name in quotes, an index, a slice, * or ?), found ']'"},
    {QUERY_PATH, "$[1 2]", 5, "expected a comma or ], found '2'"},
    {QUERY_PATH, "$[01]", 3, "an index has no leading zeros and no -0"},
    {QUERY_PATH, "$[-0]", 3, "an index has no leading zeros and no -0"},
    {QUERY_PATH, "$[- 1]", 4, "expected a digit after -, found a blank"},
    {QUERY_PATH, "$[9007199254740992]", 3,
     "an index is within -9007199254740991 and 9007199254740991"},
    {QUERY_PATH, "$[1:2:99999999999999999999]", 7,
     "an index is within -9007199254740991 and 9007199254740991"},
    {QUERY_PATH, "$[1:2:3:4]", 8, "expected a comma or ], found ':'"},
    {QUERY_PATH, "$['a]", 3, "this string has no closing '"},
    {QUERY_PATH, "$[\"a\\", 6,
     "expected one of b f n r t u / \\ \" after \\, found the end"},
    {QUERY_PATH, "$['\\\"']", 5,
     "expected one of b f n r t u / \\ ' after \\, found '\"'"},
    {QUERY_PATH, "$['\t']", 4, "expected an escape for a control character, found '\\t'"},
    {QUERY_PATH, "$['\\u12g4']", 8,
     "expected four hexadecimal digits after \\u, found 'g'"},
    {QUERY_PATH, "$['\\uD800']", 10, "expected \\u and a low surrogate, found '''"},
    {QUERY_PATH, "$['\\uD800\\u0041']", 10, "expected a low surrogate, found \\u0041"},
    {QUERY_PATH, "$['\\udc00']", 4,
     "expected a high surrogate before the low one \\uDC00"},
    {QUERY_PATH, "$.a\xff", 4, "expected UTF-8, found byte FF"},
    {QUERY_PATH, "$[?]", 4,
     "expected a query ($ or @), a literal, a function, ! or (, found ']'"},
    {QUERY_PATH, "$[?@.a", 7, "expected &&, ||, a comma or ], found the end"},
    {QUERY_PATH, "$[?@.a = 1]", 8, "expected &&, ||, a comma or ], found '='"},
    {QUERY_PATH, "$[?@.a & @.b]", 8, "expected &&, ||, a comma or ], found '&'"},
    {QUERY_PATH, "$[?(@.a]", 8, "expected &&, || or ), found ']'"},
    {QUERY_PATH, "$[?@.a == ]", 11,
     "expected a query ($ or @), a literal, a function, ! or (, found ']'"},
    {QUERY_PATH, "$[?@.a == 01]", 11, "a number has no leading zeros"},
    {QUERY_PATH, "$[?@.a == 1.]", 13, "expected a digit after the point, found ']'"},
    {QUERY_PATH, "$[?@.a == 1e]", 13, "expected a digit of the exponent, found ']'"},
    {QUERY_PATH, "$[?@.a == yes]", 11,
     "expected true, false, null or a function, found yes"},
    {QUERY_PATH, "$[?1]", 4, "a literal must be compared, as in @.a == 1"},
    {QUERY_PATH, "$[?@.a && 'x']", 11, "a literal must be compared, as in @.a == 1"},
    {QUERY_PATH, "$[?length(@)]", 4, "length() gives a value, which must be compared"},
    {QUERY_PATH, "$[?match(@, 'a') == true]", 4,
     "match() is true or false and cannot be compared"},
    {QUERY_PATH, "$[?@.* == 1]", 4,
     "a query that is compared takes one name or index at each step, without blanks in "
     "the brackets; use value() or count() for others"},
    {QUERY_PATH, "$[?1 == @['a' ]]", 9,
     "a query that is compared takes one name or index at each step, without blanks in "
     "the brackets; use value() or count() for others"},
    {QUERY_PATH, "$[?!@.a == 1]", 4,
     "an expression in parentheses or with ! cannot be compared"},
    {QUERY_PATH, "$[?(@.a) == 1]", 4,
     "an expression in parentheses or with ! cannot be compared"},
    {QUERY_PATH, "$[?lenght(@.a) == 1]", 4, "there is no function lenght()"},
    {QUERY_PATH, "$[?length (@.a) == 1]", 4,
     "expected true, false, null or a function, found length"},
    {QUERY_PATH, "$[?length() == 1]", 4, "length() takes 1 argument, found 0"},
    {QUERY_PATH, "$[?match(@)]", 4, "match() takes 2 arguments, found 1"},
    {QUERY_PATH, "$[?length(@, 1) == 1]", 14, "length() takes no more than 1 argument"},
    {QUERY_PATH, "$[?duplicate_of_earlier()]", 4,
     "duplicate_of_earlier() takes at least 1 argument, found 0"},
    {QUERY_PATH, "$[?length(@.*) == 1]", 11,
     "argument 1 of length() must be a value: a literal, a query that takes "
     "one name or index at each step, without blanks in the brackets, or a function"},
    {QUERY_PATH, "$[?match(@, @.a == 1)]", 13,
     "argument 2 of match() must be a value: a literal, a query that takes "
     "one name or index at each step, without blanks in the brackets, or a function"},
    {QUERY_PATH, "$[?length(@[ 'a' ]) == 1]", 11,
     "argument 1 of length() must be a value: a literal, a query that takes "
     "one name or index at each step, without blanks in the brackets, or a function"},
    {QUERY_PATH, "$[?count(1) == 1]", 10, "argument 1 of count() must be a query"},
    {QUERY_PATH, "$[?length(@.a == 1]", 11,
     "argument 1 of length() must be a value: a literal, a query that takes "
     "one name or index at each step, without blanks in the brackets, or a function"},
    {QUERY_PATH, "$[?length(@.a ; 1) == 1]", 15, "expected a comma or ), found ';'"},
    {QUERY_PATH, "$[?match(@.a,) == 1]", 14, "expected an argument, found ')'"},
    {QUERY_RELATIVE, ".a", 1, "expected $ or @, found '.'"},
    {QUERY_LOGICAL, "@.a @.b", 5, "expected &&, || or the end, found '@'"},
    {QUERY_LOGICAL, "  ", 3,
     "expected a query ($ or @), a literal, a function, ! or (, found the end"},
};

START_TEST(explains_faults)
{
    struct fault fault = {0};
    struct query query;
    ck_assert_msg(!query_parse(&query, str_of(faults[_i].query), faults[_i].kind, &fault),
                  "%s", faults[_i].query);
    ck_assert_str_eq(fault.text, faults[_i].text);
    ck_assert_msg(fault.column == faults[_i].column, "%s: %u", faults[_i].query,
                  fault.column);
    ck_assert_uint_eq(fault.line, 1);
    ck_assert_ptr_null(query.ops);
}
END_TEST

static void check_nesting(const char *open, const char *middle, const char *close,
                          unsigned levels, bool want)
{
    AUTO_BUF struct buf text = {0};
    struct fault fault = {0};
    struct query query;
    for (unsigned i = 0; i < levels; i++)
        buf_adds(&text, str_of(open));
    buf_adds(&text, str_of(middle));
    for (unsigned i = 0; i < levels; i++)
        buf_adds(&text, str_of(close));
    bool parsed = query_parse(&query, buf_str(&text), QUERY_LOGICAL, &fault);
    ck_assert_msg(parsed == want, "%s %u", open, levels);
    if (!parsed)
        ck_assert_str_eq(fault.text, "nested more than 100 levels deep");
    query_release(&query);
}

START_TEST(bounds_branches)
{
    AUTO_BUF struct buf text = {0};
    struct fault fault = {0};
    struct query query;
    buf_addc(&text, '$');
    for (int i = 0; i < 1000; i++)
        buf_adds(&text, STR(".a.*"));
    compile(&query, text.data, QUERY_PATH);
    query_release(&query);
    buf_adds(&text, STR("..a"));
    ck_assert(!query_parse(&query, buf_str(&text), QUERY_PATH, &fault));
    ck_assert_str_eq(fault.text, "more than 1000 steps select several nodes");
    ck_assert_uint_eq(fault.column, 4002);
}
END_TEST

/* Single steps are not bounded: their number must not count twice. */
START_TEST(takes_many_steps)
{
    AUTO_BUF struct buf text = {0};
    struct query query;
    buf_addc(&text, '$');
    for (int i = 0; i < 400000; i++)
        buf_adds(&text, STR(".a"));
    compile(&query, text.data, QUERY_PATH);
    query_release(&query);
}
END_TEST

START_TEST(bounds_nesting)
{
    check_nesting("(", "@", ")", 100, true);
    check_nesting("(", "@", ")", 101, false);
    check_nesting("@[?", "@", "]", 100, true);
    check_nesting("@[?", "@", "]", 100000, false);
    check_nesting("!(", "@", ")", 101, false);
    check_nesting("length(", "@", ")", 101, false);
}
END_TEST

static const struct {
    const char *query;
    const char *want;
} carets[] = {
    {"$.a[b]", "$.a[b]\n    ^\n"},
    {"$", "$\n^\n"},
    {"$.", "$.\n  ^\n"},
    {"$.\u00e9-", "$.\u00e9-\n   ^\n"},
    {"$['\n']", "$['\\n']\n   ^\n"},
    {"$\n.\n", "$\\n.\\n\n    ^\n"},
};

START_TEST(points_with_a_caret)
{
    struct fault fault = {0};
    struct query query;
    AUTO_BUF struct buf out = {0};
    struct str text = str_of(carets[_i].query);
    query_parse(&query, text, QUERY_PATH, &fault);
    query_fault_caret(text, &fault, &out);
    query_release(&query);
    ck_assert_str_eq(out.data, carets[_i].want);
}
END_TEST

/* A copy that shares no memory with the query runs as the query does: there is no pointer
 * in the compiled form. */
START_TEST(has_no_pointers_inside)
{
    struct doc doc;
    struct query query;
    struct nodes found = {0};
    parse(&doc, store);
    compile(&query, "$.a[?@.b == 'x' && match(@.b, '[w-z]')].b", QUERY_PATH);
    AUTO_FREE char *ops = mem_copy((const char *)query.ops,
                                   (size_t)(query.strings - (const char *)query.ops));
    AUTO_FREE char *strings = mem_copy(query.strings, query.strings_len);
    struct query copy = query;
    copy.ops = (struct query_op *)(void *)ops;
    copy.strings = strings;
    copy.owned = NULL;
    query_release(&query);
    query_select(&copy, doc.root, doc.root, &found);
    ck_assert_uint_eq(found.count, 1);
    nodes_release(&found);
    query_release(&copy);
    doc_release(&doc);
}
END_TEST

static struct query_value both(struct query_call *call)
{
    return query_boolean(call->arguments[0].value.type == NODE_TRUE &&
                         call->arguments[1].value.type == NODE_TRUE);
}

static struct query_value answer(struct query_call *call)
{
    return query_integer(call->root->len == 3 ? 42 : -1);
}

START_TEST(takes_more_functions)
{
    static const struct query_function more[] = {
        {"both",
         QUERY_BOOLEAN,
         {QUERY_BOOLEAN, QUERY_BOOLEAN},
         2,
         0,
         both,
         "a, b",
         "Both hold",
         "both(@.a, @.b)"},
        {"answer",
         QUERY_VALUE,
         {QUERY_VALUE},
         1,
         QUERY_REPEATS,
         answer,
         "value",
         "The answer",
         "answer() == 42"},
    };
    static const struct {
        const char *expression;
        bool want;
    } rows[] = {
        {"both(@[0], @[1] == 2)", true},
        {"both(@[0] && @[7], match('a', 'a'))", false},
        {"both((@[0]), !both(@[9], @[1]))", true},
        {"answer() == 42", true},
        {"answer(1, 2, 3, 4, 5, 6, 7, 8) == 42.0", true},
    };
    struct doc doc;
    struct query query;
    struct fault fault = {0};
    query_extend(more, 2);
    parse(&doc, "[1, 2, 3]");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        compile(&query, rows[i].expression, QUERY_LOGICAL);
        ck_assert_msg(query_test(&query, doc.root, doc.root) == rows[i].want, "%s",
                      rows[i].expression);
        query_release(&query);
    }
    ck_assert(!query_parse(&query, STR("answer(1,2,3,4,5,6,7,8,9) == 1"), QUERY_LOGICAL,
                           &fault));
    ck_assert_str_eq(fault.text, "answer() takes no more than 8 arguments");
    fault = (struct fault){0};
    ck_assert(!query_parse(&query, STR("both(1, @)"), QUERY_LOGICAL, &fault));
    ck_assert_str_eq(fault.text, "argument 1 of both() must be a logical expression");
    query_extend(NULL, 0);
    doc_release(&doc);
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof *table)

int main(void)
{
    TCase *tcase = tcase_create("query");
    tcase_add_loop_test(tcase, selects, 0, ROWS(selections));
    tcase_add_test(tcase, selects_relative);
    tcase_add_loop_test(tcase, holds, 0, ROWS(tests));
    tcase_add_test(tcase, filters_a_list);
    tcase_add_loop_test(tcase, explains_faults, 0, ROWS(faults));
    tcase_add_test(tcase, takes_many_steps);
    tcase_add_test(tcase, bounds_nesting);
    tcase_add_test(tcase, bounds_branches);
    tcase_add_loop_test(tcase, points_with_a_caret, 0, ROWS(carets));
    tcase_add_test(tcase, has_no_pointers_inside);
    tcase_add_test(tcase, takes_more_functions);
    Suite *suite = suite_create("query");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
