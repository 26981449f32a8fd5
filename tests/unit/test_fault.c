/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "../testing.h"

#include "utf8.h"

START_TEST(test_first_wins)
{
    struct fault fault = {0};
    ck_assert(!fault_is_set(&fault));
    ck_assert(!fault_set_at(&fault, 3, 7, "the %s one", "first"));
    ck_assert(fault_is_set(&fault));
    ck_assert(!fault_set(&fault, "the second one"));
    ck_assert(!fault_set_at(&fault, 1, 1, "the third one"));
    ck_assert_str_eq(fault.text, "the first one");
    ck_assert_uint_eq(fault.line, 3);
    ck_assert_uint_eq(fault.column, 7);
}
END_TEST

START_TEST(test_path)
{
    struct fault fault = {0};
    ck_assert(!fault_set_path(&fault, "one"));
    ck_assert(!fault_set_path(&fault, "two"));
    ck_assert_str_eq(fault.path, "one");
    char longest[2 * PATH_MAX];
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    struct fault other = {0};
    fault_set_path(&other, longest);
    ck_assert_uint_eq(strlen(other.path), PATH_MAX - 1);
}
END_TEST

START_TEST(test_null)
{
    ck_assert(!fault_set(NULL, "nobody asks"));
    ck_assert(!fault_set_at(NULL, 1, 1, "nobody asks"));
    ck_assert(!fault_set_path(NULL, "nobody"));
    ck_assert(!fault_is_set(NULL));
}
END_TEST

/* A message may quote a file name or a document, and still is fit to print. */
START_TEST(test_visible)
{
    struct fault fault = {0};
    fault_set(&fault, "no '%s' in '%s'", "\x1B[2J", "a\xFF\nb");
    ck_assert_str_eq(fault.text, "no '\\u{001B}[2J' in 'a\\xFF\\nb'");
}
END_TEST

/* Cut at a character, at each length around the limit. */
START_TEST(test_cut)
{
    struct fault fault = {0};
    char text[1200];
    size_t pad = 1000 + (size_t)_i;
    memset(text, 'x', pad);
    strcpy(text + pad, "\xF0\x9F\x98\x80\xC3\xA4 and so on");
    fault_set(&fault, "%s", text);
    size_t len = strlen(fault.text);
    ck_assert_uint_eq(utf8_valid(fault.text, len), len);
    if (strlen(text) < sizeof fault.text) {
        ck_assert_str_eq(fault.text, text);
        return;
    }
    ck_assert_uint_ge(len, sizeof fault.text - 7);
    ck_assert_str_eq(fault.text + len - 3, "…");
    ck_assert_mem_eq(fault.text, text, len - 3);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("fault");
    tcase_add_test(cases, test_first_wins);
    tcase_add_test(cases, test_path);
    tcase_add_test(cases, test_null);
    tcase_add_test(cases, test_visible);
    tcase_add_loop_test(cases, test_cut, 0, 40);
    return run_cases(cases);
}
