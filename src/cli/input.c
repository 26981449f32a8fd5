/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"

#include "file.h"
#include "gitignore.h"
#include "repository.h"

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
    buf_clear(config);
    path_join(folder, "config.json", config);
    if (!file_read(config->data, &bytes, NULL, NULL))
        return false;
    if (input_may_be_spec(buf_str(&bytes)))
        return true;
    return doc_parse(&doc, config->data, DOC_JSON, &bytes, NULL) &&
           input_is_spec(&doc, false);
}

/* `real` is the folder's absolute path, for which `above` has the rules. */
static bool walk(struct inputs *inputs, const char *folder, const char *real,
                 const struct gitignore *above, struct fault *fault)
{
    AUTO_BUF struct buf config = {0};
    AUTO_GITIGNORE struct gitignore rules;
    struct dirent **entries;
    bool bundle = is_bundle(folder, &config);
    bool all = true;
    gitignore_load(&rules, above, real);
    int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0) {
        fault_set_path(fault, folder);
        return fault_set(fault, "cannot be read: %s", strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        AUTO_FREE struct dirent *entry = entries[i];
        AUTO_BUF struct buf path = {0};
        AUTO_BUF struct buf real_path = {0};
        struct stat status;
        if (!all || entry->d_name[0] == '.' ||
            (bundle && strcmp(entry->d_name, "rootfs") == 0))
            continue;
        path_join(folder, entry->d_name, &path);
        path_join(real, entry->d_name, &real_path);
        if (lstat(path.data, &status) != 0 ||
            (!S_ISDIR(status.st_mode) && !is_document_name(entry->d_name)) ||
            gitignore_matches(&rules, real_path.data, S_ISDIR(status.st_mode)))
            continue;
        if (S_ISDIR(status.st_mode))
            all = walk(inputs, path.data, real_path.data, &rules, fault);
        else if (S_ISREG(status.st_mode))
            add(inputs, path.data, true);
    }
    free(entries);
    return all;
}

/* Walks a tree with the rules of the folders above it, from the top of the repository. */
static bool walk_below(struct inputs *inputs, const char *folder, struct buf *top,
                       const char *real, const struct gitignore *above,
                       struct fault *fault)
{
    if (strcmp(top->data, real) == 0)
        return walk(inputs, folder, real, above, fault);
    AUTO_GITIGNORE struct gitignore rules;
    gitignore_load(&rules, above, top->data);
    const char *name = path_below(top->data, real);
    AUTO_BUF struct buf next = {0};
    AUTO_FREE char *step = mem_copy(name, strcspn(name, "/"));
    path_join(top->data, step, &next);
    return walk_below(inputs, folder, &next, real, &rules, fault);
}

static bool walk_tree(struct inputs *inputs, const char *folder, struct fault *fault)
{
    AUTO_FREE char *real = realpath(folder, NULL);
    AUTO_BUF struct buf top = {0};
    if (real == NULL) {
        fault_set_path(fault, folder);
        return fault_set(fault, "cannot be opened: %s", strerror(errno));
    }
    if (!repository_find(real, &top))
        return walk(inputs, folder, real, NULL, fault);
    return walk_below(inputs, folder, &top, real, NULL, fault);
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
    return walk_tree(inputs, argument, fault);
}

bool inputs_list(const char *list, struct buf *names, struct fault *fault)
{
    AUTO_BUF struct buf bytes = {0};
    size_t len = 0;
    if (!input_read(list, NULL, &bytes, NULL, fault))
        return false;
    struct str text = buf_str(&bytes);
    char end = memchr(text.at, '\0', text.len) != NULL ? '\0' : '\n';
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] != end) {
            len++;
            continue;
        }
        if (len > 0) {
            /* "-" is a file here. */
            if (len == 1 && text.at[i - 1] == '-')
                buf_adds(names, STR("./"));
            buf_add(names, text.at + i - len, len);
            buf_addc(names, '\0');
        }
        len = 0;
    }
    return true;
}

/* An input and the file that it is. */
struct identity {
    dev_t device;
    ino_t inode;
    size_t index;
};

static int compare_identities(const void *left, const void *right)
{
    const struct identity *a = left;
    const struct identity *b = right;
    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    if (a->inode != b->inode)
        return a->inode < b->inode ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* The inputs that are files or stdin, by identity. */
static size_t identify(const struct inputs *inputs, struct identity *identities)
{
    size_t count = 0;
    for (size_t i = 0; i < inputs->count; i++) {
        struct stat status = {0};
        const char *path = inputs->items[i].path;
        if (strcmp(path, "-") == 0 || stat(path, &status) == 0)
            identities[count++] = (struct identity){status.st_dev, status.st_ino, i};
    }
    if (count > 0)
        qsort(identities, count, sizeof *identities, compare_identities);
    return count;
}

static bool same_path(const char *a, const char *b)
{
    AUTO_FREE char *left = realpath(a, NULL);
    AUTO_FREE char *right = realpath(b, NULL);
    return strcmp(a, b) == 0 ||
           (left != NULL && right != NULL && strcmp(left, right) == 0);
}

/* Takes an input away if one before it is the same file. */
static void settle(struct inputs *inputs, const struct identity *group, size_t place)
{
    struct input *input = &inputs->items[group[place].index];
    for (size_t i = 0; i < place; i++) {
        struct input *other = &inputs->items[group[i].index];
        if (other->path == NULL || !same_path(other->path, input->path))
            continue;
        other->walked = other->walked && input->walked;
        free(input->path);
        input->path = NULL;
        return;
    }
}

void inputs_settle(struct inputs *inputs)
{
    AUTO_FREE struct identity *identities =
        mem_alloc(inputs->count + 1, sizeof *identities);
    size_t count = identify(inputs, identities);
    size_t kept = 0;
    for (size_t i = 0, first = 0; i < count; i++) {
        if (identities[i].device != identities[first].device ||
            identities[i].inode != identities[first].inode)
            first = i;
        if (i > first)
            settle(inputs, &identities[first], i - first);
    }
    for (size_t i = 0; i < inputs->count; i++) {
        if (inputs->items[i].path != NULL)
            inputs->items[kept++] = inputs->items[i];
    }
    inputs->count = kept;
}

char *input_real_path(const struct input *input, const char *stdin_name,
                      const char *current)
{
    const char *path = input->path;
    if (strcmp(path, "-") == 0 && stdin_name != NULL)
        path = stdin_name;
    char *real = path_real(path);
    if (real != NULL)
        return real;
    AUTO_BUF struct buf joined = {0};
    path_join(current, path, &joined);
    return mem_copy(joined.data, joined.len);
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
