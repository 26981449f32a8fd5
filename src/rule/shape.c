/* SPDX-License-Identifier: Apache-2.0 */
#include "shape.h"

const struct shape_member *shape_member(const struct shape_object *object,
                                        const struct node *node)
{
    const struct shape_index *index = &object->index;
    uint32_t cell = shape_cell(index, node->key_hash);
    for (uint8_t place; (place = index->cells[cell]) != 0;
         cell = shape_next_cell(index, cell)) {
        const struct shape_member *member = &object->members[place - 1];
        if (member->hash == node->key_hash && member->name_len == node->key_len &&
            mem_equal(member->name, node->key, node->key_len))
            return member;
    }
    return NULL;
}

const struct shape_word *shape_word(const struct shape_set *set, struct str text,
                                    uint32_t hash)
{
    const struct shape_index *index = &set->index;
    uint32_t cell = shape_cell(index, hash);
    for (uint8_t place; (place = index->cells[cell]) != 0;
         cell = shape_next_cell(index, cell)) {
        const struct shape_word *word = &set->words[place - 1];
        if (word->len == text.len && mem_equal(word->text, text.at, text.len))
            return word;
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
