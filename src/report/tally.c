/* SPDX-License-Identifier: Apache-2.0 */
#include "tally.h"

#include <inttypes.h>

struct tally_slot {
    uint64_t number;
    uint32_t count;
};

static struct tally_slot *find(struct tally_slot *slots, size_t size, uint64_t number)
{
    size_t at = (size_t)((number * 0x9E3779B97F4A7C15u) >> 32) & (size - 1);
    while (slots[at].count != 0 && slots[at].number != number)
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void grow(struct tally *tally)
{
    size_t size = tally->size ? 2 * tally->size : 64;
    struct tally_slot *slots = mem_alloc(size, sizeof *slots);
    for (size_t i = 0; i < tally->size; i++) {
        if (tally->slots[i].count != 0)
            *find(slots, size, tally->slots[i].number) = tally->slots[i];
    }
    free(tally->slots);
    tally->slots = slots;
    tally->size = size;
}

uint32_t tally_add(struct tally *tally, uint64_t number)
{
    if (2 * tally->used >= tally->size)
        grow(tally);
    struct tally_slot *slot = find(tally->slots, tally->size, number);
    tally->used += slot->count == 0;
    slot->number = number;
    return ++slot->count;
}

/* FNV-1a, with a byte behind each part that no UTF-8 text has. */
static uint64_t hash_add(uint64_t hash, struct str part)
{
    for (size_t i = 0; i < part.len; i++)
        hash = (hash ^ (unsigned char)part.at[i]) * 1099511628211u;
    return (hash ^ 0xFF) * 1099511628211u;
}

static void add_fingerprint(struct tally *tally, struct str rule, struct str path,
                            struct str pointer, struct buf *out)
{
    uint64_t hash = hash_add(14695981039346656037u, rule);
    hash = hash_add(hash, path);
    hash = hash_add(hash, pointer);
    buf_addf(out, "%016" PRIx64 "-%" PRIu32, hash, tally_add(tally, hash));
}

void tally_fingerprint(struct tally *tally, const struct finding *finding,
                       struct str path, struct buf *out)
{
    AUTO_BUF struct buf pointer = {0};
    node_pointer(finding->at, &pointer);
    add_fingerprint(tally, str_of(finding->rule->id), path, buf_str(&pointer), out);
}

void tally_fault(struct tally *tally, const struct fault *fault, struct buf *out)
{
    add_fingerprint(tally, STR(""), str_of(fault->path), str_of(fault->text), out);
}

void tally_release(struct tally *tally)
{
    free(tally->slots);
    *tally = (struct tally){0};
}
