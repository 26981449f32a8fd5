/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes to the JSON reader. What it refuses has a place; what it reads has places
 * inside the text and in order, and is the same when printed and read again.
 */
#include "doc.h"
#include "print.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_places(const struct doc *doc)
{
    uint32_t at = 0;
    for (const struct node *node = doc->root; node; node = node_walk(node, doc->root)) {
        require(node->span.start < node->span.end && node->span.end <= doc->text.len);
        require(node->span.start >= at);
        require(node->parent == NULL || node->span.end < node->parent->span.end);
        if (node->key != NULL) {
            require(node->key_span.start >= at && node->key_span.end <= node->span.start);
            require(doc->text.bytes[node->key_span.start] == '"');
            require(doc->text.bytes[node->key_span.end - 1] == '"');
        }
        at = node_is_container(node) ? node->span.start + 1 : node->span.end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct doc doc;
    struct doc again;
    struct fault fault = {0};
    struct buf bytes = {0};
    struct buf printed = {0};
    buf_add(&bytes, (const char *)data, size);
    if (!doc_parse(&doc, "fuzz", DOC_JSON, &bytes, &fault)) {
        require(fault.line > 0 && fault.column > 0 && fault.column <= size + 1);
        return 0;
    }
    check_places(&doc);
    print_json(doc.root, &printed);
    require(doc_parse(&again, "printed", DOC_JSON, &printed, NULL));
    require(node_equal(doc.root, again.root));
    require(again.duplicates == doc.duplicates);
    doc_release(&again);
    doc_release(&doc);
    return 0;
}
