/* SPDX-License-Identifier: Apache-2.0
 *
 * The forms of config.md and config-linux.md.
 */
#include "shape_format.h"

#include "function.h"

#include <ctype.h>

size_t shape_span(struct str text, const char *set)
{
    size_t len = 0;
    while (len < text.len && text.at[len] != '\0' && strchr(set, text.at[len]) != NULL)
        len++;
    return len;
}

bool shape_begins(struct str text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len >= len && memcmp(text.at, prefix, len) == 0;
}

bool shape_holds(struct query_value (*function)(struct query_call *call),
                 const struct node *node)
{
    struct query_call call = {.root = node, .count = 1};
    call.arguments[0].value = query_value_of(node);
    return function(&call).type == NODE_TRUE;
}

static bool has(struct str text, const char *part)
{
    return memmem(text.at, text.len, part, strlen(part)) != NULL;
}

static void set(struct shape_remark *remark, enum shape_by by, const char *want)
{
    remark->by = by;
    remark->want = want;
}

static bool is_windows(unsigned platforms)
{
    return platforms == PLATFORM_WINDOWS;
}

static bool is_drive_path(struct str path)
{
    return (path.len >= 3 && isalpha((unsigned char)path.at[0]) && path.at[1] == ':' &&
            (path.at[2] == '\\' || path.at[2] == '/')) ||
           shape_begins(path, "\\\\");
}

static bool is_absolute(struct str path, unsigned platforms)
{
    return is_windows(platforms) ? is_drive_path(path) : shape_begins(path, "/");
}

static void check_spec_version(struct str text, const struct node *node,
                               unsigned platforms, struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    struct str core = text;
    if (shape_version_is_semver(text))
        return;
    set(remark, BY_MUST, "a version of SemVer 2.0.0, such as 1.0.2");
    while (core.len > 0 && (core.at[0] == ' ' || core.at[0] == 'v'))
        core = (struct str){core.at + 1, core.len - 1};
    while (core.len > 0 && core.at[core.len - 1] == ' ')
        core.len--;
    /* runc does not look, and crun looks for "1." anywhere (seen). */
    remark->lower = shape_begins(core, "1.");
    buf_adds(&remark->repair, core);
    if (shape_span(core, SHAPE_DIGITS ".") == core.len &&
        memchr(core.at, '.', core.len) == memrchr(core.at, '.', core.len))
        buf_adds(&remark->repair, STR(".0"));
    if (!shape_version_is_semver(buf_str(&remark->repair)))
        buf_clear(&remark->repair);
}

/* \\?\Volume{GUID}\ */
static bool is_volume(struct str path)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}";
    size_t begin = strlen("\\\\?\\Volume{");
    if (!shape_begins(path, "\\\\?\\Volume{") || path.len < begin + sizeof form - 1)
        return false;
    for (size_t i = 0; form[i] != '\0'; i++) {
        char byte = path.at[begin + i];
        if (form[i] == 'x' ? !isxdigit((unsigned char)byte) : byte != form[i])
            return false;
    }
    struct str rest = {path.at + begin + sizeof form - 1, path.len - begin - sizeof form + 1};
    return rest.len == 0 || str_equal(rest, STR("\\"));
}

static void check_root_path(struct str text, const struct node *node, unsigned platforms,
                            struct shape_remark *remark)
{
    (void)node;
    while (!is_windows(platforms) && text.len > 1 && text.at[text.len - 1] == '/')
        text.len--;
    if (is_windows(platforms)) {
        if (!is_volume(text))
            set(remark, BY_MUST, "the path of a volume, \\\\?\\Volume{GUID}\\");
    } else if (text.len == 0) {
        set(remark, BY_KERNEL, "the directory of the root filesystem");
        buf_adds(&remark->repair, STR("rootfs"));
    } else if (!str_equal(text, STR("rootfs")) &&
               (text.len < 7 || memcmp(text.at + text.len - 7, "/rootfs", 7) != 0)) {
        set(remark, BY_CONVENTION, "the conventional rootfs");
    }
}

static void check_destination(struct str text, const struct node *node,
                              unsigned platforms, struct shape_remark *remark)
{
    (void)node;
    if (text.len == 0) {
        set(remark, BY_KERNEL, "a place in the container");
    } else if (!is_absolute(text, platforms)) {
        /* Linux: a MUST before 1.2.0; runtimes take it from / all along. */
        bool linux_only = platforms == PLATFORM_LINUX;
        set(remark, linux_only ? BY_SHOULD : BY_MUST, "an absolute path");
        if (!is_windows(platforms))
            buf_addf(&remark->repair, "/%.*s", (int)text.len, text.at);
        remark->sure = linux_only;
    }
}

static void check_source(struct str text, const struct node *node, unsigned platforms,
                         struct shape_remark *remark)
{
    (void)node;
    if (is_windows(platforms) &&
        ((shape_begins(text, "\\\\") && !shape_begins(text, "\\\\?\\") &&
          !shape_begins(text, "\\\\.\\")) ||
         shape_begins(text, "//")))
        set(remark, BY_MUST, "a local directory; shares cannot be mounted");
}

static void check_absolute(struct str text, const struct node *node, unsigned platforms,
                           struct shape_remark *remark)
{
    (void)node;
    if (is_absolute(text, platforms))
        return;
    set(remark, BY_MUST, "an absolute path");
    if (!is_windows(platforms) && text.len > 0)
        buf_addf(&remark->repair, "/%.*s", (int)text.len, text.at);
}

/* A path of the host, where a guess would be dangerous. */
static void check_host_path(struct str text, const struct node *node, unsigned platforms,
                            struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (!shape_begins(text, "/"))
        set(remark, BY_MUST, "an absolute path");
}

static void check_environment(struct str text, const struct node *node,
                              unsigned platforms, struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    const char *sign = memchr(text.at, '=', text.len);
    if (sign == NULL || sign == text.at) {
        set(remark, BY_MUST, "NAME=value");
        return;
    }
    bool good = !isdigit((unsigned char)text.at[0]);
    for (const char *at = text.at; at < sign; at++)
        good = (isalnum((unsigned char)*at) || *at == '_') && good;
    if (!good)
        set(remark, BY_CONVENTION, "a portable name: letters, digits and _");
}

static void check_command(struct str text, const struct node *node, unsigned platforms,
                          struct shape_remark *remark)
{
    (void)platforms;
    if (node->index == 0 && text.len == 0)
        set(remark, BY_KERNEL, "the name of a program");
}

/* user:role:type[:level] */
static void check_selinux(struct str text, const struct node *node, unsigned platforms,
                          struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    size_t colons = 0;
    bool empty = text.len == 0 || text.at[0] == ':';
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != ':')
            continue;
        colons++;
        empty = empty || (colons <= 3 && (i + 1 == text.len || text.at[i + 1] == ':'));
    }
    if (text.len > 0 && (empty || colons < 2))
        set(remark, BY_KERNEL, "an SELinux context, user:role:type[:level]");
}

static void check_policy(struct str text, const struct node *node, unsigned platforms,
                         struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (str_equal(text, STR("SCHED_ISO"))) {
        set(remark, BY_KERNEL, "a policy that Linux has; it never got SCHED_ISO");
        remark->lower = 1;
    }
}

/* cpuset(7), list format; the empty list is none. */
static void check_list(struct str text, const struct node *node, unsigned platforms,
                       struct shape_remark *remark)
{
    (void)platforms;
    if (text.len == 0 || shape_holds(function_is_cpulist, node))
        return;
    set(remark, BY_MUST, "a list of numbers and ascending ranges, such as 0-3,7");
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != ' ')
            buf_addc(&remark->repair, text.at[i]);
    }
    struct str repair = buf_str(&remark->repair);
    struct node without = {.type = NODE_STRING, .value = repair.at, .len = (uint32_t)repair.len};
    remark->sure = shape_holds(function_is_cpulist, &without);
    if (!remark->sure)
        buf_clear(&remark->repair);
}

static void check_not_empty(struct str text, const struct node *node, unsigned platforms,
                            struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (text.len == 0)
        set(remark, BY_MUST, "a text that is not empty");
}

/* image-spec image-index.md, Platform Variants: v6, v7, v8; v8.2 of later ones. */
static void check_variant(struct str text, const struct node *node, unsigned platforms,
                          struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    struct str number = {text.at + 1, text.len > 0 ? text.len - 1 : 0};
    size_t major = shape_span(number, SHAPE_DIGITS);
    struct str minor = {number.at + major, number.len - major};
    if (text.len == 0 || text.at[0] != 'v' || major == 0 ||
        (minor.len > 0 && (minor.at[0] != '.' || minor.len < 2 ||
                           shape_span(minor, "." SHAPE_DIGITS) != minor.len)))
        set(remark, BY_MUST, "a variant such as v8");
}

/* RFC 3339 section 5.6: 1985-04-12T23:20:50.52Z */
static void check_date(struct str text, const struct node *node, unsigned platforms,
                       struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    bool good = text.len >= sizeof form;
    for (size_t i = 0; good && form[i] != '\0'; i++) {
        char byte = (char)toupper((unsigned char)text.at[i]);
        good = form[i] == 'd' ? isdigit((unsigned char)byte) != 0 : byte == form[i];
    }
    if (good) {
        struct str rest = {text.at + sizeof form - 1, text.len - sizeof form + 1};
        if (rest.at[0] == '.') {
            size_t digits = shape_span((struct str){rest.at + 1, rest.len - 1}, SHAPE_DIGITS);
            good = digits > 0;
            rest = (struct str){rest.at + 1 + digits, rest.len - 1 - digits};
        }
        bool zulu = rest.len == 1 && toupper((unsigned char)rest.at[0]) == 'Z';
        bool offset = rest.len == 6 && (rest.at[0] == '+' || rest.at[0] == '-') &&
                      rest.at[3] == ':' &&
                      shape_span((struct str){rest.at + 1, 2}, SHAPE_DIGITS) == 2 &&
                      shape_span((struct str){rest.at + 4, 2}, SHAPE_DIGITS) == 2;
        good = good && (zulu || offset);
    }
    if (!good)
        set(remark, BY_MUST, "a date and time of RFC 3339, such as 2024-05-01T12:00:00Z");
}

/* SIGKILL, SIGRTMIN+3, 9 */
static void check_signal(struct str text, const struct node *node, unsigned platforms,
                         struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" SHAPE_DIGITS;
    bool good = text.len > 0 && shape_span(text, SHAPE_DIGITS) == text.len;
    if (!good && shape_begins(text, "SIG")) {
        struct str name = {text.at + 3, text.len - 3};
        size_t len = shape_span(name, letters);
        struct str offset = {name.at + len, name.len - len};
        good = len > 0 && (offset.len == 0 ||
                           ((offset.at[0] == '+' || offset.at[0] == '-') &&
                            offset.len > 1 &&
                            shape_span(offset, "+-" SHAPE_DIGITS) == offset.len));
    }
    if (!good)
        set(remark, BY_MUST, "a signal, such as SIGTERM or 15");
}

static void check_annotation(struct str key, const struct node *node, unsigned platforms,
                             struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    size_t label = shape_span(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    remark->lower = 1; /* no runtime minds */
    if (key.len == 0)
        set(remark, BY_MUST, "a key that is not empty");
    else if (str_equal(key, STR("org.opencontainers")) ||
             shape_begins(key, "org.opencontainers."))
        set(remark, BY_MUST,
            "a key of one's own: org.opencontainers is the spec's, which does not define it");
    else if (label < 2 || label + 1 >= key.len || key.at[label] != '.')
        set(remark, BY_CONVENTION, "a key in reverse domain notation, such as com.example.key");
}

static void check_host_name(struct str text, const struct node *node, unsigned platforms,
                            struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (text.len > 64) /* __NEW_UTS_LEN of linux/utsname.h */
        set(remark, BY_KERNEL, "at most 64 bytes long");
}

static void check_cgroups_path(struct str text, const struct node *node,
                               unsigned platforms, struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (text.len == 0) {
        set(remark, BY_MUST, "a path");
        remark->remove = true;
        remark->sure = true;
    } else if (has(text, "/../") || shape_begins(text, "../") ||
               (text.len >= 3 && memcmp(text.at + text.len - 3, "/..", 3) == 0) ||
               str_equal(text, STR(".."))) {
        set(remark, BY_KERNEL, "a path without ..; a runtime may refuse it");
    }
}

static void check_namespace_path(struct str text, const struct node *node,
                                 unsigned platforms, struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (text.len == 0) { /* runc makes a new namespace, crun fails (seen) */
        set(remark, BY_KERNEL, "left out to get a new namespace");
        remark->lower = 1;
        remark->remove = true;
        remark->sure = true;
    } else if (text.at[0] != '/') {
        set(remark, BY_MUST, "an absolute path");
    }
}

static void check_device_path(struct str text, const struct node *node,
                              unsigned platforms, struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (shape_begins(text, "/"))
        return;
    set(remark, BY_MUST, "a full path in the container");
    remark->lower = text.len > 0; /* runc and crun take it from / (seen) */
    if (text.len > 0)
        buf_addf(&remark->repair, "/%s%.*s", shape_begins(text, "dev/") ? "" : "dev/",
                 (int)text.len, text.at);
}

/* dev_valid_name() of net/core/dev.c: IFNAMSIZ is 16. */
static bool is_interface(struct str name)
{
    bool good = name.len > 0 && name.len < 16 && !str_equal(name, STR(".")) &&
                !str_equal(name, STR(".."));
    for (size_t i = 0; i < name.len; i++)
        good = name.at[i] != '/' && name.at[i] != ':' &&
               !isspace((unsigned char)name.at[i]) && good;
    return good;
}

static void check_interface(struct str key, const struct node *node, unsigned platforms,
                            struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (!is_interface(key))
        set(remark, BY_KERNEL, "the name of an interface: at most 15 bytes, no /, : or blank");
}

/* dev_alloc_name(): at most one %d, and no other %. */
static void check_template(struct str text, const struct node *node, unsigned platforms,
                           struct shape_remark *remark)
{
    if (text.len == 0)
        return;
    check_interface(text, node, platforms, remark);
    const char *sign = memchr(text.at, '%', text.len);
    if (sign == NULL)
        return;
    struct str rest = {sign + 1, text.len - (size_t)(sign + 1 - text.at)};
    if (!shape_begins(rest, "d") || memchr(rest.at, '%', rest.len) != NULL)
        set(remark, BY_KERNEL, "a name with %d at most once");
}

static void check_cgroup_file(struct str key, const struct node *node, unsigned platforms,
                              struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    /* Documentation/admin-guide/cgroup-v2.rst, Controllers. */
    static const char *const controllers[] = {
        "cgroup.", "cpu.",  "cpuset.", "io.",  "memory.", "hugetlb.",
        "pids.",   "rdma.", "misc.",   "irq.", "dmem.",   "perf_event.",
    };
    if (key.len == 0 || memchr(key.at, '/', key.len) != NULL ||
        str_equal(key, STR(".")) || str_equal(key, STR(".."))) {
        set(remark, BY_MUST, "the name of a file in the cgroup");
        return;
    }
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        if (shape_begins(key, controllers[i]) && key.len > strlen(controllers[i]))
            return;
    }
    set(remark, BY_KERNEL, "a file of a cgroup v2 controller, such as memory.high");
    remark->lower = 1;
}

static void check_access(struct str text, const struct node *node, unsigned platforms,
                         struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    bool seen[256] = {false};
    bool repeated = text.len == 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        repeated = repeated || seen[byte];
        if (!seen[byte] && strchr("rwm", byte) != NULL)
            buf_addc(&remark->repair, text.at[i]);
        seen[byte] = true;
    }
    if (shape_span(text, "rwm") != text.len) {
        set(remark, BY_MUST, "made of the letters r, w and m");
    } else if (repeated) {
        set(remark, BY_KERNEL, "each of the letters r, w and m at most once, and one of them");
        remark->lower = 1;
    }
    remark->sure = true;
}

static void check_clos(struct str text, const struct node *node, unsigned platforms,
                       struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    static const char *const taken[] = {"", ".", "..", "info", "mon_groups", "mon_data"};
    bool good = memchr(text.at, '\n', text.len) == NULL &&
                (memchr(text.at, '/', text.len) == NULL || str_equal(text, STR("/")));
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        good = good && !str_equal(text, str_of(taken[i]));
    if (!good)
        set(remark, BY_KERNEL, "the name of a directory below /sys/fs/resctrl, or /");
}

static void strip_line_end(struct str text, struct shape_remark *remark)
{
    if (text.len > 1 && memchr(text.at, '\n', text.len) == text.at + text.len - 1) {
        buf_add(&remark->repair, text.at, text.len - 1);
        remark->sure = true;
    }
}

static void check_schemata(struct str text, const struct node *node, unsigned platforms,
                           struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    size_t len = shape_span(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ" SHAPE_DIGITS "_");
    if (memchr(text.at, '\n', text.len) != NULL) {
        set(remark, BY_MUST, "one line");
        strip_line_end(text, remark);
    } else if (len == 0 || len + 1 >= text.len || text.at[len] != ':' ||
               memrchr(text.at, ':', text.len) != text.at + len) {
        set(remark, BY_KERNEL, "a line of the schemata file, such as L3:0=f;1=f");
    }
}

static void check_l3(struct str text, const struct node *node, unsigned platforms,
                     struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (!shape_begins(text, "L3:"))
        set(remark, BY_SHOULD, "a schema that begins with L3:");
    else if (memchr(text.at, '\n', text.len) != NULL) {
        set(remark, BY_SHOULD, "one line");
        strip_line_end(text, remark);
    }
}

static void check_mb(struct str text, const struct node *node, unsigned platforms,
                     struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (!shape_begins(text, "MB:"))
        set(remark, BY_MUST, "a schema that begins with MB:");
    else if (memchr(text.at, '\n', text.len) != NULL) {
        set(remark, BY_MUST, "one line");
        strip_line_end(text, remark);
    }
}

static void check_default_action(struct str text, const struct node *node,
                                 unsigned platforms, struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (str_equal(text, STR("SCMP_ACT_NOTIFY")))
        set(remark, BY_KERNEL,
            "an action that needs no agent: the runtime would wait for itself");
}

static void check_socket(struct str text, const struct node *node, unsigned platforms,
                         struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    if (!shape_begins(text, "/") || text.len > 107) /* sun_path of unix(7) */
        set(remark, BY_KERNEL, "the absolute path of a socket, at most 107 bytes");
}

/* mm/hugetlb_cgroup.c, mem_fmt(): the file names have the largest whole unit. */
static void check_page_size(struct str text, const struct node *node, unsigned platforms,
                            struct shape_remark *remark)
{
    (void)node;
    (void)platforms;
    static const char units[] = "KMG";
    uint64_t size = 0;
    size_t digits = shape_span(text, SHAPE_DIGITS);
    struct str rest = {text.at + digits, text.len - digits};
    const char *unit = NULL;
    bool good = digits > 0 && digits < 18 && text.at[0] != '0';
    for (size_t i = 0; good && i < digits; i++)
        size = size * 10 + (uint64_t)(text.at[i] - '0');
    if (good && rest.len > 0 && rest.len <= 3 && rest.at[0] != '\0')
        unit = strchr(units, toupper((unsigned char)rest.at[0]));
    if (unit != NULL) {
        struct str tail = {rest.at + 1, rest.len - 1};
        if (tail.len > 0 && tail.at[0] == 'i')
            tail = (struct str){tail.at + 1, tail.len - 1};
        if (tail.len > 1 || (tail.len == 1 && toupper((unsigned char)tail.at[0]) != 'B'))
            unit = NULL;
    }
    if (unit == NULL) {
        set(remark, BY_MUST, "a size such as 64KB, 2MB or 1GB");
        return;
    }
    for (; size % 1024 == 0 && unit[1] != '\0'; unit++)
        size /= 1024;
    buf_addf(&remark->repair, "%llu%cB", (unsigned long long)size, *unit);
    if (!str_equal(buf_str(&remark->repair), text))
        set(remark, BY_MUST, "written as the kernel names the file: 64KB, 2MB, 1GB");
    remark->sure = true;
}

const struct shape_format shape_formats[] = {
    {"spec-version", check_spec_version},
    {"root-path", check_root_path},
    {"root-readonly", shape_check_root_readonly},
    {"mount-destination", check_destination},
    {"mount-source", check_source},
    {"absolute-path", check_absolute},
    {"host-path", check_host_path},
    {"environment", check_environment},
    {"command", check_command},
    {"umask", shape_check_umask},
    {"selinux-label", check_selinux},
    {"scheduler-policy", check_policy},
    {"list", check_list},
    {"not-empty", check_not_empty},
    {"cpu-variant", check_variant},
    {"date", check_date},
    {"signal", check_signal},
    {"annotation", check_annotation},
    {"host-name", check_host_name},
    {"cgroups-path", check_cgroups_path},
    {"namespace-path", check_namespace_path},
    {"device-path", check_device_path},
    {"file-mode", shape_check_file_mode},
    {"interface", check_interface},
    {"interface-template", check_template},
    {"cgroup-file", check_cgroup_file},
    {"device-access", check_access},
    {"cpu-quota", shape_check_cpu_quota},
    {"pids-limit", shape_check_pids_limit},
    {"clos-name", check_clos},
    {"schemata-line", check_schemata},
    {"l3-schema", check_l3},
    {"mb-schema", check_mb},
    {"default-action", check_default_action},
    {"socket-path", check_socket},
    {"page-size", check_page_size},
    {"guid", shape_check_guid},
    {"layer-folder", shape_check_layer_folder},
    {"utility-path", shape_check_utility_path},
    {"milestone", shape_check_milestone},
    {"privileges", shape_check_privileges},
    {"scaled-number", shape_check_scaled_number},
    {"decimal-number", shape_check_decimal_number},
    {"addresses", shape_check_addresses},
    {"mac-address", shape_check_mac_address},
    {"link-protection", shape_check_link_protection},
    {"devfs-path", shape_check_devfs_path},
    {"ipv4-address", shape_check_ipv4},
    {"ipv6-address", shape_check_ipv6},
    {NULL, NULL},
};

const struct shape_format *shape_format_find(struct str name)
{
    for (const struct shape_format *format = shape_formats; format->name; format++) {
        if (str_equal(str_of(format->name), name))
            return format;
    }
    return NULL;
}
