/* SPDX-License-Identifier: Apache-2.0
 *
 * What a plain scalar means in the core schema of YAML 1.2 (section 10.3.2), and the
 * JSON text of its numbers. yes, no, on and off are strings there, and 012 is twelve.
 */
#ifndef SPECLINT_YAML_SCALAR_H
#define SPECLINT_YAML_SCALAR_H

#include "buf.h"

enum scalar_kind {
    SCALAR_STRING,
    SCALAR_NULL,
    SCALAR_FALSE,
    SCALAR_TRUE,
    SCALAR_INT,
    SCALAR_FLOAT,
    SCALAR_NOT_FINITE, /* .inf, .nan: numbers of YAML that JSON does not have */
};

enum {
    /* Digits of a 0o or 0x number: to make it decimal takes the square of them. */
    SCALAR_DIGITS_MAX = 1024,
};

enum scalar_kind scalar_kind(struct str text);

/* Adds the JSON text (RFC 8259 section 6) of a SCALAR_INT or SCALAR_FLOAT, with every
 * digit that counts: +012 is 12, 0x1F is 31, .5 is 0.5, 1. is 1.0. False, with nothing
 * added, for a 0o or 0x number of more than SCALAR_DIGITS_MAX digits. */
bool scalar_number(struct str text, struct buf *out);

#endif
