/* SPDX-License-Identifier: Apache-2.0
 *
 * The anchors of a YAML document, and the aliases that stand for what they name: an alias
 * becomes a copy of the nodes, as many as DOC_ALIAS_NODES_MAX in a file.
 */
#ifndef SPECLINT_YAML_ANCHOR_H
#define SPECLINT_YAML_ANCHOR_H

#include "tree.h"

enum {
    /* Anchors of one document. They are searched from the last to the first, for at most
     * DOC_ALIAS_NODES_MAX aliases. */
    YAML_ANCHORS_MAX = 4096,
};

struct yaml_anchor;

/* Zeroed, but for the first three, which are borrowed. */
struct yaml_anchors {
    struct tree *tree; /* that the nodes are in, and the copies come to */
    struct text *text;
    struct fault *fault; /* of all that fails here */
    struct yaml_anchor *items;
    size_t count;
    size_t capacity;
    uint32_t alias_nodes; /* what the aliases of all documents stand for */
};

/* Names a node, from `at` of the text on. Faults beyond YAML_ANCHORS_MAX. */
bool yaml_anchors_add(struct yaml_anchors *anchors, const char *name, uint32_t at,
                      const struct node *node);

/* What the alias at `at` stands for: the node of the last anchor of that name. NULL, with
 * a fault, where there is none, or the alias would stand inside of it. */
const struct node *yaml_anchors_find(const struct yaml_anchors *anchors, struct str name,
                                     uint32_t at);

/* Makes `alias`, which was added to the tree last and stands at `at`, the same value as
 * `source`, with copies of all that is below. Faults beyond DOC_ALIAS_NODES_MAX and
 * DOC_DEPTH_MAX. */
bool yaml_anchors_copy(struct yaml_anchors *anchors, struct node *alias,
                       const struct node *source, uint32_t at);

/* Forgets the anchors of one document, for the next one. */
void yaml_anchors_clear(struct yaml_anchors *anchors);

void yaml_anchors_release(struct yaml_anchors *anchors);

#endif
