/* SPDX-License-Identifier: Apache-2.0 */
#include "edit.h"

#include <check.h>
#include <stdio.h>

/* Each step is START-END=TEXT in the text as the steps before have left it. */
static const struct {
    const char *name;
    const char *original;
    const char *steps[4];
    const char *edits; /* what the set is at the end */
    const char *want;
} rows[] = {
    {"no edit", "abc", {0}, "", "abc"},
    {"replace", "abcdef", {"1-3=XY"}, "1-3=XY;", "aXYdef"},
    {"insert into nothing", "", {"0-0=x"}, "0-0=x;", "x"},
    {"delete all", "abc", {"0-3="}, "0-3=;", ""},
    {"two apart, left first",
     "abcdef",
     {"0-1=XYZ", "7-8=Q"},
     "0-1=XYZ;5-6=Q;",
     "XYZbcdeQ"},
    {"two apart, right first", "abcdef", {"5-6=Q", "0-1="}, "0-1=;5-6=Q;", "bcdeQ"},
    {"between two",
     "abcdefghi",
     {"0-1=", "7-8=Z", "3-4=--"},
     "0-1=;4-5=--;8-9=Z;",
     "bcd--fghZ"},
    {"touch on the left", "abcdef", {"2-4=XY", "1-2=_"}, "1-4=_XY;", "a_XYef"},
    {"touch on the right", "abcdef", {"2-4=XY", "4-5=_"}, "2-5=XY_;", "abXY_f"},
    {"inside an edit", "abcdef", {"2-4=WXYZ", "3-5=_"}, "2-4=W_Z;", "abW_Zef"},
    {"over the start", "abcdef", {"2-4=WXYZ", "1-3=_"}, "1-4=_XYZ;", "a_XYZef"},
    {"over the end", "abcdef", {"2-4=WXYZ", "5-7=_"}, "2-5=WXY_;", "abWXY_f"},
    {"over all of it", "abcdef", {"2-4=WXYZ", "1-7=_"}, "1-5=_;", "a_f"},
    {"over two", "abcdefgh", {"1-2=XX", "6-7=YY", "2-7=_"}, "1-6=X_Y;", "aX_Ygh"},
    {"over two deletions", "abcdefgh", {"1-3=", "3-5=", "0-4=_"}, "0-8=_;", "_"},
    {"into a deletion", "abcdef", {"1-5=", "1-1=new"}, "1-5=new;", "anewf"},
    {"append twice", "ab", {"2-2=c", "3-3=d"}, "2-2=cd;", "abcd"},
};

START_TEST(test_edits)
{
    struct edits edits = {0};
    struct str original = str_of(rows[_i].original);
    AUTO_BUF struct buf step_by_step = {0};
    buf_adds(&step_by_step, original);
    for (unsigned i = 0; i < 4 && rows[_i].steps[i] != NULL; i++) {
        unsigned start, end;
        int text = 0;
        ck_assert_int_eq(sscanf(rows[_i].steps[i], "%u-%u=%n", &start, &end, &text), 2);
        struct str with = str_of(rows[_i].steps[i] + text);
        edits_add(&edits, (struct span){start, end}, with);
        AUTO_BUF struct buf next = {0};
        buf_add(&next, step_by_step.data, start);
        buf_adds(&next, with);
        buf_add(&next, step_by_step.data + end, step_by_step.len - end);
        buf_clear(&step_by_step);
        buf_adds(&step_by_step, buf_str(&next));
    }
    AUTO_BUF struct buf shown = {0};
    for (size_t i = 0; i < edits.count; i++)
        buf_addf(&shown, "%u-%u=%s;", edits.items[i].span.start, edits.items[i].span.end,
                 edits.items[i].text);
    AUTO_BUF struct buf out = {0};
    edits_apply(&edits, original, &out);
    edits_release(&edits);
    ck_assert_msg(str_equal(buf_str(&out), str_of(rows[_i].want)), "%s: got %s",
                  rows[_i].name, out.data);
    ck_assert_msg(str_equal(buf_str(&out), buf_str(&step_by_step)), "%s: step by step %s",
                  rows[_i].name, step_by_step.data);
    ck_assert_msg(str_equal(buf_str(&shown), str_of(rows[_i].edits)), "%s: edits %s",
                  rows[_i].name, shown.data);
}
END_TEST

/* Any sequence of changes is the same made one by one or as one set. */
START_TEST(test_edits_random)
{
    unsigned random = (unsigned)_i * 2654435761u + 1;
#define RANDOM(n) (random = random * 1664525u + 1013904223u, (random >> 8) % (n))
    AUTO_BUF struct buf original = {0};
    for (unsigned i = RANDOM(40); i > 0; i--)
        buf_addc(&original, (char)('a' + RANDOM(26)));
    AUTO_BUF struct buf current = {0};
    buf_adds(&current, buf_str(&original));
    struct edits edits = {0};
    for (unsigned steps = RANDOM(12); steps > 0; steps--) {
        uint32_t start = RANDOM((unsigned)current.len + 1);
        uint32_t end = start + RANDOM((unsigned)current.len - start + 1);
        if (end > start + 6)
            end = start + 6;
        struct str text = {"0123456789", RANDOM(7)};
        edits_add(&edits, (struct span){start, end}, text);
        AUTO_BUF struct buf next = {0};
        buf_add(&next, current.data, start);
        buf_adds(&next, text);
        buf_add(&next, current.data + end, current.len - end);
        buf_clear(&current);
        buf_adds(&current, buf_str(&next));
        for (size_t i = 1; i < edits.count; i++)
            ck_assert_uint_lt(edits.items[i - 1].span.end, edits.items[i].span.start);
    }
    AUTO_BUF struct buf out = {0};
    edits_apply(&edits, buf_str(&original), &out);
    ck_assert(str_equal(buf_str(&out), buf_str(&current)));
    edits_trim(&edits, buf_str(&original));
    buf_clear(&out);
    edits_apply(&edits, buf_str(&original), &out);
    ck_assert(str_equal(buf_str(&out), buf_str(&current)));
    edits_release(&edits);
}
END_TEST

static const struct {
    const char *name;
    const char *original;
    struct span span;
    const char *text;
    const char *want;
} trims[] = {
    {"same", "abc", {0, 3}, "abc", ""},
    {"head", "abc", {0, 3}, "abd", "2-3=d;"},
    {"tail", "abc", {0, 3}, "xbc", "0-1=x;"},
    {"both", "abcd", {0, 4}, "aXd", "1-3=X;"},
    {"becomes an insertion", "aa", {0, 2}, "aaa", "2-2=a;"},
    {"becomes a deletion", "aaa", {0, 3}, "aa", "2-3=;"},
    {"a character's head", "\xC3\xA4", {0, 2}, "\xC3\xB6", "0-2=\xC3\xB6;"},
    {"a character's tail", "\xC3\xA4", {0, 2}, "\xC5\xA4", "0-2=\xC5\xA4;"},
};

START_TEST(test_trim)
{
    struct edits edits = {0};
    edits_add(&edits, trims[_i].span, str_of(trims[_i].text));
    edits_trim(&edits, str_of(trims[_i].original));
    AUTO_BUF struct buf shown = {0};
    for (size_t i = 0; i < edits.count; i++)
        buf_addf(&shown, "%u-%u=%s;", edits.items[i].span.start, edits.items[i].span.end,
                 edits.items[i].text);
    edits_release(&edits);
    ck_assert_msg(str_equal(buf_str(&shown), str_of(trims[_i].want)), "%s: got %s",
                  trims[_i].name, buf_str(&shown).at);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("edit");
    TCase *cases = tcase_create("edit");
    tcase_add_loop_test(cases, test_edits, 0, sizeof(rows) / sizeof(*rows));
    tcase_add_loop_test(cases, test_edits_random, 0, 2000);
    tcase_add_loop_test(cases, test_trim, 0, sizeof(trims) / sizeof(*trims));
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
