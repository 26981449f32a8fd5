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

void shape_set(struct shape_remark *remark, enum shape_by by, const char *want)
{
    remark->by = by;
    remark->want = want;
}

const struct shape_format shape_formats[] = {
    {"spec-version", shape_check_spec_version},
    {"root-path", shape_check_root_path},
    {"root-readonly", shape_check_root_readonly},
    {"mount-destination", shape_check_destination},
    {"mount-source", shape_check_source},
    {"absolute-path", shape_check_absolute},
    {"host-path", shape_check_host_path},
    {"environment", shape_check_environment},
    {"command", shape_check_command},
    {"umask", shape_check_umask},
    {"selinux-label", shape_check_selinux},
    {"scheduler-policy", shape_check_policy},
    {"list", shape_check_list},
    {"not-empty", shape_check_not_empty},
    {"cpu-variant", shape_check_variant},
    {"date", shape_check_date},
    {"signal", shape_check_signal},
    {"annotation", shape_check_annotation},
    {"host-name", shape_check_host_name},
    {"cgroups-path", shape_check_cgroups_path},
    {"namespace-path", shape_check_namespace_path},
    {"device-path", shape_check_device_path},
    {"file-mode", shape_check_file_mode},
    {"interface", shape_check_interface},
    {"interface-template", shape_check_template},
    {"cgroup-file", shape_check_cgroup_file},
    {"device-access", shape_check_access},
    {"cpu-quota", shape_check_cpu_quota},
    {"pids-limit", shape_check_pids_limit},
    {"clos-name", shape_check_clos},
    {"schemata-line", shape_check_schemata},
    {"l3-schema", shape_check_l3},
    {"mb-schema", shape_check_mb},
    {"default-action", shape_check_default_action},
    {"socket-path", shape_check_socket},
    {"page-size", shape_check_page_size},
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
