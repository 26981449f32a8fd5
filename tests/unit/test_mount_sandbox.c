/* SPDX-License-Identifier: Apache-2.0 */
#include "../testing.h"

#ifdef __linux__

#include "sandbox.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

struct seen {
    pid_t pid;
    uid_t user;
    bool ended;
};

static struct seen *seen;

static void look(void *memory)
{
    struct seen *found = memory;
    found->pid = getpid();
    found->user = geteuid();
    found->ended = true;
}

static void wait_long(void *memory)
{
    ((struct seen *)memory)->pid = getpid();
    for (;;)
        pause();
}

static void die(void *memory)
{
    (void)memory;
    _exit(3);
}

START_TEST(test_plain)
{
    struct sandbox sandbox = {.deadline = 2000};
    ck_assert_int_eq(sandbox_run(&sandbox, look, seen), SANDBOX_DONE);
    ck_assert(seen->ended);
    ck_assert_int_ne(seen->pid, getpid());
}
END_TEST

START_TEST(test_deadline)
{
    struct sandbox sandbox = {.deadline = 50};
    ck_assert_int_eq(sandbox_run(&sandbox, wait_long, seen), SANDBOX_DEADLINE);
    ck_assert_int_ne(seen->pid, 0);
    ck_assert_int_eq(kill(seen->pid, 0), -1);
    ck_assert_int_eq(errno, ESRCH);
}
END_TEST

START_TEST(test_died)
{
    struct sandbox sandbox = {.deadline = 2000};
    ck_assert_int_eq(sandbox_run(&sandbox, die, seen), SANDBOX_DIED);
}
END_TEST

/* Ranges that overlap are refused by the kernel for everyone. */
START_TEST(test_bad_map)
{
    struct sandbox sandbox = {
        .namespaces = CLONE_NEWUSER,
        .uid_map = "0 0 2\n1 5 2\n",
        .gid_map = "0 0 2\n1 5 2\n",
        .deadline = 2000,
    };
    enum sandbox_end end = sandbox_run(&sandbox, look, seen);
    ck_assert(end == SANDBOX_NO_MAP || end == SANDBOX_NO_CHILD);
    ck_assert(!seen->ended);
    if (end == SANDBOX_NO_MAP)
        ck_assert_int_eq(sandbox.error, EINVAL);
}
END_TEST

START_TEST(test_user)
{
    struct sandbox sandbox = {.namespaces = CLONE_NEWUSER | CLONE_NEWPID,
                              .deadline = 2000};
    enum sandbox_end end = sandbox_run(&sandbox, look, seen);
    if (end == SANDBOX_NO_CHILD || end == SANDBOX_NO_MAP)
        return; /* a system that forbids them; the others are tested all the same */
    ck_assert_int_eq(end, SANDBOX_DONE);
    ck_assert(!sandbox.mapped);
    ck_assert_int_eq(seen->pid, 1);
    ck_assert_uint_eq(seen->user, 0);
}
END_TEST

static void prepare(void)
{
    *seen = (struct seen){0};
}

int main(void)
{
    seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                -1, 0);
    TCase *cases = tcase_create("sandbox");
    tcase_add_checked_fixture(cases, prepare, NULL);
    tcase_add_test(cases, test_plain);
    tcase_add_test(cases, test_deadline);
    tcase_add_test(cases, test_died);
    tcase_add_test(cases, test_bad_map);
    tcase_add_test(cases, test_user);
    return run_cases(cases);
}

#else

int main(void)
{
    puts("skipped: this is not Linux");
    return TEST_SKIPPED;
}

#endif
