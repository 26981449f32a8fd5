/* SPDX-License-Identifier: Apache-2.0
 *
 * The mount API of Linux 5.2 and later, as system calls: <linux/mount.h> and glibc's
 * <sys/mount.h> cannot be included together before glibc 2.37, and other C libraries have
 * no functions for it. Each returns -1 with errno on failure.
 */
#ifndef SPECLINT_SYSCALLS_H
#define SPECLINT_SYSCALLS_H

#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int sys_fsopen(const char *type)
{
    return (int)syscall(SYS_fsopen, type, FSOPEN_CLOEXEC);
}

static inline int sys_fsconfig(int fd, unsigned command, const char *key,
                               const char *value)
{
    return (int)syscall(SYS_fsconfig, fd, command, key, value, 0);
}

static inline int sys_fsmount(int fd, unsigned attributes)
{
    return (int)syscall(SYS_fsmount, fd, FSMOUNT_CLOEXEC, attributes);
}

static inline int sys_open_tree(int fd, unsigned flags)
{
    return (int)syscall(SYS_open_tree, fd, "",
                        OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_EMPTY_PATH | flags);
}

/* Moves a detached mount to what `to` and `path` name; `to` itself for "". */
static inline int sys_move_mount(int mount, int to, const char *path)
{
    unsigned flags = MOVE_MOUNT_F_EMPTY_PATH;
    if (*path == '\0')
        flags |= MOVE_MOUNT_T_EMPTY_PATH;
    return (int)syscall(SYS_move_mount, mount, "", to, path, flags);
}

static inline int sys_mount_setattr(int fd, const char *path, unsigned flags,
                                    const struct mount_attr *attributes)
{
    if (*path == '\0')
        flags |= AT_EMPTY_PATH;
    return (int)syscall(SYS_mount_setattr, fd, path, flags, attributes,
                        sizeof *attributes);
}

static inline int sys_mount(const char *source, const char *target, const char *type,
                            unsigned long flags, const char *data)
{
    return (int)syscall(SYS_mount, source, target, type, flags, data);
}

/* Opens a path below `root` as if `root` were the root, not following a last link. */
static inline int sys_open_below(int root, const char *path)
{
    struct open_how how = {
        .flags = O_PATH | O_CLOEXEC | O_NOFOLLOW,
        .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, root, *path != '\0' ? path : ".", &how, sizeof how);
}

#endif
