/* SPDX-License-Identifier: Apache-2.0 */
#include "tree.h"

/* Up to here all pairs of names are compared, which costs less than to sort them. */
enum { PAIRWISE_MAX = 16 };

struct node *tree_add(struct tree *tree, enum node_type type)
{
    struct node *node = arena_alloc(&tree->doc->arena, sizeof *node);
    *node = (struct node){.type = type};
    if (tree->depth == 0) {
        if (tree->last_root != NULL)
            tree->last_root->next = node;
        else
            tree->doc->root = node;
        node->index = tree->last_root != NULL ? tree->last_root->index + 1 : 0;
        tree->last_root = node;
        return node;
    }
    struct tree_frame *frame = &tree->frames[tree->depth - 1];
    node->parent = frame->node;
    node->index = frame->node->len++;
    if (frame->last != NULL)
        frame->last->next = node;
    else
        frame->node->child = node;
    frame->last = node;
    return node;
}

void tree_set_key(struct tree *tree, struct node *member, struct str key)
{
    member->key = key.at;
    member->key_len = (uint32_t)key.len;
    member->key_hash = node_hash(key);
    texts_add(&tree->doc->texts, member->key_hash);
}

void tree_set_value(struct tree *tree, struct node *scalar, struct str value)
{
    scalar->value = value.at;
    scalar->len = (uint32_t)value.len;
    if (scalar->type != NODE_STRING)
        return;
    scalar->text_hash = node_text_hash(value);
    texts_add(&tree->doc->texts, scalar->text_hash);
}

bool tree_open(struct tree *tree, struct node *container)
{
    if (tree->depth == DOC_DEPTH_MAX)
        return false;
    tree->frames =
        mem_grow(tree->frames, tree->depth, &tree->capacity, sizeof *tree->frames);
    tree->frames[tree->depth++] = (struct tree_frame){.node = container};
    return true;
}

static void flag_duplicate(struct tree *tree, const struct node *member)
{
    ((struct node *)member)->flags |= NODE_DUPLICATE;
    ((struct node *)member->parent)->flags |= NODE_REPEATS;
    tree->doc->duplicates++;
}

static bool same_name(const struct node *a, const struct node *b)
{
    return a->key_hash == b->key_hash && str_equal(node_key(a), node_key(b));
}

static void flag_duplicates(struct tree *tree, const struct node *object)
{
    if (object->len <= PAIRWISE_MAX) {
        for (const struct node *member = object->child; member; member = member->next) {
            const struct node *earlier = object->child;
            while (earlier != member && !same_name(earlier, member))
                earlier = earlier->next;
            if (earlier != member)
                flag_duplicate(tree, member);
        }
        return;
    }
    /* Sorted, so that no choice of names makes it quadratic. */
    if (tree->members_capacity < object->len) {
        tree->members_capacity = object->len;
        tree->members = mem_resize(tree->members, object->len, sizeof *tree->members);
    }
    size_t count = node_sort_members(object->child, tree->members);
    for (size_t i = 1; i < count; i++) {
        if (same_name(tree->members[i - 1], tree->members[i]))
            flag_duplicate(tree, tree->members[i]);
    }
}

struct node *tree_close(struct tree *tree)
{
    struct node *container = tree->frames[--tree->depth].node;
    if (container->type == NODE_OBJECT)
        flag_duplicates(tree, container);
    return container;
}

void tree_release(struct tree *tree)
{
    free(tree->frames);
    free(tree->members);
    *tree = (struct tree){.doc = tree->doc};
}
