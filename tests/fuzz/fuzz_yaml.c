/* SPDX-License-Identifier: Apache-2.0 */
#include "../yaml_spans.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Every node is read alone, which takes the square of the text. */
enum { SPANS_MAX = 2000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct doc doc;
    struct fault fault = {0};
    struct buf bytes = {0};
    buf_add(&bytes, (const char *)data, size);
    if (!doc_parse(&doc, "fuzz", DOC_YAML, &bytes, &fault)) {
        if (fault.text[0] == '\0' || fault.line == 0 || fault.column == 0)
            abort();
        return 0;
    }
    const struct node *broken = size <= SPANS_MAX ? spans_find_broken(&doc) : NULL;
    if (broken != NULL) {
        fprintf(stderr, "the span %u to %u does not give its node\n", broken->span.start,
                broken->span.end);
        abort();
    }
    doc_release(&doc);
    return 0;
}
