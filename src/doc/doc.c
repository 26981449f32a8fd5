/* SPDX-License-Identifier: Apache-2.0 */
#include "doc.h"

#include "file.h"

#include <strings.h>

enum doc_syntax doc_syntax_of(const char *path)
{
    const char *dot = strrchr(path, '.');
    bool yaml =
        dot != NULL && (strcasecmp(dot, ".yaml") == 0 || strcasecmp(dot, ".yml") == 0);
    return yaml ? DOC_YAML : DOC_JSON;
}

static bool check_encoding(const struct text *text, struct fault *fault)
{
    const char *bytes = text->bytes;
    if (text->len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return fault_set_at(
            fault, 1, 1,
            "the text begins with a byte order mark (EF BB BF), which runtimes "
            "refuse; remove the three bytes");
    if (text->len >= 2 &&
        (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return fault_set_at(fault, 1, 1, "the text is UTF-16; write it as UTF-8");
    return true;
}

static bool parse(struct doc *doc, struct fault *fault)
{
    if (doc->bytes.len > FILE_MAX)
        return fault_set(fault, "the text is larger than 1 GiB");
    if (doc->bytes.data == NULL)
        buf_add(&doc->bytes, "", 0);
    doc->text.bytes = doc->bytes.data;
    doc->text.len = (uint32_t)doc->bytes.len;
    if (!check_encoding(&doc->text, fault))
        return false;
    return doc->syntax == DOC_YAML ? read_yaml(doc, fault) : read_json(doc, fault);
}

static bool finish(struct doc *doc, struct fault *fault)
{
    if (parse(doc, fault))
        return true;
    fault_set_path(fault, doc->path);
    doc_release(doc);
    return false;
}

bool doc_load(struct doc *doc, const char *path, struct fault *fault)
{
    *doc = (struct doc){.path = path, .syntax = doc_syntax_of(path)};
    if (!file_read(path, &doc->bytes, &doc->before, fault)) {
        doc_release(doc);
        return false;
    }
    return finish(doc, fault);
}

bool doc_parse(struct doc *doc, const char *path, enum doc_syntax syntax,
               struct buf *bytes, struct fault *fault)
{
    *doc = (struct doc){.path = path, .syntax = syntax, .bytes = *bytes};
    *bytes = (struct buf){0};
    return finish(doc, fault);
}

struct span doc_span(const struct doc *doc, const struct node *node)
{
    if (!node_is_container(node)) {
        bool has_key = node->key_span.end > node->key_span.start;
        return (struct span){has_key ? node->key_span.start : node->span.start,
                             node->span.end};
    }
    if (node->key_span.end > node->key_span.start)
        return node->key_span;
    uint32_t end = node->span.start;
    if (node->style == NODE_FLOW)
        return (struct span){end, end < node->span.end ? end + 1 : end};
    while (end < node->span.end && doc->text.bytes[end] != '\n' &&
           doc->text.bytes[end] != '\r')
        end++;
    return (struct span){node->span.start, end};
}

void doc_release(struct doc *doc)
{
    text_release(&doc->text);
    buf_release(&doc->bytes);
    arena_release(&doc->arena);
    *doc = (struct doc){0};
}
