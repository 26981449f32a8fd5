/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include "need.h"
#include "rule.h"

/* How many rules need each bit. */
static uint32_t *count_bits(const struct rule *const *rules, size_t count)
{
    uint32_t *counts = mem_alloc(TEXTS_BITS, sizeof *counts);
    for (size_t i = 0; i < count; i++) {
        const uint32_t *needs = rules[i]->needs;
        for (uint32_t words; needs != NULL && (words = *needs++) != 0; needs += words) {
            for (uint32_t k = 0; k < words; k++)
                counts[texts_bit(needs[k])]++;
        }
    }
    return counts;
}

/* Stores the bits of words that a rule cannot do without, each once, the rarest first;
 * returns their number. `*more` is set where that is not all that it needs. */
static size_t find_bits(const struct rule *rule, const uint32_t *counts,
                        uint16_t bits[static NEED_GROUPS_MAX], bool *more)
{
    size_t count = 0;
    const uint32_t *needs = rule->needs;
    *more = false;
    for (uint32_t words; needs != NULL && (words = *needs++) != 0; needs += words) {
        uint16_t bit = (uint16_t)texts_bit(*needs);
        size_t place = 0;
        *more |= words > 1;
        while (place < count && counts[bits[place]] <= counts[bit] && bits[place] != bit)
            place++;
        if (words > 1 || (place < count && bits[place] == bit))
            continue;
        memmove(bits + place + 1, bits + place, (count++ - place) * sizeof *bits);
        bits[place] = bit;
    }
    return count;
}

static struct gate make_gate(const struct rule *rule, size_t place,
                             const uint32_t *counts)
{
    struct gate gate = {.rule = (uint32_t)place};
    uint16_t bits[NEED_GROUPS_MAX];
    size_t count = find_bits(rule, counts, bits, &gate.more);
    gate.more |= count > GATE_BITS;
    for (size_t i = 0; i < GATE_BITS && count > 0; i++)
        gate.bits[i] = bits[i < count ? i : 0];
    gate.open = count == 0;
    return gate;
}

static int compare(const void *left, const void *right)
{
    const struct gate *a = left;
    const struct gate *b = right;
    if (a->open != b->open)
        return a->open ? -1 : 1;
    if (a->bits[0] != b->bits[0])
        return a->bits[0] < b->bits[0] ? -1 : 1;
    return a->rule < b->rule ? -1 : 1;
}

struct gates gates_make(const struct rule *const *rules, size_t count)
{
    AUTO_FREE uint32_t *counts = count_bits(rules, count);
    struct gate *items = mem_alloc(count > 0 ? count : 1, sizeof *items);
    size_t made = 0;
    size_t open = 0;
    for (size_t i = 0; i < count; i++) {
        if (rules[i]->finder == NULL)
            items[made++] = make_gate(rules[i], i, counts);
    }
    qsort(items, made, sizeof *items, compare);
    for (size_t i = made; i-- > 0;) {
        bool same = i + 1 < made && items[i + 1].bits[0] == items[i].bits[0];
        items[i].same = same ? items[i + 1].same + 1 : 1;
    }
    while (open < made && items[open].open)
        open++;
    return (struct gates){items, open, made};
}
