/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of query_parse. Each parsing function starts at `at`, moves it behind what it
 * read, and sets the fault where it fails.
 */
#ifndef SPECLINT_PARSER_H
#define SPECLINT_PARSER_H

#include "op.h"
#include "query.h"

/* These bound every recursion on queries. */
enum {
    QUERY_DEPTH_MAX = 100,     /* filters, parentheses and calls inside each other */
    QUERY_BRANCHES_MAX = 1000, /* segments that may select several nodes */
};

struct parser {
    const char *start;
    const char *at;
    const char *end;
    struct query_op *ops;
    size_t count;
    size_t capacity;
    struct buf strings;
    unsigned depth;
    unsigned branches;
    unsigned slots;
    unsigned calls; /* function calls so far */
    struct fault *fault;
};

/* A new operation; its index. Pointers to operations move with it. */
uint32_t parser_op(struct parser *parser, enum code code);

/* Gives an operation memory of the run. */
bool parser_slot(struct parser *parser, uint32_t op);

/* Sets a fault at a place of the text; returns false. */
bool parser_fault(struct parser *parser, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As parser_fault at the present place: "expected WHAT, found …". */
bool parser_expected(struct parser *parser, const char *what);

/* Enters and leaves a level of nesting; false where it is too deep. */
bool parser_enter(struct parser *parser);
void parser_leave(struct parser *parser);

/* The next byte, 0 at the end. */
static inline char parser_peek(const struct parser *parser)
{
    return parser->at < parser->end ? *parser->at : '\0';
}

static inline bool parser_is(const struct parser *parser, char byte)
{
    return parser->at < parser->end && *parser->at == byte;
}

/* Moves behind the text if it is next. */
bool parser_take(struct parser *parser, const char *text);

/* S = *B */
void parser_blank(struct parser *parser);

/* The segments of a query, and whether they make it singular. */
bool parser_segments(struct parser *parser, uint32_t query, bool *singular);

/* logical-expr */
bool parser_logical(struct parser *parser, uint32_t *op);

/* filter-query: $ or @ and segments. `nested` for one inside a logical expression. */
bool parser_query(struct parser *parser, bool nested, uint32_t *op);

/* string-literal, into text and len of the operation. */
bool parser_string(struct parser *parser, uint32_t op);

/* member-name-shorthand, into text, len and hash of the operation. */
bool parser_name(struct parser *parser, uint32_t op);

/* number, into text and len of the operation. */
bool parser_number(struct parser *parser, uint32_t op);

/* int, within the range of exact integers of I-JSON (RFC 7493 section 2.2). */
bool parser_int(struct parser *parser, int64_t *value);

static inline bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

#endif
