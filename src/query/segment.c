/* SPDX-License-Identifier: Apache-2.0
 *
 * Queries, segments and selectors: RFC 9535 sections 2.1 to 2.3 and 2.5.
 */
#include "parser.h"

/* slice-selector = [start S] ":" S [end S] [":" [S step ]], from the first colon on. */
static bool parse_slice(struct parser *parser, uint32_t op)
{
    struct query_op slice = parser->ops[op];
    slice.code = CODE_SLICE;
    slice.number[2] = 1;
    parser->at++;
    parser_blank(parser);
    if (parser_is(parser, '-') || is_digit(parser_peek(parser))) {
        if (!parser_int(parser, &slice.number[1]))
            return false;
        slice.type |= SLICE_END;
        parser_blank(parser);
    }
    if (parser_take(parser, ":")) {
        parser_blank(parser);
        if ((parser_is(parser, '-') || is_digit(parser_peek(parser))) &&
            !parser_int(parser, &slice.number[2]))
            return false;
    }
    parser->ops[op] = slice;
    return true;
}

static bool parse_index_or_slice(struct parser *parser, uint32_t op)
{
    int64_t value;
    parser->ops[op].code = CODE_INDEX;
    if (!parser_is(parser, ':')) {
        if (!parser_int(parser, &value))
            return false;
        parser->ops[op].number[0] = value;
        parser->ops[op].type = SLICE_START;
        const char *behind = parser->at;
        parser_blank(parser);
        if (!parser_is(parser, ':')) {
            parser->at = behind;
            return true;
        }
    }
    return parse_slice(parser, op);
}

static bool parse_filter(struct parser *parser, uint32_t op)
{
    uint32_t expression;
    parser->ops[op].code = CODE_FILTER;
    parser->at++;
    parser_blank(parser);
    if (!parser_enter(parser) || !parser_logical(parser, &expression))
        return false;
    parser_leave(parser);
    parser->ops[op].child = expression;
    return true;
}

static bool parse_selector(struct parser *parser, uint32_t *op)
{
    char byte = parser_peek(parser);
    *op = parser_op(parser, CODE_NAME);
    if (byte == '\'' || byte == '"')
        return parser_string(parser, *op);
    if (byte == '?')
        return parse_filter(parser, *op);
    if (byte == '-' || byte == ':' || is_digit(byte))
        return parse_index_or_slice(parser, *op);
    if (!parser_take(parser, "*"))
        return parser_expected(
            parser, "a selector (a name in quotes, an index, a slice, * or ?)");
    parser->ops[*op].code = CODE_WILDCARD;
    return true;
}

/* bracketed-selection = "[" S selector *(S "," S selector) S "]"
 *
 * The name-segment and index-segment of a singular query have no blank space inside the
 * brackets (2.3.5.1): with some, the query is a query, but not a singular one. */
static bool parse_brackets(struct parser *parser, uint32_t segment)
{
    uint32_t last = 0;
    uint32_t selector;
    bool tight = true;
    do {
        const char *behind = ++parser->at;
        parser_blank(parser);
        tight = tight && parser->at == behind;
        if (!parse_selector(parser, &selector))
            return false;
        if (last == 0)
            parser->ops[segment].child = selector;
        else
            parser->ops[last].next = selector;
        last = selector;
        behind = parser->at;
        parser_blank(parser);
        tight = tight && parser->at == behind;
    } while (parser_is(parser, ','));
    parser->ops[segment].type = tight;
    if (!parser_take(parser, "]"))
        return parser_expected(parser, parser->ops[last].code == CODE_FILTER
                                           ? "&&, ||, a comma or ]"
                                           : "a comma or ]");
    return true;
}

static bool parse_segment(struct parser *parser, uint32_t *segment)
{
    bool descendant = parser_take(parser, "..");
    *segment = parser_op(parser, descendant ? CODE_DESCENDANT : CODE_CHILD);
    if (parser_is(parser, '['))
        return parse_brackets(parser, *segment);
    if (!descendant)
        parser->at++;
    bool wildcard = parser_take(parser, "*");
    uint32_t selector = parser_op(parser, wildcard ? CODE_WILDCARD : CODE_NAME);
    parser->ops[*segment].child = selector;
    parser->ops[*segment].type = true;
    return wildcard || parser_name(parser, selector);
}

/* RFC 9535 2.3.5.1: each segment takes one name or one index. */
static bool is_singular_segment(const struct parser *parser, uint32_t segment)
{
    const struct query_op *selector = &parser->ops[parser->ops[segment].child];
    return parser->ops[segment].code == CODE_CHILD && parser->ops[segment].type &&
           selector->next == 0 &&
           (selector->code == CODE_NAME || selector->code == CODE_INDEX);
}

bool parser_segments(struct parser *parser, uint32_t query, bool *singular)
{
    uint32_t last = 0;
    uint32_t segment;
    *singular = true;
    for (;;) {
        const char *behind = parser->at;
        parser_blank(parser);
        if (!parser_is(parser, '.') && !parser_is(parser, '[')) {
            parser->at = behind; /* the blank space is not the query's */
            return true;
        }
        if (!parse_segment(parser, &segment))
            return false;
        if (last == 0)
            parser->ops[query].child = segment;
        else
            parser->ops[last].next = segment;
        last = segment;
        if (is_singular_segment(parser, segment))
            continue;
        *singular = false;
        if (++parser->branches > QUERY_BRANCHES_MAX)
            return parser_fault(parser, behind, "more than %d steps select several nodes",
                                QUERY_BRANCHES_MAX);
    }
}

bool parser_query(struct parser *parser, bool nested, uint32_t *op)
{
    bool singular;
    bool root = parser_take(parser, "$");
    if (!root && !parser_take(parser, "@"))
        return parser_expected(parser, "$ or @");
    *op = parser_op(parser, root ? CODE_ROOT : CODE_CURRENT);
    if (!parser_segments(parser, *op, &singular))
        return false;
    parser->ops[*op].type = singular;
    return !(nested && root) || parser_slot(parser, *op);
}
