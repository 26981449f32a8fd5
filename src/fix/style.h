/* SPDX-License-Identifier: Apache-2.0
 *
 * The style of a place in a document, learnt from its neighbours: what stood there, its
 * namesakes in like objects, its siblings, and then the rest of the document. What no
 * neighbour shows has a plain default.
 */
#ifndef SPECLINT_STYLE_H
#define SPECLINT_STYLE_H

#include "doc.h"

/* How an array or object with children is laid out. */
enum layout {
    LAYOUT_BLOCK, /* YAML, indented */
    LAYOUT_LINES, /* in brackets, a line for each child */
    LAYOUT_LINE,  /* in brackets, all on one line */
    LAYOUT_COUNT,
};

/* Kinds of containers that people lay out alike. */
enum shape {
    SHAPE_LIST,   /* an array without arrays and objects in it */
    SHAPE_ARRAY,  /* any other array */
    SHAPE_OBJECT, /* an object */
    SHAPE_COUNT,
};

enum { STYLE_TEXT_MAX = 32 };

/* A short text of the style, by value: it outlives the document. */
struct style_text {
    char at[STYLE_TEXT_MAX];
    uint8_t len;
};

struct style {
    enum layout layout[SHAPE_COUNT];
    struct style_text line_end; /* empty if the text has none to copy */
    struct style_text unit;     /* one step of indentation in brackets */
    struct style_text colon;    /* between a name and its value in brackets */
    struct style_text comma;    /* between children on one line */
    struct style_text pad[2];   /* inside of [ ] and of { } on one line */
    enum node_style strings;    /* NODE_PLAIN, or the quotes that strings have */
    enum node_style names;      /* the same for names of members */
    char quote;                 /* what is used where quotes must be: ' or " */
    uint32_t step;              /* YAML block: columns from a mapping to one inside */
    uint32_t list_step;         /* and from a mapping to the dashes of a list in it */
    uint32_t dash;              /* and from a dash to what is behind it */
};

enum shape shape_of(const struct node *container);

/* Learns the style for a value with the name `key` (empty for an element) in `parent`
 * (NULL for a root), where `old` stands now (NULL if nothing does). `root` is the root of
 * the document in the file. */
void style_learn(struct style *style, const struct doc *doc, const struct node *root,
                 const struct node *parent, struct str key, const struct node *old);

/* Of at most STYLE_TEXT_MAX bytes. */
static inline struct style_text style_text(struct str text)
{
    struct style_text copy = {.len = (uint8_t)text.len};
    memcpy(copy.at, text.at, text.len);
    return copy;
}

static inline struct str style_str(const struct style_text *text)
{
    return (struct str){text->at, text->len};
}

#endif
