/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions about paths, by their text alone. Paths are those of the container: of
 * Windows where the document has a `windows` section and no `linux` one (Linux containers
 * on Windows have both; config.md, "Platform-specific configuration").
 */
#include "run.h"

bool path_is_windows(struct query_run *run)
{
    if (run->windows < 0)
        run->windows = node_get(run->root, STR("windows")) != NULL &&
                       node_get(run->root, STR("linux")) == NULL;
    return run->windows > 0;
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_separator(char byte, bool windows)
{
    return byte == '/' || (windows && byte == '\\');
}

/* C:\ or C:/ */
static bool has_drive(struct str path)
{
    return path.len >= 3 && is_letter(path.at[0]) && path.at[1] == ':' &&
           is_separator(path.at[2], true);
}

/* Microsoft, "File path formats on Windows systems": a drive's root, a share (\\server)
 * or a device path (\\?\, \\.\). */
static bool is_absolute(struct str path, bool windows)
{
    if (!windows)
        return path.len > 0 && path.at[0] == '/';
    return has_drive(path) || (path.len > 2 && is_separator(path.at[0], true) &&
                               is_separator(path.at[1], true));
}

struct query_value function_is_absolute(struct query_call *call)
{
    const struct query_value *path = &call->arguments[0].value;
    return query_boolean(query_is_string(path) &&
                         is_absolute(path->text, path_is_windows(call->run)));
}

/* How much of a path .. cannot leave. */
static size_t root_len(struct str path, bool windows)
{
    if (!windows)
        return path.len > 0 && path.at[0] == '/';
    if (has_drive(path))
        return 3;
    if (is_absolute(path, true))
        return 2;
    return path.len > 0 && is_separator(path.at[0], true);
}

static bool is_name(const char *at, size_t len, const char *name)
{
    return len == strlen(name) && memcmp(at, name, len) == 0;
}

/* Drops the last name of a cleaned path, unless it is one that .. cannot drop. */
static bool drop_name(const char *path, size_t root, size_t *len, char separator)
{
    size_t start = *len;
    while (start > root && path[start - 1] != separator)
        start--;
    if (*len == root || is_name(path + start, *len - start, ".."))
        return false;
    *len = start > root ? start - 1 : root;
    return true;
}

bool path_is_clean(struct str path)
{
    if (path.len == 0 || path.at[0] == '.' ||
        (path.len > 1 && path.at[path.len - 1] == '/'))
        return false;
    for (size_t i = 1; i < path.len; i++) {
        if (path.at[i - 1] == '/' && (path.at[i] == '.' || path.at[i] == '/'))
            return false;
    }
    return true;
}

struct str path_clean(struct arena *arena, struct str path, bool windows)
{
    if (!windows && path_is_clean(path))
        return path;
    char separator = windows ? '\\' : '/';
    char *out = arena_alloc(arena, path.len + 2);
    size_t root = root_len(path, windows);
    size_t len = root;
    for (size_t i = 0; i < root; i++)
        out[i] = is_separator(path.at[i], windows) ? separator : path.at[i];
    for (size_t i = root; i < path.len;) {
        size_t start = i;
        while (i < path.len && !is_separator(path.at[i], windows))
            i++;
        const char *name = path.at + start;
        size_t name_len = i - start;
        i++;
        if (name_len == 0 || is_name(name, name_len, "."))
            continue;
        if (is_name(name, name_len, "..") &&
            (drop_name(out, root, &len, separator) || root > 0))
            continue;
        if (len > root)
            out[len++] = separator;
        memcpy(out + len, name, name_len);
        len += name_len;
    }
    if (len == 0)
        out[len++] = '.';
    for (size_t i = 0; windows && i < len; i++) {
        if (out[i] >= 'A' && out[i] <= 'Z')
            out[i] = (char)(out[i] + ('a' - 'A'));
    }
    return (struct str){out, len};
}

/* Cleaning changes nothing or leaves fewer bytes, but for "", which becomes ".". */
bool path_equals(struct query_run *run, struct str path, struct str clean)
{
    bool windows = path_is_windows(run);
    if (!windows && (path.len <= clean.len || path_is_clean(path)))
        return path.len == clean.len && mem_equal(path.at, clean.at, path.len);
    return str_equal(path_clean(&run->arena, path, windows), clean);
}

struct query_value function_norm_path(struct query_call *call)
{
    const struct query_value *path = &call->arguments[0].value;
    if (!query_is_string(path))
        return query_nothing();
    return query_string(
        path_clean(query_arena(call), path->text, path_is_windows(call->run)));
}

/* basename(3): separators at the end are not part of the path; the root is its own. */
struct query_value function_basename(struct query_call *call)
{
    const struct query_value *path = &call->arguments[0].value;
    bool windows = path_is_windows(call->run);
    if (!query_is_string(path))
        return query_nothing();
    struct str text = path->text;
    while (text.len > 1 && is_separator(text.at[text.len - 1], windows))
        text.len--;
    for (size_t i = text.len; i-- > 0;) {
        if (text.len > 1 && is_separator(text.at[i], windows))
            return query_string((struct str){text.at + i + 1, text.len - i - 1});
    }
    return query_string(text);
}
