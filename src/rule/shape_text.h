/* SPDX-License-Identifier: Apache-2.0
 *
 * Words, places and patches of what shape_check marks. All texts are in the arena of the
 * search.
 */
#ifndef SPECLINT_SHAPE_TEXT_H
#define SPECLINT_SHAPE_TEXT_H

#include "shape_mark.h"

const char *shape_text(struct shape_walk *walk, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A value as a message shows it: visible, and cut where it is long. */
const char *shape_text_value(struct shape_walk *walk, const struct node *node);

/* Where a node is, as a person writes it: process.rlimits[0].type */
const char *shape_text_place(struct shape_walk *walk, const struct node *node);

/* The section of the spec that has the member; NULL for no member. */
const char *shape_section(const struct shape_member *member);

/* Who finds what is demanded so. */
const char *shape_rule(enum shape_by by);

/* Adds a mark; says of a document that is older than 1.0.0 that it may have been right in
 * its time. */
void shape_add(struct shape_walk *walk, struct mark mark);

/* Patches of one operation, relative to the candidate: a value (JSON text) added or
 * replaced, a string in place of the candidate, the candidate removed, and a member of
 * the candidate's under another name. */
const char *shape_patch_value(struct shape_walk *walk, const char *op, const char *path,
                              struct str value);
const char *shape_patch_string(struct shape_walk *walk, struct str value);
const char *shape_patch_remove(void);
const char *shape_patch_rename(struct shape_walk *walk, const struct node *node,
                               struct str name);

bool shape_equal_case(struct str a, const char *b);

#endif
