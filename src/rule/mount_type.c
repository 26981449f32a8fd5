/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_type.h"

static bool has_capital(struct str text)
{
    size_t i = 0;
    while (i < text.len && (text.at[i] < 'A' || text.at[i] > 'Z'))
        i++;
    return i < text.len;
}

void mount_type_check(const struct search *search, struct marks *out)
{
    const struct mounts *mounts = search->mounts;
    for (size_t i = 0; i < mounts->count; i++) {
        const struct node *mount = mounts->items[i].node;
        const struct node *type = mounts->items[i].type;
        if (type == NULL || node_is_string(type, STR("")))
            marks_add(out, (struct mark){.finder = TYPE_NONE, .node = mount});
        else if (type->type == NODE_STRING && has_capital(node_text(type)))
            marks_add(out, (struct mark){.finder = TYPE_CAPITALS, .node = mount});
    }
}
