/* SPDX-License-Identifier: Apache-2.0
 *
 * Times two commands as whole processes, in turn, and prints the median of each and of
 * the ratios pair by pair: process NAME ROUNDS COMMAND... -- COMMAND...
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

/* Microseconds from the start to the end of one run; its output goes to /dev/null. */
static double run(char **command)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    double start = now();
    int failed = posix_spawnp(&pid, command[0], &actions, NULL, command, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
        WEXITSTATUS(status) > 1) {
        fprintf(stderr, "%s: does not run\n", command[0]);
        exit(1);
    }
    return now() - start;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

int main(int argc, char **argv)
{
    int split = 3;
    while (split < argc && strcmp(argv[split], "--") != 0)
        split++;
    size_t rounds = argc > 3 ? strtoul(argv[2], NULL, 10) : 0;
    if (rounds == 0 || split + 1 >= argc) {
        fputs("usage: process NAME ROUNDS COMMAND... -- COMMAND...\n", stderr);
        return 2;
    }
    argv[split] = NULL;
    double *first = calloc(rounds, sizeof *first);
    double *second = calloc(rounds, sizeof *second);
    double *ratio = calloc(rounds, sizeof *ratio);
    for (size_t i = 0; i < rounds; i++) {
        first[i] = run(argv + 3);
        second[i] = run(argv + split + 1);
        ratio[i] = first[i] / second[i];
    }
    printf("%s: %.0f us against %.0f us, ratio %.2f (medians of %zu pairs)\n", argv[1],
           median(first, rounds), median(second, rounds), median(ratio, rounds), rounds);
    free(first);
    free(second);
    free(ratio);
    return 0;
}
