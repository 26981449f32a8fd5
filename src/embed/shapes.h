/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of rules/shape/ while the build makes C data of them. Nothing here returns
 * from a mistake in them: it is printed with its place, and the build ends.
 */
#ifndef SPECLINT_SHAPES_H
#define SPECLINT_SHAPES_H

#include "shape.h"

#include "doc.h"

enum { FILES_MAX = 16 };

struct shapes {
    struct doc docs[FILES_MAX];
    size_t count;
    const struct doc *doc; /* the one that is at work */
    struct buf out;
};

/* Ends the build for what is wrong with a node of the file at work. */
void shapes_fail(const struct shapes *shapes, const struct node *node, const char *format,
                 ...) __attribute__((noreturn, format(printf, 3, 4)));

/* The node of that name in the map `kind` of one of the files, or NULL. */
const struct node *shapes_find(const struct shapes *shapes, const char *kind,
                               struct str name);

/* Fails unless the node is a map whose members are among the names, each once; NULL ends
 * these. */
void shapes_check_members(const struct shapes *shapes, const struct node *object,
                          const char *const *names);

/* The text of a node, which must be a string. */
struct str shapes_text(const struct shapes *shapes, const struct node *node);

/* Add the initializer of the field `name`, of what a node says; a node that is NULL says
 * nothing (platforms: all). */
void shapes_add_text(struct shapes *shapes, const char *name, const struct node *node);
void shapes_add_flag(struct shapes *shapes, const char *name, const struct node *node);
void shapes_add_release(struct shapes *shapes, const char *name, struct str text,
                        const struct node *node);
void shapes_add_platforms(struct shapes *shapes, const struct node *node);
void shapes_add_aliases(struct shapes *shapes, const char *name, const struct node *map);

/* Adds the index of a list of names, by their hashes. */
void shapes_add_index(struct shapes *shapes, const struct node *list,
                      const uint32_t *hashes, size_t count);

/* Adds a name as part of a C name. */
void shapes_add_name(struct shapes *shapes, const char *before, struct str name);

/* Adds a set of words (shape_set.c). */
void shapes_add_set(struct shapes *shapes, const struct node *set);

#endif
