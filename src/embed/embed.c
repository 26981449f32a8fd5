/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs at build time: reads the folder of rules with the reader that --rules uses, and
 * prints them as constant C data, so that a faulty rule breaks the build and the program
 * reads none at start-up.
 *
 *     embed RULES > builtin.c
 */
#include "literal.h"
#include "pool.h"
#include "rule.h"

#include <inttypes.h>
#include <stdio.h>

/* The reader's library asks for them; while they are made there are none. */
const struct rule *const rule_builtin[] = {NULL};
const struct gates rule_builtin_gates = {0};
const size_t rule_builtin_count = 0;

struct emitter {
    struct query_pool queries; /* what linting asks */
    struct query_pool patches; /* what fixes ask */
    bool full;                 /* a query did not fit */
    struct fault fault;
    struct buf definitions; /* what the rules point to */
    struct buf rules;
    unsigned names; /* given out so far */
};

static void add_literal(struct buf *out, const char *text)
{
    if (text == NULL)
        buf_adds(out, STR("NULL"));
    else
        literal_add(out, str_of(text));
}

static void add_member(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, ".%s = ", name);
    add_literal(out, text);
    buf_adds(out, STR(", "));
}

static void add_query(struct emitter *emitter, struct buf *out, bool patch,
                      const char *name, const struct query *query)
{
    uint32_t entry;
    if (query->ops == NULL)
        return;
    struct query_pool *pool = patch ? &emitter->patches : &emitter->queries;
    if (!query_pool_add(pool, query, &entry, &emitter->fault))
        emitter->full = true;
    buf_addf(out, ".%s = %s(%" PRIu32 "), ", name, patch ? "patches" : "queries", entry);
}

static void add_claims(struct emitter *emitter, struct buf *out, const struct rule *rule)
{
    if (rule->claim_count == 0)
        return;
    unsigned name = emitter->names++;
    buf_addf(&emitter->definitions, "static const struct rule_claim c%u[] = {\n", name);
    for (size_t i = 0; i < rule->claim_count; i++) {
        const struct rule_claim *claim = &rule->claims[i];
        buf_addf(&emitter->definitions,
                 "{.runtime = %d, .does = %d, .below = %d, .version = {%u, %u, %u}, ",
                 claim->runtime, claim->does, claim->below, claim->version[0],
                 claim->version[1], claim->version[2]);
        add_member(&emitter->definitions, "seen", claim->seen);
        add_member(&emitter->definitions, "source", claim->source);
        add_member(&emitter->definitions, "as", claim->as);
        buf_adds(&emitter->definitions, STR("},\n"));
    }
    buf_adds(&emitter->definitions, STR("};\n"));
    buf_addf(out, ".claims = c%u, .claim_count = %zu, ", name, rule->claim_count);
}

static unsigned add_ops(struct emitter *emitter, const struct rule_patch *patch)
{
    AUTO_BUF struct buf ops = {0};
    for (size_t i = 0; i < patch->count; i++) {
        const struct rule_op *op = &patch->ops[i];
        buf_addf(&ops, "{.kind = %d, .unsafe = %d, ", op->kind, op->unsafe);
        add_member(&ops, "path", op->path);
        add_member(&ops, "from", op->from);
        add_member(&ops, "value", op->value);
        add_query(emitter, &ops, true, "query_path", &op->query_path);
        add_query(emitter, &ops, true, "when", &op->when);
        buf_adds(&ops, STR("},\n"));
    }
    unsigned name = emitter->names++;
    buf_addf(&emitter->definitions, "static const struct rule_op o%u[] = {\n%s};\n", name,
             ops.data);
    return name;
}

static void add_fix(struct emitter *emitter, struct buf *out, const struct rule_fix *fix)
{
    AUTO_BUF struct buf patches = {0};
    if (fix == NULL)
        return;
    for (size_t i = 0; i < fix->count; i++)
        buf_addf(&patches, "{o%u, %zu}, ", add_ops(emitter, &fix->patches[i]),
                 fix->patches[i].count);
    unsigned name = emitter->names++;
    buf_adds(&patches, STR("{0}"));
    buf_addf(&emitter->definitions, "static const struct rule_patch p%u[] = {%s};\n",
             name, patches.data);
    buf_addf(&emitter->definitions, "static const struct rule_fix f%u = {", name);
    add_member(&emitter->definitions, "title", fix->title);
    buf_addf(&emitter->definitions, ".safety = %d, .patches = p%u, .count = %zu};\n",
             fix->safety, name, fix->count);
    buf_addf(out, ".fix = &f%u, ", name);
}

static void add_see(struct emitter *emitter, struct buf *out, const struct rule *rule)
{
    if (rule->see_count == 0)
        return;
    unsigned name = emitter->names++;
    buf_addf(&emitter->definitions, "static const char *const s%u[] = {", name);
    for (size_t i = 0; i < rule->see_count; i++) {
        add_literal(&emitter->definitions, rule->see[i]);
        buf_adds(&emitter->definitions, STR(", "));
    }
    buf_adds(&emitter->definitions, STR("};\n"));
    buf_addf(out, ".see = s%u, .see_count = %zu, ", name, rule->see_count);
}

static void add_examples(struct emitter *emitter, struct buf *out,
                         const struct rule *rule)
{
    unsigned name = emitter->names++;
    buf_addf(&emitter->definitions, "static const struct rule_example e%u[] = {\n", name);
    for (size_t i = 0; i < rule->example_count; i++) {
        buf_adds(&emitter->definitions, STR("{"));
        add_member(&emitter->definitions, "bad", rule->examples[i].bad);
        add_member(&emitter->definitions, "good", rule->examples[i].good);
        add_member(&emitter->definitions, "bundle", rule->examples[i].bundle);
        add_member(&emitter->definitions, "host", rule->examples[i].host);
        buf_adds(&emitter->definitions, STR("},\n"));
    }
    buf_adds(&emitter->definitions, STR("};\n"));
    buf_addf(out, ".examples = e%u, .example_count = %zu, ", name, rule->example_count);
}

static void add_needs(struct buf *out, const uint32_t *needs)
{
    buf_adds(out, STR(".needs = (const uint32_t[]){"));
    for (; *needs != 0; needs += *needs + 1) {
        for (uint32_t i = 0; i <= *needs; i++)
            buf_addf(out, "%u, ", needs[i]);
    }
    buf_adds(out, STR("0}, "));
}

static void add_rule(struct emitter *emitter, const struct rule *rule, size_t index)
{
    struct buf *out = &emitter->rules;
    buf_addf(out, "static const struct rule r%zu = {", index);
    add_member(out, "id", rule->id);
    add_member(out, "area", rule->area);
    add_member(out, "since", rule->since);
    add_member(out, "title", rule->title);
    add_member(out, "message", rule->message);
    add_member(out, "why", rule->why);
    add_member(out, "at", rule->at);
    add_member(out, "spec", rule->spec);
    buf_addf(out, ".level = %d, .profile = %d, ", rule->level, rule->profile);
    add_member(out, "finder", rule->finder);
    add_query(emitter, out, false, "given", &rule->given);
    add_query(emitter, out, false, "when", &rule->when);
    add_needs(out, rule->needs);
    add_claims(emitter, out, rule);
    add_fix(emitter, out, rule->fix);
    buf_addf(out, ".confirm_mounts = %d, ", rule->confirm_mounts);
    add_see(emitter, out, rule);
    add_examples(emitter, out, rule);
    buf_adds(out, STR("};\n"));
}

static void print_gates(const struct gates *gates)
{
    puts("static const struct gate gates[] = {");
    for (size_t i = 0; i < gates->count; i++) {
        const struct gate *gate = &gates->items[i];
        printf("{{%u, %u, %u, %u}, %u, %u, %d, %d},\n", gate->bits[0], gate->bits[1],
               gate->bits[2], gate->bits[3], gate->rule, gate->same, gate->open,
               gate->more);
    }
    printf("};\nconst struct gates rule_builtin_gates = {gates, %zu, %zu};\n",
           gates->open, gates->count);
}

int main(int argc, char **argv)
{
    struct ruleset set = {0};
    struct fault fault = {0};
    struct emitter emitter = {0};
    if (argc != 2) {
        fputs("usage: embed RULES > builtin.c\n", stderr);
        return 2;
    }
    if (!ruleset_add_folder(&set, argv[1], &fault)) {
        fprintf(stderr, "%s:%u:%u: error: %s\n", fault.path, fault.line, fault.column,
                fault.text);
        return 1;
    }
    for (size_t i = 0; i < set.count; i++)
        add_rule(&emitter, set.rules[i], i);
    if (emitter.full) {
        fprintf(stderr, "error: %s\n", emitter.fault.text);
        return 1;
    }
    AUTO_BUF struct buf queries = {0};
    query_pool_emit(&emitter.queries, "queries", &queries);
    query_pool_emit(&emitter.patches, "patches", &queries);
    printf("#include \"rule.h\"\n#include \"op.h\"\n%s%s%s", queries.data,
           emitter.definitions.data, emitter.rules.data);
    puts("const struct rule *const rule_builtin[] = {");
    for (size_t i = 0; i < set.count; i++)
        printf("&r%zu,\n", i);
    printf("};\nconst size_t rule_builtin_count = %zu;\n", set.count);
    print_gates(&set.gates);
    query_pool_release(&emitter.queries);
    query_pool_release(&emitter.patches);
    buf_release(&emitter.definitions);
    buf_release(&emitter.rules);
    ruleset_release(&set);
    return ferror(stdout) || fflush(stdout) != 0 ? 1 : 0;
}
