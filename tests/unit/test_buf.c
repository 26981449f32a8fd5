/* SPDX-License-Identifier: Apache-2.0 */
#include "buf.h"

#include "../testing.h"

START_TEST(test_empty)
{
    AUTO_BUF struct buf buf = {0};
    ck_assert_str_eq(buf_str(&buf).at, "");
    buf_add(&buf, NULL, 0);
    ck_assert_str_eq(buf.data, "");
    ck_assert_uint_eq(buf.len, 0);
    buf_adds(&buf, (struct str){NULL, 0});
    buf_add_visible(&buf, (struct str){NULL, 0});
    ck_assert_uint_eq(buf.len, 0);
}
END_TEST

START_TEST(test_add)
{
    AUTO_BUF struct buf buf = {0};
    buf_add(&buf, "a\0b", 3);
    buf_addc(&buf, '-');
    buf_adds(&buf, STR("cd"));
    buf_addf(&buf, "%d%s", 42, "!");
    buf_add_utf8(&buf, 0x1F600);
    ck_assert_str(buf_str(&buf), STR("a\0b-cd42!\xF0\x9F\x98\x80"));
    ck_assert_int_eq(buf.data[buf.len], '\0');
    buf_clear(&buf);
    ck_assert_str_eq(buf.data, "");
    buf_addf(&buf, "%s", "");
    ck_assert_uint_eq(buf.len, 0);
    buf_release(&buf);
    ck_assert_ptr_null(buf.data);
    buf_clear(&buf);
    buf_addc(&buf, 'x');
    ck_assert_str_eq(buf.data, "x");
}
END_TEST

/* Every length around a growth, by each of the ways to add. */
START_TEST(test_growth)
{
    size_t len = (size_t)_i;
    AUTO_FREE char *text = mem_alloc(len + 1, 1);
    memset(text, 'x', len);
    AUTO_BUF struct buf bytes = {0};
    AUTO_BUF struct buf format = {0};
    AUTO_BUF struct buf singly = {0};
    buf_add(&bytes, text, len);
    buf_addf(&format, "%s", text);
    buf_reserve(&singly, len);
    size_t capacity = singly.capacity;
    for (size_t i = 0; i < len; i++)
        buf_addc(&singly, 'x');
    ck_assert_str(buf_str(&bytes), str_of(text));
    ck_assert_str(buf_str(&format), str_of(text));
    ck_assert_str(buf_str(&singly), str_of(text));
    ck_assert_uint_eq(singly.capacity, capacity);
}
END_TEST

static const struct {
    struct str text;
    const char *want;
} visible[] = {
    {{"plain text", 10}, "plain text"},
    {{"a\nb\tc", 5}, "a\\nb\\tc"},
    {{"a\0b", 3}, "a\\u{0000}b"},
    {{"\r\x1B[31m\x7F", 7}, "\\u{000D}\\u{001B}[31m\\u{007F}"},
    {{"\xC2\x85\xC2\x9F\xC2\xA0", 6}, "\\u{0085}\\u{009F}\xC2\xA0"},
    {{"\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\xA8", 9}, "\\u{202E}\\u{2066}\\u{2028}"},
    {{"\xD8\x9C\xE2\x80\x8E", 5}, "\\u{061C}\\u{200E}"},
    {{"back\\slash", 10}, "back\\slash"},
    {{"\xFF\xC3", 2}, "\\xFF\\xC3"},
    {{"\xED\xA0\x80", 3}, "\\xED\\xA0\\x80"},
    {{"gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80", 11}, "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80"},
};

START_TEST(test_visible)
{
    AUTO_BUF struct buf once = {0};
    AUTO_BUF struct buf twice = {0};
    buf_add_visible(&once, visible[_i].text);
    ck_assert_str(buf_str(&once), str_of(visible[_i].want));
    buf_add_visible(&twice, buf_str(&once));
    ck_assert_str(buf_str(&twice), buf_str(&once));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("buf");
    tcase_add_test(cases, test_empty);
    tcase_add_test(cases, test_add);
    tcase_add_loop_test(cases, test_growth, 0, 300);
    add_rows(cases, test_visible, visible);
    return run_cases(cases);
}
