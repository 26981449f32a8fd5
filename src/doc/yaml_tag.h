/* SPDX-License-Identifier: Apache-2.0
 *
 * The tags that JSON's values have in YAML (1.2, section 10.2), and what each fits.
 */
#ifndef SPECLINT_YAML_TAG_H
#define SPECLINT_YAML_TAG_H

#include "node.h"
#include "yaml_scalar.h"

struct yaml_tag {
    const char *name;    /* in full: "tag:yaml.org,2002:str" */
    const char *meaning; /* for a message: "a string" */
    unsigned kinds;      /* 1 << enum scalar_kind of the scalars it fits */
    enum node_type type; /* of all that it fits, or NODE_NULL where the scalar says it */
};

/* The tag of that full name, or NULL. */
const struct yaml_tag *yaml_tag_find(const char *name);

/* Adds a full name as it is written, "!!str". */
void yaml_tag_add_name(const char *name, struct buf *out);

#endif
