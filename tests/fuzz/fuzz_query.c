/* SPDX-License-Identifier: Apache-2.0
 *
 * The first line is a query, the rest a document. What is parsed is run, as a path and as
 * a logical expression; what is selected must have a normalized path that selects it, and
 * be the same without the short ways of filters.
 */
#include "doc.h"
#include "need.h"
#include "pool.h"
#include "query.h"
#include "skip.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each step may multiply what the steps before select: that is what was asked for, but
 * too slow for a fuzzer. */
enum { STEPS_MAX = 6 };

static bool is_cheap(struct str query)
{
    unsigned steps = 0;
    for (size_t i = 0; i < query.len; i++)
        steps += query.at[i] == '*' || query.at[i] == '?' || query.at[i] == ':' ||
                 (query.at[i] == '.' && i + 1 < query.len && query.at[i + 1] == '.');
    return steps <= STEPS_MAX;
}

static void check_path(const struct node *node, const struct node *root)
{
    AUTO_BUF struct buf path = {0};
    struct query query;
    struct fault fault = {0};
    struct nodes found = {0};
    node_path(node, &path);
    if (!query_parse(&query, buf_str(&path), QUERY_PATH, &fault)) {
        fprintf(stderr, "%s: %u: %s\n", path.data, fault.column, fault.text);
        abort();
    }
    query_select(&query, root, root, &found);
    if (found.count != 1 || found.items[0] != node)
        abort();
    nodes_release(&found);
    query_release(&query);
}

/* Of two copies in a pool the second remembers where the first does. */
static void check_pool(const struct query *query)
{
    AUTO_BUF struct buf out = {0};
    struct query_pool pool = {0};
    uint32_t first;
    uint32_t second;
    if (!query_pool_add(&pool, query, &first, NULL) ||
        !query_pool_add(&pool, query, &second, NULL))
        abort();
    query_pool_emit(&pool, "fuzz", &out);
    query_pool_release(&pool);
}

static void compare(const struct nodes *found, const struct nodes *want)
{
    if (found->count != want->count ||
        (want->count > 0 &&
         memcmp(found->items, want->items, want->count * sizeof(*want->items)) != 0))
        abort();
}

/* Whether it is of no effect what filters pass over at once, and that texts are known. */
static void check_short_ways(const struct query *query, const struct node *root,
                             const struct texts *texts, const struct nodes *want)
{
    AUTO_FREE struct query_op *ops = mem_alloc(query->op_count, sizeof *ops);
    struct query plain = *query;
    struct nodes found = {0};
    memcpy(ops, query->ops, query->op_count * sizeof *ops);
    for (uint32_t i = 0; i < query->op_count; i++) {
        if (ops[i].code == CODE_FILTER)
            ops[i].number[1] = SKIP_NOTHING;
    }
    plain.ops = ops;
    query_select(&plain, root, root, &found);
    compare(&found, want);
    found.count = 0;
    struct query_session session = {.root = root, .texts = texts};
    query_find(&session, query, &(struct query){0}, &found);
    query_session_release(&session);
    compare(&found, want);
    nodes_release(&found);
}

static void run(struct str text, enum query_kind kind, const struct node *root,
                const struct doc *doc)
{
    struct query query;
    struct query whole;
    struct fault fault = {0};
    struct nodes found = {0};
    uint32_t needs[NEED_MAX];
    if (!query_parse(&query, text, kind, &fault)) {
        AUTO_BUF struct buf caret = {0};
        if (fault.column == 0 || fault.column > text.len + 1 || fault.text[0] == '\0')
            abort();
        query_fault_caret(text, &fault, &caret);
        return;
    }
    check_pool(&query);
    if (kind == QUERY_LOGICAL) {
        bool holds = query_test(&query, root, root);
        if (!query_parse(&whole, STR("$"), QUERY_PATH, &fault))
            abort();
        struct query_session session = {.root = root, .texts = &doc->texts};
        query_find(&session, &whole, &query, &found);
        query_session_release(&session);
        query_needs(&whole, &query, needs);
        query_release(&whole);
        if (found.count != holds || (holds && !need_met(&doc->texts, needs)))
            abort();
    } else {
        query_select(&query, root, root, &found);
        query_needs(&query, &(struct query){0}, needs);
        if (found.count > 0 && kind == QUERY_PATH && !need_met(&doc->texts, needs))
            abort();
        check_short_ways(&query, root, &doc->texts, &found);
        /* Of repeated names a path selects the last. */
        for (size_t i = 0; i < found.count && i < 8 && doc->duplicates == 0; i++)
            check_path(found.items[i], root);
    }
    nodes_release(&found);
    query_release(&query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    const char *line = size > 0 ? memchr(text.at, '\n', size) : NULL;
    struct fault fault = {0};
    struct buf bytes = {0};
    struct doc doc = {0};
    if (line == NULL)
        return 0;
    text.len = (size_t)(line - text.at);
    buf_add(&bytes, line + 1, size - text.len - 1);
    if (!is_cheap(text))
        buf_clear(&bytes);
    bool parsed = doc_parse(&doc, "fuzz", DOC_JSON, &bytes, &fault);
    struct node null = {.type = NODE_NULL};
    const struct node *root = parsed ? doc.root : &null;
    run(text, QUERY_PATH, root, &doc);
    run(text, QUERY_RELATIVE, root, &doc);
    run(text, QUERY_LOGICAL, root, &doc);
    if (parsed)
        doc_release(&doc);
    return 0;
}
