/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_mark.h"
#include "host_namespace.h"
#include "number.h"
#include "site.h"

enum {
    TEXT_MAX = 1 << 20, /* of a file of the kernel's */
};

/* Whether the machine is known to lack a path of which it has the folder `above`. */
static bool lacks(struct site *site, const char *above, const char *path)
{
    struct root_place place;
    if (!root_find(&site->host, str_of(above), &place))
        return false;
    root_find(&site->host, str_of(path), &place);
    return root_lacks(&place);
}

static const struct node *text_at(const struct site *site, const char *pointer)
{
    const struct node *node = node_find(site->search->root, str_of(pointer));
    if (node == NULL || node->type != NODE_STRING || node->len == 0 ||
        memchr(node->value, '\0', node->len) != NULL)
        return NULL;
    return node;
}

static void check_selinux(struct site *site)
{
    static const struct {
        const char *pointer;
        unsigned lower; /* crun goes on without a mount label */
    } labels[] = {{"/process/selinuxLabel", 0}, {"/linux/mountLabel", 1}};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        const struct node *label = text_at(site, labels[i].pointer);
        if (label != NULL && lacks(site, "/sys/fs", "/sys/fs/selinux/enforce"))
            site_mark(site, (struct mark){.finder = HOST_SELINUX,
                                          .node = label,
                                          .lower = labels[i].lower});
    }
}

/* A line is "NAME (enforce)". */
static bool has_profile(struct str lines, struct str name)
{
    const char *end = lines.at + lines.len;
    for (const char *at = lines.at; at < end;) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        next = next != NULL ? next : end;
        if ((size_t)(next - at) > name.len + 1 && memcmp(at, name.at, name.len) == 0 &&
            at[name.len] == ' ' && at[name.len + 1] == '(')
            return true;
        at = next + 1;
    }
    return false;
}

static void check_apparmor(struct site *site)
{
    const struct node *profile = text_at(site, "/process/apparmorProfile");
    AUTO_BUF struct buf enabled = {0};
    AUTO_BUF struct buf loaded = {0};
    if (profile == NULL)
        return;
    struct mark mark = {.node = profile};
    root_read(&site->host, STR("/sys/module/apparmor/parameters/enabled"), 16, &enabled);
    if (lacks(site, "/sys/module", "/sys/module/apparmor") ||
        (enabled.len > 0 && enabled.data[0] == 'N')) {
        mark.finder = HOST_APPARMOR;
        site_mark(site, mark);
        return;
    }
    /* A name with a namespace is looked up in another list. */
    if (node_is_string(profile, STR("unconfined")) || node_text(profile).at[0] == ':' ||
        memmem(profile->value, profile->len, "//", 2) != NULL ||
        !root_read(&site->host, STR("/sys/kernel/security/apparmor/profiles"), TEXT_MAX,
                   &loaded) ||
        loaded.len == 0 || loaded.len == TEXT_MAX ||
        has_profile(buf_str(&loaded), node_text(profile)))
        return;
    mark.finder = HOST_PROFILE;
    site_mark(site, mark);
}

/* kernel/sys.c, do_prlimit: whoever asks. */
static void check_files(struct site *site)
{
    const struct node *limits = node_find(site->search->root, STR("/process/rlimits"));
    for (const struct node *limit = node_first(limits); limit; limit = limit->next) {
        const struct node *hard = node_get(limit, STR("hard"));
        AUTO_BUF struct buf text = {0};
        if (!node_is_string(node_get(limit, STR("type")), STR("RLIMIT_NOFILE")) ||
            hard == NULL || hard->type != NODE_NUMBER ||
            !root_read(&site->host, STR("/proc/sys/fs/nr_open"), 32, &text))
            continue;
        struct str most = {text.data, text.len > 0 ? strspn(text.data, "0123456789") : 0};
        if (most.len > 0 && number_compare(node_text(hard), most) > 0)
            site_mark(site, (struct mark){
                                .finder = HOST_FILES,
                                .node = limit,
                                .at = hard,
                                .want = site_say(site, "%.*s", (int)most.len, most.at)});
    }
}

/* The parts of a name are separated by dots or slashes, whichever comes first
 * (sysctl(8)).
 */
static bool split_sysctl(struct str name, char path[PATH_MAX])
{
    size_t start = strlen(strcpy(path, "/proc/sys/"));
    bool slashes = false;
    if (name.len == 0 || start + name.len >= PATH_MAX)
        return false;
    memcpy(path + start, name.at, name.len);
    path[start + name.len] = '\0';
    slashes = path[start + strcspn(path + start, "./")] == '/';
    for (char *at = path + start; !slashes && *at != '\0'; at++)
        *at = *at == '.' ? '/' : *at == '/' ? '.' : *at;
    return strstr(path, "/..") == NULL;
}

/* Those of an interface of the container need not be on the machine. */
static bool is_of_interface(const char *path)
{
    static const char *const folders[] = {"/conf/", "/neigh/"};
    static const char *const common[] = {"all/", "default/", "lo/"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        const char *at = strstr(path, folders[i]);
        if (at == NULL)
            continue;
        at += strlen(folders[i]);
        for (size_t k = 0; k < sizeof common / sizeof common[0]; k++) {
            if (strncmp(at, common[k], strlen(common[k])) == 0)
                return false;
        }
        return true;
    }
    return false;
}

static void check_sysctls(struct site *site)
{
    /* Those of a namespace; of the others the rule sysctl-not-namespaced speaks. */
    static const char *const scopes[] = {"/proc/sys/net/", "/proc/sys/fs/mqueue/",
                                         "/proc/sys/kernel/msg", "/proc/sys/kernel/sem",
                                         "/proc/sys/kernel/shm"};
    const struct node *sysctl = node_find(site->search->root, STR("/linux/sysctl"));
    if (sysctl == NULL || sysctl->type != NODE_OBJECT)
        return;
    for (const struct node *node = sysctl->child; node; node = node->next) {
        char path[PATH_MAX];
        struct str key = node_key(node);
        if (memchr(key.at, '\0', key.len) != NULL || !split_sysctl(key, path) ||
            is_of_interface(path))
            continue;
        for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++) {
            if (strncmp(path, scopes[i], strlen(scopes[i])) != 0 ||
                !lacks(site, i == 0 ? "/proc/sys/net" : "/proc/sys", path))
                continue;
            AUTO_BUF struct buf text = {0};
            buf_add_visible(&text, str_of(path));
            site_mark(site, (struct mark){.finder = HOST_SYSCTL,
                                          .node = node,
                                          .want = site_say(site, "%s", text.data)});
        }
    }
}

static bool asks_listener(const struct node *seccomp)
{
    bool asks =
        node_is_string(node_get(seccomp, STR("defaultAction")), STR("SCMP_ACT_NOTIFY"));
    const struct node *rules = node_get(seccomp, STR("syscalls"));
    for (const struct node *rule = node_first(rules); rule; rule = rule->next)
        asks |= node_is_string(node_get(rule, STR("action")), STR("SCMP_ACT_NOTIFY"));
    return asks;
}

static void check_listener(struct site *site)
{
    const struct node *path = text_at(site, "/linux/seccomp/listenerPath");
    struct root_place place;
    if (path == NULL || node_text(path).at[0] != '/')
        return;
    bool found = root_find(&site->host, node_text(path), &place);
    if (found ? S_ISSOCK(place.status.st_mode) : !root_lacks(&place))
        return;
    /* runc does not connect for a profile that notifies nobody. */
    site_mark(site, (struct mark){.finder = HOST_LISTENER,
                                  .node = path,
                                  .lower = !asks_listener(path->parent),
                                  .want = found ? "what is there is no socket"
                                                : site_reason(site, &place)});
}

static void check_rdt(struct site *site)
{
    const struct node *rdt = node_find(site->search->root, STR("/linux/intelRdt"));
    if (rdt == NULL || rdt->type != NODE_OBJECT || rdt->child == NULL ||
        site->mount_count == 0)
        return;
    for (size_t i = 0; i < site->mount_count; i++) {
        if (strcmp(site->mounts[i].type, "resctrl") == 0)
            return;
    }
    site_mark(site, (struct mark){.finder = HOST_RDT, .node = rdt});
}

static void check_interfaces(struct site *site)
{
    const struct node *devices = node_find(site->search->root, STR("/linux/netDevices"));
    if (devices == NULL || devices->type != NODE_OBJECT)
        return;
    for (const struct node *node = devices->child; node; node = node->next) {
        struct str name = node_key(node);
        if (name.len == 0 || memchr(name.at, '/', name.len) != NULL ||
            memchr(name.at, '\0', name.len) != NULL)
            continue;
        const char *path = site_say(site, "/sys/class/net/%.*s", (int)name.len, name.at);
        if (lacks(site, "/sys/class/net", path))
            site_mark(site, (struct mark){.finder = HOST_INTERFACE,
                                          .node = node,
                                          .have = path + strlen("/sys/class/net/")});
    }
}

/* In a user namespace no device can be made, so runtimes bind that of the machine. */
static void check_nodes(struct site *site)
{
    const struct node *devices = node_find(site->search->root, STR("/linux/devices"));
    struct root_place place;
    for (const struct node *node = site->in_userns ? node_first(devices) : NULL; node;
         node = node->next) {
        const struct node *path = node_get(node, STR("path"));
        if (path == NULL || path->type != NODE_STRING || path->len < 2 ||
            node_text(path).at[0] != '/')
            continue;
        root_find(&site->host, node_text(path), &place);
        if (root_lacks(&place))
            site_mark(site, (struct mark){.finder = HOST_NODE, .node = node, .at = path});
    }
}

void host_kernel_check(struct site *site)
{
    static site_check_fn *const checks[] = {
        host_namespace_check, check_selinux, check_apparmor,   check_files, check_sysctls,
        check_listener,       check_rdt,     check_interfaces, check_nodes,
    };
    for (size_t i = 0; site->host.fd >= 0 && i < sizeof checks / sizeof checks[0]; i++)
        checks[i](site);
}
