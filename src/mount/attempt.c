/* SPDX-License-Identifier: Apache-2.0 */
#ifdef __linux__
#include "attempt.h"

#include "filesystem.h"
#include "mountinfo.h"
#include "syscalls.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

/* fsconfig(2) takes no longer value (fs/fsopen.c: strndup_user). */
enum { VALUE_MAX = 255 };

static const struct {
    unsigned attribute;
    uint64_t kernel;
    unsigned long legacy;
} flags[] = {
    {ATTRIBUTE_RO, MOUNT_ATTR_RDONLY, MS_RDONLY},
    {ATTRIBUTE_NOSUID, MOUNT_ATTR_NOSUID, MS_NOSUID},
    {ATTRIBUTE_NODEV, MOUNT_ATTR_NODEV, MS_NODEV},
    {ATTRIBUTE_NOEXEC, MOUNT_ATTR_NOEXEC, MS_NOEXEC},
    {ATTRIBUTE_NOATIME, MOUNT_ATTR_NOATIME, MS_NOATIME},
    {ATTRIBUTE_STRICTATIME, MOUNT_ATTR_STRICTATIME, MS_STRICTATIME},
    {ATTRIBUTE_NODIRATIME, MOUNT_ATTR_NODIRATIME, MS_NODIRATIME},
    {ATTRIBUTE_NOSYMFOLLOW, MOUNT_ATTR_NOSYMFOLLOW, 0},
};

static uint64_t kernel_bits(unsigned attributes)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (attributes & flags[i].attribute)
            bits |= flags[i].kernel;
    }
    /* noatime and strictatime are values of one field, not bits to combine. */
    if ((bits & MOUNT_ATTR__ATIME) == (MOUNT_ATTR_NOATIME | MOUNT_ATTR_STRICTATIME))
        bits &= ~(uint64_t)MOUNT_ATTR_NOATIME;
    return bits;
}

static bool fail(struct trial_mount *out, enum stage stage)
{
    out->stage = (uint8_t)stage;
    out->error = errno;
    return false;
}

/* One message for each read, "e text"; the kernel repeats some. A buffer that is too
 * small loses the message before Linux 6.18. */
static void drain(int context, struct trial_mount *out)
{
    char text[4096];
    for (;;) {
        ssize_t len = read(context, text, sizeof text - 1);
        if (len <= 2)
            return;
        while (len > 2 && text[len - 1] == '\n')
            len--;
        text[len] = '\0';
        size_t have = strlen(out->log), add = (size_t)len - 2;
        if (have + add + 2 > sizeof out->log || strstr(out->log, text + 2) != NULL)
            continue;
        if (have > 0)
            out->log[have++] = '\n';
        memcpy(out->log + have, text + 2, add + 1);
    }
}

/* Gives one option to the kernel as mount(2) would: "key=value" or "key". */
static bool give(int context, const char *option)
{
    char key[VALUE_MAX + 1];
    const char *equals = strchr(option, '=');
    if (equals == option)
        return true; /* vfs_parse_monolithic_sep() skips it */
    size_t len = equals != NULL ? (size_t)(equals - option) : strlen(option);
    if (len >= sizeof key) {
        errno = EINVAL; /* no file system has so long a name of an option */
        return false;
    }
    memcpy(key, option, len);
    key[len] = '\0';
    return sys_fsconfig(context, equals ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG, key,
                        equals ? equals + 1 : NULL) == 0;
}

static bool too_long(const struct plan_mount *mount)
{
    if (strlen(mount->source) > VALUE_MAX)
        return true;
    for (unsigned i = 0; i < mount->data_count; i++) {
        const char *equals = strchr(mount->data[i].text, '=');
        if (equals != NULL && strlen(equals + 1) > VALUE_MAX)
            return true;
    }
    return false;
}

static bool is_layer(const struct plan_mount *mount, const char *option)
{
    return strcmp(mount->type, "overlay") == 0 &&
           (strncmp(option, "upperdir=", 9) == 0 || strncmp(option, "workdir=", 8) == 0);
}

/* An overlay writes to its upper and work folder when it is made: it gets others, after
 * the kernel has checked the true ones. */
static bool give_layers(struct attempt *attempt, int context,
                        const struct plan_mount *mount)
{
    char path[96], name[32];
    for (unsigned i = 0; i < mount->data_count; i++) {
        const char *option = mount->data[i].text;
        if (!is_layer(mount, option))
            continue;
        const char *key = *option == 'u' ? "upperdir" : "workdir";
        snprintf(name, sizeof name, ".speclint/%s%u", key, attempt->scratch.spares);
        (void)!mkdirat(attempt->scratch.root, name, 0755);
        snprintf(path, sizeof path, "/proc/self/fd/%d/%s", attempt->scratch.root, name);
        if (sys_fsconfig(context, FSCONFIG_SET_STRING, key, path) < 0)
            return false;
    }
    attempt->scratch.spares++;
    return true;
}

static bool has_layers(const struct plan_mount *mount)
{
    for (unsigned i = 0; i < mount->data_count; i++) {
        if (is_layer(mount, mount->data[i].text))
            return true;
    }
    return false;
}

/* Numbers of ids that this sandbox could not map are judged by the plan. */
static bool give_data(const struct attempt *attempt, int context,
                      const struct plan_mount *mount, bool layers,
                      struct trial_mount *out)
{
    for (unsigned i = 0; i < mount->data_count; i++) {
        const struct plan_data *data = &mount->data[i];
        if (!layers && is_layer(mount, data->text))
            continue;
        if (data->id && !attempt->trial->mapped) {
            if (data->mapped)
                continue;
            errno = EINVAL;
        } else if (give(context, data->text)) {
            drain(context, out);
            continue;
        }
        out->option = (int)i;
        fail(out, STAGE_FSCONFIG);
        drain(context, out);
        return false;
    }
    return true;
}

static int open_context(const struct plan_mount *mount, const char *type,
                        struct trial_mount *out)
{
    int context = sys_fsopen(type);
    if (context < 0) {
        fail(out, STAGE_FSOPEN);
        return -1;
    }
    if (mount->has_source &&
        sys_fsconfig(context, FSCONFIG_SET_STRING, "source", mount->source) < 0) {
        fail(out, STAGE_FSCONFIG);
        drain(context, out);
        close(context);
        return -1;
    }
    return context;
}

/* mnt_already_visible() (fs/namespace.c): a new proc or sysfs may show no more than one
 * that is there already and whole. Says what is in the way. */
static void why_too_revealing(const char *type, struct trial_mount *out)
{
    int fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    uint64_t whole = 0;
    struct mountinfo info;
    info.fd = fd;
    info.start = info.end = 0;
    while (mountinfo_next(&info)) {
        if (strcmp(info.type, type) == 0 && strcmp(info.root, "/") == 0) {
            whole = info.id;
            if (info.attributes & ATTRIBUTE_RO)
                snprintf(out->by, sizeof out->by, "%.100s, which is read-only",
                         info.point);
        } else if (whole != 0 && info.parent == whole &&
                   strcmp(info.point, "/proc/sys/fs/binfmt_misc") != 0 &&
                   strncmp(info.point, "/sys/fs/", 8) != 0 &&
                   strncmp(info.point, "/sys/kernel/", 12) != 0) {
            snprintf(out->by, sizeof out->by, "the %.20s on %.100s", info.type,
                     info.point);
            break;
        }
    }
    if (whole == 0)
        snprintf(out->by, sizeof out->by, "the lack of a whole %.20s here", type);
    close(fd);
}

/* mount(2) says EBUSY to the same superblock on the root of a mount of it; move_mount(2)
 * does not (fs/namespace.c, graft_tree). */
static bool is_busy(const struct attempt *attempt, const struct plan_mount *mount,
                    int made, int place, const struct scratch_place *rootfs)
{
    uint64_t device = 0, below = 0;
    bool mounted = scratch_device(place, &below);
    scratch_device(made, &device);
    if (below == attempt->scratch.device) {
        mounted = rootfs->mounted;
        below = rootfs->device;
    }
    if (mounted && below == device)
        return true;
    /* In a network namespace that stands in for the host's, sysfs is another one. */
    struct statx host;
    return mounted && attempt->trial->stand_in && strcmp(mount->type, "sysfs") == 0 &&
           !(attempt->plan->fresh & PLAN_NETWORK) &&
           statx(AT_FDCWD, "/sys", AT_NO_AUTOMOUNT, STATX_BASIC_STATS, &host) == 0 &&
           below == ((uint64_t)host.stx_dev_major << 32 | host.stx_dev_minor);
}

static bool attach(int made, int place, struct trial_mount *out)
{
    struct statx about;
    struct stat from, to;
    /* mount(2) says ENOTDIR, move_mount(2) EINVAL; the former is what people know. */
    if (fstat(made, &from) == 0 && fstat(place, &to) == 0 &&
        S_ISDIR(from.st_mode) != S_ISDIR(to.st_mode)) {
        errno = ENOTDIR;
        return fail(out, STAGE_MOVE);
    }
    /* On the root itself it would hide the scratch from what comes after. */
    if (!out->place_root && sys_move_mount(made, place, "") < 0)
        return fail(out, STAGE_MOVE);
    if (statx(made, "", AT_EMPTY_PATH, STATX_MNT_ID, &about) == 0 && !out->place_root)
        out->mount_id = about.stx_mnt_id;
    out->made = true;
    return true;
}

static bool mount_one(struct attempt *attempt, const struct plan_mount *mount,
                      const char *type, const struct scratch_place *rootfs, int place,
                      struct trial_mount *out)
{
    const struct filesystem *filesystem = filesystem_find(type);
    bool layers = has_layers(mount), own_data = type == mount->type;
    int context = open_context(mount, type, out);
    if (context < 0)
        return false;
    if (own_data && !give_data(attempt, context, mount, true, out)) {
        close(context);
        return false;
    }
    if (own_data && layers) {
        close(context);
        context = open_context(mount, type, out);
        if (context < 0)
            return false;
        if (!give_data(attempt, context, mount, false, out) ||
            !give_layers(attempt, context, mount)) {
            close(context);
            return out->stage != STAGE_NONE ? false : fail(out, STAGE_FSCONFIG);
        }
    }
    if (sys_fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL) < 0) {
        fail(out, STAGE_CREATE);
        drain(context, out);
        close(context);
        return false;
    }
    /* Mountpoints may yet be needed in a tmpfs: it is made read-only at the end, as
     * runtimes do. */
    bool memory = filesystem != NULL && (filesystem->memory || layers);
    unsigned set = mount->set;
    int made = sys_fsmount(
        context, (unsigned)kernel_bits(memory ? set & ~(unsigned)ATTRIBUTE_RO : set));
    if (made < 0) {
        fail(out, STAGE_FSMOUNT);
        if (errno == EPERM)
            why_too_revealing(type, out);
    }
    drain(context, out);
    close(context);
    if (made < 0)
        return false;
    if (filesystem != NULL && filesystem->one)
        out->busy = is_busy(attempt, mount, made, place, rootfs);
    uint64_t device;
    if (memory) {
        scratch_device(made, &device);
        scratch_own(&attempt->scratch, device, set & ATTRIBUTE_RO);
    }
    bool attached = attach(made, place, out);
    close(made);
    return attached;
}

/* Options that are too long for fsconfig(2) go to mount(2), all in one. */
static bool mount_legacy(const struct plan_mount *mount, int place,
                         struct trial_mount *out)
{
    char data[4096] = "";
    size_t len = 0;
    unsigned long bits = 0;
    if (has_layers(mount))
        return true; /* it would write to them: not tried */
    for (unsigned i = 0; i < mount->data_count; i++) {
        size_t add = strlen(mount->data[i].text);
        if (len + add + 2 > sizeof data) {
            errno = EINVAL;
            return fail(out, STAGE_FSCONFIG);
        }
        if (len > 0)
            data[len++] = ',';
        memcpy(data + len, mount->data[i].text, add + 1);
        len += add;
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (mount->set & flags[i].attribute)
            bits |= flags[i].legacy;
    }
    int here = open(".", O_PATH | O_CLOEXEC);
    if (fchdir(place) < 0 || sys_mount(mount->source, ".", mount->type, bits, data) < 0)
        fail(out, STAGE_MOUNT);
    else
        out->made = true;
    if (here >= 0) {
        (void)!fchdir(here);
        close(here);
    }
    return out->made;
}

void attempt_filesystem(struct attempt *attempt, const struct plan_mount *mount,
                        const struct scratch_place *rootfs, int place,
                        struct trial_mount *out)
{
    const struct filesystem *filesystem = filesystem_find(mount->type);
    if (filesystem_known(attempt->filesystems, mount->type) == FILESYSTEM_ABSENT) {
        /* fsopen() would load a module into the host's kernel. */
        out->type_absent = true;
        errno = ENODEV;
        fail(out, STAGE_FSOPEN);
        return;
    }
    if (filesystem != NULL && filesystem->class == FILESYSTEM_CGROUP) {
        mount_one(attempt, mount, attempt->trial->unified ? "cgroup2" : "tmpfs", rootfs,
                  place, out);
        return;
    }
    if (filesystem != NULL && filesystem->class == FILESYSTEM_OWN) {
        if (too_long(mount))
            mount_legacy(mount, place, out);
        else
            mount_one(attempt, mount, mount->type, rootfs, place, out);
        return;
    }
    if (too_long(mount))
        return;
    int context = open_context(mount, mount->type, out);
    if (context < 0)
        return;
    give_data(attempt, context, mount, true, out);
    close(context);
}

static bool set_attributes(int tree, unsigned set, unsigned clear, unsigned recursive)
{
    struct mount_attr attributes = {.attr_set = kernel_bits(set),
                                    .attr_clr = kernel_bits(clear)};
    if ((set | clear) & ATTRIBUTE_ATIME)
        attributes.attr_clr |= MOUNT_ATTR__ATIME;
    if (attributes.attr_set == 0 && attributes.attr_clr == 0)
        return true;
    return sys_mount_setattr(tree, "", recursive, &attributes) == 0;
}

void attempt_bind(struct attempt *attempt, const struct plan_mount *mount, int place,
                  struct trial_mount *out)
{
    int tree = sys_open_tree(out->source_fd, mount->rbind ? AT_RECURSIVE : 0);
    if (tree < 0) {
        /* Mounts below that a user namespace may not uncover (fs/namespace.c,
         * has_locked_children). What comes after may still need the mount. */
        int error = errno;
        tree = sys_open_tree(out->source_fd, AT_RECURSIVE);
        if (tree < 0 || !attempt->trial->stand_in) {
            errno = error;
            fail(out, STAGE_OPEN_TREE);
        }
        if (tree < 0)
            return;
    }
    /* The user namespace may have locked flags: what a runtime does then is policy. */
    set_attributes(tree, mount->set, 0, 0);
    set_attributes(tree, 0, mount->clear & ~(unsigned)ATTRIBUTE_ATIME, 0);
    if (!set_attributes(tree, mount->set_all, mount->clear_all, AT_RECURSIVE) &&
        !attempt->trial->stand_in && out->stage == STAGE_NONE)
        fail(out, STAGE_SETATTR);
    if (out->stage == STAGE_NONE || out->stage == STAGE_OPEN_TREE) {
        enum stage stage = out->stage;
        int error = out->error;
        if (attach(tree, place, out) && stage != STAGE_NONE) {
            out->stage = (uint8_t)stage;
            out->error = error;
        }
    }
    close(tree);
}
#endif
