/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as their decimal text (RFC 8259 section 6), so that no digit is ever lost.
 */
#ifndef SPECLINT_NUMBER_H
#define SPECLINT_NUMBER_H

#include "mem.h"

#include <stdint.h>

/* <0, 0 or >0 as the exact value of `a` is below, equal to or above that of `b`. Both are
 * JSON numbers. Exact for any number of digits; exponents beyond +-2^60 count as 2^60. */
int number_compare(struct str a, struct str b);

/* Whether the number is a whole one, however written (1, 1.0, 10e-1). */
bool number_is_integer(struct str number);

/* The value, if it is a whole number in the range of the type; else false. */
bool number_int64(struct str number, int64_t *value);
bool number_uint64(struct str number, uint64_t *value);

#endif
