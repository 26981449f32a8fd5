/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include "../testing.h"

/* The lines of a text, each with its end; the places are then known of every offset. */
static const struct {
    const char *name;
    const char *lines[6];
} rows[] = {
    {"empty", {""}},
    {"no line end", {"abc"}},
    {"LF", {"a\n", "bc\n", ""}},
    {"CR", {"a\r", "bc\r", ""}},
    {"CR LF", {"a\r\n", "bc\r\n", ""}},
    {"mixed", {"a\r\n", "\n", "b\n", "\r\n", "\r", ""}},
    {"LF CR is two", {"a\n", "\r", "b"}},
    {"CR CR LF", {"a\r", "\r\n", "b"}},
    {"last without an end", {"\n", "b"}},
    {"CR last", {"\r", ""}},
    {"CR LF last", {"\r\n", ""}},
    {"UTF-8 counts bytes", {"\xC3\xA4\xE2\x82\xAC\n", "\xF0\x9F\x98\x80"}},
};

START_TEST(test_places)
{
    AUTO_BUF struct buf bytes = {0};
    for (size_t i = 0; i < 6 && rows[_i].lines[i] != NULL; i++)
        buf_adds(&bytes, str_of(rows[_i].lines[i]));
    struct text text = {.bytes = buf_str(&bytes).at, .len = (uint32_t)bytes.len};
    uint32_t start = 0;
    uint32_t count = 0;
    for (; count < 6 && rows[_i].lines[count] != NULL; count++) {
        uint32_t len = (uint32_t)strlen(rows[_i].lines[count]);
        for (uint32_t at = 0; at < len; at++) {
            struct place place = text_place(&text, start + at);
            ck_assert_msg(place.line == count + 1 && place.column == at + 1,
                          "%s: offset %u is at %u:%u", rows[_i].name, start + at,
                          place.line, place.column);
        }
        struct span line = text_line(&text, count + 1);
        ck_assert_msg(line.start == start &&
                          line.end == start + strcspn(rows[_i].lines[count], "\r\n"),
                      "%s: line %u is [%u, %u)", rows[_i].name, count + 1, line.start,
                      line.end);
        start += len;
    }
    struct place end = text_place(&text, text.len);
    ck_assert_uint_eq(end.line, count);
    ck_assert_uint_eq(end.column, strlen(rows[_i].lines[count - 1]) + 1);
    for (uint32_t line = 0; line < 2 * (count + 2); line += count + 1) {
        struct span none = text_line(&text, line);
        ck_assert_uint_eq(none.start, text.len);
        ck_assert_uint_eq(none.end, text.len);
    }
    text_release(&text);
}
END_TEST

static const struct {
    struct str text;
    const char *want;
} descriptions[] = {
    {{"", 0}, "the end of the text"},
    {{"x", 1}, "'x'"},
    {{"\n", 1}, "the end of the line"},
    {{"\r\n", 2}, "the end of the line"},
    {{"\t", 1}, "'\\t'"},
    {{"\0", 1}, "'\\u{0000}'"},
    {{"\x1B", 1}, "'\\u{001B}'"},
    {{"\xC3\xA4", 2}, "'\xC3\xA4' (U+00E4)"},
    {{"\xE2\x80\x9C", 3}, "'\xE2\x80\x9C' (U+201C)"},
    {{"\xE2\x80\xAE", 3}, "'\\u{202E}' (U+202E)"},
    {{"\xC3", 1}, "the byte 0xC3, which is not UTF-8"},
    {{"\xFF", 1}, "the byte 0xFF, which is not UTF-8"},
};

START_TEST(test_describe)
{
    AUTO_BUF struct buf out = {0};
    struct text text = {.bytes = descriptions[_i].text.at,
                        .len = (uint32_t)descriptions[_i].text.len};
    text_describe(&text, 0, &out);
    ck_assert_str(buf_str(&out), str_of(descriptions[_i].want));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("text");
    add_rows(cases, test_places, rows);
    add_rows(cases, test_describe, descriptions);
    return run_cases(cases);
}
