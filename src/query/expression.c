/* SPDX-License-Identifier: Apache-2.0
 *
 * Logical expressions, and what makes them well-typed: RFC 9535 sections 2.3.5 and 2.4.3.
 */
#include "function.h"
#include "parser.h"

/* What was read where an operand may stand; what it may be used for is seen later. */
enum term_kind {
    TERM_LITERAL,
    TERM_QUERY,
    TERM_CALL,
    TERM_LOGICAL, /* has an operator, ! or parentheses: can be nothing else */
};

struct term {
    enum term_kind kind;
    uint32_t op;
    const char *start;
};

static bool parse_or(struct parser *parser, struct term *term);

static const struct query_function *function_of(const struct parser *parser,
                                                const struct term *term)
{
    return query_function_at((size_t)parser->ops[term->op].number[0]);
}

/* RFC 9535 2.4.3: a query is an existence test; a function must give a LogicalType. */
static bool check_test(struct parser *parser, const struct term *term)
{
    if (term->kind == TERM_LITERAL)
        return parser_fault(parser, term->start,
                            "a literal must be compared, as in @.a == 1");
    if (term->kind == TERM_CALL && function_of(parser, term)->result != QUERY_BOOLEAN)
        return parser_fault(parser, term->start,
                            "%s() gives a value, which must be compared",
                            function_of(parser, term)->name);
    return true;
}

static bool check_comparable(struct parser *parser, const struct term *term)
{
    if (term->kind == TERM_LOGICAL)
        return parser_fault(parser, term->start,
                            "an expression in parentheses or with ! cannot be compared");
    if (term->kind == TERM_QUERY && !parser->ops[term->op].type)
        return parser_fault(parser, term->start,
                            "a query that is compared takes one name or index at each "
                            "step, without blanks in the brackets; use value() or "
                            "count() for others");
    if (term->kind == TERM_CALL && function_of(parser, term)->result != QUERY_VALUE)
        return parser_fault(parser, term->start,
                            "%s() is true or false and cannot be compared",
                            function_of(parser, term)->name);
    return true;
}

/* RFC 9535 2.4.3, the well-typedness of arguments. */
static bool check_argument(struct parser *parser, const struct term *term,
                           const struct query_function *function, size_t place)
{
    size_t last = function->count - 1u;
    enum query_type wanted = function->parameters[place < last ? place : last];
    bool fits = false;
    const char *what = "";
    switch (wanted) {
    case QUERY_VALUE:
        fits =
            term->kind == TERM_LITERAL ||
            (term->kind == TERM_QUERY && parser->ops[term->op].type) ||
            (term->kind == TERM_CALL && function_of(parser, term)->result == QUERY_VALUE);
        what = "a value: a literal, a query that takes one name or index at each step, "
               "without blanks in the brackets, or a function";
        break;
    case QUERY_NODES:
        fits = term->kind == TERM_QUERY;
        what = "a query";
        break;
    case QUERY_BOOLEAN:
        fits = term->kind == TERM_LOGICAL || term->kind == TERM_QUERY ||
               (term->kind == TERM_CALL &&
                function_of(parser, term)->result == QUERY_BOOLEAN);
        what = "a logical expression";
        break;
    }
    if (!fits)
        return parser_fault(parser, term->start, "argument %zu of %s() must be %s",
                            place + 1, function->name, what);
    /* A list of nodes is kept from call to call; an absolute query has a slot anyway. */
    struct query_op *op = &parser->ops[term->op];
    return wanted != QUERY_NODES || op->type || op->slot != 0 ||
           parser_slot(parser, term->op);
}

static bool check_count(struct parser *parser, const char *start,
                        const struct query_function *function, size_t count)
{
    bool repeats = function->flags & QUERY_REPEATS;
    size_t least = function->count - (repeats ? 1u : 0u);
    if (count >= least && (repeats || count == least))
        return true;
    return parser_fault(parser, start, "%s() takes %s%zu argument%s, found %zu",
                        function->name, repeats ? "at least " : "", least,
                        least == 1 ? "" : "s", count);
}

/* function-expr, from behind the opening parenthesis. */
static bool parse_call(struct parser *parser, struct str name, struct term *term)
{
    size_t index;
    size_t count = 0;
    uint32_t last = 0;
    term->kind = TERM_CALL;
    if (!query_function_find(name, &index))
        return parser_fault(parser, term->start, "there is no function %.*s()",
                            (int)name.len, name.at);
    const struct query_function *function = query_function_at(index);
    term->op = parser_op(parser, CODE_CALL);
    parser->calls++;
    parser->ops[term->op].number[0] = (int64_t)index;
    if (!parser_slot(parser, term->op) || !parser_enter(parser))
        return false;
    parser_blank(parser);
    while (!parser_is(parser, ')')) {
        struct term argument;
        if (!parse_or(parser, &argument))
            return false;
        if (count ==
            (function->flags & QUERY_REPEATS ? QUERY_ARGUMENTS_MAX : function->count))
            return parser_fault(parser, argument.start,
                                "%s() takes no more than %zu argument%s", function->name,
                                count, count == 1 ? "" : "s");
        if (!check_argument(parser, &argument, function, count))
            return false;
        if (last == 0)
            parser->ops[term->op].child = argument.op;
        else
            parser->ops[last].next = argument.op;
        last = argument.op;
        count++;
        parser_blank(parser);
        if (parser_take(parser, ",")) {
            parser_blank(parser);
            if (parser_is(parser, ')'))
                return parser_expected(parser, "an argument");
        } else if (!parser_is(parser, ')')) {
            return parser_expected(parser, "a comma or )");
        }
    }
    parser->at++;
    parser_leave(parser);
    return check_count(parser, term->start, function, count);
}

/* true, false, null or a call: all begin with a small letter. */
static bool parse_word(struct parser *parser, struct term *term)
{
    static const struct {
        struct str word;
        enum node_type type;
    } literals[] = {
        {{"true", 4}, NODE_TRUE}, {{"false", 5}, NODE_FALSE}, {{"null", 4}, NODE_NULL}};
    const char *at = parser->at;
    while (at < parser->end &&
           ((*at >= 'a' && *at <= 'z') || *at == '_' || is_digit(*at)))
        at++;
    struct str word = {parser->at, (size_t)(at - parser->at)};
    if (at < parser->end && *at == '(') {
        parser->at = at + 1;
        return parse_call(parser, word, term);
    }
    for (size_t i = 0; i < sizeof literals / sizeof *literals; i++) {
        if (!str_equal(word, literals[i].word))
            continue;
        parser->at = at;
        term->kind = TERM_LITERAL;
        term->op = parser_op(parser, CODE_LITERAL);
        parser->ops[term->op].type = (uint8_t)literals[i].type;
        return true;
    }
    return parser_fault(parser, term->start,
                        "expected true, false, null or a function, found %.*s",
                        (int)word.len, word.at);
}

static bool parse_literal(struct parser *parser, struct term *term)
{
    char byte = parser_peek(parser);
    bool string = byte == '\'' || byte == '"';
    term->kind = TERM_LITERAL;
    term->op = parser_op(parser, CODE_LITERAL);
    parser->ops[term->op].type = string ? NODE_STRING : NODE_NUMBER;
    if (string)
        return parser_string(parser, term->op);
    if (!parser_number(parser, term->op))
        return false;
    struct query_op *op = &parser->ops[term->op];
    struct str text = {parser->strings.data + op->text, op->len};
    uint8_t scale = 0;
    op->number[0] = query_short_number(text, &op->number[2], &scale);
    op->number[1] = scale;
    return true;
}

/* What may stand alone, be compared, or be an argument. */
static bool parse_operand(struct parser *parser, struct term *term)
{
    char byte = parser_peek(parser);
    term->start = parser->at;
    if (byte == '@' || byte == '$') {
        term->kind = TERM_QUERY;
        return parser_query(parser, true, &term->op);
    }
    if (byte >= 'a' && byte <= 'z')
        return parse_word(parser, term);
    if (byte == '\'' || byte == '"' || byte == '-' || is_digit(byte))
        return parse_literal(parser, term);
    return parser_expected(parser, "a query ($ or @), a literal, a function, ! or (");
}

static bool parse_comparison_op(struct parser *parser, enum code *code)
{
    static const struct {
        const char *text;
        enum code code;
    } ops[] = {{"==", CODE_EQUAL},      {"!=", CODE_NOT_EQUAL},
               {"<=", CODE_LESS_EQUAL}, {">=", CODE_GREATER_EQUAL},
               {"<", CODE_LESS},        {">", CODE_GREATER}};
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (parser_take(parser, ops[i].text)) {
            *code = ops[i].code;
            return true;
        }
    }
    return false;
}

/* paren-expr, from the parenthesis on. */
static bool parse_parentheses(struct parser *parser, uint32_t *op)
{
    parser->at++;
    parser_blank(parser);
    if (!parser_enter(parser) || !parser_logical(parser, op))
        return false;
    parser_leave(parser);
    parser_blank(parser);
    if (!parser_take(parser, ")"))
        return parser_expected(parser, "&&, || or )");
    return true;
}

/* "!" applies to what stands in parentheses and to a test, never to a comparison. */
static bool parse_not(struct parser *parser, struct term *term)
{
    struct term operand;
    parser->at++;
    parser_blank(parser);
    term->op = parser_op(parser, CODE_NOT);
    if (parser_is(parser, '(')) {
        if (!parse_parentheses(parser, &operand.op))
            return false;
    } else if (!parse_operand(parser, &operand) || !check_test(parser, &operand)) {
        return false;
    }
    parser->ops[term->op].child = operand.op;
    return true;
}

static bool parse_basic(struct parser *parser, struct term *term)
{
    enum code code;
    struct term right;
    term->start = parser->at;
    term->kind = TERM_LOGICAL;
    if (parser_is(parser, '!')) {
        if (!parse_not(parser, term))
            return false;
    } else if (parser_is(parser, '(')) {
        if (!parse_parentheses(parser, &term->op))
            return false;
    } else if (!parse_operand(parser, term)) {
        return false;
    }
    const char *behind = parser->at;
    parser_blank(parser);
    if (!parse_comparison_op(parser, &code)) {
        parser->at = behind;
        return true;
    }
    parser_blank(parser);
    if (!check_comparable(parser, term) || !parse_operand(parser, &right) ||
        !check_comparable(parser, &right))
        return false;
    uint32_t comparison = parser_op(parser, code);
    parser->ops[comparison].child = term->op;
    parser->ops[term->op].next = right.op;
    term->op = comparison;
    term->kind = TERM_LOGICAL;
    return true;
}

typedef bool parse_fn(struct parser *parser, struct term *term);

/* A chain of operands. */
struct chain {
    uint32_t first;
    uint32_t last;
};

static void chain_add(struct parser *parser, struct chain *chain, uint32_t op)
{
    if (chain->first == 0)
        chain->first = op;
    else
        parser->ops[chain->last].next = op;
    chain->last = op;
}

/* Operands with an operator between them; a single operand stays what it is. The order in
 * which they are asked is free, as none has an effect: those that call functions cost
 * most and come last. */
static bool parse_list(struct parser *parser, struct term *term, parse_fn *operand,
                       const char *between, enum code code)
{
    struct chain plain = {0};
    struct chain calling = {0};
    struct term next;
    unsigned calls = parser->calls;
    if (!operand(parser, term))
        return false;
    next = *term;
    for (;;) {
        const char *behind = parser->at;
        parser_blank(parser);
        bool more = parser_take(parser, between);
        bool single = plain.first == 0 && calling.first == 0;
        if (!more)
            parser->at = behind;
        if (!more && single)
            return true;
        if (!check_test(parser, &next))
            return false;
        chain_add(parser, parser->calls > calls ? &calling : &plain, next.op);
        if (!more)
            break;
        parser_blank(parser);
        calls = parser->calls;
        if (!operand(parser, &next))
            return false;
    }
    if (calling.first != 0)
        chain_add(parser, &plain, calling.first);
    term->op = parser_op(parser, code);
    term->kind = TERM_LOGICAL;
    parser->ops[term->op].child = plain.first;
    return true;
}

static bool parse_and(struct parser *parser, struct term *term)
{
    return parse_list(parser, term, parse_basic, "&&", CODE_AND);
}

static bool parse_or(struct parser *parser, struct term *term)
{
    return parse_list(parser, term, parse_and, "||", CODE_OR);
}

bool parser_logical(struct parser *parser, uint32_t *op)
{
    struct term term;
    if (!parse_or(parser, &term) || !check_test(parser, &term))
        return false;
    *op = term.op;
    return true;
}
