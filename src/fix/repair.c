/* SPDX-License-Identifier: Apache-2.0 */
#include "repair.h"

#include "expand.h"
#include "fixes.h"
#include "pass.h"
#include "prove.h"

/* A text on the way, its findings, and what became of their fixes. */
struct state {
    struct doc doc;
    struct findings findings;
    struct repair_entry *
        *failed;   /* for each finding, NULL while its fix may be applied */
    bool *refused; /* for each finding, whether no fix can be made of it */
};

struct run {
    struct repair *repair;
    const struct repair_options *options;
    struct state now;
    uint64_t *seen; /* hashes of the texts before each pass, and of the one now */
    size_t seen_count;
    size_t seen_capacity;
    size_t least; /* fixes that were to be done, at their fewest */
    unsigned idle;
    const struct rule **suspects; /* those whose fixes did not all hold; they come last */
    size_t suspect_count;
    size_t suspect_capacity;
};

static void state_release(struct state *state)
{
    for (size_t i = 0; state->failed != NULL && i < state->findings.count; i++)
        free(state->failed[i]);
    free(state->failed);
    free(state->refused);
    findings_release(&state->findings);
    doc_release(&state->doc);
    *state = (struct state){0};
}
#define AUTO_STATE __attribute__((cleanup(state_release)))

static uint64_t hash_text(struct str text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 1099511628211u;
    return hash;
}

static struct repair_entry entry_of(const struct run *run, const struct finding *finding)
{
    AUTO_BUF struct buf pointer = {0};
    node_pointer(finding->node, &pointer);
    struct repair_entry entry = {
        .rule = finding->rule,
        .pointer = arena_copy(&run->repair->arena, buf_str(&pointer).at, pointer.len),
        .span = finding->span,
        .pass = run->repair->passes + 1,
    };
    const struct fix *fix = finding->fix;
    if (fix != NULL)
        entry.confirm = fix->confirm;
    if (fix != NULL && fix->confirm_text != NULL)
        entry.sentence =
            arena_copy(&run->repair->arena, fix->confirm_text, strlen(fix->confirm_text));
    return entry;
}

static void add_entry(struct repair_entries *entries, struct repair_entry entry)
{
    entries->items = mem_grow(entries->items, entries->count, &entries->capacity,
                              sizeof *entries->items);
    entries->items[entries->count++] = entry;
}

/* Marks the fix of a finding as one that cannot be applied to the text as it is now. */
static void drop(struct run *run, const struct finding *finding, const char *reason,
                 bool faulty)
{
    struct repair_entry *entry = mem_alloc(1, sizeof *entry);
    *entry = entry_of(run, finding);
    entry->reason = arena_copy(&run->repair->arena, reason, strlen(reason));
    entry->faulty = faulty;
    run->now.failed[finding - run->now.findings.items] = entry;
}

static void drop_faulty(void *run, struct finding *finding, const struct fault *fault)
{
    drop(run, finding, fault->text, true);
}

/* Makes the fixes of findings, of those that have none yet and may have one. */
static void make_fixes(struct run *run, struct finding *const *findings, size_t count)
{
    AUTO_FREE struct finding **without = mem_alloc(count + 1, sizeof(struct finding *));
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        size_t index = (size_t)(findings[i] - run->now.findings.items);
        if (findings[i]->fix == NULL && run->now.failed[index] == NULL &&
            !run->now.refused[index])
            without[left++] = findings[i];
    }
    fixes_make(&run->now.doc, without, left, drop_faulty, run);
    for (size_t i = 0; i < left; i++)
        if (without[i]->fix == NULL)
            run->now.refused[without[i] - run->now.findings.items] = true;
}

static void make_all_fixes(struct run *run)
{
    struct findings *findings = &run->now.findings;
    AUTO_FREE struct finding **all = mem_alloc(findings->count + 1, sizeof *all);
    for (size_t i = 0; i < findings->count; i++)
        all[i] = &findings->items[i];
    make_fixes(run, all, findings->count);
}

static bool parse_copy(const struct doc *like, const struct edits *edits, struct doc *doc,
                       struct fault *fault)
{
    struct buf text = {0};
    edits_apply(edits, buf_str(&like->bytes), &text);
    return doc_parse(doc, like->path, like->syntax, &text, fault);
}

static void lint_state(const struct run *run, struct state *state)
{
    run->options->lint(run->options->lint_context, &state->doc, &state->findings);
    state->failed = mem_alloc(state->findings.count + 1, sizeof *state->failed);
    state->refused = mem_alloc(state->findings.count + 1, sizeof *state->refused);
}

/* Asks the dry run, where that is wanted. Drops the fix, and returns false, if its answer
 * forbids it. */
static bool confirm(struct run *run, const struct finding *finding)
{
    const struct repair_options *options = run->options;
    struct fix *fix = finding->fix;
    if (!finding->rule->confirm_mounts || options->policy == REPAIR_CONFIRM_NEVER)
        return true;
    if (fix->confirm == CONFIRM_NONE && options->confirm != NULL) {
        AUTO_DOC struct doc after = {0};
        if (parse_copy(&run->now.doc, &fix->edits, &after, NULL))
            fix->confirm = options->confirm(options->confirm_context, &run->now.doc,
                                            &after, finding, &fix->confirm_text);
    }
    if (fix->confirm == CONFIRM_NO)
        drop(run, finding, "the dry run refutes it", false);
    else if (fix->confirm != CONFIRM_YES && options->policy == REPAIR_CONFIRM_ALWAYS)
        drop(run, finding, "the dry run could not try it", false);
    else
        return true;
    return false;
}

/* The offset in the original text of one in the text now. */
static uint32_t original_offset(const struct repair *repair, uint32_t at)
{
    uint32_t shift = 0;
    for (size_t i = 0; i < repair->edits.count; i++) {
        const struct edit *edit = &repair->edits.items[i];
        uint32_t start = edit->span.start + shift;
        if (at < start)
            break;
        if (at < start + edit->len)
            return edit->span.start;
        shift += edit->len - (edit->span.end - edit->span.start);
    }
    return at - shift;
}

static void collect_cycle(struct run *run, const struct pass *pass, size_t since)
{
    struct repair *repair = run->repair;
    size_t capacity = 0;
    for (size_t i = 0; i < repair->applied.count + pass->count; i++) {
        bool old = i < repair->applied.count;
        const struct rule *rule = old ? repair->applied.items[i].rule
                                      : pass->findings[i - repair->applied.count]->rule;
        size_t at = 0;
        if (old && repair->applied.items[i].pass <= since)
            continue;
        while (at < repair->cycle_count && strcmp(repair->cycle[at]->id, rule->id) < 0)
            at++;
        if (at < repair->cycle_count && repair->cycle[at] == rule)
            continue;
        repair->cycle = mem_grow(repair->cycle, repair->cycle_count, &capacity,
                                 sizeof *repair->cycle);
        memmove(repair->cycle + at + 1, repair->cycle + at,
                (repair->cycle_count - at) * sizeof *repair->cycle);
        repair->cycle[at] = rule;
        repair->cycle_count++;
    }
}

static void accept(struct run *run, const struct pass *pass, struct state *next,
                   uint64_t hash)
{
    struct repair *repair = run->repair;
    for (size_t i = 0; i < pass->count; i++) {
        const struct edits *edits = &pass->findings[i]->fix->edits;
        struct repair_entry entry = entry_of(run, pass->findings[i]);
        entry.span.start = original_offset(repair, edits->items[0].span.start);
        entry.span.end = original_offset(repair, edits->items[edits->count - 1].span.end);
        add_entry(&repair->applied, entry);
    }
    repair->passes++;
    pass_edit(pass, &repair->edits);
    run->seen =
        mem_grow(run->seen, run->seen_count, &run->seen_capacity, sizeof *run->seen);
    run->seen[run->seen_count++] = hash;
    state_release(&run->now);
    run->now = *next;
    *next = (struct state){0};
}

/* Applies the fixes of a pass to the text and looks at what comes of it. */
static bool try_pass(struct run *run, const struct pass *pass, struct state *next,
                     struct buf *reason)
{
    struct edits edits = {0};
    struct fault fault = {0};
    pass_edit(pass, &edits);
    bool read = parse_copy(&run->now.doc, &edits, &next->doc, &fault);
    edits_release(&edits);
    if (!read) {
        buf_adds(reason, str_of(fault.text));
        return false;
    }
    lint_state(run, next);
    return pass_check(pass, &run->now.findings, &next->findings, reason);
}

static bool is_suspect(const struct run *run, const struct rule *rule)
{
    for (size_t i = 0; i < run->suspect_count; i++)
        if (run->suspects[i] == rule)
            return true;
    return false;
}

static void suspect(struct run *run, const struct rule *rule)
{
    if (is_suspect(run, rule))
        return;
    run->suspects = mem_grow(run->suspects, run->suspect_count, &run->suspect_capacity,
                             sizeof *run->suspects);
    run->suspects[run->suspect_count++] = rule;
}

/* By place: findings are in an array in that order. */
static int compare_place(const void *left, const void *right)
{
    const struct finding *a = *(const struct finding *const *)left;
    const struct finding *b = *(const struct finding *const *)right;
    return (a > b) - (a < b);
}

/* By rule: what does not hold is often of one, and halves are soon found that hold. */
static int compare_rule(const void *left, const void *right)
{
    const struct finding *a = *(const struct finding *const *)left;
    const struct finding *b = *(const struct finding *const *)right;
    int order = strcmp(a->rule->id, b->rule->id);
    return order != 0 ? order : compare_place(left, right);
}

/* Adds those fixes of a part of a pass, which do not hold together, to `good` that do
 * hold by halves; drops the ones that do not hold alone, for the reason given. */
static void sift(struct run *run, const struct pass *pass, size_t start, size_t end,
                 const char *reason, struct pass *good)
{
    size_t middle = start + (end - start) / 2;
    if (middle == start) {
        drop(run, pass->findings[start], reason, false);
        suspect(run, pass->findings[start]->rule);
        return;
    }
    for (unsigned half = 0; half < 2; half++) {
        AUTO_STATE struct state next = {0};
        AUTO_BUF struct buf why = {0};
        AUTO_PASS struct pass part = {0};
        size_t from = half == 0 ? start : middle;
        size_t to = half == 0 ? middle : end;
        for (size_t i = from; i < to; i++)
            pass_add(&part, pass->findings[i]);
        bool holds = try_pass(run, &part, &next, &why);
        for (size_t i = from; holds && i < to; i++)
            pass_add(good, pass->findings[i]);
        if (!holds)
            sift(run, pass, from, to, why.data, good);
    }
}

/* Applies the fixes of a pass, or as many as hold together. False when that ends it. */
static bool apply_pass(struct run *run, struct pass *pass)
{
    AUTO_STATE struct state next = {0};
    AUTO_BUF struct buf reason = {0};
    AUTO_PASS struct pass good = {0};
    const struct pass *applied = pass;
    bool holds = try_pass(run, pass, &next, &reason);
    if (!holds) {
        qsort(pass->findings, pass->count, sizeof *pass->findings, compare_rule);
        sift(run, pass, 0, pass->count, reason.data, &good);
        if (good.count > 0)
            qsort(good.findings, good.count, sizeof *good.findings, compare_place);
        applied = &good;
        /* Each half holds, and both together do not: then only the first one of all. */
        for (unsigned tries = 0; good.count > 0 && !holds && tries < 2; tries++) {
            state_release(&next);
            buf_clear(&reason);
            if (tries > 0)
                good.count = 1;
            holds = try_pass(run, &good, &next, &reason);
        }
        if (!holds && good.count > 0)
            drop(run, good.findings[0], reason.data, false);
    }
    if (!holds)
        return true; /* the dropped ones make room for others */
    struct fault fault = {0};
    if (!prove_readable(&next.doc, &fault)) {
        for (size_t i = 0; i < applied->count; i++)
            drop(run, applied->findings[i], fault.text, true);
        return true;
    }
    uint64_t hash = hash_text(buf_str(&next.doc.bytes));
    for (size_t i = 0; i < run->seen_count; i++) {
        if (run->seen[i] == hash) {
            collect_cycle(run, applied, i);
            return false;
        }
    }
    accept(run, applied, &next, hash);
    return true;
}

/* Whether the fix of a finding may be applied, as far as is known before it is made. */
static bool may_fix(const struct run *run, const struct finding *finding)
{
    size_t index = (size_t)(finding - run->now.findings.items);
    enum safety least = run->options->least;
    return finding->rule->fix != NULL && finding->rule->fix->safety >= least &&
           (finding->fix == NULL || finding->fix->safety >= least) &&
           run->now.failed[index] == NULL && !run->now.refused[index] &&
           run->now.doc.duplicates == 0;
}

/* Chooses the findings that a pass may repair, without those of suspects or with them;
 * returns how many there are to repair in all. */
static size_t choose(struct run *run, struct pass *wanted, bool suspects)
{
    size_t todo = 0;
    for (size_t i = 0; i < run->now.findings.count; i++) {
        struct finding *finding = &run->now.findings.items[i];
        AUTO_ARENA struct arena arena = {0};
        AUTO_PATCH struct patch patch = {0};
        const char *unsafe;
        if (!may_fix(run, finding) || !patch_choose(finding, &patch, &unsafe, &arena))
            continue;
        todo++;
        if ((suspects || !is_suspect(run, finding->rule)) &&
            !pass_holds(wanted, finding, &patch))
            pass_take(wanted, finding, &patch);
    }
    return todo;
}

/* Collects the fixes of a pass; returns how many there are to do in all. What is chosen
 * may come to nothing, and then makes room for others. */
static size_t collect_pass(struct run *run, struct pass *pass, bool suspects)
{
    size_t todo;
    bool again;
    do {
        AUTO_PASS struct pass wanted = {0};
        todo = choose(run, &wanted, suspects);
        make_fixes(run, wanted.findings, wanted.count);
        for (size_t i = 0; i < wanted.count; i++) {
            struct finding *finding = wanted.findings[i];
            if (finding->fix != NULL && may_fix(run, finding) && confirm(run, finding) &&
                !pass_touches(pass, finding))
                pass_add(pass, finding);
        }
        again = wanted.count > 0;
    } while (pass->count == 0 && again);
    return todo;
}

/* Whether there may be another pass to make. */
static bool make_pass(struct run *run)
{
    AUTO_PASS struct pass pass = {0};
    size_t todo = collect_pass(run, &pass, false);
    if (pass.count == 0 && run->suspect_count > 0)
        todo = collect_pass(run, &pass, true);
    if (pass.count == 0)
        return false;
    bool progress = todo < run->least && run->least != SIZE_MAX;
    if (todo < run->least)
        run->least = todo;
    if (!progress && run->idle++ == REPAIR_PASSES_MAX) {
        run->repair->unsettled = true;
        return false;
    }
    return apply_pass(run, &pass);
}

static void number_lines(struct repair *repair)
{
    struct text text = {.bytes = repair->original->text.bytes,
                        .len = repair->original->text.len};
    repair->lines = mem_alloc(repair->applied.count + 1, sizeof *repair->lines);
    for (size_t i = 0; i < repair->applied.count; i++) {
        struct span span = repair->applied.items[i].span;
        uint32_t last = span.end > span.start ? span.end - 1 : span.end;
        repair->lines[i].first = text_place(&text, span.start).line;
        repair->lines[i].last = text_place(&text, last).line;
    }
    text_release(&text);
}

void repair_run(struct repair *repair, const struct doc *original,
                const struct repair_options *options)
{
    struct edits none = {0};
    struct run run = {.repair = repair, .options = options, .least = SIZE_MAX};
    *repair = (struct repair){.original = original};
    if (!parse_copy(original, &none, &run.now.doc, NULL))
        abort(); /* it was read before */
    lint_state(&run, &run.now);
    run.seen = mem_grow(NULL, 0, &run.seen_capacity, sizeof *run.seen);
    run.seen[run.seen_count++] = hash_text(buf_str(&original->bytes));
    while (make_pass(&run))
        ;
    make_all_fixes(&run);
    for (size_t i = 0; i < run.now.findings.count; i++)
        if (run.now.failed[i] != NULL)
            add_entry(&repair->dropped, *run.now.failed[i]);
    edits_trim(&repair->edits, buf_str(&original->bytes));
    number_lines(repair);
    repair->doc = run.now.doc;
    repair->findings = run.now.findings;
    for (size_t i = 0; i < run.now.findings.count; i++)
        free(run.now.failed[i]);
    free(run.now.failed);
    free(run.now.refused);
    free(run.seen);
    free(run.suspects);
}

/* How many lines lie between a line and those that an entry changed. */
static uint32_t distance(struct repair_lines lines, uint32_t line)
{
    return line < lines.first  ? lines.first - line
           : line > lines.last ? line - lines.last
                               : 0;
}

const char *repair_section(void *context, uint32_t line, unsigned nth)
{
    const struct repair *repair = context;
    /* A diff may show a change some lines off, where lines repeat: the nearest then. */
    uint32_t least = UINT32_MAX;
    for (size_t i = 0; i < repair->applied.count; i++) {
        uint32_t off = distance(repair->lines[i], line);
        least = off < least ? off : least;
    }
    for (size_t i = 0; i < repair->applied.count; i++)
        if (distance(repair->lines[i], line) == least && nth-- == 0)
            return repair->applied.items[i].rule->id;
    return NULL;
}

void repair_release(struct repair *repair)
{
    doc_release(&repair->doc);
    edits_release(&repair->edits);
    findings_release(&repair->findings);
    free(repair->applied.items);
    free(repair->dropped.items);
    free(repair->cycle);
    free(repair->lines);
    arena_release(&repair->arena);
    *repair = (struct repair){0};
}
