/* SPDX-License-Identifier: Apache-2.0
 *
 * The two ways in which a container is written, for patch.h. `child` is in a container of
 * that way; an index is at most the number of children; `key.at` is NULL for an element.
 * All fault where the text is written in a way that is not handled.
 */
#ifndef SPECLINT_CHANGE_H
#define SPECLINT_CHANGE_H

#include "patch.h"
#include "style.h"

bool flow_insert(struct change *change, const struct node *container, uint32_t index,
                 struct str key, const struct node *value);
bool flow_remove(struct change *change, const struct node *child);
bool flow_replace(struct change *change, const struct node *old,
                  const struct node *value);

bool block_insert(struct change *change, const struct node *container, uint32_t index,
                  struct str key, const struct node *value);
bool block_remove(struct change *change, const struct node *child);
bool block_replace(struct change *change, const struct node *old,
                   const struct node *value);

/* Adds the edit of a span of the text. The edits of one change are made from the last to
 * the first, so that the offsets of those to come still hold. */
void change_edit(struct change *change, uint32_t start, uint32_t end, struct str text);

/* Faults at an offset of the text that is written in a way that is not handled. */
bool change_refuse(struct change *change, uint32_t at);

/* Adds the line end for a new line near `at`. */
void change_line_end(const struct change *change, uint32_t at, struct buf *out);

/* As style_learn, with a line end in any case. */
void change_style(const struct change *change, struct style *style,
                  const struct node *parent, struct str key, const struct node *old);

#endif
