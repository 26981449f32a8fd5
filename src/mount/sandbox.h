/* SPDX-License-Identifier: Apache-2.0
 *
 * A sandbox: one child process in new namespaces that runs a function of ours and ends,
 * within a deadline, whatever it waits for. Nothing that it mounts is seen outside, and
 * all of it ends with the child; the child ends when this process does. Linux only.
 *
 *     struct sandbox sandbox = {.namespaces = CLONE_NEWNS, .deadline = 2000};
 *     if (sandbox_run(&sandbox, function, shared_memory) != SANDBOX_DONE)
 *         …
 *
 * The function must not allocate: another thread may have held the allocator's lock.
 */
#ifndef SPECLINT_SANDBOX_H
#define SPECLINT_SANDBOX_H

#include <stdbool.h>

enum sandbox_end {
    SANDBOX_DONE,
    SANDBOX_NO_CHILD, /* the namespaces could not be made; `error` */
    SANDBOX_NO_MAP,   /* the user namespace's ids could not be mapped; `error` */
    SANDBOX_DEADLINE, /* it was killed; what it had done is in the shared memory */
    SANDBOX_DIED,     /* it ended in the middle */
};

struct sandbox {
    int namespaces; /* CLONE_NEW… */
    const char
        *uid_map; /* with CLONE_NEWUSER: for /proc/PID/uid_map; NULL maps 0 to us */
    const char *gid_map;
    int deadline; /* milliseconds */
    bool mapped;  /* out: uid_map and gid_map are in force, not the map of one id */
    int error;    /* out: errno */
};

/* Runs `function` with `memory` in the child. Called with the credentials that this
 * process has; sandbox_enter() then makes the child root of its user namespace. */
enum sandbox_end sandbox_run(struct sandbox *sandbox, void (*function)(void *),
                             void *memory);

/* In the child: becomes root of the new user namespace, if there is one, and gives up
 * every way back: no new privileges, limits, killed with its parent. */
void sandbox_enter(const struct sandbox *sandbox);

#endif
