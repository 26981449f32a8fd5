/* SPDX-License-Identifier: Apache-2.0 */
#include "trial.h"

#include "filesystem.h"

const char *stage_name(enum stage stage)
{
    static const char *const names[STAGE_COUNT] = {
        [STAGE_NONE] = "",
        [STAGE_SPEC] = "spec",
        [STAGE_SOURCE] = "source",
        [STAGE_DESTINATION] = "destination",
        [STAGE_FSOPEN] = "fsopen",
        [STAGE_FSCONFIG] = "fsconfig",
        [STAGE_CREATE] = "create",
        [STAGE_FSMOUNT] = "fsmount",
        [STAGE_OPEN_TREE] = "open_tree",
        [STAGE_SETATTR] = "mount_setattr",
        [STAGE_MOVE] = "move_mount",
        [STAGE_MOUNT] = "mount",
        [STAGE_REMOUNT] = "remount",
    };
    return names[stage];
}

#ifdef __linux__

#include "attempt.h"
#include "file.h"
#include "sandbox.h"
#include "seen.h"
#include "syscalls.h"

#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/sched.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <sys/vfs.h>

enum { DEADLINE = 2000 };

/* Shared with the child: what it finds out is here even when it is killed. */
struct shared {
    struct sandbox sandbox;
    struct attempt attempt;
    const char *bundle;
    struct scratch_place *places; /* one for each mount */
    int self;                     /* /proc/self, opened while it can be reached */
    struct trial trial;
};

static unsigned attributes_of(unsigned long flags)
{
    static const struct {
        unsigned long flag;
        unsigned attribute;
    } rows[] = {
        {ST_RDONLY, ATTRIBUTE_RO},
        {ST_NOSUID, ATTRIBUTE_NOSUID},
        {ST_NODEV, ATTRIBUTE_NODEV},
        {ST_NOEXEC, ATTRIBUTE_NOEXEC},
        {ST_NOATIME, ATTRIBUTE_NOATIME},
        {ST_RELATIME, ATTRIBUTE_RELATIME},
        {ST_NODIRATIME, ATTRIBUTE_NODIRATIME},
    };
    unsigned found = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (flags & rows[i].flag)
            found |= rows[i].attribute;
    }
    return found;
}

/* youki takes type "bind" for a bind mount too. */
static bool wants_source(const struct plan_mount *mount)
{
    return mount->flaw != PLAN_NO_OBJECT &&
           (mount->bind || strcmp(mount->type, "bind") == 0);
}

static void open_source(const struct plan_mount *mount, const char *bundle,
                        struct trial_mount *out)
{
    struct stat about;
    struct statvfs flags;
    struct statfs type;
    /* An empty source is the bundle to runc, which joins the two. */
    const char *path = *mount->source != '\0' ? mount->source : ".";
    if (*path != '/' && bundle == NULL) {
        out->source_error = ENOTSUP;
        return;
    }
    out->source_fd = open(path, O_PATH | O_CLOEXEC);
    if (out->source_fd < 0 || fstat(out->source_fd, &about) < 0) {
        out->source_error = errno;
        return;
    }
    out->source_directory = S_ISDIR(about.st_mode);
    if (fstatvfs(out->source_fd, &flags) == 0)
        out->source_attributes = attributes_of(flags.f_flag);
    out->source_proc = fstatfs(out->source_fd, &type) == 0 &&
                       type.f_type == PROC_SUPER_MAGIC && about.st_ino == 1;
}

static void look_at_device(const struct plan_mount *mount, struct trial_mount *out)
{
    struct stat about;
    if (stat(mount->source, &about) < 0)
        out->source_error = errno;
    else
        out->source_block = S_ISBLK(about.st_mode);
}

static bool needs_device(const struct shared *shared, const struct plan_mount *mount)
{
    return !mount->bind && mount->has_type && filesystem_find(mount->type) == NULL &&
           filesystem_known(shared->attempt.filesystems, mount->type) == FILESYSTEM_BLOCK;
}

/* Before the child has become another user: what root may open, it may. */
static void open_all(struct shared *shared)
{
    const struct plan *plan = shared->attempt.plan;
    struct trial *trial = &shared->trial;
    if (shared->bundle != NULL && chdir(shared->bundle) < 0)
        trial->rootfs_error = errno;
    shared->attempt.scratch.rootfs = -1;
    if (plan->rootfs != NULL && (shared->bundle != NULL || *plan->rootfs == '/')) {
        int rootfs = open(plan->rootfs, O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (rootfs < 0)
            trial->rootfs_error = errno;
        shared->attempt.scratch.rootfs = rootfs;
    }
    for (unsigned i = 0; i < PLAN_NAMESPACES && trial->path_error == 0; i++) {
        struct stat about;
        if (plan->paths[i] != NULL && stat(plan->paths[i], &about) < 0) {
            trial->path_error = errno;
            trial->path = plan->paths[i];
        }
    }
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    for (size_t i = 0; i < plan->count; i++) {
        struct trial_mount *out = &trial->mounts[i];
        out->source_fd = -1;
        if (wants_source(&plan->mounts[i]))
            open_source(&plan->mounts[i], shared->bundle, out);
        else if (needs_device(shared, &plan->mounts[i]))
            look_at_device(&plan->mounts[i], out);
    }
}

/* As the user namespace's root: youki opens sources as that user. */
static void look_again(struct shared *shared)
{
    const struct plan *plan = shared->attempt.plan;
    for (size_t i = 0; i < plan->count; i++) {
        struct trial_mount *out = &shared->trial.mounts[i];
        if (out->source_fd >= 0 &&
            faccessat(AT_FDCWD, plan->mounts[i].source, F_OK, 0) < 0)
            out->source_denied = errno;
    }
}

/* runc resolves relative layers of an overlay in the rootfs, where its init process
 * stands; the others in the bundle. */
static void look_at_layers(struct shared *shared, const struct plan_mount *mount,
                           struct trial_mount *out)
{
    char path[PATH_MAX];
    int rootfs = shared->attempt.scratch.rootfs;
    for (unsigned i = 0; i < mount->data_count; i++) {
        const char *text = mount->data[i].text;
        if (strncmp(text, "lowerdir=", 9) != 0 && strncmp(text, "upperdir=", 9) != 0 &&
            strncmp(text, "workdir=", 8) != 0)
            continue;
        for (const char *at = strchr(text, '=') + 1; *at != '\0';) {
            size_t len = strcspn(at, ":");
            if (len > 0 && len < sizeof path && *at != '/') {
                memcpy(path, at, len);
                path[len] = '\0';
                if (rootfs >= 0 && faccessat(rootfs, path, F_OK, 0) < 0)
                    out->layers_missing = true;
            }
            at += len;
            at += strspn(at, ":");
        }
    }
}

static void try_mount(struct shared *shared, size_t index)
{
    const struct plan_mount *mount = &shared->attempt.plan->mounts[index];
    struct trial_mount *out = &shared->trial.mounts[index];
    const struct scratch_place *rootfs = &shared->places[index];
    struct scratch *scratch = &shared->attempt.scratch;
    out->option = -1;
    if (mount->flaw == PLAN_NO_OBJECT || mount->flaw == PLAN_NO_DESTINATION ||
        (mount->bind && out->source_fd < 0))
        return;
    if (strcmp(mount->type, "overlay") == 0)
        look_at_layers(shared, mount, out);
    int place = scratch_place(scratch, mount->destination,
                              !mount->bind || out->source_directory, rootfs, out);
    if (place < 0)
        return;
    uint64_t device;
    out->place_mounted = scratch_device(place, &device);
    if (device == scratch->device)
        out->place_mounted = rootfs->mounted;
    /* A remount of what is there is left to policy: nothing new would be made. */
    if (mount->remount)
        ;
    else if (mount->bind)
        attempt_bind(&shared->attempt, mount, place, out);
    else
        attempt_filesystem(&shared->attempt, mount, rootfs, place, out);
    close(place);
}

static void no_root(struct trial *trial, enum stage stage)
{
    trial->state = TRIAL_NO_ROOT;
    trial->stage = stage;
    trial->error = errno;
}

/* Whether this process can name all ids, as in the initial user namespace: its map is
 * then 0 0 4294967295 (user_namespaces(7)). */
static bool has_all_ids(const char *path)
{
    char map[64] = "";
    unsigned inside, outside, count;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return true;
    ssize_t len = read(fd, map, sizeof map - 1);
    close(fd);
    return len <= 0 || sscanf(map, "%u %u %u", &inside, &outside, &count) != 3 ||
           (inside == 0 && count == UINT32_MAX);
}

static void child(void *memory)
{
    struct shared *shared = memory;
    struct trial *trial = &shared->trial;
    struct attempt *attempt = &shared->attempt;
    const struct plan *plan = attempt->plan;
    struct statfs cgroup;

    trial->mapped =
        shared->sandbox.namespaces & CLONE_NEWUSER
            ? shared->sandbox.mapped
            : has_all_ids("/proc/self/uid_map") && has_all_ids("/proc/self/gid_map");
    /* First of all, so that nothing ever reaches the host or comes from it. */
    if (sys_mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) {
        no_root(trial, STAGE_MOUNT);
        return;
    }
    open_all(shared);
    shared->self = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
    trial->unified =
        statfs("/sys/fs/cgroup", &cgroup) == 0 && cgroup.f_type == CGROUP2_SUPER_MAGIC;
    sandbox_enter(&shared->sandbox);
    if ((plan->fresh | plan->joined) & PLAN_USER && trial->mapped)
        look_again(shared);
    attempt->scratch.rights = trial->mapped && !trial->stand_in;
    enum stage stage = scratch_open(&attempt->scratch, plan->count);
    if (stage != STAGE_NONE) {
        no_root(trial, stage);
        return;
    }
    /* All before the first mount, which may hide or make what the next one needs. */
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->mounts[i].flaw != PLAN_NO_OBJECT)
            scratch_mirror(&attempt->scratch, plan->mounts[i].destination,
                           &shared->places[i]);
    }
    for (size_t i = 0; i < plan->count; i++) {
        try_mount(shared, i);
        trial->mounts[i].done = true;
    }
    seen_fill(trial, plan, attempt->scratch.root, shared->self);
    trial->state = TRIAL_DONE;
}

static bool plan_has(const struct plan *plan, const char *type)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (!plan->mounts[i].bind && strcmp(plan->mounts[i].type, type) == 0)
            return true;
    }
    return false;
}

static const struct {
    unsigned namespace;
    int flag;
} namespaces[] = {
    {PLAN_USER, CLONE_NEWUSER}, {PLAN_MOUNT, CLONE_NEWNS},
    {PLAN_PID, CLONE_NEWPID},   {PLAN_NETWORK, CLONE_NEWNET},
    {PLAN_IPC, CLONE_NEWIPC},   {PLAN_CGROUP, CLONE_NEWCGROUP},
};

/* With a user namespace, exactly what the spec makes, so that what it does not make is
 * missed; what is joined by a path is taken for the joined user namespace's. Without one,
 * what is harmless in a namespace of its own gets it; the host's sysfs must be the host's
 * (facts that were measured: root needs no namespace of its own for any type). */
static int choose_namespaces(const struct plan *plan, bool stand_in)
{
    unsigned wanted = plan->fresh | PLAN_MOUNT;
    bool cgroup = plan_has(plan, "cgroup2") || plan_has(plan, "cgroup");
    int flags = 0;
    if (plan->joined & PLAN_USER)
        wanted |= plan->joined;
    else if (stand_in)
        wanted |= PLAN_USER | PLAN_PID | PLAN_NETWORK | PLAN_IPC | PLAN_CGROUP;
    else if (!(plan->fresh & PLAN_USER))
        wanted |= PLAN_PID | (cgroup ? PLAN_CGROUP : 0);
    /* The dearest of them, and of use to sysfs only. */
    if (!plan_has(plan, "sysfs"))
        wanted &= ~(unsigned)PLAN_NETWORK;
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++) {
        if (wanted & namespaces[i].namespace)
            flags |= namespaces[i].flag;
    }
    return flags;
}

static struct shared *share(const struct plan *plan)
{
    size_t size = sizeof(struct shared) + plan->count * sizeof(struct trial_mount);
    size_t extra =
        plan->count * (sizeof(struct scratch_place) + sizeof(struct scratch_memory));
    struct shared *shared = mmap(NULL, size + extra, PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        abort(); /* out of memory */
    shared->places = (void *)((char *)shared + size);
    shared->attempt.scratch.memories = (void *)(shared->places + plan->count);
    shared->attempt.plan = plan;
    shared->attempt.trial = &shared->trial;
    shared->trial.count = plan->count;
    shared->trial.size = size + extra;
    return shared;
}

static void run(struct shared *shared, bool stand_in)
{
    const struct plan *plan = shared->attempt.plan;
    struct trial *trial = &shared->trial;
    trial->stand_in = stand_in;
    if (plan->rootless && (plan->fresh & PLAN_USER)) {
        /* What making a file comes to without an id. */
        trial->state = TRIAL_NO_ROOT;
        trial->error = EOVERFLOW;
        return;
    }
    trial->state = TRIAL_DIED;
    shared->sandbox = (struct sandbox){
        .namespaces = choose_namespaces(plan, stand_in),
        .uid_map = plan->uid_map,
        .gid_map = plan->gid_map,
        .deadline = DEADLINE,
    };
    switch (sandbox_run(&shared->sandbox, child, shared)) {
    case SANDBOX_DONE:
        break;
    case SANDBOX_NO_CHILD:
        trial->state = TRIAL_NO_CHILD;
        trial->error = shared->sandbox.error;
        break;
    case SANDBOX_NO_MAP:
        trial->state = TRIAL_NO_MAP;
        trial->error = shared->sandbox.error;
        break;
    case SANDBOX_DEADLINE:
        trial->state = TRIAL_DEADLINE;
        break;
    case SANDBOX_DIED:
        trial->state = TRIAL_DIED;
        break;
    }
}

/* Whether the text of modules.alias, which depmod writes, has "alias fs-TYPE …". */
static bool is_loadable(const struct buf *aliases, const char *type)
{
    AUTO_BUF struct buf line = {0};
    buf_addf(&line, "alias fs-%s ", type);
    return aliases->data != NULL && strstr(aliases->data, line.data) != NULL;
}

static void look_for_modules(const struct plan *plan, struct trial *trial)
{
    AUTO_BUF struct buf aliases = {0};
    bool read = false;
    for (size_t i = 0; i < plan->count; i++) {
        if (!trial->mounts[i].type_absent)
            continue;
        if (!read) {
            char path[128];
            snprintf(path, sizeof path, "/lib/modules/%s/modules.alias", trial->kernel);
            file_read(path, &aliases, NULL, NULL);
            read = true;
        }
        trial->mounts[i].type_loadable = is_loadable(&aliases, plan->mounts[i].type);
    }
}

struct trial *trial_run(const struct plan *plan, const char *bundle)
{
    struct utsname system;
    char filesystems[8192];
    ssize_t len = 0;
    int fd = open("/proc/filesystems", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        len = read(fd, filesystems, sizeof filesystems);
        close(fd);
    }
    struct shared *shared = share(plan);
    shared->bundle = bundle;
    shared->attempt.filesystems = (struct str){filesystems, len > 0 ? (size_t)len : 0};
    bool user = (plan->fresh | plan->joined) & PLAN_USER;
    run(shared, !user && geteuid() != 0);
    /* A root without the right to make namespaces: in a container. */
    if (!user && !shared->trial.stand_in && shared->trial.state == TRIAL_NO_CHILD &&
        shared->trial.error == EPERM)
        run(shared, true);
    if (uname(&system) == 0)
        snprintf(shared->trial.kernel, sizeof shared->trial.kernel, "%s", system.release);
    shared->trial.user = geteuid();
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++) {
        if (shared->sandbox.namespaces & namespaces[i].flag)
            shared->trial.namespaces |= namespaces[i].namespace;
    }
    look_for_modules(plan, &shared->trial);
    return &shared->trial;
}

void trial_release(struct trial *trial)
{
    munmap((char *)trial - offsetof(struct shared, trial), trial->size);
}

#else

struct trial *trial_run(const struct plan *plan, const char *bundle)
{
    struct trial *trial =
        mem_alloc(1, sizeof *trial + plan->count * sizeof *trial->mounts);
    (void)bundle;
    trial->state = TRIAL_NOT_LINUX;
    trial->count = plan->count;
    return trial;
}

void trial_release(struct trial *trial)
{
    free(trial);
}

#endif
