/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "file.h"
#include "job.h"
#include "output.h"
#include "pool.h"
#include "progress.h"
#include "repository.h"
#include "statistics.h"

#include <errno.h>
#include <unistd.h>

struct run {
    const struct settings *settings;
    struct scopes scopes;
    struct inputs inputs;
    struct fault *faults; /* what of the paths cannot be an input */
    size_t fault_count;
    size_t fault_capacity;
    struct job *jobs; /* one for each input */
    struct outputs outputs;
    struct report_summary summary;
    struct statistics statistics;
    struct progress progress;
    struct baseline baseline; /* as it was */
    struct baseline written;  /* as it will be, with --write-baseline */
    char *baseline_folder;
    bool faulty;  /* something could not be done */
    bool failing; /* a finding at or above the fail level is left */
};

static void run_fault(struct run *run, const struct fault *fault)
{
    outputs_fault(&run->outputs, fault);
    run->faulty = true;
}

static void fail_at(struct run *run, enum level level)
{
    if (!run->settings->fail_never && level >= run->settings->fail_on)
        run->failing = true;
}

static void count_findings(struct run *run, const struct findings *findings)
{
    struct report_summary *summary = &run->summary;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        summary->errors += finding->level == LEVEL_ERROR;
        summary->warnings += finding->level == LEVEL_WARNING;
        summary->notes += finding->level == LEVEL_NOTE;
        if (finding->fix != NULL) {
            summary->fixable += finding->fix->safety == SAFETY_SAFE;
            summary->fixable_unsafe += finding->fix->safety == SAFETY_UNSAFE;
        }
        enum level demand =
            run->settings->by_spec ? rule_demand(finding->rule) : LEVEL_NOTE;
        fail_at(run, finding->level > demand ? finding->level : demand);
    }
    statistics_count(&run->statistics, findings);
}

static bool same_finding(const struct finding *a, const struct finding *b)
{
    AUTO_BUF struct buf left = {0};
    AUTO_BUF struct buf right = {0};
    if (a->rule != b->rule || a->root->index != b->root->index)
        return false;
    node_pointer(a->at, &left);
    node_pointer(b->at, &right);
    return str_equal(buf_str(&left), buf_str(&right));
}

/* Takes away the findings that are not among those that are left. */
static void keep_left(struct findings *findings, const struct findings *left)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        size_t k = 0;
        while (k < left->count && !same_finding(&findings->items[i], &left->items[k]))
            k++;
        if (k < left->count) {
            findings->items[kept++] = findings->items[i];
        } else if (findings->items[i].fix != NULL) {
            fix_release(findings->items[i].fix);
            free(findings->items[i].fix);
        }
    }
    findings->count = kept;
}

/* Notes what of the baseline is used, or puts all findings into the new one. */
static void take_baseline(struct run *run, struct job *job, struct findings *findings)
{
    const struct scope *scope = job->scope;
    if (job->baseline_path == NULL)
        return;
    baseline_note(&run->baseline, job->baseline_path, findings, &scope->rules,
                  &scope->lint);
    if (!run->settings->write_baseline)
        return;
    for (size_t i = 0; i < findings->count; i++) {
        baseline_add(&run->written, job->baseline_path, &findings->items[i]);
        findings->items[i].by = SUPPRESSED_BY_BASELINE;
    }
    findings_sweep(findings);
}

static void take_job(void *context, size_t index)
{
    struct run *run = context;
    struct job *job = &run->jobs[index];
    progress_hide(&run->progress);
    if (job->out.len > 0 && !print_all(buf_str(&job->out)))
        run->faulty = true;
    for (size_t i = 0; i < job->fault_count; i++)
        run_fault(run, &job->faults[i]);
    run->summary.files += job->is_spec;
    if (job->linted) {
        struct findings *findings = job_findings(job);
        take_baseline(run, job, findings);
        count_findings(run, findings);
        if (job_doc(job) != &job->doc) {
            const struct repair_entries *applied = &job->repair.applied;
            run->summary.fixed += applied->count;
            outputs_repairs(&run->outputs, &job->doc, applied->items, applied->count);
        } else if (run->settings->diff) {
            keep_left(findings, &job->repair.findings);
        }
        outputs_findings(&run->outputs, job_doc(job), findings);
    }
    job_release(job);
    progress_show(&run->progress, index + 1);
}

static void run_job(void *context, size_t index)
{
    struct run *run = context;
    job_run(&run->jobs[index]);
}

static bool takes_stdout(const struct settings *settings)
{
    /* Of a hook, engines show what it wrote to stderr. */
    if (settings->diff || settings->command->id == COMMAND_HOOK)
        return true;
    for (size_t i = 0; settings->fix && i < settings->argument_count; i++) {
        if (strcmp(settings->arguments[i], "-") == 0)
            return true;
    }
    return false;
}

static bool check_usage(const struct settings *settings, struct fault *fault)
{
    bool list_is_stdin =
        settings->files_from != NULL && strcmp(settings->files_from, "-") == 0;
    if (settings->unsafe_fixes && !settings->fix && !settings->diff)
        return fault_set(fault, "--unsafe-fixes goes with --fix or --diff");
    if (settings->write_baseline && settings->baseline == NULL)
        return fault_set(fault, "--write-baseline goes with --baseline FILE");
    if (settings->write_baseline && settings->diff)
        return fault_set(fault, "--write-baseline does not go with --diff");
    for (size_t i = 0; i < settings->argument_count && list_is_stdin; i++) {
        if (strcmp(settings->arguments[i], "-") == 0)
            return fault_set(fault, "stdin cannot be both a spec (-) and the list of "
                                    "--files-from");
    }
    return true;
}

static void add_input(struct run *run, const char *name)
{
    struct fault fault = {0};
    if (inputs_add(&run->inputs, name, &fault))
        return;
    run->faults = mem_grow(run->faults, run->fault_count, &run->fault_capacity,
                           sizeof *run->faults);
    run->faults[run->fault_count++] = fault; /* the others are still linted */
}

static bool add_inputs(struct run *run, struct fault *fault)
{
    const struct settings *settings = run->settings;
    AUTO_BUF struct buf names = {0};
    if (settings->files_from != NULL && !inputs_list(settings->files_from, &names, fault))
        return false;
    for (size_t i = 0; i < settings->argument_count; i++)
        add_input(run, settings->arguments[i]);
    for (size_t i = 0; i < names.len; i += strlen(names.data + i) + 1)
        add_input(run, names.data + i);
    if (settings->argument_count == 0 && settings->files_from == NULL)
        add_input(run, ".");
    inputs_settle(&run->inputs);
    return true;
}

static bool add_job(struct run *run, struct job *job, const struct input *input,
                    struct fault *fault)
{
    const struct settings *settings = run->settings;
    AUTO_FREE char *real =
        input_real_path(input, settings->stdin_name, run->scopes.current);
    AUTO_FREE char *folder = input_folder(real);
    *job = (struct job){.settings = settings, .input = input};
    job->scope = scopes_find(&run->scopes, folder, fault);
    if (job->scope == NULL)
        return false;
    const char *path = path_below(job->scope->base, real);
    job->path = mem_copy(path, strlen(path));
    if (strcmp(input->path, "-") != 0)
        job->folder = mem_copy(folder, strlen(folder));
    if (run->baseline_folder != NULL) {
        path = path_below(run->baseline_folder, real);
        job->baseline_path = mem_copy(path, strlen(path));
        job->baseline = settings->write_baseline ? NULL : &run->baseline;
    }
    return true;
}

static bool add_jobs(struct run *run, struct fault *fault)
{
    run->jobs = mem_alloc(run->inputs.count + 1, sizeof *run->jobs);
    for (size_t i = 0; i < run->inputs.count; i++) {
        if (!add_job(run, &run->jobs[i], &run->inputs.items[i], fault))
            return false;
    }
    return scopes_check(&run->scopes, fault);
}

static bool load_baseline(struct run *run, struct fault *fault)
{
    const char *path = run->settings->baseline;
    AUTO_FREE char *real = path ? path_real(path) : NULL;
    if (path == NULL)
        return true;
    if (real == NULL) {
        fault_set_path(fault, path);
        return fault_set(fault, "is in no folder: %s", strerror(errno));
    }
    run->baseline_folder = input_folder(real);
    if (!path_exists(path)) {
        fault_set_path(fault, path);
        return run->settings->write_baseline ||
               fault_set(fault, "there is no baseline; --write-baseline makes one");
    }
    return baseline_load(&run->baseline, path, fault);
}

/* Whether the file of an entry is there. */
static bool has_file(const struct run *run, const struct baseline_entry *entry)
{
    AUTO_BUF struct buf path = {0};
    path_join(run->baseline_folder, entry->path, &path);
    return path_exists(path.data);
}

/* Says which entries find nothing any more. They count as warnings: each could hide the
 * next finding of its kind. */
static void report_stale(struct run *run)
{
    size_t stale = 0;
    for (size_t i = 0; i < run->baseline.count; i++) {
        const struct baseline_entry *entry = &run->baseline.entries[i];
        AUTO_BUF struct buf line = {0};
        if (entry->used || (!entry->seen && has_file(run, entry)))
            continue;
        buf_adds(&line, STR("speclint: "));
        buf_add_visible(&line, str_of(run->settings->baseline));
        buf_addf(&line, ": stale: %s at ", entry->rule);
        buf_add_visible(&line, str_of(entry->path));
        buf_addc(&line, '#');
        buf_add_visible(&line, str_of(entry->pointer));
        buf_adds(&line, entry->seen ? STR(" is not found any more\n")
                                    : STR(": the file is gone\n"));
        fwrite(line.data, 1, line.len, stderr);
        stale++;
    }
    if (stale == 0)
        return;
    fprintf(stderr, "speclint: %zu stale entr%s; --write-baseline takes %s out\n", stale,
            stale == 1 ? "y" : "ies", stale == 1 ? "it" : "them");
    fail_at(run, LEVEL_WARNING);
}

static void write_baseline(struct run *run)
{
    const char *path = run->settings->baseline;
    AUTO_BUF struct buf text = {0};
    size_t found = run->written.count;
    for (size_t i = 0; i < run->baseline.count; i++) {
        const struct baseline_entry *entry = &run->baseline.entries[i];
        if (!entry->seen && has_file(run, entry))
            baseline_copy(&run->written, entry);
    }
    baseline_sort(&run->written);
    baseline_print(&run->written, &text);
    if (!write_file(path, "we", buf_str(&text)))
        run->faulty = true;
    else
        fprintf(stderr, "speclint: %s: %zu finding%s written\n", path, found,
                found == 1 ? "" : "s");
}

static unsigned worker_count(const struct settings *settings)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (settings->jobs > 0)
        return settings->jobs;
    return processors < 1 ? 1 : processors > JOBS_MAX ? JOBS_MAX : (unsigned)processors;
}

static void run_all(struct run *run)
{
    const struct settings *settings = run->settings;
    struct pool pool = {
        .workers = worker_count(settings),
        .count = run->inputs.count,
        .work = run_job,
        .take = take_job,
        .context = run,
    };
    for (size_t i = 0; i < run->fault_count; i++)
        run_fault(run, &run->faults[i]);
    progress_init(&run->progress, settings->quiet ? 0 : run->inputs.count);
    pool_run(&pool);
    progress_hide(&run->progress);
    if (run->summary.files == 0 && !run->faulty && !settings->skip_non_spec) {
        struct fault fault = {0};
        fault_set(&fault, "there is no OCI runtime spec here");
        run_fault(run, &fault);
    }
    if (settings->write_baseline && !run->faulty)
        write_baseline(run);
    else if (!settings->write_baseline)
        report_stale(run);
}

static bool show_config(struct run *run, struct fault *fault)
{
    const struct settings *settings = run->settings;
    AUTO_BUF struct buf out = {0};
    if (settings->argument_count > 1)
        return fault_set(fault, "--show-config takes one PATH");
    const char *path = settings->argument_count > 0 ? settings->arguments[0] : ".";
    AUTO_FREE char *inside = realpath(path, NULL);
    AUTO_FREE char *real = path_real(path);
    struct stat status;
    bool is_folder =
        inside != NULL && stat(inside, &status) == 0 && S_ISDIR(status.st_mode);
    if (real == NULL) {
        fault_set_path(fault, path);
        return fault_set(fault, "is in no folder: %s", strerror(errno));
    }
    AUTO_FREE char *folder = input_folder(real);
    const struct scope *scope =
        scopes_find(&run->scopes, is_folder ? inside : folder, fault);
    if (scope == NULL || !scopes_check(&run->scopes, fault))
        return false;
    scope_show(scope, &out);
    run->faulty = !print_all(buf_str(&out));
    return true;
}

static void run_release(struct run *run)
{
    for (size_t i = 0; run->jobs != NULL && i < run->inputs.count; i++)
        job_release(&run->jobs[i]);
    free(run->jobs);
    free(run->faults);
    outputs_release(&run->outputs);
    statistics_release(&run->statistics);
    inputs_release(&run->inputs);
    scopes_release(&run->scopes);
    baseline_release(&run->baseline);
    baseline_release(&run->written);
    free(run->baseline_folder);
}

int command_lint(struct settings *settings)
{
    struct run run = {.settings = settings};
    struct fault fault = {0};
    scopes_init(&run.scopes, settings);
    outputs_init(&run.outputs, settings, takes_stdout(settings));
    if (settings->show_config) {
        if (!show_config(&run, &fault))
            run_fault(&run, &fault);
    } else {
        if (check_usage(settings, &fault) && load_baseline(&run, &fault) &&
            add_inputs(&run, &fault) && add_jobs(&run, &fault))
            run_all(&run);
        else
            run_fault(&run, &fault);
        if (!outputs_end(&run.outputs, &run.summary))
            run.faulty = true;
        if (settings->statistics && !outputs_statistics(&run.outputs, &run.statistics))
            run.faulty = true;
    }
    run_release(&run);
    if (run.faulty)
        return STATUS_FAULT;
    return run.failing ? STATUS_FOUND : STATUS_CLEAN;
}
