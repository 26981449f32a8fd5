/* SPDX-License-Identifier: Apache-2.0 */
#include "plan.h"

#include "buf.h"
#include "number.h"

#include <stdint.h>
#include <strings.h>

static const char *const namespace_names[PLAN_NAMESPACES] = {
    "user", "mount", "pid", "network", "ipc", "uts", "cgroup", "time",
};

const char *plan_namespace_name(unsigned bit)
{
    return namespace_names[bit];
}

/* Go's encoding/json takes a member whose name differs in case only; crun and youki do
 * not. The exact name wins. */
static const struct node *member(const struct node *object, const char *name,
                                 bool *folded)
{
    const struct node *found = node_get(object, str_of(name));
    if (found != NULL || object == NULL || object->type != NODE_OBJECT)
        return found;
    for (const struct node *child = node_first(object); child; child = child->next) {
        if (child->key_len == strlen(name) &&
            strncasecmp(child->key, name, child->key_len) == 0) {
            *folded = true;
            found = child;
        }
    }
    return found;
}

/* A string for the kernel. What follows a NUL is lost, and `nul` says so. */
static const char *string(struct plan *plan, const struct node *node, bool *nul)
{
    if (node == NULL || node->type != NODE_STRING)
        return NULL;
    *nul |= memchr(node->value, '\0', node->len) != NULL;
    return arena_copy(&plan->arena, node->value, node->len);
}

static bool take(struct plan *plan, const struct node *node, bool *nul, const char **text)
{
    const char *taken = string(plan, node, nul);
    if (taken != NULL)
        *text = taken;
    return taken != NULL;
}

struct range {
    uint64_t container;
    uint64_t host;
    uint64_t size;
};

/* A member that is missing is 0 to every runtime; one that is no number is to crun, and
 * the others do not read the spec. */
static bool number(const struct node *object, const char *name, uint64_t *value)
{
    bool folded;
    const struct node *node = member(object, name, &folded);
    *value = 0;
    return node == NULL || node->type != NODE_NUMBER ||
           number_uint64(node_text(node), value);
}

static bool range_read(const struct node *node, struct range *range)
{
    return number(node, "containerID", &range->container) &&
           number(node, "hostID", &range->host) && number(node, "size", &range->size);
}

static bool id_mapped(const struct node *mappings, uint64_t id)
{
    for (const struct node *node = node_first(mappings); node; node = node->next) {
        struct range range;
        if (range_read(node, &range) && id >= range.container &&
            id - range.container < range.size)
            return true;
    }
    return false;
}

static char *map_text(struct plan *plan, const struct node *mappings)
{
    AUTO_BUF struct buf text = {0};
    for (const struct node *node = node_first(mappings); node; node = node->next) {
        struct range range;
        if (!range_read(node, &range))
            return NULL;
        buf_addf(&text, "%llu %llu %llu\n", (unsigned long long)range.container,
                 (unsigned long long)range.host, (unsigned long long)range.size);
    }
    return text.len > 0 ? arena_copy(&plan->arena, text.data, text.len) : NULL;
}

static void read_namespaces(struct plan *plan, const struct node *platform)
{
    for (const struct node *node = node_first(node_get(platform, STR("namespaces")));
         node; node = node->next) {
        const struct node *type = node_get(node, STR("type"));
        for (unsigned i = 0; i < PLAN_NAMESPACES; i++) {
            if (!node_is_string(type, str_of(namespace_names[i])))
                continue;
            bool nul = false;
            const char *path = string(plan, node_get(node, STR("path")), &nul);
            if (path != NULL && *path != '\0') {
                plan->joined |= 1u << i;
                plan->paths[i] = path;
            } else {
                plan->fresh |= 1u << i;
            }
        }
    }
    plan->fresh &= ~plan->joined;
}

/* uid=N and gid=N of tmpfs, devpts and others: the number is one of the user namespace.
 */
static void data_id(const struct plan *plan, struct plan_data *data)
{
    const struct node *platform = node_get(plan->root, STR("linux"));
    bool uid = strncmp(data->text, "uid=", 4) == 0;
    data->mapped = true;
    if (!uid && strncmp(data->text, "gid=", 4) != 0)
        return;
    uint64_t id;
    if (!number_uint64(str_of(data->text + 4), &id))
        return;
    data->id = true;
    if (plan->fresh & PLAN_USER)
        data->mapped = id_mapped(
            node_get(platform, uid ? STR("uidMappings") : STR("gidMappings")), id);
}

/* Data of one option, split as vfs_parse_monolithic_sep() and ovl_next_opt() do. */
static void add_data(struct plan *plan, struct plan_mount *mount, const char *text)
{
    bool overlay = mount->type != NULL && strcmp(mount->type, "overlay") == 0;
    for (const char *start = text; *start != '\0';) {
        size_t len = 0;
        for (; start[len] != '\0' && start[len] != ','; len++) {
            if (overlay && start[len] == '\\' && start[len + 1] != '\0')
                len++;
        }
        if (start[len] == ',' && mount->comma == NULL)
            mount->comma = text;
        if (len > 0) {
            struct plan_data *data = &mount->data[mount->data_count++];
            data->text = arena_copy(&plan->arena, start, len);
            data_id(plan, data);
            if (!data->mapped && mount->unmapped == NULL)
                mount->unmapped = data->text;
        }
        start += len + (start[len] == ',');
    }
}

static void apply(struct plan_mount *mount, const struct option *option)
{
    unsigned bits = option->bits;
    switch (option->kind) {
    case OPTION_NOTHING:
        break;
    case OPTION_SET:
        mount->set |= bits;
        mount->clear &= ~bits;
        mount->ever_set |= bits;
        break;
    case OPTION_CLEAR:
        mount->clear |= bits;
        mount->set &= ~bits;
        break;
    case OPTION_SET_ALL:
        if (bits & ATTRIBUTE_ATIME)
            mount->set_all &= ~(unsigned)ATTRIBUTE_ATIME;
        mount->set_all |= bits;
        mount->ever_set_all |= bits;
        mount->clear_all &= ~bits;
        break;
    case OPTION_CLEAR_ALL:
        mount->clear_all |= bits;
        mount->set_all &= ~bits;
        break;
    case OPTION_PROPAGATION:
        mount->propagation |= bits;
        break;
    case OPTION_RBIND:
        mount->rbind = true;
        mount->bind = true;
        break;
    case OPTION_BIND:
        mount->bind = true;
        break;
    case OPTION_REMOUNT:
        mount->remount = true;
        break;
    case OPTION_COPY_UP:
        mount->copy_up = true;
        break;
    case OPTION_IDMAP:
    case OPTION_RIDMAP:
        mount->idmap = true;
        mount->idmap_option = true;
        break;
    }
}

static void read_options(struct plan *plan, struct plan_mount *mount,
                         const struct node *options, bool *nul)
{
    size_t room = 0;
    for (const struct node *node = node_first(options); node; node = node->next)
        room += node_text(node).len + 1;
    mount->data = arena_alloc(&plan->arena, (room / 2 + 1) * sizeof *mount->data);
    memset(mount->data, 0, (room / 2 + 1) * sizeof *mount->data);

    for (const struct node *node = node_first(options); node; node = node->next) {
        const char *text = string(plan, node, nul);
        if (text == NULL)
            continue;
        mount->options++;
        const struct option *option = option_find(str_of(text));
        if (option == NULL) {
            add_data(plan, mount, text);
            continue;
        }
        for (unsigned i = 0; i < RUNTIME_COUNT; i++) {
            if ((option->unknown & 1u << i) && !option->as_data &&
                mount->foreign[i] == NULL)
                mount->foreign[i] = option;
        }
        apply(mount, option);
    }
}

static void read_mount(struct plan *plan, struct plan_mount *mount,
                       const struct node *node)
{
    mount->node = node;
    mount->type = mount->source = mount->destination = "";
    if (node->type != NODE_OBJECT) {
        mount->flaw = PLAN_NO_OBJECT;
        return;
    }
    bool nul = false;
    bool folded;
    const struct node *type = member(node, "type", &folded);
    const struct node *source = member(node, "source", &folded);
    const struct node *destination = member(node, "destination", &mount->folded);
    mount->has_type = take(plan, type, &nul, &mount->type) && *mount->type != '\0';
    mount->has_source = take(plan, source, &nul, &mount->source);
    if (!take(plan, destination, &nul, &mount->destination))
        mount->flaw = PLAN_NO_DESTINATION;
    read_options(plan, mount, member(node, "options", &folded), &nul);
    if (nul && mount->flaw == PLAN_SOUND)
        mount->flaw = PLAN_NUL;

    if (node_first(member(node, "uidMappings", &folded)) != NULL)
        mount->mappings |= 1;
    if (node_first(member(node, "gidMappings", &folded)) != NULL)
        mount->mappings |= 2;
    mount->idmap |= mount->mappings != 0;
}

void plan_init(struct plan *plan, const struct node *root)
{
    *plan = (struct plan){.root = root};
    if (root == NULL || root->type != NODE_OBJECT) {
        plan->fault = "the document is not an object";
        return;
    }
    bool nul = false, folded = false;
    const struct node *platform = node_get(root, STR("linux"));
    const struct node *folder = node_get(root, STR("root"));
    read_namespaces(plan, platform);
    plan->uid_map = map_text(plan, node_get(platform, STR("uidMappings")));
    plan->gid_map = map_text(plan, node_get(platform, STR("gidMappings")));
    plan->rootless =
        (plan->uid_map != NULL &&
         !id_mapped(node_get(platform, STR("uidMappings")), 0)) ||
        (plan->gid_map != NULL && !id_mapped(node_get(platform, STR("gidMappings")), 0));
    plan->rootfs = string(plan, node_get(folder, STR("path")), &nul);
    const struct node *readonly = node_get(folder, STR("readonly"));
    plan->readonly = readonly != NULL && readonly->type == NODE_TRUE;

    const struct node *mounts = member(root, "mounts", &folded);
    if (mounts == NULL || mounts->type == NODE_NULL)
        return;
    if (mounts->type != NODE_ARRAY) {
        plan->fault = "\"mounts\" is not an array";
        return;
    }
    plan->mounts = mem_alloc(mounts->len, sizeof *plan->mounts);
    for (const struct node *node = node_first(mounts); node; node = node->next)
        read_mount(plan, &plan->mounts[plan->count++], node);
}

void plan_release(struct plan *plan)
{
    free(plan->mounts);
    arena_release(&plan->arena);
    *plan = (struct plan){0};
}
