/* SPDX-License-Identifier: Apache-2.0 */
#include "walk.h"

#include <errno.h>
#include <stdint.h>

enum {
    LINKS_MAX = 40, /* as the kernel's MAXSYMLINKS */
};

bool walk_start(struct walk *walk, struct str path)
{
    if (path.len >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    walk->done[0] = '\0';
    memcpy(walk->rest, path.at, path.len);
    walk->rest[path.len] = '\0';
    walk->at = walk->rest;
    walk->mark = SIZE_MAX;
    walk->links = 0;
    walk->depth = 0;
    walk->too_long = false;
    return true;
}

static void walk_up(struct walk *walk)
{
    char *slash = strrchr(walk->done, '/');
    if (slash == NULL)
        return;
    *slash = '\0';
    walk->depth--;
}

bool walk_next(struct walk *walk)
{
    for (;;) {
        walk->at += strspn(walk->at, "/");
        size_t len = strcspn(walk->at, "/");
        if (len == 0)
            return false;
        if (len == 1 && walk->at[0] == '.') {
            walk->at += len;
        } else if (len == 2 && memcmp(walk->at, "..", 2) == 0) {
            walk->at += len;
            walk_up(walk);
        } else {
            size_t done = strlen(walk->done);
            if (done + len + 2 > sizeof walk->done) {
                walk->too_long = true;
                return false;
            }
            walk->done[done] = '/';
            memcpy(walk->done + done + 1, walk->at, len);
            walk->done[done + 1 + len] = '\0';
            walk->at += len;
            walk->depth++;
            return true;
        }
    }
}

bool walk_last(const struct walk *walk)
{
    return walk->at[strspn(walk->at, "/")] == '\0';
}

bool walk_link(struct walk *walk, const char *target)
{
    size_t len = strlen(target), left = strlen(walk->at);
    if (++walk->links > LINKS_MAX) {
        errno = ELOOP;
        return false;
    }
    if (len + left + 1 > sizeof walk->rest) {
        errno = ENAMETOOLONG;
        return false;
    }
    memmove(walk->rest + len, walk->at, left + 1);
    memcpy(walk->rest, target, len);
    walk->at = walk->rest;
    walk->mark = left;
    walk_up(walk);
    if (target[0] == '/') {
        walk->done[0] = '\0';
        walk->depth = 0;
    }
    return true;
}

bool walk_in_link(const struct walk *walk)
{
    return walk->links > 0 && strlen(walk->at) >= walk->mark;
}

const char *walk_place(const struct walk *walk)
{
    return walk->done[0] ? walk->done + 1 : "";
}
