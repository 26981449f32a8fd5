/* SPDX-License-Identifier: Apache-2.0
 *
 * How a reader builds the tree of its document: containers are opened and closed, nodes
 * are added to the one that is open, and parents, places, counts, the depth limit and
 * repeated names are seen to here, the same for every syntax.
 *
 *     struct tree tree = {.doc = doc};
 *     struct node *object = tree_add(&tree, NODE_OBJECT);
 *     if (!tree_open(&tree, object)) … too deep …
 *     struct node *member = tree_add(&tree, NODE_TRUE);
 *     tree_set_key(&tree, member, key);
 *     tree_close(&tree);
 *     tree_release(&tree);
 */
#ifndef SPECLINT_TREE_H
#define SPECLINT_TREE_H

#include "doc.h"

struct tree_frame {
    struct node *node; /* the open container */
    struct node *last; /* its newest child */
};

struct tree {
    struct doc *doc;
    struct tree_frame *frames; /* frames[depth - 1] is the innermost */
    size_t depth;
    size_t capacity;
    struct node *last_root;
    const struct node **members; /* scratch of the search for repeated names */
    size_t members_capacity;
};

/* A new node, zeroed but for its type, parent and index: appended to the innermost open
 * container, or a new root where none is open. */
struct node *tree_add(struct tree *tree, enum node_type type);

/* Gives a member its name, whose bytes live as long as the doc. */
void tree_set_key(struct tree *tree, struct node *member, struct str key);

/* Gives a scalar, whose type is set, its value: likewise. */
void tree_set_value(struct tree *tree, struct node *scalar, struct str value);

/* Opens a container that was added last. False beyond DOC_DEPTH_MAX. */
bool tree_open(struct tree *tree, struct node *container);

/* Closes the innermost container and flags its repeated names. Returns it. */
struct node *tree_close(struct tree *tree);

/* Frees what only the building needed; the nodes stay with the doc. */
void tree_release(struct tree *tree);

#define AUTO_TREE __attribute__((cleanup(tree_release)))

#endif
