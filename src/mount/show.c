/* SPDX-License-Identifier: Apache-2.0
 *
 * A report as JSON and as text.
 */
#include "mount.h"

#include "plan.h"
#include "sentence.h"

#include <jansson.h>

static const char *verdict_name(enum mount_outcome verdict)
{
    return verdict == MOUNT_MOUNTED ? "ok" : mount_outcome_name(verdict);
}

static void set_string(json_t *object, const char *name, struct str text)
{
    json_object_set_new(object, name, json_stringn(text.at, text.len));
}

/* A path of the command line need not be UTF-8. */
static void set_visible(json_t *object, const char *name, const char *text)
{
    AUTO_BUF struct buf shown = {0};
    buf_add_visible(&shown, str_of(text));
    set_string(object, name, buf_str(&shown));
}

static json_t *list(const char *text, char separator)
{
    json_t *array = json_array();
    const char end[] = {separator, '\0'};
    while (text != NULL && *text != '\0') {
        size_t len = strcspn(text, end);
        json_array_append_new(array, json_stringn(text, len));
        text += len + (text[len] == separator);
    }
    return array;
}

static struct str member(const struct mount_result *result, struct str name)
{
    const struct node *node = node_get(result->node, name);
    return node != NULL ? node_text(node) : (struct str){"", 0};
}

static json_t *result_json(const struct mount_report *report,
                           const struct mount_result *result)
{
    AUTO_BUF struct buf text = {0};
    json_t *object = json_object(), *runtimes = json_object();
    node_pointer(result->node, &text);
    set_string(object, "pointer", buf_str(&text));
    set_string(object, "destination", member(result, STR("destination")));
    set_string(object, "type", member(result, STR("type")));
    set_string(object, "outcome", str_of(mount_outcome_name(result->outcome)));
    if (result->error != 0) {
        buf_clear(&text);
        sentence_errno(result->error, &text);
        set_string(object, "errno", buf_str(&text));
    }
    if (*result->stage != '\0')
        set_string(object, "stage", str_of(result->stage));
    if (result->option != NULL)
        set_string(object, "option", str_of(result->option));
    if (*result->kernel != '\0')
        json_object_set_new(object, "kernel", list(result->kernel, '\n'));
    if (*result->reason != '\0')
        set_string(object, "reason", str_of(result->reason));
    if (*result->note != '\0')
        set_string(object, "note", str_of(result->note));
    for (size_t i = 0; i < report->options.runtimes.count; i++) {
        buf_clear(&text);
        runtime_format(report->options.runtimes.items[i], &text);
        set_string(runtimes, text.data, str_of(mount_outcome_name(result->by[i])));
    }
    json_object_set_new(object, "runtimes", runtimes);
    if (result->seen_type != NULL)
        json_object_set_new(object, "seen",
                            json_pack("{s:s, s:o}", "type", result->seen_type, "options",
                                      list(result->seen_options, ',')));
    return object;
}

void mount_report_json(const struct mount_report *report, const char *path,
                       struct buf *out)
{
    json_t *object = json_pack("{s:i}", "version", 1), *mounts = json_array(),
           *namespaces = json_array();
    set_visible(object, "path", path);
    set_string(object, "verdict", str_of(verdict_name(report->verdict)));
    if (*report->reason != '\0')
        set_string(object, "reason", str_of(report->reason));
    if (*report->kernel != '\0') {
        set_string(object, "kernel", str_of(report->kernel));
        json_object_set_new(object, "user", json_integer(report->user));
    }
    for (unsigned i = 0; i < PLAN_NAMESPACES; i++) {
        if (report->namespaces & 1u << i)
            json_array_append_new(namespaces, json_string(plan_namespace_name(i)));
    }
    json_object_set_new(object, "namespaces", namespaces);
    for (size_t i = 0; i < report->count; i++)
        json_array_append_new(mounts, result_json(report, &report->results[i]));
    json_object_set_new(object, "mounts", mounts);
    char *text = json_dumps(object, JSON_INDENT(2));
    buf_adds(out, str_of(text));
    buf_addc(out, '\n');
    free(text);
    json_decref(object);
}

static void result_text(const struct mount_result *result, bool color, struct buf *out)
{
    static const struct {
        const char *mark;
        const char *ink; /* ECMA-48 SGR */
    } marks[] = {{"ok", "32"}, {"??", "1;33"}, {"NO", "1;31"}};
    AUTO_BUF struct buf shown = {0};
    buf_add_visible(&shown, member(result, STR("destination")));
    if (color)
        buf_addf(out, "  \033[%sm%s\033[0m", marks[result->outcome].ink,
                 marks[result->outcome].mark);
    else
        buf_addf(out, "  %s", marks[result->outcome].mark);
    buf_addf(out, "  %-20s", shown.len ? shown.data : "-");
    if (result->seen_type != NULL) {
        buf_addf(out, " %s %s", result->seen_type, result->seen_options);
    } else {
        buf_addc(out, ' ');
        buf_add_visible(out, member(result, STR("type")));
    }
    if (result->error != 0) {
        buf_addc(out, ' ');
        sentence_errno(result->error, out);
        buf_addf(out, " at %s", result->stage);
    }
    while (out->data[out->len - 1] == ' ')
        out->len--;
    buf_addc(out, '\n');
    if (*result->reason != '\0')
        buf_addf(out, "      %s\n", result->reason);
    if (*result->note != '\0')
        buf_addf(out, "      note: %s\n", result->note);
}

void mount_report_text(const struct mount_report *report, const char *path, bool color,
                       struct buf *out)
{
    size_t counts[3] = {0};
    buf_add_visible(out, str_of(path));
    buf_addc(out, '\n');
    for (size_t i = 0; i < report->count; i++) {
        result_text(&report->results[i], color, out);
        counts[report->results[i].outcome]++;
    }
    buf_addf(out, "%s: %zu mounted, %zu refused, %zu untried",
             verdict_name(report->verdict), counts[MOUNT_MOUNTED], counts[MOUNT_REFUSED],
             counts[MOUNT_UNTRIED]);
    for (size_t i = 0; i < report->options.runtimes.count; i++) {
        buf_adds(out, i == 0 ? STR(" (") : STR(", "));
        runtime_format(report->options.runtimes.items[i], out);
    }
    buf_adds(out, report->options.runtimes.count > 0 ? STR(")\n") : STR("\n"));
    if (*report->reason != '\0' && (counts[MOUNT_UNTRIED] != 1 || counts[MOUNT_REFUSED]))
        buf_addf(out, "%s\n", report->reason);
}
