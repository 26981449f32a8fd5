/* SPDX-License-Identifier: Apache-2.0 */
#ifdef __linux__
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long a killed child may still take; one that sleeps in the kernel on a dead file
 * system is then left to it. */
enum { GRACE = 200 };

/* The read end of the pipe by which the parent says go; its hang-up says that the parent
 * is gone. In the child only. */
static int child_go = -1;

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* clone3 makes all namespaces in one step, the user namespace first, so that it owns the
 * others. Where a filter does not know clone3 (ENOSYS), clone does the same. */
static pid_t spawn(int namespaces, int *pidfd)
{
    struct clone_args arguments = {
        .flags = (unsigned)namespaces | CLONE_PIDFD,
        .pidfd = (unsigned long)pidfd,
        .exit_signal = SIGCHLD,
    };
    pid_t pid = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid >= 0 || errno != ENOSYS)
        return pid;
    unsigned long flags = (unsigned long)namespaces | CLONE_PIDFD | SIGCHLD;
#ifdef __s390__
    return (pid_t)syscall(SYS_clone, NULL, flags, pidfd, NULL, 0);
#else
    return (pid_t)syscall(SYS_clone, flags, NULL, pidfd, NULL, 0);
#endif
}

static bool write_proc(pid_t pid, const char *name, const char *text)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t written = write(fd, text, strlen(text));
    int error = errno;
    close(fd);
    errno = error;
    return written == (ssize_t)strlen(text);
}

/* An unprivileged process must give up setgroups() first (user_namespaces(7)); the file
 * is younger than the other two. */
static bool map_groups(pid_t pid, const char *map)
{
    if (write_proc(pid, "gid_map", map))
        return true;
    if (errno != EPERM || (!write_proc(pid, "setgroups", "deny") && errno != ENOENT))
        return false;
    return write_proc(pid, "gid_map", map);
}

/* The ids that the spec asks for, where we may map them; else our own one as root. */
static bool map_ids(struct sandbox *sandbox, pid_t pid)
{
    char one[64];
    sandbox->mapped = false;
    if (sandbox->uid_map != NULL && sandbox->gid_map != NULL) {
        if (write_proc(pid, "uid_map", sandbox->uid_map)) {
            sandbox->mapped = map_groups(pid, sandbox->gid_map);
            return sandbox->mapped;
        }
        if (errno != EPERM)
            return false;
    }
    snprintf(one, sizeof one, "0 %u 1\n", (unsigned)geteuid());
    if (!write_proc(pid, "uid_map", one))
        return false;
    snprintf(one, sizeof one, "0 %u 1\n", (unsigned)getegid());
    return map_groups(pid, one);
}

static enum sandbox_end wait_for(pid_t pid, int pidfd, long deadline)
{
    enum sandbox_end end = SANDBOX_DONE;
    struct pollfd exited = {.fd = pidfd, .events = POLLIN};
    for (;;) {
        long left = deadline - now();
        int ready = poll(&exited, 1, left > 0 ? (int)left : 0);
        if (ready > 0 || (ready < 0 && errno != EINTR))
            break;
        if (now() < deadline)
            continue;
        if (end == SANDBOX_DEADLINE)
            return end;
        end = SANDBOX_DEADLINE;
        deadline = now() + GRACE;
        syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (end == SANDBOX_DONE && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        return SANDBOX_DIED;
    return end;
}

static _Noreturn void run_child(const int go[2], void (*function)(void *), void *memory)
{
    char byte;
    close(go[1]);
    child_go = go[0];
    /* An end of file: the parent died, or could not map the ids. */
    if (read(child_go, &byte, 1) != 1)
        _exit(1);
    function(memory);
    _exit(0);
}

enum sandbox_end sandbox_run(struct sandbox *sandbox, void (*function)(void *),
                             void *memory)
{
    long deadline = now() + sandbox->deadline;
    int go[2], pidfd = -1;
    if (pipe2(go, O_CLOEXEC) < 0) {
        sandbox->error = errno;
        return SANDBOX_NO_CHILD;
    }
    pid_t pid = spawn(sandbox->namespaces, &pidfd);
    if (pid == 0)
        run_child(go, function, memory);
    if (pid < 0) {
        sandbox->error = errno;
        close(go[0]);
        close(go[1]);
        return SANDBOX_NO_CHILD;
    }
    enum sandbox_end end = SANDBOX_DONE;
    if ((sandbox->namespaces & CLONE_NEWUSER) && !map_ids(sandbox, pid)) {
        sandbox->error = errno;
        end = SANDBOX_NO_MAP;
        close(go[1]);
    } else {
        /* Our own copy of the read end is open, so there is no SIGPIPE. */
        (void)!write(go[1], "", 1);
    }
    enum sandbox_end waited = wait_for(pid, pidfd, deadline);
    if (end == SANDBOX_DONE) {
        end = waited;
        close(go[1]);
    }
    close(go[0]);
    close(pidfd);
    return end;
}

void sandbox_enter(const struct sandbox *sandbox)
{
    if (sandbox->namespaces & CLONE_NEWUSER) {
        (void)!setresgid(0, 0, 0);
        (void)!setresuid(0, 0, 0);
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    struct rlimit cpu = {2, 2};
    setrlimit(RLIMIT_CPU, &cpu);
    umask(022);
    /* After setresuid(), which clears it. The parent may be gone already. */
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    struct pollfd parent = {.fd = child_go, .events = 0};
    if (poll(&parent, 1, 0) > 0 && (parent.revents & POLLHUP))
        _exit(1);
}
#endif
