/* SPDX-License-Identifier: Apache-2.0 */
#ifdef __linux__
#include "seen.h"

#include "filesystem.h"
#include "mountinfo.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static size_t find_mount(const struct trial *trial, uint64_t id, size_t hint)
{
    for (size_t i = 0; i < trial->count; i++) {
        size_t at = (hint + i) % trial->count;
        if (trial->mounts[at].mount_id == id)
            return at;
    }
    return SIZE_MAX;
}

/* Mounts that came along with a recursive bind. */
struct below {
    uint64_t id;
    size_t owner;
};

enum { BELOW_MAX = 256 };

/* Another mount of the spec lies over that place. */
static bool is_covered(const struct trial *trial, const struct plan *plan,
                       const char *point, size_t owner)
{
    for (size_t i = owner + 1; i < trial->count; i++) {
        const char *over = plan->mounts[i].destination;
        size_t len = strlen(over);
        if (trial->mounts[i].mount_id != 0 && strncmp(point, over, len) == 0 &&
            (point[len] == '\0' || point[len] == '/'))
            return true;
    }
    return false;
}

static void see_below(struct trial *trial, const struct plan *plan,
                      const struct mountinfo *info, size_t owner)
{
    struct trial_mount *out = &trial->mounts[owner];
    if (!(out->seen_attributes & ATTRIBUTE_RO) || (info->attributes & ATTRIBUTE_RO) ||
        is_covered(trial, plan, info->point, owner))
        return;
    if (out->seen_writable++ == 0)
        snprintf(out->seen_writable_at, sizeof out->seen_writable_at, "%.150s",
                 info->point);
}

/* What there is now, from below the scratch root: mountinfo shows no more. */
void seen_fill(struct trial *trial, const struct plan *plan, int root, int self)
{
    struct below below[BELOW_MAX];
    size_t below_count = 0, hint = 0;
    struct mountinfo info;
    if (trial->count == 0 || fchdir(root) < 0 || chroot(".") < 0)
        return;
    info.fd = openat(self, "mountinfo", O_RDONLY | O_CLOEXEC);
    info.start = info.end = 0;
    if (info.fd < 0)
        return;
    while (mountinfo_next(&info)) {
        size_t found = find_mount(trial, info.id, hint);
        if (found != SIZE_MAX) {
            struct trial_mount *out = &trial->mounts[found];
            out->seen = true;
            out->seen_attributes = info.attributes;
            /* Runtimes make these read-only when all mounts are there. */
            if (filesystem_find(info.type) != NULL && filesystem_find(info.type)->memory)
                out->seen_attributes |= plan->mounts[found].set & ATTRIBUTE_RO;
            snprintf(out->seen_type, sizeof out->seen_type, "%s", info.type);
            hint = found + 1;
            continue;
        }
        found = find_mount(trial, info.parent, hint);
        for (size_t i = 0; i < below_count && found == SIZE_MAX; i++) {
            if (below[i].id == info.parent)
                found = below[i].owner;
        }
        if (found == SIZE_MAX)
            continue;
        if (below_count < BELOW_MAX)
            below[below_count++] = (struct below){info.id, found};
        see_below(trial, plan, &info, found);
    }
    close(info.fd);
}
#endif
