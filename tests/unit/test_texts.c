/* SPDX-License-Identifier: Apache-2.0 */
#include "texts.h"

#include "doc.h"
#include "need.h"

#include <check.h>

static void fill(struct texts *texts, const char *text)
{
    AUTO_DOC struct doc doc = {0};
    struct fault fault = {0};
    struct buf bytes = {0};
    buf_adds(&bytes, str_of(text));
    if (!doc_parse(&doc, "test", DOC_JSON, &bytes, &fault))
        ck_abort_msg("%s in %s", fault.text, text);
    *texts = doc.texts;
}

static const char document[] =
    "{\"name\": [\"string\", {\"inner\": \"a string that is longer than the samples\"}], "
    "\"number\": 12, \"\": \"\", \"\\u00e9\": \"ab\"}";

static const struct {
    const char *text;
    bool name;
    bool string;
} rows[] = {
    {"name", true, false},
    {"inner", true, false},
    {"number", true, false},
    {"\u00e9", true, false},
    {"", true, true},
    {"string", false, true},
    {"ab", false, true},
    {"a string that is longer than the samples", false, true},
    {"a string that is longer than the sample", false, false},
    {"a string that is shorter than the samples", false, false},
    {"12", false, false},
    {"ba", false, false},
    {"strin", false, false},
    {"strings", false, false},
};

START_TEST(knows_texts)
{
    struct texts texts;
    struct str text = str_of(rows[_i].text);
    fill(&texts, document);
    ck_assert_int_eq(texts_have(&texts, node_hash(text)), rows[_i].name);
    ck_assert_int_eq(texts_have(&texts, node_text_hash(text)), rows[_i].string);
}
END_TEST

START_TEST(meets_needs)
{
    uint32_t name = node_hash(STR("name"));
    uint32_t string = node_text_hash(STR("string"));
    uint32_t absent = node_text_hash(STR("absent"));
    const struct {
        uint32_t needs[8];
        bool want;
    } groups[] = {
        {{0}, true},
        {{1, name, 0}, true},
        {{1, absent, 0}, false},
        {{2, absent, string, 0}, true},
        {{2, absent, absent, 0}, false},
        {{1, name, 1, string, 0}, true},
        {{1, name, 2, absent, string, 1, absent, 0}, false},
    };
    struct texts texts;
    fill(&texts, document);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        ck_assert_msg(need_met(&texts, groups[i].needs) == groups[i].want, "row %zu", i);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("texts");
    tcase_add_loop_test(tcase, knows_texts, 0, sizeof rows / sizeof *rows);
    tcase_add_test(tcase, meets_needs);
    Suite *suite = suite_create("texts");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
