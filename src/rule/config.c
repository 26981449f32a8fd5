/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "file.h"
#include "nearest.h"
#include "wildcard.h"

const struct config_key config_keys[] = {
    {"required-version", "\">=0.1, <2\"",
     "the versions of speclint that may read this file: comparisons (>=, >, <=, <, =) "
     "that must all hold"},
    {"profile", "default|strict|pedantic", "as --profile"},
    {"runtimes", "[runc@1.1.5, crun]", "as --runtime"},
    {"select", "[ID, AREA]", "as --select: only these rules"},
    {"ignore", "[ID, AREA]", "as --ignore: all but these rules"},
    {"levels", "{ID: error|warning|note}", "another level for rules or areas"},
    {"rules", "[DIR]", "folders of more rules, relative to this file"},
    {"overrides", "[{files: …, ignore: …, levels: …}]",
     "what is otherwise for some files, or for some places in them"},
    {NULL, NULL, NULL},
};

const struct config_key config_override_keys[] = {
    {"files", "[GLOB, \"GLOB#/json/pointer\"]",
     "the files, relative to the folder of this file, by globs as in .gitignore; with a "
     "JSON Pointer only what is found there and below"},
    {"ignore", "[ID, AREA]", "rules that find nothing there"},
    {"levels", "{ID: error|warning|note}", "another level for rules or areas there"},
    {"reason", "TEXT", "why, for whoever reads the file next"},
    {NULL, NULL, NULL},
};

struct reader {
    struct config *config;
    struct fault *fault;
};

__attribute__((format(printf, 3, 4))) static bool
fail(struct reader *reader, const struct node *node, const char *format, ...)
{
    AUTO_BUF struct buf message = {0};
    struct doc *doc = &reader->config->doc;
    struct place place = text_place(&doc->text, doc_span(doc, node).start);
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&message, format, arguments);
    va_end(arguments);
    return fault_set_at(reader->fault, place.line, place.column, "%s", message.data);
}

static void *alloc(struct reader *reader, size_t count, size_t size)
{
    void *memory = arena_alloc(&reader->config->arena, (count + 1) * size);
    memset(memory, 0, (count + 1) * size);
    return memory;
}

static bool check_keys(struct reader *reader, const struct node *map,
                       const struct config_key *keys)
{
    for (const struct node *member = map->child; member; member = member->next) {
        AUTO_BUF struct buf name = {0};
        struct nearest nearest = {.word = node_key(member)};
        const struct config_key *key = keys;
        while (key->name != NULL && !str_equal(node_key(member), str_of(key->name)))
            nearest_try(&nearest, key++->name);
        if (member->flags & NODE_DUPLICATE)
            return fail(reader, member, "'%s' stands here a second time", key->name);
        if (key->name != NULL)
            continue;
        buf_add_visible(&name, node_key(member));
        if (nearest.best != NULL)
            return fail(reader, member, "unknown key '%s'; did you mean %s?",
                        buf_str(&name).at, nearest.best);
        for (key = keys; key->name != NULL; key++)
            buf_addf(&name, "%s%s", key == keys ? "'; the keys are " : ", ", key->name);
        return fail(reader, member, "unknown key '%s", buf_str(&name).at);
    }
    return true;
}

/* The values of a list of strings; one string is a list of one. */
static bool check_strings(struct reader *reader, const struct node *node,
                          const struct node **first, size_t *count)
{
    *first = node->type == NODE_ARRAY ? node->child : node;
    *count = node->type == NODE_ARRAY ? node->len : 1;
    const struct node *item = *first;
    for (size_t i = 0; i < *count; i++, item = item->next) {
        struct str text = node_text(item);
        if (item->type != NODE_STRING || text.len == 0)
            return fail(reader, item, "'%.*s' takes a list of strings",
                        (int)node->key_len, node->key);
        if (memchr(text.at, '\0', text.len) != NULL)
            return fail(reader, item, "this string has a NUL in it");
    }
    return true;
}

static bool read_names(struct reader *reader, const struct node *node,
                       struct config_names *names)
{
    const struct node *item;
    size_t count;
    if (node == NULL)
        return true;
    if (!check_strings(reader, node, &item, &count))
        return false;
    names->items = alloc(reader, count, sizeof *names->items);
    for (; names->count < count; item = item->next)
        names->items[names->count++] = (struct config_name){node_text(item), item, 0};
    return true;
}

static bool read_levels(struct reader *reader, const struct node *node,
                        struct config_names *names)
{
    if (node == NULL)
        return true;
    if (node->type != NODE_OBJECT)
        return fail(reader, node, "'levels' takes a map, as in {ID: note}");
    names->items = alloc(reader, node->len, sizeof *names->items);
    for (const struct node *item = node->child; item != NULL; item = item->next) {
        struct config_name *name = &names->items[names->count++];
        *name = (struct config_name){node_key(item), item, 0};
        if (item->flags & NODE_DUPLICATE)
            return fail(reader, item, "'%.*s' stands here a second time",
                        (int)item->key_len, item->key);
        if (item->type != NODE_STRING || !level_parse(node_text(item), &name->level))
            return fail(reader, item,
                        "a level is error, warning or note; to turn a rule off, put it "
                        "in 'ignore'");
    }
    return true;
}

/* "1.2.3" below, equal to or above this speclint, as `order` has it. */
static bool holds(struct str operator, int order)
{
    static const struct {
        const char *name;
        bool below, equal, above;
    } operators[] = {
        {"=", false, true, false}, {"==", false, true, false}, {"<", true, false, false},
        {"<=", true, true, false}, {">", false, false, true},  {">=", false, true, true},
    };
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++) {
        if (str_equal(operator, str_of(operators[i].name)))
            return order < 0   ? operators[i].below
                   : order > 0 ? operators[i].above
                               : operators[i].equal;
    }
    return false;
}

static bool check_version(struct reader *reader, const struct node *node)
{
    uint16_t have[3], want[3];
    if (node == NULL)
        return true;
    struct str rest = node_text(node);
    if (rest.len == 0)
        return fail(reader, node,
                    "'required-version' takes comparisons, as in \">=0.1\"");
    runtime_version_parse(STR(SPECLINT_VERSION), have);
    while (rest.len > 0) {
        const char *comma = memchr(rest.at, ',', rest.len);
        struct str word = {rest.at, comma ? (size_t)(comma - rest.at) : rest.len};
        rest = (struct str){rest.at + word.len + (comma != NULL),
                            rest.len - word.len - (comma != NULL)};
        while (word.len > 0 && word.at[0] == ' ')
            word = (struct str){word.at + 1, word.len - 1};
        struct str operator= {word.at, 0};
        while (operator.len < word.len && memchr("<>=", word.at[operator.len], 3))
            operator.len++;
        struct str number = {word.at + operator.len, word.len - operator.len };
        while (number.len > 0 && number.at[0] == ' ')
            number = (struct str){number.at + 1, number.len - 1};
        while (number.len > 0 && number.at[number.len - 1] == ' ')
            number.len--;
        if (operator.len == 0)
            operator= STR("=");
        if (operator.len> 2 || !runtime_version_parse(number, want))
            return fail(reader, node,
                        "'required-version' takes comparisons, as in \">=0.1, <2\"");
        if (!holds(operator, runtime_compare(have, want)))
            return fail(
                reader, node,
                "this project requires speclint %.*s, and this is " SPECLINT_VERSION,
                (int)node_text(node).len, node_text(node).at);
    }
    return true;
}

static bool read_profile(struct reader *reader, const struct node *node)
{
    struct config *config = reader->config;
    if (node == NULL)
        return true;
    config->has_profile = true;
    return (node->type == NODE_STRING &&
            profile_parse(node_text(node), &config->profile)) ||
           fail(reader, node, "a profile is default, strict or pedantic");
}

static bool read_runtimes(struct reader *reader, const struct node *node)
{
    const struct node *item;
    size_t count;
    if (node == NULL)
        return true;
    if (!check_strings(reader, node, &item, &count))
        return false;
    for (size_t i = 0; i < count; i++, item = item->next) {
        struct fault fault = {0};
        AUTO_FREE char *text = mem_copy(node_text(item).at, node_text(item).len);
        if (!runtime_set_parse(&reader->config->runtimes, text, &fault))
            return fail(reader, item, "%s", fault.text);
    }
    return true;
}

static bool read_rules(struct reader *reader, const struct node *node)
{
    struct config *config = reader->config;
    const struct node *item;
    size_t count;
    if (node == NULL)
        return true;
    if (!check_strings(reader, node, &item, &count))
        return false;
    config->rules = alloc(reader, count, sizeof *config->rules);
    for (; config->rule_count < count; item = item->next)
        config->rules[config->rule_count++] =
            arena_copy(&config->arena, node_text(item).at, node_text(item).len);
    return true;
}

static bool read_places(struct reader *reader, const struct node *node,
                        struct config_override *override)
{
    const struct node *item;
    size_t count;
    if (!check_strings(reader, node, &item, &count))
        return false;
    override->places = alloc(reader, count, sizeof *override->places);
    for (; override->place_count < count; item = item->next) {
        struct config_place *place = &override->places[override->place_count++];
        struct str text = node_text(item);
        const char *sign = memmem(text.at, text.len, "#/", 2);
        size_t len = sign ? (size_t)(sign - text.at) : text.len;
        place->glob = (struct str){text.at, len};
        if (sign != NULL)
            place->pointer = (struct str){sign + 1, text.len - len - 1};
        if (len == 0)
            return fail(reader, item,
                        "there is no glob before the pointer; for all "
                        "files write \"**#/…\"");
    }
    return true;
}

static bool read_override(struct reader *reader, const struct node *node,
                          struct config_override *override)
{
    if (node->type != NODE_OBJECT)
        return fail(reader, node, "an override is a map with 'files'");
    const struct node *files = node_get(node, STR("files"));
    const struct node *reason = node_get(node, STR("reason"));
    if (!check_keys(reader, node, config_override_keys))
        return false;
    if (files == NULL)
        return fail(reader, node, "an override needs 'files'");
    if (reason != NULL && reason->type != NODE_STRING)
        return fail(reader, reason, "'reason' takes a text");
    return read_places(reader, files, override) &&
           read_names(reader, node_get(node, STR("ignore")), &override->ignore) &&
           read_levels(reader, node_get(node, STR("levels")), &override->levels);
}

static bool read_overrides(struct reader *reader, const struct node *node)
{
    struct config *config = reader->config;
    if (node == NULL)
        return true;
    if (node->type != NODE_ARRAY)
        return fail(reader, node, "'overrides' takes a list of maps");
    config->overrides = alloc(reader, node->len, sizeof *config->overrides);
    for (const struct node *item = node->child; item != NULL; item = item->next) {
        if (!read_override(reader, item, &config->overrides[config->override_count++]))
            return false;
    }
    return true;
}

static bool read_config(struct reader *reader)
{
    struct config *config = reader->config;
    const struct node *root = config->doc.root;
    if (root->next != NULL)
        return fail(reader, root->next, "a second document begins here");
    if (root->type != NODE_OBJECT)
        return fail(reader, root, "a configuration is a map, as in profile: strict");
    /* The version first: what a newer speclint reads may be unknown to this one. */
    return check_version(reader, node_get(root, STR("required-version"))) &&
           check_keys(reader, root, config_keys) &&
           read_profile(reader, node_get(root, STR("profile"))) &&
           read_runtimes(reader, node_get(root, STR("runtimes"))) &&
           read_names(reader, node_get(root, STR("select")), &config->select) &&
           read_names(reader, node_get(root, STR("ignore")), &config->ignore) &&
           read_levels(reader, node_get(root, STR("levels")), &config->levels) &&
           read_rules(reader, node_get(root, STR("rules"))) &&
           read_overrides(reader, node_get(root, STR("overrides")));
}

/* Nothing but blank lines and comments. */
static bool is_empty(struct str text)
{
    bool comment = false;
    for (size_t i = 0; i < text.len; i++) {
        bool line_end = text.at[i] == '\n' || text.at[i] == '\r';
        comment = !line_end && (comment || text.at[i] == '#');
        if (!comment && !line_end && text.at[i] != ' ' && text.at[i] != '\t')
            return false;
    }
    return true;
}

bool config_load(struct config *config, const char *path, struct fault *fault)
{
    struct reader reader = {config, fault};
    struct buf bytes = {0};
    *config = (struct config){0};
    config->path = arena_copy(&config->arena, path, strlen(path));
    if (file_read(path, &bytes, NULL, fault) &&
        (is_empty(buf_str(&bytes)) ||
         (doc_parse(&config->doc, config->path, DOC_YAML, &bytes, fault) &&
          read_config(&reader)))) {
        buf_release(&bytes);
        return true;
    }
    buf_release(&bytes);
    fault_set_path(fault, path);
    config_release(config);
    return false;
}

static bool check_names(struct reader *reader, const struct config_names *names,
                        const struct ruleset *set)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct config_name *name = &names->items[i];
        AUTO_BUF struct buf text = {0};
        const char *nearest;
        if (ruleset_knows(set, name->text, &nearest))
            continue;
        buf_add_visible(&text, name->text);
        fault_set_path(reader->fault, reader->config->path);
        if (nearest != NULL)
            return fail(reader, name->node,
                        "there is no rule or area '%s'; did you mean %s?", text.data,
                        nearest);
        return fail(reader, name->node,
                    "there is no rule or area '%s'; speclint rules lists them",
                    buf_str(&text).at);
    }
    return true;
}

bool config_check(struct config *config, const struct ruleset *set, struct fault *fault)
{
    struct reader reader = {config, fault};
    bool all = check_names(&reader, &config->select, set) &&
               check_names(&reader, &config->ignore, set) &&
               check_names(&reader, &config->levels, set);
    for (size_t i = 0; i < config->override_count && all; i++)
        all = check_names(&reader, &config->overrides[i].ignore, set) &&
              check_names(&reader, &config->overrides[i].levels, set);
    return all;
}

/* What a list says of a rule, by its id or else its area; NULL if nothing. */
static const struct config_name *find(const struct config_names *names,
                                      const struct rule *rule)
{
    const struct config_name *found = NULL;
    for (size_t i = 0; i < names->count; i++) {
        if (str_equal(names->items[i].text, str_of(rule->id)))
            return &names->items[i];
        if (str_equal(names->items[i].text, str_of(rule->area)))
            found = &names->items[i];
    }
    return found;
}

static bool is_below(struct str pointer, struct str top)
{
    return pointer.len >= top.len && memcmp(pointer.at, top.at, top.len) == 0 &&
           (pointer.len == top.len || pointer.at[top.len] == '/');
}

static bool concerns(const struct config_override *override, struct str path,
                     const struct finding *finding)
{
    AUTO_BUF struct buf pointer = {0};
    node_pointer(finding->at, &pointer);
    for (size_t i = 0; i < override->place_count; i++) {
        const struct config_place *place = &override->places[i];
        if ((place->pointer.len == 0 || is_below(buf_str(&pointer), place->pointer)) &&
            glob_covers(place->glob, path))
            return true;
    }
    return false;
}

/* How many levels below its rule's a finding speaks stays as it is. */
static void set_level(struct finding *finding, enum level level)
{
    unsigned lower = finding->rule->level - finding->level;
    finding->level = level > lower ? level - lower : LEVEL_NOTE;
}

void config_apply(const struct config *config, const char *path, bool no_ignores,
                  struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        const struct rule *rule = finding->rule;
        const struct config_name *level = find(&config->levels, rule);
        for (size_t k = 0; k < config->override_count; k++) {
            const struct config_override *override = &config->overrides[k];
            const struct config_name *own = find(&override->levels, rule);
            bool ignored = !no_ignores && find(&override->ignore, rule) != NULL;
            if ((own == NULL && !ignored) || !concerns(override, str_of(path), finding))
                continue;
            level = own != NULL ? own : level;
            if (ignored)
                finding->by = SUPPRESSED_BY_CONFIG;
        }
        if (level != NULL)
            set_level(finding, level->level);
    }
    findings_sweep(findings);
}

void config_release(struct config *config)
{
    doc_release(&config->doc);
    arena_release(&config->arena);
    *config = (struct config){0};
}
