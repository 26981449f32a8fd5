/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML's block collections: each child is an entry that begins with its name or dash and
 * owns its lines to the last one, comment behind it included. Comments on lines of their
 * own belong to nobody and stay.
 */
#include "change.h"

#include "line.h"
#include "write.h"

/* An entry that is indented by more columns is not edited: each new line would repeat
 * them. */
enum { COLUMN_MAX = 4096 };

static void add_spaces(struct buf *out, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        buf_addc(out, ' ');
}

static uint32_t column(const struct change *change, uint32_t at)
{
    return at - line_start(&change->doc->text, at);
}

static bool is_block(const struct node *node)
{
    return node_is_container(node) && node->style == NODE_BLOCK &&
           (node->flags & NODE_ALIAS) == 0;
}

/* The dash of an element. */
static bool find_dash(struct change *change, const struct node *element, uint32_t *dash)
{
    const struct text *text = &change->doc->text;
    const struct node *container = element->parent;
    uint32_t at = container->span.start;
    if (element->index > 0) {
        const struct node *before = node_at(container, element->index - 1);
        at = skip_space(text, before->span.end, text->len, true);
    }
    if (text->bytes[at] != '-' || at > element->span.start)
        return change_refuse(change, at);
    *dash = at;
    return true;
}

/* The start of an entry: its name or dash, which has nothing before it on its line but
 * blanks and the dashes of lists around it. */
static bool entry_start(struct change *change, const struct node *child, uint32_t *start)
{
    const struct text *text = &change->doc->text;
    if (child->key != NULL)
        *start = child->key_span.start;
    else if (!find_dash(change, child, start))
        return false;
    uint32_t at = line_start(text, *start);
    while (at < *start && (text->bytes[at] == ' ' ||
                           (text->bytes[at] == '-' && is_blank(text->bytes[at + 1]))))
        at++;
    /* A "? ", or an anchor or tag on the name. */
    return at == *start && column(change, *start) <= COLUMN_MAX
               ? true
               : change_refuse(change, *start);
}

/* The end of an entry's last line, before its line end. What follows the value there is a
 * comment or nothing. */
static bool entry_end(struct change *change, const struct node *child, uint32_t *end)
{
    const struct text *text = &change->doc->text;
    uint32_t last = child->span.end;
    if (child->key != NULL && last <= child->key_span.end)
        last = child->key_span.end;
    uint32_t rest = skip_blanks(text, last);
    if (text->bytes[rest] == ':' && last == child->key_span.end)
        rest = skip_blanks(text, rest + 1);
    *end = line_end(text, last);
    return rest == *end || text->bytes[rest] == '#' ? true : change_refuse(change, rest);
}

/* Where a value would stand that is written behind the name or dash of an entry, and its
 * anchor and tag: behind the last of these, before any blank. */
static bool find_slot(struct change *change, const struct node *node, uint32_t *slot)
{
    const struct text *text = &change->doc->text;
    uint32_t at = 0;
    if (node->key != NULL) {
        at = skip_space(text, node->key_span.end, text->len, true);
        if (text->bytes[at] != ':')
            return change_refuse(change, at);
    } else if (!find_dash(change, node, &at)) {
        return false;
    }
    *slot = ++at;
    if ((node->flags & (NODE_ANCHOR | NODE_TAGGED)) == 0)
        return true;
    for (;;) {
        at = skip_space(text, at, text->len, true);
        if (at >= node->span.start || (text->bytes[at] != '&' && text->bytes[at] != '!'))
            return true;
        while (at < node->span.start && !is_blank(text->bytes[at]) &&
               !is_line_end(text->bytes[at]))
            at++;
        *slot = at;
    }
}

/* The block scalar that a value ends with, or NULL: what stands behind it matters to it.
 */
static const struct node *last_block_scalar(const struct node *node)
{
    while (is_block(node))
        node = node_at(node, node->len - 1);
    return node->style == NODE_LITERAL || node->style == NODE_FOLDED ? node : NULL;
}

/* Inserts before the first child: above the comments that stand directly over it. */
static bool insert_before(struct change *change, const struct node *first,
                          struct str entry)
{
    const struct text *text = &change->doc->text;
    const struct node *container = first->parent;
    uint32_t start = 0;
    if (!entry_start(change, first, &start))
        return false;
    uint32_t at = start;
    AUTO_BUF struct buf out = {0};
    if (!line_begins_at(text, start)) { /* behind a dash: the old first gets a line */
        buf_adds(&out, entry);
        change_line_end(change, start, &out);
        add_spaces(&out, column(change, start));
        change_edit(change, at, at, buf_str(&out));
        return true;
    }
    at = line_start(text, start);
    uint32_t least = container->parent != NULL && container->key != NULL
                         ? line_next(text, container->key_span.end)
                         : at;
    while (at > least) {
        uint32_t above = line_start(text, at - (text->bytes[at - 1] == '\n' && at > 1 &&
                                                        text->bytes[at - 2] == '\r'
                                                    ? 2
                                                    : 1));
        uint32_t comment = skip_blanks(text, above);
        if (above < least || text->bytes[comment] != '#' ||
            comment - above != column(change, start))
            break;
        at = above;
    }
    add_spaces(&out, column(change, start));
    buf_adds(&out, entry);
    change_line_end(change, at, &out);
    change_edit(change, at, at, buf_str(&out));
    return true;
}

bool block_insert(struct change *change, const struct node *container, uint32_t index,
                  struct str key, const struct node *value)
{
    const struct node *first = container->child;
    uint32_t start = 0, end = 0;
    if (first == NULL || !entry_start(change, first, &start))
        return change_refuse(change, container->span.start);
    struct style style;
    change_style(change, &style, container, key, NULL);
    AUTO_BUF struct buf entry = {0}, out = {0};
    struct writer writer = {&style, DOC_YAML, &entry};
    write_entry(&writer, key, value, column(change, start));
    if (index == 0)
        return insert_before(change, first, buf_str(&entry));
    if (!entry_end(change, node_at(container, index - 1), &end))
        return false;
    /* Behind the last line; a text without a last line end stays without. For a block
     * scalar there that would make a difference. */
    if (end == change->doc->text.len &&
        last_block_scalar(node_at(container, index - 1)) != NULL)
        return change_refuse(change, end);
    change_line_end(change, end, &out);
    add_spaces(&out, column(change, start));
    buf_adds(&out, buf_str(&entry));
    change_edit(change, end, end, buf_str(&out));
    return true;
}

/* Whether a value ends with a block scalar that keeps the blank lines behind it (|+). */
static bool keeps_blank_lines(const struct change *change, const struct node *node)
{
    const struct node *scalar = last_block_scalar(node);
    if (scalar == NULL)
        return false;
    const char *bytes = change->doc->text.bytes;
    uint32_t at = scalar->span.start + 1;
    return bytes[at] == '+' ||
           (bytes[at] >= '1' && bytes[at] <= '9' && bytes[at + 1] == '+');
}

bool block_remove(struct change *change, const struct node *child)
{
    const struct text *text = &change->doc->text;
    const struct node *container = child->parent;
    if (container->len == 1) {
        struct node empty = {.type = container->type};
        return block_replace(change, container, &empty);
    }
    uint32_t start = 0, end = 0;
    if (!entry_start(change, child, &start) || !entry_end(change, child, &end))
        return false;
    if (!line_begins_at(text, start)) { /* behind a dash: the next one moves there */
        uint32_t next = 0;
        if (!entry_start(change, child->next, &next))
            return false;
        change_edit(change, start, next, STR(""));
        return true;
    }
    const struct node *before =
        child->index > 0 ? node_at(container, child->index - 1) : NULL;
    bool behind_scalar = before != NULL && last_block_scalar(before) != NULL;
    start = line_start(text, start);
    if (end < text->len) {
        end = line_next(text, end);
        /* Blank lines behind it must not become part of the value before it. */
        while (behind_scalar && keeps_blank_lines(change, before) && end < text->len &&
               skip_blanks(text, end) == line_end(text, end))
            end = line_next(text, end);
    } else if (start > 0 && !behind_scalar) {
        /* A text without a last line end stays without. */
        start--;
        start -=
            text->bytes[start] == '\n' && start > 0 && text->bytes[start - 1] == '\r';
    }
    change_edit(change, start, end, STR(""));
    return true;
}

/* Replaces a block collection by a value that is written in lines too. */
static bool replace_lines(struct change *change, const struct node *old,
                          const struct node *value, const struct style *style)
{
    const struct text *text = &change->doc->text;
    uint32_t start = 0;
    if (!entry_start(change, old->child, &start))
        return false;
    uint32_t inner = column(change, start);
    AUTO_BUF struct buf out = {0};
    struct writer writer = {style, DOC_YAML, &out};
    /* The dashes of a list may stand below the name itself; members may not. */
    if (value->type == NODE_OBJECT && old->key != NULL &&
        inner <= column(change, old->key_span.start)) {
        inner = column(change, old->key_span.start) + style->step;
        start = line_start(text, start);
        add_spaces(&out, inner);
    }
    write_block(&writer, value, inner);
    change_edit(change, start, old->span.end, buf_str(&out));
    return true;
}

/* Replaces a block collection by a value that is written behind the name or dash. */
static bool replace_by_inline(struct change *change, const struct node *old,
                              struct str written)
{
    const struct text *text = &change->doc->text;
    uint32_t start = 0, end = 0, slot = 0;
    uint32_t last = old->span.end;
    if (old->parent == NULL) {
        change_edit(change, old->span.start, last, written);
        return true;
    }
    if (!entry_start(change, old->child, &start) ||
        !entry_end(change, old->child, &end) || !find_slot(change, old, &slot))
        return false;
    end = line_end(text, last);
    AUTO_BUF struct buf out = {0};
    buf_addc(&out, ' ');
    buf_adds(&out, written);
    if (!has_byte(text, slot, start, '#')) {
        change_edit(change, slot, last, buf_str(&out));
        return true;
    }
    /* Comments between the name and the first entry stay where they are. */
    uint32_t from = line_start(text, start);
    from -= text->bytes[from - 1] == '\n' && from > 1 && text->bytes[from - 2] == '\r';
    change_edit(change, from - 1, end, STR(""));
    change_edit(change, slot, slot, buf_str(&out));
    return true;
}

/* Replaces a value that stands behind its name or dash by one in lines below it. */
static bool replace_by_lines(struct change *change, const struct node *old,
                             const struct node *value, const struct style *style)
{
    const struct text *text = &change->doc->text;
    AUTO_BUF struct buf out = {0};
    struct writer writer = {style, DOC_YAML, &out};
    uint32_t end = old->span.end;
    uint32_t slot = 0;
    if (old->parent == NULL) {
        write_block(&writer, value, column(change, old->span.start));
        change_edit(change, old->span.start, end, buf_str(&out));
        return true;
    }
    if (!find_slot(change, old, &slot))
        return false;
    uint32_t rest = skip_blanks(text, end);
    bool remark = text->bytes[rest] == '#';
    uint32_t inner = 0;
    if (old->key != NULL) {
        inner = column(change, old->key_span.start) +
                (value->type == NODE_ARRAY ? style->list_step : style->step);
    } else {
        inner = column(change, slot - 1) + style->dash;
        if (old->flags & (NODE_ANCHOR | NODE_TAGGED))
            return change_refuse(change, slot);
        if (!remark) { /* the first entry stands behind the dash */
            add_spaces(&out, style->dash - 1);
            write_block(&writer, value, inner);
            change_edit(change, slot, end, buf_str(&out));
            return true;
        }
    }
    change_line_end(change, end, &out);
    add_spaces(&out, inner);
    write_block(&writer, value, inner);
    uint32_t line = line_end(text, end);
    if (remark) {
        change_edit(change, line, line, buf_str(&out));
        change_edit(change, slot, end, STR(""));
    } else {
        change_edit(change, slot, line, buf_str(&out));
    }
    return true;
}

bool block_replace(struct change *change, const struct node *old,
                   const struct node *value)
{
    const struct text *text = &change->doc->text;
    struct style style;
    change_style(change, &style, old->parent,
                 old->key != NULL ? node_key(old) : (struct str){0}, old);
    /* Behind --- or an anchor no lines can begin. */
    if (old->parent == NULL && !line_begins_at(text, old->span.start))
        for (unsigned shape = 0; shape < SHAPE_COUNT; shape++)
            style.layout[shape] = LAYOUT_LINE;
    AUTO_BUF struct buf out = {0};
    struct writer writer = {&style, DOC_YAML, &out};
    if (!write_is_inline(&writer, value))
        return is_block(old) ? replace_lines(change, old, value, &style)
                             : replace_by_lines(change, old, value, &style);
    write_inline(&writer, value, line_indent(text, old->span.start));
    if (is_block(old))
        return replace_by_inline(change, old, buf_str(&out));
    if (old->span.start < old->span.end) {
        change_edit(change, old->span.start, old->span.end, buf_str(&out));
        return true;
    }
    /* Nothing is there: behind the colon or dash. */
    uint32_t slot = 0;
    if (old->parent == NULL || !find_slot(change, old, &slot))
        return change_refuse(change, old->span.start);
    AUTO_BUF struct buf spaced = {0};
    buf_addc(&spaced, ' ');
    buf_adds(&spaced, buf_str(&out));
    change_edit(change, slot, slot, buf_str(&spaced));
    return true;
}
