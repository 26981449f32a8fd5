/* SPDX-License-Identifier: Apache-2.0
 *
 * A patch (RFC 6902) with absolute pointers, and its operations made as edits on a text.
 *
 * One operation is one call on the text as it is then; the text is read again before the
 * next one. The functions add to `edits`, which are over some earlier text and have led
 * to that of `doc`. Existing values keep their neighbourhood: name, colon, comments,
 * everything but the value itself; new ones get the style of their neighbours.
 *
 * They fault when the pointer names no place of the tree, or one whose text is written in
 * a way that is not handled (YAML's "? key", an object without brackets in [a: b]).
 */
#ifndef SPECLINT_PATCH_H
#define SPECLINT_PATCH_H

#include "doc.h"
#include "edit.h"
#include "rule.h"

struct patch_op {
    enum op_kind kind;
    char *path;        /* RFC 6901; owned */
    char *from;        /* the same, NULL if the operation has none; owned */
    const char *value; /* JSON text, NULL if the operation has none; borrowed */
};

struct patch {
    struct patch_op *items;
    size_t count;
    size_t capacity;
};

/* Appends an operation; the pointers are copied. `from` and `value` may be NULL. */
void patch_append(struct patch *patch, enum op_kind kind, const char *path,
                  const char *from, const char *value);

/* Adds the patch as JSON text (RFC 6902 section 3). */
void patch_print(const struct patch *patch, struct buf *out);

void patch_release(struct patch *patch);
#define AUTO_PATCH __attribute__((cleanup(patch_release)))

/* Decodes a token of a pointer (RFC 6901 section 4: ~1 is a slash, ~0 a tilde), with a
 * NUL behind it, to be freed; NULL if it is not well-formed. */
char *patch_token(struct str token, size_t *len);

/* A pointer taken apart: the node of all but its last token, and that token. */
struct patch_place {
    const struct node *parent; /* NULL for the root itself */
    const struct node *node;   /* what is there; NULL if nothing is */
    char *token;               /* the last token, decoded; owned; NULL for the root */
    size_t token_len;
    uint32_t index; /* in an array: the place meant, at most its length */
};

/* Finds a pointer's place below `root`; false if it has none: no such parent, or an index
 * that is no number or beyond the end. */
bool patch_find(const struct node *root, const char *pointer, struct patch_place *place);
void patch_place_release(struct patch_place *place);
#define AUTO_PLACE __attribute__((cleanup(patch_place_release)))

/* What an operation is done to: one document of a text. */
struct change {
    const struct doc *doc;
    const struct node *root; /* of the document */
    struct str line_end;     /* for a text that has none to copy */
    struct edits *edits;
    struct fault *fault;
};

/* RFC 6902 section 4.1: adds a member or element, or replaces the member of that name. */
bool patch_add(struct change *change, const char *pointer, const struct node *value);

/* Section 4.3. */
bool patch_replace(struct change *change, const char *pointer, const struct node *value);

/* Section 4.2. */
bool patch_remove(struct change *change, const char *pointer);

/* Section 4.4 where the value stays in its object and only the name changes; nothing in
 * the object has the new name. */
bool patch_rename(struct change *change, const char *pointer, struct str name);

#endif
