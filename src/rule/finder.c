/* SPDX-License-Identifier: Apache-2.0 */
#include "finder.h"

#include "bundle.h"
#include "bundle_mark.h"
#include "id_mapping.h"
#include "linux_path.h"
#include "mount_default.h"
#include "mount_destination.h"
#include "mount_option.h"
#include "mount_type.h"
#include "shape_check.h"
#include "suppression.h"
#include "syscall_name.h"

void marks_add(struct marks *marks, struct mark mark)
{
    marks->items =
        mem_grow(marks->items, marks->count, &marks->capacity, sizeof *marks->items);
    marks->items[marks->count++] = mark;
}

void marks_release(struct marks *marks)
{
    free(marks->items);
    *marks = (struct marks){0};
}

/* Names that an object has twice. The reader counted them: without any there is no walk.
 */
static void find_duplicate_keys(const struct search *search, struct marks *out)
{
    const struct node *root = search->root;
    if (search->doc->duplicates == 0)
        return;
    for (const struct node *node = root; node != NULL; node = node_walk(node, root)) {
        if (node->flags & NODE_DUPLICATE)
            marks_add(out, (struct mark){.finder = "duplicate-keys", .node = node});
    }
}

/* Each runs once for a document, whoever asks. */
static finder_fn *const finders[] = {
    find_duplicate_keys, shape_check,      mount_option_check, mount_destination_check,
    linux_path_check,    id_mapping_check, syscall_name_check, bundle_check,
    mount_default_check, mount_type_check,
};

/* What they find. */
static const char *const names[] = {
    "duplicate-keys",
    SHAPE_UNKNOWN,
    SHAPE_CASE,
    SHAPE_TYPE,
    SHAPE_MISSING,
    SHAPE_VALUE,
    SHAPE_RANGE,
    SHAPE_FORMAT,
    SHAPE_UNUSABLE,
    SHAPE_ADVISED,
    SHAPE_CONVENTION,
    SHAPE_NEWER,
    SHAPE_REMOVED,
    SHAPE_DEPRECATED,
    SHAPE_PLATFORM,
    SHAPE_NULL,
    SHAPE_VERSION,
    MOUNT_UNDONE,
    MOUNT_UNDONE_ALL,
    MOUNT_CONTRADICT,
    MOUNT_PROPAGATIONS,
    MOUNT_ACCESS_TIMES,
    MOUNT_CRUN_ACCESS_TIMES,
    MOUNT_REPEATED,
    MOUNT_SET_TWICE,
    MOUNT_OPTIONAL,
    MOUNT_JOINED,
    MOUNT_DATA_JOINED,
    MOUNT_BIND_TWICE,
    MOUNT_EMPTY,
    MOUNT_DEFAULTS,
    MOUNT_OF_CRUN,
    MOUNT_RUNC_FLAG,
    MOUNT_SYMFOLLOW,
    MOUNT_COPY_UP,
    MOUNT_COPY_UP_VAIN,
    MOUNT_DROPPED,
    MOUNT_PROPAGATION,
    MOUNT_SUBMOUNTS,
    MOUNT_SUBMOUNTS_MAYBE,
    MOUNT_RECURSIVE,
    MOUNT_NODEV,
    MOUNT_TINY,
    BIND_UNKNOWN,
    BIND_DATA,
    BIND_ENGINE,
    DATA_UNKNOWN,
    DATA_IGNORED,
    DATA_ENGINE,
    DATA_VALUE,
    DATA_ODD,
    DATA_UNMAPPED,
    OVERLAY_RELATIVE,
    OVERLAY_LAYERS,
    SUPPRESSION_UNUSED,
    SUPPRESSION_UNKNOWN,
    SUPPRESSION_UNEXPLAINED,
    DESTINATION_HIDDEN,
    DESTINATION_REPEATED,
    DESTINATION_ROOT,
    DESTINATION_PROC,
    DESTINATION_BLANK,
    DESTINATION_UNCLEAN,
    DESTINATION_READONLY_BIND,
    DESTINATION_READONLY_TMPFS,
    DESTINATION_SOURCELESS,
    DESTINATION_NOEXEC,
    DESTINATION_PROGRAM,
    DESTINATION_CWD,
    PATH_MISSPELT,
    PATH_PATTERN,
    PATH_SLASH,
    PATH_PROGRAM,
    PATH_ABOVE,
    MAPPING_LONG,
    SYSCALL_MISSPELT,
    SYSCALL_UNKNOWN,
    ROOT_MISSING,
    ROOT_LINKED,
    ROOT_SUBMOUNTS,
    ROOT_NOEXEC,
    PLACE_FILE,
    PLACE_BELOW_FILE,
    PLACE_LOOP,
    PLACE_DANGLING,
    PLACE_READONLY,
    PLACE_FOREIGN,
    PLACE_KIND,
    PLACE_SLASH,
    PLACE_READONLY_BIND,
    DEVICE_TAKEN,
    PROGRAM_MISSING,
    PROGRAM_DENIED,
    PROGRAM_FORBIDDEN,
    PROGRAM_LOADER,
    PROGRAM_FOREIGN,
    PROGRAM_FORMAT,
    PROGRAM_MASKED,
    PROGRAM_FOLDER,
    PROGRAM_NO_FOLDER,
    PROGRAM_HOOK,
    SOURCE_MISSING,
    SOURCE_NO_DEVICE,
    SOURCE_READONLY,
    SOURCE_LOCKED,
    SOURCE_DROPPED,
    SOURCE_SUBMOUNTS,
    SOURCE_FLAGS,
    SOURCE_READONLY_PATH,
    HOOK_MISSING,
    HOOK_DENIED,
    HOOK_FORMAT,
    HOST_NAMESPACE_MISSING,
    HOST_NAMESPACE_OTHER,
    HOST_NAMESPACE_TYPE,
    HOST_SELINUX,
    HOST_APPARMOR,
    HOST_PROFILE,
    HOST_FILES,
    HOST_SYSCTL,
    HOST_LISTENER,
    HOST_RDT,
    HOST_CONTROLLER,
    HOST_RDMA,
    HOST_UNIFIED,
    HOST_PROCESSORS,
    HOST_DEVICE,
    HOST_NODE,
    HOST_INTERFACE,
    TYPE_NONE,
    TYPE_CAPITALS,
    DEFAULT_PROC,
    DEFAULT_SYS,
    DEFAULT_PTS,
    DEFAULT_SHM,
    DEFAULT_SYS_LAX,
    DEFAULT_PTS_CLOSED,
};

bool finder_exists(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

void finders_run(const struct search *search, struct marks *out)
{
    struct mounts mounts;
    struct search full = *search;
    mounts_read(&mounts, search->root, search->arena);
    full.mounts = &mounts;
    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++)
        finders[i](&full, out);
}
