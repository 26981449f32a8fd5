/* SPDX-License-Identifier: Apache-2.0
 *
 * The forms of config-linux.md.
 */
#include "shape_format.h"

#include "function.h"
#include "nearest.h"
#include "number.h"

#include <ctype.h>

static bool has(struct str text, const char *part)
{
    return memmem(text.at, text.len, part, strlen(part)) != NULL;
}

void shape_check_cgroups_path(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (text.len == 0) {
        shape_set(remark, BY_MUST, "a path");
        remark->remove = true;
        remark->sure = true;
    } else if (has(text, "/../") || shape_begins(text, "../") ||
               (text.len >= 3 && memcmp(text.at + text.len - 3, "/..", 3) == 0) ||
               str_equal(text, STR(".."))) {
        shape_set(remark, BY_KERNEL, "a path without ..; a runtime may refuse it");
    }
}

void shape_check_namespace_path(const struct shape_subject *it,
                                struct shape_remark *remark)
{
    struct str text = it->text;
    if (text.len == 0) { /* runc makes a new namespace, crun fails (seen) */
        shape_set(remark, BY_KERNEL, "left out to get a new namespace");
        remark->lower = 1;
        remark->remove = true;
        remark->sure = true;
    } else if (text.at[0] != '/') {
        shape_set(remark, BY_MUST, "an absolute path");
    }
}

void shape_check_device_path(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (shape_begins(text, "/"))
        return;
    shape_set(remark, BY_MUST, "a full path in the container");
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

void shape_check_interface(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str key = it->text;
    if (!is_interface(key))
        shape_set(remark, BY_KERNEL,
                  "the name of an interface: at most 15 bytes, no /, : or blank");
}

/* dev_alloc_name(): at most one %d, and no other %. */
void shape_check_template(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (text.len == 0)
        return;
    shape_check_interface(it, remark);
    const char *sign = memchr(text.at, '%', text.len);
    if (sign == NULL)
        return;
    struct str rest = {sign + 1, text.len - (size_t)(sign + 1 - text.at)};
    if (!shape_begins(rest, "d") || memchr(rest.at, '%', rest.len) != NULL)
        shape_set(remark, BY_KERNEL, "a name with %d at most once");
}

/* The file of cgroup v2 that is nearest to a name that is none, or NULL.
 * Documentation/admin-guide/cgroup-v2.rst. */
static const char *near_cgroup_file(struct str name)
{
    static const char *const files[] = {
        "cgroup.freeze",
        "cgroup.kill",
        "cgroup.max.depth",
        "cgroup.pressure",
        "cgroup.procs",
        "cgroup.max.descendants",
        "cgroup.threads",
        "cgroup.type",
        "cgroup.subtree_control",
        "cpu.idle",
        "cpu.max",
        "cpu.max.burst",
        "cpu.pressure",
        "cpu.uclamp.max",
        "cpu.uclamp.min",
        "cpu.weight",
        "cpu.weight.nice",
        "cpuset.cpus",
        "cpuset.mems",
        "cpuset.cpus.exclusive",
        "cpuset.cpus.partition",
        "dmem.low",
        "dmem.max",
        "dmem.min",
        "io.bfq.weight",
        "io.latency",
        "io.max",
        "io.pressure",
        "io.prio.class",
        "io.weight",
        "memory.high",
        "memory.low",
        "memory.max",
        "memory.min",
        "memory.oom.group",
        "memory.peak",
        "memory.pressure",
        "memory.reclaim",
        "memory.swap.high",
        "memory.swap.max",
        "memory.swap.peak",
        "memory.zswap.max",
        "memory.current",
        "memory.zswap.writeback",
        "misc.max",
        "pids.max",
        "pids.peak",
        "rdma.max",
    };
    struct nearest nearest = {.word = name};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        nearest_try(&nearest, files[i]);
    return nearest.distance > 0 && nearest.distance <= 2 ? nearest.best : NULL;
}

void shape_check_cgroup_file(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str key = it->text;
    /* Documentation/admin-guide/cgroup-v2.rst, Controllers. */
    static const char *const controllers[] = {
        "cgroup.", "cpu.",  "cpuset.", "io.",  "memory.", "hugetlb.",
        "pids.",   "rdma.", "misc.",   "irq.", "dmem.",   "perf_event.",
    };
    if (key.len == 0 || memchr(key.at, '/', key.len) != NULL ||
        str_equal(key, STR(".")) || str_equal(key, STR(".."))) {
        shape_set(remark, BY_MUST, "the name of a file in the cgroup");
        return;
    }
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        if (!shape_begins(key, controllers[i]) || key.len == strlen(controllers[i]))
            continue;
        const char *near = near_cgroup_file(key);
        if (near == NULL)
            return;
        shape_set(remark, BY_KERNEL, near);
        remark->lower = 1;
        return;
    }
    shape_set(remark, BY_KERNEL, "a file of a cgroup v2 controller, such as memory.high");
    remark->lower = 1;
}

void shape_check_access(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    static const char letters[] = "rwm";
    size_t good = 0;
    if (str_equal(text, STR("rwm")))
        return;
    for (const char *letter = letters; *letter != '\0'; letter++)
        good += text.len > 0 && memchr(text.at, *letter, text.len) != NULL;
    if (good == text.len && good > 0)
        return;
    /* runc and crun take what they know (seen). */
    remark->lower = 1;
    if (shape_span(text, letters) != text.len)
        shape_set(remark, BY_MUST, "made of the letters r, w and m");
    else
        shape_set(remark, BY_KERNEL,
                  "each of the letters r, w and m at most once, and one of them");
    for (const char *letter = letters; *letter != '\0'; letter++) {
        if (text.len > 0 && memchr(text.at, *letter, text.len) != NULL)
            buf_addc(&remark->repair, *letter);
    }
    remark->sure = true;
}

void shape_check_clos(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    static const char *const taken[] = {"", ".", "..", "info", "mon_groups", "mon_data"};
    bool good = memchr(text.at, '\n', text.len) == NULL &&
                (memchr(text.at, '/', text.len) == NULL || str_equal(text, STR("/")));
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        good = good && !str_equal(text, str_of(taken[i]));
    if (!good)
        shape_set(remark, BY_KERNEL,
                  "the name of a directory below /sys/fs/resctrl, or /");
}

static void strip_line_end(struct str text, struct shape_remark *remark)
{
    if (text.len > 1 && memchr(text.at, '\n', text.len) == text.at + text.len - 1) {
        buf_add(&remark->repair, text.at, text.len - 1);
        remark->sure = true;
    }
}

void shape_check_schemata(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    size_t len = shape_span(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ" SHAPE_DIGITS "_");
    if (memchr(text.at, '\n', text.len) != NULL) {
        shape_set(remark, BY_MUST, "one line");
        strip_line_end(text, remark);
    } else if (len == 0 || len + 1 >= text.len || text.at[len] != ':' ||
               memrchr(text.at, ':', text.len) != text.at + len) {
        shape_set(remark, BY_KERNEL, "a line of the schemata file, such as L3:0=f;1=f");
    }
}

void shape_check_l3(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (!shape_begins(text, "L3:"))
        shape_set(remark, BY_SHOULD, "a schema that begins with L3:");
    else if (memchr(text.at, '\n', text.len) != NULL) {
        shape_set(remark, BY_SHOULD, "one line");
        strip_line_end(text, remark);
    }
}

void shape_check_mb(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (!shape_begins(text, "MB:"))
        shape_set(remark, BY_MUST, "a schema that begins with MB:");
    else if (memchr(text.at, '\n', text.len) != NULL) {
        shape_set(remark, BY_MUST, "one line");
        strip_line_end(text, remark);
    }
}

void shape_check_default_action(const struct shape_subject *it,
                                struct shape_remark *remark)
{
    struct str text = it->text;
    if (str_equal(text, STR("SCMP_ACT_NOTIFY")))
        shape_set(remark, BY_KERNEL,
                  "an action that needs no agent: the runtime would wait for itself");
}

void shape_check_socket(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (!shape_begins(text, "/") || text.len > 107) /* sun_path of unix(7) */
        shape_set(remark, BY_KERNEL, "the absolute path of a socket, at most 107 bytes");
}

/* mm/hugetlb_cgroup.c, mem_fmt(): the file names have the largest whole unit. */
void shape_check_page_size(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
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
        shape_set(remark, BY_MUST, "a size such as 64KB, 2MB or 1GB");
        return;
    }
    for (; size % 1024 == 0 && unit[1] != '\0'; unit++)
        size /= 1024;
    buf_addf(&remark->repair, "%llu%cB", (unsigned long long)size, *unit);
    if (!str_equal(buf_str(&remark->repair), text))
        shape_set(remark, BY_MUST,
                  "written as the kernel names the file: 64KB, 2MB, 1GB");
    remark->sure = true;
}

/* 420 is 0644; 644 would be -w----r-T. What is above 0777 the schema refuses and the text
 * does not; runtimes drop the type of file that stat(2) says (seen). */
void shape_check_file_mode(const struct shape_subject *it, struct shape_remark *remark)
{
    uint64_t mode;
    if (!number_uint64(it->text, &mode))
        return;
    if (shape_holds(function_looks_octal, it->node)) {
        shape_set(remark, BY_KERNEL, "a decimal number, as JSON has no octal ones");
        remark->lower = 1;
        buf_addf(&remark->repair, "%u", shape_octal(it->text));
    } else if (mode > 0777) {
        shape_set(remark, BY_KERNEL, "permissions alone, at most 511 (0777)");
        remark->lower = 2;
        buf_addf(&remark->repair, "%u", (unsigned)mode & 0777);
    }
}

/* kernel/sched/core.c: min_cfs_quota_period is 1 ms. */
void shape_check_cpu_quota(const struct shape_subject *it, struct shape_remark *remark)
{
    int64_t quota;
    if (!number_int64(it->text, &quota) || quota >= 1000 || quota == 0 || quota == -1)
        return;
    shape_set(remark, BY_KERNEL, "at least 1000 microseconds, or -1 for no limit");
    remark->lower = quota < 0; /* every negative one means no limit */
    if (quota < 0)
        buf_adds(&remark->repair, STR("-1"));
}

void shape_check_pids_limit(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!str_equal(it->text, STR("0")))
        return;
    shape_set(remark, BY_SHOULD,
              "-1 for no limit, or at least 1: some runtimes take 0 for none");
    buf_adds(&remark->repair, STR("-1"));
}
