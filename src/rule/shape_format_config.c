/* SPDX-License-Identifier: Apache-2.0
 *
 * The forms of config.md.
 */
#include "shape_format.h"

#include "function.h"

#include <ctype.h>

static bool is_windows(unsigned platforms)
{
    return platforms == PLATFORM_WINDOWS;
}

bool shape_is_drive_path(struct str path)
{
    return (path.len >= 3 && isalpha((unsigned char)path.at[0]) && path.at[1] == ':' &&
            (path.at[2] == '\\' || path.at[2] == '/')) ||
           shape_begins(path, "\\\\");
}

static bool is_absolute(struct str path, unsigned platforms)
{
    return (!is_windows(platforms) && shape_begins(path, "/")) ||
           ((platforms & PLATFORM_WINDOWS) != 0 && shape_is_drive_path(path));
}

void shape_check_spec_version(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    struct str core = text;
    if (shape_version_is_semver(text))
        return;
    shape_set(remark, BY_MUST, "a version of SemVer 2.0.0, such as 1.0.2");
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
    struct str rest = {path.at + begin + sizeof form - 1,
                       path.len - begin - sizeof form + 1};
    return rest.len == 0 || str_equal(rest, STR("\\"));
}

void shape_check_root_path(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    while (!is_windows(it->platforms) && text.len > 1 && text.at[text.len - 1] == '/')
        text.len--;
    if (is_windows(it->platforms)) {
        if (!is_volume(text))
            shape_set(remark, BY_MUST, "the path of a volume, \\\\?\\Volume{GUID}\\");
    } else if (text.len == 0 && it->platforms == PLATFORM_LINUX) {
        shape_set(remark, BY_KERNEL, "the directory of the root filesystem");
        buf_adds(&remark->repair, STR("rootfs"));
    } else if (!str_equal(text, STR("rootfs")) &&
               (text.len < 7 || memcmp(text.at + text.len - 7, "/rootfs", 7) != 0)) {
        shape_set(remark, BY_CONVENTION, "the conventional rootfs");
    }
}

void shape_check_destination(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (text.len == 0) {
        shape_set(remark, BY_KERNEL, "a place in the container");
    } else if (!is_absolute(text, it->platforms)) {
        /* On Linux a MUST became a SHOULD; runtimes take it from / all along. */
        bool linux_only = it->platforms == PLATFORM_LINUX;
        bool only_should = linux_only && it->release >= RELEASE_1_2_0;
        shape_set(remark, only_should ? BY_SHOULD : BY_MUST, "an absolute path");
        remark->lower = linux_only;
        if (!is_windows(it->platforms))
            buf_addf(&remark->repair, "/%.*s", (int)text.len, text.at);
        remark->sure = linux_only;
    }
}

/* Asked of documents for Windows alone: PASS_POSIX. */
void shape_check_source(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if ((shape_begins(text, "\\\\") && !shape_begins(text, "\\\\?\\") &&
         !shape_begins(text, "\\\\.\\")) ||
        shape_begins(text, "//"))
        shape_set(remark, BY_MUST, "a local directory; shares cannot be mounted");
}

void shape_check_absolute(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (is_absolute(text, it->platforms))
        return;
    shape_set(remark, BY_MUST, "an absolute path");
    if (!is_windows(it->platforms) && text.len > 0)
        buf_addf(&remark->repair, "/%.*s", (int)text.len, text.at);
}

/* A path of the host, where a guess would be dangerous. */
void shape_check_host_path(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (!shape_begins(text, "/"))
        shape_set(remark, BY_MUST, "an absolute path");
}

void shape_check_environment(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    const char *sign = memchr(text.at, '=', text.len);
    if (sign == NULL || sign == text.at) {
        shape_set(remark, BY_MUST, "NAME=value");
        return;
    }
    bool good = !isdigit((unsigned char)text.at[0]);
    for (const char *at = text.at; at < sign; at++)
        good = (isalnum((unsigned char)*at) || *at == '_') && good;
    if (!good)
        shape_set(remark, BY_CONVENTION, "a portable name: letters, digits and _");
}

void shape_check_command(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (it->node->index == 0 && text.len == 0)
        shape_set(remark, BY_KERNEL, "the name of a program");
}

/* user:role:type[:level] */
void shape_check_selinux(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    size_t colons = 0;
    bool empty = text.len == 0 || text.at[0] == ':';
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != ':')
            continue;
        colons++;
        empty = empty || (colons <= 3 && (i + 1 == text.len || text.at[i + 1] == ':'));
    }
    if (text.len > 0 && (empty || colons < 2))
        shape_set(remark, BY_KERNEL, "an SELinux context, user:role:type[:level]");
}

void shape_check_policy(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (str_equal(text, STR("SCHED_ISO"))) {
        shape_set(remark, BY_KERNEL, "a policy that Linux has; it never got SCHED_ISO");
        remark->lower = 1;
    }
}

/* cpuset(7), list format; the empty list is none. */
void shape_check_list(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (text.len == 0 || shape_holds(function_is_cpulist, it->node))
        return;
    shape_set(remark, BY_MUST, "a list of numbers and ascending ranges, such as 0-3,7");
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != ' ')
            buf_addc(&remark->repair, text.at[i]);
    }
    struct str repair = buf_str(&remark->repair);
    struct node without = {
        .type = NODE_STRING, .value = repair.at, .len = (uint32_t)repair.len};
    remark->sure = shape_holds(function_is_cpulist, &without);
    if (!remark->sure)
        buf_clear(&remark->repair);
}

void shape_check_not_empty(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (text.len == 0)
        shape_set(remark, BY_MUST, "a text that is not empty");
}

/* image-spec image-index.md, Platform Variants: v6, v7, v8; v8.2 of later ones. */
void shape_check_variant(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    struct str number = {text.at + 1, text.len > 0 ? text.len - 1 : 0};
    size_t major = shape_span(number, SHAPE_DIGITS);
    struct str minor = {number.at + major, number.len - major};
    if (text.len == 0 || text.at[0] != 'v' || major == 0 ||
        (minor.len > 0 && (minor.at[0] != '.' || minor.len < 2 ||
                           shape_span(minor, "." SHAPE_DIGITS) != minor.len)))
        shape_set(remark, BY_MUST, "a variant such as v8");
}

/* RFC 3339 section 5.6: 1985-04-12T23:20:50.52Z */
void shape_check_date(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    static const char form[] = "dddd-dd-ddTdd:dd:dd";
    bool good = text.len >= sizeof form;
    for (size_t i = 0; good && form[i] != '\0'; i++) {
        char byte = (char)toupper((unsigned char)text.at[i]);
        good = form[i] == 'd' ? isdigit((unsigned char)byte) != 0 : byte == form[i];
    }
    if (good) {
        struct str rest = {text.at + sizeof form - 1, text.len - sizeof form + 1};
        if (rest.at[0] == '.') {
            size_t digits =
                shape_span((struct str){rest.at + 1, rest.len - 1}, SHAPE_DIGITS);
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
        shape_set(remark, BY_MUST,
                  "a date and time of RFC 3339, such as 2024-05-01T12:00:00Z");
}

/* SIGKILL, SIGRTMIN+3, 9 */
void shape_check_signal(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" SHAPE_DIGITS;
    bool good = text.len > 0 && shape_span(text, SHAPE_DIGITS) == text.len;
    if (!good && shape_begins(text, "SIG")) {
        struct str name = {text.at + 3, text.len - 3};
        size_t len = shape_span(name, letters);
        struct str offset = {name.at + len, name.len - len};
        good =
            len > 0 && (offset.len == 0 ||
                        ((offset.at[0] == '+' || offset.at[0] == '-') && offset.len > 1 &&
                         shape_span(offset, "+-" SHAPE_DIGITS) == offset.len));
    }
    if (!good)
        shape_set(remark, BY_MUST, "a signal, such as SIGTERM or 15");
}

void shape_check_annotation(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str key = it->text;
    size_t label =
        shape_span(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    remark->lower = 1; /* no runtime minds */
    if (key.len == 0)
        shape_set(remark, BY_MUST, "a key that is not empty");
    else if (str_equal(key, STR("org.opencontainers")) ||
             shape_begins(key, "org.opencontainers."))
        shape_set(remark, BY_MUST,
                  "a key of one's own: org.opencontainers is the spec's, which does not "
                  "define it");
    else if (label < 2 || label + 1 >= key.len || key.at[label] != '.')
        shape_set(remark, BY_CONVENTION,
                  "a key in reverse domain notation, such as com.example.key");
}

void shape_check_host_name(const struct shape_subject *it, struct shape_remark *remark)
{
    struct str text = it->text;
    if (text.len > 64) /* __NEW_UTS_LEN of linux/utsname.h */
        shape_set(remark, BY_KERNEL, "at most 64 bytes long");
}

/* As shape_check_source. */
void shape_check_root_readonly(const struct shape_subject *it,
                               struct shape_remark *remark)
{
    if (it->node->type == NODE_TRUE)
        shape_set(remark, BY_MUST, "false or left out on Windows");
}

/* The digits as they would read in C behind a 0. */
unsigned shape_octal(struct str digits)
{
    unsigned octal = 0;
    for (size_t i = 0; i < digits.len; i++)
        octal = octal * 8 + (unsigned)(digits.at[i] - '0');
    return octal;
}

/* JSON has no octal numbers, and 22, 27 and 77 are the masks that people write. */
void shape_check_umask(const struct shape_subject *it, struct shape_remark *remark)
{
    if (!str_equal(it->text, STR("22")) && !str_equal(it->text, STR("27")) &&
        !str_equal(it->text, STR("77")))
        return;
    shape_set(remark, BY_KERNEL,
              "a decimal number: octal 022 is 18, 027 is 23, 077 is 63");
    remark->lower = 1;
    buf_addf(&remark->repair, "%u", shape_octal(it->text));
}
