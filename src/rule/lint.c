/* SPDX-License-Identifier: Apache-2.0 */
#include "lint.h"

#include "finder.h"
#include "need.h"
#include "print.h"
#include "suppression.h"

enum {
    VALUE_MAX = 120,     /* a value in a message is cut after so many bytes */
    MESSAGE_USUAL = 480, /* bytes that are enough for most messages */
};

static bool names(const struct str *words, size_t count, const struct rule *rule,
                  bool area)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(words[i], str_of(area ? rule->area : rule->id)))
            return true;
    }
    return false;
}

/* By profile and selection. */
static inline bool selects(const struct lint_options *options, const struct rule *rule)
{
    if (options->select_count == 0 && options->ignore_count == 0)
        return rule->profile <= options->profile;
    bool by_id = names(options->select, options->select_count, rule, false);
    bool by_area = names(options->select, options->select_count, rule, true);
    if (options->select_count > 0 && !by_id && !by_area)
        return false;
    if (!by_id && rule->profile > options->profile)
        return false;
    return !names(options->ignore, options->ignore_count, rule, false) &&
           (by_id || !names(options->ignore, options->ignore_count, rule, true));
}

bool lint_wants(const struct lint_options *options, const struct rule *rule)
{
    return selects(options, rule) && rule_concerns(rule, &options->runtimes);
}

static void add_value(const struct node *node, struct buf *out)
{
    size_t start = out->len;
    if (node == NULL) {
        buf_adds(out, STR("(none)"));
        return;
    }
    if (node->type == NODE_STRING)
        buf_add_visible(out, node_text(node)); /* a message ends at a NUL */
    else
        print_json(node, out);
    size_t len = out->len - start;
    if (len <= VALUE_MAX)
        return;
    len = VALUE_MAX;
    while (((unsigned char)out->data[start + len] & 0xC0) == 0x80)
        len--; /* not in the middle of a character */
    out->len = start + len;
    buf_adds(out, STR("…"));
}

/* The text that a mark has for a place in a message; NULL if it has none. */
static const char *mark_text(const struct mark *mark, struct str place)
{
    const struct {
        const char *name;
        const char *text;
    } texts[] = {
        {"place", mark->place},
        {"have", mark->have},
        {"want", mark->want},
        {"more", mark->more},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (str_equal(place, str_of(texts[i].name)))
            return texts[i].text;
    }
    return NULL;
}

/* The message of a rule with its {places} filled in: with the texts of the mark, or the
 * values that relative pointers name. */
static const char *make_message(const struct rule *rule, const struct mark *mark,
                                struct arena *arena)
{
    AUTO_BUF struct buf message = {0};
    buf_reserve(&message, MESSAGE_USUAL);
    for (const char *at = rule->message; *at != '\0';) {
        const char *open = strchrnul(at, '{');
        buf_add(&message, at, (size_t)(open - at));
        const char *close = strchr(open, '}');
        if (*open == '\0' || close == NULL) {
            buf_adds(&message, str_of(open));
            break;
        }
        struct str place = {open + 1, (size_t)(close - open - 1)};
        const char *text = mark_text(mark, place);
        if (place.len > 0 && place.at[0] == ' ') { /* YAML to write, no place */
            buf_add(&message, open, (size_t)(close + 1 - open));
            at = close + 1;
            continue;
        }
        if (text != NULL)
            buf_adds(&message, str_of(text));
        else
            add_value(node_find_relative(mark->node, place), &message);
        at = close + 1;
    }
    return arena_copy(arena, message.data, message.len);
}

/* Whether each of the runtimes is among those that cope (finder.h). */
static bool all_cope(unsigned copes, const struct runtime_set *runtimes)
{
    for (size_t i = 0; i < runtimes->count; i++) {
        if ((copes >> runtimes->items[i].runtime & 1) == 0)
            return false;
    }
    return runtimes->count > 0;
}

/* What the chosen runtimes start and honour is no error, even where the spec forbids it
 * or other runtimes stop. */
static enum level level_of(const struct rule *rule, const struct mark *mark,
                           const struct runtime_set *runtimes)
{
    enum level level = rule->level > mark->lower ? rule->level - mark->lower : LEVEL_NOTE;
    if (level == LEVEL_ERROR &&
        (all_cope(mark->copes, runtimes) || rule_honoured(rule, runtimes)))
        return LEVEL_WARNING;
    return level;
}

static void add_finding(struct findings *findings, const struct rule *rule,
                        const struct lint_options *options, const struct doc *doc,
                        const struct node *root, const struct mark *mark)
{
    const struct node *at = mark->at;
    if (at == NULL)
        at = node_find_relative(mark->node, str_of(rule->at));
    if (at == NULL)
        at = mark->node;
    findings->items = mem_grow(findings->items, findings->count, &findings->capacity,
                               sizeof *findings->items);
    findings->items[findings->count++] = (struct finding){
        .rule = rule,
        .level = level_of(rule, mark, &options->runtimes),
        .root = root,
        .node = mark->node,
        .at = at,
        .span = mark->span.end > 0 ? mark->span : doc_span(doc, at),
        .message = make_message(rule, mark, &findings->arena),
        .section = mark->section,
        .release = mark->since,
        .patch = mark->patch,
        .unsafe = mark->unsafe,
    };
}

/* The release that a document is held against. */
static enum release release_of(const struct node *root, const char *spec_version)
{
    const struct node *declared = node_get(root, STR("ociVersion"));
    struct str version = {0};
    if (spec_version != NULL)
        version = str_of(spec_version);
    else if (declared != NULL && declared->type == NODE_STRING)
        version = node_text(declared);
    return shape_version_parse(version).at;
}

/* What of the spec a finding is about: where nothing more exact is known the first
 * section that its rule sees, in the documents of the version that the document is held
 * against.
 */
static void settle_section(struct finding *finding, enum release release)
{
    const struct rule *rule = finding->rule;
    for (size_t i = 0; i < rule->see_count && finding->section == NULL; i++) {
        if (section_is(rule->see[i]))
            finding->section = rule->see[i];
    }
    if (finding->release < release)
        finding->release = release;
}

static int compare(const void *left, const void *right)
{
    const struct finding *a = left;
    const struct finding *b = right;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    int order = strcmp(a->rule->id, b->rule->id);
    if (order != 0)
        return order;
    return (a->node->span.start > b->node->span.start) -
           (a->node->span.start < b->node->span.start);
}

/* The place of the first mark of a finder, or their number. */
static size_t marks_find(const struct marks *marks, const char *finder)
{
    size_t i = 0;
    while (i < marks->count && strcmp(marks->items[i].finder, finder) != 0)
        i++;
    return i;
}

static bool wants_finder(const struct ruleset *set, const struct lint_options *options)
{
    size_t i = 0;
    while (i < set->count &&
           (set->rules[i]->finder == NULL || !lint_wants(options, set->rules[i])))
        i++;
    return i < set->count;
}

/* What the rules with finders have to say; the finders run once, if one is wanted. */
static void lint_marks(const struct ruleset *set, const struct lint_options *options,
                       const struct search *search, struct query_session *session,
                       struct findings *findings)
{
    struct marks marks = {0};
    if (wants_finder(set, options))
        finders_run(search, &marks);
    for (size_t i = 0; i < set->count && marks.count > 0; i++) {
        const struct rule *rule = set->rules[i];
        if (rule->finder == NULL)
            continue;
        size_t first = marks_find(&marks, rule->finder);
        if (first == marks.count || !lint_wants(options, rule))
            continue;
        for (size_t k = first; k < marks.count; k++) {
            const struct mark *mark = &marks.items[k];
            if (strcmp(mark->finder, rule->finder) == 0 &&
                (rule->when.ops == NULL || query_holds(session, &rule->when, mark->node)))
                add_finding(findings, rule, options, search->doc, search->root, mark);
        }
    }
    marks_release(&marks);
}

/* What one rule with a query has to say. What runtimes make of it is asked of the few
 * that find something. */
static void ask(const struct rule *rule, const struct lint_options *options,
                const struct search *search, struct query_session *session,
                struct nodes *candidates, struct findings *findings)
{
    candidates->count = 0;
    query_find(session, &rule->given, &rule->when, candidates);
    if (candidates->count == 0 || !rule_concerns(rule, &options->runtimes))
        return;
    for (size_t i = 0; i < candidates->count; i++)
        add_finding(findings, rule, options, search->doc, search->root,
                    &(struct mark){.node = candidates->items[i]});
}

/* What the rules with queries have to say. Most are ruled out by their gates. */
static void lint_queries(const struct ruleset *set, const struct lint_options *options,
                         const struct search *search, struct query_session *session,
                         struct findings *findings)
{
    struct nodes candidates = {0};
    const struct texts *texts = &search->doc->texts;
    const struct gates *gates = &set->gates;
    for (size_t i = 0; (i = gates_pass(gates, texts, i)) < gates->count; i++) {
        const struct gate *gate = &gates->items[i];
        const struct rule *rule = set->rules[gate->rule];
        if ((!gate->more || need_met(texts, rule->needs)) && selects(options, rule))
            ask(rule, options, search, session, &candidates, findings);
    }
    for (size_t i = 0; i < set->count && gates->items == NULL; i++) {
        const struct rule *rule = set->rules[i];
        if (rule->finder == NULL && selects(options, rule))
            ask(rule, options, search, session, &candidates, findings);
    }
    nodes_release(&candidates);
}

/* The findings of one document of a file. */
static void lint_root(const struct ruleset *set, const struct lint_options *options,
                      const struct search *search, struct findings *findings)
{
    struct query_session session = {.root = search->root, .texts = &search->doc->texts};
    lint_marks(set, options, search, &session, findings);
    lint_queries(set, options, search, &session, findings);
    query_session_release(&session);
}

/* Takes away what the documents of a file suppress, and adds what there is to say about
 * their suppressions, which cannot be suppressed itself. */
static void suppress(const struct ruleset *set, const struct lint_options *options,
                     struct doc *doc, struct findings *findings)
{
    struct suppressions suppressions = {0};
    struct marks marks = {0};
    suppressions_find(&suppressions, doc);
    if (suppressions.count > 0)
        suppressions_apply(&suppressions, findings);
    for (const struct node *root = doc->root; suppressions.count > 0 && root != NULL;
         root = root->next) {
        struct search search = {.doc = doc, .root = root, .arena = &findings->arena};
        marks.count = 0;
        suppressions_mark(&suppressions, set, options, &search, &marks);
        for (size_t i = 0; i < set->count; i++) {
            const struct rule *rule = set->rules[i];
            for (size_t k = 0; k < marks.count && rule->finder != NULL; k++) {
                if (strcmp(marks.items[k].finder, rule->finder) == 0 &&
                    lint_wants(options, rule))
                    add_finding(findings, rule, options, doc, root, &marks.items[k]);
            }
        }
    }
    marks_release(&marks);
    suppressions_release(&suppressions);
}

void lint(const struct ruleset *set, const struct lint_options *options, struct doc *doc,
          struct findings *findings)
{
    for (const struct node *root = doc->root; root != NULL; root = root->next) {
        struct search search = {
            .doc = doc,
            .root = root,
            .arena = &findings->arena,
            .spec_version = options->spec_version,
            .platforms = options->platforms,
            .bundle = options->bundle,
        };
        lint_root(set, options, &search, findings);
    }
    if (!options->no_suppressions)
        suppress(set, options, doc, findings);
    const struct node *root = NULL;
    enum release release = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        if (finding->root != root)
            release = release_of(finding->root, options->spec_version);
        root = finding->root;
        settle_section(finding, release);
    }
    if (findings->count > 0)
        qsort(findings->items, findings->count, sizeof *findings->items, compare);
}
