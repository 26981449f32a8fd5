/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "doc.h"
#include "nearest.h"
#include "output.h"
#include "print.h"
#include "reporters.h"
#include "scope.h"

enum { LINE_MAX_LEN = 90 };

static void add_claims(const struct rule *rule, struct buf *out)
{
    if (rule->claim_count == 0)
        return;
    buf_adds(out, STR("\nruntimes\n"));
    for (size_t i = 0; i < rule->claim_count; i++) {
        const struct rule_claim *claim = &rule->claims[i];
        AUTO_BUF struct buf name = {0};
        buf_addf(&name, "%s", runtime_name(claim->runtime));
        if (claim->below != 0)
            buf_addf(&name, "%s%u.%u.%u",
                     claim->below == '<' ? "<" : ">=", claim->version[0],
                     claim->version[1], claim->version[2]);
        buf_addf(out, "  %-12s %-8s %s (%s%s)\n", name.data, claim_name(claim->does),
                 claim->as, claim->seen[0] ? "seen on " : "read in ",
                 claim->seen[0] ? claim->seen : claim->source);
    }
}

/* JSON for a person: what fits on a line stands on one. */
static void add_json(const struct node *node, size_t indent, struct buf *out)
{
    AUTO_BUF struct buf line = {0};
    if (node->key != NULL) {
        print_json_string(node_key(node), &line);
        buf_adds(&line, STR(": "));
    }
    size_t key_len = line.len;
    print_json(node, &line);
    if (!node_is_container(node) || node->len == 0 || indent + line.len <= LINE_MAX_LEN) {
        buf_addf(out, "%*s%s", (int)indent, "", line.data);
        return;
    }
    bool object = node->type == NODE_OBJECT;
    buf_addf(out, "%*s%.*s%c\n", (int)indent, "", (int)key_len, line.data,
             object ? '{' : '[');
    for (const struct node *child = node->child; child != NULL; child = child->next) {
        add_json(child, indent + 2, out);
        buf_adds(out, child->next ? STR(",\n") : STR("\n"));
    }
    buf_addf(out, "%*s%c", (int)indent, "", object ? '}' : ']');
}

/* A fragment, or the text of a document that an example gives as a string. */
static void add_example(const char *title, const char *json, struct buf *out)
{
    AUTO_BUF struct buf bytes = {0};
    AUTO_DOC struct doc doc = {0};
    if (json == NULL)
        return;
    buf_adds(&bytes, str_of(json));
    if (!doc_parse(&doc, "example", DOC_JSON, &bytes, NULL))
        return;
    buf_addf(out, "\n%s\n", title);
    if (doc.root->type == NODE_STRING)
        buf_addf(out, "  %.*s", (int)doc.root->len, doc.root->value);
    else
        add_json(doc.root, 2, out);
    buf_addc(out, '\n');
}

static void add_rule(const struct rule *rule, struct buf *out)
{
    buf_addf(out, "%s (%s%s%s", rule->id, level_name(rule->level),
             rule->profile != PROFILE_DEFAULT ? ", " : "",
             rule->profile != PROFILE_DEFAULT ? profile_name(rule->profile) : "");
    if (rule->spec[0] != '\0')
        buf_addf(out, ", %s of the spec", rule->spec);
    if (rule->since[0] != '\0')
        buf_addf(out, ", since %s", rule->since);
    buf_addf(out, ")\n%s\n\n%s\n", rule->title, rule->why);
    add_claims(rule, out);
    if (rule->fix != NULL)
        buf_addf(out, "\nfix (%s)\n  %s%s\n", safety_name(rule->fix->safety),
                 rule->fix->title,
                 rule->confirm_mounts ? "; tried in a dry run first" : "");
    add_example("bad", rule->examples[0].bad, out);
    add_example("good", rule->examples[0].good, out);
    add_example("in the bundle", rule->examples[0].bundle, out);
    add_example("on the machine", rule->examples[0].host, out);
    for (size_t i = 0; i < rule->see_count; i++) {
        buf_adds(out, i == 0 ? STR("\nsee\n  ") : STR("  "));
        report_see_url(rule->see[i], out);
        buf_addc(out, '\n');
    }
}

int command_explain(struct settings *settings)
{
    struct scopes scopes;
    const struct scope *scope = NULL;
    struct fault fault = {0};
    AUTO_BUF struct buf out = {0};
    int status = STATUS_CLEAN;
    scopes_init(&scopes, settings);
    if (settings->argument_count == 0)
        fault_set(&fault, "explain needs the id of a rule; speclint rules lists them");
    else
        scope = scopes_find(&scopes, scopes.current, &fault);
    for (size_t i = 0; i < settings->argument_count && !fault_is_set(&fault); i++) {
        struct str id = str_of(settings->arguments[i]);
        const struct rule *rule = ruleset_find(&scope->rules, id);
        struct nearest nearest = {.word = id};
        if (rule != NULL) {
            if (i > 0)
                buf_addc(&out, '\n');
            add_rule(rule, &out);
            continue;
        }
        for (size_t k = 0; k < scope->rules.count; k++)
            nearest_try(&nearest, scope->rules.rules[k]->id);
        if (nearest.best != NULL)
            fault_set(&fault, "there is no rule '%s'; did you mean %s?", id.at,
                      nearest.best);
        else
            fault_set(&fault, "there is no rule '%s'; speclint rules lists them", id.at);
    }
    if (fault_is_set(&fault)) {
        print_fault(&fault);
        status = STATUS_FAULT;
    } else if (!print_all(buf_str(&out))) {
        status = STATUS_FAULT;
    }
    scopes_release(&scopes);
    return status;
}
