/* SPDX-License-Identifier: Apache-2.0 */
#include "mem.h"

#include "../testing.h"

#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static const struct {
    struct str a;
    struct str b;
    int order;
} strings[] = {
    {{NULL, 0}, {NULL, 0}, 0},      {{NULL, 0}, {"", 0}, 0},
    {{NULL, 0}, {"a", 1}, -1},      {{"a", 1}, {"a", 1}, 0},
    {{"a", 1}, {"b", 1}, -1},       {{"a", 1}, {"aa", 2}, -1},
    {{"b", 1}, {"aa", 2}, 1},       {{"a\0b", 3}, {"a\0c", 3}, -1},
    {{"a\0b", 3}, {"a", 1}, 1},     {{"z", 1}, {"\xC3\xA4", 2}, -1},
    {{"\x7F", 1}, {"\x80", 1}, -1},
};

START_TEST(test_strings)
{
    struct str a = strings[_i].a;
    struct str b = strings[_i].b;
    ck_assert_int_eq(sign(str_compare(a, b)), strings[_i].order);
    ck_assert_int_eq(sign(str_compare(b, a)), -strings[_i].order);
    ck_assert_int_eq(str_equal(a, b), strings[_i].order == 0);
}
END_TEST

/* Of every length, one byte anywhere makes a difference. */
START_TEST(test_mem_equal)
{
    char text[] = "abcdefghijklmnopqrst";
    for (size_t len = 0; len < sizeof text; len++) {
        char other[sizeof text];
        memcpy(other, text, sizeof text);
        ck_assert(mem_equal(text, other, len));
        for (size_t i = 0; i < sizeof text; i++) {
            other[i] ^= 1;
            ck_assert_msg(mem_equal(text, other, len) == (i >= len), "%zu of %zu", i,
                          len);
            other[i] ^= 1;
        }
    }
}
END_TEST

START_TEST(test_str_of)
{
    ck_assert_uint_eq(str_of(NULL).len, 0);
    ck_assert_uint_eq(str_of("abc").len, 3);
    ck_assert_uint_eq(STR("a\0b").len, 3);
}
END_TEST

START_TEST(test_alloc)
{
    AUTO_FREE char *cleared = mem_alloc(1000, 1);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_int_eq(cleared[i], 0);
    AUTO_FREE char *nothing = mem_alloc(0, 8);
    ck_assert_ptr_nonnull(nothing);
    AUTO_FREE char *text = mem_copy("a\0b", 3);
    ck_assert_mem_eq(text, "a\0b", 4);
    AUTO_FREE char *empty = mem_copy(NULL, 0);
    ck_assert_str_eq(empty, "");
}
END_TEST

START_TEST(test_grow)
{
    size_t capacity = 0;
    size_t moves = 0;
    uint32_t *items = NULL;
    for (uint32_t i = 0; i < 10000; i++) {
        size_t before = capacity;
        items = mem_grow(items, i, &capacity, sizeof *items);
        moves += capacity != before;
        ck_assert_uint_gt(capacity, i);
        items[i] = i;
    }
    for (uint32_t i = 0; i < 10000; i++)
        ck_assert_uint_eq(items[i], i);
    ck_assert_uint_lt(moves, 15);
    free(items);
}
END_TEST

START_TEST(test_arena)
{
    static const size_t sizes[] = {1, 0, 3, 8, 17, 4096, 100000, 5, 3000000, 24, 0, 1};
    enum { OBJECTS = 1200 };
    struct arena arena = {0};
    unsigned char *objects[OBJECTS];
    for (size_t i = 0; i < OBJECTS; i++) {
        size_t size = sizes[i % 100 < 12 ? i % 100 : 3];
        objects[i] = arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(objects[i]);
        ck_assert_uint_eq((uintptr_t)objects[i] % _Alignof(max_align_t), 0);
        memset(objects[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < OBJECTS; i++) {
        size_t size = sizes[i % 100 < 12 ? i % 100 : 3];
        for (size_t k = 0; k < size; k += 997)
            ck_assert_uint_eq(objects[i][k], i % 251);
    }
    ck_assert_mem_eq(arena_copy(&arena, "a\0b", 3), "a\0b", 4);
    ck_assert_str_eq(arena_copy(&arena, NULL, 0), "");
    arena_release(&arena);
    ck_assert_str_eq(arena_copy(&arena, "again", 5), "again");
    arena_release(&arena);
    arena_release(&arena);
}
END_TEST

START_TEST(test_arena_first_is_empty)
{
    struct arena arena = {0};
    ck_assert_ptr_nonnull(arena_alloc(&arena, 0));
    arena_release(&arena);
}
END_TEST

static void overflow_alloc(void)
{
    free(mem_alloc(SIZE_MAX / 2, 4));
}

static void overflow_resize(void)
{
    free(mem_resize(NULL, SIZE_MAX / 2, 4));
}

static void overflow_arena(void)
{
    struct arena arena = {0};
    arena_alloc(&arena, SIZE_MAX - 8);
}

static void overflow_buf(void)
{
    struct buf buf = {0};
    buf_add(&buf, "a", 1);
    buf_reserve(&buf, SIZE_MAX - 1);
}

static void no_overflow(void)
{
}

static const struct {
    void (*run)(void);
    bool ends;
} overflows[] = {
    {no_overflow, false},   {overflow_alloc, true}, {overflow_resize, true},
    {overflow_arena, true}, {overflow_buf, true},
};

/* What cannot be had ends the program, and is never a small piece instead. */
START_TEST(test_overflow)
{
    int status;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        fclose(stderr);
        close(STDERR_FILENO);
        overflows[_i].run();
        _exit(0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status != 0, overflows[_i].ends);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("mem");
    add_rows(cases, test_strings, strings);
    tcase_add_test(cases, test_mem_equal);
    tcase_add_test(cases, test_str_of);
    tcase_add_test(cases, test_alloc);
    tcase_add_test(cases, test_grow);
    tcase_add_test(cases, test_arena);
    tcase_add_test(cases, test_arena_first_is_empty);
    add_rows(cases, test_overflow, overflows);
    return run_cases(cases);
}
