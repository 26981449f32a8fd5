/* SPDX-License-Identifier: Apache-2.0 */
#include "wildcard.h"

#include "../testing.h"

#include <time.h>

static const struct {
    const char *glob, *path;
    bool want;
} matches[] = {
    {"a.json", "a.json", true},
    {"a.json", "b.json", false},
    {"*.json", "a.json", true},
    {"*.json", ".json", true},
    {"*.json", "a/b.json", false},
    {"a/*/c", "a/b/c", true},
    {"a/*/c", "a/b/d/c", false},
    {"a?c", "abc", true},
    {"a?c", "a/c", false},
    {"**/c", "c", true},
    {"**/c", "a/b/c", true},
    {"**/c", "a/bc", false},
    {"a/**", "a/b/c", true},
    {"a/**", "a", false},
    {"a/**/c", "a/c", true},
    {"a/**/c", "a/b/d/c", true},
    {"a/**/c", "a/b/dc", false},
    {"a/**/b*/**/c", "a/x/b1/y/z/c", true},
    {"**/a*c/d", "x/abcabc/d", true},
    {"a**b", "a1b", true},
    {"a**b", "a/b", false},
    {"**", "a/b", true},
    {"[abc]", "b", true},
    {"[!abc]", "b", false},
    {"[^abc]", "d", true},
    {"[a-cx]", "x", true},
    {"[a-c]", "d", false},
    {"[]]", "]", true},
    {"[]-]", "-", true},
    {"[!a]", "/", false},
    {"[\\]]", "]", true},
    {"[[:digit:]]*", "7up", true},
    {"[[:digit:]]", "a", false},
    {"[a", "[a", true},
    {"\\*", "*", true},
    {"\\*", "a", false},
    {"a\\", "a\\", true},
    {"", "", true},
    {"", "a", false},
    {"*a*b*", "xxaxxbxx", true},
    {"*a*b", "xxaxxbxx", false},
};

START_TEST(match_row)
{
    ck_assert_msg(glob_match(str_of(matches[_i].glob), str_of(matches[_i].path)) ==
                      matches[_i].want,
                  "%s and %s", matches[_i].glob, matches[_i].path);
}
END_TEST

static const struct {
    const char *glob, *path;
    bool want;
} covers[] = {
    {"*.json", "a/b/c.json", true},
    {"config.json", "a/config.json", true},
    {"/config.json", "a/config.json", false},
    {"/config.json", "config.json", true},
    {"a", "a/b/c.json", true},
    {"b", "a/b/c.json", true},
    {"b/", "a/b/c.json", true},
    {"a/b", "a/b/c.json", true},
    {"b/c.json", "a/b/c.json", false},
    {"**/b/c.json", "a/b/c.json", true},
    {"a/*.json", "a/c.json", true},
    {"c", "a/b/c.json", false},
    {"", "a", false},
    {"/", "a", false},
};

START_TEST(cover_row)
{
    ck_assert_msg(glob_covers(str_of(covers[_i].glob), str_of(covers[_i].path)) ==
                      covers[_i].want,
                  "%s and %s", covers[_i].glob, covers[_i].path);
}
END_TEST

/* A matcher that tries all ways would not come back. */
START_TEST(hostile)
{
    AUTO_BUF struct buf glob = {0};
    AUTO_BUF struct buf path = {0};
    clock_t start = clock();
    for (unsigned i = 0; i < 100; i++) {
        buf_adds(&glob, i % 3 ? STR("*a") : STR("**/"));
        buf_adds(&path, i % 9 ? STR("aaaaaaaaaaaaaaaa") : STR("/"));
    }
    buf_adds(&glob, STR("b"));
    ck_assert(!glob_match(buf_str(&glob), buf_str(&path)));
    ck_assert_int_lt(clock() - start, CLOCKS_PER_SEC);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("glob");
    add_rows(cases, match_row, matches);
    add_rows(cases, cover_row, covers);
    tcase_add_test(cases, hostile);
    return run_cases(cases);
}
