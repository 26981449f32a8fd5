/* SPDX-License-Identifier: Apache-2.0
 *
 * What the unit tests share: how a suite is run, and documents from a text.
 */
#ifndef SPECLINT_TESTING_H
#define SPECLINT_TESTING_H

#include "doc.h"

#include <check.h>
#include <stdio.h>

/* The exit status by which a test says that it was skipped. */
enum { TEST_SKIPPED = 77 };

/* Adds a loop test over the rows of a table. */
#define add_rows(cases, test, table)                                                     \
    tcase_add_loop_test(cases, test, 0, (int)(sizeof(table) / sizeof(table)[0]))

#define ck_assert_str(got, want)                                                         \
    do {                                                                                 \
        struct str got_ = (got);                                                         \
        struct str want_ = (want);                                                       \
        ck_assert_msg(str_equal(got_, want_), "got  %.*s\nwant %.*s", (int)got_.len,     \
                      got_.at, (int)want_.len, want_.at);                                \
    } while (0)

/* Runs the cases in this process, so that a sanitizer or a debugger sees them; returns
 * the status of main. */
static inline int run_cases(TCase *cases)
{
    Suite *suite = suite_create("unit");
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

/* A document from a copy of a text; as doc_parse. */
static inline bool read_text(struct doc *doc, enum doc_syntax syntax, struct str text,
                             struct fault *fault)
{
    struct buf bytes = {0};
    buf_adds(&bytes, text);
    return doc_parse(doc, "text", syntax, &bytes, fault);
}

/* The same for a text that must be well. */
static inline void read_good(struct doc *doc, enum doc_syntax syntax, const char *text)
{
    struct fault fault = {0};
    bool read = read_text(doc, syntax, str_of(text), &fault);
    ck_assert_msg(read, "%u:%u: %s in %s", fault.line, fault.column, fault.text, text);
}

/* What the readers note of each name and string, whichever way it came in. */
static inline void check_hashes(const struct doc *doc)
{
    for (const struct node *root = doc->root; root; root = root->next) {
        for (const struct node *node = root; node; node = node_walk(node, root)) {
            bool string = node->type == NODE_STRING;
            uint32_t hash = string ? node_text_hash(node_text(node)) : 0;
            ck_assert_uint_eq(node->text_hash, hash);
            ck_assert(!string || texts_have(&doc->texts, hash));
            if (node->key == NULL)
                continue;
            ck_assert_uint_eq(node->key_hash, node_hash(node_key(node)));
            ck_assert(texts_have(&doc->texts, node->key_hash));
        }
    }
}

#endif
