/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory that is there or ends the program: no caller checks for NULL, because a linter
 * out of memory has nothing better to do than to stop. Locals that own memory are
 * declared with a cleanup attribute; everything that belongs to a document lives in an
 * arena and ends with it.
 *
 *     struct arena arena = {0};
 *     char *copy = arena_copy(&arena, "text", 4);
 *     arena_release(&arena);
 */
#ifndef SPECLINT_MEM_H
#define SPECLINT_MEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Bytes with a length; not NUL-terminated, may contain NUL. Borrowed, never owned. */
struct str {
    const char *at;
    size_t len;
};

#define STR(literal) ((struct str){literal, sizeof(literal) - 1})

static inline struct str str_of(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

/* As memcmp() == 0, in place: for names and other short texts, to which a call costs more
 * than the few words that there are to compare. */
static inline bool mem_equal(const char *a, const char *b, size_t len)
{
    uint64_t x;
    uint64_t y;
    for (; len > sizeof x; len -= sizeof x, a += sizeof x, b += sizeof x) {
        memcpy(&x, a, sizeof x);
        memcpy(&y, b, sizeof y);
        if (x != y)
            return false;
    }
    /* The rest in two pieces, which overlap. */
    if (len >= 4) {
        uint32_t ends[4];
        memcpy(&ends[0], a, 4);
        memcpy(&ends[1], a + len - 4, 4);
        memcpy(&ends[2], b, 4);
        memcpy(&ends[3], b + len - 4, 4);
        return ends[0] == ends[2] && ends[1] == ends[3];
    }
    return len == 0 ||
           (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Order of the bytes, which for UTF-8 is the order of the code points. <0, 0 or >0. */
static inline int str_compare(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len == 0 ? 0 : memcmp(a.at, b.at, len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* Zeroed memory of `count` objects of `size` bytes; the caller frees it with free().
 * Ends the program when there is none, or when the product overflows. */
void *mem_alloc(size_t count, size_t size);

/* As realloc() to `count` objects of `size` bytes; new bytes are not cleared. */
void *mem_resize(void *memory, size_t count, size_t size);

/* A copy of `len` bytes with a NUL behind them; the caller frees it. */
char *mem_copy(const char *text, size_t len);

/* Ensures that an array of `*capacity` objects of `size` bytes has room for one more
 * than `count`, by doubling; returns the array, moved or not. */
void *mem_grow(void *array, size_t count, size_t *capacity, size_t size);

static inline void mem_free_cleanup(void *pointer)
{
    free(*(void **)pointer);
}

#define AUTO_FREE __attribute__((cleanup(mem_free_cleanup)))

/* Objects that all end together. {0} is an empty arena. With SPECLINT_ARENA_MALLOC each
 * object is a malloc of its own, so that a sanitizer sees an overrun. */
struct arena {
    struct arena_chunk *chunks;
    char *free;
    char *end;
};

/* Memory for `size` bytes, aligned for any object, not cleared. Lives as long as the
 * arena. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of `len` bytes with a NUL behind them, in the arena. */
char *arena_copy(struct arena *arena, const char *text, size_t len);

/* Ends every object of the arena; it is empty and usable again. */
void arena_release(struct arena *arena);

#define AUTO_ARENA __attribute__((cleanup(arena_release)))

#endif
