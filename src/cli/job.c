/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

#include "file.h"
#include "fixes.h"
#include "mount.h"

#include <pthread.h>

static void add_fault(struct job *job, const struct fault *fault)
{
    job->faults = mem_grow(job->faults, job->fault_count, &job->fault_capacity,
                           sizeof *job->faults);
    job->faults[job->fault_count++] = *fault;
}

static void job_lint(void *context, struct doc *doc, struct findings *findings)
{
    const struct job *job = context;
    lint(&job->scope->rules, &job->lint, doc, findings);
    config_apply(&job->scope->config, job->path, job->settings->no_ignores, findings);
    if (job->baseline != NULL)
        baseline_apply(job->baseline, job->baseline_path, findings);
}

static const struct node *same_root(const struct doc *doc, const struct node *root)
{
    const struct node *other = doc->root;
    while (other != NULL && other->index < root->index)
        other = other->next;
    return other;
}

static enum confirm job_confirm(void *context, const struct doc *before,
                                const struct doc *after, const struct finding *finding,
                                char **sentence)
{
    /* One at a time: each makes namespaces, and has a deadline. */
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    const struct job *job = context;
    AUTO_BUF struct buf pointer = {0};
    AUTO_FREE char *folder =
        strcmp(job->input->path, "-") ? input_folder(job->input->path) : NULL;
    struct mount_options options = {
        .bundle = folder,
        .runtimes = job->scope->lint.runtimes,
        .on_target = job->settings->on_target,
    };
    node_pointer(finding->node, &pointer);
    pthread_mutex_lock(&lock);
    enum confirm confirm =
        mount_confirm(same_root(before, finding->root), same_root(after, finding->root),
                      buf_str(&pointer), &options, sentence);
    pthread_mutex_unlock(&lock);
    return confirm;
}

/* Tries the fix of a finding in the dry run, when that was asked for. */
static void confirm_fix(struct job *job, const struct doc *doc,
                        const struct finding *finding, struct fix *fix)
{
    struct buf text = {0};
    AUTO_DOC struct doc after = {0};
    if (!job->settings->confirm_given || job->settings->confirm == CONFIRM_NEVER ||
        !finding->rule->confirm_mounts)
        return;
    edits_apply(&fix->edits, buf_str(&doc->bytes), &text);
    if (doc_parse(&after, doc->path, doc->syntax, &text, NULL))
        fix->confirm = job_confirm(job, doc, &after, finding, &fix->confirm_text);
}

static void add_fix_fault(void *context, struct finding *finding,
                          const struct fault *fault)
{
    struct job *job = context;
    struct fault placed = *fault;
    (void)finding;
    fault_set_path(&placed, job->doc.path);
    add_fault(job, &placed);
}

/* Gives each finding its fix, where it has one. */
static void add_fixes(struct job *job, const struct doc *doc, struct findings *findings)
{
    AUTO_FREE struct finding **all = mem_alloc(findings->count + 1, sizeof *all);
    for (size_t i = 0; i < findings->count; i++)
        all[i] = &findings->items[i];
    fixes_make(doc, all, findings->count, add_fix_fault, job);
    for (size_t i = 0; i < findings->count; i++)
        if (all[i]->fix != NULL)
            confirm_fix(job, doc, all[i], all[i]->fix);
}

/* Lints a document that stays as it is. */
static void check(struct job *job)
{
    job_lint(job, &job->doc, &job->findings);
    add_fixes(job, &job->doc, &job->findings);
}

static void add_dropped(struct job *job, struct repair *repair)
{
    for (size_t i = 0; i < repair->dropped.count; i++) {
        const struct repair_entry *entry = &repair->dropped.items[i];
        struct place place = text_place(&repair->doc.text, entry->span.start);
        struct fault fault = {0};
        fault_set_path(&fault, repair->original->path);
        fault_set_at(&fault, place.line, place.column, "not fixed [%s]: %s%s%s",
                     entry->rule->id, entry->reason, entry->sentence ? ": " : "",
                     entry->sentence ? entry->sentence : "");
        add_fault(job, &fault);
    }
    if (repair->cycle_count > 0 || repair->unsettled) {
        AUTO_BUF struct buf rules = {0};
        struct fault fault = {0};
        for (size_t i = 0; i < repair->cycle_count; i++)
            buf_addf(&rules, "%s%s", i ? ", " : "", repair->cycle[i]->id);
        fault_set_path(&fault, repair->original->path);
        if (repair->cycle_count > 0)
            fault_set(&fault,
                      "these rules undo each other's fixes: %s; the last proven text "
                      "is kept",
                      rules.data);
        else
            fault_set(&fault,
                      "the fixes did not come to an end in %d passes; the last proven "
                      "text is kept",
                      REPAIR_PASSES_MAX);
        add_fault(job, &fault);
    }
}

/* Puts the repaired text where it belongs: a diff or stdin's text to stdout, a file's
 * into the file. */
static bool write_repaired(struct job *job, struct repair *repair)
{
    struct fault fault = {0};
    struct str before = buf_str(&repair->original->bytes);
    struct str after = buf_str(&repair->doc.bytes);
    if (job->settings->diff)
        diff_unified(repair->original->path, before, after, repair_section, repair,
                     &job->out);
    else if (strcmp(job->input->path, "-") == 0)
        buf_adds(&job->out, after);
    else if (repair->edits.count > 0 &&
             !file_replace(job->input->path, after, &repair->original->before, &fault)) {
        add_fault(job, &fault);
        return false;
    }
    return true;
}

static void repair_doc(struct job *job)
{
    const struct settings *settings = job->settings;
    static const enum repair_confirm policies[] = {
        [CONFIRM_AUTO] = REPAIR_CONFIRM_AUTO,
        [CONFIRM_ALWAYS] = REPAIR_CONFIRM_ALWAYS,
        [CONFIRM_NEVER] = REPAIR_CONFIRM_NEVER,
    };
    struct repair_options options = {
        .least = settings->unsafe_fixes ? SAFETY_UNSAFE : SAFETY_SAFE,
        .lint = job_lint,
        .lint_context = job,
        .policy = policies[settings->confirm],
        .confirm = job_confirm,
        .confirm_context = job,
    };
    job->repaired = true;
    repair_run(&job->repair, &job->doc, &options);
    job->failed = !write_repaired(job, &job->repair);
    if (job->failed || settings->diff)
        check(job);
    add_dropped(job, &job->repair);
}

/* Whether the document is a spec, or is to be read as one all the same. */
static bool is_wanted(struct job *job)
{
    struct fault fault = {0};
    bool walked = job->input->walked;
    if (input_is_spec(&job->doc, walked))
        return true;
    if (walked || job->settings->skip_non_spec)
        return false;
    fault_set_path(&fault, job->doc.path);
    fault_set(&fault,
              "is no OCI runtime spec: it has none of its members (ociVersion, process, "
              "root, mounts, linux …)");
    add_fault(job, &fault);
    return false;
}

void job_run(struct job *job)
{
    const struct settings *settings = job->settings;
    const struct input *input = job->input;
    struct fault fault = {0};
    struct stat before = {0};
    AUTO_BUF struct buf bytes = {0};
    bool filter = settings->fix && !settings->diff && strcmp(input->path, "-") == 0;
    job->lint = job->scope->lint;
    job->bundle = (struct bundle){"/", job->folder, settings->on_target};
    /* A hook runs while the container is made: what it sees is half of the mounts. */
    if (settings->command->id != COMMAND_HOOK)
        job->lint.bundle = &job->bundle;
    if (!input_read(input->path, settings->stdin_name, &bytes, &before, &fault)) {
        add_fault(job, &fault);
        return;
    }
    if ((input->walked || settings->skip_non_spec) && !input_may_be_spec(buf_str(&bytes)))
        return;
    if (filter) /* what cannot be fixed passes unchanged */
        buf_adds(&job->out, buf_str(&bytes));
    job->is_spec = true;
    if (!input_parse(input->path, settings->stdin_name, &bytes, &job->doc, &fault)) {
        add_fault(job, &fault);
        return;
    }
    job->is_spec = job->linted = is_wanted(job);
    if (!job->linted)
        return;
    buf_clear(&job->out);
    job->doc.before = before;
    if (settings->fix || settings->diff)
        repair_doc(job);
    else
        check(job);
}

static bool is_rewritten(const struct job *job)
{
    return job->repaired && !job->failed && !job->settings->diff;
}

struct doc *job_doc(struct job *job)
{
    return is_rewritten(job) ? &job->repair.doc : &job->doc;
}

struct findings *job_findings(struct job *job)
{
    return is_rewritten(job) ? &job->repair.findings : &job->findings;
}

void job_release(struct job *job)
{
    findings_release(&job->findings);
    if (job->repaired)
        repair_release(&job->repair);
    doc_release(&job->doc);
    buf_release(&job->out);
    free(job->faults);
    free(job->path);
    free(job->baseline_path);
    free(job->folder);
    *job = (struct job){0};
}
