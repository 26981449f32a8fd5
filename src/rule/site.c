/* SPDX-License-Identifier: Apache-2.0 */
#include "site.h"

#include "mountinfo.h"
#include "option.h"
#include "shape.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum {
    MOUNTS_MAX = 65536, /* of the machine; a kernel allows 100000 in a namespace */
};

const char *site_say(const struct site *site, const char *format, ...)
{
    AUTO_BUF struct buf out = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&out, format, arguments);
    va_end(arguments);
    return arena_copy(site->search->arena, buf_str(&out).at, out.len);
}

void site_mark(struct site *site, struct mark mark)
{
    marks_add(site->out, mark);
}

const char *site_reason(const struct site *site, const struct root_place *place)
{
    switch (place->error) {
    case ENOENT:
        return site_say(site, "there is no %s", place->path);
    case ENOTDIR:
        return site_say(site, "%s is no directory", place->path);
    case ELOOP:
        return site_say(site, "its symbolic links lead in a circle at %s", place->path);
    default:
        return site_say(site, "%s", strerror(place->error));
    }
}

bool site_has_option(const struct node *mount, struct str word)
{
    const struct node *options = node_get(mount, STR("options"));
    for (const struct node *node = node_first(options); node; node = node->next) {
        if (node_is_string(node, word))
            return true;
    }
    return false;
}

bool site_is_bind(const struct node *mount)
{
    return site_has_option(mount, STR("bind")) || site_has_option(mount, STR("rbind"));
}

bool site_is_below(const char *place, const char *top)
{
    size_t len = strlen(top);
    if (len == 1)
        return place[0] == '/';
    return strncmp(place, top, len) == 0 && (place[len] == '\0' || place[len] == '/');
}

const char *site_path(const struct site *site, struct str path)
{
    if (path.len == 0 || memchr(path.at, '\0', path.len) != NULL)
        return NULL;
    if (path.at[0] == '/')
        return site_say(site, "%.*s", (int)path.len, path.at);
    if (site->bundle->folder == NULL)
        return NULL;
    return site_say(site, "%s/%.*s", site->bundle->folder, (int)path.len, path.at);
}

const char *site_rootfs(const struct site *site)
{
    const struct node *path = node_find(site->search->root, STR("/root/path"));
    if (path == NULL || path->type != NODE_STRING || path->len == 0)
        return NULL;
    return site_path(site, node_text(path));
}

/* A rootfs that an engine has yet to mount, or of which a repository keeps the place. */
static bool is_empty(int folder)
{
    bool empty = true;
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
    if (directory == NULL) {
        if (fd >= 0)
            close(fd);
        return true; /* what cannot be listed is not known */
    }
    for (const struct dirent *entry; empty && (entry = readdir(directory)) != NULL;)
        empty = entry->d_name[0] == '.';
    closedir(directory);
    return empty;
}

static void open_rootfs(struct site *site)
{
    const struct node *path = node_find(site->search->root, STR("/root/path"));
    const char *place = site_rootfs(site);
    /* An absolute one is that of another machine, unless this is the target. */
    if (place == NULL || (!site->bundle->on_target && node_text(path).at[0] == '/'))
        return;
    AUTO_BUF struct buf whole = {0};
    buf_addf(&whole, "%s%s", site->bundle->host, place);
    root_open(&site->rootfs, whole.data);
    if (site->rootfs.fd >= 0 && is_empty(site->rootfs.fd))
        root_release(&site->rootfs);
}

/* The octal escapes of a mount table (proc(5)). */
static const char *unescape(const struct site *site, const char *text)
{
    char *out = arena_copy(site->search->arena, text, strlen(text));
    char *end = out;
    for (const char *at = out; *at != '\0';) {
        bool octal = at[0] == '\\' && at[1] >= '0' && at[1] <= '3' && at[2] >= '0' &&
                     at[2] <= '7' && at[3] >= '0' && at[3] <= '7';
        *end++ =
            octal ? (char)((at[1] - '0') << 6 | (at[2] - '0') << 3 | (at[3] - '0')) : *at;
        at += octal ? 4 : 1;
    }
    *end = '\0';
    return out;
}

/* File systems whose server may not answer: a look at one could wait for ever. */
static bool is_remote(const char *type)
{
    static const char *const types[] = {"afs",  "autofs", "ceph", "cifs",
                                        "nfs4", "nfs",    "smb3"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (strcmp(type, types[i]) == 0)
            return true;
    }
    return strncmp(type, "fuse.", 5) == 0;
}

static void read_mounts(struct site *site)
{
    struct root_place place;
    if (!root_find(&site->host, STR("/proc/self/mountinfo"), &place))
        return;
    struct mountinfo *info = mem_alloc(1, sizeof *info);
    info->fd = root_open_place(&site->host, &place);
    while (info->fd >= 0 && site->mount_count < MOUNTS_MAX && mountinfo_next(info)) {
        site->mounts = mem_grow(site->mounts, site->mount_count, &site->mount_capacity,
                                sizeof *site->mounts);
        struct site_mount *mount = &site->mounts[site->mount_count++];
        *mount = (struct site_mount){
            .point = unescape(site, info->point),
            .type = unescape(site, info->type),
            .super = unescape(site, info->super),
            .attributes = info->attributes,
        };
        if (is_remote(mount->type) && mount->point[1] != '\0')
            root_cover(&site->host, mount->point);
    }
    if (info->fd >= 0)
        close(info->fd);
    free(info);
}

unsigned site_attributes(const struct site *site, const char *place)
{
    const struct site_mount *holder = NULL;
    for (size_t i = 0; i < site->mount_count; i++) {
        const struct site_mount *mount = &site->mounts[i];
        if (site_is_below(place, mount->point) &&
            (holder == NULL || strlen(mount->point) >= strlen(holder->point)))
            holder = mount;
    }
    if (holder == NULL)
        return 0;
    bool read_only =
        strcmp(holder->super, "ro") == 0 || strncmp(holder->super, "ro,", 3) == 0;
    return holder->attributes | (read_only ? ATTRIBUTE_RO : 0);
}

void site_open(struct site *site, const struct search *search, struct marks *out)
{
    const struct node *root = search->root;
    static const char *const others[] = {"windows", "solaris", "freebsd", "zos", "vm"};
    *site = (struct site){
        .search = search,
        .bundle = search->bundle,
        .out = out,
        .host = {.fd = -1},
        .rootfs = {.fd = -1},
        .of_linux = true,
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        site->of_linux &= node_get(root, str_of(others[i])) == NULL;
    site->of_linux &= search->platforms == 0 || (search->platforms & PLATFORM_LINUX) != 0;
    const struct node *namespaces = node_find(root, STR("/linux/namespaces"));
    for (const struct node *node = node_first(namespaces); node; node = node->next)
        site->in_userns |= node_is_string(node_get(node, STR("type")), STR("user"));
    if (!site->of_linux)
        return;
    if (site->bundle->on_target) {
        root_open(&site->host, site->bundle->host);
        read_mounts(site);
    }
    open_rootfs(site);
}

void site_close(struct site *site)
{
    root_release(&site->host);
    root_release(&site->rootfs);
    free(site->mounts);
}
