/* SPDX-License-Identifier: Apache-2.0 */
#include "stage.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* An ELF file (System V gABI) that needs nothing to be executed, and does nothing. */
static const char elf[64] = "\177ELF\2\1\1";

static const char link_sign[] = "-> ";
static const char program_sign[] = "program: ";

bool stage_takes(struct str path)
{
    for (size_t i = 0; i < path.len;) {
        const char *part = path.at + i;
        const char *slash = memchr(part, '/', path.len - i);
        size_t len = slash ? (size_t)(slash - part) : path.len - i;
        if (len == 0 || (len == 1 && part[0] == '.') ||
            (len == 2 && memcmp(part, "..", 2) == 0) || memchr(part, '\0', len))
            return false;
        i += len + 1;
    }
    return path.len > 0 && path.at[path.len - 1] != '/';
}

static bool starts_with(struct str text, const char *sign)
{
    return text.len >= strlen(sign) && memcmp(text.at, sign, strlen(sign)) == 0;
}

/* Makes the folders of a path, and the last one too if it ends with a slash. */
static bool make_folders(struct buf *path, size_t from)
{
    for (size_t i = from; i < path->len; i++) {
        if (path->data[i] != '/')
            continue;
        path->data[i] = '\0';
        bool made = mkdir(path->data, 0755) == 0 || errno == EEXIST;
        path->data[i] = '/';
        if (!made)
            return false;
    }
    return true;
}

static bool make_file(const char *path, struct str text, mode_t mode)
{
    FILE *file = fopen(path, "wxe");
    bool made = file != NULL && fwrite(text.at, 1, text.len, file) == text.len;
    return file != NULL && fclose(file) == 0 && made && chmod(path, mode) == 0;
}

static bool make(const struct node *node, struct buf *path)
{
    struct str what = node_text(node);
    if (str_equal(what, STR("dir"))) {
        buf_addc(path, '/');
        return make_folders(path, 1);
    }
    if (!make_folders(path, 1))
        return false;
    if (starts_with(what, link_sign)) {
        size_t sign = sizeof link_sign - 1;
        AUTO_FREE char *target = mem_copy(what.at + sign, what.len - sign);
        return symlink(target, path->data) == 0;
    }
    if (str_equal(what, STR("program")))
        return make_file(path->data, (struct str){elf, sizeof elf}, 0755);
    if (str_equal(what, STR("private program")))
        return make_file(path->data, (struct str){elf, sizeof elf}, 0700);
    if (starts_with(what, program_sign)) {
        size_t sign = sizeof program_sign - 1;
        return make_file(path->data, (struct str){what.at + sign, what.len - sign}, 0755);
    }
    return make_file(path->data, str_equal(what, STR("file")) ? STR("") : what, 0644);
}

/* Makes the links, or all else. What is made through a link could be anywhere, so links
 * are last. */
static bool make_files(const char *folder, const struct node *files, bool links,
                       struct fault *fault)
{
    for (const struct node *node = node_first(files); node; node = node->next) {
        AUTO_BUF struct buf path = {0};
        if (starts_with(node_text(node), link_sign) != links)
            continue;
        buf_addf(&path, "%s/", folder);
        buf_adds(&path, node_key(node));
        if (!make(node, &path))
            return fault_set(fault, "%s cannot be made: %s", path.data, strerror(errno));
    }
    return true;
}

static bool parse(const char *text, struct doc *doc, struct fault *fault)
{
    AUTO_BUF struct buf bytes = {0};
    buf_adds(&bytes, str_of(text ? text : "{}"));
    return doc_parse(doc, "example", DOC_JSON, &bytes, fault);
}

static bool fill(struct stage *stage, const struct rule_example *example,
                 struct fault *fault)
{
    AUTO_DOC struct doc host = {0};
    AUTO_DOC struct doc bundle = {0};
    AUTO_BUF struct buf folder = {0};
    buf_addf(&folder, "%s%s", stage->folder, stage->bundle.folder);
    if (!parse(example->host, &host, fault) || !parse(example->bundle, &bundle, fault))
        return false;
    if (mkdir(folder.data, 0755) != 0)
        return fault_set(fault, "%s cannot be made: %s", folder.data, strerror(errno));
    return make_files(stage->folder, host.root, false, fault) &&
           make_files(folder.data, bundle.root, false, fault) &&
           make_files(stage->folder, host.root, true, fault) &&
           make_files(folder.data, bundle.root, true, fault);
}

bool stage_open(struct stage *stage, const struct rule_example *example,
                struct fault *fault)
{
    const char *temporary = getenv("TMPDIR");
    AUTO_BUF struct buf name = {0};
    *stage = (struct stage){0};
    if (example->bundle == NULL && example->host == NULL)
        return true;
    buf_addf(&name, "%s/speclint.XXXXXX", temporary && *temporary ? temporary : "/tmp");
    if (mkdtemp(name.data) == NULL)
        return fault_set(fault, "%s cannot be made: %s", name.data, strerror(errno));
    stage->folder = mem_copy(name.data, name.len);
    stage->bundle = (struct bundle){stage->folder, "/bundle", example->host != NULL};
    if (fill(stage, example, fault))
        return true;
    stage_close(stage);
    return false;
}

const struct bundle *stage_bundle(const struct stage *stage)
{
    return stage->folder ? &stage->bundle : NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

void stage_close(struct stage *stage)
{
    if (stage->folder != NULL)
        nftw(stage->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(stage->folder);
    *stage = (struct stage){0};
}
