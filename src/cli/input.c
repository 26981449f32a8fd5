/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"

#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <strings.h>
#include <unistd.h>

static void add(struct inputs *inputs, const char *path, bool walked)
{
    inputs->items =
        mem_grow(inputs->items, inputs->count, &inputs->capacity, sizeof *inputs->items);
    inputs->items[inputs->count++] = (struct input){mem_copy(path, strlen(path)), walked};
}

static bool is_document_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL && (strcasecmp(dot, ".json") == 0 ||
                           strcasecmp(dot, ".yaml") == 0 || strcasecmp(dot, ".yml") == 0);
}

/* Whether the folder holds a config.json that is a spec, or that cannot be read as one
 * but names its version. */
static bool is_bundle(const char *folder, struct buf *config)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf bytes = {0};
    size_t len = strlen(folder);
    buf_clear(config);
    buf_addf(config, "%s%sconfig.json", folder,
             len > 0 && folder[len - 1] == '/' ? "" : "/");
    if (!file_read(config->data, &bytes, NULL, NULL))
        return false;
    if (input_may_be_spec(buf_str(&bytes)))
        return true;
    return doc_parse(&doc, config->data, DOC_JSON, &bytes, NULL) &&
           input_is_spec(&doc, false);
}

static bool walk(struct inputs *inputs, const char *folder, struct fault *fault)
{
    AUTO_BUF struct buf config = {0};
    struct dirent **entries;
    bool bundle = is_bundle(folder, &config);
    bool all = true;
    int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0) {
        fault_set_path(fault, folder);
        return fault_set(fault, "cannot be read: %s", strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        AUTO_FREE struct dirent *entry = entries[i];
        AUTO_BUF struct buf path = {0};
        struct stat status;
        if (!all || entry->d_name[0] == '.' ||
            (bundle && strcmp(entry->d_name, "rootfs") == 0))
            continue;
        buf_addf(&path, "%s/%s", folder, entry->d_name);
        if (lstat(path.data, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode))
            all = walk(inputs, path.data, fault);
        else if (S_ISREG(status.st_mode) && is_document_name(entry->d_name))
            add(inputs, path.data, true);
    }
    free(entries);
    return all;
}

bool inputs_add(struct inputs *inputs, const char *argument, struct fault *fault)
{
    AUTO_BUF struct buf config = {0};
    struct stat status;
    if (strcmp(argument, "-") == 0) {
        add(inputs, argument, false);
        return true;
    }
    if (stat(argument, &status) != 0) {
        fault_set_path(fault, argument);
        return fault_set(fault, "cannot be opened: %s", strerror(errno));
    }
    if (!S_ISDIR(status.st_mode)) {
        add(inputs, argument, false);
        return true;
    }
    if (is_bundle(argument, &config)) {
        add(inputs, config.data, false);
        return true;
    }
    return walk(inputs, argument, fault);
}

char *input_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return mem_copy(".", 1);
    return mem_copy(path, slash == path ? 1 : (size_t)(slash - path));
}

void inputs_release(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        free(inputs->items[i].path);
    free(inputs->items);
    *inputs = (struct inputs){0};
}

/* What comes without a name is JSON when it begins like an object or an array of JSON; a
 * flow mapping of YAML that is no JSON needs --stdin-filename. */
static enum doc_syntax guess_syntax(struct str text)
{
    size_t i = 0;
    while (i < text.len && memchr(" \t\r\n", text.at[i], 4) != NULL)
        i++;
    if (i == text.len || text.at[i] == '{' || text.at[i] == '[')
        return DOC_JSON;
    return DOC_YAML;
}

bool input_read(const char *path, const char *stdin_name, struct buf *bytes,
                struct stat *before, struct fault *fault)
{
    if (strcmp(path, "-") != 0)
        return file_read(path, bytes, before, fault);
    return file_read_fd(STDIN_FILENO, stdin_name ? stdin_name : path, bytes, before,
                        fault);
}

bool input_parse(const char *path, const char *stdin_name, struct buf *bytes,
                 struct doc *doc, struct fault *fault)
{
    bool from_stdin = strcmp(path, "-") == 0;
    const char *name = from_stdin && stdin_name ? stdin_name : path;
    enum doc_syntax syntax = doc_syntax_of(name);
    if (from_stdin && stdin_name == NULL)
        syntax = guess_syntax(buf_str(bytes));
    return doc_parse(doc, name, syntax, bytes, fault);
}

bool input_load(const char *path, const char *stdin_name, struct doc *doc,
                struct fault *fault)
{
    AUTO_BUF struct buf bytes = {0};
    *doc = (struct doc){0};
    return input_read(path, stdin_name, &bytes, NULL, fault) &&
           input_parse(path, stdin_name, &bytes, doc, fault);
}

bool input_may_be_spec(struct str bytes)
{
    return memmem(bytes.at, bytes.len, "ociVersion", strlen("ociVersion")) != NULL;
}

bool input_is_spec(const struct doc *doc, bool strict)
{
    static const char *const members[] = {
        "process", "root", "mounts",  "linux", "hooks",   "hostname",  "annotations",
        "windows", "vm",   "solaris", "zos",   "freebsd", "domainname"};
    if (node_get(doc->root, STR("ociVersion")) != NULL)
        return true;
    for (size_t i = 0; !strict && i < sizeof members / sizeof members[0]; i++) {
        if (node_get(doc->root, str_of(members[i])) != NULL)
            return true;
    }
    return false;
}
