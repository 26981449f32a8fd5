/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs the examples of rules: what is bad is found, what is good is quiet, and the fix
 * makes the good one of the bad one.
 */
#include "commands.h"
#include "example.h"
#include "output.h"
#include "repair.h"
#include "stage.h"

/* One rule on its own. */
struct trial {
    struct ruleset only;
    struct lint_options options;
    size_t failed;
    struct buf out;
};

static void trial_lint(void *context, struct doc *doc, struct findings *findings)
{
    struct trial *trial = context;
    lint(&trial->only, &trial->options, doc, findings);
}

__attribute__((format(printf, 4, 5))) static void fail(struct trial *trial,
                                                       const struct rule *rule,
                                                       size_t example, const char *format,
                                                       ...)
{
    va_list arguments;
    va_start(arguments, format);
    buf_addf(&trial->out, "%s: example %zu: ", rule->id, example + 1);
    buf_vaddf(&trial->out, format, arguments);
    buf_addc(&trial->out, '\n');
    va_end(arguments);
    trial->failed++;
}

static bool parse(const char *example, struct doc *doc, struct fault *fault)
{
    AUTO_BUF struct buf bytes = {0};
    return example_document(example, &bytes, fault) &&
           doc_parse(doc, "example", DOC_JSON, &bytes, fault);
}

static size_t count_findings(struct trial *trial, struct doc *doc)
{
    struct findings findings = {0};
    trial_lint(trial, doc, &findings);
    size_t count = findings.count;
    findings_release(&findings);
    return count;
}

static void test_fix(struct trial *trial, const struct rule *rule, size_t index,
                     struct doc *bad, const struct doc *good)
{
    AUTO_REPAIR struct repair repair;
    AUTO_BUF struct buf got = {0};
    struct repair_options options = {
        .least = SAFETY_SUGGESTION,
        .lint = trial_lint,
        .lint_context = trial,
        .policy = REPAIR_CONFIRM_NEVER,
    };
    repair_run(&repair, bad, &options);
    for (size_t i = 0; i < repair.dropped.count; i++)
        fail(trial, rule, index, "the fix failed: %s", repair.dropped.items[i].reason);
    if (node_equal(repair.doc.root, good->root))
        return;
    buf_adds(&got, buf_str(&repair.doc.bytes));
    fail(trial, rule, index, "the fix of 'bad' is not 'good' but: %s", got.data);
}

static void test_documents(struct trial *trial, const struct rule *rule, size_t index)
{
    const struct rule_example *example = &rule->examples[index];
    struct fault fault = {0};
    AUTO_DOC struct doc bad = {0};
    AUTO_DOC struct doc good = {0};
    if (!parse(example->bad, &bad, &fault) ||
        (example->good != NULL && !parse(example->good, &good, &fault))) {
        fail(trial, rule, index, "cannot be read: %u:%u: %s", fault.line, fault.column,
             fault.text);
        return;
    }
    if (count_findings(trial, &bad) == 0)
        fail(trial, rule, index, "'bad' is not found");
    if (example->good == NULL)
        return;
    if (count_findings(trial, &good) > 0)
        fail(trial, rule, index, "'good' is found");
    if (rule->fix != NULL)
        test_fix(trial, rule, index, &bad, &good);
}

static void test_example(struct trial *trial, const struct rule *rule, size_t index)
{
    struct stage stage;
    struct fault fault = {0};
    if (!stage_open(&stage, &rule->examples[index], &fault)) {
        fail(trial, rule, index, "%s", fault.text);
        return;
    }
    trial->options.bundle = stage_bundle(&stage);
    test_documents(trial, rule, index);
    stage_close(&stage);
}

/* Asks the rule behind its gate, as a lint does. Returns the number of its examples. */
static size_t test_rule(struct trial *trial, const struct rule **rule)
{
    size_t count = (*rule)->example_count;
    struct gates gates = gates_make(rule, 1);
    trial->only = (struct ruleset){.rules = rule, .count = 1, .gates = gates};
    for (size_t i = 0; i < count; i++)
        test_example(trial, *rule, i);
    free((struct gate *)gates.items);
    return count;
}

int command_test(struct settings *settings)
{
    struct ruleset set = {0};
    struct fault fault = {0};
    struct trial trial = {.options = {.profile = PROFILE_PEDANTIC}};
    size_t examples = 0;
    /* Some rules speak of old versions only. */
    runtime_set_parse(&trial.options.runtimes, "any,runc@0,crun@0,youki@0", &fault);
    if (settings->argument_count == 0)
        fault_set(&fault, "test needs a folder of rules, or a rule file");
    for (size_t i = 0; i < settings->argument_count && !fault_is_set(&fault); i++)
        ruleset_add_folder(&set, settings->arguments[i], &fault);
    if (fault_is_set(&fault)) {
        print_fault(&fault);
        ruleset_release(&set);
        return STATUS_FAULT;
    }
    for (size_t i = 0; i < set.count; i++)
        examples += test_rule(&trial, &set.rules[i]);
    buf_addf(&trial.out, "%zu rule%s, %zu example%s, %zu failed\n", set.count,
             set.count == 1 ? "" : "s", examples, examples == 1 ? "" : "s", trial.failed);
    int status = trial.failed ? STATUS_FOUND : STATUS_CLEAN;
    if (!print_all(buf_str(&trial.out)))
        status = STATUS_FAULT;
    buf_release(&trial.out);
    ruleset_release(&set);
    return status;
}
