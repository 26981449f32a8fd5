/* SPDX-License-Identifier: Apache-2.0
 *
 * A compiled query as C, so that queries known at build time need no parsing at run time.
 */
#include "op.h"
#include "query.h"

#include <inttypes.h>

enum { LINE_BYTES = 72 };

/* A string literal; bytes that are not plain ASCII in three octal digits, which no digit
 * behind them can lengthen. */
static void emit_string(const char *bytes, size_t len, struct buf *out)
{
    size_t line = 0;
    buf_addc(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        size_t before = out->len;
        if (byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\' || byte == '?')
            buf_addf(out, "\\%03o", byte);
        else
            buf_addc(out, (char)byte);
        line += out->len - before;
        if (line >= LINE_BYTES && i + 1 < len) {
            buf_adds(out, STR("\"\n    \""));
            line = 0;
        }
    }
    buf_addc(out, '"');
}

void query_emit(const struct query *query, const char *name, struct buf *definitions,
                struct buf *initializer)
{
    buf_addf(definitions, "static const struct query_op %s_ops[] = {\n", name);
    for (uint32_t i = 0; i < query->op_count; i++) {
        const struct query_op *op = &query->ops[i];
        buf_addf(definitions,
                 "    {%u, %u, %u, %" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %" PRIu32
                 ", %" PRIu32 "u, ",
                 op->code, op->type, op->slot, op->child, op->next, op->text, op->len,
                 op->hash);
        if (op->code == CODE_ROOT || op->code == CODE_CURRENT)
            buf_addf(definitions,
                     "{.needs = {%" PRIu32 "u, %" PRIu32 "u, %" PRIu32 "u, %" PRIu32
                     "u}}},\n",
                     op->needs[0], op->needs[1], op->needs[2], op->needs[3]);
        else
            buf_addf(definitions, "{{%" PRId64 ", %" PRId64 ", %" PRId64 "}}},\n",
                     op->number[0], op->number[1], op->number[2]);
    }
    buf_addf(definitions, "};\nstatic const char %s_strings[] =\n    ", name);
    emit_string(query->strings, query->strings_len, definitions);
    buf_adds(definitions, STR(";\n"));
    buf_addf(initializer, "{%s_ops, %s_strings, %" PRIu32 ", %" PRIu32 ", NULL}", name,
             name, query->op_count, query->strings_len);
}
