/* SPDX-License-Identifier: Apache-2.0 */
#include "shape.h"

const struct shape_member *shape_member(const struct shape_object *object,
                                        const struct node *node)
{
    size_t low = 0;
    size_t high = object->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (object->members[middle].hash < node->key_hash)
            low = middle + 1;
        else
            high = middle;
    }
    /* The build refuses two members of one hash. */
    if (low < object->count && object->members[low].hash == node->key_hash &&
        str_equal(str_of(object->members[low].name), node_key(node)))
        return &object->members[low];
    return NULL;
}

const struct shape_word *shape_word(const struct shape_set *set, struct str text)
{
    size_t low = 0;
    size_t high = set->word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(str_of(set->words[middle].text), text);
        if (order == 0)
            return &set->words[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const struct {
    const char *section;
    unsigned platform;
} sections[] = {
    {"linux", PLATFORM_LINUX},     {"windows", PLATFORM_WINDOWS},
    {"solaris", PLATFORM_SOLARIS}, {"zos", PLATFORM_ZOS},
    {"freebsd", PLATFORM_FREEBSD},
};

bool shape_platform_parse(struct str name, unsigned *platform)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (str_equal(name, str_of(sections[i].section))) {
            *platform = sections[i].platform;
            return true;
        }
    }
    return false;
}

unsigned shape_platforms(const struct node *root)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (node_get(root, str_of(sections[i].section)) == NULL)
            continue;
        bool on_windows = sections[i].platform == PLATFORM_LINUX &&
                          node_get(root, STR("windows")) != NULL;
        return sections[i].platform | (on_windows ? PLATFORM_WINDOWS : 0);
    }
    return PLATFORM_LINUX;
}
