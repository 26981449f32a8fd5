/* SPDX-License-Identifier: Apache-2.0 */
#ifdef __linux__
#include "scratch.h"

#include "syscalls.h"
#include "walk.h"

#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

enum {
    MQUEUE_MAGIC = 0x19800202, /* kernel ipc/mqueue.c; in no header */
};

static int open_parent(int root, const struct walk *walk)
{
    char parent[PATH_MAX];
    strcpy(parent, walk->done);
    *strrchr(parent, '/') = '\0';
    return sys_open_below(root, parent[0] ? parent + 1 : "");
}

static bool read_link(int fd, char target[PATH_MAX])
{
    ssize_t len = readlinkat(fd, "", target, PATH_MAX - 1);
    if (len < 0)
        return false;
    target[len] = '\0';
    return true;
}

bool scratch_device(int fd, uint64_t *device)
{
    struct statx about;
    if (statx(fd, "", AT_EMPTY_PATH | AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &about) < 0)
        return false;
    *device = (uint64_t)about.stx_dev_major << 32 | about.stx_dev_minor;
    return (about.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

enum stage scratch_open(struct scratch *scratch, size_t mounts)
{
    char inodes[32];
    snprintf(inodes, sizeof inodes, "%zu", 1024 + 64 * (mounts < 65536 ? mounts : 65536));
    int context = sys_fsopen("tmpfs");
    if (context < 0)
        return STAGE_FSOPEN;
    if (sys_fsconfig(context, FSCONFIG_SET_STRING, "size", "16m") < 0 ||
        sys_fsconfig(context, FSCONFIG_SET_STRING, "nr_inodes", inodes) < 0 ||
        sys_fsconfig(context, FSCONFIG_SET_STRING, "mode", "755") < 0 ||
        sys_fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL) < 0)
        return STAGE_CREATE;
    scratch->root = sys_fsmount(context, MOUNT_ATTR_NODEV | MOUNT_ATTR_NOSUID);
    if (scratch->root < 0)
        return STAGE_FSMOUNT;
    close(context);
    if (sys_move_mount(scratch->root, AT_FDCWD, "/") < 0)
        return STAGE_MOVE;
    scratch_device(scratch->root, &scratch->device);
    /* A map that has no id for us leaves us unable to make anything (EOVERFLOW). */
    if (mkdirat(scratch->root, ".speclint", 0755) < 0)
        return STAGE_DESTINATION;
    return STAGE_NONE;
}

void scratch_own(struct scratch *scratch, uint64_t device, bool read_only)
{
    scratch->memories[scratch->memory_count++] =
        (struct scratch_memory){device, read_only};
}

static void judge_missing(const struct scratch *scratch, const struct walk *walk,
                          struct scratch_place *place)
{
    int parent = open_parent(scratch->rootfs, walk);
    struct statvfs about;
    if (parent < 0)
        return;
    if (fstatvfs(parent, &about) == 0 && (about.f_flag & ST_RDONLY))
        place->read_only = true;
    else if (scratch->rights && faccessat(parent, ".", W_OK | X_OK, 0) < 0)
        place->denied = true;
    close(parent);
}

void scratch_mirror(struct scratch *scratch, const char *path,
                    struct scratch_place *place)
{
    struct walk walk;
    char target[PATH_MAX];
    struct stat about;
    *place = (struct scratch_place){0};
    if (scratch->rootfs < 0 || !walk_start(&walk, str_of(path)))
        return;
    while (walk_next(&walk)) {
        int fd = sys_open_below(scratch->rootfs, walk_place(&walk));
        if (fd < 0) {
            if (errno == ENOENT)
                judge_missing(scratch, &walk, place);
            return;
        }
        place->mounted = scratch_device(fd, &place->device);
        bool more = true;
        if (fstat(fd, &about) < 0) {
            more = false;
        } else if (S_ISDIR(about.st_mode)) {
            (void)!mkdirat(scratch->root, walk_place(&walk), 0755);
        } else if (S_ISLNK(about.st_mode)) {
            more = read_link(fd, target);
            if (more) {
                (void)!symlinkat(target, scratch->root, walk_place(&walk));
                more = walk_link(&walk, target);
            }
        } else {
            (void)!mknodat(scratch->root, walk_place(&walk), S_IFREG | 0644, 0);
            more = false;
        }
        close(fd);
        if (!more)
            return;
    }
}

/* A place for a mount whose mountpoint a runtime would have made where we must not. */
static int spare(struct scratch *scratch, bool directory)
{
    char name[64];
    snprintf(name, sizeof name, ".speclint/%u", scratch->spares++);
    if ((directory ? mkdirat(scratch->root, name, 0755)
                   : mknodat(scratch->root, name, S_IFREG | 0644, 0)) < 0)
        return -1;
    return sys_open_below(scratch->root, name);
}

/* What making a mountpoint in somebody else's file system would give. */
static int foreign_error(int parent, const struct scratch *scratch,
                         struct trial_mount *out)
{
    static const long barren[] = {SYSFS_MAGIC, PROC_SUPER_MAGIC, DEVPTS_SUPER_MAGIC,
                                  MQUEUE_MAGIC};
    struct statvfs about;
    struct statfs type;
    bool read_only = fstatvfs(parent, &about) == 0 && (about.f_flag & ST_RDONLY);
    /* These have no mkdir (kernel: vfs_mkdir). */
    for (size_t i = 0; i < sizeof barren / sizeof *barren; i++) {
        if (fstatfs(parent, &type) == 0 && type.f_type == barren[i])
            return read_only ? EROFS : barren[i] == PROC_SUPER_MAGIC ? ENOENT : EPERM;
    }
    if (read_only) {
        out->place_read_only = TRIAL_BIND_RO;
        return 0;
    }
    if (scratch->rights && faccessat(parent, ".", W_OK | X_OK, 0) < 0)
        return errno;
    return 0;
}

/* Makes the part at the end of the walk. Returns 0 when the walk may go on, else a
 * descriptor for the whole destination, or -1. */
static int make(struct scratch *scratch, const struct walk *walk, bool directory,
                const struct scratch_place *rootfs, struct trial_mount *out)
{
    uint64_t device = 0;
    bool last = walk_last(walk);
    int parent = open_parent(scratch->root, walk);
    if (parent < 0) {
        out->place_error = errno;
        return -1;
    }
    scratch_device(parent, &device);
    bool own = device == scratch->device;
    if (own) {
        if (rootfs->read_only)
            out->place_read_only = TRIAL_ROOTFS_RO;
        else if (rootfs->denied)
            out->place_denied = true;
    }
    for (size_t i = scratch->memory_count; i > 0 && !own; i--) {
        own = scratch->memories[i - 1].device == device;
        if (own && scratch->memories[i - 1].read_only)
            out->place_read_only = TRIAL_MEMORY_RO;
    }
    if (!own) {
        out->place_error = foreign_error(parent, scratch, out);
        close(parent);
        return spare(scratch, directory);
    }
    const char *name = strrchr(walk->done, '/') + 1;
    int made = directory || !last ? mkdirat(parent, name, 0755)
                                  : mknodat(parent, name, S_IFREG | 0644, 0);
    if (made < 0) {
        out->place_error = errno;
        made = spare(scratch, directory);
    }
    close(parent);
    return made;
}

static uint8_t in_proc(const char *path)
{
    /* runc libcontainer/rootfs_linux.go, checkProcMount */
    static const char *const lxcfs[] = {
        "cpuinfo",
        "diskstats",
        "loadavg",
        "meminfo",
        "net/dev",
        "slabinfo",
        "stat",
        "swaps",
        "uptime",
        "sys/crypto/fips_enabled",
        "sys/kernel/ns_last_pid",
    };
    if (strncmp(path, "/proc", 5) != 0)
        return TRIAL_NOT_PROC;
    if (path[5] == '\0')
        return TRIAL_PROC;
    if (path[5] != '/')
        return TRIAL_NOT_PROC;
    for (size_t i = 0; i < sizeof lxcfs / sizeof *lxcfs; i++) {
        if (strcmp(path + 6, lxcfs[i]) == 0)
            return TRIAL_LXCFS;
    }
    return TRIAL_BELOW_PROC;
}

int scratch_place(struct scratch *scratch, const char *path, bool directory,
                  const struct scratch_place *rootfs, struct trial_mount *out)
{
    struct walk walk;
    char target[PATH_MAX];
    struct stat about;
    if (!walk_start(&walk, str_of(path))) {
        out->place_error = errno;
        return spare(scratch, directory);
    }
    while (walk_next(&walk)) {
        int fd = sys_open_below(scratch->root, walk_place(&walk));
        int error = fd < 0 ? errno : 0;
        if (error == ENOENT) {
            out->place_missing = true;
            out->place_dangling |= walk_in_link(&walk);
            int made = make(scratch, &walk, directory, rootfs, out);
            if (made == 0)
                continue;
            out->place_depth = walk.depth;
            out->place_in_proc = in_proc(walk.done);
            return made;
        }
        if (error == 0 && fstat(fd, &about) < 0)
            error = errno;
        if (error == 0 && S_ISLNK(about.st_mode)) {
            if (walk_last(&walk))
                out->place_symlink = true;
            if (!read_link(fd, target) || !walk_link(&walk, target))
                error = errno;
        } else if (error == 0 && !S_ISDIR(about.st_mode) && !walk_last(&walk)) {
            error = ENOTDIR;
        }
        if (fd >= 0)
            close(fd);
        if (error != 0) {
            out->place_error = error;
            return spare(scratch, directory);
        }
    }
    if (walk.too_long) {
        out->place_error = ENAMETOOLONG;
        return spare(scratch, directory);
    }
    out->place_depth = walk.depth;
    out->place_root = walk.done[0] == '\0';
    out->place_in_proc = in_proc(walk.done);
    int fd = sys_open_below(scratch->root, walk_place(&walk));
    if (fd < 0)
        out->place_error = errno;
    return fd;
}
#endif
