/* SPDX-License-Identifier: Apache-2.0 */
#include "skip.h"

#include "../testing.h"

static const char document[] =
    "{\"a\": [{\"n\": \"x\", \"t\": \"y\"}, {\"n\": \"x\"}, {\"n\": 1, \"n\": \"x\"}, "
    "{\"n\": \"x\", \"n\": 2}, {\"t\": \"x\"}, \"x\", \"y\", [1], [1], \"xy\"],"
    "\"b\": [\"x\", \"y\", 1],"
    "\"c\": {\"n\": \"x\", \"m\": \"xy\", \"o\": \"x\"},"
    "\"d\": [{\"n\": \"z\", \"n\": \"x\"}, {\"n\": \"x\", \"n\": \"z\"}, {\"n\": "
    "\"x\"}],"
    "\"e\": [{\"m\": \"x\", \"n\": \"x\"}, 1, 2, 1, null, null, true],"
    "\"f\": [\"CAP_DAC_OVERRIDE\", \"CAP_MAC_OVERRIDE\"], \"g\": [\"CAP_DAC_OVERRIDE\"]}";

/* What a filter passes over, how, and the places of what it selects. */
static const struct {
    const char *query;
    enum skip skip;
    const char *want;
} rows[] = {
    {"$.a[?@.n]", SKIP_MEMBER, "/a/0 /a/1 /a/2 /a/3 "},
    {"$.a[?!@.n]", SKIP_NOTHING, "/a/4 /a/5 /a/6 /a/7 /a/8 /a/9 "},
    {"$.a[?@.n == 'x']", SKIP_EQUAL, "/a/0 /a/1 /a/2 "},
    {"$.a[?@.n == 'absent']", SKIP_EQUAL, ""},
    {"$.a[?@.n == 2]", SKIP_NOTHING, "/a/3 "},
    {"$.a[?@.n != 'x']", SKIP_NOTHING, "/a/3 /a/4 /a/5 /a/6 /a/7 /a/8 /a/9 "},
    {"$.a[?@ == 'x' || @ == 'y']", SKIP_EQUAL, "/a/5 /a/6 "},
    {"$.a[?@ == 'absent' || @ == 'y']", SKIP_EQUAL, "/a/6 "},
    {"$.a[?@.t == 'y' || @.t == 'x' || @ == 'xy']", SKIP_EQUAL, "/a/0 /a/4 /a/9 "},
    {"$.a[?@ == 'x' || @[0] == 1]", SKIP_NOTHING, "/a/5 /a/7 /a/8 "},
    {"$.a[?@.t && (@.n == 'x' || @.t == 'x')]", SKIP_EQUAL, "/a/0 /a/4 "},
    {"$.a[?!@.t && @.n == 'x']", SKIP_EQUAL, "/a/1 /a/2 "},
    {"$.a[?!(@.n == 'x') && @.n]", SKIP_MEMBER, "/a/3 "},
    {"$.a[?match(@, 'x.*')]", SKIP_MATCH, "/a/5 /a/9 "},
    {"$.a[?match(@.n, 'x')]", SKIP_MATCH, "/a/0 /a/1 /a/2 "},
    {"$.a[?match(@, '.*y')]", SKIP_NOTHING, "/a/6 /a/9 "},
    {"$.c[?match(@, 'xy*')]", SKIP_MATCH, "/c/n /c/m /c/o "},
    {"$.a[?in_nodes(@, $.b[*])]", SKIP_IN, "/a/5 /a/6 "},
    {"$.a[?in_nodes(@.n, $.b[*])]", SKIP_IN, "/a/0 /a/1 /a/2 "},
    {"$.a[?!in_nodes(@, $.b[*])]", SKIP_NOT_IN,
     "/a/0 /a/1 /a/2 /a/3 /a/4 /a/7 /a/8 /a/9 "},
    {"$.a[?!in_nodes(@.n, $.b[*]) && @.n]", SKIP_MEMBER, "/a/3 "},
    {"$.a[?duplicate_of_earlier(@)]", SKIP_DUPLICATE, "/a/8 "},
    {"$.a[?duplicate_of_earlier(@, 'n')]", SKIP_DUPLICATE, "/a/1 /a/2 "},
    {"$.a[?duplicate_of_earlier(@, 'n', 't')]", SKIP_NOTHING, ""},
    {"$.c[?duplicate_of_earlier(@)]", SKIP_DUPLICATE, "/c/o "},
    {"$.e[?duplicate_of_earlier(@)]", SKIP_DUPLICATE, "/e/3 /e/5 "},
    {"$.e[?duplicate_of_earlier(@.n)]", SKIP_NOTHING, "/e/0 "},
    /* Two strings with the same node_text_hash. */
    {"$.f[?@ == 'CAP_DAC_OVERRIDE']", SKIP_EQUAL, "/f/0 "},
    {"$.f[?@ == $.g[0]]", SKIP_NOTHING, "/f/0 "},
    {"$.f[?in_nodes(@, $.g[*])]", SKIP_IN, "/f/0 "},
    {"$.f[?duplicate_of_earlier(@)]", SKIP_DUPLICATE, ""},
    /* Of repeated names the last counts. */
    {"$.d[?@.n == 'x']", SKIP_EQUAL, "/d/0 /d/2 "},
    {"$.d[?match(@.n, 'z')]", SKIP_MATCH, "/d/1 "},
    {"$.d[?in_nodes(@.n, $.b[*])]", SKIP_IN, "/d/0 /d/2 "},
    {"$.d[?!in_nodes(@.n, $.b[*])]", SKIP_NOT_IN, "/d/1 "},
    {"$.d[?duplicate_of_earlier(@, 'n')]", SKIP_DUPLICATE, "/d/2 "},
};

static enum skip skip_of(const struct query *query)
{
    uint32_t at = 1;
    while (query->ops[at].code != CODE_FILTER)
        at++;
    return (enum skip)query->ops[at].number[1];
}

START_TEST(selects)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf found = {0};
    struct query query;
    struct fault fault = {0};
    struct nodes nodes = {0};
    read_good(&doc, DOC_JSON, document);
    if (!query_parse(&query, str_of(rows[_i].query), QUERY_PATH, &fault))
        ck_abort_msg("%s: %s", rows[_i].query, fault.text);
    ck_assert_msg(skip_of(&query) == rows[_i].skip, "%s: %d", rows[_i].query,
                  skip_of(&query));
    struct query_session session = {.root = doc.root, .texts = &doc.texts};
    query_find(&session, &query, &(struct query){0}, &nodes);
    buf_add(&found, "", 0);
    for (size_t i = 0; i < nodes.count; i++) {
        node_pointer(nodes.items[i], &found);
        buf_addc(&found, ' ');
    }
    ck_assert_msg(str_equal(buf_str(&found), str_of(rows[_i].want)), "%s: %s",
                  rows[_i].query, found.data);
    query_session_release(&session);
    nodes_release(&nodes);
    query_release(&query);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("skip");
    add_rows(cases, selects, rows);
    return run_cases(cases);
}
