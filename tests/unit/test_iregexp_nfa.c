/* SPDX-License-Identifier: Apache-2.0
 *
 * The automaton against PCRE2, which runs the same patterns in another way.
 */
#include "iregexp_nfa.h"

#include "iregexp.h"

#include <check.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { PATTERNS = 4000, SUBJECTS = 12 };

static uint32_t seed = 1;

/* Numerical Recipes' linear congruence, the upper bits of it. */
static unsigned random_below(unsigned limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 16) % limit;
}

static const char *random_word(const char *const *words, size_t count)
{
    return words[random_below((unsigned)count)];
}

static void add_pattern(struct buf *out, unsigned depth)
{
    static const char *const atoms[] = {
        "a",    "b",     "c",      ".",     "\\.",        "\\n",     "[ab]",
        "[^a]", "[a-c]", "[^b-c]", "[-a]",  "[a-]",       "[^\\n-]", "\\-",
        "ab",   "-",     "[a^]",   "[\\]]", "[\\[\\^.b]", "[^.]",    "\\^"};
    static const char *const quantifiers[] = {"*",   "+",    "?",    "{2}",
                                              "{0}", "{1,}", "{0,}", "{1,3}"};
    unsigned pieces = random_below(4);
    for (unsigned i = 0; i < pieces; i++) {
        if (depth > 0 && random_below(3) == 0) {
            buf_addc(out, '(');
            add_pattern(out, depth - 1);
            buf_addc(out, ')');
        } else {
            buf_adds(out, str_of(random_word(atoms, sizeof atoms / sizeof *atoms)));
        }
        if (random_below(3) == 0)
            buf_adds(out, str_of(random_word(quantifiers,
                                             sizeof quantifiers / sizeof *quantifiers)));
    }
    if (random_below(4) == 0) {
        buf_addc(out, '|');
        add_pattern(out, depth);
    }
}

static void add_subject(struct buf *out)
{
    static const char *const parts[] = {"a", "b", "c", "d",      ".",
                                        "-", "^", "]", "\u00e9", "\U0001f600",
                                        "a", "b", "[", "\n",     "\r"};
    for (unsigned i = random_below(7); i > 0; i--)
        buf_adds(out, str_of(random_word(parts, sizeof parts / sizeof *parts)));
}

static bool pcre_matches(const pcre2_code *code, struct str subject, bool whole)
{
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    int result = pcre2_match(code, (PCRE2_SPTR)subject.at, subject.len, 0,
                             whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0, data, NULL);
    pcre2_match_data_free(data);
    ck_assert(result >= 0 || result == PCRE2_ERROR_NOMATCH);
    return result >= 0;
}

static void compare(const struct iregexp_nfa *nfa, const pcre2_code *code,
                    struct str pattern, struct str subject, bool whole, size_t *matched)
{
    bool want = pcre_matches(code, subject, whole);
    enum iregexp_guess guess = iregexp_guess(pattern, subject, whole);
    ck_assert_msg(iregexp_nfa_matches(nfa, subject, whole) == want, "%.*s in '%.*s'",
                  (int)pattern.len, pattern.at, (int)subject.len, subject.at);
    ck_assert_msg(guess == IREGEXP_UNKNOWN || guess == (want ? IREGEXP_YES : IREGEXP_NO),
                  "guess of %.*s in '%.*s'", (int)pattern.len, pattern.at,
                  (int)subject.len, subject.at);
    *matched += want;
}

START_TEST(agrees_with_pcre)
{
    size_t built = 0;
    size_t matched = 0;
    for (int i = 0; i < PATTERNS; i++) {
        AUTO_BUF struct buf pattern = {0};
        AUTO_BUF struct buf translated = {0};
        struct iregexp_nfa nfa;
        int error;
        size_t place;
        add_pattern(&pattern, 2);
        buf_reserve(&translated, 1);
        ck_assert_msg(iregexp_translate(buf_str(&pattern), &translated), "%s",
                      buf_str(&pattern).at);
        pcre2_code *code = pcre2_compile((PCRE2_SPTR)translated.data, translated.len,
                                         PCRE2_UTF, &error, &place, NULL);
        ck_assert_ptr_nonnull(code);
        if (iregexp_nfa_build(&nfa, buf_str(&pattern))) {
            built++;
            for (int k = 0; k < SUBJECTS; k++) {
                AUTO_BUF struct buf subject = {0};
                add_subject(&subject);
                compare(&nfa, code, buf_str(&pattern), buf_str(&subject), true, &matched);
                compare(&nfa, code, buf_str(&pattern), buf_str(&subject), false,
                        &matched);
            }
        }
        pcre2_code_free(code);
    }
    ck_assert_uint_gt(built, PATTERNS * 9 / 10);
    ck_assert_uint_gt(matched, PATTERNS * SUBJECTS / 4);
}
END_TEST

/* What has no automaton; those that are faulty too. */
static const char *const others[] = {
    "^a",
    "a$",
    "\\p{L}",
    "[\\P{Nd}]",
    "\u00e9",
    "[\u00e0-\u00ff]",
    "[b-a]",
    "a{3,2}",
    "a{65}",
    "(a|b){33}",
    "a{99999999999999999999}",
    "(){0,65}",
    "((((){64}){64}){64}){64}",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
};

START_TEST(leaves_to_others)
{
    struct iregexp_nfa nfa;
    ck_assert_msg(!iregexp_nfa_build(&nfa, str_of(others[_i])), "%s", others[_i]);
}
END_TEST

/* The last of 64 positions. */
START_TEST(uses_all_positions)
{
    struct iregexp_nfa nfa;
    ck_assert(iregexp_nfa_build(&nfa, STR("a{63}b")));
    AUTO_BUF struct buf subject = {0};
    for (int i = 0; i < 63; i++)
        buf_addc(&subject, 'a');
    ck_assert(!iregexp_nfa_matches(&nfa, buf_str(&subject), true));
    buf_addc(&subject, 'b');
    ck_assert(iregexp_nfa_matches(&nfa, buf_str(&subject), true));
    buf_addc(&subject, 'b');
    ck_assert(!iregexp_nfa_matches(&nfa, buf_str(&subject), true));
    ck_assert(iregexp_nfa_matches(&nfa, buf_str(&subject), false));
}
END_TEST

static const struct {
    const char *pattern;
    const char *subject;
    enum iregexp_guess whole;
    enum iregexp_guess part;
} guesses[] = {
    {"abc", "abc", IREGEXP_YES, IREGEXP_YES},
    {"abc", "xabcx", IREGEXP_NO, IREGEXP_YES},
    {"abc", "ab", IREGEXP_NO, IREGEXP_NO},
    {"abc.*", "abd", IREGEXP_NO, IREGEXP_UNKNOWN},
    {"abc.*", "abcd", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"abc*", "ab", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"abc?", "ac", IREGEXP_NO, IREGEXP_UNKNOWN},
    {"abc{0}", "ab", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"abc+", "ab", IREGEXP_NO, IREGEXP_UNKNOWN},
    {"ab\u00e9*", "ab", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"ab\u00e9*", "a\u00e9", IREGEXP_NO, IREGEXP_UNKNOWN},
    {"ab|cd", "cd", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"ab(c|d)", "cd", IREGEXP_NO, IREGEXP_UNKNOWN},
    {"ab[|]", "cd", IREGEXP_NO, IREGEXP_UNKNOWN},
    {"ab\\|", "cd", IREGEXP_NO, IREGEXP_UNKNOWN},
    {"ab(c|d)|e", "e", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"(ab)", "cd", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"a^", "a^", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"", "", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
    {"ab)", "ab", IREGEXP_UNKNOWN, IREGEXP_UNKNOWN},
};

START_TEST(guesses_from_plain_text)
{
    struct str pattern = str_of(guesses[_i].pattern);
    struct str subject = str_of(guesses[_i].subject);
    ck_assert_int_eq(iregexp_guess(pattern, subject, true), guesses[_i].whole);
    ck_assert_int_eq(iregexp_guess(pattern, subject, false), guesses[_i].part);
}
END_TEST

int main(void)
{
    TCase *tcase = tcase_create("iregexp_nfa");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, agrees_with_pcre);
    tcase_add_loop_test(tcase, leaves_to_others, 0, sizeof others / sizeof *others);
    tcase_add_test(tcase, uses_all_positions);
    tcase_add_loop_test(tcase, guesses_from_plain_text, 0,
                        sizeof guesses / sizeof *guesses);
    Suite *suite = suite_create("iregexp_nfa");
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
