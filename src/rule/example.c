/* SPDX-License-Identifier: Apache-2.0 */
#include "example.h"

#include "print.h"

/* What config.md requires of every spec that can be started on Linux, and no more. */
static const char minimal[] = "{\"ociVersion\": \"1.0.2\","
                              " \"process\": {\"user\": {\"uid\": 0, \"gid\": 0},"
                              " \"args\": [\"sh\"], \"cwd\": \"/\"},"
                              " \"root\": {\"path\": \"rootfs\"}}";

static void begin_member(struct str key, bool *first, struct buf *out)
{
    if (!*first)
        buf_addc(out, ',');
    *first = false;
    print_json_string(key, out);
    buf_addc(out, ':');
}

static void merge(const struct node *below, const struct node *above, struct buf *out)
{
    bool first = true;
    if (below->type != NODE_OBJECT || above->type != NODE_OBJECT) {
        print_json(above, out);
        return;
    }
    buf_addc(out, '{');
    for (const struct node *member = below->child; member; member = member->next) {
        const struct node *other = node_get(above, node_key(member));
        if (node_is_string(other, STR("<absent>")))
            continue;
        begin_member(node_key(member), &first, out);
        if (other != NULL)
            merge(member, other, out);
        else
            print_json(member, out);
    }
    for (const struct node *member = above->child; member; member = member->next) {
        if (node_get(below, node_key(member)) != NULL ||
            node_is_string(member, STR("<absent>")))
            continue;
        begin_member(node_key(member), &first, out);
        print_json(member, out);
    }
    buf_addc(out, '}');
}

static bool parse(const char *text, struct doc *doc, struct fault *fault)
{
    AUTO_BUF struct buf bytes = {0};
    buf_adds(&bytes, str_of(text));
    return doc_parse(doc, "example", DOC_JSON, &bytes, fault);
}

bool example_document(const char *example, struct buf *out, struct fault *fault)
{
    AUTO_DOC struct doc below = {0};
    AUTO_DOC struct doc above = {0};
    if (!parse(example, &above, fault) || !parse(minimal, &below, fault))
        return false;
    if (above.root->type == NODE_STRING)
        buf_adds(out, node_text(above.root));
    else
        merge(below.root, above.root, out);
    return true;
}
