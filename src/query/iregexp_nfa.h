/* SPDX-License-Identifier: Apache-2.0
 *
 * I-Regexps as automata: each character or class of the pattern is a position, a set of
 * positions is a word of memory, and a match reads the subject once, whatever the pattern
 * (V. Glushkov, "The abstract theory of automata", 1961). That covers patterns of up to
 * 64 positions that are ASCII and have no ^, $ and \p; PCRE2 has the others.
 *
 *     struct iregexp_nfa nfa;
 *     if (iregexp_nfa_build(&nfa, pattern))
 *         found = iregexp_nfa_matches(&nfa, subject, false);
 */
#ifndef SPECLINT_IREGEXP_NFA_H
#define SPECLINT_IREGEXP_NFA_H

#include "mem.h"

#include <stdint.h>

enum {
    NFA_POSITIONS = 64,
    NFA_OTHER = 128, /* the symbol of all characters that are not ASCII */
};

/* Part of a pattern: where a match of it may begin and end, through which positions it
 * surely goes, and whether "" is one. */
struct nfa_part {
    uint64_t first;
    uint64_t last;
    uint64_t must;
    bool empty;
};

struct iregexp_nfa {
    struct nfa_part whole;
    uint64_t follow[NFA_POSITIONS]; /* by position: where a match goes on */
    uint64_t takers[NFA_OTHER + 1]; /* by symbol: the positions that take it */
};

/* Builds the automaton of a pattern that iregexp_translate() takes; false where it has
 * none, or where the pattern turns out to be faulty. */
bool iregexp_nfa_build(struct iregexp_nfa *nfa, struct str pattern);

/* Whether the whole UTF-8 subject, or a part of it, matches. */
bool iregexp_nfa_matches(const struct iregexp_nfa *nfa, struct str subject, bool whole);

#endif
