/* SPDX-License-Identifier: Apache-2.0 */
#include "root.h"

#include "buf.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#ifdef O_PATH
#define OPEN_NODE O_PATH /* opens nothing: a device or a pipe is not touched */
#else
#define OPEN_NODE O_RDONLY
#endif

#ifndef AT_NO_AUTOMOUNT
#define AT_NO_AUTOMOUNT 0
#endif

enum {
    /* So many parts are looked at for one document; a spec with hundreds of mounts needs
     * thousands. A hostile one could ask for more than anyone waits for. */
    STEPS_MAX = 100000,
    END = -1, /* of a way, without an error */
};

/* Where the walk stands. */
struct stand {
    int fd;     /* of the folder that is the first `len` bytes of what is done */
    size_t len; /* the way from one to the next only grows or starts anew: so the length
                   tells whether this is still the folder above the part at hand */
};

void root_open(struct root *root, const char *folder)
{
    *root = (struct root){.fd = open(folder, OPEN_NODE | O_DIRECTORY | O_CLOEXEC)};
}

void root_cover(struct root *root, const char *place)
{
    root->covers = mem_grow(root->covers, root->cover_count, &root->cover_capacity,
                            sizeof *root->covers);
    root->covers[root->cover_count++] = mem_copy(place, strlen(place));
}

static bool is_covered(const struct root *root, const char *place)
{
    for (size_t i = 0; i < root->cover_count; i++) {
        if (strcmp(root->covers[i], place) == 0)
            return true;
    }
    return false;
}

/* Opens the folder of the first `len` bytes of a path without links, one part after the
 * other: whoever puts a link there meanwhile leads nowhere. */
static int open_folder(const struct root *root, const char *path, size_t len)
{
    int fd = openat(root->fd, ".", OPEN_NODE | O_DIRECTORY | O_CLOEXEC);
    for (size_t at = 1; fd >= 0 && at < len;) {
        char name[PATH_MAX];
        size_t end = at;
        while (end < len && path[end] != '/')
            end++;
        memcpy(name, path + at, end - at);
        name[end - at] = '\0';
        int next = openat(fd, name, OPEN_NODE | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        close(fd);
        fd = next;
        at = end + 1;
    }
    return fd;
}

/* A link of the kernel's own (proc(5)), "net:[4026531833]", is no path to follow. */
static bool is_magic(const char *target)
{
    size_t len = strcspn(target, ":/");
    return len > 0 && target[len] == ':' && target[len + 1] == '[' &&
           strchr(target, '/') == NULL;
}

static int follow(struct walk *walk, const struct stand *stand, const char *name,
                  struct root_place *place)
{
    char target[PATH_MAX];
    ssize_t len = readlinkat(stand->fd, name, target, sizeof target - 1);
    if (len < 0)
        return errno;
    target[len] = '\0';
    if (is_magic(target) && walk_last(walk) &&
        fstatat(stand->fd, name, &place->status, AT_NO_AUTOMOUNT) == 0) {
        place->magic = true;
        return END;
    }
    place->linked = true;
    return walk_link(walk, target) ? 0 : errno;
}

/* Looks at the part that the walk has come to. Returns 0 to go on, END, or an error. */
static int step(struct root *root, struct walk *walk, struct stand *stand,
                struct root_place *place)
{
    const char *name = strrchr(walk->done, '/') + 1;
    size_t above = (size_t)(name - 1 - walk->done);
    struct stat status;
    place->unknown = is_covered(root, walk->done) || ++root->steps > STEPS_MAX;
    if (place->unknown)
        return END;
    if (stand->fd < 0 || stand->len != above) {
        if (stand->fd >= 0)
            close(stand->fd);
        *stand = (struct stand){open_folder(root, walk->done, above), above};
        root->steps += walk->depth;
        if (stand->fd < 0)
            return errno;
    }
    if (fstatat(stand->fd, name, &status, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0) {
        place->in_link = walk_in_link(walk);
        return errno;
    }
    if (S_ISLNK(status.st_mode))
        return follow(walk, stand, name, place);
    if (!S_ISDIR(status.st_mode) && walk->at[0] != '\0')
        return ENOTDIR; /* also for a slash behind the name of a file */
    place->status = status;
    if (!S_ISDIR(status.st_mode) || walk_last(walk))
        return 0;
    int fd = openat(stand->fd, name, OPEN_NODE | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno;
    close(stand->fd);
    *stand = (struct stand){fd, strlen(walk->done)};
    return 0;
}

bool root_find(struct root *root, struct str path, struct root_place *place)
{
    struct walk walk;
    struct stand stand = {-1, 0};
    *place = (struct root_place){.unknown = root->fd < 0};
    if (path.len > 0 && memchr(path.at, '\0', path.len) != NULL)
        place->error = EINVAL;
    else if (!walk_start(&walk, path) ||
             (!place->unknown && fstat(root->fd, &place->status) != 0))
        place->error = errno;
    if (place->error != 0 || place->unknown)
        return false;
    int state = 0;
    while (state == 0 && walk_next(&walk))
        state = step(root, &walk, &stand, place);
    if (state == 0 && walk.too_long)
        state = ENAMETOOLONG;
    if (stand.fd >= 0)
        close(stand.fd);
    place->error = state == END ? 0 : state;
    strcpy(place->path, walk.done[0] != '\0' ? walk.done : "/");
    return place->error == 0 && !place->unknown;
}

bool root_lacks(const struct root_place *place)
{
    return !place->unknown && (place->error == ENOENT || place->error == ENOTDIR ||
                               place->error == ELOOP || place->error == ENAMETOOLONG);
}

/* Opens a place, or what is above it, that has no links. */
static int open_at(const struct root *root, const char *path, int flags)
{
    const char *name = strrchr(path, '/');
    int folder = open_folder(root, path, (size_t)(name - path));
    if (folder < 0)
        return -1;
    int fd =
        openat(folder, name[1] != '\0' ? name + 1 : ".", flags | O_NOFOLLOW | O_CLOEXEC);
    close(folder);
    return fd;
}

int root_open_place(const struct root *root, const struct root_place *place)
{
    struct stat status;
    if (!S_ISREG(place->status.st_mode) && !S_ISDIR(place->status.st_mode))
        return -1;
    int fd = open_at(root, place->path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (fd >= 0 && fstat(fd, &status) == 0 && status.st_ino == place->status.st_ino &&
        status.st_dev == place->status.st_dev)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

bool root_read(struct root *root, struct str path, size_t most, struct buf *out)
{
    struct root_place place;
    char bytes[4096];
    ssize_t got = 1;
    if (!root_find(root, path, &place) || !S_ISREG(place.status.st_mode))
        return false;
    int fd = root_open_place(root, &place);
    if (fd < 0)
        return false;
    while (got > 0 && most > 0) {
        got = read(fd, bytes, most < sizeof bytes ? most : sizeof bytes);
        if (got > 0) {
            buf_add(out, bytes, (size_t)got);
            most -= (size_t)got;
        }
    }
    close(fd);
    return got >= 0;
}

void root_release(struct root *root)
{
    for (size_t i = 0; i < root->cover_count; i++)
        free(root->covers[i]);
    free(root->covers);
    if (root->fd >= 0)
        close(root->fd);
    *root = (struct root){.fd = -1};
}
