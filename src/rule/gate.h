/* SPDX-License-Identifier: Apache-2.0
 *
 * Gates: texts without which a rule's query finds nothing, in an order in which one look
 * rules out many rules. Of the words that a rule needs (need.h) those make its gate that
 * the fewest rules need: they are the least likely to be in a document.
 *
 *     for (size_t i = 0; (i = gates_pass(gates, &doc->texts, i)) < gates->count; i++)
 *         … set->rules[gates->items[i].rule] …
 */
#ifndef SPECLINT_GATE_H
#define SPECLINT_GATE_H

#include "texts.h"

#include <stddef.h>

enum { GATE_BITS = 4 };

struct gate {
    uint16_t bits[GATE_BITS]; /* texts_bit() of words that must be there, the rarest
                                 first; of fewer words some twice */
    uint32_t rule;            /* its place in the set */
    uint32_t same; /* how many gates, from this one on, begin with the same bit */
    bool open;     /* it asks for nothing */
    bool more;     /* the rule needs more than the gate asks for */
};

/* One for each rule that has a query. */
struct gates {
    const struct gate *items;
    size_t open; /* so many are, and come first */
    size_t count;
};

struct rule;

/* Makes the gates of rules. The caller frees `items`. */
struct gates gates_make(const struct rule *const *rules, size_t count);

/* The place of the first gate from `place` on that the texts pass; `count` where there is
 * none. */
static inline size_t gates_pass(const struct gates *gates, const struct texts *texts,
                                size_t place)
{
    if (place < gates->open)
        return place;
    while (place < gates->count) {
        const struct gate *gate = &gates->items[place];
        if (!texts_have_bit(texts, gate->bits[0]))
            place += gate->same;
        else if (texts_have_bit(texts, gate->bits[1]) &&
                 texts_have_bit(texts, gate->bits[2]) &&
                 texts_have_bit(texts, gate->bits[3]))
            return place;
        else
            place++;
    }
    return place;
}

#endif
