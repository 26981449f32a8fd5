/* SPDX-License-Identifier: Apache-2.0 */
#include "utf8.h"

#include "../testing.h"

static const struct {
    struct str bytes;
    size_t len; /* 0 where it is not well-formed */
    unsigned code_point;
} decodings[] = {
    {{"", 0}, 0, 0},
    {{"\0", 1}, 1, 0},
    {{"a", 1}, 1, 'a'},
    {{"\x7F", 1}, 1, 0x7F},
    {{"\x80", 1}, 0, 0},
    {{"\xBF", 1}, 0, 0},
    {{"\xC0\x80", 2}, 0, 0}, /* overlong NUL */
    {{"\xC1\xBF", 2}, 0, 0},
    {{"\xC2\x80", 2}, 2, 0x80},
    {{"\xDF\xBF", 2}, 2, 0x7FF},
    {{"\xC2", 1}, 0, 0},
    {{"\xC2\x41", 2}, 0, 0},
    {{"\xC2\xC0", 2}, 0, 0},
    {{"\xE0\x9F\xBF", 3}, 0, 0}, /* overlong */
    {{"\xE0\xA0\x80", 3}, 3, 0x800},
    {{"\xEF\xBF\xBF", 3}, 3, 0xFFFF},
    {{"\xE2\x82", 2}, 0, 0},
    {{"\xE2\x82\x41", 3}, 0, 0},
    {{"\xE2\x41\xAC", 3}, 0, 0},
    {{"\xED\x9F\xBF", 3}, 3, 0xD7FF},
    {{"\xED\xA0\x80", 3}, 0, 0}, /* a surrogate */
    {{"\xED\xBF\xBF", 3}, 0, 0},
    {{"\xEE\x80\x80", 3}, 3, 0xE000},
    {{"\xF0\x8F\xBF\xBF", 4}, 0, 0}, /* overlong */
    {{"\xF0\x90\x80\x80", 4}, 4, 0x10000},
    {{"\xF4\x8F\xBF\xBF", 4}, 4, 0x10FFFF},
    {{"\xF4\x90\x80\x80", 4}, 0, 0},
    {{"\xF5\x80\x80\x80", 4}, 0, 0},
    {{"\xFE", 1}, 0, 0},
    {{"\xFF", 1}, 0, 0},
    {{"\xF0\x9F\x98", 3}, 0, 0},
    {{"\xF0\x9F\x98\x28", 4}, 0, 0},
    {{"\xC3\xA4z", 3}, 2, 0xE4},
};

START_TEST(test_decode)
{
    unsigned code_point = 0xABCDEF;
    /* A copy of the exact size, so that a sanitizer sees a read past the end. */
    AUTO_FREE char *bytes = mem_resize(NULL, decodings[_i].bytes.len, 1);
    memcpy(bytes, decodings[_i].bytes.at, decodings[_i].bytes.len);
    size_t len = utf8_decode(bytes, decodings[_i].bytes.len, &code_point);
    ck_assert_uint_eq(len, decodings[_i].len);
    if (len > 0)
        ck_assert_uint_eq(code_point, decodings[_i].code_point);
}
END_TEST

START_TEST(test_every_code_point)
{
    for (unsigned value = 0; value <= 0x10FFFF; value++) {
        char bytes[UTF8_MAX];
        unsigned back = 0;
        size_t len = utf8_write(value, bytes);
        bool surrogate = value >= 0xD800 && value <= 0xDFFF;
        size_t want = value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
        if (len != want || utf8_decode(bytes, len, &back) != (surrogate ? 0 : len) ||
            (!surrogate && back != value))
            ck_abort_msg("U+%04X", value);
    }
}
END_TEST

/* A faulty byte at each place of texts of each length, against the words of eight. */
START_TEST(test_valid)
{
    char text[40];
    size_t len = (size_t)_i;
    memset(text, 'x', sizeof text);
    ck_assert_uint_eq(utf8_valid(text, len), len);
    for (size_t at = 0; at < len; at++) {
        text[at] = '\x80';
        ck_assert_uint_eq(utf8_valid(text, len), at);
        text[at] = '\xC3';
        ck_assert_uint_eq(utf8_valid(text, len), at);
        if (at + 1 < len) {
            text[at + 1] = '\xA4';
            ck_assert_uint_eq(utf8_valid(text, len), len);
            text[at + 1] = 'x';
        }
        text[at] = 'x';
    }
}
END_TEST

static const struct {
    unsigned first;
    unsigned last;
} controls[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0x61C, 0x61C},
    {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069},
};

START_TEST(test_controls)
{
    for (unsigned value = 0; value <= 0x10FFFF; value++) {
        bool control = false;
        for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++)
            control |= value >= controls[i].first && value <= controls[i].last;
        if (utf8_is_control(value) != control)
            ck_abort_msg("U+%04X", value);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("utf8");
    tcase_set_timeout(cases, 60);
    add_rows(cases, test_decode, decodings);
    tcase_add_test(cases, test_every_code_point);
    tcase_add_loop_test(cases, test_valid, 0, 34);
    tcase_add_test(cases, test_controls);
    return run_cases(cases);
}
