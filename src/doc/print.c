/* SPDX-License-Identifier: Apache-2.0 */
#include "print.h"

#include "utf8.h"

void print_json_string(struct str text, struct buf *out)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < text.len;) {
        unsigned code_point;
        size_t len = utf8_decode(text.at + i, text.len - i, &code_point);
        if (len == 0) {
            buf_add_utf8(out, 0xFFFD);
            len = 1;
        } else if (code_point == '"' || code_point == '\\') {
            buf_addf(out, "\\%c", (char)code_point);
        } else if (code_point == '\n') {
            buf_adds(out, STR("\\n"));
        } else if (code_point == '\t') {
            buf_adds(out, STR("\\t"));
        } else if (code_point < 0x10000 && utf8_is_control(code_point)) {
            buf_addf(out, "\\u%04x", code_point);
        } else {
            buf_add(out, text.at + i, len);
        }
        i += len;
    }
    buf_addc(out, '"');
}

void print_json(const struct node *node, struct buf *out)
{
    switch ((enum node_type)node->type) {
    case NODE_NULL:
        buf_adds(out, STR("null"));
        return;
    case NODE_FALSE:
        buf_adds(out, STR("false"));
        return;
    case NODE_TRUE:
        buf_adds(out, STR("true"));
        return;
    case NODE_NUMBER:
        buf_adds(out, node_text(node));
        return;
    case NODE_STRING:
        print_json_string(node_text(node), out);
        return;
    case NODE_ARRAY:
    case NODE_OBJECT:
        break;
    }
    buf_addc(out, node->type == NODE_OBJECT ? '{' : '[');
    for (const struct node *child = node->child; child != NULL; child = child->next) {
        if (child != node->child)
            buf_addc(out, ',');
        if (child->key != NULL) {
            print_json_string(node_key(child), out);
            buf_addc(out, ':');
        }
        print_json(child, out);
    }
    buf_addc(out, node->type == NODE_OBJECT ? '}' : ']');
}
