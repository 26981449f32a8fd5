/* SPDX-License-Identifier: Apache-2.0 */
#include "baseline.h"

#include "file.h"
#include "print.h"

#include <inttypes.h>

static int compare(const void *left, const void *right)
{
    const struct baseline_entry *a = left;
    const struct baseline_entry *b = right;
    int order = strcmp(a->path, b->path);
    if (order == 0)
        order = strcmp(a->pointer, b->pointer);
    if (order == 0)
        order = strcmp(a->rule, b->rule);
    return order != 0 ? order : (a->value > b->value) - (a->value < b->value);
}

static uint64_t hash_value(const struct node *node)
{
    AUTO_BUF struct buf text = {0};
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    bool entry = node->parent != NULL && node->parent->type == NODE_ARRAY;
    if (node_is_container(node) && !entry)
        buf_adds(&text, str_of(node_type_name(node)));
    else
        print_json(node, &text);
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 1099511628211u;
    return hash;
}

/* The texts of the entry must be in the arena. */
static void add(struct baseline *baseline, struct baseline_entry entry)
{
    baseline->entries = mem_grow(baseline->entries, baseline->count, &baseline->capacity,
                                 sizeof *baseline->entries);
    baseline->entries[baseline->count++] = entry;
}

/* The entry of a finding; its texts are borrowed. */
static struct baseline_entry entry_of(const char *path, const struct finding *finding,
                                      struct buf *pointer)
{
    node_pointer(finding->at, pointer);
    return (struct baseline_entry){
        .path = path,
        .pointer = buf_str(pointer).at,
        .rule = finding->rule->id,
        .value = hash_value(finding->at),
    };
}

void baseline_copy(struct baseline *baseline, const struct baseline_entry *entry)
{
    struct arena *arena = &baseline->arena;
    add(baseline,
        (struct baseline_entry){
            .path = arena_copy(arena, entry->path, strlen(entry->path)),
            .pointer = arena_copy(arena, entry->pointer, strlen(entry->pointer)),
            .rule = arena_copy(arena, entry->rule, strlen(entry->rule)),
            .value = entry->value,
        });
}

void baseline_add(struct baseline *baseline, const char *path,
                  const struct finding *finding)
{
    AUTO_BUF struct buf pointer = {0};
    struct baseline_entry entry = entry_of(path, finding, &pointer);
    baseline_copy(baseline, &entry);
}

void baseline_sort(struct baseline *baseline)
{
    if (baseline->count > 0)
        qsort(baseline->entries, baseline->count, sizeof *baseline->entries, compare);
}

/* The first entry that is not before another one. */
static size_t lower_bound(const struct baseline *baseline,
                          const struct baseline_entry *entry)
{
    size_t low = 0;
    size_t high = baseline->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&baseline->entries[middle], entry) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first entry of a file. */
static size_t first_of(const struct baseline *baseline, const char *path)
{
    struct baseline_entry entry = {.path = path, .pointer = "", .rule = ""};
    return lower_bound(baseline, &entry);
}

/* Takes one entry of a finding that is not taken yet. */
static bool take(const struct baseline *baseline, const char *path,
                 const struct finding *finding, bool *taken, size_t *index)
{
    AUTO_BUF struct buf pointer = {0};
    struct baseline_entry entry = entry_of(path, finding, &pointer);
    size_t first = first_of(baseline, path);
    size_t at = lower_bound(baseline, &entry);
    for (; at < baseline->count && compare(&baseline->entries[at], &entry) == 0; at++) {
        if (taken[at - first])
            continue;
        *index = at;
        return taken[at - first] = true;
    }
    return false;
}

static size_t count_of(const struct baseline *baseline, const char *path)
{
    size_t first = first_of(baseline, path);
    size_t at = first;
    while (at < baseline->count && strcmp(baseline->entries[at].path, path) == 0)
        at++;
    return at - first;
}

void baseline_apply(const struct baseline *baseline, const char *path,
                    struct findings *findings)
{
    size_t count = count_of(baseline, path);
    size_t index;
    if (count == 0)
        return;
    AUTO_FREE bool *taken = mem_alloc(count, sizeof *taken);
    for (size_t i = 0; i < findings->count; i++) {
        if (take(baseline, path, &findings->items[i], taken, &index))
            findings->items[i].by = SUPPRESSED_BY_BASELINE;
    }
    findings_sweep(findings);
}

void baseline_note(struct baseline *baseline, const char *path,
                   const struct findings *findings, const struct ruleset *set,
                   const struct lint_options *options)
{
    size_t first = first_of(baseline, path);
    size_t count = count_of(baseline, path);
    size_t index;
    if (count == 0)
        return;
    for (size_t i = first; i < first + count; i++) {
        struct baseline_entry *entry = &baseline->entries[i];
        const struct rule *rule = ruleset_find(set, str_of(entry->rule));
        entry->seen = rule == NULL || lint_wants(options, rule);
    }
    AUTO_FREE bool *taken = mem_alloc(count, sizeof *taken);
    for (size_t i = 0; i < findings->suppressed_count; i++) {
        const struct finding *finding = &findings->suppressed[i];
        if (finding->by == SUPPRESSED_BY_BASELINE &&
            take(baseline, path, finding, taken, &index))
            baseline->entries[index].used = true;
    }
}

void baseline_print(const struct baseline *baseline, struct buf *out)
{
    buf_adds(out, STR("{\"version\": 1, \"findings\": ["));
    for (size_t i = 0; i < baseline->count; i++) {
        const struct baseline_entry *entry = &baseline->entries[i];
        buf_adds(out, i ? STR(",\n{\"rule\": ") : STR("\n{\"rule\": "));
        print_json_string(str_of(entry->rule), out);
        buf_adds(out, STR(", \"path\": "));
        print_json_string(str_of(entry->path), out);
        buf_adds(out, STR(", \"pointer\": "));
        print_json_string(str_of(entry->pointer), out);
        buf_addf(out, ", \"value\": \"%016" PRIx64 "\"}", entry->value);
    }
    buf_adds(out, STR("\n]}\n"));
}

static bool fail(struct doc *doc, const struct node *node, struct fault *fault)
{
    struct place place = text_place(&doc->text, doc_span(doc, node).start);
    return fault_set_at(fault, place.line, place.column,
                        "this is no baseline of version 1; write it anew with "
                        "--write-baseline");
}

static bool read_hash(struct str text, uint64_t *hash)
{
    char *end;
    if (text.len != 16 || memchr(text.at, '\0', 16) != NULL)
        return false;
    AUTO_FREE char *copy = mem_copy(text.at, text.len);
    *hash = strtoull(copy, &end, 16);
    return *end == '\0';
}

static bool read_entries(struct baseline *baseline, struct doc *doc, struct fault *fault)
{
    static const char *const names[] = {"rule", "path", "pointer"};
    const struct node *version = node_get(doc->root, STR("version"));
    const struct node *list = node_get(doc->root, STR("findings"));
    if (version == NULL || !str_equal(node_text(version), STR("1")) || list == NULL ||
        list->type != NODE_ARRAY)
        return fail(doc, doc->root, fault);
    for (const struct node *item = list->child; item != NULL; item = item->next) {
        const struct node *value = node_get(item, STR("value"));
        uint64_t hash;
        bool whole = value != NULL && read_hash(node_text(value), &hash);
        const char *words[3] = {"", "", ""};
        for (size_t i = 0; i < 3 && whole; i++) {
            const struct node *member = node_get(item, str_of(names[i]));
            whole = member != NULL && member->type == NODE_STRING;
            if (whole)
                words[i] = arena_copy(&baseline->arena, node_text(member).at,
                                      node_text(member).len);
        }
        if (!whole)
            return fail(doc, item, fault);
        add(baseline,
            (struct baseline_entry){words[1], words[2], words[0], hash, false, false});
    }
    baseline_sort(baseline);
    return true;
}

bool baseline_load(struct baseline *baseline, const char *path, struct fault *fault)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf bytes = {0};
    *baseline = (struct baseline){0};
    if (file_read(path, &bytes, NULL, fault) &&
        doc_parse(&doc, path, DOC_JSON, &bytes, fault) &&
        read_entries(baseline, &doc, fault))
        return true;
    fault_set_path(fault, path);
    baseline_release(baseline);
    return false;
}

void baseline_release(struct baseline *baseline)
{
    free(baseline->entries);
    arena_release(&baseline->arena);
    *baseline = (struct baseline){0};
}
