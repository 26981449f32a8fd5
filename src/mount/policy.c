/* SPDX-License-Identifier: Apache-2.0 */
#include "policy.h"

#include "filesystem.h"
#include "trait.h"

#include <errno.h>

struct row {
    unsigned runtimes; /* bit 1 << enum runtime */
    unsigned from;     /* the first version; 0 for all */
    unsigned below;    /* the first that is not meant; 0 for none */
    uint64_t all;      /* traits that must be */
    uint64_t none;     /* traits that must not be */
    enum mount_outcome outcome;
    enum stage stage;
    int error;
    const char *why;
};

/* The first three members of a row. */
#define VERSION(major, minor) ((unsigned)(major) << 16 | (minor))
#define OF(runtimes) runtimes, 0, 0
#define FROM(runtimes, major, minor) runtimes, VERSION(major, minor), 0
#define BELOW(runtimes, major, minor) runtimes, 0, VERSION(major, minor)

/* clang-format off */
#define REFUSE(who, all, none, stage, error, why) \
    {who, all, none, MOUNT_REFUSED, stage, error, why}
#define MOUNT(who, all, why) \
    {who, all, 0, MOUNT_MOUNTED, STAGE_NONE, 0, why}
/* clang-format on */

enum {
    RUNC = 1 << RUNTIME_RUNC,
    CRUN = 1 << RUNTIME_CRUN,
    YOUKI = 1 << RUNTIME_YOUKI,
    ALL = RUNC | CRUN | YOUKI,
};

#define BELOW_PROC_TEXT                                                                  \
    "runc mounts nothing below /proc but the few files that lxcfs emulates"
#define ON_PROC_TEXT "on /proc, runc takes a proc file system only"

/* Rows before the kernel is asked, in the order in which runtimes look. The first that
 * holds is taken. Seen: runc 1.1.5 and 1.5.1, crun 1.8.1 and 1.27.1, youki 0.7.0; where
 * behaviour changed in between, the version is that of the change. */
static const struct row before[] = {
    REFUSE(OF(ALL), IS(NO_OBJECT), 0, STAGE_SPEC, ENODEV, "the entry is not an object"),
    REFUSE(OF(ALL), IS(NO_DESTINATION), 0, STAGE_SPEC, 0,
           "the entry has no \"destination\"; add the path in the container"),
    REFUSE(OF(RUNC), IS(NUL), 0, STAGE_SPEC, EINVAL,
           "a string of the entry contains a NUL character (\\u0000); remove it"),
    REFUSE(OF(YOUKI), IS(UNMAPPED), 0, STAGE_SPEC, EINVAL,
           "{option} is not an id of the user namespace; map it in linux.uidMappings and "
           "linux.gidMappings, or take the option out"),
    REFUSE(OF(YOUKI), IS(IDMAP), 0, STAGE_SPEC, ENOTSUP,
           "youki does not support mounts with id mappings; take idmap and the mappings "
           "out"),
    /* runc libcontainer/configs/validate/validator.go, checkIDMapMounts */
    REFUSE(FROM(RUNC, 1, 2), IS(IDMAP), IS(BIND), STAGE_SPEC, EINVAL,
           "id mappings are for bind mounts only; take idmap and the mappings out"),
    REFUSE(FROM(RUNC, 1, 2), IS(IDMAP) | IS(ID_MAP_MISSING), 0, STAGE_SPEC, EINVAL,
           "idmap needs both uidMappings and gidMappings, of the mount or of a user "
           "namespace; add them"),
    /* runc did not know the word before */
    REFUSE(BELOW(RUNC, 1, 2), IS(IDMAP_WORD), IS(BIND), STAGE_FSCONFIG, EINVAL,
           "id mappings are for bind mounts only; take idmap and the mappings out"),
    REFUSE(OF(CRUN), IS(IDMAP), IS(BIND), STAGE_SETATTR, EBADF,
           "id mappings are for bind mounts only; take idmap and the mappings out"),
    REFUSE(OF(CRUN), IS(IDMAP) | IS(ID_MAP_MISSING), 0, STAGE_SETATTR, EPERM,
           "idmap needs both uidMappings and gidMappings, of the mount or of a user "
           "namespace; add them"),
    REFUSE(OF(CRUN), IS(COPY_UP), 0, STAGE_SPEC, EINVAL,
           "tmpcopyup is for tmpfs only; take it out"),
    /* likewise, checkBindOptions */
    REFUSE(FROM(RUNC, 1, 2), IS(BIND) | IS(DATA), 0, STAGE_SPEC, EINVAL,
           "{option} is not an option of a bind mount; take it out"),
    REFUSE(OF(YOUKI), IS(NO_SOURCE), 0, STAGE_SOURCE, ENOENT,
           "the entry has no \"source\", which youki requires; add one (for a file "
           "system like tmpfs its own name will do)"),
    REFUSE(OF(CRUN), IS(NO_SOURCE) | IS(BIND), 0, STAGE_SOURCE, ENOENT,
           "the bind mount has no \"source\"; add the path on the host"),
    REFUSE(OF(CRUN | YOUKI), IS(EMPTY_SOURCE), 0, STAGE_SOURCE, ENOENT,
           "the bind mount's \"source\" is empty; write the path on the host"),
    REFUSE(OF(YOUKI), IS(SOURCE_DENIED), 0, STAGE_SOURCE, EACCES,
           "root of the user namespace cannot reach {source}, and youki opens it as that "
           "user; give it search permission on every folder of the path"),
};

/* Rows after the source is found. */
static const struct row placed[] = {
    REFUSE(FROM(RUNC, 1, 2), IS(AT_ROOT), 0, STAGE_DESTINATION, EBUSY,
           "the destination is the root of the container; mount below it, or make it the "
           "rootfs"),
    REFUSE(BELOW(CRUN, 1, 9), IS(AT_ROOT), 0, STAGE_MOUNT, ENOENT,
           "the destination is the root of the container; mount below it, or make it the "
           "rootfs"),
    REFUSE(OF(ALL), IS(AT_ROOT), IS(BIND), STAGE_DESTINATION, ENOENT,
           "the destination is the root of the container, where only a bind mount can "
           "stand"),
    REFUSE(OF(ALL), IS(AT_ROOT) | IS(NOT_FIRST), 0, STAGE_DESTINATION, ENOENT,
           "the destination is the root of the container and hides the mounts before it; "
           "make it the first one"),
    REFUSE(OF(CRUN | YOUKI), IS(DANGLING), 0, STAGE_DESTINATION, ENOENT,
           "a symbolic link on the way to the destination leads nowhere in the rootfs; "
           "create what it names"),
    REFUSE(
        OF(CRUN | YOUKI), IS(FILE_SLASH), 0, STAGE_DESTINATION, ENOTDIR,
        "the source is a file and the destination ends in a slash; take the slash off"),
    REFUSE(OF(ALL), IS(PLACE_DENIED), 0, STAGE_DESTINATION, EACCES, NULL),
    REFUSE(OF(RUNC | YOUKI), IS(ROOTFS_RO), 0, STAGE_DESTINATION, EROFS,
           "the destination is missing in the rootfs, which is on a read-only file "
           "system; create it in the image"),
    REFUSE(OF(RUNC | YOUKI), IS(BIND_RO), 0, STAGE_DESTINATION, EROFS,
           "the destination is missing in an earlier mount that is read-only; create it "
           "there"),
    REFUSE(OF(YOUKI), IS(MEMORY_RO), 0, STAGE_DESTINATION, EROFS,
           "the destination is missing in an earlier mount that youki makes read-only at "
           "once; mount that one without ro"),
    /* runc libcontainer/rootfs_linux.go, mountToRootfs; crun src/libcrun/linux.c: a true
     * directory, against links that an image may have laid */
    REFUSE(OF(RUNC | CRUN), IS(SYSTEM_LINK), 0, STAGE_DESTINATION, ENOTDIR,
           "{type} must be mounted on a directory, and the destination is a symbolic "
           "link"),
    REFUSE(OF(CRUN), IS(SYSTEM_DEEP), 0, STAGE_DESTINATION, ENOENT,
           "the destination is missing in the rootfs, and crun makes one for {type} at "
           "the top only; create it in the image"),
    /* runc libcontainer/rootfs_linux.go, checkProcMount */
    REFUSE(OF(RUNC), IS(BELOW_PROC) | IS(BIND), 0, STAGE_DESTINATION, EPERM,
           BELOW_PROC_TEXT),
    REFUSE(OF(RUNC), IS(ON_PROC) | IS(BIND), 0, STAGE_DESTINATION, EPERM, ON_PROC_TEXT),
    REFUSE(BELOW(RUNC, 1, 2), IS(BELOW_PROC), IS(OLD_UNCHECKED), STAGE_DESTINATION, EPERM,
           BELOW_PROC_TEXT),
    REFUSE(FROM(RUNC, 1, 2), IS(BELOW_PROC), 0, STAGE_DESTINATION, EPERM,
           BELOW_PROC_TEXT),
    REFUSE(FROM(RUNC, 1, 2), IS(ON_PROC), 0, STAGE_DESTINATION, EPERM, ON_PROC_TEXT),

    REFUSE(OF(RUNC | CRUN), IS(REMOUNT_NOTHING), 0, STAGE_MOUNT, EINVAL,
           "remount changes a mount, and none is on the destination; take remount out"),
    REFUSE(OF(CRUN), IS(PROPAGATIONS), 0, STAGE_SETATTR, EINVAL,
           "crun adds up the propagation options, and the kernel takes one; keep one of "
           "them"),
    /* mount_setattr(2): MOUNT_ATTR__ATIME must be cleared to set another one */
    REFUSE(OF(CRUN), IS(ATIME_ALL), 0, STAGE_SETATTR, EINVAL,
           "crun cannot change access times of all mounts below; take the recursive "
           "atime option out"),
    /* runc does so for bind mounts only, and clears the field for a word that sets */
    REFUSE(OF(RUNC), IS(BIND) | IS(ATIME_CLEARED), 0, STAGE_SETATTR, EINVAL,
           "a recursive atime option must set one access time; write rrelatime"),
    REFUSE(OF(RUNC), IS(LAYERS_MISSING), 0, STAGE_CREATE, ENOENT,
           "runc looks for a relative layer in the rootfs, where it is not; make the "
           "path absolute"),
    /* crun src/libcrun/linux.c, do_mount */
    MOUNT(
        OF(CRUN), IS(SYSFS_RO_FAILS),
        "crun binds the host's /sys instead of a fresh one, and may lose nosuid, noexec "
        "and nodev on the way"),
    /* likewise, joined namespaces are used before the user namespace is entered */
    MOUNT(OF(CRUN), IS(JOINED_FAILS), NULL),
    /* likewise, the tree is cloned and changed outside of the user namespace */
    MOUNT(OF(CRUN), IS(BIND) | IS(NO_CLONE), NULL),
    MOUNT(OF(CRUN), IS(BIND) | IS(LOCKED_BELOW), NULL),
    REFUSE(OF(RUNC), IS(BIND) | IS(LOCKED), 0, STAGE_REMOUNT, EPERM, NULL),
};

/* Rows for what the kernel accepts by the new mount API. */
static const struct row after[] = {
    REFUSE(OF(ALL), IS(FOREIGN), 0, STAGE_FSCONFIG, EINVAL,
           "{option} is no mount option to {runtime}, which hands it to the file system, "
           "and {type} does not know it; take it out"),
    REFUSE(OF(YOUKI), IS(COMMA), 0, STAGE_FSCONFIG, EINVAL,
           "youki takes {option} for one option; write each as a string of its own"),
    /* mount(2): kernel fs/namespace.c, graft_tree; crun uses move_mount(2) later */
    REFUSE(OF(RUNC), IS(BUSY), 0, STAGE_MOUNT, EBUSY, NULL),
    REFUSE(BELOW(CRUN, 1, 9), IS(BUSY), 0, STAGE_MOUNT, EBUSY, NULL),
};

static bool is_type(const struct plan_mount *mount, const char *type)
{
    return strcmp(mount->type, type) == 0;
}

static const struct row *find(const struct row *rows, size_t count,
                              struct runtime_version runtime, uint64_t traits)
{
    unsigned version = VERSION(runtime.number[0], runtime.number[1]);
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        if ((row->runtimes & 1u << runtime.runtime) && version >= row->from &&
            (row->below == 0 || version < row->below) &&
            (traits & row->all) == row->all && (traits & row->none) == 0)
            return row;
    }
    return NULL;
}

static struct verdict refuse(enum stage stage, int error)
{
    return (struct verdict){.outcome = MOUNT_REFUSED, .stage = stage, .error = error};
}

static struct verdict untried(enum stage stage, int error, const char *why)
{
    return (struct verdict){
        .outcome = MOUNT_UNTRIED, .stage = stage, .error = error, .why = why};
}

static struct verdict of_row(const struct row *row, const struct plan_mount *mount,
                             enum runtime runtime)
{
    struct verdict verdict = {.outcome = row->outcome,
                              .stage = row->stage,
                              .error = row->error,
                              .why = row->why};
    if (row->all & IS(UNMAPPED))
        verdict.option = mount->unmapped;
    else if (row->all & IS(COMMA))
        verdict.option = mount->comma;
    else if (row->all & (IS(FOREIGN) | IS(DATA)))
        verdict.option = mount->foreign[runtime] != NULL ? mount->foreign[runtime]->word
                                                         : mount->data[0].text;
    return verdict;
}

/* The source of a bind mount, or of youki's. */
static bool judge_source(const struct trial *trial, const struct trial_mount *mount,
                         bool on_target, struct verdict *verdict)
{
    int error = mount->source_error;
    if (error == 0)
        return true;
    if (error == ENOTSUP)
        *verdict = untried(STAGE_SOURCE, 0,
                           "the source {source} is relative, and the spec has no bundle "
                           "to find it in");
    else if (error == EMFILE || error == ENFILE)
        *verdict = untried(STAGE_SOURCE, error,
                           "there are more bind mounts than files may be open here");
    else if (error == EACCES && (trial->user != 0 || (trial->namespaces & PLAN_USER)))
        *verdict = untried(STAGE_SOURCE, error,
                           "speclint may not look at {source} here; run it as root");
    else if (on_target)
        *verdict = refuse(STAGE_SOURCE, error);
    else
        *verdict = untried(STAGE_SOURCE, error,
                           "the source {source} is not on this machine; on the one that "
                           "will run the spec, say --on-target");
    return false;
}

/* A type that a dry run does not mount: what would become of it. */
static struct verdict judge_unmade(const struct plan *plan,
                                   const struct plan_mount *mount,
                                   const struct trial_mount *trial, bool on_target)
{
    const struct filesystem *filesystem = filesystem_find(mount->type);
    bool user = ((plan->fresh | plan->joined) & PLAN_USER) != 0;
    enum filesystem_class class =
        filesystem != NULL ? filesystem->class : FILESYSTEM_DEVICE;
    if (mount->remount)
        return (struct verdict){0};
    if (user && (filesystem == NULL || !filesystem->in_userns))
        return refuse(STAGE_CREATE, EPERM);
    switch (class) {
    case FILESYSTEM_OWN:
        return untried(STAGE_NONE, 0,
                       "its options are too long to be tried without writing to its "
                       "layers");
    case FILESYSTEM_CGROUP:
    case FILESYSTEM_PSEUDO:
        return (struct verdict){0};
    case FILESYSTEM_REMOTE:
        if (is_type(mount, "fuse") && mount->data_count == 0)
            return refuse(STAGE_CREATE, EINVAL); /* needs fd= */
        return untried(STAGE_NONE, 0,
                       "a dry run does not mount {type}, which needs a server or a "
                       "daemon; the kernel takes its options");
    case FILESYSTEM_DEVICE:
        break;
    }
    if (trial->source_error != 0 && on_target)
        return refuse(STAGE_CREATE, trial->source_error);
    if (trial->source_error == 0 && !trial->source_block && *mount->source != '\0')
        return refuse(STAGE_CREATE, ENOTBLK);
    return untried(STAGE_NONE, 0,
                   "a dry run does not mount {type}, which needs a device; the kernel "
                   "takes its options");
}

/* Errors that this machine's place in the world causes, not the spec. */
static const char *environment(const struct trial *trial, const struct trial_mount *mount,
                               bool on_target)
{
    if (mount->stage == STAGE_FSMOUNT && mount->error == EPERM &&
        (trial->stand_in || !on_target))
        return "here a mount is in the way: {by}; run speclint where the container will "
               "run, outside of another one";
    if (mount->error == EACCES)
        return "a security module (AppArmor, SELinux) forbids the mount here; run "
               "speclint outside of its profile";
    if (mount->error == ENOSYS)
        return "the kernel here lacks this system call; Linux 5.12 has it";
    if (trial->stand_in && mount->error == EPERM)
        return "it needs rights that speclint has not got here; run it as root";
    return NULL;
}

static struct verdict judge_kernel(const struct plan *plan,
                                   const struct plan_mount *mount,
                                   const struct trial *trial,
                                   const struct trial_mount *made, bool on_target)
{
    const struct filesystem *filesystem = filesystem_find(mount->type);
    const char *here = environment(trial, made, on_target);
    if (filesystem != NULL && filesystem->class == FILESYSTEM_CGROUP && !mount->bind)
        return (struct verdict){0}; /* runtimes fall back until something works */
    if (made->stage == STAGE_NONE)
        return made->made || mount->bind ? (struct verdict){0}
                                         : judge_unmade(plan, mount, made, on_target);
    if (made->type_absent && (made->type_loadable || !on_target) && mount->has_type &&
        !is_type(mount, "none") && !is_type(mount, "bind") && !is_type(mount, "rbind"))
        return untried(STAGE_FSOPEN, ENODEV,
                       "the kernel here does not know the file system type {type}; a "
                       "module may");
    if (here != NULL)
        return untried(made->stage, made->error, here);
    struct verdict verdict = refuse(made->stage, made->error);
    if (made->stage == STAGE_FSCONFIG && made->option >= 0)
        verdict.option = mount->data[made->option].text;
    return verdict;
}

#define FIND(rows) find(rows, sizeof(rows) / sizeof *(rows), runtime, traits)

struct verdict policy_judge(const struct plan *plan, const struct trial *trial,
                            size_t index, struct runtime_version runtime, bool on_target)
{
    const struct plan_mount *mount = &plan->mounts[index];
    const struct trial_mount *made = &trial->mounts[index];
    uint64_t traits = trait_of(plan, trial, index, runtime, on_target);
    const struct row *row = FIND(before);
    if (row != NULL)
        return of_row(row, mount, runtime.runtime);
    if (!made->done)
        return untried(STAGE_NONE, 0, NULL);

    struct verdict verdict;
    if ((traits & IS(BIND)) && !judge_source(trial, made, on_target, &verdict))
        return verdict;
    if (made->place_error == EACCES && trial->stand_in)
        return untried(STAGE_DESTINATION, EACCES,
                       "speclint may not look at the destination in the rootfs; run it "
                       "as root");
    if (made->place_error != 0)
        return refuse(STAGE_DESTINATION, made->place_error);
    row = FIND(placed);
    if (row != NULL)
        return of_row(row, mount, runtime.runtime);
    if ((traits & IS(BIND)) && !mount->bind)
        return (struct verdict){0}; /* youki's, by its type: the source is there */
    row = FIND(after);
    /* What fails before the options are read, fails first. */
    if (row != NULL && made->stage != STAGE_FSOPEN && !mount->remount)
        return of_row(row, mount, runtime.runtime);
    return judge_kernel(plan, mount, trial, made, on_target);
}
