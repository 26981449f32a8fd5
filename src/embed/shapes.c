/* SPDX-License-Identifier: Apache-2.0 */
#include "shapes.h"

#include "literal.h"

#include <stdio.h>

void shapes_fail(const struct shapes *shapes, const struct node *node, const char *format,
                 ...)
{
    struct place place =
        text_place((struct text *)&shapes->doc->text, doc_span(shapes->doc, node).start);
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s:%u:%u: error: ", shapes->doc->path, place.line, place.column);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

const struct node *shapes_find(const struct shapes *shapes, const char *kind,
                               struct str name)
{
    for (size_t i = 0; i < shapes->count; i++) {
        const struct node *node =
            node_get(node_get(shapes->docs[i].root, str_of(kind)), name);
        if (node != NULL)
            return node;
    }
    return NULL;
}

void shapes_check_members(const struct shapes *shapes, const struct node *object,
                          const char *const *names)
{
    if (object->type != NODE_OBJECT)
        shapes_fail(shapes, object, "this must be a map");
    for (const struct node *member = object->child; member; member = member->next) {
        const char *const *name = names;
        while (*name != NULL && !str_equal(node_key(member), str_of(*name)))
            name++;
        if (*name == NULL || (member->flags & NODE_DUPLICATE))
            shapes_fail(shapes, member, "'%.*s' is unknown here, or stands twice",
                        (int)member->key_len, member->key);
    }
}

struct str shapes_text(const struct shapes *shapes, const struct node *node)
{
    if (node->type != NODE_STRING)
        shapes_fail(shapes, node, "this must be a string");
    return node_text(node);
}

void shapes_add_text(struct shapes *shapes, const char *name, const struct node *node)
{
    if (node == NULL)
        return;
    struct str text = shapes_text(shapes, node);
    buf_addf(&shapes->out, ".%s = ", name);
    literal_add(&shapes->out, text);
    buf_adds(&shapes->out, STR(", "));
}

void shapes_add_flag(struct shapes *shapes, const char *name, const struct node *node)
{
    if (node == NULL)
        return;
    if (node->type != NODE_TRUE && node->type != NODE_FALSE)
        shapes_fail(shapes, node, "this must be true or false");
    buf_addf(&shapes->out, ".%s = %d, ", name, node->type == NODE_TRUE);
}

void shapes_add_release(struct shapes *shapes, const char *name, struct str text,
                        const struct node *node)
{
    enum release release;
    if (!release_parse(text, &release))
        shapes_fail(shapes, node, "'%.*s' is no release of the spec", (int)text.len,
                    text.at);
    buf_addf(&shapes->out, ".%s = %d, ", name, (int)release);
}

void shapes_add_platforms(struct shapes *shapes, const struct node *node)
{
    static const char *const names[] = {"linux", "windows", "solaris", "zos", "freebsd"};
    unsigned platforms = node == NULL ? PLATFORM_ALL : 0;
    for (const struct node *name = node_first(node); name; name = name->next) {
        unsigned before = platforms;
        for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
            platforms |= node_is_string(name, str_of(names[i])) ? 1u << i : 0;
        if (platforms == before)
            shapes_fail(shapes, name, "this is no platform, or stands twice");
    }
    buf_addf(&shapes->out, ".platforms = %u, ", platforms);
}

void shapes_add_name(struct shapes *shapes, const char *before, struct str name)
{
    buf_adds(&shapes->out, str_of(before));
    for (size_t i = 0; i < name.len; i++)
        buf_addc(&shapes->out, name.at[i] == '-' ? '_' : name.at[i]);
}

/* Fills the cells; the free ones lead to the end of the list. False if two hashes share
 * one. */
static bool fill_cells(uint8_t *cells, size_t size, const struct shape_index *index,
                       const uint32_t *hashes, size_t count)
{
    memset(cells, (int)count, size);
    for (size_t i = 0; i < count; i++) {
        uint8_t *cell = &cells[(uint32_t)(hashes[i] * index->factor) >> index->shift];
        if (*cell == count)
            *cell = (uint8_t)i;
        else if (hashes[*cell] != hashes[i])
            return false;
    }
    return true;
}

/* Tries factors, and then more cells. */
void shapes_add_index(struct shapes *shapes, const struct node *list,
                      const uint32_t *hashes, size_t count)
{
    uint8_t cells[4096];
    struct shape_index index = {cells, 1, 31};
    size_t size = 2;
    while (!fill_cells(cells, size, &index, hashes, count)) {
        index.factor += 2;
        if (index.factor >> 16 == 0 && size >= count)
            continue;
        index.factor = 1;
        index.shift--;
        size *= 2;
        if (size > sizeof cells)
            shapes_fail(shapes, list, "no factor gives each name a cell of its own");
    }
    buf_adds(&shapes->out, STR(".index = {(const uint8_t[]){"));
    for (size_t i = 0; i < size; i++)
        buf_addf(&shapes->out, "%u,", cells[i]);
    buf_addf(&shapes->out, "}, %uu, %u}, ", index.factor, index.shift);
}

void shapes_add_aliases(struct shapes *shapes, const char *name, const struct node *map)
{
    if (map == NULL)
        return;
    buf_addf(&shapes->out, ".%s%s = (const struct shape_alias[]){", name,
             strcmp(name, "alias") == 0 ? "es" : "");
    for (const struct node *member = map->child; member; member = member->next) {
        buf_addc(&shapes->out, '{');
        literal_add(&shapes->out, node_key(member));
        buf_addc(&shapes->out, ',');
        literal_add(&shapes->out, shapes_text(shapes, member));
        buf_adds(&shapes->out, STR("}, "));
    }
    buf_addf(&shapes->out, "}, .%s_count = %u, ", name, map->len);
}
