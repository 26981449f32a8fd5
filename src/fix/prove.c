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

/* The length of a pointer without its last token. */
static size_t parent_len(const char *pointer)
{
    const char *slash = strrchr(pointer, '/');
    return slash != NULL ? (size_t)(slash - pointer) : 0;
}

/* The length of the pointer, which all pointers of the patch begin with, to the innermost
 * array or object that holds all their places. */
static size_t scope_len(const struct patch *patch)
{
    const char *first = patch->items[0].path;
    size_t len = parent_len(first);
    for (size_t i = 0; i < patch->count; i++) {
        const char *pointers[] = {patch->items[i].path, patch->items[i].from};
        for (unsigned k = 0; k < 2 && pointers[k] != NULL; k++)
            while (len > 0 && (len > parent_len(pointers[k]) || pointers[k][len] != '/' ||
                               memcmp(first, pointers[k], len) != 0))
                while (len > 0 && first[--len] != '/')
                    ;
    }
    return len;
}

/* Does all operations, whose pointers go on behind `scope`, to a value. */
static bool apply(json_t **document, const struct patch *patch, size_t scope,
                  value_load *load, size_t flags)
{
    for (size_t i = 0; i < patch->count; i++) {
        const struct patch_op *op = &patch->items[i];
        AUTO_JSON json_t *value = op->value != NULL ? load(op->value, flags) : NULL;
        if ((op->value != NULL && value == NULL) ||
            !json_patch(document, op->kind, op->path + scope,
                        op->from != NULL ? op->from + scope : NULL, value))
            return false;
    }
    return true;
}

bool prove_applies(const struct node *root, const struct patch *patch)
{
    if (patch->count == 0)
        return false;
    const struct patch_op *first = &patch->items[0];
    size_t scope = scope_len(patch);
    /* What goes or is replaced by itself needs no look at its neighbours. */
    if (patch->count == 1 && (first->kind == OP_REMOVE || first->kind == OP_REPLACE))
        scope = strlen(first->path);
    const struct node *node = node_find(root, (struct str){first->path, scope});
    if (patch->count == 1 && first->kind == OP_REMOVE)
        return node != NULL && node->parent != NULL;
    if (node == NULL)
        return false;
    AUTO_JSON json_t *before = value_of(node);
    AUTO_JSON json_t *after = json_deep_copy(before);
    return apply(&after, patch, scope, load_ours, 0) && !json_equal(before, after);
}

/* Whether two trees are the same, but for `scope` of the first, which is not looked into;
 * sets `found` to what stands in its place. */
static bool same_but(const struct node *a, const struct node *b, const struct node *scope,
                     const struct node **found)
{
    if (a->key_len != b->key_len || !str_equal(node_key(a), node_key(b)))
        return false;
    if (a == scope) {
        *found = b;
        return true;
    }
    if (a->type != b->type || a->len != b->len || !str_equal(node_text(a), node_text(b)))
        return false;
    const struct node *other = b->child;
    for (const struct node *child = a->child; child != NULL; child = child->next) {
        if (other == NULL || !same_but(child, other, scope, found))
            return false;
        other = other->next;
    }
    return other == NULL;
}

static json_t *load_slice(const struct doc *doc, const struct node *node, size_t flags,
                          json_error_t *error)
{
    struct str text = text_slice(&doc->text, node->span);
    return json_loadb(text.at, text.len, flags, error);
}

static bool prove_with(const struct doc *before, const struct node *old,
                       const struct doc *after, const struct node *new,
                       const struct patch *patch, size_t flags, struct fault *fault)
{
    json_error_t error;
    AUTO_JSON json_t *want = load_slice(before, old, flags, &error);
    if (want == NULL)
        return fault_set(fault, "jansson cannot read the document: %s", error.text);
    AUTO_JSON json_t *got = load_slice(after, new, flags, &error);
    if (got == NULL)
        return fault_set(fault, "jansson cannot read the edited text: %s", error.text);
    if (!apply(&want, patch, scope_len(patch), load_jansson, flags) ||
        !json_equal(want, got))
        return fault_set(fault, "the edited text is not the patched value to jansson");
    return true;
}

enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL };

/* In JSON a value may be replaced by a value wherever it stands (RFC 8259 section 2), so
 * it is enough that the bytes around it are the same. */
static bool prove_by_jansson(const struct doc *before, const struct node *old,
                             const struct doc *after, const struct node *new,
                             const struct patch *patch, struct fault *fault)
{
    struct str old_head = text_slice(&before->text, (struct span){0, old->span.start});
    struct str new_head = text_slice(&after->text, (struct span){0, new->span.start});
    struct str old_tail =
        text_slice(&before->text, (struct span){old->span.end, before->text.len});
    struct str new_tail =
        text_slice(&after->text, (struct span){new->span.end, after->text.len});
    if (!str_equal(old_head, new_head) || !str_equal(old_tail, new_tail))
        return fault_set(fault, "the text around the change is another one");
    /* Again with all integers as reals, for jansson has none above 2^63-1. Every digit
     * was compared before. */
    return prove_with(before, old, after, new, patch, FLAGS, NULL) ||
           prove_with(before, old, after, new, patch, FLAGS | JSON_DECODE_INT_AS_REAL,
                      fault);
}

bool prove(const struct doc *before, const struct doc *after, uint32_t index,
           const struct patch *patch, struct fault *fault)
{
    size_t scope = scope_len(patch);
    const struct node *old = NULL, *new = NULL;
    const struct node *b = after->root;
    bool same = after->duplicates <= before->duplicates;
    for (const struct node *a = before->root; same && a != NULL; a = a->next) {
        if (a->index == index)
            old = node_find(a, (struct str){patch->items[0].path, scope});
        same = b != NULL && same_but(a, b, a->index == index ? old : NULL, &new);
        b = b != NULL ? b->next : NULL;
    }
    if (!same || b != NULL || new == NULL)
        return fault_set(fault, "more than the patch says is changed");
    AUTO_JSON json_t *want = value_of(old);
    AUTO_JSON json_t *got = value_of(new);
    if (!apply(&want, patch, scope, load_ours, 0) || !json_equal(want, got))
        return fault_set(fault, "the edited text is not the patched value");
    return before->syntax != DOC_JSON ||
           prove_by_jansson(before, old, after, new, patch, fault);
}

bool prove_readable(const struct doc *doc, struct fault *fault)
{
    json_error_t error;
    if (doc->syntax != DOC_JSON)
        return true;
    AUTO_JSON json_t *value = json_loadb(doc->text.bytes, doc->text.len,
                                         FLAGS | JSON_DECODE_INT_AS_REAL, &error);
    return value != NULL ||
           fault_set(fault, "jansson cannot read the text: %s", error.text);
}
