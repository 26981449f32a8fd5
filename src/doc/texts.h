/* SPDX-License-Identifier: Apache-2.0
 *
 * The set of a document's texts (names of members, strings), as far as it tells whether
 * something can be in it: it may say that a text is there which is not, never the other
 * way round. Texts are known by hash: node_hash of a name, node_text_hash of a string.
 */
#ifndef SPECLINT_TEXTS_H
#define SPECLINT_TEXTS_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TEXTS_LOG = 14,
    TEXTS_BITS = 1 << TEXTS_LOG,
};

/* {0} is empty. */
struct texts {
    uint64_t words[TEXTS_BITS / 64];
};

/* The upper bits of a product with a number whose bits are well spread. */
static inline uint32_t texts_bit(uint32_t hash)
{
    return (uint32_t)(hash * 0x9E3779B1u) >> (32 - TEXTS_LOG);
}

static inline void texts_add(struct texts *texts, uint32_t hash)
{
    uint32_t bit = texts_bit(hash);
    texts->words[bit / 64] |= (uint64_t)1 << bit % 64;
}

static inline bool texts_have_bit(const struct texts *texts, uint32_t bit)
{
    return texts->words[bit / 64] >> bit % 64 & 1;
}

static inline bool texts_have(const struct texts *texts, uint32_t hash)
{
    return texts_have_bit(texts, texts_bit(hash));
}

#endif
