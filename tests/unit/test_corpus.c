/* SPDX-License-Identifier: Apache-2.0
 *
 * Real documents: every one is read, and is the same after it was printed; every broken
 * one gives a fault with its place.
 */
#include "print.h"

#include "../testing.h"

#include <dirent.h>

#define CORPUS SPECLINT_SHARED "/corpus"

static struct dirent **documents;
static struct dirent **broken;

START_TEST(test_document)
{
    AUTO_DOC struct doc doc;
    AUTO_DOC struct doc again;
    AUTO_BUF struct buf path = {0};
    AUTO_BUF struct buf printed = {0};
    struct fault fault = {0};
    buf_addf(&path, CORPUS "/json/%s", documents[_i]->d_name);
    bool read = doc_load(&doc, path.data, &fault);
    ck_assert_msg(read, "%s:%u:%u: %s", path.data, fault.line, fault.column, fault.text);
    print_json(doc.root, &printed);
    read_good(&again, DOC_JSON, printed.data);
    ck_assert_msg(node_equal(doc.root, again.root), "%s", path.data);
    for (const struct node *node = doc.root; node; node = node_walk(node, doc.root)) {
        AUTO_DOC struct doc alone;
        if (node_is_container(node) && node->parent != NULL &&
            node->parent->parent != NULL)
            continue; /* seen as part of what is above; the scalars are read one by one */
        ck_assert(read_text(&alone, DOC_JSON, text_slice(&doc.text, node->span), NULL));
        ck_assert_msg(node_equal(node, alone.root), "%s: [%u, %u)", path.data,
                      node->span.start, node->span.end);
    }
}
END_TEST

START_TEST(test_broken)
{
    struct doc doc;
    AUTO_BUF struct buf path = {0};
    struct fault fault = {0};
    buf_addf(&path, CORPUS "/broken/%s", broken[_i]->d_name);
    ck_assert_msg(!doc_load(&doc, path.data, &fault), "%s was read", path.data);
    ck_assert_str_eq(fault.path, path.data);
    ck_assert_uint_gt(fault.line, 0);
    ck_assert_uint_gt(fault.column, 0);
    printf("%s:%u:%u: %s\n", broken[_i]->d_name, fault.line, fault.column, fault.text);
}
END_TEST

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void release(struct dirent **entries, int count)
{
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
}

int main(void)
{
    int count = scandir(CORPUS "/json", &documents, is_visible, alphasort);
    int broken_count = scandir(CORPUS "/broken", &broken, is_visible, alphasort);
    if (count <= 0 || broken_count <= 0) {
        printf("skipped: there is no " CORPUS "\n");
        return TEST_SKIPPED;
    }
    TCase *cases = tcase_create("corpus");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, test_document, 0, count);
    tcase_add_loop_test(cases, test_broken, 0, broken_count);
    int status = run_cases(cases);
    release(documents, count);
    release(broken, broken_count);
    return status;
}
