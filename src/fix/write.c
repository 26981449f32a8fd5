/* SPDX-License-Identifier: Apache-2.0 */
#include "write.h"

#include "print.h"
#include "quote.h"

static void add_spaces(const struct writer *writer, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buf_addc(writer->out, ' ');
}

static void add_line_end(const struct writer *writer)
{
    buf_adds(writer->out, style_str(&writer->style->line_end));
}

static void write_scalar(const struct writer *writer, const struct node *value)
{
    const struct style *style = writer->style;
    if (writer->syntax == DOC_YAML && value->type == NODE_STRING)
        quote_add(node_text(value), style->strings, style->quote, writer->out);
    else
        print_json(value, writer->out);
}

void write_name(const struct writer *writer, struct str name)
{
    if (writer->syntax == DOC_YAML)
        quote_add(name, writer->style->names, writer->style->quote, writer->out);
    else
        print_json_string(name, writer->out);
}

void write_member_name(const struct writer *writer, struct str name)
{
    struct str colon = style_str(&writer->style->colon);
    size_t start = writer->out->len;
    write_name(writer, name);
    /* Only behind quotes may a colon stand without a space (YAML 1.2 section 7.4.2). */
    bool quoted = strchr("\"'", writer->out->data[start]) != NULL;
    buf_adds(writer->out, quoted || colon.at[colon.len - 1] != ':' ? colon : STR(": "));
}

bool write_is_inline(const struct writer *writer, const struct node *value)
{
    return !node_is_container(value) || value->child == NULL ||
           writer->style->layout[shape_of(value)] != LAYOUT_BLOCK;
}

static void write_brackets(const struct writer *writer, const struct node *value,
                           struct str indent, bool one_line)
{
    const struct style *style = writer->style;
    bool object = value->type == NODE_OBJECT;
    struct str pad = style_str(&style->pad[object]);
    buf_addc(writer->out, object ? '{' : '[');
    if (value->child == NULL) {
        buf_addc(writer->out, object ? '}' : ']');
        return;
    }
    one_line = one_line || style->layout[shape_of(value)] != LAYOUT_LINES;
    AUTO_BUF struct buf inner = {0};
    buf_adds(&inner, indent);
    buf_adds(&inner, style_str(&style->unit));
    for (const struct node *child = value->child; child != NULL; child = child->next) {
        if (one_line) {
            buf_adds(writer->out, child == value->child ? pad : style_str(&style->comma));
        } else {
            if (child != value->child)
                buf_addc(writer->out, ',');
            add_line_end(writer);
            buf_adds(writer->out, buf_str(&inner));
        }
        if (object)
            write_member_name(writer, node_key(child));
        if (node_is_container(child))
            write_brackets(writer, child, buf_str(&inner), one_line);
        else
            write_scalar(writer, child);
    }
    if (one_line) {
        buf_adds(writer->out, pad);
    } else {
        add_line_end(writer);
        buf_adds(writer->out, indent);
    }
    buf_addc(writer->out, object ? '}' : ']');
}

void write_inline(const struct writer *writer, const struct node *value,
                  struct str indent)
{
    if (node_is_container(value))
        write_brackets(writer, value, indent, false);
    else
        write_scalar(writer, value);
}

void write_entry(const struct writer *writer, struct str key, const struct node *value,
                 uint32_t column)
{
    const struct style *style = writer->style;
    if (key.at == NULL) {
        buf_addc(writer->out, '-');
        add_spaces(writer, style->dash - 1);
        if (!write_is_inline(writer, value)) {
            write_block(writer, value, column + style->dash);
            return;
        }
    } else {
        write_name(writer, key);
        buf_addc(writer->out, ':');
        if (!write_is_inline(writer, value)) {
            uint32_t inner =
                column + (value->type == NODE_ARRAY ? style->list_step : style->step);
            add_line_end(writer);
            add_spaces(writer, inner);
            write_block(writer, value, inner);
            return;
        }
        buf_addc(writer->out, ' ');
    }
    AUTO_BUF struct buf indent = {0};
    for (uint32_t i = 0; i < column; i++)
        buf_addc(&indent, ' ');
    write_inline(writer, value, buf_str(&indent));
}

void write_block(const struct writer *writer, const struct node *value, uint32_t column)
{
    for (const struct node *child = value->child; child != NULL; child = child->next) {
        if (child != value->child) {
            add_line_end(writer);
            add_spaces(writer, column);
        }
        write_entry(writer, child->key != NULL ? node_key(child) : (struct str){0}, child,
                    column);
    }
}
