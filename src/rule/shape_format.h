/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms that a value of the right type must have: absolute paths, lists of CPUs, dates.
 * One table, named by `format:` and `key:` in rules/shape/.
 */
#ifndef SPECLINT_SHAPE_FORMAT_H
#define SPECLINT_SHAPE_FORMAT_H

#include "shape.h"

/* What is wrong with a value. */
struct shape_remark {
    enum shape_by by;  /* BY_NOBODY while nothing is */
    unsigned lower;    /* levels below that of the rule that speaks */
    const char *want;  /* what it should be, in words */
    struct buf repair; /* text of the right value; empty if there is none to offer */
    bool sure;         /* the repair is what was meant, beyond doubt */
    bool remove;       /* the repair is to leave it out */
};

/* What is looked at. */
struct shape_subject {
    struct str text;         /* of a value, or of a name in a map */
    const struct node *node; /* the value, or the member of that name */
    unsigned platforms;      /* of enum shape_platform */
    enum release release;    /* whose rules hold */
};

/* Sets the remark if the text is not of the form. */
typedef void shape_format_fn(const struct shape_subject *it, struct shape_remark *remark);

/* What is of a form at a glance, so that nobody need be asked. */
enum shape_pass {
    PASS_NONE,
    PASS_POSIX,    /* all, where the document is not for Windows alone */
    PASS_ABSOLUTE, /* likewise, a text that begins with a slash */
};

struct shape_format {
    const char *name;
    shape_format_fn *check;
    enum shape_pass pass;
};

/* All formats; the last has no name. */
extern const struct shape_format shape_formats[];

const struct shape_format *shape_format_find(struct str name);

/* The forms, by the document that has them. */
shape_format_fn shape_check_spec_version, shape_check_root_path,
    shape_check_root_readonly, shape_check_destination, shape_check_source,
    shape_check_absolute, shape_check_host_path, shape_check_environment,
    shape_check_command, shape_check_umask, shape_check_selinux, shape_check_policy,
    shape_check_list, shape_check_not_empty, shape_check_variant, shape_check_date,
    shape_check_signal, shape_check_annotation, shape_check_host_name;
shape_format_fn shape_check_cgroups_path, shape_check_namespace_path,
    shape_check_device_path, shape_check_file_mode, shape_check_interface,
    shape_check_template, shape_check_cgroup_file, shape_check_access,
    shape_check_cpu_quota, shape_check_pids_limit, shape_check_clos, shape_check_schemata,
    shape_check_l3, shape_check_mb, shape_check_default_action, shape_check_socket,
    shape_check_page_size;
shape_format_fn shape_check_guid, shape_check_layer_folder, shape_check_utility_path,
    shape_check_milestone, shape_check_privileges, shape_check_scaled_number,
    shape_check_decimal_number, shape_check_addresses, shape_check_mac_address,
    shape_check_link_protection, shape_check_devfs_path, shape_check_ipv4,
    shape_check_ipv6;

/* Whether a query function of one argument (function.h) says yes to a node. */
struct query_call;
struct query_value;
bool shape_holds(struct query_value (*function)(struct query_call *call),
                 const struct node *node);

/* Helpers of forms: the number of bytes at the beginning that are in `set`, and whether
 * the text begins with another. */
size_t shape_span(struct str text, const char *set);

static inline bool shape_begins(struct str text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len >= len && memcmp(text.at, prefix, len) == 0;
}

void shape_set(struct shape_remark *remark, enum shape_by by, const char *want);

/* Whether a path of Windows is absolute (a drive's root, a share, a device path). */
bool shape_is_drive_path(struct str path);

/* The value of octal digits. */
unsigned shape_octal(struct str digits);

#define SHAPE_DIGITS "0123456789"
#define SHAPE_HEX "0123456789abcdefABCDEF"

#endif
