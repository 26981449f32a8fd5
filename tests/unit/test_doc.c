/* SPDX-License-Identifier: Apache-2.0 */
#include "doc.h"

#include "../testing.h"

#include <unistd.h>

/* The span that points at a node, as a text; NULL for the row's first node. */
static const struct {
    enum doc_syntax syntax;
    const char *text;
    const char *pointer;
    const char *want;
} spans[] = {
    {DOC_JSON, "{\"a\": 1}", "", "{"},
    {DOC_JSON, "{\"a\" : 1 }", "/a", "\"a\" : 1"},
    {DOC_JSON, "{\"a\": \"x\\ny\"}", "/a", "\"a\": \"x\\ny\""},
    {DOC_JSON, "{\"a\": [1, 2]}", "/a", "\"a\""},
    {DOC_JSON, "{\"a\": {\"b\": null}}", "/a", "\"a\""},
    {DOC_JSON, "{\"a\": [1, 23]}", "/a/1", "23"},
    {DOC_JSON, "[[1], {\"x\": 2}]", "/0", "["},
    {DOC_JSON, "[[1], {\"x\": 2}]", "/1", "{"},
    {DOC_JSON, "{\"\": true}", "/", "\"\": true"},
    {DOC_JSON, " 12 ", "", "12"},
    {DOC_YAML, "a: 1\nb: 2\n", "", "a: 1"},
    {DOC_YAML, "a: 1\r\nb: 2\r\n", "", "a: 1"},
    {DOC_YAML, "a: 1\nb: 2\n", "/b", "b: 2"},
    {DOC_YAML, "a:\n  - x\n  - y\n", "/a", "a"},
    {DOC_YAML, "- k: v\n  l: w\n- z\n", "/0", "k: v"},
    {DOC_YAML, "- {k: v}\n", "/0", "{"},
};

START_TEST(test_span)
{
    AUTO_DOC struct doc doc;
    read_good(&doc, spans[_i].syntax, spans[_i].text);
    const struct node *node = node_find(doc.root, str_of(spans[_i].pointer));
    ck_assert_ptr_nonnull(node);
    ck_assert_str(text_slice(&doc.text, doc_span(&doc, node)), str_of(spans[_i].want));
}
END_TEST

START_TEST(test_takes_over)
{
    AUTO_DOC struct doc doc;
    struct buf bytes = {0};
    buf_adds(&bytes, STR("[1]"));
    const char *memory = bytes.data;
    ck_assert(doc_parse(&doc, "name", DOC_JSON, &bytes, NULL));
    ck_assert_ptr_eq(doc.text.bytes, memory);
    ck_assert_ptr_null(bytes.data);
    ck_assert_uint_eq(bytes.len, 0);
    ck_assert_str_eq(doc.path, "name");
}
END_TEST

START_TEST(test_failed)
{
    struct doc doc;
    struct buf bytes = {0};
    struct fault fault = {0};
    ck_assert(!doc_parse(&doc, "name", DOC_JSON, &bytes, &fault));
    ck_assert_str_eq(fault.text, "expected a JSON value, found nothing");
    ck_assert_ptr_null(doc.root);
    doc_release(&doc);
    buf_adds(&bytes, STR("[1"));
    ck_assert(!doc_parse(&doc, "name", DOC_JSON, &bytes, NULL));
    ck_assert_ptr_null(bytes.data);
}
END_TEST

/* A fault that was not needed for one file names the next. */
START_TEST(test_load)
{
    char good[] = "/tmp/speclint-test-XXXXXX.json";
    char bad[] = "/tmp/speclint-test-XXXXXX.yaml";
    int fd = mkstemps(good, 5);
    ck_assert_int_eq(write(fd, "{\"a\": 1}\n", 9), 9);
    close(fd);
    fd = mkstemps(bad, 5);
    ck_assert_int_eq(write(fd, "a: [1\n", 6), 6);
    close(fd);
    struct doc doc;
    struct fault fault = {0};
    ck_assert(doc_load(&doc, good, &fault));
    ck_assert_int_eq(doc.syntax, DOC_JSON);
    ck_assert_int_eq(doc.before.st_size, 9);
    doc_release(&doc);
    ck_assert(!doc_load(&doc, bad, &fault));
    ck_assert_str_eq(fault.path, bad);
    ck_assert_uint_gt(fault.line, 0);
    unlink(good);
    unlink(bad);
    struct fault gone = {0};
    ck_assert(!doc_load(&doc, good, &gone));
    ck_assert_str_eq(gone.path, good);
    ck_assert_str_eq(gone.text, "cannot be opened: No such file or directory");
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("doc");
    add_rows(cases, test_span, spans);
    tcase_add_test(cases, test_takes_over);
    tcase_add_test(cases, test_failed);
    tcase_add_test(cases, test_load);
    return run_cases(cases);
}
