/* SPDX-License-Identifier: Apache-2.0 */
#include "print.h"

#include "../testing.h"

static const struct {
    const char *text;
    const char *want;
} rows[] = {
    {" null ", "null"},
    {"[true, false]", "[true,false]"},
    {"[ ]", "[]"},
    {"{ }", "{}"},
    {"{ \"b\" : 1 , \"a\" : [ { } , [ ] ] }", "{\"b\":1,\"a\":[{},[]]}"},
    {"[1.50, -0, 1E+2, 18446744073709551616, 1e400]",
     "[1.50,-0,1E+2,18446744073709551616,1e400]"},
    {"\"\\u0041\\/\\\\\\\"\"", "\"A/\\\\\\\"\""},
    {"\"\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\"",
     "\"\\u0008\\u000c\\n\\u000d\\t\\u0000\\u001f\\u007f\""},
    {"\"\\u00e4\\ud83d\\ude00\"", "\"\xC3\xA4\xF0\x9F\x98\x80\""},
    {"{\"a\\nb\\u0000\": 1, \"\": 2, \"\": 3}", "{\"a\\nb\\u0000\":1,\"\":2,\"\":3}"},
};

/* Printed, read, and printed again. */
START_TEST(test_print)
{
    AUTO_DOC struct doc doc;
    AUTO_DOC struct doc again;
    AUTO_BUF struct buf out = {0};
    AUTO_BUF struct buf twice = {0};
    read_good(&doc, DOC_JSON, rows[_i].text);
    print_json(doc.root, &out);
    ck_assert_str(buf_str(&out), str_of(rows[_i].want));
    read_good(&again, DOC_JSON, out.data);
    ck_assert(node_equal(doc.root, again.root));
    print_json(again.root, &twice);
    ck_assert_str(buf_str(&twice), buf_str(&out));
}
END_TEST

START_TEST(test_print_string)
{
    AUTO_BUF struct buf out = {0};
    print_json_string((struct str){NULL, 0}, &out);
    print_json_string(STR("a\xFFz\xED\xA0\x80"), &out);
    ck_assert_str(buf_str(&out),
                  STR("\"\"\"a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""));
}
END_TEST

/* As deep as a document can be. */
START_TEST(test_print_deep)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf out = {0};
    AUTO_DOC struct doc doc;
    for (unsigned i = 0; i < DOC_DEPTH_MAX; i++)
        buf_addc(&text, '[');
    for (unsigned i = 0; i < DOC_DEPTH_MAX; i++)
        buf_addc(&text, ']');
    read_good(&doc, DOC_JSON, text.data);
    print_json(doc.root, &out);
    ck_assert_str(buf_str(&out), buf_str(&text));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("print");
    add_rows(cases, test_print, rows);
    tcase_add_test(cases, test_print_string);
    tcase_add_test(cases, test_print_deep);
    return run_cases(cases);
}
