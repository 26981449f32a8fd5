/* SPDX-License-Identifier: Apache-2.0 */
#include "rule_file.h"

#include "finder.h"
#include "need.h"
#include "print.h"
#include "stage.h"

#include <stdio.h>

struct reader {
    struct doc *doc;
    struct arena *arena;
    struct rule *rule;
    struct fault *fault;
};

__attribute__((format(printf, 3, 4))) static bool
fail(struct reader *reader, const struct node *node, const char *format, ...)
{
    AUTO_BUF struct buf message = {0};
    struct place place =
        text_place(&reader->doc->text, doc_span(reader->doc, node).start);
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&message, format, arguments);
    va_end(arguments);
    return fault_set_at(reader->fault, place.line, place.column, "%s", message.data);
}

/* Refuses members of `object` that are not among the NULL-terminated names. */
static bool check_members(struct reader *reader, const struct node *object,
                          const char *what, const char *const *names)
{
    if (object->type != NODE_OBJECT)
        return fail(reader, object, "%s must be a map", what);
    for (const struct node *member = object->child; member; member = member->next) {
        const char *const *name = names;
        while (*name != NULL && !str_equal(node_key(member), str_of(*name)))
            name++;
        if (*name == NULL)
            return fail(reader, member, "%s has no member '%.*s'", what,
                        (int)member->key_len, member->key);
        if (member->flags & NODE_DUPLICATE)
            return fail(reader, member, "'%s' stands here a second time", *name);
    }
    return true;
}

static bool take_string(struct reader *reader, const struct node *node, const char **text)
{
    struct str value = node_text(node);
    if (node->type != NODE_STRING)
        return fail(reader, node, "this must be a string, not %s", node_type_name(node));
    if (memchr(value.at, '\0', value.len) != NULL)
        return fail(reader, node, "this string has a NUL in it");
    while (value.len > 0 && value.at[value.len - 1] == '\n')
        value.len--; /* of a block scalar */
    *text = arena_copy(reader->arena, value.at, value.len);
    return true;
}

enum need {
    OPTIONAL,
    REQUIRED,
};

/* The string member `name`; `*text` stays as it is where an optional one is not there. */
static bool get_string(struct reader *reader, const struct node *object, const char *name,
                       enum need need, const char **text)
{
    const struct node *member = node_get(object, str_of(name));
    if (member == NULL)
        return need == OPTIONAL || fail(reader, object, "'%s' is missing", name);
    if (!take_string(reader, member, text))
        return false;
    if (need == REQUIRED && (*text)[0] == '\0')
        return fail(reader, member, "'%s' is empty", name);
    return true;
}

static bool get_query(struct reader *reader, const struct node *node,
                      enum query_kind kind, struct query *query)
{
    struct fault fault = {0};
    if (node->type != NODE_STRING)
        return fail(reader, node, "this must be a string that holds a query");
    struct str text = node_text(node);
    while (text.len > 0 && text.at[text.len - 1] == '\n')
        text.len--;
    if (!query_parse(query, text, kind, &fault))
        return fail(reader, node, "'%.*s', column %u of the query: %s",
                    (int)node->key_len, node->key, fault.column, fault.text);
    return true;
}

static const char *json_text(struct reader *reader, const struct node *node)
{
    AUTO_BUF struct buf text = {0};
    print_json(node, &text);
    return arena_copy(reader->arena, text.data, text.len);
}

static bool read_runtime_key(struct reader *reader, const struct node *member,
                             struct rule_claim *claim)
{
    struct str key = node_key(member);
    struct str version = {0};
    for (size_t i = 0; i < key.len; i++) {
        if (key.at[i] != '<' && key.at[i] != '>')
            continue;
        claim->below = key.at[i];
        version = (struct str){key.at + i + 1, key.len - i - 1};
        if (claim->below == '>') {
            if (version.len == 0 || version.at[0] != '=')
                return fail(reader, member,
                            "a range is written NAME<VERSION or NAME>=VERSION");
            version = (struct str){version.at + 1, version.len - 1};
        }
        key.len = i;
    }
    if (!runtime_parse(key, &claim->runtime))
        return fail(reader, member, "'%.*s' is no runtime; use runc, crun or youki",
                    (int)key.len, key.at);
    if (claim->below != 0 && !runtime_version_parse(version, claim->version))
        return fail(reader, member, "'%.*s' is no version", (int)version.len, version.at);
    return true;
}

static bool read_claim(struct reader *reader, const struct node *member,
                       struct rule_claim *claim)
{
    static const char *const names[] = {"does", "seen", "source", "as", NULL};
    const char *does = "";
    *claim = (struct rule_claim){.seen = "", .source = "", .as = ""};
    if (!read_runtime_key(reader, member, claim) ||
        !check_members(reader, member, "a runtime", names) ||
        !get_string(reader, member, "does", REQUIRED, &does) ||
        !get_string(reader, member, "seen", OPTIONAL, &claim->seen) ||
        !get_string(reader, member, "source", OPTIONAL, &claim->source) ||
        !get_string(reader, member, "as", OPTIONAL, &claim->as))
        return false;
    if (!claim_parse(str_of(does), &claim->does))
        return fail(reader, node_get(member, STR("does")),
                    "'%s' is not one of honours, adapts, ignores, refuses", does);
    if (claim->seen[0] == '\0' && claim->source[0] == '\0')
        return fail(reader, member,
                    "a claim needs 'seen' (versions it was run on) or 'source' (where it "
                    "was read)");
    return true;
}

static bool read_claims(struct reader *reader, const struct node *node)
{
    if (node == NULL)
        return true;
    if (node->type != NODE_OBJECT)
        return fail(reader, node, "'runtimes' must be a map");
    struct rule_claim *claims =
        arena_alloc(reader->arena, (node->len + 1) * sizeof *claims);
    for (const struct node *member = node->child; member; member = member->next) {
        if (member->flags & NODE_DUPLICATE)
            return fail(reader, member, "'%.*s' stands here a second time",
                        (int)member->key_len, member->key);
        if (!read_claim(reader, member, &claims[member->index]))
            return false;
    }
    reader->rule->claims = claims;
    reader->rule->claim_count = node->len;
    return true;
}

static bool read_op(struct reader *reader, const struct node *node, struct rule_op *op)
{
    static const char *const names[] = {"op",   "path",   "from", "value",
                                        "when", "safety", NULL};
    const char *kind = "";
    const char *safety = "safe";
    const char *path = NULL;
    *op = (struct rule_op){0};
    if (!check_members(reader, node, "an operation", names) ||
        !get_string(reader, node, "op", REQUIRED, &kind) ||
        !get_string(reader, node, "from", OPTIONAL, &op->from) ||
        !get_string(reader, node, "safety", OPTIONAL, &safety))
        return false;
    op->unsafe = strcmp(safety, "unsafe") == 0;
    if (!op->unsafe && strcmp(safety, "safe") != 0)
        return fail(reader, node_get(node, STR("safety")),
                    "the safety of an operation is safe or unsafe, not '%s'", safety);
    if (!op_parse(str_of(kind), &op->kind))
        return fail(reader, node_get(node, STR("op")), "'%s' is no operation of RFC 6902",
                    kind);
    const struct node *where = node_get(node, STR("path"));
    if (where == NULL)
        return fail(reader, node, "'path' is missing");
    if (!take_string(reader, where, &path))
        return false;
    if (path[0] == '@') {
        if (!get_query(reader, where, QUERY_RELATIVE, &op->query_path))
            return false;
    } else if (path[0] != '\0' && path[0] != '/') {
        return fail(
            reader, where,
            "'path' must be a JSON Pointer (RFC 6901) or a query that begins with @");
    } else {
        op->path = path;
    }
    const struct node *when = node_get(node, STR("when"));
    if (when != NULL && !get_query(reader, when, QUERY_LOGICAL, &op->when))
        return false;
    bool wants_from = op->kind == OP_MOVE || op->kind == OP_COPY;
    bool wants_value =
        op->kind == OP_ADD || op->kind == OP_REPLACE || op->kind == OP_TEST;
    const struct node *value = node_get(node, STR("value"));
    if (wants_from != (op->from != NULL))
        return fail(reader, node, "'%s' %s 'from'", kind,
                    wants_from ? "needs" : "takes no");
    if (op->from != NULL && op->from[0] != '\0' && op->from[0] != '/')
        return fail(reader, node_get(node, STR("from")),
                    "'from' must be a JSON Pointer (RFC 6901)");
    if (wants_value != (value != NULL))
        return fail(reader, node, "'%s' %s 'value'", kind,
                    wants_value ? "needs" : "takes no");
    if (value != NULL)
        op->value = json_text(reader, value);
    return true;
}

static bool read_patch(struct reader *reader, const struct node *node,
                       struct rule_patch *patch)
{
    if (node->type != NODE_ARRAY || node->len == 0)
        return fail(reader, node, "a patch must be a list of operations");
    struct rule_op *ops = arena_alloc(reader->arena, node->len * sizeof *ops);
    memset(ops, 0, node->len * sizeof *ops);
    *patch =
        (struct rule_patch){ops, node->len}; /* first, so that queries are released */
    for (const struct node *child = node->child; child; child = child->next) {
        if (!read_op(reader, child, &ops[child->index]))
            return false;
    }
    return true;
}

static bool read_patches(struct reader *reader, const struct node *node,
                         struct rule_fix *fix)
{
    if (node == NULL || node->type != NODE_ARRAY || node->len == 0)
        return fail(reader, node ? node : reader->doc->root,
                    "a fix needs 'patch', a list of operations (RFC 6902)");
    bool many = node->child->type == NODE_ARRAY;
    size_t count = many ? node->len : 1;
    struct rule_patch *patches = arena_alloc(reader->arena, count * sizeof *patches);
    memset(patches, 0, count * sizeof *patches);
    fix->patches = patches;
    fix->count = count;
    if (!many)
        return read_patch(reader, node, patches);
    for (const struct node *child = node->child; child; child = child->next) {
        if (!read_patch(reader, child, &patches[child->index]))
            return false;
    }
    return true;
}

static bool read_fix(struct reader *reader, const struct node *node)
{
    static const char *const names[] = {"title", "safety", "patch", NULL};
    const char *safety = "";
    if (node == NULL)
        return true;
    struct rule_fix *fix = arena_alloc(reader->arena, sizeof *fix);
    *fix = (struct rule_fix){0};
    reader->rule->fix = fix;
    if (!check_members(reader, node, "a fix", names) ||
        !get_string(reader, node, "title", REQUIRED, &fix->title) ||
        !get_string(reader, node, "safety", REQUIRED, &safety))
        return false;
    if (!safety_parse(str_of(safety), &fix->safety))
        return fail(reader, node_get(node, STR("safety")),
                    "'%s' is not one of safe, unsafe, suggestion", safety);
    const struct node *patch = node_get(node, STR("patch"));
    if (patch == NULL && reader->rule->finder != NULL)
        return true; /* each mark of the finder has its own, or none */
    return read_patches(reader, patch, fix);
}

static bool read_see(struct reader *reader, const struct node *node)
{
    if (node == NULL)
        return true;
    if (node->type != NODE_ARRAY)
        return fail(reader, node, "'see' must be a list of strings");
    const char **see = arena_alloc(reader->arena, (node->len + 1) * sizeof *see);
    for (const struct node *child = node->child; child; child = child->next) {
        if (!take_string(reader, child, &see[child->index]))
            return false;
    }
    reader->rule->see = see;
    reader->rule->see_count = node->len;
    return true;
}

/* The files that an example has in its bundle or on the machine. */
static bool read_files(struct reader *reader, const struct node *node, const char **text)
{
    if (node == NULL)
        return true;
    if (node->type != NODE_OBJECT)
        return fail(reader, node, "'%.*s' must be a map of paths", (int)node->key_len,
                    node->key);
    for (const struct node *file = node->child; file; file = file->next) {
        if (!stage_takes(node_key(file)))
            return fail(reader, file, "'%.*s' is no plain relative path",
                        (int)file->key_len, file->key);
        if (file->type != NODE_STRING)
            return fail(reader, file,
                        "a file is given as dir, file, program, private program, "
                        "'program: TEXT', "
                        "'-> TARGET' or its text");
    }
    *text = json_text(reader, node);
    return true;
}

static bool read_example(struct reader *reader, const struct node *node,
                         struct rule_example *example)
{
    static const char *const names[] = {"bad", "good", "bundle", "host", "probe", NULL};
    const struct node *bad = node_get(node, STR("bad"));
    const struct node *good = node_get(node, STR("good"));
    const char *probe = NULL; /* for tests/truth/claims.py, and nobody else */
    if (!check_members(reader, node, "an example", names) ||
        !get_string(reader, node, "probe", OPTIONAL, &probe))
        return false;
    if (bad == NULL)
        return fail(reader, node, "an example needs 'bad'");
    if (good == NULL && reader->rule->fix != NULL && reader->rule->fix->count > 0)
        return fail(reader, node, "an example of a rule with a fix needs 'good'");
    example->bad = json_text(reader, bad);
    example->good = good ? json_text(reader, good) : NULL;
    example->bundle = example->host = NULL;
    return read_files(reader, node_get(node, STR("bundle")), &example->bundle) &&
           read_files(reader, node_get(node, STR("host")), &example->host);
}

static bool read_examples(struct reader *reader, const struct node *node)
{
    if (node == NULL || node->type != NODE_ARRAY || node->len == 0)
        return fail(
            reader, node ? node : reader->doc->root,
            "'examples' is missing: a list of {bad, good} that are the rule's tests");
    struct rule_example *examples =
        arena_alloc(reader->arena, node->len * sizeof *examples);
    for (const struct node *child = node->child; child; child = child->next) {
        if (!read_example(reader, child, &examples[child->index]))
            return false;
    }
    reader->rule->examples = examples;
    reader->rule->example_count = node->len;
    return true;
}

/* What the rule finds: `given` and `when`, or the name of a finder in C. */
static bool read_target(struct reader *reader, const struct node *root)
{
    const struct node *given = node_get(root, STR("given"));
    const struct node *when = node_get(root, STR("when"));
    struct rule *rule = reader->rule;
    if (!get_string(reader, root, "finder", OPTIONAL, &rule->finder))
        return false;
    if ((given == NULL) == (rule->finder == NULL))
        return fail(reader, root, "a rule has either 'given' or 'finder'");
    if (rule->finder != NULL && !finder_exists(rule->finder))
        return fail(reader, node_get(root, STR("finder")), "there is no finder '%s'",
                    rule->finder);
    if (given != NULL && !get_query(reader, given, QUERY_PATH, &rule->given))
        return false;
    if (when != NULL && !get_query(reader, when, QUERY_LOGICAL, &rule->when))
        return false;
    uint32_t needs[NEED_MAX];
    size_t len = query_needs(&rule->given, &rule->when, needs);
    uint32_t *copy = arena_alloc(reader->arena, len * sizeof *copy);
    memcpy(copy, needs, len * sizeof *copy);
    rule->needs = copy;
    return true;
}

static bool read_words(struct reader *reader, const struct node *root)
{
    struct rule *rule = reader->rule;
    const char *id = "";
    const char *level = "";
    const char *profile = "default";
    const char *confirm = "";
    if (!get_string(reader, root, "id", REQUIRED, &id) ||
        !get_string(reader, root, "level", REQUIRED, &level) ||
        !get_string(reader, root, "profile", OPTIONAL, &profile) ||
        !get_string(reader, root, "since", OPTIONAL, &rule->since) ||
        !get_string(reader, root, "title", REQUIRED, &rule->title) ||
        !get_string(reader, root, "message", REQUIRED, &rule->message) ||
        !get_string(reader, root, "why", REQUIRED, &rule->why) ||
        !get_string(reader, root, "at", OPTIONAL, &rule->at) ||
        !get_string(reader, root, "spec", OPTIONAL, &rule->spec) ||
        !get_string(reader, root, "confirm", OPTIONAL, &confirm))
        return false;
    if (strcmp(id, rule->id) != 0)
        return fail(reader, node_get(root, STR("id")),
                    "the id '%s' must be the name of the file, '%s'", id, rule->id);
    if (!level_parse(str_of(level), &rule->level))
        return fail(reader, node_get(root, STR("level")),
                    "'%s' is not one of error, warning, note", level);
    if (!profile_parse(str_of(profile), &rule->profile))
        return fail(reader, node_get(root, STR("profile")),
                    "'%s' is not one of default, strict, pedantic", profile);
    if (rule->since[0] != '\0' && !shape_version_is_semver(str_of(rule->since)))
        return fail(reader, node_get(root, STR("since")),
                    "'%s' is no version of speclint such as 0.1.0", rule->since);
    if (confirm[0] != '\0' && strcmp(confirm, "mounts") != 0)
        return fail(reader, node_get(root, STR("confirm")),
                    "'confirm' can only be 'mounts'");
    if (rule->at[0] == '/')
        return fail(reader, node_get(root, STR("at")),
                    "'at' begins inside the candidate, so without a slash");
    rule->confirm_mounts = confirm[0] != '\0';
    return true;
}

static bool read_rule(struct reader *reader)
{
    static const char *const names[] = {
        "id",     "level",   "profile", "title",    "given", "when",
        "finder", "at",      "message", "why",      "spec",  "runtimes",
        "fix",    "confirm", "see",     "examples", "since", NULL};
    const struct node *root = reader->doc->root;
    if (root->next != NULL)
        return fail(reader, root->next, "a rule file holds one document");
    return check_members(reader, root, "a rule", names) && read_words(reader, root) &&
           read_target(reader, root) &&
           read_claims(reader, node_get(root, STR("runtimes"))) &&
           read_fix(reader, node_get(root, STR("fix"))) &&
           read_see(reader, node_get(root, STR("see"))) &&
           read_examples(reader, node_get(root, STR("examples")));
}

static void name_rule(struct rule_file *file)
{
    const char *slash = strrchr(file->path, '/');
    const char *name = slash ? slash + 1 : file->path;
    const char *dot = strrchr(name, '.');
    const char *area_end = slash ? slash : file->path;
    const char *area;
    while (area_end > file->path && area_end[-1] == '/')
        area_end--;
    area = area_end;
    while (area > file->path && area[-1] != '/')
        area--;
    file->rule = (struct rule){
        .id = arena_copy(&file->arena, name, dot ? (size_t)(dot - name) : strlen(name)),
        .area = arena_copy(&file->arena, area, (size_t)(area_end - area)),
        .at = "",
        .spec = "",
        .since = "",
    };
}

bool rule_file_load(struct rule_file *file, const char *path, struct fault *fault)
{
    AUTO_DOC struct doc doc = {0};
    *file = (struct rule_file){.path = mem_copy(path, strlen(path))};
    name_rule(file);
    struct reader reader = {
        .doc = &doc, .arena = &file->arena, .rule = &file->rule, .fault = fault};
    if (doc_load(&doc, path, fault) && read_rule(&reader))
        return true;
    fault_set_path(fault, path);
    rule_file_release(file);
    return false;
}

void rule_file_release(struct rule_file *file)
{
    struct rule *rule = &file->rule;
    query_release(&rule->given);
    query_release(&rule->when);
    for (size_t i = 0; rule->fix != NULL && i < rule->fix->count; i++) {
        const struct rule_patch *patch = &rule->fix->patches[i];
        for (size_t k = 0; k < patch->count; k++) {
            struct rule_op *op = (struct rule_op *)&patch->ops[k];
            query_release(&op->query_path);
            query_release(&op->when);
        }
    }
    arena_release(&file->arena);
    free(file->path);
    *file = (struct rule_file){0};
}
