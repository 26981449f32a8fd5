/* SPDX-License-Identifier: Apache-2.0
 *
 * What shape_check has to say: the marks with their words and repairs, one function for
 * each kind of remark.
 */
#ifndef SPECLINT_SHAPE_MARK_H
#define SPECLINT_SHAPE_MARK_H

#include "shape_check.h"
#include "shape_format.h"

/* The walk over one document. */
struct shape_walk {
    const struct search *search;
    struct marks *out;
    struct shape_version version;
    struct str declared; /* the version as it is written */
    unsigned platforms;  /* those that the document is for */
    enum release newest; /* the newest release that its members need */
};

/* A member that the object does not have. */
void shape_mark_unknown(struct shape_walk *walk, const struct shape_object *object,
                        const struct node *node);

/* A value of another type; `one` where it is a value in the list or map. */
void shape_mark_type(struct shape_walk *walk, const struct shape_member *member,
                     const struct node *node, bool one);

/* A member that is needed. */
void shape_mark_missing(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *object);

/* A list, map or object with nothing in it, or with too much. */
void shape_mark_empty(struct shape_walk *walk, const struct shape_member *member,
                      const struct node *node);
void shape_mark_crowded(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *node);

/* A text that is none of the set: a value, or the name of a member of a map. */
void shape_mark_word(struct shape_walk *walk, const struct shape_member *member,
                     const struct shape_set *set, const struct node *node, bool is_key);

/* A number outside of its type, or of its range. */
void shape_mark_range(struct shape_walk *walk, const struct shape_member *member,
                      const struct node *node, bool of_type);

/* What a format says. */
void shape_mark_remark(struct shape_walk *walk, const struct shape_member *member,
                       const struct node *node, bool is_key,
                       const struct shape_remark *remark);

/* A member or word that came after the version of the document. */
void shape_mark_newer(struct shape_walk *walk, enum release since,
                      const struct shape_member *member, const struct node *node);

void shape_mark_removed(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *node);
void shape_mark_deprecated(struct shape_walk *walk, const struct shape_member *member,
                           const struct node *node);
void shape_mark_platform(struct shape_walk *walk, const struct shape_member *member,
                         const struct node *node);
void shape_mark_null(struct shape_walk *walk, const struct shape_member *member,
                     const struct node *node);

/* The declared version, where it is no release; and at the end of the walk the version
 * that all marks of shape_mark_newer ask for. */
void shape_mark_version(struct shape_walk *walk, const struct node *node);
void shape_mark_versions(struct shape_walk *walk);

#endif
