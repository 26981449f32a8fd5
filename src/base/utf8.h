/* SPDX-License-Identifier: Apache-2.0
 *
 * UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#ifndef SPECLINT_UTF8_H
#define SPECLINT_UTF8_H

#include <stdbool.h>
#include <stddef.h>

enum { UTF8_MAX = 4 };

/* The length in bytes of the character at `at`, of which `len` bytes are there, and its
 * code point; 0 where there is no well-formed character. */
size_t utf8_decode(const char *at, size_t len, unsigned *code_point);

/* Writes a code point (at most 0x10FFFF) and returns its length in bytes. */
size_t utf8_write(unsigned code_point, char out[static UTF8_MAX]);

/* The number of bytes before the first one that is not well-formed UTF-8; `len` when all
 * is well. */
size_t utf8_valid(const char *at, size_t len);

/* A character that must not reach a terminal as it is: C0, DEL and C1 controls, the line
 * and paragraph separators, and the bidirectional controls (Unicode 15, UAX #9). */
bool utf8_is_control(unsigned code_point);

#endif
