/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml_tag.h"

#define STANDARD "tag:yaml.org,2002:"

static const struct yaml_tag tags[] = {
    {STANDARD "str", "a string", ~0u, NODE_STRING},
    {STANDARD "null", "null", 1u << SCALAR_NULL, NODE_NULL},
    {STANDARD "bool", "true or false", 1u << SCALAR_TRUE | 1u << SCALAR_FALSE, NODE_NULL},
    {STANDARD "int", "an integer", 1u << SCALAR_INT, NODE_NULL},
    {STANDARD "float", "a number",
     1u << SCALAR_INT | 1u << SCALAR_FLOAT | 1u << SCALAR_NOT_FINITE, NODE_NULL},
    {STANDARD "seq", "a list", 0, NODE_ARRAY},
    {STANDARD "map", "a mapping", 0, NODE_OBJECT},
};

const struct yaml_tag *yaml_tag_find(const char *name)
{
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        if (strcmp(tags[i].name, name) == 0)
            return &tags[i];
    }
    return NULL;
}

void yaml_tag_add_name(const char *name, struct buf *out)
{
    bool standard = strncmp(name, STANDARD, strlen(STANDARD)) == 0;
    if (standard)
        buf_adds(out, STR("!!"));
    buf_add_visible(out, str_of(standard ? name + strlen(STANDARD) : name));
}
