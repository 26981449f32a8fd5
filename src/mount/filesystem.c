/* SPDX-License-Identifier: Apache-2.0 */
#include "filesystem.h"

#include "plan.h"

/* The classes and needs were measured on Linux 6.18; FS_USERNS_MOUNT stands in each
 * file_system_type of the kernel. */
static const struct filesystem filesystems[] = {
    {"sysfs", FILESYSTEM_OWN, PLAN_NETWORK, true, true, false},
    {"proc", FILESYSTEM_OWN, PLAN_PID, true, false, false},
    {"mqueue", FILESYSTEM_OWN, PLAN_IPC, true, true, false},
    {"cgroup2", FILESYSTEM_OWN, PLAN_CGROUP, true, true, false},
    {"devpts", FILESYSTEM_OWN, 0, true, false, false},
    {"tmpfs", FILESYSTEM_OWN, 0, true, false, true},
    {"overlay", FILESYSTEM_OWN, 0, true, false, false},
    {"cgroup", FILESYSTEM_CGROUP, 0, true, false, false},
    {"ramfs", FILESYSTEM_PSEUDO, 0, true, false, true}, /* takes memory without limit */
    {"binfmt_misc", FILESYSTEM_PSEUDO, 0, true, true, false},
    {"bpf", FILESYSTEM_PSEUDO, 0, false, false, false},
    {"configfs", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"debugfs", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"devtmpfs", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"efivarfs", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"hugetlbfs", FILESYSTEM_PSEUDO, 0, false, false, false},
    {"pstore", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"securityfs", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"selinuxfs", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"tracefs", FILESYSTEM_PSEUDO, 0, false, true, false},
    {"9p", FILESYSTEM_REMOTE, 0, false, false, false},
    {"afs", FILESYSTEM_REMOTE, 0, false, false, false},
    {"autofs", FILESYSTEM_REMOTE, 0, false, false, false},
    {"ceph", FILESYSTEM_REMOTE, 0, false, false, false},
    {"cifs", FILESYSTEM_REMOTE, 0, false, false, false},
    {"fuse", FILESYSTEM_REMOTE, 0, true, false, false},
    {"fuseblk", FILESYSTEM_REMOTE, 0, false, false, false},
    {"nfs", FILESYSTEM_REMOTE, 0, false, false, false},
    {"nfs4", FILESYSTEM_REMOTE, 0, false, false, false},
    {"smb3", FILESYSTEM_REMOTE, 0, false, false, false},
    {"virtiofs", FILESYSTEM_REMOTE, 0, false, false, false},
};

const struct filesystem *filesystem_find(const char *type)
{
    for (size_t i = 0; i < sizeof filesystems / sizeof *filesystems; i++) {
        if (strcmp(filesystems[i].type, type) == 0)
            return &filesystems[i];
    }
    return NULL;
}

/* A line is "nodev\tsysfs" or "\text4". */
enum filesystem_known filesystem_known(struct str text, const char *type)
{
    size_t len = strlen(type);
    const char *end = text.at + text.len;
    for (const char *line = text.at; line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        if (next == NULL)
            next = end;
        const char *tab = memchr(line, '\t', (size_t)(next - line));
        if (tab != NULL && (size_t)(next - tab - 1) == len &&
            memcmp(tab + 1, type, len) == 0)
            return tab == line ? FILESYSTEM_BLOCK : FILESYSTEM_NODEV;
        line = next + 1;
    }
    return FILESYSTEM_ABSENT;
}
