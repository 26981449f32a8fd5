/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "input.h"
#include "mount.h"
#include "output.h"
#include "reporters.h"

static int status_of(enum mount_outcome verdict)
{
    switch (verdict) {
    case MOUNT_MOUNTED:
        return STATUS_CLEAN;
    case MOUNT_REFUSED:
        return STATUS_FOUND;
    case MOUNT_UNTRIED:
        return STATUS_FAULT;
    }
    return STATUS_FAULT;
}

static int try_input(const struct settings *settings, const char *path, struct buf *out)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_FREE char *folder = NULL;
    struct fault fault = {0};
    struct mount_report report;
    bool json =
        settings->format_count > 0 && settings->formats[0].reporter == &report_json;
    if (!input_load(path, settings->stdin_name, &doc, &fault)) {
        print_fault(&fault);
        return STATUS_FAULT;
    }
    if (doc.root->next != NULL) {
        struct place place = text_place(&doc.text, doc.root->next->span.start);
        fault_set_path(&fault, doc.path);
        fault_set_at(&fault, place.line, place.column,
                     "a second document begins here; the dry run takes one spec a file");
        print_fault(&fault);
        return STATUS_FAULT;
    }
    folder = strcmp(path, "-") == 0 ? NULL : input_folder(path);
    struct mount_options options = {
        .bundle = folder,
        .runtimes = settings->lint.runtimes,
        .on_target = settings->on_target,
    };
    mount_try(doc.root, &options, &report);
    if (json)
        mount_report_json(&report, doc.path, out);
    else
        mount_report_text(&report, doc.path, out);
    int status = status_of(report.verdict);
    mount_report_release(&report);
    return status;
}

/* The status of several specs is that of the worst: what could not be tried, then what is
 * refused. */
int command_mounts(struct settings *settings)
{
    struct inputs inputs = {0};
    struct fault fault = {0};
    int status = STATUS_CLEAN;
    if (settings->argument_count == 0)
        fault_set(&fault, "mounts needs a config.json, a bundle folder, or - for stdin");
    for (size_t i = 0; i < settings->argument_count && !fault_is_set(&fault); i++)
        inputs_add(&inputs, settings->arguments[i], &fault);
    if (fault_is_set(&fault)) {
        print_fault(&fault);
        status = STATUS_FAULT;
    }
    for (size_t i = 0; i < inputs.count && !fault_is_set(&fault); i++) {
        AUTO_BUF struct buf out = {0};
        int now = try_input(settings, inputs.items[i].path, &out);
        if (out.len > 0 && !print_all(buf_str(&out)))
            now = STATUS_FAULT;
        status = now > status ? now : status;
    }
    inputs_release(&inputs);
    return status;
}
