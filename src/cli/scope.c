/* SPDX-License-Identifier: Apache-2.0 */
#include "scope.h"

#include "print.h"
#include "repository.h"

#include <unistd.h>

void scopes_init(struct scopes *scopes, const struct settings *settings)
{
    *scopes = (struct scopes){.settings = settings, .current = getcwd(NULL, 0)};
    if (scopes->current == NULL) /* it was removed: nothing is below it */
        scopes->current = mem_copy("", 0);
}

static void scope_release(struct scope *scope)
{
    config_release(&scope->config);
    ruleset_release(&scope->rules);
    free(scope->lint.select);
    free(scope->lint.ignore);
    free(scope->path);
    free(scope->base);
    free(scope);
}

/* A path as a person in the current folder would write it. */
static const char *as_seen(const struct scopes *scopes, const char *path)
{
    bool below = path_is_below(scopes->current, path) && scopes->current[0] != '\0';
    return below && strcmp(scopes->current, path) != 0 ? path_below(scopes->current, path)
                                                       : path;
}

/* Adds the words of the command line, or those of the configuration. */
static void add_words(struct str **words, size_t *count, const struct str *given,
                      size_t given_count, const struct config_names *names)
{
    size_t capacity = *count;
    for (size_t i = 0; i < given_count; i++) {
        *words = mem_grow(*words, *count, &capacity, sizeof **words);
        (*words)[(*count)++] = given[i];
    }
    for (size_t i = 0; names != NULL && i < names->count; i++) {
        *words = mem_grow(*words, *count, &capacity, sizeof **words);
        (*words)[(*count)++] = names->items[i].text;
    }
}

/* --select says all of what is to speak, so nothing of the file's two lists is left;
 * --ignore takes more away. */
static void merge(struct scope *scope, const struct settings *settings)
{
    const struct lint_options *given = &settings->lint;
    const struct config *config = &scope->config;
    bool select_given = given->select_count > 0;
    scope->lint = *given;
    scope->lint.select = scope->lint.ignore = NULL;
    scope->lint.select_count = scope->lint.ignore_count = 0;
    add_words(&scope->lint.select, &scope->lint.select_count, given->select,
              given->select_count, select_given ? NULL : &config->select);
    add_words(&scope->lint.ignore, &scope->lint.ignore_count, given->ignore,
              given->ignore_count, select_given ? NULL : &config->ignore);
    if (!settings->profile_given && config->has_profile)
        scope->lint.profile = config->profile;
    if (!settings->runtimes_given && config->runtimes.count > 0)
        scope->lint.runtimes = config->runtimes;
    if (settings->no_ignores)
        scope->lint.no_suppressions = true;
}

static bool load_rules(struct scope *scope, const struct scopes *scopes,
                       struct fault *fault)
{
    const struct settings *settings = scopes->settings;
    ruleset_add_builtin(&scope->rules);
    for (size_t i = 0; i < scope->config.rule_count; i++) {
        AUTO_BUF struct buf folder = {0};
        if (scope->config.rules[i][0] == '/')
            buf_adds(&folder, str_of(scope->config.rules[i]));
        else
            path_join(scope->base, scope->config.rules[i], &folder);
        if (!ruleset_add_folder(&scope->rules, as_seen(scopes, folder.data), fault))
            return false;
    }
    for (size_t i = 0; i < settings->rule_folder_count; i++) {
        if (!ruleset_add_folder(&scope->rules, settings->rule_folders[i], fault))
            return false;
    }
    return true;
}

/* Makes the scope of a configuration, or of none. */
static struct scope *make(struct scopes *scopes, const char *path, const char *base,
                          struct fault *fault)
{
    struct scope *scope = mem_alloc(1, sizeof *scope);
    scope->base = mem_copy(base, strlen(base));
    if (path != NULL)
        scope->path = mem_copy(path, strlen(path));
    if ((path != NULL && !config_load(&scope->config, path, fault)) ||
        !load_rules(scope, scopes, fault) ||
        !config_check(&scope->config, &scope->rules, fault)) {
        scope_release(scope);
        return NULL;
    }
    merge(scope, scopes->settings);
    scopes->items =
        mem_grow(scopes->items, scopes->count, &scopes->capacity, sizeof *scopes->items);
    return scopes->items[scopes->count++] = scope;
}

/* The one scope without a configuration. */
static struct scope *plain(struct scopes *scopes, struct fault *fault)
{
    for (size_t i = 0; i < scopes->count; i++) {
        if (scopes->items[i]->path == NULL)
            return scopes->items[i];
    }
    return make(scopes, NULL, scopes->current, fault);
}

static size_t place_of(const struct scopes *scopes, const char *folder)
{
    size_t low = 0;
    size_t high = scopes->folder_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(scopes->folders[middle].path, folder) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The scope of a folder that was looked up before; NULL if it was not. */
static struct scope *look_up(const struct scopes *scopes, const char *folder)
{
    size_t place = place_of(scopes, folder);
    bool known =
        place < scopes->folder_count && strcmp(scopes->folders[place].path, folder) == 0;
    return known ? scopes->folders[place].scope : NULL;
}

static struct scope *keep(struct scopes *scopes, const char *folder, struct scope *scope)
{
    size_t place = place_of(scopes, folder);
    scopes->folders = mem_grow(scopes->folders, scopes->folder_count,
                               &scopes->folder_capacity, sizeof *scopes->folders);
    memmove(scopes->folders + place + 1, scopes->folders + place,
            (scopes->folder_count - place) * sizeof *scopes->folders);
    scopes->folders[place] =
        (struct scope_folder){mem_copy(folder, strlen(folder)), scope};
    scopes->folder_count++;
    return scope;
}

/* The nearest configuration from a folder up to `top`. */
static struct scope *find(struct scopes *scopes, const char *folder, const char *top,
                          struct fault *fault)
{
    AUTO_BUF struct buf path = {0};
    struct scope *scope = look_up(scopes, folder);
    if (scope != NULL)
        return scope;
    path_join(folder, CONFIG_NAME, &path);
    if (path_exists(path.data)) {
        scope = make(scopes, as_seen(scopes, path.data), folder, fault);
    } else if (strcmp(folder, top) == 0) {
        scope = plain(scopes, fault);
    } else {
        path_up(&path);
        path_up(&path);
        scope = find(scopes, path.data, top, fault);
    }
    return scope != NULL ? keep(scopes, folder, scope) : NULL;
}

const struct scope *scopes_find(struct scopes *scopes, const char *folder,
                                struct fault *fault)
{
    const struct settings *settings = scopes->settings;
    AUTO_BUF struct buf top = {0};
    if (settings->config != NULL)
        return scopes->count > 0 ? scopes->items[0]
                                 : make(scopes, settings->config, scopes->current, fault);
    if (settings->isolated)
        return plain(scopes, fault);
    const struct scope *known = look_up(scopes, folder);
    if (known != NULL)
        return known;
    if (repository_find(folder, &top))
        return find(scopes, folder, top.data, fault);
    bool below = path_is_below(scopes->current, folder);
    return find(scopes, folder, below ? scopes->current : folder, fault);
}

static bool check_words(const struct scopes *scopes, const struct str *words,
                        size_t count, const char *option, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        bool known = false;
        const char *nearest = NULL;
        for (size_t k = 0; k < scopes->count && !known; k++)
            known = ruleset_knows(&scopes->items[k]->rules, words[i], &nearest);
        if (!known && nearest != NULL)
            return fault_set(fault,
                             "%s: there is no rule or area '%.*s'; did you mean %s?",
                             option, (int)words[i].len, words[i].at, nearest);
        if (!known)
            return fault_set(
                fault, "%s: there is no rule or area '%.*s'; speclint rules lists them",
                option, (int)words[i].len, words[i].at);
    }
    return true;
}

bool scopes_check(struct scopes *scopes, struct fault *fault)
{
    const struct lint_options *lint = &scopes->settings->lint;
    if (scopes->count == 0 && plain(scopes, fault) == NULL)
        return false;
    return check_words(scopes, lint->select, lint->select_count, "--select", fault) &&
           check_words(scopes, lint->ignore, lint->ignore_count, "--ignore", fault);
}

void scopes_release(struct scopes *scopes)
{
    for (size_t i = 0; i < scopes->count; i++)
        scope_release(scopes->items[i]);
    for (size_t i = 0; i < scopes->folder_count; i++)
        free(scopes->folders[i].path);
    free(scopes->items);
    free(scopes->folders);
    free(scopes->current);
    *scopes = (struct scopes){0};
}

static void show_words(const char *name, const struct str *words, size_t count,
                       struct buf *out)
{
    if (count == 0)
        return;
    buf_addf(out, "%s: [", name);
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%s%.*s", i ? ", " : "", (int)words[i].len, words[i].at);
    buf_adds(out, STR("]\n"));
}

static void show_names(const char *name, const struct config_names *names, bool levels,
                       struct buf *out)
{
    if (names->count == 0)
        return;
    buf_addf(out, "%s: %c", name, levels ? '{' : '[');
    for (size_t i = 0; i < names->count; i++) {
        const struct config_name *item = &names->items[i];
        buf_addf(out, "%s%.*s", i ? ", " : "", (int)item->text.len, item->text.at);
        if (levels)
            buf_addf(out, ": %s", level_name(item->level));
    }
    buf_addf(out, "%c\n", levels ? '}' : ']');
}

static void show_override(const struct config_override *override, struct buf *out)
{
    buf_adds(out, STR("  - files: ["));
    for (size_t i = 0; i < override->place_count; i++) {
        const struct config_place *place = &override->places[i];
        AUTO_BUF struct buf text = {0};
        buf_adds(&text, place->glob);
        if (place->pointer.len > 0) {
            buf_addc(&text, '#');
            buf_adds(&text, place->pointer);
        }
        buf_adds(out, i ? STR(", ") : STR(""));
        print_json_string(buf_str(&text), out);
    }
    buf_adds(out, STR("]\n"));
    show_names("    ignore", &override->ignore, false, out);
    show_names("    levels", &override->levels, true, out);
}

void scope_show(const struct scope *scope, struct buf *out)
{
    const struct lint_options *lint = &scope->lint;
    size_t rules = 0;
    for (size_t i = 0; i < scope->rules.count; i++)
        rules += lint_wants(lint, scope->rules.rules[i]);
    buf_adds(out, STR("# "));
    buf_add_visible(out, str_of(scope->path ? scope->path : "no configuration"));
    buf_addf(out, "\n# %zu of %zu rules speak\nprofile: %s\nruntimes: [", rules,
             scope->rules.count, profile_name(lint->profile));
    for (size_t i = 0; i < lint->runtimes.count; i++) {
        buf_adds(out, i ? STR(", ") : STR(""));
        runtime_format(lint->runtimes.items[i], out);
    }
    buf_adds(out, STR("]\n"));
    show_words("select", lint->select, lint->select_count, out);
    show_words("ignore", lint->ignore, lint->ignore_count, out);
    show_names("levels", &scope->config.levels, true, out);
    for (size_t i = 0; i < scope->config.rule_count; i++) {
        buf_adds(out, i ? STR(", ") : STR("rules: ["));
        print_json_string(str_of(scope->config.rules[i]), out);
        buf_adds(out, i + 1 == scope->config.rule_count ? STR("]\n") : STR(""));
    }
    for (size_t i = 0; i < scope->config.override_count; i++) {
        buf_adds(out, i ? STR("") : STR("overrides:\n"));
        show_override(&scope->config.overrides[i], out);
    }
}
