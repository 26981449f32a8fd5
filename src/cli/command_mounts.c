/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "input.h"
#include "mount.h"
#include "output.h"
#include "progress.h"
#include "scope.h"

struct run {
    const struct settings *settings;
    struct scopes scopes;
    struct inputs inputs;
    struct progress progress;
    size_t verdicts[3]; /* how many specs have each enum mount_outcome */
    size_t faults;
};

static bool try_doc(struct run *run, const struct input *input, struct doc *doc,
                    struct buf *out, struct fault *fault)
{
    const struct settings *settings = run->settings;
    AUTO_FREE char *real =
        input_real_path(input, settings->stdin_name, run->scopes.current);
    AUTO_FREE char *folder = input_folder(real);
    AUTO_FREE char *bundle =
        strcmp(input->path, "-") == 0 ? NULL : input_folder(input->path);
    struct mount_report report;
    const struct scope *scope = scopes_find(&run->scopes, folder, fault);
    if (scope == NULL)
        return false;
    if (doc->root->next != NULL) {
        struct place place = text_place(&doc->text, doc->root->next->span.start);
        fault_set_path(fault, doc->path);
        fault_set_at(fault, place.line, place.column,
                     "a second document begins here; the dry run takes one spec a file");
        return false;
    }
    struct mount_options options = {
        .bundle = bundle,
        .runtimes = scope->lint.runtimes,
        .on_target = settings->on_target,
    };
    mount_try(doc->root, &options, &report);
    if (settings_json(settings))
        mount_report_json(&report, doc->path, out);
    else
        mount_report_text(&report, doc->path, settings_color(settings, stdout), out);
    run->verdicts[report.verdict]++;
    mount_report_release(&report);
    return true;
}

static void try_input(struct run *run, const struct input *input)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf out = {0};
    struct fault fault = {0};
    bool tried = input_load(input->path, run->settings->stdin_name, &doc, &fault) &&
                 try_doc(run, input, &doc, &out, &fault);
    progress_hide(&run->progress);
    if (!tried)
        print_fault(&fault);
    if (!tried || !print_all(buf_str(&out)))
        run->faults++;
}

static void add_inputs(struct run *run)
{
    const struct settings *settings = run->settings;
    struct fault none = {0};
    if (settings->argument_count == 0) {
        fault_set(&none, "mounts needs a config.json, a bundle folder, or - for stdin");
        print_fault(&none);
        run->faults++;
    }
    for (size_t i = 0; i < settings->argument_count; i++) {
        struct fault fault = {0};
        if (!inputs_add(&run->inputs, settings->arguments[i], &fault)) {
            print_fault(&fault); /* the others are still tried */
            run->faults++;
        }
    }
}

static bool print_summary(const struct run *run)
{
    AUTO_BUF struct buf line = {0};
    if (run->inputs.count < 2 || settings_json(run->settings))
        return true;
    buf_addf(&line, "%zu specs: %zu ok, %zu refused, %zu untried", run->inputs.count,
             run->verdicts[MOUNT_MOUNTED], run->verdicts[MOUNT_REFUSED],
             run->verdicts[MOUNT_UNTRIED]);
    if (run->faults > 0)
        buf_addf(&line, ", %zu not read", run->faults);
    buf_addc(&line, '\n');
    return print_all(buf_str(&line));
}

/* The status of several specs is that of the worst: what could not be tried, then what is
 * refused. */
int command_mounts(struct settings *settings)
{
    struct run run = {.settings = settings};
    scopes_init(&run.scopes, settings);
    add_inputs(&run);
    progress_init(&run.progress, run.inputs.count);
    for (size_t i = 0; i < run.inputs.count; i++) {
        progress_show(&run.progress, i);
        try_input(&run, &run.inputs.items[i]);
    }
    progress_hide(&run.progress);
    if (!print_summary(&run))
        run.faults++;
    inputs_release(&run.inputs);
    scopes_release(&run.scopes);
    if (run.faults > 0 || run.verdicts[MOUNT_UNTRIED] > 0)
        return STATUS_FAULT;
    return run.verdicts[MOUNT_REFUSED] > 0 ? STATUS_FOUND : STATUS_CLEAN;
}
