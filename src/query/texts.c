/* SPDX-License-Identifier: Apache-2.0 */
#include "texts.h"

#include "need.h"

static void add(struct texts *texts, uint32_t hash)
{
    uint32_t bit = texts_bit(hash);
    texts->words[bit / 64] |= (uint64_t)1 << bit % 64;
}

void texts_fill(struct texts *texts, const struct node *root)
{
    memset(texts, 0, sizeof *texts);
    texts->words[TEXTS_ALWAYS / 64] = 1;
    for (const struct node *node = root; node != NULL; node = node_walk(node, root)) {
        if (node->key != NULL)
            add(texts, node->key_hash);
        if (node->type == NODE_STRING)
            add(texts, need_string((struct str){node->value, node->len}));
    }
}

bool texts_meet(const struct texts *texts, const uint32_t *needs)
{
    for (uint32_t count; (count = *needs++) != 0; needs += count) {
        uint32_t i = 0;
        while (i < count && !texts_have(texts, needs[i]))
            i++;
        if (i == count)
            return false;
    }
    return true;
}

struct texts_gate texts_gate(const uint32_t *needs)
{
    struct texts_gate gate = {{TEXTS_ALWAYS, TEXTS_ALWAYS}};
    size_t known = 0;
    for (uint32_t count; (count = *needs++) != 0 && known < 2; needs += count) {
        if (count == 1)
            gate.bits[known++] = (uint16_t)texts_bit(*needs);
    }
    return gate;
}
