/* SPDX-License-Identifier: Apache-2.0
 *
 * What the arguments name: files, bundle folders, trees to walk, and - for stdin.
 */
#ifndef SPECLINT_INPUT_H
#define SPECLINT_INPUT_H

#include "doc.h"

struct input {
    char *path;  /* owned; "-" is stdin */
    bool walked; /* found in a tree: passed over unless its content is a spec */
};

struct inputs {
    struct input *items; /* in the order of the arguments, sorted within a tree */
    size_t count;
    size_t capacity;
};

/* Adds what one argument names: a file or "-" as it is; the config.json of a folder that
 * is a bundle; else every .json, .yaml and .yml file of the tree below a folder, without
 * hidden ones, symbolic links, what git ignores, and the root filesystems of bundles. */
bool inputs_add(struct inputs *inputs, const char *argument, struct fault *fault);

/* Reads a list of names, "-" from stdin: a line each, or with NUL behind each. What it
 * adds to `names` ends in NUL each; there are no empty ones. */
bool inputs_list(const char *list, struct buf *names, struct fault *fault);

/* Takes away what is named twice, also by a symbolic link. To be called once, when all
 * are added. */
void inputs_settle(struct inputs *inputs);

/* The absolute path of an input; of stdin that of `stdin_name` (NULL: "-"), in the folder
 * `current`. The caller frees it. */
char *input_real_path(const struct input *input, const char *stdin_name,
                      const char *current);

/* The folder that a file is in ("." for a bare name); the caller frees it. */
char *input_folder(const char *path);

void inputs_release(struct inputs *inputs);

/* Reads the bytes of an input; "-" is stdin, named `stdin_name` (NULL: "-") in faults. */
bool input_read(const char *path, const char *stdin_name, struct buf *bytes,
                struct stat *before, struct fault *fault);

/* Parses what input_read read; takes the bytes over, as doc_parse does. What comes from
 * stdin without a name is JSON where it begins like JSON, else YAML. */
bool input_parse(const char *path, const char *stdin_name, struct buf *bytes,
                 struct doc *doc, struct fault *fault);

/* Both. */
bool input_load(const char *path, const char *stdin_name, struct doc *doc,
                struct fault *fault);

/* Whether bytes could be a spec's at all: whether they name ociVersion. */
bool input_may_be_spec(struct str bytes);

/* Whether a document looks like an OCI runtime spec: its root is an object that has
 * ociVersion, or, where `strict` is not set, any other member of config.md. */
bool input_is_spec(const struct doc *doc, bool strict);

#endif
