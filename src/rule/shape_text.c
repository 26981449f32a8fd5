/* SPDX-License-Identifier: Apache-2.0 */
#include "shape_text.h"

#include "print.h"

#include <strings.h>

enum { VALUE_MAX = 80 }; /* a value in a message is cut after so many bytes */

const char *shape_text(struct shape_walk *walk, const char *format, ...)
{
    AUTO_BUF struct buf out = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&out, format, arguments);
    va_end(arguments);
    return arena_copy(walk->search->arena, buf_str(&out).at, out.len);
}

/* A value as a message shows it. */
const char *shape_text_value(struct shape_walk *walk, const struct node *node)
{
    AUTO_BUF struct buf whole = {0};
    AUTO_BUF struct buf out = {0};
    if (node->type == NODE_STRING) {
        buf_addc(&whole, '\'');
        buf_add_visible(&whole, node_text(node));
        buf_addc(&whole, '\'');
    } else if (node_is_container(node)) {
        buf_addf(&whole, "an %s%s", node->len == 0 ? "empty " : "", node_type_name(node));
    } else {
        print_json(node, &whole);
    }
    size_t len = whole.len;
    if (len > VALUE_MAX) {
        len = VALUE_MAX;
        while (((unsigned char)whole.data[len] & 0xC0) == 0x80)
            len--;
    }
    buf_add(&out, whole.data, len);
    if (len < whole.len)
        buf_adds(&out, STR("…'"));
    return arena_copy(walk->search->arena, out.data, out.len);
}

static bool is_plain(struct str name)
{
    bool plain = name.len > 0;
    for (size_t i = 0; i < name.len; i++)
        plain = ((name.at[i] >= 'a' && name.at[i] <= 'z') ||
                 (name.at[i] >= 'A' && name.at[i] <= 'Z') ||
                 (name.at[i] >= '0' && name.at[i] <= '9') || name.at[i] == '_') &&
                plain;
    return plain;
}

static void add_place(const struct node *node, struct buf *out)
{
    if (node->parent == NULL)
        return;
    add_place(node->parent, out);
    if (node->key == NULL) {
        buf_addf(out, "[%u]", node->index);
    } else if (is_plain(node_key(node))) {
        if (out->len > 0)
            buf_addc(out, '.');
        buf_adds(out, node_key(node));
    } else {
        buf_adds(out, STR("['"));
        buf_add_visible(out, node_key(node));
        buf_adds(out, STR("']"));
    }
}

/* Where a node is, as a person writes it: process.rlimits[0].type */
const char *shape_text_place(struct shape_walk *walk, const struct node *node)
{
    AUTO_BUF struct buf out = {0};
    add_place(node, &out);
    if (out.len == 0)
        buf_adds(&out, STR("the document"));
    return arena_copy(walk->search->arena, out.data, out.len);
}

/* Adds a mark. What it says of a document that is older than 1.0.0 may have been right in
 * its time. */
void shape_add(struct shape_walk *walk, struct mark mark)
{
    static const char *const changed[] = {SHAPE_MISSING, SHAPE_TYPE, SHAPE_VALUE};
    for (size_t i = 0; i < sizeof changed / sizeof changed[0]; i++) {
        if (walk->version.kind == VERSION_OLD && strstr(mark.more, "since 1.") == NULL &&
            strcmp(mark.finder, changed[i]) == 0)
            mark.more = shape_text(walk, "%s (since 1.0.0; the document is of %.*s)",
                                   mark.more, (int)walk->declared.len, walk->declared.at);
    }
    marks_add(walk->out, mark);
}

const char *shape_section(const struct shape_member *member)
{
    return member != NULL ? member->section : NULL;
}

/* One operation of RFC 6902 with a value, given as JSON text. */
const char *shape_patch_value(struct shape_walk *walk, const char *op, const char *path,
                              struct str value)
{
    AUTO_BUF struct buf out = {0};
    buf_addf(&out, "[{\"op\":\"%s\",\"path\":", op);
    print_json_string(str_of(path), &out);
    buf_adds(&out, STR(",\"value\":"));
    buf_adds(&out, value);
    buf_adds(&out, STR("}]"));
    return arena_copy(walk->search->arena, out.data, out.len);
}

const char *shape_patch_string(struct shape_walk *walk, struct str value)
{
    AUTO_BUF struct buf json = {0};
    print_json_string(value, &json);
    return shape_patch_value(walk, "replace", "", buf_str(&json));
}

const char *shape_patch_remove(void)
{
    return "[{\"op\":\"remove\",\"path\":\"\"}]";
}

/* Gives a member another name; the candidate is its object. */
const char *shape_patch_rename(struct shape_walk *walk, const struct node *node,
                               struct str name)
{
    AUTO_BUF struct buf from = {0};
    AUTO_BUF struct buf to = {0};
    AUTO_BUF struct buf out = {0};
    node_pointer_add(&from, node_key(node));
    node_pointer_add(&to, name);
    buf_adds(&out, STR("[{\"op\":\"move\",\"from\":"));
    print_json_string(buf_str(&from), &out);
    buf_adds(&out, STR(",\"path\":"));
    print_json_string(buf_str(&to), &out);
    buf_adds(&out, STR("}]"));
    return arena_copy(walk->search->arena, out.data, out.len);
}

const char *shape_rule(enum shape_by by)
{
    static const char *const rules[] = {
        [BY_NOBODY] = SHAPE_FORMAT,   [BY_MUST] = SHAPE_FORMAT,
        [BY_SHOULD] = SHAPE_ADVISED,  [BY_CONVENTION] = SHAPE_CONVENTION,
        [BY_KERNEL] = SHAPE_UNUSABLE,
    };
    return rules[by];
}

/* What else there is to say where a member has no effect. */
bool shape_equal_case(struct str a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.at, b, a.len) == 0;
}
