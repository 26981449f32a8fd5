/* SPDX-License-Identifier: Apache-2.0 */
#include "iregexp.h"

#include <check.h>
#include <time.h>

/* RFC 9485 section 3. A pattern that is one is translated, else `want` is NULL. */
static const struct {
    const char *pattern;
    const char *want;
} patterns[] = {
    {"", ""},
    {"abc", "abc"},
    {"a|b|", "a|b|"},
    {"()", "()"},
    {"(a|(b))*", "(a|(b))*"},
    {".", "[^\\n\\r]"},
    {"a.b", "a[^\\n\\r]b"},
    {"[.]", "[\\.]"},
    {"[..]", "[\\..]"},
    {"[:a:]", "[\\:a:]"},
    {"[=-]", "[\\=\\-]"},
    {"[^.]", "[^.]"},
    {"\\.", "\\."},
    {"a*b+c?", "a*b+c?"},
    {"a{2}b{2,}c{2,3}", "a{2}b{2,}c{2,3}"},
    {"\\n\\r\\t\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}",
     "\\n\\r\\t\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\{\\|\\}"},
    {"[a-c]", "[a-c]"},
    {"[^a-cx]", "[^a-cx]"},
    {"[-a]", "[\\-a]"},
    {"[a-]", "[a\\-]"},
    {"[^-]", "[^\\-]"},
    {"[--]", "[\\-\\-]"},
    {"[-]", "[\\-]"},
    {"[a^]", "[a^]"},
    {"[\\n-\\r]", "[\\n-\\r]"},
    {"[\\]\\[]", "[\\]\\[]"},
    {"[\\p{L}\\P{Nd}x]", "[\\p{L}\\P{Nd}x]"},
    {"\\p{Lu}\\P{Zs}\\p{Co}\\p{Sk}\\p{Pf}\\p{Mc}",
     "\\p{Lu}\\P{Zs}\\p{Co}\\p{Sk}\\p{Pf}\\p{Mc}"},
    {"\u00e9+[\u00e0-\u00ff]", "\u00e9+[\u00e0-\u00ff]"},
    {"/'\"#,-&~@ \n", "/'\"#,-&~@ \n"},
    {"^a$", "^a$"},
    {"(^a|^b$)$|$", "(^a|^b$)$|$"},
    {"a^$b", "a\\^\\$b"},
    {"^^*$$", "^\\^*\\$$"},
    {"^{2}$?", "\\^{2}\\$?"},

    {"(", NULL},
    {")", NULL},
    {"(a", NULL},
    {"a)", NULL},
    {"*", NULL},
    {"+a", NULL},
    {"?", NULL},
    {"(*a)", NULL},
    {"(?:a)", NULL},
    {"(?i)a", NULL},
    {"a|*", NULL},
    {"a**", NULL},
    {"a+?", NULL},
    {"a++", NULL},
    {"a{2}{3}", NULL},
    {"{2}", NULL},
    {"a{", NULL},
    {"a{}", NULL},
    {"a{,2}", NULL},
    {"a{2", NULL},
    {"a{2,", NULL},
    {"a{x}", NULL},
    {"a}", NULL},
    {"a]", NULL},
    {"[", NULL},
    {"[]", NULL},
    {"[^]", NULL},
    {"[a", NULL},
    {"[[a]", NULL},
    {"[a-b-c]", NULL},
    {"[a-\\p{L}]", NULL},
    {"[\\p{L}-z]", NULL},
    {"[a--]", NULL},
    {"[]a]", NULL},
    {"\\", NULL},
    {"\\d", NULL},
    {"\\w", NULL},
    {"\\s", NULL},
    {"\\b", NULL},
    {"\\$", NULL},
    {"\\/", NULL},
    {"\\1", NULL},
    {"\\u0041", NULL},
    {"\\x41", NULL},
    {"\\p", NULL},
    {"\\pL", NULL},
    {"\\p{", NULL},
    {"\\p{}", NULL},
    {"\\p{Lx}", NULL},
    {"\\p{Cs}", NULL},
    {"\\p{X}", NULL},
    {"\\p{Lu", NULL},
    {"\\p{Luu}", NULL},
    {"\\p{IsBasicLatin}", NULL},
    {"[\\d]", NULL},
    {"a\xff", NULL},
};

START_TEST(translates)
{
    AUTO_BUF struct buf out = {0};
    bool taken = iregexp_translate(str_of(patterns[_i].pattern), &out);
    ck_assert_msg(taken == (patterns[_i].want != NULL), "%s", patterns[_i].pattern);
    if (taken)
        ck_assert_str_eq(buf_str(&out).at, patterns[_i].want);
}
END_TEST

static const struct {
    const char *pattern;
    const char *subject;
    bool whole;
    bool want;
} matches[] = {
    {"", "", true, true},
    {"", "a", true, false},
    {"", "a", false, true},
    {"a|ab", "ab", true, true},
    {"b", "abc", true, false},
    {"b", "abc", false, true},
    {"abc", "abc\n", true, false},
    {"a.c", "a\u00e9c", true, true},
    {"a.c", "a\nc", true, false},
    {"a.c", "a\rc", true, false},
    {"a.c", "a\u2028c", true, true},
    {"a[^b]c", "a\nc", true, true},
    {"\\p{Lu}\\p{Ll}+", "\u00c9t\u00e9", true, true},
    {"[^\\p{L}]", "1", true, true},
    {"[a\\-c]+", "a-c", true, true},
    {"[a\\-c]+", "b", true, false},
    {"(ab){2}", "abab", true, true},
    {"(ab){2}", "ab", true, false},
    {"A", "a", true, false},
    {"^b", "ab", false, false},
    {"a$", "a\n", false, false},
    {"$HOME", "x$HOME", false, true},
    {"a^b", "a^b", true, true},
    {"^+", "^^", true, true},
    {"a#b c", "a#b c", true, true},
    {"[..]\u00e9", ".\u00e9", true, true},
    {"[:a:]+\\p{L}", "a:x", true, true},
    {"[=-a=]$", "b", false, false},
    {"[=-a=]$", "A", false, true},
};

START_TEST(runs)
{
    struct iregexp *regexp = iregexp_compile(str_of(matches[_i].pattern));
    struct iregexp_memory memory = {0};
    ck_assert_ptr_nonnull(regexp);
    ck_assert_msg(iregexp_matches(regexp, str_of(matches[_i].subject), matches[_i].whole,
                                  &memory) == matches[_i].want,
                  "%s in %s", matches[_i].pattern, matches[_i].subject);
    iregexp_memory_release(&memory);
    iregexp_free(regexp);
}
END_TEST

START_TEST(refuses)
{
    static const char *const bad[] = {"[b-a]", "a{3,2}", "a{99999}",
                                      "((a{1000}){1000}){1000}", "(a"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(iregexp_compile(str_of(bad[i])) == NULL, "%s", bad[i]);
    AUTO_BUF struct buf deep = {0};
    for (int i = 0; i < 100000; i++)
        buf_addc(&deep, '(');
    ck_assert_ptr_null(iregexp_compile(buf_str(&deep)));
    buf_clear(&deep);
    for (int i = 0; i < IREGEXP_PATTERN_MAX + 1; i++)
        buf_addc(&deep, 'a');
    ck_assert_ptr_null(iregexp_compile(buf_str(&deep)));
}
END_TEST

/* Patterns that a backtracking matcher takes for ever on. */
START_TEST(gives_up)
{
    static const char *const evil[] = {"(a*)*b",        "(a|a)*b",   "(a+)+b",
                                       "a*a*a*a*a*a*b", "(.*)*\\n.", "a*[ab]*a*c|a*b"};
    AUTO_BUF struct buf subject = {0};
    for (int i = 0; i < IREGEXP_SUBJECT_MAX; i++)
        buf_addc(&subject, 'a');
    for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
        struct iregexp *regexp = iregexp_compile(str_of(evil[i]));
        struct iregexp_memory memory = {0};
        struct timespec before;
        struct timespec after;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        ck_assert(!iregexp_matches(regexp, buf_str(&subject), true, &memory));
        ck_assert(!iregexp_matches(regexp, buf_str(&subject), false, &memory));
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        ck_assert_msg(after.tv_sec - before.tv_sec < 20, "%s took too long", evil[i]);
        iregexp_memory_release(&memory);
        iregexp_free(regexp);
    }
}
END_TEST

/* What has an automaton is matched however long the subject is. */
START_TEST(reads_long_subjects)
{
    static const char *const linear[] = {"a*b", "(a|b)*", "aa.*b", "[ab]{2,}"};
    AUTO_BUF struct buf subject = {0};
    for (int i = 0; i < IREGEXP_SUBJECT_MAX; i++)
        buf_addc(&subject, 'a');
    buf_addc(&subject, 'b');
    for (size_t i = 0; i < sizeof linear / sizeof *linear; i++) {
        struct iregexp *regexp = iregexp_compile(str_of(linear[i]));
        struct iregexp_memory memory = {0};
        ck_assert(iregexp_matches(regexp, buf_str(&subject), true, &memory));
        ck_assert(iregexp_matches(regexp, buf_str(&subject), false, &memory));
        iregexp_memory_release(&memory);
        iregexp_free(regexp);
    }
    ck_assert_int_eq(iregexp_guess(STR("ab"), buf_str(&subject), false), IREGEXP_YES);
    ck_assert_int_eq(iregexp_guess(STR("ac"), buf_str(&subject), false), IREGEXP_NO);
}
END_TEST

/* Many strings that take long each do not add up. */
START_TEST(gives_up_for_good)
{
    struct iregexp *regexp = iregexp_compile(STR("(a|a)*b?\\P{N}{0}"));
    struct iregexp_memory memory = {0};
    struct str evil = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac");
    for (int i = 0; i < IREGEXP_EXHAUSTED_MAX; i++) {
        ck_assert(iregexp_matches(regexp, STR("ab"), true, &memory));
        ck_assert(!iregexp_matches(regexp, evil, true, &memory));
    }
    ck_assert(!iregexp_matches(regexp, STR("ab"), true, &memory));
    iregexp_memory_release(&memory);
    iregexp_free(regexp);
}
END_TEST

START_TEST(shares)
{
    bool full;
    const struct iregexp *first = iregexp_shared(STR("x[0-9]+"), &full);
    ck_assert_ptr_nonnull(first);
    ck_assert(!full);
    ck_assert_ptr_eq(iregexp_shared(STR("x[0-9]+"), &full), first);
    ck_assert_ptr_null(iregexp_shared(STR("x("), &full));
    ck_assert(!full);
    for (int i = 0; !full; i++) {
        AUTO_BUF struct buf pattern = {0};
        buf_addf(&pattern, "p%d", i);
        iregexp_shared(buf_str(&pattern), &full);
        ck_assert_int_lt(i, 100000);
    }
    ck_assert_ptr_null(iregexp_shared(STR("one more"), &full));
    ck_assert(full);
    ck_assert_ptr_eq(iregexp_shared(STR("x[0-9]+"), &full), first);
    ck_assert(!full);
}
END_TEST

#define ROWS(table) (int)(sizeof table / sizeof *table)

int main(void)
{
    TCase *tcase = tcase_create("iregexp");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, translates, 0, ROWS(patterns));
    tcase_add_loop_test(tcase, runs, 0, ROWS(matches));
    tcase_add_test(tcase, refuses);
    tcase_add_test(tcase, gives_up);
    tcase_add_test(tcase, reads_long_subjects);
    tcase_add_test(tcase, gives_up_for_good);
    tcase_add_test(tcase, shares);
    Suite *suite = suite_create("iregexp");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
