/* SPDX-License-Identifier: Apache-2.0 */
#include "sentence.h"

#include "buf.h"
#include "filesystem.h"

#include <errno.h>

static const struct {
    int error;
    const char *name;
    const char *text;
} errors[] = {
    {EPERM, "EPERM", "operation not permitted"},
    {ENOENT, "ENOENT", "no such file or directory"},
    {EIO, "EIO", "input/output error"},
    {ENXIO, "ENXIO", "no such device or address"},
    {E2BIG, "E2BIG", "too long"},
    {ENOMEM, "ENOMEM", "out of memory"},
    {EACCES, "EACCES", "permission denied"},
    {EBADF, "EBADF", "bad file descriptor"},
    {ENOTBLK, "ENOTBLK", "block device required"},
    {EBUSY, "EBUSY", "device or resource busy"},
    {EEXIST, "EEXIST", "file exists"},
    {EXDEV, "EXDEV", "invalid cross-device link"},
    {ENODEV, "ENODEV", "no such device"},
    {ENOTDIR, "ENOTDIR", "not a directory"},
    {EISDIR, "EISDIR", "is a directory"},
    {EINVAL, "EINVAL", "invalid argument"},
    {EMFILE, "EMFILE", "too many open files"},
    {ENFILE, "ENFILE", "too many open files in system"},
    {ENOSPC, "ENOSPC", "no space left on device"},
    {EROFS, "EROFS", "read-only file system"},
    {ERANGE, "ERANGE", "number out of range"},
    {ENAMETOOLONG, "ENAMETOOLONG", "file name too long"},
    {ENOSYS, "ENOSYS", "function not implemented"},
    {ELOOP, "ELOOP", "too many levels of symbolic links"},
    {EOVERFLOW, "EOVERFLOW", "value too large for defined data type"},
    {ENOTSUP, "ENOTSUP", "operation not supported"},
    {ESTALE, "ESTALE", "stale file handle"},
};

void sentence_errno(int error, struct buf *out)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].error == error) {
            buf_adds(out, str_of(errors[i].name));
            return;
        }
    }
    buf_addf(out, "errno %d", error);
}

static const char *error_text(int error)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].error == error)
            return errors[i].text;
    }
    return "it fails";
}

/* What the kernel means by an errno at a stage, and what to do. The first row that fits;
 * type NULL is any, error 0 is any. */
static const struct {
    enum stage stage;
    int error;
    const char *type;
    const char *text;
} meanings[] = {
    {STAGE_SOURCE, ENOENT, NULL,
     "the source {source} does not exist; create it, or correct the path"},
    {STAGE_SOURCE, 0, NULL, "the source {source} cannot be opened: {error}"},
    {STAGE_DESTINATION, ENOTDIR, NULL,
     "a part of the destination {destination} is a file; correct the path or the image"},
    {STAGE_DESTINATION, ELOOP, NULL,
     "the destination {destination} leads into a loop of symbolic links in the rootfs; "
     "correct the image"},
    {STAGE_DESTINATION, EACCES, NULL,
     "the destination {destination} is missing, and root of the user namespace may not "
     "create it in the rootfs; create it in the image, or give the rootfs to the mapped "
     "user"},
    {STAGE_DESTINATION, ENOSPC, NULL,
     "there is no room for the destination {destination} in the mount it is on; raise "
     "that mount's size or nr_inodes"},
    {STAGE_DESTINATION, 0, NULL, "the destination {destination} cannot be made: {error}"},
    {STAGE_FSOPEN, EPERM, "sysfs",
     "a fresh sysfs needs a network namespace that belongs to the container's user "
     "namespace, and {network}; bind the host's instead (type none, source /sys, options "
     "rbind, nosuid, noexec, nodev, ro), or add {\"type\": \"network\"} to "
     "linux.namespaces"},
    {STAGE_FSOPEN, ENODEV, "bind",
     "the type does not make it a bind mount; add \"rbind\" or \"bind\" to options"},
    {STAGE_FSOPEN, ENODEV, "rbind",
     "the type does not make it a bind mount; add \"rbind\" to options"},
    {STAGE_FSOPEN, ENODEV, "none",
     "the type none is for bind mounts; add \"rbind\" or \"bind\" to options, or name a "
     "file system type"},
    {STAGE_FSOPEN, ENODEV, "",
     "the entry has neither a type nor the option bind or rbind; add one of them"},
    {STAGE_FSOPEN, ENODEV, NULL,
     "the kernel knows no file system type {type}; correct the name (case counts), or "
     "load its module"},
    {STAGE_FSCONFIG, 0, NULL,
     "{type} does not take the option {option}{kernel}; correct it or take it out"},
    {STAGE_CREATE, EPERM, "proc",
     "a fresh proc needs a PID namespace that belongs to the container's user namespace; "
     "add {\"type\": \"pid\"} to linux.namespaces, or bind the host's (type none, source "
     "/proc, options rbind)"},
    {STAGE_CREATE, EPERM, "mqueue",
     "a fresh mqueue needs an IPC namespace that belongs to the container's user "
     "namespace; add {\"type\": \"ipc\"} to linux.namespaces, or bind the host's (type "
     "none, source /dev/mqueue, options rbind, nosuid, noexec, nodev)"},
    {STAGE_CREATE, EPERM, "cgroup2",
     "a fresh cgroup2 needs a cgroup namespace that belongs to the container's user "
     "namespace; add {\"type\": \"cgroup\"} to linux.namespaces, or write type cgroup, "
     "for which runtimes find a way"},
    {STAGE_CREATE, EPERM, NULL,
     "{type} cannot be mounted in a user namespace; bind a mount of it from the host "
     "instead (type none, options rbind)"},
    {STAGE_CREATE, ENOTBLK, NULL, "{type} needs a block device, and {source} is none"},
    {STAGE_CREATE, ENOENT, "overlay",
     "a layer of the overlay does not exist{kernel}; correct lowerdir, upperdir and "
     "workdir"},
    {STAGE_CREATE, EINVAL, "overlay",
     "the layers of the overlay do not go together{kernel}: lowerdir is needed, and "
     "workdir with upperdir, on the same file system"},
    {STAGE_CREATE, EINVAL, "fuse",
     "fuse needs the option fd= of a daemon that the runtime does not start"},
    {STAGE_CREATE, ENOENT, NULL,
     "{type} cannot be made: {source} does not exist{kernel}"},
    {STAGE_CREATE, 0, NULL, "the kernel cannot make this {type}: {error}{kernel}"},
    {STAGE_FSMOUNT, EPERM, NULL,
     "a new {type} would show what is hidden here by {by}; it cannot be mounted from "
     "within such a container"},
    {STAGE_OPEN_TREE, EINVAL, NULL,
     "{source} has mounts below it, which a user namespace may not take off; bind it "
     "with rbind in place of bind"},
    {STAGE_SETATTR, EPERM, NULL,
     "a mount below {source} has a flag that the user namespace locks, so it cannot be "
     "cleared; take the recursive option out"},
    {STAGE_MOVE, ENOTDIR, NULL,
     "one of source and destination {destination} is a directory and the other is a "
     "file; make both the same"},
    {STAGE_MOUNT, EBUSY, NULL,
     "this very {type} is already mounted on {destination} in the rootfs, and mount(2) "
     "refuses to stack it; bind the host's instead (type none, source {host}, options "
     "rbind, nosuid, noexec, nodev, ro), or give the container its own namespace"},
    {STAGE_REMOUNT, EPERM, NULL,
     "{source} is mounted with {locked}, which a user namespace locks; add that to "
     "options"},
    {STAGE_NONE, 0, NULL, "{stage}: {error}{kernel}"},
};

struct scene {
    const struct plan *plan;
    const struct plan_mount *mount;
    const struct trial_mount *made;
    struct runtime_version runtime;
    const struct verdict *verdict;
};

static void add_network(const struct scene *scene, struct buf *out)
{
    buf_adds(out, scene->plan->joined & PLAN_NETWORK
                      ? STR("the one that it joins by a path belongs to another")
                      : STR("the spec makes none"));
}

static void add_kernel(const struct scene *scene, struct buf *out)
{
    if (scene->made->log[0] == '\0')
        return;
    buf_adds(out, STR(" (the kernel: "));
    size_t len = strcspn(scene->made->log, "\n");
    buf_add_visible(out, (struct str){scene->made->log, len});
    buf_addc(out, ')');
}

static void add_host(const struct scene *scene, struct buf *out)
{
    static const char *const hosts[][2] = {
        {"sysfs", "/sys"}, {"mqueue", "/dev/mqueue"}, {"cgroup2", "/sys/fs/cgroup"}};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        if (strcmp(scene->mount->type, hosts[i][0]) == 0)
            buf_adds(out, str_of(hosts[i][1]));
    }
}

static void add_locked(const struct scene *scene, struct buf *out)
{
    unsigned source = scene->made->source_attributes;
    unsigned missing = source & ATTRIBUTE_LOCKABLE & ~scene->mount->set;
    option_words(missing != 0 ? missing : source & ATTRIBUTE_ATIME, out);
}

static void add_quoted(const char *text, struct buf *out)
{
    buf_addc(out, '"');
    buf_add_visible(out, str_of(text));
    buf_addc(out, '"');
}

static void add_place(const struct scene *scene, struct str name, struct buf *out)
{
    if (str_equal(name, STR("destination")))
        buf_add_visible(out, str_of(scene->mount->destination));
    else if (str_equal(name, STR("source")))
        buf_add_visible(out, str_of(scene->mount->source));
    else if (str_equal(name, STR("type")))
        buf_add_visible(out, str_of(scene->mount->type));
    else if (str_equal(name, STR("option")))
        add_quoted(scene->verdict->option != NULL ? scene->verdict->option : "source",
                   out);
    else if (str_equal(name, STR("error")))
        buf_adds(out, str_of(error_text(scene->verdict->error)));
    else if (str_equal(name, STR("stage")))
        buf_adds(out, str_of(stage_name(scene->verdict->stage)));
    else if (str_equal(name, STR("runtime")))
        buf_adds(out, str_of(runtime_name(scene->runtime.runtime)));
    else if (str_equal(name, STR("by")))
        buf_add_visible(out, str_of(scene->made->by));
    else if (str_equal(name, STR("network")))
        add_network(scene, out);
    else if (str_equal(name, STR("kernel")))
        add_kernel(scene, out);
    else if (str_equal(name, STR("host")))
        add_host(scene, out);
    else if (str_equal(name, STR("locked")))
        add_locked(scene, out);
    else
        buf_addf(out, "{%.*s}", (int)name.len, name.at);
}

static void fill(const struct scene *scene, const char *text, struct buf *out)
{
    while (*text != '\0') {
        const char *end = *text == '{' ? strchr(text, '}') : NULL;
        if (end == NULL) {
            buf_addc(out, *text++);
            continue;
        }
        add_place(scene, (struct str){text + 1, (size_t)(end - text - 1)}, out);
        text = end + 1;
    }
}

/* An id that the user namespace has not: the kernel says no more than EINVAL. */
static const char *id_text(const struct scene *scene)
{
    const char *option = scene->verdict->option;
    if (scene->verdict->stage == STAGE_FSCONFIG && option != NULL &&
        scene->mount->unmapped != NULL && strcmp(option, scene->mount->unmapped) == 0)
        return "{option} is not an id of the user namespace; map it in linux.uidMappings "
               "and linux.gidMappings, or take the option out";
    return NULL;
}

static const char *meaning(const struct scene *scene)
{
    const struct verdict *verdict = scene->verdict;
    const char *text = id_text(scene);
    for (size_t i = 0; text == NULL; i++) {
        if ((meanings[i].stage == verdict->stage || meanings[i].stage == STAGE_NONE) &&
            (meanings[i].error == verdict->error || meanings[i].error == 0) &&
            (meanings[i].type == NULL ||
             strcmp(meanings[i].type, scene->mount->type) == 0))
            text = meanings[i].text;
    }
    return text;
}

void sentence_verdict(const struct plan *plan, const struct trial *trial, size_t index,
                      struct runtime_version runtime, const struct verdict *verdict,
                      struct buf *out)
{
    struct scene scene = {plan, &plan->mounts[index], &trial->mounts[index], runtime,
                          verdict};
    if (verdict->why != NULL)
        fill(&scene, verdict->why, out);
    else if (verdict->outcome == MOUNT_UNTRIED)
        sentence_limit(trial, out);
    else
        fill(&scene, meaning(&scene), out);
}
