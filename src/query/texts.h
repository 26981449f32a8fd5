/* SPDX-License-Identifier: Apache-2.0
 *
 * The set of a document's texts (names of members, strings), as far as it tells whether a
 * query can select anything: it may say that a text is there which is not, never the
 * other way round. Texts are asked for by hash: node_hash of a name, need_string of a
 * string.
 */
#ifndef SPECLINT_TEXTS_H
#define SPECLINT_TEXTS_H

#include "node.h"

enum {
    TEXTS_LOG = 14,
    TEXTS_BITS = 1 << TEXTS_LOG,
    /* Bits that stand for no text. */
    TEXTS_ALWAYS = TEXTS_BITS, /* is in every set */
    TEXTS_NEVER,               /* is in none */
};

struct texts {
    uint64_t words[TEXTS_BITS / 64 + 1];
};

void texts_fill(struct texts *texts, const struct node *root);

/* The upper bits of a product with a number whose bits are well spread. */
static inline uint32_t texts_bit(uint32_t hash)
{
    return (uint32_t)(hash * 0x9E3779B1u) >> (32 - TEXTS_LOG);
}

static inline bool texts_have_bit(const struct texts *texts, uint32_t bit)
{
    return texts->words[bit / 64] >> bit % 64 & 1;
}

static inline bool texts_have(const struct texts *texts, uint32_t hash)
{
    return texts_have_bit(texts, texts_bit(hash));
}

/* Whether the set meets needs (need.h). */
bool texts_meet(const struct texts *texts, const uint32_t *needs);

/* Two bits without which no set meets the needs: enough to rule out most, at once. */
struct texts_gate {
    uint16_t bits[2];
};

struct texts_gate texts_gate(const uint32_t *needs);

static inline bool texts_pass(const struct texts *texts, struct texts_gate gate)
{
    return texts_have_bit(texts, gate.bits[0]) && texts_have_bit(texts, gate.bits[1]);
}

#endif
