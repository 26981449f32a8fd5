/* SPDX-License-Identifier: Apache-2.0 */
#include "mount.h"

#include "policy.h"
#include "sentence.h"

#include <errno.h>

const char *mount_outcome_name(enum mount_outcome outcome)
{
    static const char *const names[] = {"mounted", "untried", "refused"};
    return names[outcome];
}

static const char *keep(struct mount_report *report, const struct buf *text)
{
    struct str kept = buf_str(text);
    return arena_copy(&report->arena, kept.at, kept.len);
}

static void add_runtimes(const struct mount_report *report,
                         const struct mount_result *result, struct buf *out)
{
    size_t agree = 0;
    for (size_t i = 0; i < report->options.runtimes.count; i++)
        agree += result->by[i] == result->outcome;
    if (agree == report->options.runtimes.count)
        return;
    for (size_t i = 0; i < report->options.runtimes.count; i++) {
        if (result->by[i] != result->outcome)
            continue;
        runtime_format(report->options.runtimes.items[i], out);
        buf_adds(out, --agree > 0 ? STR(", ") : STR(": "));
    }
}

static void note(struct mount_report *report, const struct plan *plan,
                 const struct trial *trial, size_t index,
                 const struct verdict verdicts[RUNTIME_MAX])
{
    const struct trial_mount *made = &trial->mounts[index];
    struct mount_result *result = &report->results[index];
    AUTO_BUF struct buf text = {0};
    for (size_t i = 0; i < report->options.runtimes.count; i++) {
        if (verdicts[i].outcome == MOUNT_MOUNTED && verdicts[i].why != NULL &&
            *verdicts[i].why != '\0' && text.len == 0)
            sentence_verdict(plan, trial, index, report->options.runtimes.items[i],
                             &verdicts[i], &text);
    }
    if (text.len == 0 && result->outcome == MOUNT_MOUNTED && made->seen_writable > 0) {
        buf_addf(&text, "%u mount%s below it stay%s writable (", made->seen_writable,
                 made->seen_writable == 1 ? "" : "s",
                 made->seen_writable == 1 ? "s" : "");
        buf_add_visible(&text, str_of(made->seen_writable_at));
        buf_adds(&text, made->seen_writable == 1 ? STR("); rro makes it read-only")
                                                 : STR(", …); rro makes all read-only"));
    }
    result->note = keep(report, &text);
}

static void see(struct mount_report *report, const struct trial_mount *made,
                struct mount_result *result)
{
    AUTO_BUF struct buf words = {0};
    if (!made->seen || result->outcome != MOUNT_MOUNTED)
        return;
    if (!(made->seen_attributes & ATTRIBUTE_RO))
        buf_adds(&words, STR("rw"));
    if (words.len > 0 && made->seen_attributes != 0)
        buf_addc(&words, ',');
    option_words(made->seen_attributes, &words);
    result->seen_options = keep(report, &words);
    result->seen_type =
        arena_copy(&report->arena, made->seen_type, strlen(made->seen_type));
}

static const char *visible(struct mount_report *report, const char *text)
{
    AUTO_BUF struct buf shown = {0};
    for (const char *line = text; *line != '\0';) {
        size_t len = strcspn(line, "\n");
        buf_add_visible(&shown, (struct str){line, len});
        line += len;
        if (*line == '\n') {
            buf_addc(&shown, '\n');
            line++;
        }
    }
    return keep(report, &shown);
}

static void judge(struct mount_report *report, const struct plan *plan,
                  const struct trial *trial, size_t index)
{
    struct mount_result *result = &report->results[index];
    struct verdict verdicts[RUNTIME_MAX] = {0};
    size_t decides = 0;
    result->node = plan->mounts[index].node;
    for (size_t i = 0; i < report->options.runtimes.count; i++) {
        verdicts[i] = policy_judge(plan, trial, index, report->options.runtimes.items[i],
                                   report->options.on_target);
        result->by[i] = verdicts[i].outcome;
        if (verdicts[i].outcome > verdicts[decides].outcome)
            decides = i;
    }
    const struct verdict *verdict = &verdicts[decides];
    AUTO_BUF struct buf reason = {0};
    result->outcome = verdict->outcome;
    result->stage = "";
    result->kernel = "";
    if (verdict->outcome != MOUNT_MOUNTED) {
        result->error = verdict->error;
        result->stage = stage_name(verdict->stage);
        if (verdict->option != NULL)
            result->option = visible(report, verdict->option);
        result->kernel = visible(report, trial->mounts[index].log);
        add_runtimes(report, result, &reason);
        sentence_verdict(plan, trial, index, report->options.runtimes.items[decides],
                         verdict, &reason);
    }
    result->reason = keep(report, &reason);
    see(report, &trial->mounts[index], result);
    note(report, plan, trial, index, verdicts);
}

/* What is wrong besides the mounts, where this machine is the target. */
static void judge_paths(struct mount_report *report, const struct plan *plan,
                        const struct trial *trial, struct buf *reason)
{
    if (!report->options.on_target)
        return;
    if (trial->path_error != 0) {
        buf_adds(reason, STR("the namespace path "));
        buf_add_visible(reason, str_of(trial->path));
        buf_adds(reason, STR(" cannot be opened: "));
        sentence_errno(trial->path_error, reason);
    } else if (trial->rootfs_error != 0) {
        buf_adds(reason, STR("root.path "));
        buf_add_visible(reason, str_of(plan->rootfs != NULL ? plan->rootfs : ""));
        buf_adds(reason, STR(" cannot be opened: "));
        sentence_errno(trial->rootfs_error, reason);
    }
    if (reason->len > 0)
        report->verdict = MOUNT_REFUSED;
}

void mount_try(const struct node *root, const struct mount_options *options,
               struct mount_report *report)
{
    struct plan plan;
    AUTO_BUF struct buf reason = {0};
    *report = (struct mount_report){.options = *options, .reason = "", .kernel = ""};
    plan_init(&plan, root);
    if (plan.fault != NULL) {
        report->verdict = MOUNT_REFUSED;
        report->reason = plan.fault;
        plan_release(&plan);
        return;
    }
    struct trial *trial = trial_run(&plan, options->bundle);
    report->results = mem_alloc(plan.count, sizeof *report->results);
    report->count = plan.count;
    report->kernel = arena_copy(&report->arena, trial->kernel, strlen(trial->kernel));
    report->user = trial->user;
    report->namespaces = trial->namespaces;
    judge_paths(report, &plan, trial, &reason);
    for (size_t i = 0; i < plan.count; i++) {
        judge(report, &plan, trial, i);
        if (report->results[i].outcome > report->verdict)
            report->verdict = report->results[i].outcome;
    }
    if (report->verdict == MOUNT_UNTRIED && trial->state != TRIAL_DONE)
        sentence_limit(trial, &reason);
    for (size_t i = 0; i < plan.count && reason.len == 0; i++) {
        if (report->verdict == MOUNT_UNTRIED &&
            report->results[i].outcome == MOUNT_UNTRIED)
            buf_adds(&reason, str_of(report->results[i].reason));
    }
    report->reason = keep(report, &reason);
    trial_release(trial);
    plan_release(&plan);
}

void mount_report_release(struct mount_report *report)
{
    free(report->results);
    arena_release(&report->arena);
    *report = (struct mount_report){0};
}
