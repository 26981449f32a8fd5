/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns that text takes on a terminal.
 */
#ifndef SPECLINT_WIDTH_H
#define SPECLINT_WIDTH_H

#include "mem.h"

/* 2 for East Asian wide and full-width characters and emoji (Unicode 15, UAX #11: W and
 * F, by blocks), 0 for combining marks and joiners, else 1. */
unsigned width_of(unsigned code_point);

/* The sum over a text that is fit to print. */
size_t width_text(struct str text);

#endif
