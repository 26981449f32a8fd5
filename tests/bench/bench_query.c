/* SPDX-License-Identifier: Apache-2.0
 *
 * What queries cost beside reading the document they run on. Each figure is the best of
 * many rounds, for noise only ever adds.
 */
#include "doc.h"
#include "query.h"

#include <stdio.h>
#include <time.h>

enum { BOOKS = 5000, ROUNDS = 60 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void make_store(struct buf *out)
{
    buf_adds(out, STR("{\n  \"store\": {\n    \"book\": [\n"));
    for (int i = 0; i < BOOKS; i++)
        buf_addf(out,
                 "      {\"category\": \"fiction\", \"author\": \"Author %d\", "
                 "\"title\": \"The book of number %d\", \"isbn\": \"0-%03d-%05d-3\", "
                 "\"price\": %d.%02d}%s\n",
                 i % 97, i, i % 1000, i, i % 24, i % 100, i + 1 < BOOKS ? "," : "");
    buf_adds(out, STR("    ],\n    \"bicycle\": {\"color\": \"red\", \"price\": 19.95}\n"
                      "  }\n}\n"));
}

static double time_reading(const struct buf *text)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        struct buf bytes = {0};
        struct doc doc;
        struct fault fault = {0};
        buf_adds(&bytes, buf_str(text));
        double start = now();
        if (!doc_parse(&doc, "store", DOC_JSON, &bytes, &fault)) {
            fprintf(stderr, "%s\n", fault.text);
            exit(1);
        }
        double took = now() - start;
        best = took < best ? took : best;
        doc_release(&doc);
    }
    return best;
}

static double time_query(const char *text, const struct node *root, size_t *count)
{
    double best = 1e9;
    struct query query;
    struct fault fault = {0};
    struct nodes found = {0};
    if (!query_parse(&query, str_of(text), QUERY_PATH, &fault)) {
        fprintf(stderr, "%s: %s\n", text, fault.text);
        exit(1);
    }
    for (int round = 0; round < ROUNDS; round++) {
        found.count = 0;
        double start = now();
        query_select(&query, root, root, &found);
        double took = now() - start;
        best = took < best ? took : best;
    }
    *count = found.count;
    nodes_release(&found);
    query_release(&query);
    return best;
}

int main(void)
{
    static const char *const queries[] = {
        "$.store.book[*].title",
        "$..title",
        "$.store.book[?@.price < 10].title",
    };
    AUTO_BUF struct buf text = {0};
    struct buf bytes = {0};
    AUTO_DOC struct doc doc;
    struct fault fault = {0};
    make_store(&text);
    buf_adds(&bytes, buf_str(&text));
    if (!doc_parse(&doc, "store", DOC_JSON, &bytes, &fault)) {
        fprintf(stderr, "%s\n", fault.text);
        return 1;
    }
    double reading = time_reading(&text);
    printf("%-36s %9.1f us  %zu bytes, %.0f MB/s\n", "reading the document", reading,
           text.len, (double)text.len / reading);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        size_t count;
        double took = time_query(queries[i], doc.root, &count);
        printf("%-36s %9.1f us  %zu nodes, %.3f of reading\n", queries[i], took, count,
               took / reading);
    }
    return 0;
}
