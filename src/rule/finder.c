/* SPDX-License-Identifier: Apache-2.0 */
#include "finder.h"

/* Names that an object has twice. The reader counted them: without any there is no walk.
 */
static void find_duplicate_keys(const struct doc *doc, const struct node *root,
                                struct nodes *out)
{
    if (doc->duplicates == 0)
        return;
    for (const struct node *node = root; node != NULL; node = node_walk(node, root)) {
        if (node->flags & NODE_DUPLICATE)
            nodes_add(out, node);
    }
}

static const struct {
    const char *name;
    finder_fn *find;
} finders[] = {
    {"duplicate-keys", find_duplicate_keys},
};

finder_fn *finder_find(const char *name)
{
    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++) {
        if (strcmp(finders[i].name, name) == 0)
            return finders[i].find;
    }
    return NULL;
}
