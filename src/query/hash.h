/* SPDX-License-Identifier: Apache-2.0
 *
 * Looking values up by hash, so that functions about many nodes stay away from comparing
 * all pairs. The hash has a key that is new in each process: a document cannot be made of
 * values that collide.
 *
 *     struct hash_index index = {0};
 *     hash_index_add(&index, hash_text(name), place);
 *     hash_index_sort(&index);
 *     for (size_t i = hash_index_find(&index, hash); hash_index_has(&index, i, hash);
 * i++) … index.entries[i].place …
 */
#ifndef SPECLINT_HASH_H
#define SPECLINT_HASH_H

#include "node.h"

struct hash_entry {
    uint64_t hash;
    size_t place;
};

struct hash_index {
    struct hash_entry *entries;
    size_t count;
    size_t capacity;
};

uint64_t hash_text(struct str text);

/* The hash of a string of parts: that of the parts before, and the next one's. */
uint64_t hash_join(uint64_t before, uint64_t next);

/* Equal values (node_equal) have equal hashes. */
uint64_t hash_node(const struct node *node);

/* As hash_node for a number's text. */
uint64_t hash_number(struct str number);

void hash_index_add(struct hash_index *index, uint64_t hash, size_t place);

/* By hash, among equal ones by place. */
void hash_index_sort(struct hash_index *index);

/* The first entry of that hash, or where it would be. */
size_t hash_index_find(const struct hash_index *index, uint64_t hash);

/* The place behind the last entry of that hash. */
size_t hash_index_behind(const struct hash_index *index, uint64_t hash);

static inline bool hash_index_has(const struct hash_index *index, size_t entry,
                                  uint64_t hash)
{
    return entry < index->count && index->entries[entry].hash == hash;
}

void hash_index_release(struct hash_index *index);

#endif
