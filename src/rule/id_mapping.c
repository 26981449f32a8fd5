/* SPDX-License-Identifier: Apache-2.0 */
#include "id_mapping.h"

#include "buf.h"

enum {
    /* kernel/user_namespace.c map_write(): one write of less than a page, which is 4 KiB
     * on most machines. */
    PAGE = 4096,
    MAPPINGS_MAX = 340, /* more are refused for their number */
};

/* "0 100000 65536\n" */
static size_t line_len(const struct node *mapping)
{
    static const char *const names[] = {"containerID", "hostID", "size"};
    size_t len = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct node *number = node_get(mapping, str_of(names[i]));
        len += number != NULL && number->type == NODE_NUMBER ? number->len : 1;
    }
    return len + sizeof names / sizeof names[0];
}

static void check_list(const struct search *search, const struct node *list,
                       struct marks *out)
{
    size_t len = 0;
    if (list == NULL || list->type != NODE_ARRAY || list->len > MAPPINGS_MAX)
        return;
    for (const struct node *node = list->child; node; node = node->next)
        len += line_len(node);
    if (len < PAGE)
        return;
    AUTO_BUF struct buf have = {0};
    buf_addf(&have, "%zu", len);
    marks_add(out, (struct mark){.finder = MAPPING_LONG,
                                 .node = list,
                                 .have = arena_copy(search->arena, have.data, have.len)});
}

void id_mapping_check(const struct search *search, struct marks *out)
{
    const struct node *linux_node = node_get(search->root, STR("linux"));
    check_list(search, node_get(linux_node, STR("uidMappings")), out);
    check_list(search, node_get(linux_node, STR("gidMappings")), out);
}
