/* SPDX-License-Identifier: Apache-2.0 */
#include "rule.h"

static const char *const levels[] = {"note", "warning", "error"};
static const char *const profiles[] = {"default", "strict", "pedantic"};
static const char *const safeties[] = {"suggestion", "unsafe", "safe"};
static const char *const claims[] = {"honours", "adapts", "ignores", "refuses"};
static const char *const ops[] = {"add", "remove", "replace", "move", "copy", "test"};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool find_word(const char *const *words, size_t count, struct str word,
                      size_t *index)
{
    for (*index = 0; *index < count; (*index)++) {
        if (str_equal(word, str_of(words[*index])))
            return true;
    }
    return false;
}

#define WORDS(kind, type, table)                                                         \
    const char *kind##_name(type value)                                                  \
    {                                                                                    \
        return table[value];                                                             \
    }                                                                                    \
    bool kind##_parse(struct str word, type *value)                                      \
    {                                                                                    \
        size_t index;                                                                    \
        if (!find_word(table, COUNT(table), word, &index))                               \
            return false;                                                                \
        *value = (type)index;                                                            \
        return true;                                                                     \
    }

WORDS(level, enum level, levels)
WORDS(profile, enum profile, profiles)
WORDS(safety, enum safety, safeties)
WORDS(claim, enum claim_does, claims)
WORDS(op, enum op_kind, ops)

enum level rule_demand(const struct rule *rule)
{
    if (strncmp(rule->spec, "MUST", 4) == 0 || strcmp(rule->spec, "REQUIRED") == 0)
        return LEVEL_ERROR;
    return rule->spec[0] != '\0' ? LEVEL_WARNING : LEVEL_NOTE;
}

const struct rule_claim *rule_claim(const struct rule *rule,
                                    struct runtime_version version)
{
    const struct rule_claim *rest = NULL;
    for (size_t i = 0; i < rule->claim_count; i++) {
        const struct rule_claim *claim = &rule->claims[i];
        if (claim->runtime != version.runtime)
            continue;
        if (claim->below == 0)
            rest = claim;
        else if ((claim->below == '<') ==
                 (runtime_compare(version.number, claim->version) < 0))
            return claim;
    }
    return rest;
}

bool rule_honoured(const struct rule *rule, const struct runtime_set *runtimes)
{
    for (size_t i = 0; i < runtimes->count; i++) {
        const struct rule_claim *claim = rule_claim(rule, runtimes->items[i]);
        if (claim == NULL || claim->does != CLAIM_HONOURS)
            return false;
    }
    return runtimes->count > 0;
}

bool rule_concerns(const struct rule *rule, const struct runtime_set *runtimes)
{
    if (rule->claim_count == 0 || rule->spec[0] != '\0')
        return true;
    for (size_t i = 0; i < runtimes->count; i++) {
        const struct rule_claim *claim = rule_claim(rule, runtimes->items[i]);
        if (claim != NULL && claim->does != CLAIM_HONOURS)
            return true;
    }
    return false;
}
