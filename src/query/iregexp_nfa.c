/* SPDX-License-Identifier: Apache-2.0 */
#include "iregexp_nfa.h"

#include <limits.h>

/* Copies that {n} makes, and groups inside each other, all in all. */
enum { ATOMS_MAX = 4 * NFA_POSITIONS };

/* Longer subjects are looked through before they are matched. */
enum { LOOK_MIN = 32 };

struct builder {
    struct iregexp_nfa *nfa;
    const char *at;
    const char *end;
    unsigned positions;
    unsigned atoms;
};

static bool parse_branches(struct builder *builder, struct nfa_part *part);

static bool next_is(const struct builder *builder, char byte)
{
    return builder->at < builder->end && *builder->at == byte;
}

static bool take(struct builder *builder, char byte)
{
    bool is = next_is(builder, byte);
    builder->at += is;
    return is;
}

static void link_positions(struct builder *builder, uint64_t from, uint64_t to)
{
    for (; from != 0; from &= from - 1)
        builder->nfa->follow[__builtin_ctzll(from)] |= to;
}

/* Puts a part behind another. */
static void append(struct builder *builder, struct nfa_part *part,
                   const struct nfa_part *next)
{
    link_positions(builder, part->last, next->first);
    part->first |= part->empty ? next->first : 0;
    part->last = next->last | (next->empty ? part->last : 0);
    part->must |= next->empty ? 0 : next->must;
    part->empty = part->empty && next->empty;
}

/* A plain character of the pattern, also one that \ makes plain. */
static bool parse_character(struct builder *builder, unsigned *symbol)
{
    bool escaped = take(builder, '\\');
    if (builder->at == builder->end || (unsigned char)*builder->at >= NFA_OTHER)
        return false;
    char byte = *builder->at++;
    if (escaped && (byte == 'p' || byte == 'P'))
        return false;
    if (!escaped && (byte == '^' || byte == '$'))
        return false;
    if (escaped)
        byte = byte == 'n' ? '\n' : byte == 'r' ? '\r' : byte == 't' ? '\t' : byte;
    *symbol = (unsigned char)byte;
    return true;
}

/* [ … ], from behind the bracket: the symbols of it. */
static bool parse_class(struct builder *builder, bool symbols[static NFA_OTHER + 1])
{
    bool negated = take(builder, '^');
    unsigned low;
    unsigned high;
    for (bool any = false; !any || !next_is(builder, ']'); any = true) {
        if (next_is(builder, '^') || next_is(builder, '$')) /* plain, behind the first */
            low = (unsigned char)*builder->at++;
        else if (!parse_character(builder, &low))
            return false;
        high = low;
        if (builder->end - builder->at >= 2 && builder->at[0] == '-' &&
            builder->at[1] != ']') {
            builder->at++;
            if (!parse_character(builder, &high))
                return false;
        }
        if (high < low)
            return false;
        memset(symbols + low, true, high - low + 1);
    }
    builder->at++;
    for (size_t i = 0; negated && i <= NFA_OTHER; i++)
        symbols[i] = !symbols[i];
    return true;
}

/* One position: a character, a class or a dot, which is no line end (RFC 9485 5.4). */
static bool parse_position(struct builder *builder, struct nfa_part *part)
{
    bool symbols[NFA_OTHER + 1] = {false};
    unsigned symbol;
    if (builder->positions == NFA_POSITIONS)
        return false;
    if (take(builder, '[')) {
        if (!parse_class(builder, symbols))
            return false;
    } else if (take(builder, '.')) {
        memset(symbols, true, sizeof symbols);
        symbols['\n'] = symbols['\r'] = false;
    } else if (parse_character(builder, &symbol)) {
        symbols[symbol] = true;
    } else {
        return false;
    }
    uint64_t position = (uint64_t)1 << builder->positions++;
    for (size_t i = 0; i <= NFA_OTHER; i++)
        builder->nfa->takers[i] |= symbols[i] ? position : 0;
    *part = (struct nfa_part){position, position, position, false};
    return true;
}

static bool parse_atom(struct builder *builder, struct nfa_part *part)
{
    if (builder->atoms++ == ATOMS_MAX)
        return false;
    if (take(builder, '('))
        return parse_branches(builder, part) && take(builder, ')');
    return parse_position(builder, part);
}

static bool parse_count(struct builder *builder, unsigned *count)
{
    *count = 0;
    while (builder->at < builder->end && *builder->at >= '0' && *builder->at <= '9') {
        *count = *count * 10 + (unsigned)(*builder->at++ - '0');
        if (*count > NFA_POSITIONS)
            return false;
    }
    return true;
}

/* {low}, {low,} or {low,high}, from behind the brace: as many copies of the atom. */
static bool parse_copies(struct builder *builder, const char *atom, struct nfa_part *part)
{
    unsigned low;
    unsigned high;
    bool endless = false;
    if (!parse_count(builder, &low))
        return false;
    high = low;
    if (take(builder, ',')) {
        endless = next_is(builder, '}');
        if (!parse_count(builder, &high) || (!endless && high < low))
            return false;
    }
    if (endless)
        high = low > 0 ? low : 1;
    const char *behind = builder->at + 1;
    struct nfa_part copy = *part;
    *part = (struct nfa_part){.empty = true};
    for (unsigned i = 0; i < high; i++) {
        builder->at = atom;
        if (i > 0 && !parse_atom(builder, &copy))
            return false;
        if (endless && i + 1 == high)
            link_positions(builder, copy.last, copy.first);
        copy.empty = copy.empty || i >= low;
        append(builder, part, &copy);
    }
    builder->at = behind;
    return true;
}

static bool parse_piece(struct builder *builder, struct nfa_part *part)
{
    const char *atom = builder->at;
    if (!parse_atom(builder, part))
        return false;
    if (take(builder, '{'))
        return parse_copies(builder, atom, part);
    if (take(builder, '?')) {
        part->empty = true;
    } else if (next_is(builder, '*') || next_is(builder, '+')) {
        link_positions(builder, part->last, part->first);
        part->empty = part->empty || *builder->at == '*';
        builder->at++;
    }
    return true;
}

static bool parse_branches(struct builder *builder, struct nfa_part *part)
{
    *part = (struct nfa_part){.must = UINT64_MAX};
    do {
        struct nfa_part branch = {.empty = true};
        while (builder->at < builder->end && !next_is(builder, '|') &&
               !next_is(builder, ')')) {
            struct nfa_part piece;
            if (!parse_piece(builder, &piece))
                return false;
            append(builder, &branch, &piece);
        }
        part->first |= branch.first;
        part->last |= branch.last;
        part->must &= branch.must;
        part->empty = part->empty || branch.empty;
    } while (take(builder, '|'));
    return true;
}

bool iregexp_nfa_build(struct iregexp_nfa *nfa, struct str pattern)
{
    struct builder builder = {
        .nfa = nfa, .at = pattern.at, .end = pattern.at + pattern.len};
    memset(nfa, 0, sizeof *nfa);
    return parse_branches(&builder, &nfa->whole) && builder.at == builder.end;
}

/* Whether each position that a match surely goes through has a character of the subject
 * that it takes: that is soon asked, and most subjects fail it. */
static bool may_match(const struct iregexp_nfa *nfa, struct str subject)
{
    uint64_t taken = 0;
    for (size_t i = 0; i < subject.len; i++) {
        unsigned char byte = (unsigned char)subject.at[i];
        taken |= nfa->takers[byte < NFA_OTHER ? byte : NFA_OTHER];
    }
    return (nfa->whole.must & ~taken) == 0;
}

bool iregexp_nfa_matches(const struct iregexp_nfa *nfa, struct str subject, bool whole)
{
    uint64_t reached = 0;
    if (nfa->whole.empty && (!whole || subject.len == 0))
        return true;
    if (subject.len > LOOK_MIN && !may_match(nfa, subject))
        return false;
    for (size_t i = 0; i < subject.len; i++) {
        unsigned char byte = (unsigned char)subject.at[i];
        if ((byte & 0xC0) == 0x80)
            continue; /* in a character that was taken at its first byte */
        uint64_t next = whole && i > 0 ? 0 : nfa->whole.first;
        for (; reached != 0; reached &= reached - 1)
            next |= nfa->follow[__builtin_ctzll(reached)];
        reached = next & nfa->takers[byte < NFA_OTHER ? byte : NFA_OTHER];
        if (whole && reached == 0)
            return false;
        if (!whole && (reached & nfa->whole.last) != 0)
            return true;
    }
    return whole && (reached & nfa->whole.last) != 0;
}
