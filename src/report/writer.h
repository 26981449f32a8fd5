/* SPDX-License-Identifier: Apache-2.0
 *
 * A JSON text, written piece by piece: two spaces of indent, or a container in one line.
 * Patches carry integers that no JSON library holds, and reports are long, so neither
 * goes through a tree. Control characters are escaped, those above ASCII too, so that a
 * report can be shown on a terminal; bytes that are not UTF-8 (of a path) become U+FFFD.
 *
 *     struct writer writer = {.out = &out};
 *     writer_open(&writer, '{');
 *     writer_member_string(&writer, "rule", STR("sysfs-without-netns"));
 *     writer_close(&writer, '}');
 */
#ifndef SPECLINT_WRITER_H
#define SPECLINT_WRITER_H

#include "buf.h"

#include <stdint.h>

struct writer {
    struct buf *out;
    unsigned depth; /* of the containers that are open, or that `out` will stand in */
    unsigned flat;  /* the depth from which all is in one line; 0: nowhere */
    bool follows;   /* a value or member stands before, in the same container */
    bool named;     /* a name was written and its value was not */
};

/* Opens a container by its bracket; flat: all of it is in one line. */
void writer_open(struct writer *writer, char bracket);
void writer_open_flat(struct writer *writer, char bracket);
void writer_close(struct writer *writer, char bracket);

void writer_name(struct writer *writer, const char *name);

void writer_string(struct writer *writer, struct str text);
void writer_integer(struct writer *writer, uint64_t number);
void writer_boolean(struct writer *writer, bool value);

/* A value that is JSON text already. */
void writer_json(struct writer *writer, struct str json);

/* All that another writer with the right depth put into `items`, as an array. */
void writer_items(struct writer *writer, const struct buf *items);

void writer_member_string(struct writer *writer, const char *name, struct str text);
void writer_member_integer(struct writer *writer, const char *name, uint64_t number);

#endif
