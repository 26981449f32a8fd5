/* SPDX-License-Identifier: Apache-2.0 */
#include "doc.h"

#include "../testing.h"

/* One node a line, parents first, each indented by its depth: the span of its name and
 * the name, the span of its value, the type, and the decoded value. */
static void show(const struct node *node, struct buf *out)
{
    for (const struct node *parent = node->parent; parent; parent = parent->parent)
        buf_addc(out, ' ');
    if (node->key != NULL) {
        buf_addf(out, "[%u,%u)", node->key_span.start, node->key_span.end);
        buf_add_visible(out, node_key(node));
        buf_adds(out, STR(": "));
    }
    buf_addf(out, "[%u,%u) %s", node->span.start, node->span.end, node_type_name(node));
    if (node_is_container(node))
        buf_addf(out, " of %u", node->len);
    else if (node->type == NODE_TRUE || node->type == NODE_FALSE)
        buf_adds(out, node->type == NODE_TRUE ? STR(" true") : STR(" false"));
    else if (node->type != NODE_NULL)
        buf_addc(out, ' ');
    buf_add_visible(out, node_text(node));
    if (node->flags & NODE_DUPLICATE)
        buf_adds(out, STR(" again"));
    buf_addc(out, '\n');
    for (const struct node *child = node->child; child; child = child->next)
        show(child, out);
}

static const struct {
    const char *name;
    struct str text;
    const char *want;
} trees[] = {
#define TREE(name, text, want)                                                           \
    {                                                                                    \
        name, {text, sizeof(text) - 1}, want                                             \
    }
    TREE("null", "null", "[0,4) null\n"),
    TREE("space around", " \t\r\n true\n\n", "[5,9) boolean true\n"),
    TREE("false", "false", "[0,5) boolean false\n"),
    TREE("number", "-12.50E+07", "[0,10) number -12.50E+07\n"),
    TREE("zero", "-0", "[0,2) number -0\n"),
    TREE("beyond int64", "18446744073709551615", "[0,20) number 18446744073709551615\n"),
    TREE("beyond uint64", "[340282366920938463463374607431768211455.000e999]",
         "[0,49) array of 1\n [1,48) number "
         "340282366920938463463374607431768211455.000e999\n"),
    TREE("empty string", "\"\"", "[0,2) string \n"),
    TREE("string", "\"plain text, longer than a word\"",
         "[0,32) string plain text, longer than a word\n"),
    TREE("every short escape", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
         "[0,18) string \"\\/\\u{0008}\\u{000C}\\n\\u{000D}\\t\n"),
    TREE("escapes between", "\"one\\ntwo\\u0041three\"",
         "[0,21) string one\\ntwoAthree\n"),
    TREE("escaped quote last", "[\"a\\\"\",\"\\\\\"]",
         "[0,12) array of 2\n [1,6) string a\"\n [7,11) string \\\n"),
    TREE("NUL", "\"a\\u0000b\"", "[0,10) string a\\u{0000}b\n"),
    TREE("hex digits", "\"\\u00e4\\u00E4\\uFffF\"",
         "[0,20) string \xC3\xA4\xC3\xA4\xEF\xBF\xBF\n"),
    TREE("surrogates", "\"\\ud83d\\uDE00\\uDBFF\\uDFFF\"",
         "[0,26) string \xF0\x9F\x98\x80\xF4\x8F\xBF\xBF\n"),
    TREE("UTF-8", "{\"gr\xC3\xBC\xC3\x9F\": \"\xE2\x82\xAC \xF0\x9F\x98\x80\"}",
         "[0,22) object of 1\n [1,9)gr\xC3\xBC\xC3\x9F: [11,21) string \xE2\x82\xAC "
         "\xF0\x9F\x98\x80\n"),
    TREE("DEL and noncharacters", "\"\x7F\xEF\xBF\xBE\"",
         "[0,6) string \\u{007F}\xEF\xBF\xBE\n"),
    TREE("empty containers", "[[],{},[ ],{\n}]",
         "[0,15) array of 4\n [1,3) array of 0\n [4,6) object of 0\n [7,10) array of 0\n"
         " [11,14) object of 0\n"),
    TREE("object", "{\"a\":1,\"b\":{\"c\":null}}",
         "[0,22) object of 2\n [1,4)a: [5,6) number 1\n"
         " [7,10)b: [11,21) object of 1\n  [12,15)c: [16,20) null\n"),
    TREE("CR LF and tabs", "{\r\n\t\"a\" :\t[1 ,\r\n2]\r\n}\r\n",
         "[0,21) object of 1\n [4,7)a: [10,18) array of 2\n  [11,12) number 1\n"
         "  [16,17) number 2\n"),
    TREE("empty name", "{\"\":0}", "[0,6) object of 1\n [1,3): [4,5) number 0\n"),
    TREE("escaped name", "{\"a\\u0062\":0}",
         "[0,13) object of 1\n [1,10)ab: [11,12) number 0\n"),
    TREE("repeated names", "{\"a\":1,\"\\u0061\":2,\"A\":3,\"a\":4}",
         "[0,30) object of 4\n [1,4)a: [5,6) number 1\n [7,15)a: [16,17) number 2 again\n"
         " [18,21)A: [22,23) number 3\n [24,27)a: [28,29) number 4 again\n"),
#undef TREE
};

START_TEST(test_tree)
{
    AUTO_DOC struct doc doc;
    AUTO_BUF struct buf out = {0};
    struct fault fault = {0};
    bool read = read_text(&doc, DOC_JSON, trees[_i].text, &fault);
    ck_assert_msg(read, "%s: %s", trees[_i].name, fault.text);
    show(doc.root, &out);
    ck_assert_msg(str_equal(buf_str(&out), str_of(trees[_i].want)), "%s: got\n%s",
                  trees[_i].name, out.data);
    ck_assert_ptr_null(doc.root->next);
    check_hashes(&doc);
}
END_TEST

static const struct {
    const char *name;
    struct str text;
    unsigned line;
    unsigned column;
    const char *want;
} faults[] = {
#define FAULT(name, text, line, column, want)                                            \
    {                                                                                    \
        name, {text, sizeof(text) - 1}, line, column, want                               \
    }
    /* the text as a whole */
    FAULT("empty", "", 1, 1, "expected a JSON value, found nothing"),
    FAULT("only space", " \n\t\r\n", 3, 1, "expected a JSON value, found nothing"),
    FAULT("byte order mark", "\xEF\xBB\xBF{}", 1, 1,
          "the text begins with a byte order mark (EF BB BF), which runtimes refuse; "
          "remove "
          "the three bytes"),
    FAULT("UTF-16, low byte first", "\xFF\xFE{\0}\0", 1, 1,
          "the text is UTF-16; write it as UTF-8"),
    FAULT("UTF-16, high byte first", "\xFE\xFF\0{\0}", 1, 1,
          "the text is UTF-16; write it as UTF-8"),
    FAULT("UTF-16 without a mark", "{\0}\0", 1, 2,
          "expected a member name in double quotes or '}', found '\\u{0000}'"),
    FAULT("two documents", "{}\n{}", 2, 1,
          "expected the end of the text after the document, found '{'"),
    FAULT("a bracket too many", "[]]", 1, 3,
          "expected the end of the text after the document, found ']'"),
    FAULT("NUL behind", "{}\0", 1, 3,
          "expected the end of the text after the document, found '\\u{0000}'"),
    FAULT("form feed is no space", "\f1", 1, 1,
          "expected a JSON value, found '\\u{000C}'"),
    FAULT("no-break space is no space",
          "[1,\xC2\xA0"
          "2]",
          1, 4, "expected a JSON value, found '\xC2\xA0' (U+00A0)"),
    /* comments */
    FAULT("comment before", "// c\n{}", 1, 1,
          "expected a JSON value, found '/'; JSON has no comments"),
    FAULT("comment before a name", "{\n  // c\n  \"a\": 1}", 2, 3,
          "expected a member name in double quotes or '}', found '/'; JSON has no "
          "comments"),
    FAULT("comment after a value", "{\"a\": 1 /* c */}", 1, 9,
          "expected ',' or '}' after the member, found '/'; JSON has no comments"),
    FAULT("comment after an element", "[1 # c\n]", 1, 4,
          "expected ',' or ']' after the element, found '#'; JSON has no comments"),
    FAULT("comment behind", "{}\r\n# c", 2, 1,
          "expected the end of the text after the document, found '#'; JSON has no "
          "comments"),
    /* commas and colons */
    FAULT("comma after the last element", "[1,\n]", 2, 1,
          "expected a JSON value, found ']'; the comma before it must go"),
    FAULT("comma after the last member", "{\"a\": 1,\n}", 2, 1,
          "expected a member name in double quotes after the comma, found '}'; the comma "
          "before it must go"),
    FAULT("comma first", "[,1]", 1, 2,
          "expected a JSON value, found ','; something is missing before the comma"),
    FAULT("comma twice", "[1,,2]", 1, 4,
          "expected a JSON value, found ','; something is missing before the comma"),
    FAULT(
        "only a comma", "{,}", 1, 2,
        "expected a member name in double quotes or '}', found ','; something is missing "
        "before the comma"),
    FAULT("comma behind", "{},", 1, 3,
          "expected the end of the text after the document, found ','"),
    FAULT("no comma between members", "{\"a\": 1\n \"b\": 2}", 2, 2,
          "expected ',' or '}' after the member, found '\"'"),
    FAULT("no comma between elements", "[1 2]", 1, 4,
          "expected ',' or ']' after the element, found '2'"),
    FAULT("no value", "{\"a\":}", 1, 6, "expected a JSON value, found '}'"),
    FAULT("no value, comma", "{\"a\":,\"b\":1}", 1, 6,
          "expected a JSON value, found ','; something is missing before the comma"),
    FAULT("no colon", "{\"a\" 1}", 1, 6, "expected ':' after the member name, found '1'"),
    FAULT("no colon on the line", "{\"a\"\n}", 2, 1,
          "expected ':' after the member name, found '}'"),
    FAULT("equals sign", "{\"a\"=1}", 1, 5,
          "expected ':' after the member name, found '='"),
    FAULT("the other bracket", "[1}", 1, 3,
          "expected ',' or ']' after the element, found '}'"),
    FAULT("the other brace", "{\"a\":1]", 1, 7,
          "expected ',' or '}' after the member, found ']'"),
    FAULT("closed before opened", "]", 1, 1, "expected a JSON value, found ']'"),
    /* names */
    FAULT("name without quotes", "{a: 1}", 1, 2,
          "expected a member name in double quotes or '}', found 'a'"),
    FAULT("name in single quotes", "{'a': 1}", 1, 2,
          "expected a member name in double quotes or '}', found '''; strings are quoted "
          "with \""),
    FAULT("name is a number", "{\"a\":1, 2:3}", 1, 9,
          "expected a member name in double quotes after the comma, found '2'"),
    FAULT(
        "name in typographic quotes",
        "{\xE2\x80\x9C"
        "a\xE2\x80\x9D: 1}",
        1, 2,
        "expected a member name in double quotes or '}', found '\xE2\x80\x9C' (U+201C)"),
    /* words and numbers */
    FAULT("single quotes", "['a']", 1, 2,
          "expected a JSON value, found '''; strings are quoted with \""),
    FAULT("NaN", "[NaN]", 1, 2, "expected a JSON value, found 'N'"),
    FAULT("Infinity", "-Infinity", 1, 2,
          "expected a digit after the minus sign, found 'I'"),
    FAULT("True", "True", 1, 1, "expected a JSON value, found 'T'"),
    FAULT("tru", "[tru]", 1, 2, "expected a JSON value, found 't'"),
    FAULT("nullx", "[nullx]", 1, 6, "expected ',' or ']' after the element, found 'x'"),
    FAULT(
        "leading zero", "{\"mode\": 0755}", 1, 10,
        "a JSON number has no leading zero; write a file mode in decimal (0755 is 493)"),
    FAULT(
        "leading zero below zero", "-01", 1, 2,
        "a JSON number has no leading zero; write a file mode in decimal (0755 is 493)"),
    FAULT("hexadecimal", "0x1F", 1, 2,
          "expected the end of the text after the document, found 'x'"),
    FAULT("plus sign", "+1", 1, 1, "expected a JSON value, found '+'"),
    FAULT("point first", ".5", 1, 1, "expected a JSON value, found '.'"),
    FAULT("point last", "[1.]", 1, 4,
          "expected a digit after the decimal point, found ']'"),
    FAULT("minus sign only", "-", 1, 2,
          "expected a digit after the minus sign, found the end of the text"),
    FAULT("exponent without digits", "1e", 1, 3,
          "expected a digit in the exponent, found the end of the text"),
    FAULT("exponent with a sign only", "[1E+,2]", 1, 5,
          "expected a digit in the exponent, found ','"),
    /* strings */
    FAULT("no closing quote", "[\n \"abc", 2, 2, "this string has no closing quote"),
    FAULT("no closing quote on the line", "{\"a\": \"b\n, \"c\": 1}", 1, 7,
          "this string has no closing quote on its line; a line feed inside a string is "
          "written \\n"),
    FAULT("escape at the end", "\"abc\\", 1, 6,
          "expected one of \" \\ / b f n r t u after the backslash, found the end of the "
          "text"),
    FAULT("escape of the line end", "\"abc\\\n\"", 1, 6,
          "expected one of \" \\ / b f n r t u after the backslash, found the end of the "
          "line"),
    FAULT("unknown escape", "\"C:\\dir\"", 1, 5,
          "expected one of \" \\ / b f n r t u after the backslash, found 'd'"),
    FAULT("escape of UTF-8", "\"\\\xC3\xA4\"", 1, 3,
          "expected one of \" \\ / b f n r t u after the backslash, found '\xC3\xA4' "
          "(U+00E4)"),
    FAULT("escape of NUL", "\"\\\0\"", 1, 3,
          "expected one of \" \\ / b f n r t u after the backslash, found '\\u{0000}'"),
    FAULT("three hexadecimal digits", "\"a\\u00e\"", 1, 3,
          "expected four hexadecimal digits after \\u"),
    FAULT("not hexadecimal", "\"\\u00G0\"", 1, 2,
          "expected four hexadecimal digits after \\u"),
    FAULT("hexadecimal digits at the end", "\"\\u12", 1, 2,
          "expected four hexadecimal digits after \\u"),
    FAULT("first surrogate alone", "\"\\uD83D\"", 1, 2,
          "this is the first half of a surrogate pair; its second half (\\uDC00 to "
          "\\uDFFF) must follow"),
    FAULT("first surrogate twice", "\"\\uD83D\\uD83D\\uDE00\"", 1, 2,
          "this is the first half of a surrogate pair; its second half (\\uDC00 to "
          "\\uDFFF) must follow"),
    FAULT("first surrogate, other escape", "\"\\uD83D\\n1234\"", 1, 2,
          "this is the first half of a surrogate pair; its second half (\\uDC00 to "
          "\\uDFFF) must follow"),
    FAULT("second surrogate alone", "\"ab\\uDE00\"", 1, 4,
          "this is the second half of a surrogate pair without the first"),
    FAULT("tab in a string", "\"a\tb\"", 1, 3,
          "expected an escape for a control character, found '\\t'; write it as \\t or "
          "\\u00XX"),
    FAULT(
        "NUL in a string", "\"a\0b\"", 1, 3,
        "expected an escape for a control character, found '\\u{0000}'; write it as \\t "
        "or \\u00XX"),
    FAULT(
        "a control character after seven", "\"1234567\x1F\"", 1, 9,
        "expected an escape for a control character, found '\\u{001F}'; write it as \\t "
        "or \\u00XX"),
    /* bytes that are not UTF-8 */
    FAULT("Latin-1", "{\"a\": \"gr\xFC\xDF\"}", 1, 10,
          "expected UTF-8, found the byte 0xFC, which is not UTF-8"),
    FAULT("overlong", "\"\xC0\x80\"", 1, 2,
          "expected UTF-8, found the byte 0xC0, which is not UTF-8"),
    FAULT("surrogate as UTF-8", "\"a\xED\xA0\x80\"", 1, 3,
          "expected UTF-8, found the byte 0xED, which is not UTF-8"),
    FAULT("half a character at the end", "\"a\xE2\x82", 1, 3,
          "expected UTF-8, found the byte 0xE2, which is not UTF-8"),
    FAULT("not UTF-8 in a name", "{\"\xFF\": 1}", 1, 3,
          "expected UTF-8, found the byte 0xFF, which is not UTF-8"),
    FAULT("not UTF-8 outside", "[\xFF]", 1, 2,
          "expected a JSON value, found the byte 0xFF, which is not UTF-8"),
    /* the end */
    FAULT("open array", "[", 1, 2, "expected a JSON value, found the end of the text"),
    FAULT("open array, one element", "[1\n", 2, 1,
          "expected ',' or ']' after the element, found the end of the text"),
    FAULT("open object", "{", 1, 2,
          "expected a member name in double quotes or '}', found the end of the text"),
    FAULT("after a comma", "{\"a\":1,", 1, 8,
          "expected a member name in double quotes after the comma, found the end of the "
          "text"),
    FAULT("after a colon", "{\"a\":", 1, 6,
          "expected a JSON value, found the end of the text"),
    FAULT("after a name", "{\"a\"", 1, 5,
          "expected ':' after the member name, found the end of the text"),
#undef FAULT
};

START_TEST(test_fault)
{
    struct doc doc;
    struct fault fault = {0};
    ck_assert_msg(!read_text(&doc, DOC_JSON, faults[_i].text, &fault), "%s",
                  faults[_i].name);
    ck_assert_msg(strcmp(fault.text, faults[_i].want) == 0, "%s: %s", faults[_i].name,
                  fault.text);
    ck_assert_msg(fault.line == faults[_i].line && fault.column == faults[_i].column,
                  "%s: %u:%u", faults[_i].name, fault.line, fault.column);
    ck_assert_str_eq(fault.path, "text");
    ck_assert_ptr_null(doc.root);
    ck_assert_ptr_null(doc.bytes.data);
}
END_TEST

/* A document with something of everything. */
static const char sample[] =
    "{\r\n\t\"ociVersion\": \"1.2.0\", \"list\" : [ 1, -2.50e+3, true, false, null, [ ], "
    "{ } ],\n"
    "\"escapes\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00\",\n"
    "\"gr\xC3\xBC\xC3\x9F\": {\"a\": {\"b\": [[\"\xF0\x9F\x98\x80\"]]}}\n}";

/* Whatever is missing at the end, there is a place and no read beyond it. */
START_TEST(test_truncated)
{
    struct doc doc;
    struct fault fault = {0};
    size_t len = (size_t)_i;
    /* The text ends in a full buffer, so that a sanitizer sees a read past its NUL. */
    struct buf bytes = {mem_copy(sample, len), len, len + 1};
    ck_assert(!doc_parse(&doc, "text", DOC_JSON, &bytes, &fault));
    ck_assert_ptr_null(bytes.data);
    ck_assert_uint_gt(fault.line, 0);
    ck_assert_uint_gt(fault.column, 0);
    ck_assert_uint_gt(strlen(fault.text), 0);
}
END_TEST

/* No byte in the wrong place crashes it, and what is read keeps its places. */
START_TEST(test_one_byte_off)
{
    struct doc doc;
    for (unsigned byte = 0; byte < 256; byte += 1 + byte % 3) {
        struct fault fault = {0};
        AUTO_FREE char *text = mem_copy(sample, sizeof sample - 1);
        text[_i] = (char)byte;
        if (!read_text(&doc, DOC_JSON, (struct str){text, sizeof sample - 1}, &fault)) {
            ck_assert_uint_gt(fault.line, 0);
            continue;
        }
        ck_assert_uint_eq(doc.root->span.end, sizeof sample - 1);
        doc_release(&doc);
    }
}
END_TEST

START_TEST(test_depth)
{
    static const char *const opens[] = {"[", "{\"a\":"};
    static const char closes[] = "]}";
    for (size_t depth = DOC_DEPTH_MAX - 1; depth <= DOC_DEPTH_MAX + 1; depth++) {
        AUTO_BUF struct buf text = {0};
        struct doc doc;
        struct fault fault = {0};
        for (size_t i = 0; i < depth; i++)
            buf_adds(&text, str_of(opens[_i]));
        buf_addc(&text, '1');
        for (size_t i = 0; i < depth; i++)
            buf_addc(&text, closes[_i]);
        bool read = read_text(&doc, DOC_JSON, buf_str(&text), &fault);
        ck_assert_int_eq(read, depth <= DOC_DEPTH_MAX);
        if (read) {
            doc_release(&doc);
            continue;
        }
        ck_assert_str_eq(fault.text, "arrays and objects are nested more than 1000 deep");
        ck_assert_uint_eq(fault.column, DOC_DEPTH_MAX * strlen(opens[_i]) + 1);
    }
}
END_TEST

/* Depth is not the number of containers. */
START_TEST(test_wide)
{
    AUTO_BUF struct buf text = {0};
    AUTO_DOC struct doc doc;
    buf_adds(&text, STR("[[]"));
    for (unsigned i = 0; i < 5000; i++)
        buf_adds(&text, STR(",[{}]"));
    buf_addc(&text, ']');
    read_good(&doc, DOC_JSON, text.data);
    ck_assert_uint_eq(doc.root->len, 5001);
}
END_TEST

/* An object of `members` names, of which every `repeat`th is the first name again. */
static const struct {
    unsigned members;
    unsigned repeat;
} objects[] = {
    {1, 2},   {2, 2},  {2, 1},  {15, 2},   {16, 2},   {16, 16},     {17, 2},
    {17, 17}, {17, 1}, {18, 3}, {1000, 1}, {1000, 7}, {1000, 1000}, {1000, 1001},
};

START_TEST(test_duplicates)
{
    AUTO_BUF struct buf text = {0};
    AUTO_DOC struct doc doc;
    uint32_t want = 0;
    buf_addc(&text, '[');
    for (unsigned round = 0; round < 2; round++) {
        buf_adds(&text, round ? STR(",{") : STR("{"));
        for (unsigned i = 1; i <= objects[_i].members; i++) {
            bool again = i > 1 && i % objects[_i].repeat == 0;
            buf_addf(&text, "%s\"%s%u\":{}", i > 1 ? "," : "",
                     i % 2 || again ? "n" : "\\u006e", again ? 1 : i);
            want += again;
        }
        buf_addc(&text, '}');
    }
    buf_addc(&text, ']');
    read_good(&doc, DOC_JSON, text.data);
    ck_assert_uint_eq(doc.duplicates, want);
    for (const struct node *object = doc.root->child; object; object = object->next) {
        ck_assert_uint_eq(object->len, objects[_i].members);
        for (const struct node *member = object->child; member; member = member->next) {
            unsigned i = member->index + 1;
            bool again = i > 1 && i % objects[_i].repeat == 0;
            ck_assert_int_eq((member->flags & NODE_DUPLICATE) != 0, again);
        }
    }
}
END_TEST

START_TEST(test_syntax_of)
{
    ck_assert_int_eq(doc_syntax_of("config.json"), DOC_JSON);
    ck_assert_int_eq(doc_syntax_of("config"), DOC_JSON);
    ck_assert_int_eq(doc_syntax_of("a.yaml/config"), DOC_JSON);
    ck_assert_int_eq(doc_syntax_of("a.yaml"), DOC_YAML);
    ck_assert_int_eq(doc_syntax_of("a.YML"), DOC_YAML);
    ck_assert_int_eq(doc_syntax_of("a.yaml.json"), DOC_JSON);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("read_json");
    tcase_set_timeout(cases, 60);
    add_rows(cases, test_tree, trees);
    add_rows(cases, test_fault, faults);
    tcase_add_loop_test(cases, test_truncated, 0, sizeof sample - 1);
    tcase_add_loop_test(cases, test_one_byte_off, 0, sizeof sample - 1);
    tcase_add_loop_test(cases, test_depth, 0, 2);
    tcase_add_test(cases, test_wide);
    add_rows(cases, test_duplicates, objects);
    tcase_add_test(cases, test_syntax_of);
    return run_cases(cases);
}
