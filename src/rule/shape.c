/* SPDX-License-Identifier: Apache-2.0 */
#include "shape.h"

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
    bool windows = node_get(root, STR("windows")) != NULL;
    if (node_get(root, STR("linux")) != NULL)
        return PLATFORM_LINUX | (windows ? PLATFORM_WINDOWS : 0);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (node_get(root, str_of(sections[i].section)) != NULL)
            return sections[i].platform;
    }
    return PLATFORM_LINUX;
}
