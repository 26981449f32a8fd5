/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of forms, and what they share.
 */
#include "shape_format.h"

#include "function.h"

size_t shape_span(struct str text, const char *set)
{
    size_t len = 0;
    while (len < text.len && text.at[len] != '\0' && strchr(set, text.at[len]) != NULL)
        len++;
    return len;
}

bool shape_holds(struct query_value (*function)(struct query_call *call),
                 const struct node *node)
{
    struct query_call call = {.root = node, .count = 1};
    call.arguments[0].value = query_value_of(node);
    return function(&call).type == NODE_TRUE;
}

void shape_set(struct shape_remark *remark, enum shape_by by, const char *want)
{
    remark->by = by;
    remark->want = want;
}

const struct shape_format shape_formats[] = {
    {"spec-version", shape_check_spec_version, PASS_NONE},
    {"root-path", shape_check_root_path, PASS_NONE},
    {"root-readonly", shape_check_root_readonly, PASS_POSIX},
    {"mount-destination", shape_check_destination, PASS_ABSOLUTE},
    {"mount-source", shape_check_source, PASS_POSIX},
    {"absolute-path", shape_check_absolute, PASS_ABSOLUTE},
    {"host-path", shape_check_host_path, PASS_ABSOLUTE},
    {"environment", shape_check_environment, PASS_NONE},
    {"command", shape_check_command, PASS_NONE},
    {"umask", shape_check_umask, PASS_NONE},
    {"selinux-label", shape_check_selinux, PASS_NONE},
    {"scheduler-policy", shape_check_policy, PASS_NONE},
    {"list", shape_check_list, PASS_NONE},
    {"not-empty", shape_check_not_empty, PASS_NONE},
    {"cpu-variant", shape_check_variant, PASS_NONE},
    {"date", shape_check_date, PASS_NONE},
    {"signal", shape_check_signal, PASS_NONE},
    {"annotation", shape_check_annotation, PASS_NONE},
    {"host-name", shape_check_host_name, PASS_NONE},
    {"cgroups-path", shape_check_cgroups_path, PASS_NONE},
    {"namespace-path", shape_check_namespace_path, PASS_ABSOLUTE},
    {"device-path", shape_check_device_path, PASS_ABSOLUTE},
    {"file-mode", shape_check_file_mode, PASS_NONE},
    {"interface", shape_check_interface, PASS_NONE},
    {"interface-template", shape_check_template, PASS_NONE},
    {"cgroup-file", shape_check_cgroup_file, PASS_NONE},
    {"device-access", shape_check_access, PASS_NONE},
    {"cpu-quota", shape_check_cpu_quota, PASS_NONE},
    {"pids-limit", shape_check_pids_limit, PASS_NONE},
    {"clos-name", shape_check_clos, PASS_NONE},
    {"schemata-line", shape_check_schemata, PASS_NONE},
    {"l3-schema", shape_check_l3, PASS_NONE},
    {"mb-schema", shape_check_mb, PASS_NONE},
    {"default-action", shape_check_default_action, PASS_NONE},
    {"socket-path", shape_check_socket, PASS_NONE},
    {"page-size", shape_check_page_size, PASS_NONE},
    {"guid", shape_check_guid, PASS_NONE},
    {"layer-folder", shape_check_layer_folder, PASS_NONE},
    {"utility-path", shape_check_utility_path, PASS_NONE},
    {"milestone", shape_check_milestone, PASS_NONE},
    {"privileges", shape_check_privileges, PASS_NONE},
    {"scaled-number", shape_check_scaled_number, PASS_NONE},
    {"decimal-number", shape_check_decimal_number, PASS_NONE},
    {"addresses", shape_check_addresses, PASS_NONE},
    {"mac-address", shape_check_mac_address, PASS_NONE},
    {"link-protection", shape_check_link_protection, PASS_NONE},
    {"devfs-path", shape_check_devfs_path, PASS_NONE},
    {"ipv4-address", shape_check_ipv4, PASS_NONE},
    {"ipv6-address", shape_check_ipv6, PASS_NONE},
    {NULL, NULL, PASS_NONE},
};

const struct shape_format *shape_format_find(struct str name)
{
    for (const struct shape_format *format = shape_formats; format->name; format++) {
        if (str_equal(str_of(format->name), name))
            return format;
    }
    return NULL;
}
