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

#include <stdint.h>

enum code {
    CODE_NONE,

    /* Queries, with needs; child: the first segment; type: whether singular (RFC 9535
     * 2.3.5.1). */
    CODE_ROOT,
    CODE_CURRENT,

    /* Segments; child: the first selector; next: the next segment; type: whether without
     * blank space inside the brackets. */
    CODE_CHILD,
    CODE_DESCENDANT,

    /* Selectors; next: the next one of the segment. */
    CODE_NAME, /* text, hash */
    CODE_WILDCARD,
    CODE_INDEX,  /* number[0] */
    CODE_SLICE,  /* number[0..2] are start, end, step; type: enum slice_part */
    CODE_FILTER, /* child: a logical expression */

    /* Logical expressions; child: the first operand; next of an operand: the next. */
    CODE_OR,
    CODE_AND,
    CODE_NOT,
    CODE_EQUAL,
    CODE_NOT_EQUAL,
    CODE_LESS,
    CODE_LESS_EQUAL,
    CODE_GREATER,
    CODE_GREATER_EQUAL,

    /* type: enum node_type; text: the string or number; number: whether it is short, its
     * scale, its value (query_short_number) */
    CODE_LITERAL,
    CODE_CALL, /* number[0]: the function; child: the first argument */
};

enum slice_part {
    SLICE_START = 1 << 0, /* the part is given; step always is */
    SLICE_END = 1 << 1,
};

enum { OP_NEEDS = 4 };

struct query_op {
    uint8_t code; /* enum code */
    uint8_t type;
    uint16_t slot; /* from 1: what a run remembers of this operation; 0 for nothing */
    uint32_t child;
    uint32_t next;
    uint32_t text; /* `len` bytes of the strings, from here */
    uint32_t len;
    uint32_t hash; /* node_hash of the text of a name */
    union {
        int64_t number[3];
        /* Of a query inside an expression: hashes of texts (need.h), one of which is in
         * a document where it selects something. As many as are not 0; none: unknown. */
        uint32_t needs[OP_NEEDS];
    };
};

#endif
