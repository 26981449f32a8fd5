/* SPDX-License-Identifier: Apache-2.0 */
#include "sentence.h"

#include "buf.h"
#include "file.h"
#include "mountinfo.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* The number in a small file of /proc; -1 where there is none. */
static long number_in(const char *path)
{
    AUTO_BUF struct buf text = {0};
    if (!file_read(path, &text, NULL, NULL) || text.len == 0)
        return -1;
    return strtol(text.data, NULL, 10);
}

static bool file_has(const char *path, const char *words)
{
    AUTO_BUF struct buf text = {0};
    return file_read(path, &text, NULL, NULL) && text.data != NULL &&
           strstr(text.data, words) != NULL;
}

static bool in_container(void)
{
    return access("/.dockerenv", F_OK) == 0 || access("/run/.containerenv", F_OK) == 0;
}

static bool is_ubuntu(void)
{
    return number_in("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1;
}

static bool is_old_debian(void)
{
    return number_in("/proc/sys/kernel/unprivileged_userns_clone") == 0;
}

static bool has_no_users(void)
{
    return number_in("/proc/sys/user/max_user_namespaces") == 0;
}

static bool has_no_proc(void)
{
    return access("/proc/self/status", F_OK) != 0;
}

static bool is_filtered_container(void)
{
    return in_container() && file_has("/proc/self/status", "Seccomp:\t2");
}

static bool is_filtered(void)
{
    return file_has("/proc/self/status", "Seccomp:\t2");
}

static bool is_gvisor(void)
{
    return file_has("/proc/version", "Linux version 4.4.0");
}

/* The root directory of a process in a chroot is the root of no mount, as a rule. */
static bool is_chroot(void)
{
    struct mountinfo info;
    bool root = false;
    info.start = info.end = 0;
    info.fd = open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
    if (info.fd < 0)
        return false;
    while (!root && mountinfo_next(&info))
        root = strcmp(info.point, "/") == 0;
    close(info.fd);
    return !root;
}

/* What may be in the way, from the most to the least telling evidence. `error` 0 is any;
 * `evidence` NULL needs none. */
static const struct {
    enum trial_state state;
    int error;
    bool (*evidence)(void);
    const char *text;
} limits[] = {
    {TRIAL_NOT_LINUX, 0, NULL,
     "mounts can be tried on Linux only; run speclint there, or lint alone"},
    {TRIAL_NO_MAP, EINVAL, NULL,
     "the kernel does not take linux.uidMappings or linux.gidMappings: ranges must not "
     "be empty, overlap or be more than 340; correct them"},
    {TRIAL_NO_MAP, 0, has_no_proc, "/proc is not mounted here; mount it"},
    {TRIAL_NO_MAP, 0, is_ubuntu,
     "this system restricts unprivileged user namespaces by AppArmor; run speclint as "
     "root, or set the sysctl kernel.apparmor_restrict_unprivileged_userns to 0"},
    {TRIAL_NO_MAP, 0, NULL,
     "the user namespace's ids may not be mapped here; run speclint as root"},
    {TRIAL_NO_CHILD, ENOSPC, has_no_users,
     "the sysctl user.max_user_namespaces is 0 here; raise it, or run speclint "
     "elsewhere"},
    {TRIAL_NO_CHILD, ENOSPC, NULL,
     "there may be no more namespaces here; raise the sysctl user.max_user_namespaces, "
     "user.max_mnt_namespaces or user.max_net_namespaces"},
    {TRIAL_NO_CHILD, EINVAL, NULL,
     "the kernel here has not all the kinds of namespaces that the spec needs; run "
     "speclint on another one"},
    {TRIAL_NO_CHILD, EPERM, is_filtered_container,
     "the container's seccomp filter forbids namespaces here; run speclint on the host, "
     "or the container with --security-opt seccomp=unconfined"},
    {TRIAL_NO_CHILD, EPERM, is_old_debian,
     "the sysctl kernel.unprivileged_userns_clone is 0 here; set it to 1, or run "
     "speclint as root"},
    {TRIAL_NO_CHILD, EPERM, is_ubuntu,
     "this system restricts unprivileged user namespaces by AppArmor; run speclint as "
     "root, or set the sysctl kernel.apparmor_restrict_unprivileged_userns to 0"},
    {TRIAL_NO_CHILD, EPERM, is_filtered,
     "a seccomp filter forbids namespaces here (bubblewrap, flatpak, systemd's "
     "RestrictNamespaces=); run speclint outside of it"},
    {TRIAL_NO_CHILD, EPERM, is_chroot,
     "namespaces cannot be made in a chroot; run speclint outside of it"},
    {TRIAL_NO_CHILD, 0, NULL,
     "namespaces cannot be made here; run speclint as root, or outside of the container"},
    {TRIAL_NO_ROOT, ENOSYS, is_gvisor,
     "this is gVisor, not Linux, whose answers say nothing about a runtime; run speclint "
     "on the host"},
    {TRIAL_NO_ROOT, ENOSYS, is_filtered,
     "a seccomp filter hides the mount API of Linux 5.2 (an older container engine's "
     "does); run speclint on the host, or the container with --security-opt "
     "seccomp=unconfined"},
    {TRIAL_NO_ROOT, ENOSYS, NULL,
     "the kernel here lacks the mount API of Linux 5.2; run speclint on a newer one"},
    {TRIAL_NO_ROOT, EACCES, is_ubuntu,
     "this system restricts unprivileged user namespaces by AppArmor; run speclint as "
     "root, or set the sysctl kernel.apparmor_restrict_unprivileged_userns to 0"},
    {TRIAL_NO_ROOT, EACCES, NULL,
     "a security module (AppArmor, SELinux) forbids mounts here; run speclint outside of "
     "its profile"},
    {TRIAL_NO_ROOT, EOVERFLOW, NULL,
     "the user namespace has no id 0; map containerID 0 in linux.uidMappings and "
     "linux.gidMappings"},
    {TRIAL_NO_ROOT, EPERM, is_filtered,
     "a seccomp filter forbids mounts here; run speclint outside of the container or "
     "sandbox"},
    {TRIAL_NO_ROOT, EINVAL, is_chroot,
     "mounts cannot be tried in a chroot, whose root is no mount; run speclint outside "
     "of it"},
    {TRIAL_NO_ROOT, 0, NULL,
     "nothing can be mounted here; run speclint as root, or outside of the container"},
    {TRIAL_DEADLINE, 0, NULL,
     "the time was over before this mount; a source may be on a file system that does "
     "not answer"},
    {TRIAL_DIED, 0, NULL, "the trial was ended from outside, perhaps for want of memory"},
};

void sentence_limit(const struct trial *trial, struct buf *out)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (limits[i].state == trial->state &&
            (limits[i].error == 0 || limits[i].error == trial->error) &&
            (limits[i].evidence == NULL || limits[i].evidence())) {
            buf_adds(out, str_of(limits[i].text));
            return;
        }
    }
}
