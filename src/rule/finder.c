/* SPDX-License-Identifier: Apache-2.0 */
#include "finder.h"

#include "shape_check.h"

void marks_add(struct marks *marks, struct mark mark)
{
    marks->items =
        mem_grow(marks->items, marks->count, &marks->capacity, sizeof *marks->items);
    marks->items[marks->count++] = mark;
}

void marks_release(struct marks *marks)
{
    free(marks->items);
    *marks = (struct marks){0};
}

/* Names that an object has twice. The reader counted them: without any there is no walk.
 */
static void find_duplicate_keys(const struct search *search, struct marks *out)
{
    const struct node *root = search->root;
    if (search->doc->duplicates == 0)
        return;
    for (const struct node *node = root; node != NULL; node = node_walk(node, root)) {
        if (node->flags & NODE_DUPLICATE)
            marks_add(out, (struct mark){.finder = "duplicate-keys", .node = node});
    }
}

static const struct {
    const char *name;
    finder_fn *find;
} finders[] = {
    {"duplicate-keys", find_duplicate_keys},
    {SHAPE_UNKNOWN, shape_check},
    {SHAPE_CASE, shape_check},
    {SHAPE_TYPE, shape_check},
    {SHAPE_MISSING, shape_check},
    {SHAPE_VALUE, shape_check},
    {SHAPE_RANGE, shape_check},
    {SHAPE_FORMAT, shape_check},
    {SHAPE_UNUSABLE, shape_check},
    {SHAPE_ADVISED, shape_check},
    {SHAPE_CONVENTION, shape_check},
    {SHAPE_NEWER, shape_check},
    {SHAPE_REMOVED, shape_check},
    {SHAPE_DEPRECATED, shape_check},
    {SHAPE_PLATFORM, shape_check},
    {SHAPE_NULL, shape_check},
    {SHAPE_VERSION, shape_check},
};

finder_fn *finder_find(const char *name)
{
    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++) {
        if (strcmp(finders[i].name, name) == 0)
            return finders[i].find;
    }
    return NULL;
}
