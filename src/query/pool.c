/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include "op.h"

#include <inttypes.h>

enum { LINE_BYTES = 72 };

static struct str text_of(const struct query_pool *pool, const struct query_op *op)
{
    return (struct str){buf_str(&pool->strings).at + op->text, op->len};
}

static bool is_path(const struct query_op *op)
{
    return op->code == CODE_ROOT || op->code == CODE_CURRENT;
}

static bool is_operator(const struct query_op *op)
{
    return op->code == CODE_OR || op->code == CODE_AND || op->code == CODE_NOT;
}

static bool is_equality(const struct query_op *op)
{
    return op->code == CODE_EQUAL || op->code == CODE_NOT_EQUAL;
}

static bool same_op(const struct query_pool *pool, uint32_t a, uint32_t b);

static bool same_base(const struct query_pool *pool, const struct query_op *x,
                      const struct query_op *y)
{
    return (x->base == 0) == (y->base == 0) && same_op(pool, x->base, y->base);
}

/* Whether two operations are the same, apart from where they stand: those behind them do
 * not count. What a query needs follows from it. */
static bool same_op(const struct query_pool *pool, uint32_t a, uint32_t b)
{
    const struct query_op *x = &pool->ops[a];
    const struct query_op *y = &pool->ops[b];
    if (a == b)
        return true;
    if (x->code != y->code || x->type != y->type ||
        !str_equal(text_of(pool, x), text_of(pool, y)) ||
        (!is_path(x) && !is_equality(x) && !is_operator(x) && x->code != CODE_FILTER &&
         memcmp(x->number, y->number, sizeof x->number) != 0) ||
        (x->code == CODE_ROOT && !same_base(pool, x, y)))
        return false;
    a = x->child;
    b = y->child;
    while (a != 0 && b != 0 && same_op(pool, a, b)) {
        a = pool->ops[a].next;
        b = pool->ops[b].next;
    }
    return a == 0 && b == 0;
}

/* What gives the same for the whole run, or remembers what is the same for it. The list
 * of a query below @ is filled anew for each call, and two of one call must not share it.
 */
static bool is_shared(const struct query_op *op)
{
    return op->slot != 0 && op->code != CODE_CURRENT;
}

/* The slot of an earlier operation that is the same, or a new one. */
static bool give_slot(struct query_pool *pool, uint32_t at, struct fault *fault)
{
    for (uint32_t i = 1; is_shared(&pool->ops[at]) && i < at; i++) {
        if (is_shared(&pool->ops[i]) && same_op(pool, i, at)) {
            pool->ops[at].slot = pool->ops[i].slot;
            return true;
        }
    }
    if (pool->ops[0].slot == UINT16_MAX)
        return fault_set(fault, "there are too many functions and absolute queries; use "
                                "fewer in the rules");
    pool->ops[at].slot = ++pool->ops[0].slot;
    return true;
}

/* The place of a text in the strings, where it is added if it is not there. */
static uint32_t add_text(struct query_pool *pool, struct str text)
{
    struct str all = buf_str(&pool->strings);
    const char *there = memmem(all.at, all.len, text.at, text.len);
    if (there != NULL)
        return (uint32_t)(there - all.at);
    buf_adds(&pool->strings, text);
    return (uint32_t)all.len;
}

static void shift_test(struct query_op *op, uint32_t shift)
{
    if (op->yes != TEST_HOLDS && op->yes != TEST_FAILS)
        op->yes += shift;
    if (op->no != TEST_HOLDS && op->no != TEST_FAILS)
        op->no += shift;
    if ((is_operator(op) || op->code == CODE_FILTER) && op->number[0] != 0)
        op->number[0] += shift;
    if (op->code == CODE_AND && op->number[1] != 0)
        op->number[1] += shift;
}

static void add_op(struct query_pool *pool, struct query_op op)
{
    pool->ops = mem_grow(pool->ops, pool->count, &pool->capacity, sizeof *pool->ops);
    pool->ops[pool->count++] = op;
}

bool query_pool_add(struct query_pool *pool, const struct query *query, uint32_t *entry,
                    struct fault *fault)
{
    if (pool->count == 0)
        add_op(pool, (struct query_op){.code = CODE_NONE});
    uint32_t first = (uint32_t)pool->count;
    uint32_t shift = first - 1; /* the operation 0 of the query stays behind */
    for (uint32_t i = 1; i < query->op_count; i++) {
        struct query_op op = query->ops[i];
        op.child += op.child != 0 ? shift : 0;
        op.next += op.next != 0 ? shift : 0;
        shift_test(&op, shift);
        if (op.code == CODE_ROOT)
            op.base += op.base != 0 ? shift : 0;
        op.text = add_text(pool, (struct str){query->strings + op.text, op.len});
        if (is_equality(&op))
            op.want = add_text(pool, (struct str){query->strings + op.want, op.want_len});
        add_op(pool, op);
    }
    *entry = query->entry + shift;
    for (uint32_t i = first; i < pool->count; i++) {
        if (pool->ops[i].slot != 0 && !give_slot(pool, i, fault))
            return false;
    }
    return true;
}

struct query query_pool_at(const struct query_pool *pool, uint32_t entry)
{
    return (struct query){.ops = pool->ops,
                          .strings = buf_str(&pool->strings).at,
                          .entry = entry,
                          .op_count = (uint32_t)pool->count,
                          .strings_len = (uint32_t)pool->strings.len};
}

/* A string literal; bytes that are not plain ASCII in three octal digits, which no digit
 * behind them can lengthen. */
static void emit_string(struct str text, struct buf *out)
{
    size_t line = 0;
    buf_addc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        size_t before = out->len;
        if (byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\' || byte == '?')
            buf_addf(out, "\\%03o", byte);
        else
            buf_addc(out, (char)byte);
        line += out->len - before;
        if (line >= LINE_BYTES && i + 1 < text.len) {
            buf_adds(out, STR("\"\n    \""));
            line = 0;
        }
    }
    buf_addc(out, '"');
}

void query_pool_emit(const struct query_pool *pool, const char *name, struct buf *out)
{
    buf_addf(out, "static const struct query_op %s_ops[] = {\n", name);
    for (size_t i = 0; i < pool->count; i++) {
        const struct query_op *op = &pool->ops[i];
        buf_addf(out,
                 "    {%u, %u, %u, %" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %" PRIu32
                 ", %" PRIu32 "u, %" PRIu32 "u, %" PRIu32 "u, ",
                 op->code, op->type, op->slot, op->child, op->next, op->text, op->len,
                 op->hash, op->yes, op->no);
        if (is_path(op))
            buf_addf(out,
                     "{.needs = {%" PRIu32 "u, %" PRIu32 "u, %" PRIu32 "u, %" PRIu32
                     "u}, .base = %" PRIu32 "}},\n",
                     op->needs[0], op->needs[1], op->needs[2], op->needs[3], op->base);
        else if (is_equality(op))
            buf_addf(out,
                     "{.operands = %" PRIu32 ", .want = %" PRIu32 ", .want_len = %" PRIu32
                     ", .want_hash = %" PRIu32 "u}},\n",
                     op->operands, op->want, op->want_len, op->want_hash);
        else
            buf_addf(out, "{{%" PRId64 ", %" PRId64 ", %" PRId64 "}}},\n", op->number[0],
                     op->number[1], op->number[2]);
    }
    buf_addf(out, "};\nstatic const char %s_strings[] =\n    ", name);
    emit_string(buf_str(&pool->strings), out);
    buf_addf(out, ";\n#define %s(entry) {%s_ops, %s_strings, entry, %zu, %zu, NULL}\n",
             name, name, name, pool->count, pool->strings.len);
}

void query_pool_release(struct query_pool *pool)
{
    free(pool->ops);
    buf_release(&pool->strings);
    *pool = (struct query_pool){0};
}
