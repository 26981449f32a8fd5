/* SPDX-License-Identifier: Apache-2.0
 *
 * The compiled form of queries: one flat array of operations and one string of texts,
 * linked by index, so that it can be printed as constant data of a program (pool.h). Only
 * the query floor and what query_pool_emit printed look inside.
 *
 * A query is one of the operations. ops[0] is none: its `slot` is the number of memory
 * slots that a run needs. A link of 0 is the end of a list.
 */
#ifndef SPECLINT_OP_H
#define SPECLINT_OP_H

#include <stdbool.h>
#include <stdint.h>

enum code {
    CODE_NONE,

    /* Queries, with needs; child: the first segment; type: whether singular (RFC 9535
     * 2.3.5.1); text, hash: the name of @.name, where hash is not 0. */
    CODE_ROOT, /* base: the query of the steps before `child`, if there are such */
    CODE_CURRENT,

    /* Segments; child: the first selector; next: the next segment; type: whether without
     * blank space inside the brackets; number[0]: whether this one and all behind it
     * select one node at most; text, hash: the name where that is its only selector and
     * hash is not 0. */
    CODE_CHILD,
    CODE_DESCENDANT,

    /* Selectors; next: the next one of the segment. */
    CODE_NAME, /* text, hash */
    CODE_WILDCARD,
    CODE_INDEX,  /* number[0] */
    CODE_SLICE,  /* number[0..2] are start, end, step; type: enum slice_part */
    CODE_FILTER, /* child: a logical expression; number[0]: its first test; number[1]:
                    enum skip (skip.h) */

    /* Logical expressions; child: the first operand; next of an operand: the next; type:
     * whether it is absolute, the same for every candidate. The tests in them, that is
     * all but the first three, lead on to each other: yes, no. */
    CODE_OR,    /* number[0]: the first test */
    CODE_AND,   /* likewise; number[1]: of one that is a whole expression, the first test
                   that is not absolute, behind all that are; 0 for none */
    CODE_NOT,   /* number[0]: the first test */
    CODE_EQUAL, /* this one and the next: operands, and what it has */
    CODE_NOT_EQUAL,
    CODE_LESS,
    CODE_LESS_EQUAL,
    CODE_GREATER,
    CODE_GREATER_EQUAL,

    /* type: enum node_type; text: the string or number; number: whether it is short, its
     * scale, its value (query_short_number) */
    CODE_LITERAL,
    /* number[0]: the function; number[1]: its short way (quick.h), from 1; number[2]: so
     * many bytes of the second argument the first begins with where a match() holds;
     * child: the first argument; type: as of an expression */
    CODE_CALL,
};

/* Comparisons that have a short way: with the literal of a string, `want`. */
enum operands {
    OPERANDS_ANY,
    OPERANDS_QUERY,     /* a query */
    OPERANDS_MEMBER,    /* @, or where hash is not 0 @.name, with `text` the name */
    OPERANDS_NORM_PATH, /* norm_path() of that, and a path that cleaning does not change
                         */
};

enum slice_part {
    SLICE_START = 1 << 0, /* the part is given; step always is */
    SLICE_END = 1 << 1,
};

enum { OP_NEEDS = 4 };

/* The ends of an expression. */
#define TEST_FAILS UINT32_C(0)
#define TEST_HOLDS UINT32_MAX

struct query_op {
    uint8_t code; /* enum code */
    uint8_t type;
    uint16_t slot; /* from 1: what a run remembers of this operation; 0 for nothing */
    uint32_t child;
    uint32_t next;
    uint32_t text; /* `len` bytes of the strings, from here */
    uint32_t len;
    uint32_t hash; /* node_hash of the text of a name */
    uint32_t yes;  /* the test after this one where it holds, */
    uint32_t no;   /* and where it does not; TEST_HOLDS, TEST_FAILS */
    union {
        int64_t number[3];
        struct {
            /* Of a query inside an expression: hashes of texts (need.h), one of which is
             * in a document where it selects something. As many as are not 0; none:
             * unknown. */
            uint32_t needs[OP_NEEDS];
            uint32_t base;
        };
        struct {
            uint32_t operands; /* enum operands */
            uint32_t want;     /* `want_len` bytes of the strings, from here */
            uint32_t want_len;
            uint32_t want_hash; /* node_text_hash */
        };
    };
};

/* Whether an expression, or what stands in one, is the same for every candidate. */
static inline bool op_is_absolute(const struct query_op *op)
{
    return op->code == CODE_ROOT || op->code == CODE_LITERAL ||
           (op->code != CODE_CURRENT && op->type);
}

#endif
