/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_anchor.h"

struct yaml_anchor {
    struct str name;
    uint32_t hash;
    const struct node *node;
};

bool yaml_anchors_add(struct yaml_anchors *anchors, const char *name, uint32_t at,
                      const struct node *node)
{
    if (anchors->count == YAML_ANCHORS_MAX) {
        struct place place = text_place(anchors->text, at);
        return fault_set_at(anchors->fault, place.line, place.column,
                            "there are more than %d anchors before this one",
                            YAML_ANCHORS_MAX);
    }
    size_t len = strlen(name);
    struct str copy = {arena_copy(&anchors->tree->doc->arena, name, len), len};
    anchors->items = mem_grow(anchors->items, anchors->count, &anchors->capacity,
                              sizeof *anchors->items);
    anchors->items[anchors->count++] =
        (struct yaml_anchor){.name = copy, .hash = node_hash(copy), .node = node};
    return true;
}

static const struct node *find(const struct yaml_anchors *anchors, struct str name)
{
    uint32_t hash = node_hash(name);
    for (size_t i = anchors->count; i-- > 0;) {
        const struct yaml_anchor *anchor = &anchors->items[i];
        if (anchor->hash == hash && str_equal(anchor->name, name))
            return anchor->node;
    }
    return NULL;
}

static bool is_open(const struct tree *tree, const struct node *container)
{
    for (size_t i = 0; i < tree->depth; i++)
        if (tree->frames[i].node == container)
            return true;
    return false;
}

const struct node *yaml_anchors_find(const struct yaml_anchors *anchors, struct str name,
                                     uint32_t at)
{
    const struct node *source = find(anchors, name);
    if (source != NULL && !is_open(anchors->tree, source))
        return source;
    struct place place = text_place(anchors->text, at);
    if (source == NULL)
        fault_set_at(anchors->fault, place.line, place.column,
                     "the alias *%s names no anchor before it; &%s is missing", name.at,
                     name.at);
    else
        fault_set_at(
            anchors->fault, place.line, place.column,
            "the alias *%s stands inside of what it names, which would never end",
            name.at);
    return NULL;
}

static bool count_node(struct yaml_anchors *anchors, uint32_t at)
{
    if (anchors->alias_nodes++ < DOC_ALIAS_NODES_MAX)
        return true;
    struct place place = text_place(anchors->text, at);
    return fault_set_at(anchors->fault, place.line, place.column,
                        "the aliases up to here stand for more than %d nodes",
                        DOC_ALIAS_NODES_MAX);
}

/* Recursion is bounded by DOC_DEPTH_MAX. */
bool yaml_anchors_copy(struct yaml_anchors *anchors, struct node *alias,
                       const struct node *source, uint32_t at)
{
    if (!count_node(anchors, at))
        return false;
    if (!node_is_container(source)) {
        tree_set_value(anchors->tree, alias, (struct str){source->value, source->len});
        return true;
    }
    if (!tree_open(anchors->tree, alias)) {
        struct place place = text_place(anchors->text, at);
        return fault_set_at(
            anchors->fault, place.line, place.column,
            "arrays and objects are nested more than %d deep by this alias",
            DOC_DEPTH_MAX);
    }
    for (const struct node *child = source->child; child; child = child->next) {
        struct node *copy = tree_add(anchors->tree, child->type);
        copy->key = child->key;
        copy->key_len = child->key_len;
        copy->key_hash = child->key_hash;
        copy->key_span = child->key_span;
        copy->span = child->span;
        copy->style = child->style;
        copy->flags = child->flags | NODE_ALIASED;
        if (!yaml_anchors_copy(anchors, copy, child, at))
            return false;
    }
    tree_close(anchors->tree);
    return true;
}

void yaml_anchors_clear(struct yaml_anchors *anchors)
{
    anchors->count = 0;
}

void yaml_anchors_release(struct yaml_anchors *anchors)
{
    free(anchors->items);
}
