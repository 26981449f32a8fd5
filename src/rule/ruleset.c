/* SPDX-License-Identifier: Apache-2.0 */
#include "nearest.h"
#include "rule_file.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

static size_t place_of(const struct ruleset *set, struct str id)
{
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(str_of(set->rules[middle]->id), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void reserve(struct ruleset *set, size_t capacity)
{
    set->capacity = capacity;
    set->rules = mem_resize(set->rules, capacity, sizeof *set->rules);
}

/* Makes room for a rule; those from there on move. */
static void open_place(struct ruleset *set, size_t place)
{
    size_t moved = set->count - place;
    if (set->count == set->capacity)
        reserve(set, set->capacity > 0 ? set->capacity * 2 : 8);
    memmove(set->rules + place + 1, set->rules + place, moved * sizeof *set->rules);
    set->count++;
}

static void add(struct ruleset *set, const struct rule *rule)
{
    size_t place = place_of(set, str_of(rule->id));
    if (place == set->count || strcmp(set->rules[place]->id, rule->id) != 0)
        open_place(set, place);
    set->rules[place] = rule;
}

static void make_gates(struct ruleset *set)
{
    free(set->own_gates);
    set->gates = gates_make(set->rules, set->count);
    set->own_gates = (struct gate *)set->gates.items;
}

void ruleset_add_builtin(struct ruleset *set)
{
    /* They are sorted already. */
    assert(set->count == 0);
    reserve(set, rule_builtin_count);
    memcpy(set->rules, rule_builtin, rule_builtin_count * sizeof *set->rules);
    set->count = rule_builtin_count;
    set->gates = rule_builtin_gates;
}

static bool add_file(struct ruleset *set, const char *path, struct fault *fault)
{
    struct rule_file *file = mem_alloc(1, sizeof *file);
    if (!rule_file_load(file, path, fault)) {
        free(file);
        return false;
    }
    file->next = set->files;
    set->files = file;
    add(set, &file->rule);
    return true;
}

static bool is_rule_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

/* Adds the rules of a folder and those below, in the order of their names. */
static bool add_folder(struct ruleset *set, const char *folder, size_t *found,
                       struct fault *fault)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    bool all = true;
    if (count < 0) {
        fault_set_path(fault, folder);
        return fault_set(fault, "the folder of rules cannot be read: %s",
                         strerror(errno));
    }
    for (int i = 0; i < count; i++) {
        AUTO_FREE struct dirent *entry = entries[i];
        AUTO_BUF struct buf path = {0};
        struct stat status;
        if (!all || entry->d_name[0] == '.')
            continue;
        buf_addf(&path, "%s/%s", folder, entry->d_name);
        /* A link to a folder is not followed: it may lead back here. */
        if (lstat(path.data, &status) == 0 && S_ISDIR(status.st_mode)) {
            all = add_folder(set, path.data, found, fault);
        } else if (is_rule_name(entry->d_name)) {
            all = add_file(set, path.data, fault);
            (*found)++;
        }
    }
    free(entries);
    return all;
}

bool ruleset_add_folder(struct ruleset *set, const char *folder, struct fault *fault)
{
    size_t found = 0;
    struct stat status;
    bool alone = stat(folder, &status) == 0 && S_ISREG(status.st_mode);
    bool read =
        alone ? add_file(set, folder, fault) : add_folder(set, folder, &found, fault);
    make_gates(set); /* the rules before a faulty one have come in */
    if (!read)
        return false;
    if (!alone && found == 0) {
        fault_set_path(fault, folder);
        return fault_set(fault, "there is no rule (a file NAME.yaml) in this folder");
    }
    return true;
}

const struct rule *ruleset_find(const struct ruleset *set, struct str id)
{
    size_t place = place_of(set, id);
    if (place < set->count && str_equal(str_of(set->rules[place]->id), id))
        return set->rules[place];
    return NULL;
}

bool ruleset_knows(const struct ruleset *set, struct str word, const char **nearest)
{
    struct nearest search = {.word = word};
    *nearest = NULL;
    if (ruleset_find(set, word) != NULL)
        return true;
    for (size_t i = 0; i < set->count; i++) {
        if (str_equal(str_of(set->rules[i]->area), word))
            return true;
        nearest_try(&search, set->rules[i]->id);
        nearest_try(&search, set->rules[i]->area);
    }
    *nearest = search.best;
    return false;
}

void ruleset_release(struct ruleset *set)
{
    while (set->files != NULL) {
        struct rule_file *next = set->files->next;
        rule_file_release(set->files);
        free(set->files);
        set->files = next;
    }
    free(set->rules);
    free(set->own_gates);
    *set = (struct ruleset){0};
}
