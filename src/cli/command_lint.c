/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "file.h"
#include "fix.h"
#include "input.h"
#include "mount.h"
#include "output.h"
#include "repair.h"

struct run {
    const struct settings *settings;
    struct ruleset rules;
    struct outputs outputs;
    struct report_summary summary;
    const char *path; /* of the document in hand */
    bool faulty;      /* something could not be done */
    bool failing;     /* a finding at or above the fail level is left */
};

static void run_fault(struct run *run, const struct fault *fault)
{
    outputs_fault(&run->outputs, fault);
    run->faulty = true;
}

static void run_lint(void *context, struct doc *doc, struct findings *findings)
{
    const struct run *run = context;
    lint(&run->rules, &run->settings->lint, doc, findings);
}

static const struct node *same_root(const struct doc *doc, const struct node *root)
{
    const struct node *other = doc->root;
    while (other != NULL && other->index < root->index)
        other = other->next;
    return other;
}

static enum confirm run_confirm(void *context, const struct doc *before,
                                const struct doc *after, const struct finding *finding,
                                char **sentence)
{
    const struct run *run = context;
    AUTO_BUF struct buf pointer = {0};
    AUTO_FREE char *folder = strcmp(run->path, "-") ? input_folder(run->path) : NULL;
    struct mount_options options = {
        .bundle = folder,
        .runtimes = run->settings->lint.runtimes,
        .on_target = run->settings->on_target,
    };
    node_pointer(finding->node, &pointer);
    return mount_confirm(same_root(before, finding->root),
                         same_root(after, finding->root), buf_str(&pointer), &options,
                         sentence);
}

/* Tries the fix of a finding in the dry run, when that was asked for. */
static void confirm_fix(struct run *run, const struct doc *doc,
                        const struct finding *finding, struct fix *fix)
{
    struct buf text = {0};
    AUTO_DOC struct doc after = {0};
    if (!run->settings->confirm_given || run->settings->confirm == CONFIRM_NEVER ||
        !finding->rule->confirm_mounts)
        return;
    edits_apply(&fix->edits, buf_str(&doc->bytes), &text);
    if (doc_parse(&after, doc->path, doc->syntax, &text, NULL))
        fix->confirm = run_confirm(run, doc, &after, finding, &fix->confirm_text);
}

/* Gives each finding its fix, where it has one. */
static void add_fixes(struct run *run, const struct doc *doc, struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        struct fault fault = {0};
        struct fix *fix = mem_alloc(1, sizeof *fix);
        bool made = fix_make(doc, finding, fix, &fault);
        if (!made) {
            fault_set_path(&fault, doc->path);
            run_fault(run, &fault);
        }
        if (!made || fix->patch == NULL) {
            fix_release(fix);
            free(fix);
            continue;
        }
        finding->fix = fix;
        confirm_fix(run, doc, finding, fix);
    }
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
        if (!run->settings->fail_never && finding->level >= run->settings->fail_on)
            run->failing = true;
    }
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

/* Lints a document that stays as it is; reports all findings, or those that are left when
 * others are about to be repaired. */
static void check(struct run *run, struct doc *doc, const struct findings *left)
{
    struct findings findings = {0};
    run_lint(run, doc, &findings);
    add_fixes(run, doc, &findings);
    count_findings(run, &findings);
    if (left != NULL)
        keep_left(&findings, left);
    outputs_findings(&run->outputs, doc, &findings);
    findings_release(&findings);
}

static void report_dropped(struct run *run, struct repair *repair)
{
    for (size_t i = 0; i < repair->dropped.count; i++) {
        const struct repair_entry *entry = &repair->dropped.items[i];
        struct place place = text_place(&repair->doc.text, entry->span.start);
        struct fault fault = {0};
        fault_set_path(&fault, repair->original->path);
        fault_set_at(&fault, place.line, place.column, "not fixed [%s]: %s%s%s",
                     entry->rule->id, entry->reason, entry->sentence ? ": " : "",
                     entry->sentence ? entry->sentence : "");
        run_fault(run, &fault);
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
        run_fault(run, &fault);
    }
}

/* Puts the repaired text where it belongs: a diff or stdin's text to stdout, a file's
 * into the file. */
static bool write_repaired(struct run *run, struct repair *repair)
{
    struct fault fault = {0};
    struct str before = buf_str(&repair->original->bytes);
    struct str after = buf_str(&repair->doc.bytes);
    if (run->settings->diff) {
        AUTO_BUF struct buf diff = {0};
        diff_unified(repair->original->path, before, after, repair_section, repair,
                     &diff);
        return print_all(buf_str(&diff));
    }
    if (strcmp(run->path, "-") == 0)
        return print_all(after);
    if (repair->edits.count == 0 ||
        file_replace(run->path, after, &repair->original->before, &fault))
        return true;
    run_fault(run, &fault);
    return false;
}

static void repair_doc(struct run *run, struct doc *doc)
{
    AUTO_REPAIR struct repair repair;
    const struct settings *settings = run->settings;
    static const enum repair_confirm policies[] = {
        [CONFIRM_AUTO] = REPAIR_CONFIRM_AUTO,
        [CONFIRM_ALWAYS] = REPAIR_CONFIRM_ALWAYS,
        [CONFIRM_NEVER] = REPAIR_CONFIRM_NEVER,
    };
    struct repair_options options = {
        .least = settings->unsafe_fixes ? SAFETY_UNSAFE : SAFETY_SAFE,
        .lint = run_lint,
        .lint_context = run,
        .policy = policies[settings->confirm],
        .confirm = run_confirm,
        .confirm_context = run,
    };
    repair_run(&repair, doc, &options);
    bool written = write_repaired(run, &repair);
    if (!written)
        run->faulty = true;
    if (written && !settings->diff) {
        run->summary.fixed += repair.applied.count;
        outputs_repairs(&run->outputs, doc, repair.applied.items, repair.applied.count);
        count_findings(run, &repair.findings);
        outputs_findings(&run->outputs, &repair.doc, &repair.findings);
    } else {
        check(run, doc, settings->diff ? &repair.findings : NULL);
    }
    report_dropped(run, &repair);
}

/* Whether the input is a spec, or is to be read as one all the same. */
static bool wanted(struct run *run, const struct input *input, const struct doc *doc)
{
    struct fault fault = {0};
    if (input_is_spec(doc, input->walked))
        return true;
    if (input->walked || run->settings->skip_non_spec)
        return false;
    fault_set_path(&fault, doc->path);
    fault_set(&fault,
              "is no OCI runtime spec: it has none of its members (ociVersion, process, "
              "root, mounts, linux …)");
    run_fault(run, &fault);
    return false;
}

static void lint_input(struct run *run, const struct input *input)
{
    const struct settings *settings = run->settings;
    struct fault fault = {0};
    struct stat before = {0};
    AUTO_BUF struct buf bytes = {0};
    AUTO_BUF struct buf kept = {0};
    AUTO_DOC struct doc doc = {0};
    bool filter = settings->fix && !settings->diff && strcmp(input->path, "-") == 0;
    run->path = input->path;
    if (!input_read(input->path, settings->stdin_name, &bytes, &before, &fault)) {
        run_fault(run, &fault);
        return;
    }
    if ((input->walked || settings->skip_non_spec) && !input_may_be_spec(buf_str(&bytes)))
        return;
    if (filter)
        buf_adds(&kept, buf_str(&bytes));
    run->summary.files++;
    if (!input_parse(input->path, settings->stdin_name, &bytes, &doc, &fault)) {
        run_fault(run, &fault);
    } else if (wanted(run, input, &doc)) {
        doc.before = before;
        if (settings->fix || settings->diff)
            repair_doc(run, &doc);
        else
            check(run, &doc, NULL);
        return;
    } else {
        run->summary.files--;
    }
    if (filter && !print_all(buf_str(&kept))) /* what cannot be fixed passes unchanged */
        run->faulty = true;
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

static bool prepare(struct run *run, struct inputs *inputs, struct fault *fault)
{
    const struct settings *settings = run->settings;
    if (settings->unsafe_fixes && !settings->fix && !settings->diff)
        return fault_set(fault, "--unsafe-fixes goes with --fix or --diff");
    if (!settings_rules(settings, &run->rules, fault))
        return false;
    if (settings->argument_count == 0)
        return inputs_add(inputs, ".", fault);
    for (size_t i = 0; i < settings->argument_count; i++) {
        if (inputs_add(inputs, settings->arguments[i], fault))
            continue;
        run_fault(run, fault); /* the others are still linted */
        *fault = (struct fault){0};
    }
    return true;
}

int command_lint(struct settings *settings)
{
    struct run run = {.settings = settings};
    struct inputs inputs = {0};
    struct fault fault = {0};
    outputs_init(&run.outputs, settings, takes_stdout(settings));
    if (!prepare(&run, &inputs, &fault)) {
        run_fault(&run, &fault);
    } else {
        for (size_t i = 0; i < inputs.count; i++)
            lint_input(&run, &inputs.items[i]);
        if (run.summary.files == 0 && !run.faulty && !settings->skip_non_spec) {
            fault_set(&fault, "there is no OCI runtime spec here");
            run_fault(&run, &fault);
        }
    }
    if (!outputs_end(&run.outputs, &run.summary))
        run.faulty = true;
    outputs_release(&run.outputs);
    inputs_release(&inputs);
    ruleset_release(&run.rules);
    if (run.faulty)
        return STATUS_FAULT;
    return run.failing ? STATUS_FOUND : STATUS_CLEAN;
}
