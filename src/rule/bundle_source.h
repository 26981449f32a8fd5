/* SPDX-License-Identifier: Apache-2.0
 *
 * What a mount brings: its source on the machine.
 */
#ifndef SPECLINT_BUNDLE_SOURCE_H
#define SPECLINT_BUNDLE_SOURCE_H

#include "site.h"

struct source {
    const struct node *mount;
    const struct node *node; /* its `source`; NULL without */
    bool bind;
    bool looked; /* `place` says what the machine has */
    bool found;
    struct root_place place;
    size_t destination_len; /* of the mount */
};

void source_find(struct site *site, const struct node *mount, struct source *source);

/* Adds the remarks on it. */
void source_check(struct site *site, const struct source *source);

#endif
