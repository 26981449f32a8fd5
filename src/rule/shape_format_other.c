/* SPDX-License-Identifier: Apache-2.0
 *
 * The forms of config-windows.md, config-solaris.md (which leaves them to zonecfg(8)) and
 * config-freebsd.md.
 */
#include "shape_format.h"

#include "function.h"

#include <ctype.h>

static bool is_guid(struct str text)
{
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    bool good = text.len == sizeof form - 1;
    for (size_t i = 0; good && i < text.len; i++)
        good = form[i] == 'x' ? isxdigit((unsigned char)text.at[i]) != 0
                              : text.at[i] == form[i];
    return good;
}

void shape_check_guid(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (is_guid(text))
        return;
    shape_set(remark, BY_MUST, "a GUID, such as 5b45201d-f2f2-4f3b-85bb-30ff1f953599");
    if (text.len > 2 && text.at[0] == '{' && text.at[text.len - 1] == '}' &&
        is_guid((struct str){text.at + 1, text.len - 2})) {
        buf_add(&remark->repair, text.at + 1, text.len - 2);
        remark->sure = true;
    }
}

void shape_check_layer_folder(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!shape_is_drive_path(it->text))
        shape_set(remark, BY_KERNEL, "an absolute path, such as C:\\Layers\\base");
}

void shape_check_utility_path(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!shape_is_drive_path(it->text))
        shape_set(remark, BY_KERNEL, "an absolute path, such as C:\\UtilityVM");
}

void shape_check_milestone(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!shape_begins(it->text, "svc:/") || it->text.len == strlen("svc:/"))
        shape_set(remark, BY_MUST, "an FMRI, such as svc:/milestone/container:default");
}

/* Takes one item of a list between commas and the blanks around it. */
static struct str take_item(struct str *list)
{
    const char *comma = memchr(list->at, ',', list->len);
    size_t len = comma ? (size_t)(comma - list->at) : list->len;
    struct str item = {list->at, len};
    size_t used = len + (comma != NULL);
    *list = (struct str){list->at + used, list->len - used};
    while (item.len > 0 && item.at[0] == ' ')
        item = (struct str){item.at + 1, item.len - 1};
    while (item.len > 0 && item.at[item.len - 1] == ' ')
        item.len--;
    return item;
}

static bool all_items(struct str list, bool (*holds)(struct str item))
{
    bool more = true;
    while (more) {
        more = memchr(list.at, ',', list.len) != NULL;
        if (!holds(take_item(&list)))
            return false;
    }
    return true;
}

/* privileges(7): a name, taken away with - or ! before it. */
static bool is_privilege(struct str item)
{
    if (item.len > 0 && (item.at[0] == '!' || item.at[0] == '-'))
        item = (struct str){item.at + 1, item.len - 1};
    return item.len > 0 &&
           shape_span(item, "abcdefghijklmnopqrstuvwxyz_" SHAPE_DIGITS) == item.len;
}

void shape_check_privileges(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!all_items(it->text, is_privilege))
        shape_set(remark, BY_SHOULD, "a list of privileges, such as default,!proc_exec");
}

/* 1, 1.5; with `bare` also .5 */
static size_t decimal_len(struct str text, bool bare)
{
    size_t whole = shape_span(text, SHAPE_DIGITS);
    if (whole == text.len || text.at[whole] != '.')
        return whole;
    struct str rest = {text.at + whole + 1, text.len - whole - 1};
    size_t part = shape_span(rest, SHAPE_DIGITS);
    return part == 0 || (whole == 0 && !bare) ? 0 : whole + 1 + part;
}

void shape_check_scaled_number(const struct shape_subject *it,
                               struct shape_remark *remark)
{
    size_t len = decimal_len(it->text, false);
    struct str unit = {it->text.at + len, it->text.len - len};
    bool known = unit.len > 0 && shape_span(unit, "KMGTkmgt") >= 1;
    if (len > 0 && (unit.len == 0 || (known && unit.len == 1)))
        return;
    shape_set(remark, BY_MUST, "a number with K, M, G or T behind it, such as 512m");
    if (len > 0 && known && unit.len == 2 && toupper((unsigned char)unit.at[1]) == 'B') {
        buf_add(&remark->repair, it->text.at, len + 1);
        remark->sure = true;
    }
}

void shape_check_decimal_number(const struct shape_subject *it,
                                struct shape_remark *remark)
{
    if (it->text.len == 0 || decimal_len(it->text, true) != it->text.len)
        shape_set(remark, BY_MUST, "a decimal number of CPUs, such as 1.25");
}

static bool is_address(struct str text, int version, bool prefix)
{
    struct query_call call = {.count = 3};
    call.arguments[0].value = query_string(text);
    call.arguments[1].value = query_integer(version);
    call.arguments[2].value = query_boolean(prefix);
    return function_is_ip(&call).type == NODE_TRUE;
}

static bool is_any_address(struct str item)
{
    return is_address(item, 0, true);
}

void shape_check_addresses(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!all_items(it->text, is_any_address))
        shape_set(remark, BY_MUST, "an IP address, with /PREFIX or without");
}

void shape_check_mac_address(const struct shape_subject *it, struct shape_remark *remark)
{
    static const char *const words[] = {"auto", "factory", "random", "default"};
    struct str rest = it->text;
    size_t parts = 0;
    bool dashes = false;
    bool good = true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal(rest, str_of(words[i])))
            return;
    }
    while (good && rest.len > 0) {
        size_t len = shape_span(rest, SHAPE_HEX);
        good = len == 1 || len == 2;
        parts++;
        rest = (struct str){rest.at + len, rest.len - len};
        if (!good || rest.len == 0)
            break;
        dashes = dashes || rest.at[0] == '-';
        good = (rest.at[0] == ':' || rest.at[0] == '-') && rest.len > 1;
        rest = (struct str){rest.at + 1, rest.len - 1};
    }
    good = good && parts == 6;
    if (good && !dashes)
        return;
    shape_set(
        remark, BY_MUST,
        "a MAC address, such as 2:8:20:40:76:b5, or auto, factory, random or default");
    for (size_t i = 0; good && i < it->text.len; i++)
        buf_addc(&remark->repair, it->text.at[i] == '-' ? ':' : it->text.at[i]);
    remark->sure = true;
}

static bool is_protection(struct str item) /* dladm(8) */
{
    static const char *const words[] = {"mac-nospoof", "restricted", "ip-nospoof",
                                        "dhcp-nospoof", "none"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (str_equal(item, str_of(words[i])))
            return true;
    }
    return false;
}

void shape_check_link_protection(const struct shape_subject *it,
                                 struct shape_remark *remark)
{
    if (!all_items(it->text, is_protection))
        shape_set(remark, BY_MUST,
                  "a list of mac-nospoof, restricted, ip-nospoof and dhcp-nospoof");
}

void shape_check_devfs_path(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!shape_begins(it->text, "/"))
        return;
    shape_set(remark, BY_MUST, "a path relative to /dev");
    if (shape_begins(it->text, "/dev/") && it->text.len > strlen("/dev/")) {
        buf_add(&remark->repair, it->text.at + strlen("/dev/"),
                it->text.len - strlen("/dev/"));
        remark->sure = true;
    }
}

void shape_check_ipv4(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!is_address(it->text, 4, false))
        shape_set(remark, BY_SHOULD, "an IPv4 address in numbers");
}

void shape_check_ipv6(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!is_address(it->text, 6, false))
        shape_set(remark, BY_SHOULD, "an IPv6 address in numbers");
}
