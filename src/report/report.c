/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

#include "reporters.h"

static const struct reporter *const table[] = {
    &report_text,   &report_json,  &report_sarif,  &report_github,
    &report_gitlab, &report_junit, &report_rdjson, &report_gcc,
};

enum { TABLE_LEN = sizeof table / sizeof table[0] };

const struct reporter *const *reporters(size_t *count)
{
    *count = TABLE_LEN;
    return table;
}

const struct reporter *reporter_find(struct str name)
{
    for (size_t i = 0; i < TABLE_LEN; i++) {
        if (str_equal(str_of(table[i]->name), name))
            return table[i];
    }
    return NULL;
}

void report_findings(struct report *report, struct doc *doc,
                     const struct findings *findings)
{
    report->reporter->findings(report, doc, findings);
}

void report_repairs(struct report *report, struct doc *doc,
                    const struct repair_entry *repairs, size_t count)
{
    if (report->reporter->repairs != NULL)
        report->reporter->repairs(report, doc, repairs, count);
}

void report_fault(struct report *report, const struct fault *fault)
{
    if (report->reporter->fault != NULL)
        report->reporter->fault(report, fault);
}

void report_end(struct report *report, const struct report_summary *summary)
{
    if (report->reporter->end != NULL)
        report->reporter->end(report, summary);
}

void report_release(struct report *report)
{
    if (report->reporter != NULL && report->reporter->release != NULL)
        report->reporter->release(report);
    buf_release(&report->out);
    buf_release(&report->step_summary);
    *report = (struct report){0};
}

void report_first_sentence(const char *text, struct buf *out)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n' && text[1] == '\0')
            return;
        buf_addc(out, *text == '\n' ? ' ' : *text);
        if (*text == '.' && (text[1] == ' ' || text[1] == '\n'))
            return;
    }
}

void report_add_visible(struct str text, struct buf *out)
{
    AUTO_BUF struct buf visible = {0};
    buf_add_visible(&visible, text);
    for (size_t i = 0; i < visible.len; i++) {
        if (visible.data[i] == '[' && i >= 2 && visible.data[i - 1] == '#' &&
            visible.data[i - 2] == '#')
            buf_addc(out, '\\');
        buf_addc(out, visible.data[i]);
    }
}

void report_add_path(const char *path, struct buf *out)
{
    /* The runner trims white space before it looks for the colons. */
    if (path[0] == ':' || path[0] == ' ')
        buf_adds(out, STR("./"));
    report_add_visible(str_of(path), out);
}

/* Adds the segments of a path to an absolute one that is already free of "." and "..". */
static void add_segments(const char *path, struct buf *out)
{
    while (*path != '\0') {
        const char *end = strchrnul(path, '/');
        struct str segment = {path, (size_t)(end - path)};
        path = *end ? end + 1 : end;
        if (segment.len == 0 || str_equal(segment, STR(".")))
            continue;
        if (str_equal(segment, STR(".."))) {
            while (out->len > 0 && out->data[--out->len] != '/')
                ;
            continue;
        }
        buf_addc(out, '/');
        buf_adds(out, segment);
    }
}

void report_path(const struct report *report, const char *path, struct buf *out)
{
    AUTO_BUF struct buf full = {0};
    AUTO_BUF struct buf root = {0};
    if (path[0] != '/' && report->folder == NULL) {
        while (path[0] == '.' && path[1] == '/')
            path += 2 + strspn(path + 2, "/");
        buf_adds(out, str_of(path));
        return;
    }
    if (path[0] != '/')
        add_segments(report->folder, &full);
    add_segments(path, &full);
    const char *top = report->root ? report->root : report->folder;
    if (top != NULL)
        add_segments(top, &root);
    bool inside = top != NULL && full.len > root.len + 1 && full.data[root.len] == '/' &&
                  memcmp(full.data, buf_str(&root).at, root.len) == 0;
    size_t skip = inside ? root.len + 1 : 0;
    buf_add(out, buf_str(&full).at + skip, full.len - skip);
}

/* What RFC 3986 has no place for is percent-encoded, for it comes from a rule file. */
static void add_url(const char *see, enum release release, struct buf *out)
{
    AUTO_BUF struct buf url = {0};
    if (section_is(see))
        section_add_url(see, release, &url);
    else
        buf_adds(&url, str_of(see));
    for (see = buf_str(&url).at; *see != '\0'; see++) {
        unsigned char byte = (unsigned char)*see;
        if (byte <= ' ' || byte >= 0x7F || strchr("<>\"\\^`{|}", byte) != NULL)
            buf_addf(out, "%%%02X", byte);
        else
            buf_addc(out, *see);
    }
}

void report_see_url(const char *see, struct buf *out)
{
    add_url(see, RELEASE_NEWEST, out);
}

void report_rule_url(const struct rule *rule, struct buf *out)
{
    if (rule->see_count > 0)
        report_see_url(rule->see[0], out);
}

void report_finding_url(const struct finding *finding, struct buf *out)
{
    if (finding->section != NULL)
        add_url(finding->section, finding->release, out);
    else
        report_rule_url(finding->rule, out);
}
