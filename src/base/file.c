/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/xattr.h>
#endif

static void close_cleanup(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

#define AUTO_CLOSE __attribute__((cleanup(close_cleanup)))

static bool read_fd(int fd, struct buf *bytes, struct stat *before, struct fault *fault)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return fault_set(fault, "cannot be read: %s", strerror(errno));
    if (S_ISDIR(status.st_mode))
        return fault_set(fault, "is a directory, not a file");
    if (before != NULL)
        *before = status;
    if (S_ISREG(status.st_mode) && status.st_size > (off_t)FILE_MAX)
        return fault_set(fault, "is larger than 1 GiB");
    if (S_ISREG(status.st_mode) && status.st_size > 0)
        buf_reserve(bytes, (size_t)status.st_size + 1);
    for (;;) {
        if (bytes->capacity - bytes->len < 2)
            buf_reserve(bytes, bytes->len < 4096 ? 4096 : bytes->len);
        ssize_t got =
            read(fd, bytes->data + bytes->len, bytes->capacity - bytes->len - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fault_set(fault, "cannot be read: %s", strerror(errno));
        bytes->len += (size_t)got;
        bytes->data[bytes->len] = '\0';
        if (got == 0)
            return true;
        if (bytes->len > FILE_MAX)
            return fault_set(fault, "is larger than 1 GiB");
    }
}

bool file_read_fd(int fd, const char *name, struct buf *bytes, struct stat *before,
                  struct fault *fault)
{
    return read_fd(fd, bytes, before, fault) || fault_set_path(fault, name);
}

bool file_read(const char *path, struct buf *bytes, struct stat *before,
               struct fault *fault)
{
    AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        fault_set(fault, "cannot be opened: %s", strerror(errno));
        return fault_set_path(fault, path);
    }
    return file_read_fd(fd, path, bytes, before, fault);
}

static bool is_unchanged(const struct stat *now, const struct stat *before)
{
    return now->st_dev == before->st_dev && now->st_ino == before->st_ino &&
           now->st_size == before->st_size && now->st_mode == before->st_mode &&
           now->st_mtim.tv_sec == before->st_mtim.tv_sec &&
           now->st_mtim.tv_nsec == before->st_mtim.tv_nsec &&
           now->st_ctim.tv_sec == before->st_ctim.tv_sec &&
           now->st_ctim.tv_nsec == before->st_ctim.tv_nsec;
}

static bool check_target(const char *path, const struct stat *before, struct fault *fault)
{
    struct stat now;
    if (lstat(path, &now) != 0)
        return fault_set(fault, "is gone since it was read: %s", strerror(errno));
    if (!S_ISREG(now.st_mode))
        return fault_set(fault, "is not a regular file; nothing was written");
    if (!is_unchanged(&now, before))
        return fault_set(fault,
                         "was changed by someone else since it was read; nothing was "
                         "written, run speclint again");
    if (now.st_nlink > 1)
        return fault_set(fault,
                         "has %ju hard links, and the others would keep the old content; "
                         "nothing was written",
                         (uintmax_t)now.st_nlink);
    return true;
}

static bool write_all(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t put = write(fd, bytes.at, bytes.len);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes.at += put;
        bytes.len -= (size_t)put;
    }
    return true;
}

#ifdef __linux__
static bool copy_attribute(int from, int to, const char *name, struct fault *fault)
{
    ssize_t len = fgetxattr(from, name, NULL, 0);
    if (len < 0)
        return fault_set(fault, "its attribute %s cannot be read: %s", name,
                         strerror(errno));
    AUTO_FREE char *value = mem_alloc((size_t)len + 1, 1);
    AUTO_FREE char *there = mem_alloc((size_t)len + 1, 1);
    len = fgetxattr(from, name, value, (size_t)len);
    if (len < 0)
        return fault_set(fault, "its attribute %s cannot be read: %s", name,
                         strerror(errno));
    /* A security label that the new file has by itself need not (and may not) be set. */
    if (fgetxattr(to, name, there, (size_t)len) == len &&
        memcmp(value, there, (size_t)len) == 0)
        return true;
    if (fsetxattr(to, name, value, (size_t)len, 0) != 0)
        return fault_set(fault, "its attribute %s cannot be kept: %s", name,
                         strerror(errno));
    return true;
}

static bool copy_attributes(int from, int to, struct fault *fault)
{
    ssize_t len = flistxattr(from, NULL, 0);
    if (len < 0 && errno == ENOTSUP)
        return true;
    if (len < 0)
        return fault_set(fault, "its attributes cannot be read: %s", strerror(errno));
    AUTO_FREE char *names = mem_alloc((size_t)len + 1, 1);
    len = flistxattr(from, names, (size_t)len);
    if (len < 0)
        return fault_set(fault, "its attributes cannot be read: %s", strerror(errno));
    for (char *name = names; name < names + len; name += strlen(name) + 1) {
        if (!copy_attribute(from, to, name, fault))
            return false;
    }
    return true;
}
#else
static bool copy_attributes(int from, int to, struct fault *fault)
{
    (void)from, (void)to, (void)fault;
    return true;
}
#endif

/* A folder's default ACL gives the new file entries that the old one need not have. */
static bool remove_acl(int to, struct fault *fault)
{
#ifdef __linux__
    if (fremovexattr(to, "system.posix_acl_access") != 0 && errno != ENODATA &&
        errno != ENOTSUP && errno != ENOSYS)
        return fault_set(fault, "the ACL of its folder cannot be kept from it: %s",
                         strerror(errno));
#else
    (void)to, (void)fault;
#endif
    return true;
}

/* Owner first: chown() clears the set-id bits of the mode. The mode before the
 * attributes, whose ACL has the last word on the group's bits. */
static bool copy_metadata(int from, int to, const struct stat *before,
                          struct fault *fault)
{
    struct stat now;
    if (fstat(to, &now) != 0)
        return fault_set(fault, "cannot be replaced: %s", strerror(errno));
    if ((now.st_uid != before->st_uid || now.st_gid != before->st_gid) &&
        fchown(to, before->st_uid, before->st_gid) != 0)
        return fault_set(fault, "its owner %ju:%ju cannot be kept: %s",
                         (uintmax_t)before->st_uid, (uintmax_t)before->st_gid,
                         strerror(errno));
    if (!remove_acl(to, fault))
        return false;
    if (fchmod(to, before->st_mode & 07777) != 0)
        return fault_set(fault, "its mode cannot be kept: %s", strerror(errno));
    return copy_attributes(from, to, fault);
}

/* A new file in the folder: without a name where the system can do that, so that a kill
 * leaves nothing behind. `name` is its path, "" without one. */
static int open_new(const char *folder, struct buf *name)
{
#ifdef O_TMPFILE
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return fd;
#endif
    buf_addf(name, "%s/.speclint.XXXXXX", folder);
    int named = mkostemp(name->data, O_CLOEXEC);
    if (named < 0)
        buf_clear(name); /* nothing of ours to remove */
    return named;
}

/* Gives the new file a name beside the target, and renames it over the target; 0 or an
 * errno. Only what is allowed between fork() and exec() in a process with threads. */
static int move_over(int fd, const char *name, const char *target)
{
    char source[64];
    snprintf(source, sizeof source, "/proc/self/fd/%d", fd);
    /* The first form needs a privilege, the second /proc. */
    if (linkat(fd, "", AT_FDCWD, name, AT_EMPTY_PATH) != 0 &&
        linkat(AT_FDCWD, source, AT_FDCWD, name, AT_SYMLINK_FOLLOW) != 0)
        return errno;
    if (rename(name, target) == 0)
        return 0;
    int error = errno;
    unlink(name);
    return error;
}

/* As move_over, in a child in a session of its own: no kill of this process or its group
 * comes between the two steps, which would leave the name behind. */
static int move_over_unkilled(int fd, const char *name, const char *target)
{
    int error = EIO; /* what a child that says nothing died of is not known */
    int ends[2];
    if (pipe(ends) != 0)
        return errno;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        error = move_over(fd, name, target);
        _exit(write(ends[1], &error, sizeof error) != sizeof error);
    }
    if (child < 0)
        error = errno;
    close(ends[1]);
    while (child > 0 && read(ends[0], &error, sizeof error) < 0 && errno == EINTR)
        ;
    close(ends[0]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    return error;
}

/* Puts the new file in the target's place; 0 or an errno. */
static int put_new(int fd, const char *folder, struct buf *name, const char *target)
{
    if (name->len > 0)
        return rename(name->data, target) == 0 ? 0 : errno;
    int error = EEXIST;
    for (unsigned try = 0; error == EEXIST && try < 100; try++) {
        AUTO_BUF struct buf path = {0};
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        buf_addf(&path, "%s/.speclint.%lx%lx%x", folder, (unsigned long)getpid(),
                 (unsigned long)now.tv_nsec, try);
        error = move_over_unkilled(fd, path.data, target);
    }
    return error;
}

static bool replace(const char *target, const char *folder, struct str bytes,
                    const struct stat *before, struct buf *name, struct fault *fault)
{
    AUTO_CLOSE int old = open(target, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (old < 0)
        return fault_set(fault, "cannot be opened: %s", strerror(errno));
    AUTO_CLOSE int fd = open_new(folder, name);
    if (fd < 0)
        return fault_set(fault,
                         "cannot be replaced, for its folder %s takes no new file: %s",
                         folder, strerror(errno));
    if (!write_all(fd, bytes))
        return fault_set(fault, "cannot be replaced: %s; the old file is unchanged",
                         strerror(errno));
    if (!copy_metadata(old, fd, before, fault))
        return false;
    if (fsync(fd) != 0)
        return fault_set(fault, "cannot be replaced: %s; the old file is unchanged",
                         strerror(errno));
    if (!check_target(target, before, fault))
        return false;
    int error = put_new(fd, folder, name, target);
    if (error != 0)
        return fault_set(fault, "cannot be replaced: %s; the old file is unchanged",
                         strerror(error));
    buf_clear(name);
    AUTO_CLOSE int directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0)
        fsync(directory); /* some filesystems cannot; the rename is whole without it */
    return true;
}

static bool replace_target(const char *path, struct str bytes, const struct stat *before,
                           struct fault *fault)
{
    AUTO_BUF struct buf folder = {0};
    AUTO_BUF struct buf name = {0};
    AUTO_FREE char *target = realpath(path, NULL);
    if (target == NULL)
        return fault_set(fault, "is gone since it was read: %s", strerror(errno));
    if (!check_target(target, before, fault))
        return false;
    const char *slash = strrchr(target, '/');
    buf_add(&folder, target, slash == target ? 1 : (size_t)(slash - target));
    bool replaced = replace(target, folder.data, bytes, before, &name, fault);
    if (!replaced && name.len > 0)
        unlink(name.data);
    return replaced;
}

bool file_replace(const char *path, struct str bytes, const struct stat *before,
                  struct fault *fault)
{
    return replace_target(path, bytes, before, fault) || fault_set_path(fault, path);
}
