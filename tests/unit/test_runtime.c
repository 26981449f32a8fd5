/* SPDX-License-Identifier: Apache-2.0 */
#include "runtime.h"

#include "rule.h"

#include "../testing.h"

#define KNOWN "; speclint knows runc, crun, youki and any"

/* `want` is the set as runtime_format writes it, or with a ! the fault. */
static const struct {
    const char *text;
    const char *want;
} sets[] = {
    {"runc", "runc@1.5.1"},
    {"crun", "crun@1.27.1"},
    {"youki", "youki@0.7.0"},
    {"any", "runc@1.5.1 crun@1.27.1 youki@0.7.0"},
    {"runc@1.1.5", "runc@1.1.5"},
    {"runc@v1.1.5", "runc@1.1.5"},
    {"runc@1.1", "runc@1.1.0"},
    {"runc@1", "runc@1.0.0"},
    {"runc@65535.0.65535", "runc@65535.0.65535"},
    {"runc,crun@1.8", "runc@1.5.1 crun@1.8.0"},
    {"runc@1.1.5,runc", "runc@1.1.5 runc@1.5.1"},
    {"runc,runc@1.5.1,any", "runc@1.5.1 crun@1.27.1 youki@0.7.0"},
    {"", "!unknown runtime ''" KNOWN},
    {"runc,", "!unknown runtime ''" KNOWN},
    {",runc", "!unknown runtime ''" KNOWN},
    {"run", "!unknown runtime 'run'" KNOWN},
    {"runcc", "!unknown runtime 'runcc'" KNOWN},
    {"RUNC", "!unknown runtime 'RUNC'" KNOWN},
    {"runc ,crun", "!unknown runtime 'runc '" KNOWN},
    {"any@1", "!unknown runtime 'any@1'" KNOWN},
    {"@1.0", "!unknown runtime '@1.0'" KNOWN},
    {"runc@", "!'' is no version of runc; write it as runc@1.5.1"},
    {"runc@v", "!'' is no version of runc; write it as runc@1.5.1"},
    {"runc@1.", "!'1.' is no version of runc; write it as runc@1.5.1"},
    {"runc@.1", "!'.1' is no version of runc; write it as runc@1.5.1"},
    {"crun@1..2", "!'1..2' is no version of crun; write it as crun@1.27.1"},
    {"runc@1.2.3.4", "!'1.2.3.4' is no version of runc; write it as runc@1.5.1"},
    {"runc@1.2.3.", "!'1.2.3.' is no version of runc; write it as runc@1.5.1"},
    {"runc@65536", "!'65536' is no version of runc; write it as runc@1.5.1"},
    {"runc@4294967297", "!'4294967297' is no version of runc; write it as runc@1.5.1"},
    {"runc@-1", "!'-1' is no version of runc; write it as runc@1.5.1"},
    {"runc@1@2", "!'1@2' is no version of runc; write it as runc@1.5.1"},
    {"runc@1.1,crun@x", "!'x' is no version of crun; write it as crun@1.27.1"},
    {"runc@1,runc@2,runc@3,runc@4,runc@5,runc@6,runc@7,runc@8,runc@9,runc@10,runc@11,"
     "runc@12,runc@13,runc@14,runc@15,runc@16,runc@17",
     "!more than 16 runtimes are chosen"},
};

START_TEST(test_parse)
{
    struct runtime_set set = {0};
    struct fault fault = {0};
    const char *want = sets[_i].want;
    bool parsed = runtime_set_parse(&set, sets[_i].text, &fault);
    AUTO_BUF struct buf shown = {0};
    for (size_t i = 0; i < set.count; i++) {
        buf_adds(&shown, i > 0 ? STR(" ") : STR(""));
        runtime_format(set.items[i], &shown);
    }
    ck_assert_int_eq(parsed, want[0] != '!');
    if (parsed)
        ck_assert_str(buf_str(&shown), str_of(want));
    else
        ck_assert_str(str_of(fault.text), str_of(want + 1));
}
END_TEST

START_TEST(test_default)
{
    AUTO_BUF struct buf shown = {0};
    struct runtime_set set = runtime_default();
    ck_assert_uint_eq(set.count, 2);
    runtime_format(set.items[0], &shown);
    runtime_format(set.items[1], &shown);
    ck_assert_str_eq(shown.data, "runc@1.5.1crun@1.27.1");
}
END_TEST

static const struct {
    uint16_t a[3];
    uint16_t b[3];
    int order;
} versions[] = {
    {{0, 0, 0}, {0, 0, 0}, 0},      {{1, 2, 3}, {1, 2, 3}, 0},
    {{1, 2, 3}, {1, 2, 4}, -1},     {{1, 2, 9}, {1, 3, 0}, -1},
    {{1, 65535, 0}, {2, 0, 0}, -1}, {{1, 10, 0}, {1, 9, 0}, 1},
};

START_TEST(test_compare)
{
    ck_assert_int_eq(runtime_compare(versions[_i].a, versions[_i].b), versions[_i].order);
    ck_assert_int_eq(runtime_compare(versions[_i].b, versions[_i].a),
                     -versions[_i].order);
}
END_TEST

/* A rule that speaks of runc before 1.2, from 1.4 on, and in between; of crun before 1.9
 * only; and of youki, which honours the form. */
static const struct rule_claim claims[] = {
    {.runtime = RUNTIME_RUNC, .does = CLAIM_HONOURS, .as = "in between"},
    {.runtime = RUNTIME_RUNC,
     .does = CLAIM_REFUSES,
     .below = '<',
     .version = {1, 2, 0},
     .as = "before 1.2"},
    {.runtime = RUNTIME_RUNC,
     .does = CLAIM_IGNORES,
     .below = '>',
     .version = {1, 4, 0},
     .as = "from 1.4"},
    {.runtime = RUNTIME_CRUN,
     .does = CLAIM_ADAPTS,
     .below = '<',
     .version = {1, 9, 0},
     .as = "before 1.9"},
    {.runtime = RUNTIME_YOUKI, .does = CLAIM_HONOURS, .as = "always"},
};

static const struct {
    const char *runtimes;
    const char *claim; /* of the first; NULL for none */
    bool concerns;
} questions[] = {
    {"runc@1.0", "before 1.2", true},
    {"runc@1.1.65535", "before 1.2", true},
    {"runc@1.2.0", "in between", false},
    {"runc@1.3.9", "in between", false},
    {"runc@1.4.0", "from 1.4", true},
    {"runc", "from 1.4", true},
    {"crun@1.8.9", "before 1.9", true},
    {"crun@1.9", NULL, false},
    {"crun", NULL, false},
    {"youki", "always", false},
    {"youki,crun,runc@1.3", "always", false},
    {"youki,crun@1.8", "always", true},
    {"any", "from 1.4", true},
};

START_TEST(test_claims)
{
    struct rule rule = {.spec = "", .claims = claims, .claim_count = 5};
    struct runtime_set set = {0};
    ck_assert(runtime_set_parse(&set, questions[_i].runtimes, NULL));
    const struct rule_claim *claim = rule_claim(&rule, set.items[0]);
    if (questions[_i].claim == NULL)
        ck_assert_ptr_null(claim);
    else
        ck_assert_str_eq(claim->as, questions[_i].claim);
    ck_assert_int_eq(rule_concerns(&rule, &set), questions[_i].concerns);
    /* What the spec itself forbids, and what has no claims, concerns everyone. */
    rule.spec = "MUST NOT";
    ck_assert(rule_concerns(&rule, &set));
    rule = (struct rule){.spec = ""};
    ck_assert(rule_concerns(&rule, &set));
}
END_TEST

#define CHECK_WORDS(kind, type, count)                                                   \
    do {                                                                                 \
        for (int i = 0; i < (count); i++) {                                              \
            type value = (type)0;                                                        \
            ck_assert(kind##_parse(str_of(kind##_name((type)i)), &value));               \
            ck_assert_int_eq((int)value, i);                                             \
        }                                                                                \
        type untouched = (type)1;                                                        \
        ck_assert(!kind##_parse(STR(""), &untouched));                                   \
        ck_assert(!kind##_parse(STR("Error"), &untouched));                              \
        ck_assert_int_eq((int)untouched, 1);                                             \
    } while (0)

START_TEST(test_words)
{
    CHECK_WORDS(level, enum level, 3);
    CHECK_WORDS(profile, enum profile, 3);
    CHECK_WORDS(safety, enum safety, 3);
    CHECK_WORDS(claim, enum claim_does, 4);
    CHECK_WORDS(op, enum op_kind, 6);
    ck_assert_str_eq(level_name(LEVEL_ERROR), "error");
    ck_assert_str_eq(profile_name(PROFILE_PEDANTIC), "pedantic");
    ck_assert_str_eq(safety_name(SAFETY_SAFE), "safe");
    ck_assert_str_eq(claim_name(CLAIM_REFUSES), "refuses");
    ck_assert_str_eq(op_name(OP_TEST), "test");
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("runtime");
    add_rows(cases, test_parse, sets);
    tcase_add_test(cases, test_default);
    add_rows(cases, test_compare, versions);
    add_rows(cases, test_claims, questions);
    tcase_add_test(cases, test_words);
    return run_cases(cases);
}
