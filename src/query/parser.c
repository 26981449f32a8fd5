/* SPDX-License-Identifier: Apache-2.0 */
#include "parser.h"

#include "utf8.h"

uint32_t parser_op(struct parser *parser, enum code code)
{
    parser->ops =
        mem_grow(parser->ops, parser->count, &parser->capacity, sizeof *parser->ops);
    parser->ops[parser->count] = (struct query_op){.code = (uint8_t)code};
    return (uint32_t)parser->count++;
}

bool parser_slot(struct parser *parser, uint32_t op)
{
    if (parser->slots == UINT16_MAX)
        return parser_fault(parser, parser->at,
                            "too many functions and absolute queries; split the query");
    parser->ops[op].slot = (uint16_t)++parser->slots;
    return true;
}

bool parser_fault(struct parser *parser, const char *at, const char *format, ...)
{
    AUTO_BUF struct buf text = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&text, format, arguments);
    va_end(arguments);
    return fault_set_at(parser->fault, 1, (unsigned)(at - parser->start) + 1, "%s",
                        text.data);
}

bool parser_expected(struct parser *parser, const char *what)
{
    AUTO_BUF struct buf found = {0};
    unsigned code_point;
    size_t left = (size_t)(parser->end - parser->at);
    if (left == 0)
        return parser_fault(parser, parser->at, "expected %s, found the end", what);
    size_t len = utf8_decode(parser->at, left, &code_point);
    if (code_point == ' ')
        return parser_fault(parser, parser->at, "expected %s, found a blank", what);
    buf_add_visible(&found, (struct str){parser->at, len});
    return parser_fault(parser, parser->at, "expected %s, found '%s'", what, found.data);
}

bool parser_enter(struct parser *parser)
{
    if (parser->depth == QUERY_DEPTH_MAX)
        return parser_fault(parser, parser->at, "nested more than %d levels deep",
                            QUERY_DEPTH_MAX);
    parser->depth++;
    return true;
}

void parser_leave(struct parser *parser)
{
    parser->depth--;
}

bool parser_take(struct parser *parser, const char *text)
{
    size_t len = strlen(text);
    if ((size_t)(parser->end - parser->at) < len || memcmp(parser->at, text, len) != 0)
        return false;
    parser->at += len;
    return true;
}

void parser_blank(struct parser *parser)
{
    while (parser->at < parser->end && (*parser->at == ' ' || *parser->at == '\t' ||
                                        *parser->at == '\n' || *parser->at == '\r'))
        parser->at++;
}
