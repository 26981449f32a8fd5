/* SPDX-License-Identifier: Apache-2.0 */
#include "trait.h"

#include "filesystem.h"

#include <errno.h>

static uint64_t set(bool is, enum trait trait)
{
    return is ? IS(trait) : 0;
}

static bool is_type(const struct plan_mount *mount, const char *type)
{
    return strcmp(mount->type, type) == 0;
}

static uint64_t of_entry(const struct plan *plan, const struct plan_mount *mount,
                         bool bind, enum runtime runtime)
{
    bool user = ((plan->fresh | plan->joined) & PLAN_USER) != 0;
    unsigned atime = ATTRIBUTE_NOATIME | ATTRIBUTE_STRICTATIME;
    unsigned all = mount->ever_set_all;
    bool foreign = mount->foreign[runtime] != NULL;
    /* These take any option, or get none from the runtime. */
    bool deaf =
        is_type(mount, "ramfs") || is_type(mount, "bpf") || is_type(mount, "cgroup");
    return set(mount->flaw == PLAN_NO_OBJECT, NO_OBJECT) |
           set(mount->flaw == PLAN_NO_DESTINATION ||
                   (mount->folded && runtime != RUNTIME_RUNC),
               NO_DESTINATION) |
           set(mount->flaw == PLAN_NUL, NUL) | set(bind, BIND) |
           set(!mount->has_source, NO_SOURCE) |
           set(bind && *mount->source == '\0', EMPTY_SOURCE) |
           set(mount->data_count > 0 || foreign, DATA) |
           set(!bind && foreign && !deaf, FOREIGN) |
           set(!bind && mount->comma != NULL, COMMA) |
           set(mount->unmapped != NULL, UNMAPPED) | set(mount->idmap, IDMAP) |
           set(mount->idmap_option, IDMAP_WORD) |
           set(mount->mappings == 0 ? !user : mount->mappings != 3, ID_MAP_MISSING) |
           set((mount->propagation & (mount->propagation - 1)) != 0, PROPAGATIONS) |
           set(((all | mount->clear_all) & (atime | ATTRIBUTE_NODIRATIME)) != 0,
               ATIME_ALL) |
           set((all & atime) == atime ||
                   ((mount->clear_all & atime) != 0 && (all & ATTRIBUTE_ATIME) == 0),
               ATIME_CLEARED) |
           set(mount->copy_up && (bind || !is_type(mount, "tmpfs")), COPY_UP) |
           set(is_type(mount, "tmpfs") || is_type(mount, "mqueue") ||
                   is_type(mount, "cgroup") || is_type(mount, "cgroup2") ||
                   is_type(mount, "proc") || is_type(mount, "sysfs"),
               OLD_UNCHECKED);
}

static uint64_t of_place(const struct plan_mount *mount, const struct trial_mount *trial,
                         bool bind, bool on_target)
{
    bool system = !bind && (is_type(mount, "proc") || is_type(mount, "sysfs"));
    size_t len = strlen(mount->destination);
    bool slash = len > 1 && mount->destination[len - 1] == '/';
    return set(trial->place_root, AT_ROOT) | set(trial->place_dangling, DANGLING) |
           set(bind && slash && !trial->source_directory, FILE_SLASH) |
           set(system && trial->place_symlink, SYSTEM_LINK) |
           set(system && trial->place_missing && trial->place_depth > 1, SYSTEM_DEEP) |
           set(on_target && trial->place_denied, PLACE_DENIED) |
           set(on_target && trial->place_read_only == TRIAL_ROOTFS_RO, ROOTFS_RO) |
           set(trial->place_read_only == TRIAL_BIND_RO, BIND_RO) |
           set(trial->place_read_only == TRIAL_MEMORY_RO, MEMORY_RO) |
           set(trial->place_in_proc == TRIAL_PROC && !trial->source_proc &&
                   (bind || !is_type(mount, "proc")),
               ON_PROC) |
           set(trial->place_in_proc == TRIAL_BELOW_PROC, BELOW_PROC) |
           set(mount->remount && !trial->place_mounted, REMOUNT_NOTHING);
}

/* rootfs_linux.go: the remount that gives a bind mount its flags. 1.1.5 tries a second
 * time with ro if the source has it, 1.2 with every locked flag that is not asked away.
 */
static bool is_locked(const struct plan_mount *mount, const struct trial_mount *trial,
                      struct runtime_version runtime)
{
    static const uint16_t change[3] = {1, 2, 0};
    unsigned source = trial->source_attributes & ATTRIBUTE_LOCKABLE;
    unsigned missing = source & ~mount->set;
    unsigned atime = mount->set & ATTRIBUTE_ATIME;
    bool old = runtime_compare(runtime.number, change) < 0;
    if (mount->set == 0 && (old || mount->clear == 0))
        return false;
    if (atime != 0 && atime != (trial->source_attributes & ATTRIBUTE_ATIME))
        return true;
    if (old && (source & ATTRIBUTE_RO))
        missing &= ~(unsigned)ATTRIBUTE_RO;
    return old ? missing != 0 : (missing & mount->clear) != 0;
}

uint64_t trait_of(const struct plan *plan, const struct trial *trial, size_t index,
                  struct runtime_version runtime, bool on_target)
{
    const struct plan_mount *mount = &plan->mounts[index];
    const struct trial_mount *made = &trial->mounts[index];
    bool user = ((plan->fresh | plan->joined) & PLAN_USER) != 0;
    bool bind =
        mount->bind || (runtime.runtime == RUNTIME_YOUKI && is_type(mount, "bind"));
    const struct filesystem *filesystem = bind ? NULL : filesystem_find(mount->type);
    bool failed = made->busy || (made->stage == STAGE_FSOPEN && made->error == EPERM);
    return of_entry(plan, mount, bind, runtime.runtime) |
           of_place(mount, made, bind, on_target) | set(index > 0, NOT_FIRST) |
           set(bind && made->source_denied != 0, SOURCE_DENIED) |
           set(made->layers_missing, LAYERS_MISSING) |
           set(user && mount->bind && is_locked(mount, made, runtime), LOCKED) |
           set(user && !bind && is_type(mount, "sysfs") && failed &&
                   (mount->set & ATTRIBUTE_RO),
               SYSFS_RO_FAILS) |
           set(made->stage == STAGE_CREATE && made->error == EPERM &&
                   filesystem != NULL &&
                   (plan->joined & filesystem->namespace & (PLAN_PID | PLAN_IPC)),
               JOINED_FAILS) |
           set(made->stage == STAGE_OPEN_TREE && made->error == EINVAL && made->made,
               NO_CLONE) |
           set(bind && made->stage == STAGE_SETATTR && made->error == EPERM,
               LOCKED_BELOW) |
           set(made->busy, BUSY);
}
