/* SPDX-License-Identifier: Apache-2.0
 *
 * I-Regexp (RFC 9485): checked as such, and run as an automaton (iregexp_nfa.h) or, where
 * a pattern has none, by PCRE2 under limits, so that no pattern and no string can hang a
 * lint.
 */
#ifndef SPECLINT_IREGEXP_H
#define SPECLINT_IREGEXP_H

#include "buf.h"

/* Adds the pattern as PCRE2 has it; false where it is no I-Regexp. */
bool iregexp_translate(struct str pattern, struct buf *out);

/* A compiled pattern; immutable. */
struct iregexp;

/* NULL where the pattern is no I-Regexp or too large. */
struct iregexp *iregexp_compile(struct str pattern);
void iregexp_free(struct iregexp *regexp);

/* As iregexp_compile, from a table of the process that compiles each pattern once; the
 * result lives as long as the process. *full is set where the table has no room. Any
 * thread may call it. */
const struct iregexp *iregexp_shared(struct str pattern, bool *full);

/* How many bytes of a pattern stand for themselves at the begin of every whole match. */
size_t iregexp_prefix(struct str pattern);

enum iregexp_guess { IREGEXP_NO, IREGEXP_YES, IREGEXP_UNKNOWN };

/* What the plain text that a pattern begins with tells, at a fraction of the cost of
 * compiling it. Of a pattern that is no I-Regexp it says NO or UNKNOWN. */
enum iregexp_guess iregexp_guess(struct str pattern, struct str subject, bool whole);

/* What the matcher keeps from one call to the next; {0} at first. */
struct iregexp_memory {
    void *data;
    unsigned exhausted; /* matches that ran out of steps */
};

/* Whether the pattern matches the whole subject (RFC 9535 2.4.6, match) or a part of it
 * (2.4.7, search). An automaton reads a subject of any length. For PCRE2 a subject beyond
 * IREGEXP_SUBJECT_MAX bytes and a match beyond the step limit are no match, and after
 * IREGEXP_EXHAUSTED_MAX of the latter nothing is. */
bool iregexp_matches(const struct iregexp *regexp, struct str subject, bool whole,
                     struct iregexp_memory *memory);
void iregexp_memory_release(struct iregexp_memory *memory);

enum {
    /* A search starts again at each place, so its worst case is the square of this. */
    IREGEXP_SUBJECT_MAX = 64 * 1024,
    IREGEXP_PATTERN_MAX = 16 * 1024,
    IREGEXP_EXHAUSTED_MAX = 16,
};

#endif
