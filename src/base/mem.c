/* SPDX-License-Identifier: Apache-2.0 */
#include "mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>

enum { CHUNK_FIRST = 16 * 1024, CHUNK_MAX = 1024 * 1024 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t size;
    alignas(max_align_t) char data[];
};

static void *checked(void *memory)
{
    if (memory == NULL) {
        fputs("speclint: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *mem_alloc(size_t count, size_t size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *mem_resize(void *memory, size_t count, size_t size)
{
    return checked(reallocarray(memory, count ? count : 1, size ? size : 1));
}

char *mem_copy(const char *text, size_t len)
{
    char *copy = mem_resize(NULL, len + 1, 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void *mem_grow(void *array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return array;
    *capacity = *capacity ? *capacity * 2 : 8;
    return mem_resize(array, *capacity, size);
}

static void arena_add_chunk(struct arena *arena, size_t size)
{
    struct arena_chunk *chunk = mem_resize(NULL, 1, sizeof *chunk + size);
    chunk->next = arena->chunks;
    chunk->size = size;
    arena->chunks = chunk;
    arena->free = chunk->data;
    arena->end = chunk->data + size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        checked(NULL);
#ifdef SPECLINT_ARENA_MALLOC
    arena_add_chunk(arena, size);
    return arena->free;
#else
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (arena->chunks == NULL || (size_t)(arena->end - arena->free) < size) {
        size_t next = CHUNK_FIRST;
        if (arena->chunks != NULL)
            next =
                arena->chunks->size < CHUNK_MAX / 2 ? arena->chunks->size * 2 : CHUNK_MAX;
        arena_add_chunk(arena, next < size ? size : next);
    }
    void *object = arena->free;
    arena->free += size;
    return object;
#endif
}

char *arena_copy(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void arena_release(struct arena *arena)
{
    while (arena->chunks != NULL) {
        struct arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    *arena = (struct arena){0};
}
