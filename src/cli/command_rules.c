/* SPDX-License-Identifier: Apache-2.0 */
#include "commands.h"
#include "function.h"
#include "output.h"
#include "scope.h"

#include <jansson.h>

static const char *fixable(const struct rule *rule)
{
    return rule->fix ? safety_name(rule->fix->safety) : "-";
}

static void add_table(const struct ruleset *set, struct buf *out)
{
    size_t width = 0;
    for (size_t i = 0; i < set->count; i++) {
        size_t len = strlen(set->rules[i]->id);
        width = len > width ? len : width;
    }
    buf_addf(out, "%-*s  %-7s  %-8s  %-10s  %-9s  %-6s  %s\n", (int)width, "id", "level",
             "profile", "fixable", "area", "since", "title");
    for (size_t i = 0; i < set->count; i++) {
        const struct rule *rule = set->rules[i];
        buf_addf(out, "%-*s  %-7s  %-8s  %-10s  %-9s  %-6s  %s\n", (int)width, rule->id,
                 level_name(rule->level), profile_name(rule->profile), fixable(rule),
                 rule->area, rule->since[0] ? rule->since : "-", rule->title);
    }
}

static void add_json(const struct ruleset *set, struct buf *out)
{
    json_t *rules = json_array();
    for (size_t i = 0; i < set->count; i++) {
        const struct rule *rule = set->rules[i];
        json_t *object =
            json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "id", rule->id, "level",
                      level_name(rule->level), "profile", profile_name(rule->profile),
                      "area", rule->area, "title", rule->title, "fixable",
                      rule->fix != NULL && rule->fix->safety != SAFETY_SUGGESTION);
        if (rule->fix != NULL)
            json_object_set_new(object, "fix",
                                json_string(safety_name(rule->fix->safety)));
        if (rule->spec[0] != '\0')
            json_object_set_new(object, "spec", json_string(rule->spec));
        if (rule->since[0] != '\0')
            json_object_set_new(object, "since", json_string(rule->since));
        json_array_append_new(rules, object);
    }
    AUTO_FREE char *text = json_dumps(rules, JSON_INDENT(2));
    buf_addf(out, "%s\n", text);
    json_decref(rules);
}

static void add_functions(struct buf *out)
{
    const struct query_function *function;
    for (size_t i = 0; (function = query_function_at(i)) != NULL; i++) {
        if (i > 0)
            buf_addc(out, '\n');
        query_function_signature(function, out);
        buf_addf(out, "\n    %s\n    %s\n", function->doc, function->example);
    }
}

static void add_functions_json(struct buf *out)
{
    const struct query_function *function;
    json_t *functions = json_array();
    for (size_t i = 0; (function = query_function_at(i)) != NULL; i++) {
        AUTO_BUF struct buf signature = {0};
        query_function_signature(function, &signature);
        json_array_append_new(functions,
                              json_pack("{s:s, s:s, s:s, s:s}", "name", function->name,
                                        "signature", signature.data, "about",
                                        function->doc, "example", function->example));
    }
    AUTO_FREE char *text = json_dumps(functions, JSON_INDENT(2));
    buf_addf(out, "%s\n", text);
    json_decref(functions);
}

int command_rules(struct settings *settings)
{
    struct scopes scopes;
    const struct scope *scope = NULL;
    struct fault fault = {0};
    AUTO_BUF struct buf out = {0};
    bool json = settings_json(settings);
    scopes_init(&scopes, settings);
    if (settings->argument_count > 0)
        fault_set(&fault, "rules takes no argument; speclint explain RULE tells of one");
    else
        scope = scopes_find(&scopes, scopes.current, &fault);
    if (!fault_is_set(&fault) && settings->functions && json)
        add_functions_json(&out);
    else if (!fault_is_set(&fault) && settings->functions)
        add_functions(&out);
    else if (!fault_is_set(&fault) && json)
        add_json(&scope->rules, &out);
    else if (!fault_is_set(&fault))
        add_table(&scope->rules, &out);
    scopes_release(&scopes);
    if (fault_is_set(&fault)) {
        print_fault(&fault);
        return STATUS_FAULT;
    }
    return print_all(buf_str(&out)) ? STATUS_CLEAN : STATUS_FAULT;
}
