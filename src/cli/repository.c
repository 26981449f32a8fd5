/* SPDX-License-Identifier: Apache-2.0 */
#include "repository.h"

#include "input.h"

#include <sys/stat.h>

bool path_up(struct buf *path)
{
    char *slash = strrchr(path->data, '/');
    if (path->len <= 1 || slash == NULL)
        return false;
    path->len = slash == path->data ? 1 : (size_t)(slash - path->data);
    path->data[path->len] = '\0';
    return true;
}

void path_join(const char *folder, const char *name, struct buf *out)
{
    size_t len = strlen(folder);
    buf_addf(out, "%s%s%s", folder, len > 0 && folder[len - 1] == '/' ? "" : "/", name);
}

bool path_exists(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

bool repository_find(const char *folder, struct buf *root)
{
    buf_clear(root);
    buf_adds(root, str_of(folder));
    do {
        AUTO_BUF struct buf git = {0};
        path_join(root->data, ".git", &git);
        if (path_exists(git.data))
            return true;
    } while (path_up(root));
    return false;
}

bool path_is_below(const char *folder, const char *path)
{
    size_t len = strlen(folder);
    if (strcmp(folder, "/") == 0)
        return path[0] == '/';
    return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

const char *path_below(const char *folder, const char *path)
{
    if (path_is_below(folder, path) && strcmp(folder, "/") != 0)
        path += strlen(folder);
    return path[0] == '/' ? path + 1 : path;
}

char *path_real(const char *path)
{
    AUTO_FREE char *folder = input_folder(path);
    AUTO_FREE char *real = realpath(folder, NULL);
    const char *slash = strrchr(path, '/');
    AUTO_BUF struct buf out = {0};
    if (real == NULL)
        return NULL;
    path_join(real, slash ? slash + 1 : path, &out);
    return mem_copy(out.data, out.len);
}
