/* SPDX-License-Identifier: Apache-2.0 */
#include "mounts.h"

#include "function.h"

/* Of repeated names the last counts, as with node_get. */
static void take_members(struct mount *mount)
{
    const struct node *member =
        mount->node->type == NODE_OBJECT ? mount->node->child : NULL;
    for (; member != NULL; member = member->next) {
        if (node_is_named(member, STR("destination")))
            mount->destination = member;
        else if (node_is_named(member, STR("type")))
            mount->type = member;
        else if (node_is_named(member, STR("source")))
            mount->source = member;
        else if (node_is_named(member, STR("options")))
            mount->options = member;
    }
}

static void take_option(struct mount *mount, const struct option *option)
{
    size_t place = option_place(option);
    uint64_t bit = (uint64_t)1 << place % 64;
    mount->twice |= (mount->seen[place / 64] & bit) != 0;
    mount->seen[place / 64] |= bit;
    mount->unknown |= option->unknown;
    mount->kinds |= 1u << option->kind;
    switch (option->kind) {
    case OPTION_SET:
        mount->set |= option->bits;
        mount->now |= option->bits;
        break;
    case OPTION_CLEAR:
        mount->cleared |= option->bits;
        mount->now &= ~option->bits;
        break;
    case OPTION_SET_ALL:
        mount->set_all |= option->bits;
        mount->now_all |= option->bits;
        break;
    case OPTION_CLEAR_ALL:
        mount->cleared_all |= option->bits;
        mount->now_all &= ~option->bits;
        break;
    case OPTION_PROPAGATION:
        mount->propagation |= option->bits;
        break;
    case OPTION_NOTHING:
    case OPTION_BIND:
    case OPTION_RBIND:
    case OPTION_REMOUNT:
    case OPTION_COPY_UP:
    case OPTION_IDMAP:
    case OPTION_RIDMAP:
        break;
    }
}

static void take_options(struct mount *mount, struct arena *arena)
{
    for (const struct node *node = node_first(mount->options); node; node = node->next) {
        const struct option *option = option_of(node);
        if (option != NULL) {
            take_option(mount, option);
            continue;
        }
        if (node->type != NODE_STRING)
            continue;
        if (mount->data == NULL)
            mount->data = arena_alloc(arena, mount->options->len * sizeof *mount->data);
        mount->data[mount->data_count++] = node;
        mount->moves |= node_is_string(node, STR("move"));
    }
}

static struct str clean(struct str path, struct arena *arena)
{
    return path_is_clean(path) ? path : path_clean(arena, path, false);
}

void mounts_read(struct mounts *mounts, const struct node *root, struct arena *arena)
{
    *mounts = (struct mounts){.node = node_get(root, STR("mounts"))};
    if (node_first(mounts->node) == NULL)
        return;
    mounts->items = arena_alloc(arena, mounts->node->len * sizeof *mounts->items);
    for (const struct node *node = mounts->node->child; node; node = node->next) {
        struct mount *mount = &mounts->items[mounts->count++];
        *mount = (struct mount){.node = node};
        take_members(mount);
        take_options(mount, arena);
        if (mount->destination != NULL && mount->destination->type == NODE_STRING)
            mount->path = clean(node_text(mount->destination), arena);
    }
}
