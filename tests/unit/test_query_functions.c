/* SPDX-License-Identifier: Apache-2.0 */
#include "doc.h"
#include "function.h"
#include "query.h"

#include <check.h>

static void parse(struct doc *doc, struct str text)
{
    struct fault fault = {0};
    struct buf bytes = {0};
    buf_adds(&bytes, text);
    if (!doc_parse(doc, "test", DOC_JSON, &bytes, &fault))
        ck_abort_msg("%s in %s", fault.text, text.at);
}

static void compile(struct query *query, const char *text, enum query_kind kind)
{
    struct fault fault = {0};
    if (!query_parse(query, str_of(text), kind, &fault))
        ck_abort_msg("%s: %u: %s", text, fault.column, fault.text);
}

/* An expression about the value as root. */
static const struct {
    const char *value;
    const char *expression;
    bool want;
} rows[] = {
    {"\"h\\u00e9\\ud83d\\ude00\"", "length(@) == 3", true},
    {"[1, 2]", "length(@) == 2", true},
    {"{\"a\": 1}", "length(@) == 1", true},
    {"5", "length(@) == @.nothing", true},
    {"[1, [2]]", "count(@..*) == 3", true},
    {"[1, [2]]", "count(@.x) == 0", true},
    {"[1, [2]]", "value(@..[1][0]) == 2", true},
    {"[1, [2]]", "value(@[*]) == @.nothing", true},

    {"{\"a\": 1}", "key(@.a) == 'a'", true},
    {"[1, 2]", "key(@[1]) == 1", true},
    {"[1, 2]", "key(@[-1]) == 1", true},
    {"[1, 2]", "key(@[*]) == @.nothing", true},
    {"[1, 2]", "key(@) == @.nothing", true},

    {"1.0", "type_of(@) == 'integer'", true},
    {"1.5", "type_of(@) == 'number'", true},
    {"1e400", "type_of(@) == 'integer'", true},
    {"null", "type_of(@) == 'null'", true},
    {"true", "type_of(@) == 'boolean'", true},
    {"\"\"", "type_of(@) == 'string'", true},
    {"[]", "type_of(@) == 'array'", true},
    {"{}", "type_of(@) == 'object'", true},
    {"{}", "type_of(@.a) == @.a", true},

    {"\"x\"", "is_a(@, 'string')", true},
    {"1", "is_a(@, 'string')", false},
    {"false", "is_a(@, 'bool')", true},
    {"4294967295", "is_a(@, 'uint32')", true},
    {"4294967296", "is_a(@, 'uint32')", false},
    {"-1", "is_a(@, 'uint32')", false},
    {"1.5", "is_a(@, 'uint32')", false},
    {"10e-1", "is_a(@, 'uint8')", true},
    {"18446744073709551615", "is_a(@, 'uint64')", true},
    {"18446744073709551616", "is_a(@, 'uint64')", false},
    {"-9223372036854775808", "is_a(@, 'int64')", true},
    {"9223372036854775808", "is_a(@, 'int64')", false},
    {"1.5", "is_a(@, 'number')", true},
    {"[\"a\", \"b\"]", "is_a(@, 'string[]')", true},
    {"[\"a\", 1]", "is_a(@, 'string[]')", false},
    {"[]", "is_a(@, 'string[]')", true},
    {"{}", "is_a(@, 'string[]')", false},
    {"{\"a\": [1]}", "is_a(@, 'map<int8[]>')", true},
    {"{\"a\": [128]}", "is_a(@, 'map<int8[]>')", false},
    {"[{\"a\": null}]", "is_a(@, 'map<null>[]')", true},
    {"1", "is_a(@, 'integer')", false},
    {"1", "is_a(@, 1)", false},

    {"[1, \"a\", [2], {}]", "in_nodes(1.0, @[*])", true},
    {"[1, \"a\", [2], {}]", "in_nodes('a', $[*])", true},
    {"[1, \"a\", [2], {}]", "in_nodes('b', $[*])", false},
    {"[1, \"a\", [2], {}]", "in_nodes(@[2], $[1:3])", true},
    {"[1, \"a\", [2], {}]", "in_nodes(@[3], $[:3])", false},
    {"[1, \"a\", [2], {}]", "in_nodes(null, $[*])", false},
    {"[1, \"a\", [2], {}]", "in_nodes(length(@), $[*])", false},
    {"[4, \"a\", [2], {}]", "in_nodes(length(@), $[*])", true},
    {"[1]", "in_nodes(@.x, $.y)", false},
    {"[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,\"a\"]", "in_nodes('a', $[*])", true},
    {"[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,\"a\"]", "in_nodes(1.6e1, $[*])", true},
    {"[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,\"a\"]", "in_nodes('1', $[*])", false},

    {"18446744073709551615", "int_between(@, 0, 18446744073709551615)", true},
    {"18446744073709551616", "int_between(@, 0, 18446744073709551615)", false},
    {"9007199254740993", "int_between(@, 9007199254740993, 9007199254740993)", true},
    {"-1", "int_between(@, -1, 0)", true},
    {"1.5", "int_between(@, 0, 2)", false},
    {"\"1\"", "int_between(@, 0, 2)", false},
    {"18446744073709551615", "sum(@, @) == 36893488147419103230", true},
    {"-9223372036854775808", "sum(@, @) == -18446744073709551616", true},
    {"1", "sum(@, -1) == 0", true},
    {"1.5", "sum(@, 1) == @.nothing", true},
    {"\"1\"", "sum(@, 1) == @.nothing", true},

    {"666", "looks_octal(@)", true},
    {"644", "looks_octal(@)", true},
    {"600", "looks_octal(@)", true},
    {"755", "looks_octal(@)", true},
    {"1777", "looks_octal(@)", true},
    {"438", "looks_octal(@)", false},
    {"420", "looks_octal(@)", false},
    {"384", "looks_octal(@)", false},
    {"511", "looks_octal(@)", false},
    {"493", "looks_octal(@)", false},
    {"77", "looks_octal(@)", false},
    {"66.0", "looks_octal(@)", false},
    {"\"644\"", "looks_octal(@)", false},

    {"[{\"s\": 0, \"z\": 10}, {\"s\": 20, \"z\": 5}, {\"s\": \"x\"}]",
     "in_ranges(9, $[*], 's', 'z')", true},
    {"[{\"s\": 0, \"z\": 10}, {\"s\": 20, \"z\": 5}]", "in_ranges(10, $[*], 's', 'z')",
     false},
    {"[{\"s\": 0, \"z\": 10}, {\"s\": 20, \"z\": 5}]", "in_ranges(24, @[*], 's', 'z')",
     true},
    {"[{\"s\": 0, \"z\": 10}, {\"s\": 20, \"z\": 5}]", "in_ranges(19, @[*], 's', 'z')",
     false},
    {"[{\"s\": 0, \"z\": 10}, {\"s\": 5, \"z\": 1}, {\"s\": 10, \"z\": 2}]",
     "in_ranges(11, $[*], 's', 'z')", true},
    {"[{\"s\": 18446744073709551615, \"z\": 18446744073709551615}]",
     "in_ranges(18446744073709551615, $[*], 's', 'z')", true},
    {"[]", "in_ranges(1, $[*], 's', 'z')", false},

    {"\"/a\"", "is_absolute(@)", true},
    {"\"a/b\"", "is_absolute(@)", false},
    {"\"\"", "is_absolute(@)", false},
    {"1", "is_absolute(@)", false},
    {"{\"linux\": {}, \"windows\": {}, \"p\": \"/a\"}", "is_absolute(@.p)", true},
    {"{\"windows\": {}, \"p\": \"/a\"}", "is_absolute(@.p)", false},
    {"{\"windows\": {}, \"p\": \"c:\\\\a\"}", "is_absolute(@.p)", true},
    {"{\"windows\": {}, \"p\": \"C:/a\"}", "is_absolute(@.p)", true},
    {"{\"windows\": {}, \"p\": \"c:a\"}", "is_absolute(@.p)", false},
    {"{\"windows\": {}, \"p\": \"\\\\\\\\?\\\\Volume\"}", "is_absolute(@.p)", true},

    {"\"/a//b/./c/../d/\"", "norm_path(@) == '/a/b/d'", true},
    {"\"/proc\"", "norm_path(@) == '/proc'", true},
    {"\"/\"", "norm_path(@) == '/'", true},
    {"\"//\"", "norm_path(@) == '/'", true},
    {"\"/../..\"", "norm_path(@) == '/'", true},
    {"\"../a/../../b\"", "norm_path(@) == '../../b'", true},
    {"\"a/..\"", "norm_path(@) == '.'", true},
    {"\"\"", "norm_path(@) == '.'", true},
    {"\"/.a/..b/c.\"", "norm_path(@) == '/.a/..b/c.'", true},
    {"1", "norm_path(@) == @.nothing", true},
    {"{\"windows\": {}, \"p\": \"C:/A\\\\..\\\\B\\\\\"}", "norm_path(@.p) == 'c:\\\\b'",
     true},
    {"{\"windows\": {}, \"p\": \"C:\\\\..\"}", "norm_path(@.p) == 'c:\\\\'", true},
    {"{\"windows\": {}, \"p\": \"\\\\\\\\?\\\\A\"}", "norm_path(@.p) == '\\\\\\\\?\\\\a'",
     true},

    {"\"/a/b\"", "basename(@) == 'b'", true},
    {"\"/a/b//\"", "basename(@) == 'b'", true},
    {"\"a\"", "basename(@) == 'a'", true},
    {"\"///\"", "basename(@) == '/'", true},
    {"\"\"", "basename(@) == ''", true},
    {"1", "basename(@) == @.nothing", true},

    {"\"1.0.2\"", "is_semver(@)", true},
    {"\"1.0.0-rc.1+build.05\"", "is_semver(@)", true},
    {"\"1.0.0--\"", "is_semver(@)", true},
    {"\"1.0\"", "is_semver(@)", false},
    {"\"1.0.0.0\"", "is_semver(@)", false},
    {"\"01.0.0\"", "is_semver(@)", false},
    {"\"1.0.0-\"", "is_semver(@)", false},
    {"\"1.0.0-a..b\"", "is_semver(@)", false},
    {"\"1.0.0-01\"", "is_semver(@)", false},
    {"\"1.0.0-0a\"", "is_semver(@)", true},
    {"\"1.0.0+\"", "is_semver(@)", false},
    {"\"v1.0.0\"", "is_semver(@)", false},
    {"\"\"", "is_semver(@)", false},
    {"1", "is_semver(@)", false},

    {"\"1.0.9\"", "semver_lt(@, '1.0.10')", true},
    {"\"1.0.0-alpha\"", "semver_lt(@, '1.0.0-alpha.1')", true},
    {"\"1.0.0-alpha.1\"", "semver_lt(@, '1.0.0-alpha.beta')", true},
    {"\"1.0.0-beta.2\"", "semver_lt(@, '1.0.0-beta.11')", true},
    {"\"1.0.0-rc.1\"", "semver_lt(@, '1.0.0')", true},
    {"\"1.0.0\"", "semver_lt(@, '1.0.0-rc.1')", false},
    {"\"1.0.0+a\"", "semver_lt(@, '1.0.0+b')", false},
    {"\"1.99999999999999999999.0\"", "semver_lt(@, '1.100000000000000000000.0')", true},
    {"\"1.0\"", "semver_lt(@, '2.0.0')", false},
    {"\"1.0.0\"", "semver_lt(@, @.nothing)", false},

    {"\"0\"", "is_cpulist(@)", true},
    {"\"0-3,7,9-9\"", "is_cpulist(@)", true},
    {"\"\"", "is_cpulist(@)", false},
    {"\"3-0\"", "is_cpulist(@)", false},
    {"\"0,\"", "is_cpulist(@)", false},
    {"\",0\"", "is_cpulist(@)", false},
    {"\"0-\"", "is_cpulist(@)", false},
    {"\"0-1-2\"", "is_cpulist(@)", false},
    {"\"0 ,1\"", "is_cpulist(@)", false},
    {"\"2147483648\"", "is_cpulist(@)", false},
    {"0", "is_cpulist(@)", false},

    {"\"10.0.0.1\"", "is_ip(@, 4, false)", true},
    {"\"10.0.0.1\"", "is_ip(@, 6, false)", false},
    {"\"10.0.0.256\"", "is_ip(@, 4, false)", false},
    {"\"10.0.0\"", "is_ip(@, 4, false)", false},
    {"\"fe80::1\"", "is_ip(@, 0, false)", true},
    {"\"fe80::1/64\"", "is_ip(@, 0, false)", false},
    {"\"fe80::1/64\"", "is_ip(@, 0, true)", true},
    {"\"fe80::1/129\"", "is_ip(@, 6, true)", false},
    {"\"10.0.0.0/33\"", "is_ip(@, 4, true)", false},
    {"\"10.0.0.0/08\"", "is_ip(@, 4, true)", false},
    {"\"10.0.0.0/\"", "is_ip(@, 4, true)", false},
    {"\"10.0.0.1\\u0000\"", "is_ip(@, 4, true)", false},
    {"\"10.0.0.1\"", "is_ip(@, 5, true)", false},

    {"\"2048KB\"", "hugepage_canonical(@) == '2MB'", true},
    {"\"1048576KB\"", "hugepage_canonical(@) == '1GB'", true},
    {"\"64KB\"", "hugepage_canonical(@) == '64KB'", true},
    {"\"1536KB\"", "hugepage_canonical(@) == '1536KB'", true},
    {"\"2048GB\"", "hugepage_canonical(@) == '2048GB'", true},
    {"\"0KB\"", "hugepage_canonical(@) == @.nothing", true},
    {"\"2mb\"", "hugepage_canonical(@) == @.nothing", true},
    {"\"2TB\"", "hugepage_canonical(@) == @.nothing", true},
    {"\"MB\"", "hugepage_canonical(@) == @.nothing", true},
    {"\"99999999999999999999KB\"", "hugepage_canonical(@) == @.nothing", true},

    {"{\"options\": [\"nosuid\", \"ro\"]}", "option(@, 'ro')", true},
    {"{\"options\": [\"nosuid\", \"ro\"]}", "option(@, 'rw')", false},
    {"{\"options\": [\"ro\", \"rw\"]}", "option(@, 'ro')", false},
    {"{\"options\": [\"ro\", \"rw\", \"ro\"]}", "option(@, 'ro')", true},
    {"{\"options\": [\"noexec\", \"exec\"]}", "option(@, 'noexec')", false},
    {"{\"options\": [\"sync\", 1, \"async\"]}", "option(@, 'sync')", false},
    {"{\"options\": [\"rprivate\", \"shared\"]}", "option(@, 'rprivate')", false},
    {"{\"options\": [\"rprivate\", \"rw\"]}", "option(@, 'rprivate')", true},
    {"{\"options\": [\"ro\", \"rrw\"]}", "option(@, 'ro')", true},
    {"{\"options\": [\"mode=755\", \"rw\"]}", "option(@, 'mode=755')", true},
    {"{\"options\": [\"ro,rw\"]}", "option(@, 'ro')", false},
    {"{\"options\": \"ro\"}", "option(@, 'ro')", false},
    {"{}", "option(@, 'ro')", false},
    {"{\"options\": [\"ro\"]}", "option(@, @.x)", false},

    {"\"abc\"", "match(@, 'a.c') && search(@, 'b') && !match(@, 'b')", true},
    {"\"abc\"", "match(@, '(')", false},
    {"1", "match(@, '1')", false},
    {"[\"ab\", \"a+b\", \"a.\", \"b\"]", "match(@[0], @[2])", true},
    {"[\"ab\", \"a+b\", \"(\"]", "match(@[0], @[2])", false},
};

START_TEST(holds)
{
    struct doc doc;
    struct query query;
    parse(&doc, str_of(rows[_i].value));
    compile(&query, rows[_i].expression, QUERY_LOGICAL);
    ck_assert_msg(query_test(&query, doc.root, doc.root) == rows[_i].want, "%s of %s",
                  rows[_i].expression, rows[_i].value);
    query_release(&query);
    doc_release(&doc);
}
END_TEST

/* Which elements of the array are selected, as digits. */
static const struct {
    const char *array;
    const char *filter;
    const char *want;
} siblings[] = {
    {"[1, 2, 1.0, \"1\", 1e0, -0, 0, 0.0]", "duplicate_of_earlier(@)", "2467"},
    {"[100, 1e2, 1000, 10, 0.1, 1e-1, 10.0e-2]", "duplicate_of_earlier(@)", "156"},
    {"[[1, 2], [2, 1], [1.0, 2.0], {\"a\": 1, \"b\": 2}, {\"b\": 2, \"a\": 1}]",
     "duplicate_of_earlier(@)", "24"},
    {"[null, true, false, null, \"\", true]", "duplicate_of_earlier(@)", "35"},
    {"[{\"t\": 1, \"n\": 1}, {\"t\": 1, \"n\": 2}, {\"t\": 1}, {\"n\": 2, \"t\": 1}]",
     "duplicate_of_earlier(@, 't', 'n')", "3"},
    {"[{\"t\": 1, \"n\": 1}, {\"t\": 1, \"n\": 2}, {}, {}, 1, 1]",
     "duplicate_of_earlier(@, 't')", "1"},
    {"[{\"t\": 1}, {\"t\": 1}]", "duplicate_of_earlier(@, 1)", ""},
    {"[{\"t\": 1}, {\"t\": 1}]", "duplicate_of_earlier(@.t)", ""},
    {"[[1, 1], [2, 3]]", "duplicate_of_earlier(@[1])", "0"},
    {"[[1, 1], [2, 3]]", "duplicate_of_earlier($)", ""},
    {"[{\"t\": 1, \"k\": \"t\"}, {\"t\": 1, \"k\": \"t\"}, {\"t\": 1, \"k\": \"k\"}, "
     "{\"t\": 1, \"k\": 1}, {\"t\": 1, \"k\": \"t\"}]",
     "duplicate_of_earlier(@, @.k)", "14"},

    {"[\"A=1\", \"B=1\", \"A=2\", \"A\", \"\", \"=\", 1, \"AB=1\"]", "env_dup(@)", "235"},

    {"[{\"s\": 0, \"z\": 10}, {\"s\": 10, \"z\": 10}, {\"s\": 5, \"z\": 1}, {\"s\": 19, "
     "\"z\": 2}, {\"s\": 30, \"z\": 0}, {\"s\": 25, \"z\": 10}]",
     "overlaps(@, 's', 'z')", "23"},
    {"[{\"s\": 5, \"z\": 1}, {\"s\": 0, \"z\": 10}, {\"s\": 20, \"z\": 1}]",
     "overlaps(@, 's', 'z')", "1"},
    {"[{\"s\": 0, \"z\": 18446744073709551615}, {\"s\": 18446744073709551615, \"z\": 1}, "
     "{\"s\": 18446744073709551614, \"z\": 9}]",
     "overlaps(@, 's', 'z')", "2"},
    {"[{\"s\": -5, \"z\": 10}, {\"s\": -1, \"z\": 1}, {\"s\": 1}, {\"s\": 1.5, \"z\": "
     "1}]",
     "overlaps(@, 's', 'z')", "1"},

    {"[{\"p\": \"/a/b\"}, {\"p\": \"/a\"}, {\"p\": \"/ab\"}, {\"p\": \"/a/\"}, {\"p\": "
     "1}]",
     "nested_in_sibling(@, 'p')", "0"},
    {"[{\"p\": \"/\"}, {\"p\": \"/a\"}, {\"p\": \"//\"}, {\"p\": \"a/b\"}, {\"p\": "
     "\"a\"}]",
     "nested_in_sibling(@, 'p')", "13"},
    {"[{\"p\": \"/a/b/c\"}, {\"p\": \"/a\"}, {\"p\": \"/a/b/c\"}, {\"p\": "
     "\"/x/../a/b\"}, "
     "{\"p\": \"/b\"}]",
     "covered_by_later(@, 'p')", "02"},
    {"[{\"p\": \"/a\"}, {\"p\": \"/a/b\"}, {\"p\": \"/a\"}, {\"p\": \"/c\"}, {\"p\": "
     "\"/\"}]",
     "covered_by_later(@, 'p')", "0123"},
};

/* The array with `fillers` more elements before its own, like none of them. */
static void select_indexes(const char *array, unsigned fillers, const char *filter,
                           struct buf *indexes)
{
    struct doc doc;
    struct query query;
    struct nodes found = {0};
    AUTO_BUF struct buf filled = {0};
    AUTO_BUF struct buf text = {0};
    buf_addc(&filled, '[');
    for (unsigned i = 0; i < fillers; i++)
        buf_addf(&filled, "\"filler%u\", ", i);
    buf_adds(&filled, str_of(array + 1));
    buf_addf(&text, "$[?%s]", filter);
    parse(&doc, buf_str(&filled));
    compile(&query, text.data, QUERY_PATH);
    query_select(&query, doc.root, doc.root, &found);
    for (size_t i = 0; i < found.count; i++)
        buf_addf(indexes, "%u", found.items[i]->index - fillers);
    nodes_release(&found);
    query_release(&query);
    doc_release(&doc);
}

/* Of few siblings and of many, which are worked out in another way. */
START_TEST(knows_siblings)
{
    for (unsigned fillers = 0; fillers <= 20; fillers += 20) {
        AUTO_BUF struct buf indexes = {0};
        select_indexes(siblings[_i].array, fillers, siblings[_i].filter, &indexes);
        ck_assert_msg(str_equal(buf_str(&indexes), str_of(siblings[_i].want)),
                      "%s of %s with %u more: %s", siblings[_i].filter,
                      siblings[_i].array, fillers, buf_str(&indexes).at);
    }
}
END_TEST

START_TEST(knows_drives)
{
    struct doc doc;
    struct query query;
    struct nodes found = {0};
    parse(&doc, STR("{\"windows\": {}, \"mounts\": [{\"d\": \"C:\\\\\"}, {\"d\": "
                    "\"c:\\\\A\"}, {\"d\": \"c:/a/B\"}, {\"d\": \"d:\\\\a\\\\b\"}]}"));
    compile(&query, "$.mounts[?nested_in_sibling(@, 'd')]", QUERY_PATH);
    query_select(&query, doc.root, doc.root, &found);
    ck_assert_uint_eq(found.count, 2);
    ck_assert_uint_eq(found.items[0]->index, 1);
    ck_assert_uint_eq(found.items[1]->index, 2);
    nodes_release(&found);
    query_release(&query);
    doc_release(&doc);
}
END_TEST

/* Each filter would look at all pairs of a document that is made for that; done in the
 * time of a test it must find something better. `element` takes the place twice. */
static const struct {
    const char *element;
    const char *filter;
    size_t want;
} hostile[] = {
    {"{\"d\": \"/%u\", \"s\": %u}", "duplicate_of_earlier(@, 'd')", 0},
    {"{\"d\": \"/x\", \"s\": [%u, %u]}", "duplicate_of_earlier(@, 'd')", 49999},
    {"\"A%u=%u\"", "env_dup(@)", 0},
    {"{\"s\": %u, \"z\": 50000, \"i\": %u}", "overlaps(@, 's', 'z')", 49999},
    {"{\"s\": %u, \"z\": 1, \"i\": %u}", "overlaps(@, 's', 'z')", 0},
    {"{\"d\": \"/a/%u/b/%u\"}", "nested_in_sibling(@, 'd')", 0},
    {"{\"d\": \"/a/%u/b/%u\"}", "covered_by_later(@, 'd')", 0},
    {"{\"d\": \"/a\", \"s\": [%u, %u]}", "covered_by_later(@, 'd')", 49999},
    {"{\"s\": %u, \"z\": 1, \"i\": %u}", "!in_ranges(@.i, $[*], 's', 'z')", 0},
    {"{\"s\": %u, \"i\": \"%u\"}", "in_nodes(@.i, $[*].s)", 0},
    {"{\"s\": %u, \"i\": \"%u\"}", "$[?@.s == 'x']", 0},
    {"{\"s\": %u, \"i\": \"%u\"}", "count($..*) < 2 || @.s == value($[?@.i == 'x'])", 0},
};

START_TEST(is_not_quadratic)
{
    AUTO_BUF struct buf array = {0};
    AUTO_BUF struct buf text = {0};
    struct doc doc;
    struct query query;
    struct nodes found = {0};
    for (unsigned i = 0; i < 50000; i++) {
        const char *at = hostile[_i].element;
        buf_adds(&array, i > 0 ? STR(",\n") : STR("["));
        for (const char *place; (place = strstr(at, "%u")) != NULL; at = place + 2) {
            buf_add(&array, at, (size_t)(place - at));
            buf_addf(&array, "%u", i);
        }
        buf_adds(&array, str_of(at));
    }
    buf_addc(&array, ']');
    parse(&doc, buf_str(&array));
    buf_addf(&text, "$[?%s]", hostile[_i].filter);
    compile(&query, text.data, QUERY_PATH);
    query_select(&query, doc.root, doc.root, &found);
    ck_assert_msg(found.count == hostile[_i].want, "%s: %zu", text.data, found.count);
    nodes_release(&found);
    query_release(&query);
    doc_release(&doc);
}
END_TEST

START_TEST(table_is_complete)
{
    const struct query_function *function;
    for (size_t i = 0; (function = query_function_at(i)) != NULL; i++) {
        struct query query;
        size_t index;
        size_t names = 1;
        ck_assert(query_function_find(str_of(function->name), &index));
        ck_assert_msg(index == i, "%s is there twice", function->name);
        for (const char *at = function->names; *at != '\0'; at++)
            names += *at == ',';
        ck_assert_msg(names == function->count, "%s: %s", function->name,
                      function->names);
        ck_assert_msg(strstr(function->example, function->name) != NULL, "%s",
                      function->example);
        ck_assert(function->doc[strlen(function->doc) - 1] != '.');
        compile(&query, function->example, QUERY_LOGICAL);
        query_release(&query);
    }
}
END_TEST

START_TEST(table_speaks)
{
    static const struct {
        const char *name;
        const char *want;
    } signatures[] = {
        {"length", "length(value: ValueType) -> ValueType"},
        {"duplicate_of_earlier",
         "duplicate_of_earlier(node: NodesType, member: ValueType...) -> LogicalType"},
    };
    for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
        AUTO_BUF struct buf out = {0};
        size_t index;
        ck_assert(query_function_find(str_of(signatures[i].name), &index));
        query_function_signature(query_function_at(index), &out);
        ck_assert_str_eq(out.data, signatures[i].want);
    }
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof *table)

int main(void)
{
    TCase *tcase = tcase_create("functions");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, holds, 0, ROWS(rows));
    tcase_add_loop_test(tcase, knows_siblings, 0, ROWS(siblings));
    tcase_add_test(tcase, knows_drives);
    tcase_add_loop_test(tcase, is_not_quadratic, 0, ROWS(hostile));
    tcase_add_test(tcase, table_is_complete);
    tcase_add_test(tcase, table_speaks);
    Suite *suite = suite_create("query functions");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
