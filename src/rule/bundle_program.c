/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_mark.h"
#include "function.h"
#include "machine.h"
#include "number.h"
#include "program.h"
#include "site.h"

#include <errno.h>

/* Whether a program lies in what linux.maskedPaths hides. */
static const struct node *find_mask(struct site *site, const char *named,
                                    const char *place)
{
    const struct node *masks = node_find(site->search->root, STR("/linux/maskedPaths"));
    for (const struct node *mask = node_first(masks); mask; mask = mask->next) {
        struct root_place hidden;
        struct str written;
        if (mask->type != NODE_STRING || mask->len == 0)
            continue;
        root_find(&site->rootfs, node_text(mask), &hidden);
        /* What the paths alone show is seen without a bundle (rule masked-program). */
        written = path_clean(site->search->arena, node_text(mask), false);
        if (hidden.error == 0 && site_is_below(place, hidden.path) &&
            !site_is_below(named, site_say(site, "%.*s", (int)written.len, written.at)))
            return mask;
    }
    return NULL;
}

static void check_interpreter(struct site *site, struct mark mark,
                              const struct root_place *program)
{
    AUTO_BUF struct buf interpreter = {0};
    struct root_place place;
    enum program_kind kind = program_interpreter(&site->rootfs, program, &interpreter);
    if (kind == PROGRAM_TEXT) {
        mark.finder = PROGRAM_FORMAT;
        site_mark(site, mark);
        return;
    }
    if (interpreter.len == 0 || interpreter.data[0] != '/')
        return;
    root_find(&site->rootfs, buf_str(&interpreter), &place);
    if (!root_lacks(&place))
        return;
    AUTO_BUF struct buf visible = {0};
    buf_add_visible(&visible, buf_str(&interpreter));
    mark.finder = PROGRAM_LOADER;
    mark.want = site_say(site, "%s", visible.data);
    mark.more = kind == PROGRAM_SCRIPT ? "the interpreter of its first line"
                                       : "the dynamic loader that it was linked for";
    site_mark(site, mark);
}

/* The id at a place of the spec; -1 without. */
static int64_t id_at(const struct site *site, const char *pointer)
{
    const struct node *node = node_find(site->search->root, str_of(pointer));
    int64_t id;
    return node != NULL && node->type == NODE_NUMBER && number_int64(node_text(node), &id)
               ? id
               : -1;
}

static bool has_group(const struct site *site, gid_t group)
{
    const struct node *list =
        node_find(site->search->root, STR("/process/user/additionalGids"));
    for (const struct node *node = node_first(list); node; node = node->next) {
        int64_t id;
        if (node->type == NODE_NUMBER && number_int64(node_text(node), &id) &&
            id == (int64_t)group)
            return true;
    }
    return id_at(site, "/process/user/gid") == (int64_t)group;
}

/* Whether the mode keeps the user of the process from executing a file. The owners of
 * files are what they will be on the target alone, and without a mapping. */
static bool is_forbidden(const struct site *site, const struct stat *file)
{
    const struct node *kept =
        node_find(site->search->root, STR("/process/capabilities/effective"));
    int64_t user = id_at(site, "/process/user/uid");
    if (!site->bundle->on_target || site->in_userns || user <= 0)
        return false;
    for (const struct node *node = node_first(kept); node; node = node->next) {
        if (node_is_string(node, STR("CAP_DAC_OVERRIDE")))
            return false;
    }
    mode_t bit = user == (int64_t)file->st_uid   ? S_IXUSR
                 : has_group(site, file->st_gid) ? S_IXGRP
                                                 : S_IXOTH;
    return (file->st_mode & bit) == 0;
}

/* What is to be started, when it was found. */
static void check_program(struct site *site, struct mark mark, const char *named,
                          const struct root_place *place)
{
    mark.have = named;
    const struct node *mask = find_mask(site, named, place->path);
    if (mask != NULL) {
        AUTO_BUF struct buf text = {0};
        buf_add_visible(&text, node_text(mask));
        mark.finder = PROGRAM_MASKED;
        mark.node = mask;
        mark.at = mask;
        mark.want = site_say(site, "%s", text.data);
        site_mark(site, mark);
        return;
    }
    if (is_forbidden(site, &place->status)) {
        mark.finder = PROGRAM_FORBIDDEN;
        mark.want = site_say(site, "%lu:%lu", (unsigned long)place->status.st_uid,
                             (unsigned long)place->status.st_gid);
        mark.more = site_say(site, "%03o", (unsigned)place->status.st_mode & 07777);
        site_mark(site, mark);
    }
    unsigned machine = site->host.fd >= 0 ? program_machine(&site->rootfs, place) : 0;
    if (machine != 0 && machine_refuses(&site->host, machine)) {
        mark.finder = PROGRAM_FOREIGN;
        mark.want = machine_name(machine);
        site_mark(site, mark);
        return;
    }
    check_interpreter(site, mark, place);
}

enum search_result {
    SEARCH_UNKNOWN, /* a mount may bring it */
    SEARCH_FOUND,
    SEARCH_DENIED, /* there is something that is not executable */
    SEARCH_MISSING,
};

static enum search_result look_at(struct site *site, const char *path,
                                  struct root_place *place)
{
    bool found = root_find(&site->rootfs, str_of(path), place);
    if (found)
        return program_is_executable(place) ? SEARCH_FOUND : SEARCH_DENIED;
    return root_lacks(place) ? SEARCH_MISSING : SEARCH_UNKNOWN;
}

/* The value of PATH in process.env: the last of that name, as in a process. */
static const char *find_path_variable(const struct site *site)
{
    const struct node *env = node_find(site->search->root, STR("/process/env"));
    const char *value = NULL;
    for (const struct node *node = node_first(env); node; node = node->next) {
        struct str text = node_text(node);
        if (text.len >= 5 && memcmp(text.at, "PATH=", 5) == 0)
            value = site_say(site, "%.*s", (int)text.len - 5, text.at + 5);
    }
    return value;
}

/* Looks for a bare name in the folders of PATH. */
static enum search_result search_path(struct site *site, const char *name,
                                      const char *folders, struct root_place *place,
                                      const char **named)
{
    enum search_result result = SEARCH_MISSING;
    for (const char *at = folders;; at++) {
        size_t len = strcspn(at, ":");
        if (at[0] == '/') {
            const char *path = site_say(site, "%.*s/%s", (int)len, at, name);
            enum search_result now = look_at(site, path, place);
            if (now != SEARCH_MISSING)
                *named = path;
            if (now == SEARCH_FOUND || now == SEARCH_UNKNOWN)
                return now;
            result = now < result ? now : result;
        } else if (len > 0) {
            result = SEARCH_UNKNOWN; /* crun goes from the working directory */
        }
        at += len;
        if (*at == '\0')
            return result;
    }
}

static void check_args(struct site *site, const struct node *program)
{
    struct str text = node_text(program);
    if (program->type != NODE_STRING || text.len == 0 ||
        memchr(text.at, '\0', text.len) != NULL)
        return; /* the shape says so */
    struct root_place place;
    const char *name = site_say(site, "%.*s", (int)text.len, text.at);
    const char *named = name;
    const char *folders = find_path_variable(site);
    struct mark mark = {.node = program, .more = ""};
    enum search_result result = SEARCH_MISSING;
    if (strchr(name, '/') == NULL) {
        if (folders != NULL)
            result = search_path(site, name, folders, &place, &named);
    } else {
        const struct node *cwd = node_find(site->search->root, STR("/process/cwd"));
        if (name[0] != '/')
            named = site_say(site, "%.*s/%s", cwd ? (int)node_text(cwd).len : 0,
                             cwd ? node_text(cwd).at : "", name);
        result = look_at(site, named, &place);
    }
    if (result == SEARCH_FOUND) {
        check_program(site, mark, named, &place);
    } else if (result == SEARCH_DENIED) {
        mark.finder = PROGRAM_DENIED;
        mark.have = named;
        mark.want = "is not executable";
        if (place.error == 0 && S_ISDIR(place.status.st_mode))
            mark.want = "is a directory";
        site_mark(site, mark);
    } else if (result == SEARCH_MISSING) {
        mark.finder = PROGRAM_MISSING;
        mark.have = name;
        if (strchr(name, '/') != NULL)
            mark.want = "is not in the rootfs";
        else if (folders != NULL)
            mark.want = site_say(site, "is in none of the folders of PATH (%s)", folders);
        else
            mark.want = "is not found, since process.env has no PATH";
        if (strchr(name, ' ') != NULL)
            mark.more =
                "; each word of a command is an element of args of its own, and a "
                "line for a shell goes behind /bin/sh -c";
        site_mark(site, mark);
    }
}

static void check_cwd(struct site *site, const struct node *cwd)
{
    struct root_place place;
    if (cwd == NULL || cwd->type != NODE_STRING || cwd->len == 0 ||
        node_text(cwd).at[0] != '/')
        return;
    bool found = root_find(&site->rootfs, node_text(cwd), &place);
    if ((found && !S_ISDIR(place.status.st_mode)) ||
        (!found && !place.unknown && place.error == ENOTDIR))
        site_mark(site, (struct mark){.finder = PROGRAM_FOLDER,
                                      .node = cwd,
                                      .have = site_say(site, "%s", place.path)});
    else if (!found && !place.unknown && place.error == ENOENT)
        site_mark(site, (struct mark){.finder = PROGRAM_NO_FOLDER,
                                      .node = cwd,
                                      .have = site_say(site, "%s", place.path)});
}

/* Those of startContainer run in the container, before its program (config.md#posix-
 * platform-hooks). */
static void check_hooks(struct site *site)
{
    const struct node *hooks =
        node_find(site->search->root, STR("/hooks/startContainer"));
    for (const struct node *hook = node_first(hooks); hook; hook = hook->next) {
        const struct node *path = node_get(hook, STR("path"));
        struct root_place place;
        if (path == NULL || path->type != NODE_STRING || path->len == 0 ||
            node_text(path).at[0] != '/')
            continue;
        struct mark mark = {.finder = PROGRAM_HOOK, .node = hook, .at = path};
        bool found = root_find(&site->rootfs, node_text(path), &place);
        if (found && program_is_executable(&place))
            continue;
        mark.want = found ? site_say(site, "%s is not executable", place.path)
                          : site_reason(site, &place);
        if (found || root_lacks(&place))
            site_mark(site, mark);
    }
}

void bundle_program_check(struct site *site)
{
    const struct node *process = node_get(site->search->root, STR("process"));
    const struct node *args = node_get(process, STR("args"));
    if (site->rootfs.fd < 0)
        return;
    if (args != NULL && args->type == NODE_ARRAY && args->child != NULL)
        check_args(site, args->child);
    check_cwd(site, node_get(process, STR("cwd")));
    check_hooks(site);
}
