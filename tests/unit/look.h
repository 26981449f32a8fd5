/* SPDX-License-Identifier: Apache-2.0
 *
 * Random values, and documents written in every style: JSON or YAML; minified, on lines,
 * or mixed; tabs and spaces; LF and CR LF; any quotes; any order of members; comments
 * everywhere; anchors and aliases; with and without a last line end.
 *
 *     struct look look;
 *     look_choose(&look, seed);
 *     look_write(&look, root);
 *     … look.out, which has the comments "# c0;" to look.comments - 1 …
 *     buf_release(&look.out);
 */
#ifndef SPECLINT_TEST_LOOK_H
#define SPECLINT_TEST_LOOK_H

#include "doc.h"
#include "print.h"

#include <stdio.h>
#include <strings.h>

enum { LOOK_COMMENTS_MAX = 64, LOOK_ANCHORS_MAX = 32, LOOK_CHILDREN_MAX = 64 };

struct look {
    bool yaml;
    const char *line_end;
    const char *unit;
    const char *colon;
    const char *comma;
    const char *pad;
    unsigned lines;   /* of 8 containers, how many have lines */
    unsigned flow;    /* YAML: of 8 containers, how many have brackets */
    unsigned remarks; /* YAML: of 8 places for a comment, how many have one */
    unsigned aliases; /* YAML: of 16 values, how many become an alias of another one */
    unsigned step, list_step, dash;
    char quote; /* YAML: 0, ' or " */
    unsigned comments;
    unsigned anchors;
    unsigned done[LOOK_ANCHORS_MAX]; /* anchors that an alias may name */
    unsigned done_count;
    bool ends_with_block; /* a block scalar was the last that was written */
    struct buf out;
};

static uint64_t look_state;

static inline unsigned below(unsigned limit)
{
    look_state = look_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(look_state >> 33) % limit;
}

static inline bool one_in(unsigned count)
{
    return below(count) == 0;
}

static inline const char *pick(const char *const *texts, unsigned count)
{
    return texts[below(count)];
}
#define PICK(...)                                                                        \
    pick((const char *const[]){__VA_ARGS__},                                             \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static inline void look_choose(struct look *look, uint64_t seed)
{
    look_state = seed;
    below(2);
    *look = (struct look){
        .yaml = one_in(2),
        .line_end = PICK("\n", "\n", "\r\n"),
        .unit = PICK("  ", "    ", "\t", " "),
        .colon = PICK(": ", ": ", ":", " : "),
        .comma = PICK(", ", ", ", ",", " , "),
        .pad = PICK("", "", " "),
        .lines = below(9),
        .flow = one_in(2) ? 0 : below(9),
        .remarks = one_in(2) ? 0 : below(5),
        .step = 1 + below(4),
        .dash = 2 + below(3),
        .quote = "\0\0'\""[below(4)],
    };
    look->list_step = one_in(2) ? 0 : look->step;
    if (look->yaml) {
        look->unit = PICK("  ", "    ", " ");
        look->colon = look->quote == '"' ? PICK(": ", ":") : ": ";
    }
}

static inline void look_pad(struct look *look, unsigned columns)
{
    while (columns-- > 0)
        buf_addc(&look->out, ' ');
}

static inline void look_add(struct look *look, const char *text)
{
    buf_adds(&look->out, str_of(text));
}

static inline bool look_remarks(const struct look *look)
{
    return look->yaml && look->comments < LOOK_COMMENTS_MAX && below(8) < look->remarks;
}

/* The end of a line, with a comment before it or not. */
static inline void look_end_line(struct look *look)
{
    if (look_remarks(look))
        buf_addf(&look->out, "%s# c%u;", one_in(3) ? "   " : " ", look->comments++);
    look_add(look, look->line_end);
}

/* Lines between two entries: blank ones, and comments. */
static inline void look_between(struct look *look, unsigned columns)
{
    while (look_remarks(look)) {
        if (!one_in(3)) {
            look_pad(look, one_in(4) ? below(columns + 1) : columns);
            buf_addf(&look->out, "# c%u;", look->comments++);
        }
        look_add(look, look->line_end);
    }
}

/* Letters and the like: no reader takes them for anything but a string. */
static inline bool look_is_simple(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/_",
                   text.at[i]) == NULL)
            return false;
    bool word = text.len == 5 && strncasecmp(text.at, "false", 5) == 0;
    return (text.len > 4 && !word) || (text.len > 0 && text.at[0] == '/');
}

static inline void look_string(struct look *look, struct str text, bool name)
{
    bool simple = look_is_simple(text);
    bool printable = true;
    for (size_t i = 0; i < text.len; i++)
        printable = printable && (unsigned char)text.at[i] >= ' ';
    char quote = look->yaml ? look->quote : '"';
    if ((quote == 0 && !simple) || !printable)
        quote = '"';
    if (name && look->yaml && look->colon[1] == '\0')
        quote = '"'; /* or {a:1} would be one string */
    if (quote == '"') {
        print_json_string(text, &look->out);
        return;
    }
    if (quote != 0)
        buf_addc(&look->out, quote);
    for (size_t i = 0; i < text.len; i++) {
        buf_addc(&look->out, text.at[i]);
        if (quote != 0 && text.at[i] == '\'')
            buf_addc(&look->out, '\'');
    }
    if (quote != 0)
        buf_addc(&look->out, quote);
}

/* The children of a container, those of an object in any order. */
static inline unsigned look_children(const struct node *node,
                                     const struct node **children)
{
    unsigned count = 0;
    for (const struct node *child = node->child;
         child != NULL && count < LOOK_CHILDREN_MAX; child = child->next)
        children[count++] = child;
    for (unsigned i = count; node->type == NODE_OBJECT && i > 1; i--) {
        unsigned other = below(i);
        const struct node *kept = children[i - 1];
        children[i - 1] = children[other];
        children[other] = kept;
    }
    return count;
}

/* Writes an alias in place of a value, or an anchor before it, or nothing. Returns
 * whether the value is written by that. */
static inline bool look_alias(struct look *look, unsigned *anchor)
{
    *anchor = LOOK_ANCHORS_MAX;
    if (!look->yaml || look->aliases == 0)
        return false;
    if (look->done_count > 0 && below(16) < look->aliases) {
        buf_addf(&look->out, "*a%u ", look->done[below(look->done_count)]);
        return true;
    }
    if (look->anchors < LOOK_ANCHORS_MAX && one_in(6)) {
        *anchor = look->anchors++;
        buf_addf(&look->out, "&a%u ", *anchor);
    }
    return false;
}

static inline void look_anchored(struct look *look, unsigned anchor)
{
    if (anchor < LOOK_ANCHORS_MAX)
        look->done[look->done_count++] = anchor;
}

/* A value in brackets, or a scalar. */
static inline void look_flow(struct look *look, const struct node *node,
                             const char *indent, bool one_line)
{
    const struct node *children[LOOK_CHILDREN_MAX];
    unsigned anchor;
    if (look_alias(look, &anchor))
        return;
    if (!node_is_container(node)) {
        if (node->type == NODE_STRING)
            look_string(look, node_text(node), false);
        else
            print_json(node, &look->out);
        look_anchored(look, anchor);
        return;
    }
    bool object = node->type == NODE_OBJECT;
    bool lines = !one_line && below(8) < look->lines;
    unsigned count = look_children(node, children);
    AUTO_BUF struct buf inner = {0};
    buf_addf(&inner, "%s%s", indent, look->unit);
    buf_addc(&look->out, object ? '{' : '[');
    if (count > 0 && !lines)
        look_add(look, look->pad);
    for (unsigned i = 0; i < count; i++) {
        if (lines) {
            look_end_line(look);
            look_add(look, inner.data);
        }
        if (object) {
            look_string(look, node_key(children[i]), true);
            look_add(look, look->colon);
        }
        look_flow(look, children[i], inner.data, !lines);
        if (i + 1 < count)
            look_add(look, lines ? "," : look->comma);
    }
    if (count > 0 && lines) {
        look_end_line(look);
        look_add(look, indent);
    } else if (count > 0) {
        look_add(look, look->pad);
    }
    buf_addc(&look->out, object ? '}' : ']');
    look_anchored(look, anchor);
}

static inline void look_value(struct look *look, const struct node *node, unsigned column,
                              bool behind_dash);

static inline void look_entries(struct look *look, const struct node *node,
                                unsigned column)
{
    const struct node *children[LOOK_CHILDREN_MAX];
    unsigned count = look_children(node, children);
    for (unsigned i = 0; i < count; i++) {
        if (i > 0) {
            look_between(look, column);
            look_pad(look, column);
        }
        if (node->type == NODE_OBJECT)
            look_string(look, node_key(children[i]), true);
        buf_addc(&look->out, node->type == NODE_OBJECT ? ':' : '-');
        look_value(look, children[i], column, node->type == NODE_ARRAY);
    }
}

/* A string that ends its lines as a block scalar can, on lines of its own. */
static inline bool look_block_scalar(struct look *look, const struct node *node,
                                     unsigned column)
{
    struct str text = node_text(node);
    if (node->type != NODE_STRING || text.len < 2 || text.at[text.len - 1] != '\n' ||
        text.at[0] == ' ' || text.at[0] == '\n' ||
        memchr(text.at, '\n', text.len) != text.at + text.len - 1)
        return false;
    look_add(look, PICK(" |", " |+", " >", " >+"));
    look_end_line(look);
    look_pad(look, column + 1);
    buf_add(&look->out, text.at, text.len - 1);
    look_add(look, look->line_end);
    look->ends_with_block = true;
    return true;
}

/* What is behind a name or dash at `column`, and the end of its lines. */
static inline void look_value(struct look *look, const struct node *node, unsigned column,
                              bool behind_dash)
{
    look->ends_with_block = false;
    if (node->type == NODE_NULL && one_in(2)) {
        look_end_line(look);
        return;
    }
    if (look_block_scalar(look, node, column))
        return;
    if (!node_is_container(node) || node->len == 0 || below(8) < look->flow) {
        AUTO_BUF struct buf indent = {0};
        buf_addf(&indent, "%*s", (int)column + 1, "");
        look_pad(look, behind_dash ? look->dash - 1 : 1);
        look_flow(look, node, indent.data, false);
        look_end_line(look);
        return;
    }
    unsigned inner =
        behind_dash ? column + look->dash
                    : column + (node->type == NODE_OBJECT ? look->step : look->list_step);
    unsigned anchor;
    look_pad(look, behind_dash ? look->dash - 1 : 1);
    if (look_alias(look, &anchor)) {
        look_end_line(look);
        return;
    }
    if (!behind_dash || anchor < LOOK_ANCHORS_MAX) {
        look_end_line(look);
        look_between(look, inner);
        look_pad(look, inner);
    }
    look_entries(look, node, inner);
    look_anchored(look, anchor);
}

static inline void look_write(struct look *look, const struct node *root)
{
    if (!look->yaml || look->flow > 6 || !node_is_container(root) || root->len == 0) {
        look_flow(look, root, "", false);
        if (one_in(3))
            return;
        look_end_line(look);
    } else {
        look_between(look, 0);
        look_entries(look, root, 0);
        look_between(look, 0);
    }
    /* No last line end; a block scalar would be another value without. */
    if (one_in(4) && !look->ends_with_block) {
        look->out.len -= strlen(look->line_end);
        look->out.data[look->out.len] = '\0';
    }
}

/* Adds a random value as JSON text, arrays and objects at most `depth` in each other. */
static inline void look_random(struct buf *out, unsigned depth)
{
    static const char *const words[] = {
        "ro",         "nosuid",        "/sys",   "type",         "a b",    "yes",
        "0755",       "CAP_SYS_ADMIN", "null",   "it's",         "x:y",    "- x",
        "# no",       "{a}",           "",       "l\xC3\xA4nge", "1e3",    "a, b",
        "*",          "a: b",          "~",      "--flag",       "1:30",   "tab\there",
        "...",        "text\n",        "# no\n", "size=1k",      "a\nb\n", "-1",
        "2001-01-01",
    };
    static const char *const names[] = {"destination", "type",  "source", "options",
                                        "linux",       "a/b",   "m~n",    "env",
                                        "x y",         "mounts"};
    if (depth > 0 && !one_in(3)) {
        bool object = one_in(2);
        unsigned first = below(7);
        buf_addc(out, object ? '{' : '[');
        for (unsigned i = 0, count = below(5); i < count && first + i < 10; i++) {
            if (i > 0)
                buf_addc(out, ',');
            if (object) {
                print_json_string(str_of(names[first + i]), out);
                buf_addc(out, ':');
            }
            look_random(out, depth - 1);
        }
        buf_addc(out, object ? '}' : ']');
        return;
    }
    switch (below(8)) {
    case 0:
        buf_addf(out, "%u", below(1000));
        break;
    case 1:
        buf_adds(out, str_of(PICK("18446744073709551615", "-1.50", "1e3", "0")));
        break;
    case 2:
        buf_adds(out, str_of(PICK("true", "false", "null")));
        break;
    default:
        print_json_string(str_of(pick(words, sizeof words / sizeof *words)), out);
        break;
    }
}

/* Whether a text has all comments that were written. */
static inline bool look_has_comments(const struct look *look, const char *text)
{
    for (unsigned i = 0; i < look->comments; i++) {
        char comment[16];
        snprintf(comment, sizeof comment, "# c%u;", i);
        if (strstr(text, comment) == NULL)
            return false;
    }
    return true;
}

#endif
