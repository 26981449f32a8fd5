/* SPDX-License-Identifier: Apache-2.0 */
#include "hash.h"

#include <stdatomic.h>
#include <time.h>

/* An odd number with its bits well spread; the mixing is a multiplication whose high half
 * is folded back. */
#define SPREAD 0x9FB21C651E98DF25u

static uint64_t mix(uint64_t hash, uint64_t word)
{
    unsigned __int128 product = (unsigned __int128)(hash ^ word) * SPREAD;
    return (uint64_t)product ^ (uint64_t)(product >> 64) ^ hash << 7;
}

/* From the clock and from where the system put the program. */
static uint64_t hash_key(void)
{
    static _Atomic uint64_t key;
    uint64_t value = atomic_load_explicit(&key, memory_order_relaxed);
    if (value != 0)
        return value;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    value = mix(mix((uintptr_t)&now, (uint64_t)now.tv_nsec), (uintptr_t)&key) | 1;
    uint64_t none = 0;
    return atomic_compare_exchange_strong(&key, &none, value) ? value : none;
}

uint64_t hash_join(uint64_t before, uint64_t next)
{
    return mix(before, next);
}

uint64_t hash_text(struct str text)
{
    uint64_t hash = mix(hash_key(), text.len);
    for (size_t i = 0; i < text.len; i += 8) {
        uint64_t word = 0;
        memcpy(&word, text.at + i, text.len - i < 8 ? text.len - i : 8);
        hash = mix(hash, word);
    }
    return hash;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Of the digits without zeros at either end and the power of ten they stand at: 1, 1.0
 * and 10e-1 are one value. */
uint64_t hash_number(struct str number)
{
    const char *at = number.at;
    const char *end = at + number.len;
    uint64_t hash = hash_key();
    int64_t exponent = 0;
    unsigned zeros = 0;
    bool point = false;
    bool any = false;
    bool negative = at < end && *at == '-';
    for (at += negative; at < end && (is_digit(*at) || *at == '.'); at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        exponent -= point;
        if (*at == '0') {
            zeros++; /* counts only when a digit follows */
            continue;
        }
        for (; any && zeros > 0; zeros--)
            hash = mix(hash, '0');
        zeros = 0;
        any = true;
        hash = mix(hash, (unsigned char)*at);
    }
    if (!any)
        return mix(hash, NODE_NUMBER); /* 0, -0, 0e5 */
    exponent += zeros;
    if (at < end) {
        bool below = at[1] == '-';
        int64_t value = 0;
        for (at += at[1] == '-' || at[1] == '+' ? 2 : 1; at < end; at++)
            value = value < INT64_MAX / 100 ? value * 10 + (*at - '0') : value;
        exponent += below ? -value : value;
    }
    return mix(mix(hash, (uint64_t)exponent), negative);
}

uint64_t hash_node(const struct node *node)
{
    uint64_t hash = mix(hash_key(), node->type);
    if (node->type == NODE_STRING)
        return hash_text(node_text(node));
    if (node->type == NODE_NUMBER)
        return hash_number(node_text(node));
    if (node->type == NODE_ARRAY) {
        for (const struct node *child = node->child; child; child = child->next)
            hash = mix(hash, hash_node(child));
    }
    if (node->type == NODE_OBJECT) {
        /* A sum, for the order of members does not matter. */
        uint64_t sum = 0;
        for (const struct node *child = node->child; child; child = child->next)
            sum += mix(hash_text(node_key(child)), hash_node(child));
        hash = mix(hash, sum);
    }
    return hash;
}

void hash_index_add(struct hash_index *index, uint64_t hash, size_t place)
{
    index->entries =
        mem_grow(index->entries, index->count, &index->capacity, sizeof *index->entries);
    index->entries[index->count++] = (struct hash_entry){hash, place};
}

static int compare_entries(const void *left, const void *right)
{
    const struct hash_entry *a = left;
    const struct hash_entry *b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

void hash_index_sort(struct hash_index *index)
{
    if (index->count > 1)
        qsort(index->entries, index->count, sizeof *index->entries, compare_entries);
}

static size_t search(const struct hash_index *index, uint64_t hash, bool behind)
{
    size_t low = 0;
    size_t high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint64_t other = index->entries[middle].hash;
        if (other < hash || (behind && other == hash))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t hash_index_find(const struct hash_index *index, uint64_t hash)
{
    return search(index, hash, false);
}

size_t hash_index_behind(const struct hash_index *index, uint64_t hash)
{
    return search(index, hash, true);
}

void hash_index_release(struct hash_index *index)
{
    free(index->entries);
    *index = (struct hash_index){0};
}
