/* SPDX-License-Identifier: Apache-2.0 */
#include "query.h"

#include "need.h"
#include "parser.h"
#include "shortcut.h"
#include "utf8.h"

enum { NODES_FIRST = 32 }; /* most lists in a configuration are shorter */

void nodes_add(struct nodes *nodes, const struct node *node)
{
    if (nodes->count == nodes->capacity) {
        nodes->capacity = nodes->capacity > 0 ? nodes->capacity * 2 : NODES_FIRST;
        nodes->items = mem_resize(nodes->items, nodes->capacity, sizeof *nodes->items);
    }
    nodes->items[nodes->count++] = node;
}

void nodes_release(struct nodes *nodes)
{
    free(nodes->items);
    *nodes = (struct nodes){0};
}

/* Blank space may stand around a logical expression, as around the one of a filter, but
 * not around a query (RFC 9535 2.1.1). */
static bool parse_whole(struct parser *parser, enum query_kind kind, uint32_t *op)
{
    parser_op(parser, CODE_NONE);
    if (kind == QUERY_LOGICAL) {
        parser_blank(parser);
        if (!parser_logical(parser, op))
            return false;
        parser_blank(parser);
        if (parser->at < parser->end)
            return parser_expected(parser, "&&, || or the end");
    } else {
        if (kind == QUERY_PATH && !parser_is(parser, '$'))
            return parser_expected(parser, "$");
        if (!parser_query(parser, false, op))
            return false;
        if (parser->at < parser->end)
            return parser_expected(parser, "., .., [ or the end");
    }
    return true;
}

bool query_parse(struct query *query, struct str text, enum query_kind kind,
                 struct fault *fault)
{
    struct parser parser = {
        .start = text.at, .at = text.at, .end = text.at + text.len, .fault = fault};
    size_t valid = utf8_valid(text.at, text.len);
    *query = (struct query){0};
    if (text.len > UINT32_MAX)
        return parser_fault(&parser, text.at, "the query is longer than 4 GiB");
    if (valid < text.len)
        return parser_fault(&parser, text.at + valid, "expected UTF-8, found byte %02X",
                            (unsigned char)text.at[valid]);
    uint32_t entry;
    bool parsed = parse_whole(&parser, kind, &entry) && shortcut_mark(&parser, entry);
    if (parsed) {
        parser.ops[0].slot = (uint16_t)parser.slots;
        need_mark(parser.ops, parser.count, buf_str(&parser.strings).at);
        /* One piece of memory: the operations, then the strings. */
        size_t ops_len = parser.count * sizeof *parser.ops;
        char *memory = mem_alloc(1, ops_len + parser.strings.len + 1);
        memcpy(memory, parser.ops, ops_len);
        if (parser.strings.len > 0)
            memcpy(memory + ops_len, parser.strings.data, parser.strings.len);
        *query = (struct query){.ops = (struct query_op *)(void *)memory,
                                .strings = memory + ops_len,
                                .entry = entry,
                                .op_count = (uint32_t)parser.count,
                                .strings_len = (uint32_t)parser.strings.len,
                                .owned = memory};
    }
    free(parser.ops);
    buf_release(&parser.strings);
    return parsed;
}

void query_release(struct query *query)
{
    free(query->owned);
    *query = (struct query){0};
}

void query_fault_caret(struct str text, const struct fault *fault, struct buf *out)
{
    size_t before = fault->column > 0 ? fault->column - 1 : 0;
    if (before > text.len)
        before = text.len;
    size_t start = out->len;
    buf_add_visible(out, (struct str){text.at, before});
    /* The caret stands under a character: bytes that continue one take no place. */
    size_t width = 0;
    for (size_t i = start; i < out->len; i++)
        width += ((unsigned char)out->data[i] & 0xC0) != 0x80;
    buf_add_visible(out, (struct str){text.at + before, text.len - before});
    buf_addf(out, "\n%*s^\n", (int)width, "");
}
