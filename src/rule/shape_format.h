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

/* Sets the remark if the text of a value, or a name in a map, is not of the form. The node
 * is the value, or the member of that name. */
typedef void shape_format_fn(struct str text, const struct node *node, unsigned platforms,
                             struct shape_remark *remark);

struct shape_format {
    const char *name;
    shape_format_fn *check;
};

/* All formats; the last has no name. */
extern const struct shape_format shape_formats[];

const struct shape_format *shape_format_find(struct str name);

/* Some are at home in another file. */
shape_format_fn shape_check_umask, shape_check_file_mode, shape_check_cpu_quota,
    shape_check_pids_limit, shape_check_root_readonly;
shape_format_fn shape_check_milestone, shape_check_privileges, shape_check_scaled_number,
    shape_check_decimal_number, shape_check_addresses, shape_check_mac_address,
    shape_check_link_protection, shape_check_guid, shape_check_layer_folder,
    shape_check_utility_path, shape_check_devfs_path, shape_check_ipv4, shape_check_ipv6;

/* Whether a query function of one argument (function.h) says yes to a node. */
struct query_call;
struct query_value;
bool shape_holds(struct query_value (*function)(struct query_call *call),
                 const struct node *node);

/* Helpers of forms: the number of bytes at the beginning that are in `set`, and whether
 * the text begins with another. */
size_t shape_span(struct str text, const char *set);
bool shape_begins(struct str text, const char *prefix);

#define SHAPE_DIGITS "0123456789"
#define SHAPE_HEX "0123456789abcdefABCDEF"

#endif
