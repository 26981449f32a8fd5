/* SPDX-License-Identifier: Apache-2.0
 *
 * The comments of a YAML document: what is in no value and no name and begins with #.
 */
#ifndef SPECLINT_COMMENTS_H
#define SPECLINT_COMMENTS_H

#include "doc.h"

/* Each from its # to the end of its line, in the order of the text. {0} is empty. */
struct comments {
    struct span *items;
    size_t count;
    size_t capacity;
};

/* Adds all comments of a document; JSON has none. */
void comments_find(const struct doc *doc, struct comments *comments);

void comments_release(struct comments *comments);

#endif
