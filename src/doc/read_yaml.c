/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML text to nodes: the events of libyaml, the core schema of YAML 1.2 for what they
 * mean, and the text itself for where they stand exactly:
 *
 *  - libyaml counts characters; offsets are bytes. The way from one to the other is
 * walked once, along with the events.
 *  - The span of a node with an anchor or a tag is the value without them.
 *  - A block collection begins at its first key or dash and ends with its last child; to
 *    libyaml it reaches to the next token, past comments and blank lines.
 *  - A block scalar ends with its last line that counts, without the line end.
 *  - A value that is not there is null, an empty span behind its dash or colon.
 *  - The pair [a: b] is an object in NODE_FLOW style whose span has no brackets.
 *
 * An empty document of a stream ('---' and nothing more) is left out.
 */
#include "yaml_anchor.h"
#include "yaml_fault.h"
#include "yaml_place.h"
#include "yaml_scalar.h"
#include "yaml_tag.h"

#include <yaml.h>

struct reader {
    struct doc *doc;
    struct text *text;
    struct fault *fault;
    struct tree tree;
    struct yaml_walk walk;
    struct yaml_anchors anchors;
    bool has_key; /* a name was read, and its value comes next */
    struct str key;
    struct span key_span;
    struct span scalar; /* the last one that was not empty, for faults */
};

/* The properties of a node and where they begin. */
struct properties {
    const char *anchor;
    const char *tag;
    uint32_t at;
};

static bool fail(struct reader *reader, uint32_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(struct reader *reader, uint32_t at, const char *format, ...)
{
    AUTO_BUF struct buf message = {0};
    struct place place = text_place(reader->text, at);
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&message, format, arguments);
    va_end(arguments);
    return fault_set_at(reader->fault, place.line, place.column, "%s", message.data);
}

static uint32_t start_of(struct reader *reader, const yaml_event_t *event)
{
    return yaml_walk_to(&reader->walk, event->start_mark.index);
}

static uint32_t end_of(struct reader *reader, const yaml_event_t *event)
{
    return yaml_walk_to(&reader->walk, event->end_mark.index);
}

static bool fail_tag(struct reader *reader, const struct properties *properties)
{
    AUTO_BUF struct buf name = {0};
    const struct yaml_tag *tag = yaml_tag_find(properties->tag);
    yaml_tag_add_name(properties->tag, &name);
    if (tag != NULL)
        return fail(reader, properties->at,
                    "expected %s behind the tag %s, found something else; remove the tag",
                    tag->meaning, name.data);
    return fail(
        reader, properties->at,
        "the tag %s has no meaning in a spec; remove it, or quote text that begins "
        "with '!'",
        name.data);
}

static bool skip_properties(struct reader *reader, uint32_t *at, uint32_t end)
{
    return yaml_skip_properties(reader->text, at, end) ||
           yaml_fault_expected(reader->text, *at, "a space behind the anchor's name",
                               NULL, reader->fault);
}

static bool define_anchor(struct reader *reader, const struct properties *properties,
                          const struct node *node)
{
    return properties->anchor == NULL ||
           yaml_anchors_add(&reader->anchors, properties->anchor, properties->at, node);
}

static const struct tree_frame *open_frame(const struct reader *reader)
{
    return reader->tree.depth > 0 ? &reader->tree.frames[reader->tree.depth - 1] : NULL;
}

/* Whether the next node is the name of a member. */
static bool is_key(const struct reader *reader)
{
    const struct tree_frame *frame = open_frame(reader);
    return frame != NULL && frame->node->type == NODE_OBJECT && !reader->has_key;
}

/* A new node at its place in the tree, with the name that waits for it. */
static struct node *add_node(struct reader *reader, enum node_type type)
{
    struct node *node = tree_add(&reader->tree, type);
    if (reader->has_key) {
        tree_set_key(&reader->tree, node, reader->key);
        node->key_span = reader->key_span;
        reader->has_key = false;
    }
    return node;
}

/* The bytes of a value: in the text where they stand there as they are. */
static void set_value(struct reader *reader, struct node *node, struct str value)
{
    struct span inner = node->span;
    if (node->style == NODE_SINGLE || node->style == NODE_DOUBLE) {
        inner.start++;
        inner.end--;
    }
    struct str written = text_slice(reader->text, inner);
    node->value = str_equal(written, value)
                      ? written.at
                      : arena_copy(&reader->doc->arena, value.at, value.len);
    node->len = (uint32_t)value.len;
}

static bool set_number(struct reader *reader, struct node *node, struct str value)
{
    AUTO_BUF struct buf number = {0};
    if (!scalar_number(value, &number))
        return fail(reader, node->span.start, "this number has more than %d digits",
                    SCALAR_DIGITS_MAX);
    set_value(reader, node, buf_str(&number));
    return true;
}

/* Type and value of a scalar, by its tag or, without one, by the core schema. */
static bool resolve(struct reader *reader, struct node *node, struct str value,
                    const struct properties *properties)
{
    static const enum node_type types[] = {
        [SCALAR_STRING] = NODE_STRING,     [SCALAR_NULL] = NODE_NULL,
        [SCALAR_FALSE] = NODE_FALSE,       [SCALAR_TRUE] = NODE_TRUE,
        [SCALAR_INT] = NODE_NUMBER,        [SCALAR_FLOAT] = NODE_NUMBER,
        [SCALAR_NOT_FINITE] = NODE_NUMBER,
    };
    enum scalar_kind kind = SCALAR_STRING;
    if (node->style == NODE_PLAIN &&
        str_equal(value, STR("-"))) /* YAML 1.2 section 7.3.3 */
        return yaml_fault_expected(reader->text, node->span.start, "a value",
                                   "quote the dash if it is text", reader->fault);
    if (properties->tag == NULL) {
        if (node->style == NODE_PLAIN)
            kind = scalar_kind(value);
    } else if (strcmp(properties->tag, "!") != 0) { /* "!" makes a string of anything */
        const struct yaml_tag *tag = yaml_tag_find(properties->tag);
        kind = scalar_kind(value);
        if (tag == NULL || (tag->kinds & 1u << kind) == 0)
            return fail_tag(reader, properties);
        if (tag->type == NODE_STRING)
            kind = SCALAR_STRING;
    }
    if (kind == SCALAR_NOT_FINITE)
        return fail(reader, node->span.start,
                    "JSON has no infinity and no NaN; quote %.*s if it is text",
                    (int)value.len, value.at);
    node->type = types[kind];
    if (node->type == NODE_NUMBER)
        return set_number(reader, node, value);
    if (node->type == NODE_STRING)
        set_value(reader, node, value);
    return true;
}

/* Runtimes read JSON, whose names are strings. */
static bool read_key(struct reader *reader, const struct node *key,
                     const struct properties *properties)
{
    struct str written = text_slice(reader->text, key->span);
    if (key->type != NODE_STRING && written.len == 0)
        return yaml_fault_expected(reader->text, key->span.start, "a key", NULL,
                                   reader->fault);
    if (key->type != NODE_STRING)
        return fail(
            reader, key->span.start,
            "expected a string as key, found %.*s, which is a %s in YAML; quote it",
            (int)(written.len < 100 ? written.len : 100), written.at,
            node_type_name(key));
    reader->has_key = true;
    reader->key = node_text(key);
    reader->key_span = key->span;
    if (properties->anchor == NULL)
        return true;
    /* Aliases may name a key's anchor, so it needs a node, though outside of the tree. */
    struct node *node = arena_alloc(&reader->doc->arena, sizeof *node);
    *node = *key;
    return define_anchor(reader, properties, node);
}

/* Where a value that is not there would stand: behind the colon, or behind the key if
 * there is no colon. libyaml has it before the next token. */
static uint32_t place_empty(const struct reader *reader, uint32_t at)
{
    if (!reader->has_key)
        return at;
    uint32_t colon = yaml_skip_space(reader->text, reader->key_span.end, at);
    return colon < at && reader->text->bytes[colon] == ':' ? colon + 1
                                                           : reader->key_span.end;
}

static bool read_scalar(struct reader *reader, const yaml_event_t *event)
{
    static const enum node_style styles[] = {
        [YAML_ANY_SCALAR_STYLE] = NODE_PLAIN,
        [YAML_PLAIN_SCALAR_STYLE] = NODE_PLAIN,
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = NODE_SINGLE,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = NODE_DOUBLE,
        [YAML_LITERAL_SCALAR_STYLE] = NODE_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = NODE_FOLDED,
    };
    struct str value = {(const char *)event->data.scalar.value,
                        event->data.scalar.length};
    struct properties properties = {(const char *)event->data.scalar.anchor,
                                    (const char *)event->data.scalar.tag,
                                    start_of(reader, event)};
    struct node scalar = {
        .style = styles[event->data.scalar.style],
        .span = {properties.at, end_of(reader, event)},
    };
    if (!skip_properties(reader, &scalar.span.start, scalar.span.end))
        return false;
    if (scalar.span.start == properties.at && scalar.span.end == properties.at)
        scalar.span.start = scalar.span.end = place_empty(reader, properties.at);
    if (scalar.style == NODE_LITERAL || scalar.style == NODE_FOLDED)
        scalar.span.end = yaml_block_end(reader->text, scalar.span, value);
    scalar.flags = (properties.anchor != NULL ? NODE_ANCHOR : 0) |
                   (properties.tag != NULL ? NODE_TAGGED : 0);
    if (scalar.span.start < scalar.span.end)
        reader->scalar = scalar.span;
    else if (reader->tree.depth == 0 && scalar.flags == 0)
        return true; /* the document is empty */

    if (!resolve(reader, &scalar, value, &properties))
        return false;
    if (is_key(reader))
        return read_key(reader, &scalar, &properties);
    struct node *node = add_node(reader, scalar.type);
    tree_set_value(&reader->tree, node, (struct str){scalar.value, scalar.len});
    node->span = scalar.span;
    node->style = scalar.style;
    node->flags = scalar.flags;
    return define_anchor(reader, &properties, node);
}

/* The end of the event is the bracket's, or else the place of the first token inside:
 * before it, or behind it where that is the dash of a list that is not indented. */
static uint32_t container_start(const struct reader *reader, const struct node *node,
                                struct span event)
{
    const char *bytes = reader->text->bytes;
    bool bracket = event.end > event.start && strchr("[{", bytes[event.end - 1]) != NULL;
    if (node->style == NODE_FLOW)
        return bracket ? event.end - 1 : event.start;
    bool dash = event.end < reader->text->len && bytes[event.end] == '-';
    return node->type == NODE_ARRAY && !dash ? event.end - 1 : event.end;
}

static bool open_container(struct reader *reader, enum node_type type, bool flow,
                           const yaml_event_t *event, struct properties properties)
{
    properties.at = start_of(reader, event);
    struct span span = {properties.at, end_of(reader, event)};
    if (is_key(reader))
        return fail(reader, span.start, "expected a string as key, found a %s",
                    type == NODE_ARRAY ? "list" : "mapping");
    if (properties.tag != NULL && strcmp(properties.tag, "!") != 0) {
        const struct yaml_tag *tag = yaml_tag_find(properties.tag);
        if (tag == NULL || tag->type != type)
            return fail_tag(reader, &properties);
    }
    uint32_t value = span.start;
    if (!skip_properties(reader, &value, span.end))
        return false;
    struct node *node = add_node(reader, type);
    node->style = flow ? NODE_FLOW : NODE_BLOCK;
    node->span.start = node->span.end = container_start(reader, node, span);
    node->flags = (properties.anchor != NULL ? NODE_ANCHOR : 0) |
                  (properties.tag != NULL ? NODE_TAGGED : 0);
    if (!define_anchor(reader, &properties, node))
        return false;
    if (!tree_open(&reader->tree, node))
        return fail(reader, node->span.start,
                    "arrays and objects are nested more than %d deep", DOC_DEPTH_MAX);
    return true;
}

static void close_container(struct reader *reader, const yaml_event_t *event)
{
    const struct node *last = open_frame(reader)->last;
    struct node *node = tree_close(&reader->tree);
    bool bracket = node->style == NODE_FLOW &&
                   strchr("[{", reader->text->bytes[node->span.start]) != NULL;
    if (bracket)
        node->span.end = end_of(reader, event);
    else if (last != NULL)
        node->span.end = last->span.end;
}

static bool read_alias(struct reader *reader, const yaml_event_t *event)
{
    struct str name = str_of((const char *)event->data.alias.anchor);
    struct span span = {start_of(reader, event), end_of(reader, event)};
    if (is_key(reader))
        return fail(
            reader, span.start,
            "expected a string as key, found the alias *%s; write the name itself",
            name.at);
    const struct node *source = yaml_anchors_find(&reader->anchors, name, span.start);
    if (source == NULL)
        return false;
    struct node *node = add_node(reader, source->type);
    node->span = span;
    node->style = source->style;
    node->flags = NODE_ALIAS;
    return yaml_anchors_copy(&reader->anchors, node, source, span.start);
}

static bool read_event(struct reader *reader, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_ALIAS_EVENT:
        return read_alias(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_container(
            reader, NODE_ARRAY,
            event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE, event,
            (struct properties){(const char *)event->data.sequence_start.anchor,
                                (const char *)event->data.sequence_start.tag, 0});
    case YAML_MAPPING_START_EVENT:
        return open_container(
            reader, NODE_OBJECT,
            event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE, event,
            (struct properties){(const char *)event->data.mapping_start.anchor,
                                (const char *)event->data.mapping_start.tag, 0});
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_container(reader, event);
        return true;
    case YAML_DOCUMENT_START_EVENT:
        yaml_anchors_clear(&reader->anchors);
        return true;
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_NO_EVENT:
        return true;
    }
    return true;
}

static bool fail_parser(struct reader *reader, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR)
        return fault_set(reader->fault, "libyaml is out of memory");
    struct yaml_problem problem = {
        .problem = parser->problem,
        .context = parser->context,
        .at = yaml_walk_to(&reader->walk, parser->problem_mark.index),
        .context_at = yaml_walk_to(&reader->walk, parser->context_mark.index),
        .scalar = reader->scalar,
    };
    return yaml_fault(reader->text, &problem, reader->fault);
}

static bool read_stream(struct reader *reader, yaml_parser_t *parser)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event))
            return fail_parser(reader, parser);
        more = event.type != YAML_STREAM_END_EVENT;
        bool read = read_event(reader, &event);
        yaml_event_delete(&event);
        if (!read)
            return false;
    }
    if (reader->doc->root == NULL)
        return fail(
            reader, reader->text->len, "expected a YAML document, found nothing%s",
            yaml_skip_space(reader->text, 0, reader->text->len) < reader->text->len ||
                    memchr(reader->text->bytes, '#', reader->text->len)
                ? " but comments and marks"
                : "");
    return true;
}

bool read_yaml(struct doc *doc, struct fault *fault)
{
    yaml_parser_t parser;
    struct reader reader = {
        .doc = doc,
        .text = &doc->text,
        .walk = {.text = &doc->text},
        .fault = fault,
        .tree = {.doc = doc},
        .anchors = {.tree = &reader.tree, .text = &doc->text, .fault = fault}};
    if (!yaml_check_characters(reader.text, &reader.walk.ascii, fault))
        return false;
    if (!yaml_parser_initialize(&parser))
        return fault_set(fault, "libyaml is out of memory");
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)doc->text.bytes,
                                 doc->text.len);
    bool read = read_stream(&reader, &parser);
    doc->aliases = reader.anchors.alias_nodes > 0;
    yaml_parser_delete(&parser);
    tree_release(&reader.tree);
    yaml_anchors_release(&reader.anchors);
    return read;
}
