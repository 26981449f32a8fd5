/* SPDX-License-Identifier: Apache-2.0 */
#include "prove.h"

#include "json_patch.h"

#include <string.h>

/* JSON text to a value of ours or of jansson. */
typedef json_t *value_load(const char *text, size_t flags);

static json_t *load_ours(const char *text, size_t flags)
{
    (void)flags;
    AUTO_DOC struct doc doc = {0};
    struct buf bytes = {0};
    buf_adds(&bytes, str_of(text));
    return doc_parse(&doc, "", DOC_JSON, &bytes, NULL) ? value_of(doc.root) : NULL;
}

static json_t *load_jansson(const char *text, size_t flags)
{
    return json_loadb(text, strlen(text), flags, NULL);
}

/* As json_patch, with a value that is in an array so that it may become another one. */
static bool apply(json_t *values, uint32_t index, const struct patch *patch,
                  value_load *load, size_t flags)
{
    json_t *document = json_incref(json_array_get(values, index));
    bool done = document != NULL;
    for (size_t i = 0; done && i < patch->count; i++) {
        const struct patch_op *op = &patch->items[i];
        AUTO_JSON json_t *value = op->value != NULL ? load(op->value, flags) : NULL;
        done = (op->value == NULL || value != NULL) &&
               json_patch(&document, op->kind, op->path, op->from, value);
    }
    return json_array_set_new(values, index, document) == 0 && done;
}

bool prove_patch(json_t *values, uint32_t index, const struct patch *patch)
{
    return apply(values, index, patch, load_ours, 0);
}

static json_t *load_text(const struct doc *doc, size_t flags, json_error_t *error)
{
    json_t *value = json_loadb(doc->text.bytes, doc->text.len, flags, error);
    json_t *values = value != NULL ? json_array() : NULL;
    if (values != NULL)
        json_array_append_new(values, value);
    return values;
}

static bool prove_by_jansson(const struct doc *before, const struct doc *after,
                             const struct patch *patch, struct fault *fault)
{
    json_error_t error;
    size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL;
    AUTO_JSON json_t *want = load_text(before, flags, &error);
    if (want == NULL) { /* jansson has no integers above 2^63-1 */
        flags |= JSON_DECODE_INT_AS_REAL;
        want = load_text(before, flags, &error);
    }
    if (want == NULL)
        return fault_set(fault, "jansson cannot read the document: %s", error.text);
    AUTO_JSON json_t *got = load_text(after, flags, &error);
    if (got == NULL)
        return fault_set(fault, "jansson cannot read the edited text: %s", error.text);
    if (!apply(want, 0, patch, load_jansson, flags) || !json_equal(want, got))
        return fault_set(fault, "the edited text is not the patched value to jansson");
    return true;
}

bool prove(const struct doc *before, const struct doc *after, uint32_t index,
           const struct patch *patch, struct fault *fault)
{
    AUTO_JSON json_t *want = value_of_all(before);
    AUTO_JSON json_t *got = value_of_all(after);
    if (!prove_patch(want, index, patch) || !json_equal(want, got) ||
        after->duplicates > before->duplicates)
        return fault_set(fault, "the edited text is not the patched value");
    return before->syntax != DOC_JSON || prove_by_jansson(before, after, patch, fault);
}
