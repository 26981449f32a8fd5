/* SPDX-License-Identifier: Apache-2.0 */
#include "baseline.h"

#include "../testing.h"

#include <unistd.h>

static const struct rule rule = {.id = "a-rule", .area = "test", .message = ""};

/* A finding of the rule at each pointer; "" ends the list. */
static void find(struct findings *findings, const struct doc *doc,
                 const char *const *pointers)
{
    for (; *pointers != NULL; pointers++) {
        const struct node *at = node_find(doc->root, str_of(*pointers));
        ck_assert_ptr_nonnull(at);
        findings->items = mem_grow(findings->items, findings->count, &findings->capacity,
                                   sizeof *findings->items);
        findings->items[findings->count++] =
            (struct finding){.rule = &rule, .root = doc->root, .node = at, .at = at};
    }
}

/* What of a document's findings is left with the baseline of another one. */
static const struct {
    const char *name, *before, *after;
    const char *pointers[4];
    size_t left;
} rows[] = {
    {"the same", "{\"a\": 1}", "{\n\"a\":1}", {"/a"}, 0},
    {"another value", "{\"a\": 1}", "{\"a\": 2}", {"/a"}, 1},
    {"a number written otherwise", "{\"a\": 1}", "{\"a\": 1.0}", {"/a"}, 1},
    {"a new member of a named object",
     "{\"a\": {\"b\": 1}}",
     "{\"a\": {\"b\": 1, \"c\": 2}}",
     {"/a", ""},
     0},
    {"an object becomes a list", "{\"a\": {}}", "{\"a\": []}", {"/a"}, 1},
    {"an entry changes", "[{\"b\": 1}]", "[{\"b\": 2}]", {"/0"}, 1},
    {"an entry stays", "[{\"b\": 1}]", "[{\"b\": 1}, 2]", {"/0"}, 0},
    {"twice what was there once", "{\"a\": 1}", "{\"a\": 1}", {"/a", "/a"}, 0},
};

START_TEST(apply_row)
{
    struct baseline baseline = {0};
    struct findings before = {0}, after = {0};
    AUTO_DOC struct doc old = {0};
    AUTO_DOC struct doc new = {0};
    read_good(&old, DOC_JSON, rows[_i].before);
    read_good(&new, DOC_JSON, rows[_i].after);
    find(&before, &old, rows[_i].pointers);
    find(&after, &new, rows[_i].pointers);
    for (size_t i = 0; i < before.count; i++)
        baseline_add(&baseline, "a.json", &before.items[i]);
    baseline_sort(&baseline);
    baseline_apply(&baseline, "b.json", &after);
    ck_assert_uint_eq(after.count, before.count);
    baseline_apply(&baseline, "a.json", &after);
    ck_assert_msg(after.count == rows[_i].left, "%s: %zu", rows[_i].name, after.count);
    ck_assert_uint_eq(after.count + after.suppressed_count, before.count);
    findings_release(&before);
    findings_release(&after);
    baseline_release(&baseline);
}
END_TEST

/* An entry takes away one finding and no more. */
START_TEST(counts)
{
    struct baseline baseline = {0};
    struct findings findings = {0};
    const struct rule *rules[] = {&rule};
    const struct ruleset set = {.rules = rules, .count = 1};
    const struct lint_options options = {0};
    AUTO_DOC struct doc doc = {0};
    read_good(&doc, DOC_JSON, "{\"a\": 1, \"b\": 1}");
    find(&findings, &doc, (const char *const[]){"/a", "/a", NULL});
    baseline_add(&baseline, "x", &findings.items[0]);
    find(&findings, &doc, (const char *const[]){"/b", NULL});
    baseline_add(&baseline, "x", &findings.items[2]);
    findings.count = 2;
    baseline_sort(&baseline);
    baseline_apply(&baseline, "x", &findings);
    ck_assert_uint_eq(findings.count, 1);
    baseline_note(&baseline, "x", &findings, &set, &options);
    ck_assert(baseline.entries[0].seen && baseline.entries[0].used);
    ck_assert(baseline.entries[1].seen && !baseline.entries[1].used);
    findings_release(&findings);
    baseline_release(&baseline);
}
END_TEST

START_TEST(file)
{
    char path[] = "/tmp/speclint-baseline-XXXXXX";
    struct baseline baseline = {0}, again = {0};
    struct findings findings = {0};
    struct fault fault = {0};
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf text_again = {0};
    read_good(&doc, DOC_JSON, "{\"b\": 1, \"a\": {\"x/\\u001b\": 2}}");
    find(&findings, &doc, (const char *const[]){"/b", "/a/x~1\x1b", "", NULL});
    for (size_t i = 0; i < findings.count; i++)
        baseline_add(&baseline, i == 1 ? "a \"b\".json" : "z.json", &findings.items[i]);
    baseline_sort(&baseline);
    baseline_print(&baseline, &text);
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text.data, text.len), (ssize_t)text.len);
    close(fd);
    ck_assert_msg(baseline_load(&again, path, &fault), "%s", fault.text);
    baseline_print(&again, &text_again);
    ck_assert_str(buf_str(&text_again), buf_str(&text));
    ck_assert_str_eq(again.entries[0].path, "a \"b\".json");
    ck_assert_str_eq(again.entries[0].pointer, "/a/x~1\x1b");
    ck_assert_str_eq(again.entries[1].pointer, "");
    unlink(path);
    findings_release(&findings);
    baseline_release(&baseline);
    baseline_release(&again);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("baseline");
    add_rows(cases, apply_row, rows);
    tcase_add_test(cases, counts);
    tcase_add_test(cases, file);
    return run_cases(cases);
}
