/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include "../testing.h"

#include "need.h"
#include "rule.h"

enum { WORDS = 7 };

static uint32_t word(size_t place)
{
    char name = (char)('a' + place);
    return node_hash((struct str){&name, 1});
}

/* What rules need, with the places of words from 1 on in place of hashes. */
static const uint32_t needs[][16] = {
    {0},
    {1, 1, 0},
    {1, 1, 0}, /* the same gate twice */
    {1, 2, 1, 1, 0},
    {1, 1, 1, 1, 1, 1, 0},
    {2, 1, 2, 0}, /* one of two */
    {2, 3, 4, 1, 1, 0},
    {1, 1, 2, 3, 4, 0},
    {1, 1, 1, 2, 1, 3, 1, 4, 0},
    {1, 1, 1, 2, 1, 3, 1, 4, 1, 5, 0}, /* more than a gate has room for */
    {3, 5, 6, 7, 0},
    {1, 7, 0},
};
enum { RULES = sizeof needs / sizeof *needs };

static uint32_t hashed[RULES][16];
static struct rule rules[RULES + 2];
static const struct rule *set[RULES + 2];

/* Those, a rule whose needs are not worked out, and one with a finder. */
static void setup(void)
{
    for (size_t i = 0; i < RULES; i++) {
        const uint32_t *from = needs[i];
        uint32_t *to = hashed[i];
        for (uint32_t count; (count = *to++ = *from++) != 0;) {
            for (; count > 0; count--)
                *to++ = word(*from++ - 1);
        }
        rules[i].needs = hashed[i];
    }
    rules[RULES + 1].finder = "finder";
    for (size_t i = 0; i < RULES + 2; i++)
        set[i] = &rules[i];
}

/* With each set of words those rules pass whose needs are met, and no others but where
 * the gate says that the rule needs more. */
START_TEST(passes)
{
    struct texts texts = {0};
    bool asked[RULES + 2] = {false};
    for (size_t i = 0; i < WORDS; i++) {
        if (_i >> i & 1)
            texts_add(&texts, word(i));
    }
    struct gates gates = gates_make(set, RULES + 2);
    ck_assert_uint_eq(gates.count, RULES + 1);
    for (size_t i = 0; (i = gates_pass(&gates, &texts, i)) < gates.count; i++) {
        const struct gate *gate = &gates.items[i];
        ck_assert_msg(gate->more || gate->rule == RULES ||
                          need_met(&texts, rules[gate->rule].needs),
                      "words %x, rule %u", (unsigned)_i, gate->rule);
        ck_assert_msg(!asked[gate->rule], "rule %u twice", gate->rule);
        asked[gate->rule] = true;
    }
    for (size_t i = 0; i < RULES; i++)
        ck_assert_msg(asked[i] || !need_met(&texts, rules[i].needs), "words %x, rule %zu",
                      (unsigned)_i, i);
    ck_assert(asked[RULES]);
    free((struct gate *)gates.items);
}
END_TEST

/* Of several words the one that the fewest rules need is asked for first. */
START_TEST(asks_for_the_rarest)
{
    struct gates gates = gates_make(set, RULES + 2);
    for (size_t i = 0; i < gates.count; i++) {
        const struct gate *gate = &gates.items[i];
        ck_assert_int_eq(gate->open, i < gates.open);
        if (gate->rule == 3)
            ck_assert_uint_eq(gate->bits[0], texts_bit(word(1)));
    }
    free((struct gate *)gates.items);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("gate");
    setup();
    tcase_add_loop_test(cases, passes, 0, 1 << WORDS);
    tcase_add_test(cases, asks_for_the_rarest);
    return run_cases(cases);
}
