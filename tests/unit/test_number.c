/* SPDX-License-Identifier: Apache-2.0 */
#include "number.h"

#include "../testing.h"

#include <inttypes.h>

/* `order` of a against b. */
static const struct {
    const char *a;
    const char *b;
    int order;
} comparisons[] = {
    {"0", "0", 0},
    {"0", "-0", 0},
    {"-0.0", "0e5", 0},
    {"0.000", "-0E-99", 0},
    {"0", "1", -1},
    {"0", "0.000001", -1},
    {"0", "-0.000001", 1},
    {"-1", "1", -1},
    {"-2", "-1", -1},
    {"-1", "-1.5", 1},
    {"1", "1.0", 0},
    {"1", "1.000000000000000000000000000000", 0},
    {"1.0", "1.00000000000000000000000000000001", -1},
    {"1e2", "100", 0},
    {"1E+2", "100.0", 0},
    {"0.1e1", "1", 0},
    {"10e-1", "1", 0},
    {"0.001", "1e-3", 0},
    {"0.001", "0.01e-1", 0},
    {"0.001", "0.0011", -1},
    {"12.5", "1.25e1", 0},
    {"12.5", "125e-1", 0},
    {"120", "1.2e2", 0},
    {"1200", "12", 1},
    {"9", "10", -1},
    {"99", "100", -1},
    {"0.9", "0.10", 1},
    {"1.10", "1.1", 0},
    {"1.12", "1.1", 1},
    {"123456789012345678", "123456789012345679", -1},
    {"999999999999999999", "1000000000000000000", -1},
    {"9007199254740993", "9007199254740992", 1}, /* a double has the same for both */
    {"9223372036854775807", "9223372036854775808", -1},
    {"18446744073709551615", "18446744073709551616", -1},
    {"18446744073709551615", "18446744073709551615.0", 0},
    {"18446744073709551615", "1.8446744073709551615e19", 0},
    {"-18446744073709551615", "-18446744073709551616", 1},
    {"340282366920938463463374607431768211456", "340282366920938463463374607431768211455",
     1},
    {"1e400", "1e399", 1},
    {"-1e400", "1e399", -1},
    {"-1e400", "-1e399", -1},
    {"1e400", "10e399", 0},
    {"1e-400", "0", 1},
    {"1e-400", "1e-401", 1},
    {"1e99999999999999999999", "1e400", 1},
    {"1e99999999999999999999", "2e99999999999999999999", -1},
    {"1e-99999999999999999999", "1e-400", -1},
    {"1e-99999999999999999999", "0", 1},
    {"-1e99999999999999999999", "1e-99999999999999999999", -1},
    {"1e0000000000000000000002", "100", 0},
    {"1e1152921504606846975", "1e1152921504606846974", 1},
    {"1e1152921504606846976", "1e1152921504606846975", 1},
    {"1e1152921504606846977", "1e1152921504606846976", 0}, /* the limit */
};

START_TEST(test_compare)
{
    struct str a = str_of(comparisons[_i].a);
    struct str b = str_of(comparisons[_i].b);
    ck_assert_msg(number_compare(a, b) == comparisons[_i].order, "%s with %s: %d", a.at,
                  b.at, number_compare(a, b));
    ck_assert_msg(number_compare(b, a) == -comparisons[_i].order, "%s with %s: %d", b.at,
                  a.at, number_compare(b, a));
    ck_assert_int_eq(number_compare(a, a), 0);
}
END_TEST

enum {
    IS_INT64 = 1,
    IS_UINT64 = 2,
    IS_WHOLE = 4,
    ALL = 7,
};

static const struct {
    const char *number;
    unsigned is;
    int64_t int64;
    uint64_t uint64;
} integers[] = {
    {"0", ALL, 0, 0},
    {"-0", ALL, 0, 0},
    {"0.0e9", ALL, 0, 0},
    {"7", ALL, 7, 7},
    {"-7", IS_INT64 | IS_WHOLE, -7, 0},
    {"1.0", ALL, 1, 1},
    {"1.5", 0, 0, 0},
    {"0.5", 0, 0, 0},
    {"15e-1", 0, 0, 0},
    {"10e-1", ALL, 1, 1},
    {"1e-1", 0, 0, 0},
    {"12.50e1", ALL, 125, 125},
    {"12.5e2", ALL, 1250, 1250},
    {"0.0012e4", ALL, 12, 12},
    {"1e3", ALL, 1000, 1000},
    {"1e18", ALL, INT64_C(1000000000000000000), UINT64_C(1000000000000000000)},
    {"1e19", IS_UINT64 | IS_WHOLE, 0, UINT64_C(10000000000000000000)},
    {"1e20", IS_WHOLE, 0, 0},
    {"1e21", IS_WHOLE, 0, 0},
    {"1e400", IS_WHOLE, 0, 0},
    {"1e99999999999999999999", IS_WHOLE, 0, 0},
    {"1e-99999999999999999999", 0, 0, 0},
    {"9223372036854775807", ALL, INT64_MAX, INT64_MAX},
    {"9223372036854775808", IS_UINT64 | IS_WHOLE, 0, UINT64_C(9223372036854775808)},
    {"-9223372036854775808", IS_INT64 | IS_WHOLE, INT64_MIN, 0},
    {"-9223372036854775809", IS_WHOLE, 0, 0},
    {"9223372036854775807.5", 0, 0, 0},
    {"18446744073709551615", IS_UINT64 | IS_WHOLE, 0, UINT64_MAX},
    {"18446744073709551616", IS_WHOLE, 0, 0},
    {"18446744073709551620", IS_WHOLE, 0, 0},
    {"99999999999999999999", IS_WHOLE, 0, 0},
    {"100000000000000000000", IS_WHOLE, 0, 0},
    {"1844674407370955161.5e1", IS_UINT64 | IS_WHOLE, 0, UINT64_MAX},
};

START_TEST(test_integers)
{
    struct str number = str_of(integers[_i].number);
    int64_t int64 = 0;
    uint64_t uint64 = 0;
    unsigned is = number_int64(number, &int64) ? IS_INT64 : 0;
    is |= number_uint64(number, &uint64) ? IS_UINT64 : 0;
    is |= number_is_integer(number) ? IS_WHOLE : 0;
    ck_assert_msg(is == integers[_i].is, "%s: %u", number.at, is);
    if (is & IS_INT64)
        ck_assert_int_eq(int64, integers[_i].int64);
    if (is & IS_UINT64)
        ck_assert_uint_eq(uint64, integers[_i].uint64);
}
END_TEST

/* Against the machine's own integers, each written in several ways. */
START_TEST(test_random)
{
    uint64_t random = (uint64_t)_i * 0x9E3779B97F4A7C15u + 1;
    int64_t values[2];
    char texts[2][64];
    for (size_t i = 0; i < 2; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        values[i] = (int64_t)(random >> (random & 31)) % 2000000 - 1000000;
        switch (random >> 40 & 3) {
        case 0:
            snprintf(texts[i], sizeof texts[i], "%" PRId64, values[i]);
            break;
        case 1:
            snprintf(texts[i], sizeof texts[i], "%" PRId64 "000e-3", values[i]);
            break;
        case 2:
            snprintf(texts[i], sizeof texts[i], "%" PRId64 ".00", values[i]);
            break;
        default:
            snprintf(texts[i], sizeof texts[i], "%s%" PRId64 ".%03" PRId64 "E+3",
                     values[i] < 0 ? "-" : "",
                     (values[i] < 0 ? -values[i] : values[i]) / 1000,
                     (values[i] < 0 ? -values[i] : values[i]) % 1000);
        }
    }
    int want = (values[0] > values[1]) - (values[0] < values[1]);
    int64_t back;
    ck_assert_msg(number_compare(str_of(texts[0]), str_of(texts[1])) == want,
                  "%s with %s", texts[0], texts[1]);
    ck_assert_msg(number_int64(str_of(texts[0]), &back) && back == values[0], "%s",
                  texts[0]);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("number");
    add_rows(cases, test_compare, comparisons);
    add_rows(cases, test_integers, integers);
    tcase_add_loop_test(cases, test_random, 0, 5000);
    return run_cases(cases);
}
