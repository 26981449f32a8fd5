/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_option.h"

/* The layers of an overlay: a relative one is looked for in the runtime's own working
 * directory. */
void mount_layers_check(struct mount_scan *scan, const struct node *node,
                        const struct mount_part *part)
{
    bool start = true;
    bool relative = false;
    for (size_t i = 0; i < part->value.len; i++) {
        char byte = part->value.at[i];
        relative |= start && byte != '/' && byte != ':';
        start = byte == ':' && i > 0 && part->value.at[i - 1] != '\\' &&
                str_equal(part->name, STR("lowerdir"));
    }
    if (relative)
        mount_mark(scan, (struct mark){.finder = OVERLAY_RELATIVE, .node = node});
}

static const struct node *find_layer(const struct mount_scan *scan, struct str name)
{
    for (size_t i = 0; i < scan->mount->data_count; i++) {
        if (str_equal(mount_part_of(node_text(scan->mount->data[i])).name, name))
            return scan->mount->data[i];
    }
    return NULL;
}

/* fs/overlayfs/super.c ovl_fill_super: an upper directory needs a work directory, and
 * without one there must be two lower ones. */
void mount_overlay_check(struct mount_scan *scan)
{
    const struct node *upper = find_layer(scan, STR("upperdir"));
    const struct node *work = find_layer(scan, STR("workdir"));
    const struct node *lower = find_layer(scan, STR("lowerdir"));
    struct str layers = lower ? mount_part_of(node_text(lower)).value : STR("");
    struct mark mark = {.finder = OVERLAY_LAYERS, .node = scan->mount->node};
    if (upper != NULL && work == NULL) {
        mark.at = upper;
        mark.have = "upperdir stands here without workdir";
    } else if (upper == NULL && work != NULL) {
        mark.at = work;
        mark.have = "workdir stands here without upperdir";
    } else if (upper == NULL && layers.len > 0 &&
               memchr(layers.at, ':', layers.len) == NULL) {
        mark.at = lower;
        mark.have = "a single lowerdir stands here without upperdir and workdir";
    } else {
        return;
    }
    mount_mark(scan, mark);
}
