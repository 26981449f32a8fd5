/* SPDX-License-Identifier: Apache-2.0 */
#include "patch.h"

#include "change.h"
#include "line.h"
#include "print.h"
#include "quote.h"
#include "write.h"

void patch_append(struct patch *patch, enum op_kind kind, const char *path,
                  const char *from, const char *value)
{
    patch->items =
        mem_grow(patch->items, patch->count, &patch->capacity, sizeof *patch->items);
    patch->items[patch->count++] = (struct patch_op){
        .kind = kind,
        .path = mem_copy(path, strlen(path)),
        .from = from != NULL ? mem_copy(from, strlen(from)) : NULL,
        .value = value,
    };
}

void patch_print(const struct patch *patch, struct buf *out)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < patch->count; i++) {
        const struct patch_op *op = &patch->items[i];
        buf_addf(out, "%s{\"op\": \"%s\", ", i > 0 ? ", " : "", op_name(op->kind));
        if (op->from != NULL) {
            buf_adds(out, STR("\"from\": "));
            print_json_string(str_of(op->from), out);
            buf_adds(out, STR(", "));
        }
        buf_adds(out, STR("\"path\": "));
        print_json_string(str_of(op->path), out);
        if (op->value != NULL)
            buf_addf(out, ", \"value\": %s", op->value);
        buf_addc(out, '}');
    }
    buf_addc(out, ']');
}

void patch_release(struct patch *patch)
{
    for (size_t i = 0; i < patch->count; i++) {
        free(patch->items[i].path);
        free(patch->items[i].from);
    }
    free(patch->items);
    *patch = (struct patch){0};
}

char *patch_token(struct str token, size_t *len)
{
    char *text = mem_copy(token.at, token.len);
    *len = 0;
    for (size_t i = 0; i < token.len; i++) {
        char byte = token.at[i];
        if (byte == '~') {
            char next = ++i < token.len ? token.at[i] : '\0';
            if (next != '0' && next != '1') {
                free(text);
                return NULL;
            }
            byte = next == '1' ? '/' : '~';
        }
        text[(*len)++] = byte;
    }
    text[*len] = '\0';
    return text;
}

/* An index as RFC 6901 section 4 has it, or "-" for the place behind the last. */
static bool parse_index(const struct patch_place *place, uint32_t *index)
{
    uint64_t value = 0;
    if (strcmp(place->token, "-") == 0) {
        *index = place->parent->len;
        return true;
    }
    if (place->token_len == 0 || place->token_len > 9 ||
        (place->token[0] == '0' && place->token_len > 1))
        return false;
    for (size_t i = 0; i < place->token_len; i++) {
        if (place->token[i] < '0' || place->token[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(place->token[i] - '0');
    }
    *index = (uint32_t)value;
    return value <= place->parent->len;
}

bool patch_find(const struct node *root, const char *pointer, struct patch_place *place)
{
    *place = (struct patch_place){0};
    const char *slash = strrchr(pointer, '/');
    if (slash == NULL) {
        place->node = root;
        return *pointer == '\0';
    }
    place->parent = node_find(root, (struct str){pointer, (size_t)(slash - pointer)});
    if (place->parent == NULL || !node_is_container(place->parent))
        return false;
    place->token = patch_token(str_of(slash + 1), &place->token_len);
    if (place->token == NULL)
        return false;
    if (place->parent->type == NODE_OBJECT) {
        place->node =
            node_get(place->parent, (struct str){place->token, place->token_len});
        place->index = place->node != NULL ? place->node->index : place->parent->len;
        return true;
    }
    if (!parse_index(place, &place->index)) {
        patch_place_release(place);
        return false;
    }
    place->node = node_at(place->parent, place->index);
    return true;
}

void patch_place_release(struct patch_place *place)
{
    free(place->token);
    *place = (struct patch_place){0};
}

void change_edit(struct change *change, uint32_t start, uint32_t end, struct str text)
{
    edits_add(change->edits, (struct span){start, end}, text);
}

bool change_refuse(struct change *change, uint32_t at)
{
    struct text text = {.bytes = change->doc->text.bytes, .len = change->doc->text.len};
    struct place place = text_place(&text, at);
    text_release(&text);
    return fault_set_at(change->fault, place.line, place.column,
                        "the text here is written in a way that speclint cannot edit");
}

void change_line_end(const struct change *change, uint32_t at, struct buf *out)
{
    struct str line_end = line_ending(&change->doc->text, at);
    buf_adds(out, line_end.len > 0 ? line_end : change->line_end);
}

void change_style(const struct change *change, struct style *style,
                  const struct node *parent, struct str key, const struct node *old)
{
    style_learn(style, change->doc, change->root, parent, key, old);
    if (style->line_end.len == 0)
        style->line_end = style_text(change->line_end);
}

static bool fault_no_place(struct fault *fault, const char *pointer)
{
    return fault_set(fault, "the document has no place \"%s\"", pointer);
}

/* Where a member goes among the others: behind the one that people write before it. The
 * order is that of the mounts in config.md and of what `runc spec` writes. */
static uint32_t member_index(const struct node *object, struct str name)
{
    static const struct str order[] = {STR("destination"), STR("type"), STR("source"),
                                       STR("options")};
    enum { COUNT = sizeof order / sizeof *order };
    if (object->parent == NULL || object->parent->key == NULL ||
        !str_equal(node_key(object->parent), STR("mounts")))
        return object->len;
    size_t rank = 0;
    while (rank < COUNT && !str_equal(order[rank], name))
        rank++;
    for (size_t before = rank; rank < COUNT && before-- > 0;) {
        const struct node *member = node_get(object, order[before]);
        if (member != NULL)
            return member->index + 1;
    }
    return object->len;
}

static bool insert(struct change *change, const struct node *container, uint32_t index,
                   struct str key, const struct node *value)
{
    if (container->style == NODE_BLOCK)
        return block_insert(change, container, index, key, value);
    return flow_insert(change, container, index, key, value);
}

static bool replace(struct change *change, const struct node *old,
                    const struct node *value)
{
    bool block = change->doc->syntax == DOC_YAML &&
                 (old->parent == NULL || old->parent->style == NODE_BLOCK);
    return block ? block_replace(change, old, value) : flow_replace(change, old, value);
}

/* YAML has no names of more than 1024 characters in an object on the line (YAML 1.2
 * section 7.4.2), and their escapes count. */
static bool check_name(struct change *change, struct str name)
{
    enum { NAME_MAX_LEN = 1000, ESCAPE_LEN = 6 };
    if (change->doc->syntax == DOC_YAML && name.len > NAME_MAX_LEN / ESCAPE_LEN) {
        AUTO_BUF struct buf written = {0};
        quote_add(name, NODE_DOUBLE, '"', &written);
        if (written.len > NAME_MAX_LEN)
            return fault_set(change->fault, "a name is too long for YAML");
    }
    return true;
}

static bool check_names(struct change *change, const struct node *value)
{
    for (const struct node *node = value; node != NULL; node = node_walk(node, value))
        if (node->key != NULL && !check_name(change, node_key(node)))
            return false;
    return true;
}

bool patch_add(struct change *change, const char *pointer, const struct node *value)
{
    AUTO_PLACE struct patch_place place;
    if (!patch_find(change->root, pointer, &place))
        return fault_no_place(change->fault, pointer);
    if (!check_names(change, value) ||
        !check_name(change, (struct str){place.token, place.token_len}))
        return false;
    const struct node *container = place.parent;
    if (container == NULL || (container->type == NODE_OBJECT && place.node != NULL))
        return replace(change, place.node, value);
    struct str key = {place.token, place.token_len};
    if (container->type == NODE_ARRAY)
        return insert(change, container, place.index, (struct str){0}, value);
    return insert(change, container, member_index(container, key), key, value);
}

bool patch_replace(struct change *change, const char *pointer, const struct node *value)
{
    AUTO_PLACE struct patch_place place;
    if (!patch_find(change->root, pointer, &place) || place.node == NULL)
        return fault_no_place(change->fault, pointer);
    return check_names(change, value) && replace(change, place.node, value);
}

bool patch_remove(struct change *change, const char *pointer)
{
    AUTO_PLACE struct patch_place place;
    if (!patch_find(change->root, pointer, &place) || place.node == NULL ||
        place.parent == NULL)
        return fault_no_place(change->fault, pointer);
    return place.parent->style == NODE_BLOCK ? block_remove(change, place.node)
                                             : flow_remove(change, place.node);
}

bool patch_rename(struct change *change, const char *pointer, struct str name)
{
    AUTO_PLACE struct patch_place place;
    if (!patch_find(change->root, pointer, &place) || place.node == NULL ||
        place.node->key == NULL)
        return fault_no_place(change->fault, pointer);
    if (!check_name(change, name))
        return false;
    /* Quoted as the old name was. */
    struct style style = {.names = NODE_PLAIN, .quote = '"'};
    struct span span = place.node->key_span;
    char first = change->doc->text.bytes[span.start];
    if (first == '"' || first == '\'')
        style.names = first == '"' ? NODE_DOUBLE : NODE_SINGLE;
    AUTO_BUF struct buf text = {0};
    write_name(&(struct writer){&style, change->doc->syntax, &text}, name);
    change_edit(change, span.start, span.end, buf_str(&text));
    return true;
}
