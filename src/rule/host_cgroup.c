/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_mark.h"
#include "number.h"
#include "site.h"

enum { LIST_MAX = 4096 }; /* bytes of a list of processors, or of controllers */

/* The controllers of the machine. */
struct controllers {
    bool known;
    bool unified;     /* cgroup v2 alone */
    struct buf names; /* each between commas */
};

static void add_words(struct controllers *controllers, const char *words)
{
    for (const char *at = words; *at != '\0';) {
        size_t len = strcspn(at, ", \n");
        if (len > 0)
            buf_addf(&controllers->names, "%.*s,", (int)len, at);
        at += len + (at[len] != '\0');
    }
}

/* cgroups(7): v1 has a mount for each hierarchy, whose options name its controllers; v2
 * alone is mounted on /sys/fs/cgroup itself. */
static void find_controllers(struct site *site, struct controllers *controllers)
{
    buf_addc(&controllers->names, ',');
    for (size_t i = 0; i < site->mount_count; i++) {
        const struct site_mount *mount = &site->mounts[i];
        if (strcmp(mount->type, "cgroup") == 0) {
            controllers->known = true;
            add_words(controllers, mount->super);
        } else if (strcmp(mount->type, "cgroup2") == 0 &&
                   strcmp(mount->point, "/sys/fs/cgroup") == 0) {
            AUTO_BUF struct buf text = {0};
            controllers->unified = controllers->known = root_read(
                &site->host, STR("/sys/fs/cgroup/cgroup.controllers"), LIST_MAX, &text);
            if (text.len > 0)
                add_words(controllers, text.data);
        }
    }
}

/* Whether there is anything in it that a runtime would write: zero is "unset". */
static bool is_set(const struct node *top)
{
    for (const struct node *node = top; node != NULL; node = node_walk(node, top)) {
        if (node->type == NODE_TRUE || (node->type == NODE_STRING && node->len > 0) ||
            (node->type == NODE_NUMBER && number_compare(node_text(node), STR("0")) != 0))
            return true;
    }
    return false;
}

static void check_controllers(struct site *site, const struct node *resources,
                              const struct controllers *controllers)
{
    static const struct {
        const char *finder;
        const char *member;
        const char *name[2]; /* of v1 and v2; NULL: none is asked there */
    } uses[] = {
        {HOST_CONTROLLER, "hugepageLimits", {"hugetlb", "hugetlb"}},
        {HOST_RDMA, "rdma", {"rdma", "rdma"}},
        {HOST_CONTROLLER, "memory", {"memory", "memory"}},
        {HOST_CONTROLLER, "pids", {"pids", "pids"}},
        {HOST_CONTROLLER, "blockIO", {"blkio", "io"}},
        {HOST_CONTROLLER, "network/classID", {"net_cls", NULL}},
        {HOST_CONTROLLER, "network/priorities", {"net_prio", NULL}},
        {HOST_CONTROLLER, "cpu/cpus", {"cpuset", "cpuset"}},
        {HOST_CONTROLLER, "cpu/mems", {"cpuset", "cpuset"}},
        {HOST_CONTROLLER, "cpu/shares", {"cpu", "cpu"}},
        {HOST_CONTROLLER, "cpu/quota", {"cpu", "cpu"}},
    };
    for (size_t i = 0; i < sizeof uses / sizeof uses[0]; i++) {
        const struct node *node = node_find_relative(resources, str_of(uses[i].member));
        const char *name = uses[i].name[controllers->unified];
        if (node == NULL || name == NULL || !is_set(node))
            continue;
        const char *word = site_say(site, ",%s,", name);
        if (strstr(controllers->names.data, word) == NULL)
            site_mark(site, (struct mark){.finder = uses[i].finder,
                                          .node = node,
                                          .place = site_say(site, "%s", uses[i].member),
                                          .want = name});
    }
}

/* The greatest number of a list such as "0-3,8" (cpuset(7)); false for what is no list.
 */
static bool find_last(const char *list, unsigned long *last)
{
    *last = 0;
    for (const char *at = list; *at != '\0' && *at != '\n';) {
        char *end;
        if (*at < '0' || *at > '9')
            return false;
        unsigned long number = strtoul(at, &end, 10);
        *last = number > *last ? number : *last;
        if (*end != '\0' && *end != '\n' && *end != ',' && *end != '-')
            return false;
        at = end + (*end == ',' || *end == '-');
    }
    return true;
}

static void check_processors(struct site *site, const struct node *resources)
{
    static const struct {
        const char *member;
        const char *path;
        const char *what;
    } lists[] = {
        {"cpu/cpus", "/sys/devices/system/cpu/possible", "processors"},
        {"cpu/mems", "/sys/devices/system/node/possible", "memory nodes"},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct node *node = node_find_relative(resources, str_of(lists[i].member));
        AUTO_BUF struct buf text = {0};
        unsigned long wanted, last;
        if (node == NULL || node->type != NODE_STRING || node->len == 0 ||
            memchr(node->value, '\0', node->len) != NULL ||
            !root_read(&site->host, str_of(lists[i].path), LIST_MAX, &text) ||
            text.len == 0 || !find_last(text.data, &last) ||
            !find_last(site_say(site, "%.*s", (int)node->len, node->value), &wanted) ||
            wanted <= last)
            continue;
        site_mark(site, (struct mark){.finder = HOST_PROCESSORS,
                                      .node = node,
                                      .place = lists[i].what,
                                      .want = site_say(site, "%.*s",
                                                       (int)strcspn(text.data, "\n"),
                                                       text.data)});
    }
}

static void check_device(struct site *site, const struct node *device)
{
    const struct node *major = node_get(device, STR("major"));
    const struct node *minor = node_get(device, STR("minor"));
    struct root_place place;
    int64_t numbers[2];
    if (major == NULL || minor == NULL || major->type != NODE_NUMBER ||
        minor->type != NODE_NUMBER || !number_int64(node_text(major), &numbers[0]) ||
        !number_int64(node_text(minor), &numbers[1]) ||
        !root_find(&site->host, STR("/sys/dev/block"), &place))
        return;
    const char *name =
        site_say(site, "%lld:%lld", (long long)numbers[0], (long long)numbers[1]);
    root_find(&site->host, str_of(site_say(site, "/sys/dev/block/%s", name)), &place);
    if (root_lacks(&place))
        site_mark(site,
                  (struct mark){.finder = HOST_DEVICE, .node = device, .have = name});
}

static void check_devices(struct site *site, const struct node *resources)
{
    static const char *const lists[] = {
        "weightDevice",           "throttleReadBpsDevice",   "throttleWriteBpsDevice",
        "throttleReadIOPSDevice", "throttleWriteIOPSDevice",
    };
    const struct node *block = node_get(resources, STR("blockIO"));
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct node *list = node_get(block, str_of(lists[i]));
        for (const struct node *device = node_first(list); device; device = device->next)
            check_device(site, device);
    }
}

void host_cgroup_check(struct site *site)
{
    const struct node *resources = node_find(site->search->root, STR("/linux/resources"));
    struct controllers controllers = {0};
    if (resources == NULL || resources->type != NODE_OBJECT || site->host.fd < 0)
        return;
    find_controllers(site, &controllers);
    if (controllers.known) {
        const struct node *unified = node_get(resources, STR("unified"));
        check_controllers(site, resources, &controllers);
        if (unified != NULL && unified->type == NODE_OBJECT && unified->child != NULL &&
            !controllers.unified)
            site_mark(site, (struct mark){.finder = HOST_UNIFIED, .node = unified});
    }
    check_processors(site, resources);
    check_devices(site, resources);
    buf_release(&controllers.names);
}
