/* SPDX-License-Identifier: Apache-2.0
 *
 * Containers in brackets: JSON, and YAML's flow style, where comments may stand wherever
 * white space may and a comma may follow the last child.
 */
#include "change.h"

#include "line.h"
#include "write.h"

static bool may_comment(const struct change *change)
{
    return change->doc->syntax == DOC_YAML;
}

/* The end of an item: of its value, or of its name or colon where it has none. A blank
 * behind the colon is part of it, or the comma would be part of a name. */
static uint32_t item_end(const struct change *change, const struct node *child)
{
    const struct text *text = &change->doc->text;
    uint32_t end = child->span.end;
    if (child->key_span.end > end)
        end = child->key_span.end;
    bool colon = child->span.start == child->span.end && end > child->key_span.end;
    return colon && is_blank(text->bytes[end]) ? end + 1 : end;
}

/* The first byte from `at` that is neither white space nor comment. */
static uint32_t skip(const struct change *change, uint32_t at)
{
    const struct text *text = &change->doc->text;
    return skip_space(text, at, text->len, may_comment(change));
}

/* The start of an item: of its name or value, or of an anchor or tag before that. */
static uint32_t item_start(const struct change *change, const struct node *child)
{
    const struct node *container = child->parent;
    uint32_t at = container->span.start;
    if (child->index > 0)
        at = skip(change, item_end(change, node_at(container, child->index - 1)));
    return skip(change, at + 1);
}

/* Whether white space and comments, and nothing else, lie in [start, end). */
static bool is_gap(const struct change *change, uint32_t start, uint32_t end)
{
    return skip_space(&change->doc->text, start, end, may_comment(change)) == end;
}

static bool has_comment(const struct change *change, uint32_t start, uint32_t end)
{
    return may_comment(change) && has_byte(&change->doc->text, start, end, '#');
}

static bool is_bracket(const struct change *change, const struct node *container)
{
    uint32_t start = container->span.start;
    return container->span.end >= start + 2 &&
           strchr("[{", change->doc->text.bytes[start]) != NULL;
}

/* What stands between two children: what is before the comma, and what is behind it. */
struct separator {
    struct str before;
    struct str after; /* a line end and an indentation, or blanks */
    bool lines;       /* `after` begins a new line */
};

/* The text that leads from the end of something to `start`, without comments and blank
 * lines: a line end and the indentation, or only blanks. Adds it to `out`. */
static bool lead(const struct change *change, uint32_t end, uint32_t start,
                 struct buf *out)
{
    const struct text *text = &change->doc->text;
    if (has_line_end(text, end, start)) {
        change_line_end(change, end, out);
        buf_adds(out, line_indent(text, start));
        return true;
    }
    buf_adds(out, text_slice(text, (struct span){end, start}));
    return false;
}

/* Learns from the children around `index` how a new one there is kept apart from its
 * neighbours; `memory` holds the texts. False where the text is not as expected. */
static bool learn_separator(const struct change *change, const struct node *container,
                            uint32_t index, const struct style *style,
                            struct separator *separator, struct buf *memory)
{
    const struct text *text = &change->doc->text;
    const struct node *right = node_at(container, index > 1 ? index - 1 : 1);
    size_t middle = 0;
    if (right != NULL) {
        uint32_t end = item_end(change, node_at(container, right->index - 1));
        uint32_t comma = skip(change, end);
        uint32_t start = item_start(change, right);
        if (comma >= start || text->bytes[comma] != ',' ||
            !is_gap(change, comma + 1, start))
            return false;
        if (!has_comment(change, end, comma))
            buf_adds(memory, text_slice(text, (struct span){end, comma}));
        middle = memory->len;
        separator->lines = lead(change, comma + 1, start, memory);
    } else {
        uint32_t start = item_start(change, container->child);
        uint32_t open = container->span.start + 1;
        if (!is_gap(change, open, start))
            return false;
        separator->lines = has_line_end(text, open, start);
        if (separator->lines) {
            lead(change, open, start, memory);
        } else {
            struct str comma = style_str(&style->comma);
            const char *at = memchr(comma.at, ',', comma.len);
            middle = (size_t)(at - comma.at);
            buf_add(memory, comma.at, middle);
            buf_add(memory, at + 1, comma.len - middle - 1);
        }
    }
    separator->before = (struct str){buf_str(memory).at, middle};
    separator->after = (struct str){buf_str(memory).at + middle, memory->len - middle};
    return true;
}

/* The indentation in a separator: what is behind its last line end. */
static struct str indent_of(struct str after)
{
    size_t start = after.len;
    while (start > 0 && !is_line_end(after.at[start - 1]))
        start--;
    return (struct str){after.at + start, after.len - start};
}

static void write_item(const struct change *change, const struct style *style,
                       struct str key, const struct node *value, struct str indent,
                       struct buf *out)
{
    struct writer writer = {style, change->doc->syntax, out};
    if (key.at != NULL)
        write_member_name(&writer, key);
    write_inline(&writer, value, indent);
}

/* A container that holds one value, for what writes a container as a whole. */
static struct node container_of(const struct node *like, struct str key,
                                const struct node *value, struct node *child)
{
    *child = *value;
    child->key = key.at;
    child->key_len = (uint32_t)key.len;
    child->next = NULL;
    return (struct node){.type = like->type, .child = child, .len = 1};
}

static bool insert_first(struct change *change, const struct node *container,
                         struct str key, const struct node *value)
{
    const struct text *text = &change->doc->text;
    uint32_t open = container->span.start + 1;
    uint32_t close = container->span.end - 1;
    if (!is_gap(change, open, close))
        return change_refuse(change, open);
    struct node child;
    struct node filled = container_of(container, key, value, &child);
    struct style style;
    change_style(change, &style, container->parent, node_key(container), container);
    struct str indent = line_indent(text, container->span.start);
    AUTO_BUF struct buf out = {0};
    struct writer writer = {&style, change->doc->syntax, &out};
    if (has_comment(change, open, close)) {
        uint32_t last = close;
        while (is_blank(text->bytes[last - 1]) || is_line_end(text->bytes[last - 1]))
            last--;
        AUTO_BUF struct buf inner = {0};
        buf_adds(&inner, indent);
        buf_adds(&inner, style_str(&style.unit));
        change_line_end(change, last, &out);
        buf_adds(&out, buf_str(&inner));
        write_item(change, &style, key, value, buf_str(&inner), &out);
        change_edit(change, last, last, buf_str(&out));
        return true;
    }
    if (change->doc->syntax == DOC_YAML && container->parent != NULL &&
        container->parent->style == NODE_BLOCK && !write_is_inline(&writer, &filled))
        return block_replace(change, container, &filled);
    if (style.layout[shape_of(&filled)] == LAYOUT_BLOCK)
        style.layout[shape_of(&filled)] = LAYOUT_LINE;
    if (has_line_end(text, open, close))
        style.layout[shape_of(&filled)] = LAYOUT_LINES;
    write_inline(&writer, &filled, indent);
    change_edit(change, container->span.start, container->span.end, buf_str(&out));
    return true;
}

bool flow_insert(struct change *change, const struct node *container, uint32_t index,
                 struct str key, const struct node *value)
{
    const struct text *text = &change->doc->text;
    if (!is_bracket(change, container))
        return change_refuse(change, container->span.start);
    if (container->child == NULL)
        return insert_first(change, container, key, value);

    struct style style;
    change_style(change, &style, container, key, NULL);
    AUTO_BUF struct buf memory = {0};
    struct separator separator;
    if (!learn_separator(change, container, index, &style, &separator, &memory))
        return change_refuse(change, container->span.start);
    AUTO_BUF struct buf item = {0}, out = {0};
    const struct node *before = index > 0 ? node_at(container, index - 1) : NULL;
    uint32_t at =
        before != NULL ? item_end(change, before) : item_start(change, container->child);
    struct str indent =
        separator.lines ? indent_of(separator.after) : line_indent(text, at);

    if (before == NULL) {
        uint32_t open = container->span.start + 1;
        bool own_line = has_line_end(text, open, at);
        if (own_line)
            indent = line_indent(text, at);
        write_item(change, &style, key, value, indent, &item);
        if (own_line) { /* above the comments that belong to the first child */
            uint32_t end = line_end(text, open);
            lead(change, open, at, &out);
            buf_adds(&out, buf_str(&item));
            buf_adds(&out, separator.before);
            buf_addc(&out, ',');
            change_edit(change, end, end, buf_str(&out));
        } else {
            buf_adds(&out, buf_str(&item));
            buf_adds(&out, separator.before);
            buf_addc(&out, ',');
            buf_adds(&out, separator.after);
            change_edit(change, at, at, buf_str(&out));
        }
        return true;
    }

    write_item(change, &style, key, value, indent, &item);
    uint32_t comma = skip(change, at);
    bool comma_follows = text->bytes[comma] == ',';
    if (!comma_follows && comma != container->span.end - 1)
        return change_refuse(change, at);
    /* A comment behind the child before stays on its line: the new one comes below. */
    uint32_t comment = skip_blanks(text, comma_follows ? comma + 1 : at);
    bool has_remark = may_comment(change) && comment < text->len &&
                      text->bytes[comment] == '#' && !has_line_end(text, at, comment);
    if (separator.lines && has_remark) {
        uint32_t end = line_end(text, comment);
        buf_adds(&out, separator.after);
        buf_adds(&out, buf_str(&item));
        if (comma_follows)
            buf_addc(&out, ',');
        change_edit(change, end, end, buf_str(&out));
        if (!comma_follows)
            change_edit(change, at, at, STR(","));
        return true;
    }
    if (text->bytes[at - 1] == ':')
        buf_addc(&out, ' ');
    buf_adds(&out, separator.before);
    buf_addc(&out, ',');
    buf_adds(&out, separator.after);
    buf_adds(&out, buf_str(&item));
    change_edit(change, at, at, buf_str(&out));
    return true;
}

/* Removes [start, end) and, if nothing but blanks and a comment is left of its lines,
 * these as a whole. */
static void remove_lines(struct change *change, uint32_t start, uint32_t end)
{
    const struct text *text = &change->doc->text;
    uint32_t rest = skip_blanks(text, end);
    bool to_end =
        rest == line_end(text, end) || (may_comment(change) && text->bytes[rest] == '#');
    if (line_begins_at(text, start) && to_end) {
        change_edit(change, line_start(text, start), line_next(text, end), STR(""));
        return;
    }
    if (to_end)
        while (start > 0 && is_blank(text->bytes[start - 1]))
            start--;
    change_edit(change, start, end, STR(""));
}

bool flow_remove(struct change *change, const struct node *child)
{
    const struct text *text = &change->doc->text;
    const struct node *container = child->parent;
    if (!is_bracket(change, container))
        return change_refuse(change, container->span.start);
    const struct node *before =
        child->index > 0 ? node_at(container, child->index - 1) : NULL;
    uint32_t start = item_start(change, child);
    uint32_t end = item_end(change, child);
    uint32_t open = container->span.start + 1;
    uint32_t close = container->span.end - 1;
    uint32_t comma = skip(change, end);
    bool comma_follows = text->bytes[comma] == ',';
    uint32_t left = before != NULL ? skip(change, item_end(change, before)) : open;
    if ((!comma_follows && comma != close) ||
        (before != NULL && (text->bytes[left] != ',' || left >= start)) ||
        !is_gap(change, before != NULL ? left + 1 : open, start))
        return change_refuse(change, start);

    if (container->len == 1 && !has_comment(change, open, start) &&
        !has_comment(change, end, close)) {
        change_edit(change, open, close, STR(""));
        return true;
    }
    if (comma_follows && child->next != NULL) {
        uint32_t next = item_start(change, child->next);
        bool next_line = has_line_end(text, comma, next);
        bool takes_place = !next_line || (before == NULL && !line_begins_at(text, start));
        if (takes_place && !has_comment(change, end, next)) {
            change_edit(change, start, next, STR(""));
            return true;
        }
    }
    /* The last one goes with the comma before it; one behind it stays. */
    uint32_t remark = skip_blanks(text, comma_follows ? comma + 1 : end);
    bool has_remark = has_comment(change, end, remark + 1);
    if (child->next == NULL && before != NULL && !has_remark &&
        !has_comment(change, item_end(change, before), start)) {
        change_edit(change, item_end(change, before), end, STR(""));
        return true;
    }
    remove_lines(change, start, comma_follows ? comma + 1 : end);
    if (before != NULL && !comma_follows)
        change_edit(change, left, left + 1, STR(""));
    return true;
}

bool flow_replace(struct change *change, const struct node *old, const struct node *value)
{
    const struct text *text = &change->doc->text;
    struct style style;
    change_style(change, &style, old->parent,
                 old->key != NULL ? node_key(old) : (struct str){0}, old);
    AUTO_BUF struct buf out = {0};
    struct writer writer = {&style, change->doc->syntax, &out};
    struct span span = old->span;
    if (span.start == span.end && old->parent != NULL) { /* YAML's null in {a} or {a: } */
        if (old->key == NULL || (old->flags & (NODE_ANCHOR | NODE_TAGGED)) != 0)
            return change_refuse(change, span.start);
        bool colon = span.start > old->key_span.end;
        buf_adds(&out, colon ? STR(" ") : STR(": "));
    }
    write_inline(&writer, value, line_indent(text, span.start));
    change_edit(change, span.start, span.end, buf_str(&out));
    return true;
}
