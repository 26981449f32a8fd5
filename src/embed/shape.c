/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs at build time: reads rules/shape/NAME.shape, and prints the shape of a
 * configuration as constant C data (shape.h), so that the program reads none at start-up.
 * Whatever is misspelt, missing or unknown in them breaks the build.
 *
 *     embed_shape FILE… > shape_data.c
 */
#include "shapes.h"

#include "file.h"
#include "literal.h"
#include "number.h"
#include "runtime.h"
#include "shape_format.h"

#include <stdio.h>

static void add_runtimes(struct shapes *shapes, const char *name, const struct node *node)
{
    unsigned runtimes = 0;
    for (const struct node *word = node_first(node); word; word = word->next) {
        enum runtime runtime;
        if (word->type != NODE_STRING || !runtime_parse(node_text(word), &runtime))
            shapes_fail(shapes, word, "this is no runtime");
        runtimes |= 1u << runtime;
    }
    buf_addf(&shapes->out, ".%s = %u, ", name, runtimes);
}

static const struct {
    const char *name;
    const char *one;
    const char *many;
    enum shape_kind kind;
    int64_t min;
    uint64_t max;
} types[] = {
    {"any", "anything", "anything", SHAPE_ANY, 0, 0},
    {"bool", "true or false", "true or false", SHAPE_BOOL, 0, 0},
    {"string", "a string", "strings", SHAPE_STRING, 0, 0},
    {"open object", "an object", "objects", SHAPE_OPEN, 0, 0},
    {"uint8", "a whole number", "whole numbers", SHAPE_INTEGER, 0, UINT8_MAX},
    {"uint16", "a whole number", "whole numbers", SHAPE_INTEGER, 0, UINT16_MAX},
    {"uint32", "a whole number", "whole numbers", SHAPE_INTEGER, 0, UINT32_MAX},
    {"uint64", "a whole number", "whole numbers", SHAPE_INTEGER, 0, UINT64_MAX},
    {"int32", "a whole number", "whole numbers", SHAPE_INTEGER, INT32_MIN, INT32_MAX},
    {"int64", "a whole number", "whole numbers", SHAPE_INTEGER, INT64_MIN, INT64_MAX},
};

static void add_range(struct shapes *shapes, int64_t min, uint64_t max, const char *infix)
{
    /* INT64_MIN is no constant that C can write. */
    if (min == INT64_MIN)
        buf_addf(&shapes->out, ".%smin = INT64_MIN, ", infix);
    else
        buf_addf(&shapes->out, ".%smin = %lld, ", infix, (long long)min);
    buf_addf(&shapes->out, ".%smax = %lluu, ", infix, (unsigned long long)max);
}

static bool take_prefix(struct str *text, struct str prefix)
{
    if (text->len < prefix.len || memcmp(text->at, prefix.at, prefix.len) != 0)
        return false;
    *text = (struct str){text->at + prefix.len, text->len - prefix.len};
    return true;
}

static void add_type(struct shapes *shapes, const struct node *node)
{
    struct str name = shapes_text(shapes, node);
    bool list = take_prefix(&name, STR("list of "));
    bool map = !list && take_prefix(&name, STR("map of "));
    const char *one = "an object";
    const char *many = "objects";
    enum shape_kind kind = SHAPE_OBJECT;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (!str_equal(name, str_of(types[i].name)))
            continue;
        one = types[i].one;
        many = types[i].many;
        kind = types[i].kind;
        add_range(shapes, types[i].min, types[i].max, "type_");
    }
    buf_addf(&shapes->out, ".kind = %d, .holder = %d, .type = \"%s%s\", ", (int)kind,
             list  ? (int)SHAPE_LIST
             : map ? (int)SHAPE_MAP
                   : (int)SHAPE_ONE,
             list  ? "a list of "
             : map ? "an object of "
                   : "",
             list || map ? many : one);
    if (kind != SHAPE_OBJECT)
        return;
    if (shapes_find(shapes, "objects", name) == NULL)
        shapes_fail(shapes, node, "'%.*s' is neither a type nor an object", (int)name.len,
                    name.at);
    shapes_add_name(shapes, ".object = &object_", name);
    buf_adds(&shapes->out, STR(", "));
}

/* The place of a word in a NULL-terminated list. */
static int place_of(const struct shapes *shapes, const struct node *node,
                    const char *const *words)
{
    for (int i = 0; words[i] != NULL; i++) {
        if (node_is_string(node, str_of(words[i])))
            return i;
    }
    shapes_fail(shapes, node, "this word is unknown here");
}

static void add_by(struct shapes *shapes, const char *name, const struct node *node)
{
    static const char *const words[] = {"nobody",     "must",   "should",
                                        "convention", "kernel", NULL};
    if (node != NULL)
        buf_addf(&shapes->out, ".%s = %d, ", name, place_of(shapes, node, words));
}

static void add_need(struct shapes *shapes, const struct node *node)
{
    static const char *const words[] = {"never", "always", "posix", "windows", NULL};
    if (node == NULL)
        return;
    struct str text = shapes_text(shapes, node);
    if (take_prefix(&text, STR("until "))) {
        buf_addf(&shapes->out, ".need = %d, ", (int)NEED_ALWAYS);
        shapes_add_release(shapes, "need_until", text, node);
    } else {
        buf_addf(&shapes->out, ".need = %d, ", place_of(shapes, node, words));
    }
}

static void add_bounds(struct shapes *shapes, const struct node *member)
{
    const struct node *range = node_get(member, STR("range"));
    const struct node *by = node_get(member, STR("by"));
    int64_t min;
    uint64_t max;
    if ((range == NULL) != (by == NULL))
        shapes_fail(shapes, member, "'range' and 'by' come together");
    if (range == NULL)
        return;
    if (range->len != 2 || !number_int64(node_text(node_at(range, 0)), &min) ||
        !number_uint64(node_text(node_at(range, 1)), &max))
        shapes_fail(shapes, range, "a range is two whole numbers");
    add_range(shapes, min, max, "");
    add_by(shapes, "by", by);
}

static void add_format(struct shapes *shapes, const char *name, const struct node *node)
{
    if (node == NULL)
        return;
    const struct shape_format *format = shape_format_find(shapes_text(shapes, node));
    if (format == NULL)
        shapes_fail(shapes, node, "there is no format of this name in shape_format.c");
    buf_addf(&shapes->out, ".%s = &shape_formats[%zu], ", name,
             (size_t)(format - shape_formats));
}

static void add_set_name(struct shapes *shapes, const char *name, const struct node *node)
{
    if (node == NULL)
        return;
    if (shapes_find(shapes, "sets", shapes_text(shapes, node)) == NULL)
        shapes_fail(shapes, node, "there is no set of this name");
    buf_addf(&shapes->out, ".%s = ", name);
    shapes_add_name(shapes, "&set_", node_text(node));
    buf_adds(&shapes->out, STR(", "));
}

static void add_member(struct shapes *shapes, const struct node *object,
                       const struct node *member)
{
    static const char *const names[] = {
        "type",     "need",       "unless",          "some",
        "since",    "until",      "platforms",       "range",
        "by",       "or-zero",    "lower",           "clamp",
        "sure",     "most",       "values",          "format",
        "keys",     "key",        "instead",         "was",
        "formerly", "deprecated", "advised-against", "default",
        "lost",     "about",      "section",         "allow-empty",
        "later",    "copes",      "spares",          NULL};
    static const struct field {
        const char *name;
        const char *field;
    } flags[] =
        {
            {"lower", "lower"}, {"later", "later"},  {"clamp", "clamp"},
            {"sure", "sure"},   {"or-zero", "zero"}, {"allow-empty", "allow_empty"},
        },
      texts[] = {
          {"unless", "unless"},
          {"instead", "instead"},
          {"was", "was"},
          {"formerly", "formerly"},
          {"deprecated", "deprecated"},
          {"advised-against", "advised"},
          {"default", "initial"},
          {"lost", "lost"},
          {"about", "about"},
      };
    const struct node *since = node_get(member, STR("since"));
    const struct node *until = node_get(member, STR("until"));
    const struct node *most = node_get(member, STR("most"));
    shapes_check_members(shapes, member, names);
    if (node_get(member, STR("type")) == NULL)
        shapes_fail(shapes, member, "'type' is missing");
    if (node_get(member, STR("about")) == NULL && until == NULL)
        shapes_fail(shapes, member, "'about' is missing");
    buf_adds(&shapes->out, STR("{.name = "));
    literal_add(&shapes->out, node_key(member));
    buf_addf(&shapes->out, ", .name_len = %u, ", member->key_len);
    add_type(shapes, node_get(member, STR("type")));
    add_need(shapes, node_get(member, STR("need")));
    add_by(shapes, "some", node_get(member, STR("some")));
    if (since != NULL)
        shapes_add_release(shapes, "since", shapes_text(shapes, since), since);
    if (until != NULL)
        shapes_add_release(shapes, "until", shapes_text(shapes, until), until);
    if (node_get(member, STR("deprecated")) || node_get(member, STR("advised-against")))
        buf_adds(&shapes->out, STR(".discouraged = true, "));
    shapes_add_platforms(shapes, node_get(member, STR("platforms")));
    add_runtimes(shapes, "copes", node_get(member, STR("copes")));
    add_runtimes(shapes, "spares", node_get(member, STR("spares")));
    add_bounds(shapes, member);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        shapes_add_flag(shapes, flags[i].field, node_get(member, str_of(flags[i].name)));
    if (most != NULL)
        buf_addf(&shapes->out, ".most = %.*s, ", (int)most->len, most->value);
    add_set_name(shapes, "values", node_get(member, STR("values")));
    add_set_name(shapes, "keys", node_get(member, STR("keys")));
    add_format(shapes, "format", node_get(member, STR("format")));
    add_format(shapes, "key", node_get(member, STR("key")));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        shapes_add_text(shapes, texts[i].field, node_get(member, str_of(texts[i].name)));
    shapes_add_text(
        shapes, "section",
        node_get(node_get(member, STR("section")) ? member : object, STR("section")));
    buf_adds(&shapes->out, STR("},\n"));
}

static int compare_hashes(const void *left, const void *right)
{
    uint32_t a = node_hash(node_key(*(const struct node *const *)left));
    uint32_t b = node_hash(node_key(*(const struct node *const *)right));
    return (a > b) - (a < b);
}

static void add_object(struct shapes *shapes, const struct node *object)
{
    static const char *const names[] = {"section",   "rest",    "foreign",
                                        "misplaced", "members", NULL};
    const struct node *members[64];
    uint32_t hashes[64];
    size_t count = 0;
    shapes_check_members(shapes, object, names);
    if (node_get(object, STR("section")) == NULL)
        shapes_fail(shapes, object, "'section' is missing");
    for (const struct node *member = node_first(node_get(object, STR("members"))); member;
         member = member->next) {
        if (count == 64)
            shapes_fail(shapes, member, "there are more than 64 members");
        members[count++] = member;
    }
    qsort(members, count, sizeof *members, compare_hashes);
    for (size_t i = 0; i < count; i++) {
        hashes[i] = members[i]->key_hash;
        if (i > 0 && hashes[i] == hashes[i - 1])
            shapes_fail(shapes, members[i], "two names have the same hash");
    }
    bool root = str_equal(node_key(object), STR("Config"));
    if (root)
        buf_adds(&shapes->out, STR("const struct shape_object shape_root"));
    else
        shapes_add_name(shapes, "static const struct shape_object object_",
                        node_key(object));
    buf_adds(&shapes->out, STR(" = {.name = "));
    literal_add(&shapes->out, node_key(object));
    buf_adds(&shapes->out, STR(", "));
    shapes_add_text(shapes, "section", node_get(object, STR("section")));
    shapes_add_aliases(shapes, "foreign", node_get(object, STR("foreign")));
    shapes_add_aliases(shapes, "misplaced", node_get(object, STR("misplaced")));
    if (node_get(object, STR("rest")) != NULL) {
        buf_adds(&shapes->out, STR(".rest = &(const struct shape_member)"));
        add_member(shapes, object, node_get(object, STR("rest")));
    }
    buf_adds(&shapes->out, STR(".members = (const struct shape_member[]){\n"));
    uint64_t needs = 0;
    for (size_t i = 0; i < count; i++) {
        add_member(shapes, object, members[i]);
        if (node_get(members[i], STR("need")) != NULL)
            needs |= (uint64_t)1 << i;
    }
    buf_addf(&shapes->out, "{.name_len = UINT32_MAX}}, .count = %zu, .needs = %#jx, ",
             count, (uintmax_t)needs);
    shapes_add_index(shapes, object, hashes, count);
    buf_adds(&shapes->out, STR("};\n"));
}

static void each(struct shapes *shapes, const char *kind,
                 void (*add)(struct shapes *shapes, const struct node *node))
{
    for (size_t i = 0; i < shapes->count; i++) {
        shapes->doc = &shapes->docs[i];
        for (const struct node *node =
                 node_first(node_get(shapes->doc->root, str_of(kind)));
             node; node = node->next)
            add(shapes, node);
    }
}

static void declare(struct shapes *shapes, const struct node *object)
{
    if (str_equal(node_key(object), STR("Config")))
        return;
    shapes_add_name(shapes, "static const struct shape_object object_", node_key(object));
    buf_adds(&shapes->out, STR(";\n"));
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"sets", "objects", NULL};
    struct shapes shapes = {0};
    if (argc < 2 || argc > FILES_MAX) {
        fputs("usage: embed_shape FILE… > shape_data.c\n", stderr);
        return 2;
    }
    for (int i = 1; i < argc; i++) {
        struct fault fault = {0};
        AUTO_BUF struct buf bytes = {0};
        struct doc *doc = &shapes.docs[shapes.count++];
        if (!file_read(argv[i], &bytes, NULL, &fault) ||
            !doc_parse(doc, argv[i], DOC_YAML, &bytes, &fault)) {
            fprintf(stderr, "%s:%u:%u: error: %s\n", argv[i], fault.line, fault.column,
                    fault.text);
            return 1;
        }
        shapes.doc = doc;
        shapes_check_members(&shapes, doc->root, names);
    }
    buf_adds(&shapes.out, STR("#include \"shape_format.h\"\n"));
    each(&shapes, "objects", declare);
    each(&shapes, "sets", shapes_add_set);
    each(&shapes, "objects", add_object);
    fwrite(shapes.out.data, 1, shapes.out.len, stdout);
    buf_release(&shapes.out);
    for (size_t i = 0; i < shapes.count; i++)
        doc_release(&shapes.docs[i]);
    return ferror(stdout) || fflush(stdout) != 0 ? 1 : 0;
}
