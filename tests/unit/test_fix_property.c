/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents in every style, patches of every kind, and what must hold of each fix:
 *
 *  - it passes its proof: there is no fault;
 *  - outside of its edits the bytes are the same, and read again the document is the
 *    patched value;
 *  - a safe fix keeps all comments;
 *  - line ends, and one line for a text of one line, stay what they were;
 *  - made again, it changes nothing.
 */
#include "fix.h"
#include "json_patch.h"
#include "make_rule.h"
#include "print.h"

#include <stdio.h>

enum { DOCUMENTS = 2500, PATCHES = 4, COMMENTS_MAX = 64 };

static uint64_t state;

static unsigned below(unsigned limit)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % limit;
}

static bool one_in(unsigned count)
{
    return below(count) == 0;
}

/* How a document is written. */
struct look {
    bool yaml;
    const char *line_end;
    const char *unit;
    const char *colon;
    const char *comma;
    const char *pad;
    unsigned lines;   /* of 8 containers, how many have lines */
    unsigned flow;    /* YAML: of 8 containers, how many have brackets */
    unsigned remarks; /* YAML: of 8 places for a comment, how many have one */
    unsigned step, list_step, dash;
    char quote; /* YAML: 0, ' or " */
    unsigned comments;
    struct buf out;
};

static const char *pick(const char *const *texts, unsigned count)
{
    return texts[below(count)];
}
#define PICK(...)                                                                        \
    pick((const char *const[]){__VA_ARGS__},                                             \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void choose(struct look *look)
{
    *look = (struct look){
        .yaml = one_in(2),
        .line_end = PICK("\n", "\n", "\r\n"),
        .unit = PICK("  ", "    ", "\t", " "),
        .colon = PICK(": ", ": ", ":", " : "),
        .comma = PICK(", ", ", ", ",", " , "),
        .pad = PICK("", "", " "),
        .lines = below(9),
        .flow = one_in(2) ? 0 : below(9),
        .remarks = one_in(2) ? 0 : below(5),
        .step = 1 + below(4),
        .dash = 2 + below(3),
        .quote = "\0\0'\""[below(4)],
    };
    look->list_step = one_in(2) ? 0 : look->step;
    if (look->yaml) {
        look->unit = PICK("  ", "    ", " ");
        look->colon = look->quote == '"' ? PICK(": ", ":") : ": ";
    }
}

static void add_pad(struct look *look, unsigned columns)
{
    while (columns-- > 0)
        buf_addc(&look->out, ' ');
}

/* A comment behind what is on the line, or nothing. */
static void remark(struct look *look)
{
    if (look->yaml && below(8) < look->remarks && look->comments < COMMENTS_MAX)
        buf_addf(&look->out, "%s# c%u;", one_in(3) ? "   " : " ", look->comments++);
}

static void end_line(struct look *look)
{
    remark(look);
    buf_adds(&look->out, str_of(look->line_end));
}

/* Lines between two entries: blank, or comments. */
static void between(struct look *look, unsigned columns)
{
    while (look->yaml && below(8) < look->remarks && look->comments < COMMENTS_MAX) {
        if (one_in(3)) {
            buf_adds(&look->out, str_of(look->line_end));
            continue;
        }
        add_pad(look, one_in(4) ? below(6) : columns);
        buf_addf(&look->out, "# c%u;", look->comments++);
        buf_adds(&look->out, str_of(look->line_end));
    }
}

static const char *const words[] = {
    "ro",   "nosuid", "/sys", "type", "a b",  "yes",    "0755",     "CAP_SYS_ADMIN",
    "null", "it's",   "x:y",  "- x",  "# no", "{a}",    "",         "l\xC3\xA4nge",
    "1e3",  "a, b",   "*",    "a: b", "~",    "--flag", "size=64k", "tab\there",
};

static void add_string(struct look *look, const char *text, bool name)
{
    bool simple = true;
    for (const char *at = text; *at != '\0'; at++)
        simple = simple && strchr("abcdefghijklmnopqrstuvwxyz/", *at) != NULL;
    simple =
        simple && *text != '\0' && strcmp(text, "null") != 0 && strcmp(text, "yes") != 0;
    char quote = look->yaml ? look->quote : '"';
    if (!look->yaml || (quote == 0 && !simple) || strchr(text, '\t') != NULL)
        quote = '"';
    if (name && look->yaml && look->colon[1] == '\0')
        quote = '"'; /* or {a:1} would be one string */
    if (quote == '"') {
        print_json_string(str_of(text), &look->out);
        return;
    }
    if (quote != 0)
        buf_addc(&look->out, quote);
    for (; *text != '\0'; text++) {
        buf_addc(&look->out, *text);
        if (quote != 0 && *text == '\'')
            buf_addc(&look->out, '\'');
    }
    if (quote != 0)
        buf_addc(&look->out, quote);
}

static void add_scalar(struct look *look)
{
    switch (below(8)) {
    case 0:
        buf_addf(&look->out, "%u", below(1000));
        break;
    case 1:
        buf_adds(&look->out, str_of(PICK("18446744073709551615", "-1.50", "1e3", "0")));
        break;
    case 2:
        buf_adds(&look->out, str_of(PICK("true", "false", "null")));
        break;
    default:
        add_string(look, pick(words, sizeof words / sizeof *words), false);
        break;
    }
}

static const char *const names[] = {"destination", "type", "source", "options", "linux",
                                    "a/b",         "m~n",  "env",    "x y",     "mounts"};

/* A value in brackets, or a scalar. */
static void add_flow(struct look *look, unsigned depth, const char *indent, bool one_line)
{
    if (depth == 0 || one_in(3)) {
        add_scalar(look);
        return;
    }
    bool object = one_in(2);
    unsigned count = below(4), first = below(7);
    bool lines = !one_line && below(8) < look->lines;
    char inner[128];
    snprintf(inner, sizeof inner, "%s%s", indent, look->unit);
    buf_addc(&look->out, object ? '{' : '[');
    if (count > 0 && !lines)
        buf_adds(&look->out, str_of(look->pad));
    for (unsigned i = 0; i < count; i++) {
        if (lines) {
            end_line(look);
            buf_adds(&look->out, str_of(inner));
        }
        if (object) {
            add_string(look, names[first + i], true);
            buf_adds(&look->out, str_of(look->colon));
        }
        add_flow(look, depth - 1, inner, !lines);
        if (i + 1 < count)
            buf_adds(&look->out, lines ? STR(",") : str_of(look->comma));
    }
    if (count > 0 && lines) {
        end_line(look);
        buf_adds(&look->out, str_of(indent));
    } else if (count > 0) {
        buf_adds(&look->out, str_of(look->pad));
    }
    buf_addc(&look->out, object ? '}' : ']');
}

/* A value behind a name or dash, and the end of its lines; `column` is the name's. */
static void add_block(struct look *look, unsigned depth, unsigned column,
                      bool behind_dash);

static void add_entries(struct look *look, unsigned depth, unsigned column, bool object,
                        unsigned count)
{
    unsigned first = below(7);
    for (unsigned i = 0; i < count; i++) {
        if (i > 0) {
            between(look, column);
            add_pad(look, column);
        }
        if (object) {
            add_string(look, names[first + i], true);
            buf_addc(&look->out, ':');
        } else {
            buf_addc(&look->out, '-');
        }
        add_block(look, depth - 1, column, !object);
    }
}

static void add_block(struct look *look, unsigned depth, unsigned column,
                      bool behind_dash)
{
    char indent[128];
    snprintf(indent, sizeof indent, "%*s", (int)column + 1, "");
    if (depth == 0 || one_in(3) || below(8) < look->flow) {
        if (one_in(12)) {
            end_line(look); /* null */
            return;
        }
        add_pad(look, behind_dash ? look->dash - 1 : 1);
        if (one_in(12)) {
            buf_adds(&look->out, str_of(PICK("|", ">", "|+", ">-")));
            end_line(look);
            for (unsigned i = 1 + below(2); i > 0; i--) {
                add_pad(look, column + 1);
                buf_adds(&look->out, STR("text # none"));
                buf_adds(&look->out, str_of(look->line_end));
            }
            return;
        }
        add_flow(look, depth, indent, false);
        end_line(look);
        return;
    }
    bool object = one_in(2);
    unsigned inner = behind_dash ? column + look->dash
                                 : column + (object ? look->step : look->list_step);
    if (behind_dash) {
        add_pad(look, look->dash - 1);
    } else {
        end_line(look);
        between(look, inner);
        add_pad(look, inner);
    }
    add_entries(look, depth, inner, object, 1 + below(3));
}

static void add_document(struct look *look)
{
    if (!look->yaml || look->flow > 6) {
        add_flow(look, 4, "", false);
        if (one_in(3))
            return;
        end_line(look);
    } else {
        between(look, 0);
        add_entries(look, 4, 0, one_in(4) ? false : true, 1 + below(3));
        between(look, 0);
    }
    /* A text without a last line end; not behind |+, whose value it would change. */
    if (one_in(4) && strchr(look->out.data, '|') == NULL &&
        strchr(look->out.data, '>') == NULL)
        look->out.len -= strlen(look->line_end);
}

/* One operation or two, at places that mostly exist. */
static void add_value(struct look *plain, unsigned depth)
{
    add_flow(plain, depth, "", true);
}

static void random_patch(const struct doc *doc, struct buf *patch, bool *repeatable)
{
    struct look plain = {
        .line_end = "\n", .unit = "", .colon = ":", .comma = ",", .pad = ""};
    *repeatable = true;
    buf_addc(patch, '[');
    unsigned count = one_in(4) ? 2 : 1;
    for (unsigned i = 0; i < count; i++) {
        const struct node *nodes[512];
        unsigned found = 0;
        for (const struct node *node = doc->root; node != NULL && found < 512;
             node = node_walk(node, doc->root))
            nodes[found++] = node;
        const struct node *node = nodes[below(found)];
        const struct node *other = nodes[below(found)];
        AUTO_BUF struct buf path = {0}, from = {0};
        node_pointer(node, &path);
        node_pointer(other, &from);
        const char *kind =
            PICK("add", "add", "replace", "replace", "remove", "remove", "move", "copy");
        bool has_value = kind[0] == 'a' || kind[2] == 'p';
        bool array = node->type == NODE_ARRAY ||
                     (node->parent != NULL && node->parent->type == NODE_ARRAY);
        if (kind[0] == 'a' || kind[0] == 'm' || kind[0] == 'c') {
            if (node->type == NODE_OBJECT)
                node_pointer_add(&path, str_of(pick(names, 10)));
            else if (node->type == NODE_ARRAY)
                buf_addf(&path, "/%s", PICK("-", "0", "1"));
        }
        if ((kind[0] == 'a' && array) || (!has_value && kind[0] != 'c') ||
            (kind[0] == 'c' && array) || count > 1)
            *repeatable = false;
        buf_addf(patch, "%s{\"op\":\"%s\",\"path\":", i > 0 ? "," : "", kind);
        print_json_string(buf_str(&path), patch);
        if (kind[0] == 'm' || kind[0] == 'c') {
            buf_adds(patch, STR(",\"from\":"));
            print_json_string(buf_str(&from), patch);
            *repeatable = false;
        }
        if (has_value) {
            buf_clear(&plain.out);
            add_value(&plain, 3);
            buf_addf(patch, ",\"value\":%s", plain.out.data);
        }
        buf_addc(patch, '}');
    }
    buf_addc(patch, ']');
    buf_release(&plain.out);
}

static unsigned offered, safe, refused;

static void make(const struct doc *doc, const struct made_rule *made, struct fix *fix)
{
    struct fault fault = {0};
    const struct finding finding = {
        .rule = &made->rule, .root = doc->root, .node = doc->root, .at = doc->root};
    ck_assert_msg(fix_make(doc, &finding, fix, &fault), "%s\n--- text\n%s", fault.text,
                  doc->bytes.data);
}

static size_t count_text(const struct buf *text, const char *what)
{
    size_t count = 0;
    for (const char *at = text->data; (at = strstr(at, what)) != NULL; at++)
        count++;
    return count;
}

static void check_fix(const struct look *look, const struct doc *doc,
                      const struct made_rule *made, const struct fix *fix,
                      bool repeatable, const char *patch)
{
    AUTO_BUF struct buf out = {0};
    edits_apply(&fix->edits, buf_str(&doc->bytes), &out);
#define HOLDS(condition)                                                                 \
    ck_assert_msg(condition, "%s\n--- patch\n%s\n--- text\n%s\n--- becomes\n%s",         \
                  #condition, patch, doc->bytes.data, out.data)
    for (size_t i = 0; i < fix->edits.count; i++) {
        const struct span span = fix->edits.items[i].span;
        HOLDS(span.start <= span.end && span.end <= doc->text.len);
        HOLDS(i == 0 || fix->edits.items[i - 1].span.end <= span.start);
    }
    if (fix->safety == SAFETY_SAFE) {
        for (unsigned i = 0; i < look->comments; i++) {
            char comment[16];
            snprintf(comment, sizeof comment, "# c%u;", i);
            HOLDS(strstr(out.data, comment) != NULL);
        }
    }
    if (look->line_end[0] == '\r')
        HOLDS(count_text(&out, "\n") == count_text(&out, "\r\n"));
    else
        HOLDS(count_text(&out, "\r") == 0);
    if (!look->yaml && count_text(&doc->bytes, "\n") == 0)
        HOLDS(count_text(&out, "\n") == 0);

    AUTO_DOC struct doc again = {0};
    AUTO_BUF struct buf copy = {0};
    struct fault fault = {0};
    buf_adds(&copy, buf_str(&out));
    HOLDS(doc_parse(&again, "again", doc->syntax, &copy, &fault));
    AUTO_JSON json_t *want = value_of(doc->root);
    for (size_t i = 0; i < made->op_count; i++) {
        AUTO_DOC struct doc text = {0};
        struct buf bytes = {0};
        buf_adds(&bytes, str_of(made->ops[i].value ? made->ops[i].value : "null"));
        HOLDS(doc_parse(&text, "value", DOC_JSON, &bytes, &fault));
        AUTO_JSON json_t *value = value_of(text.root);
        HOLDS(json_patch(&want, made->ops[i].kind, made->ops[i].path, made->ops[i].from,
                         value));
    }
    AUTO_JSON json_t *got = value_of(again.root);
    HOLDS(json_equal(want, got));
    if (repeatable) {
        struct fix second;
        make(&again, made, &second);
        HOLDS(second.patch == NULL);
        fix_release(&second);
    }
}

START_TEST(test_property)
{
    for (unsigned round = 0; round < DOCUMENTS; round++) {
        struct look look;
        AUTO_DOC struct doc doc = {0};
        struct fault fault = {0};
        state = round;
        below(2);
        choose(&look);
        add_document(&look);
        AUTO_BUF struct buf text = {0};
        buf_adds(&text, buf_str(&look.out));
        look.out.data[look.out.len] = '\0';
        ck_assert_msg(doc_parse(&doc, "document", look.yaml ? DOC_YAML : DOC_JSON,
                                &look.out, &fault),
                      "round %u: %u:%u: %s\n%s", round, fault.line, fault.column,
                      fault.text, text.data);
        for (unsigned i = 0; i < PATCHES; i++) {
            AUTO_BUF struct buf patch = {0};
            struct made_rule made;
            struct fix fix;
            bool repeatable;
            random_patch(&doc, &patch, &repeatable);
            make_rule(&made, "test-rule", NULL, NULL, patch.data);
            make(&doc, &made, &fix);
            if (fix.patch != NULL)
                check_fix(&look, &doc, &made, &fix, repeatable, patch.data);
            offered += fix.patch != NULL;
            safe += fix.patch != NULL && fix.safety == SAFETY_SAFE;
            refused += fix.patch == NULL && strstr(fix.demoted, "edit") != NULL;
            fix_release(&fix);
            made_rule_release(&made);
        }
    }
    printf("%u fixes, %u of them safe; %u texts could not be edited\n", offered, safe,
           refused);
    /* That the documents and patches are what they are meant to be. */
    ck_assert_uint_ge(offered, DOCUMENTS);
    ck_assert_uint_ge(safe, DOCUMENTS / 2);
    ck_assert_uint_le(refused, DOCUMENTS / 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("property");
    TCase *cases = tcase_create("property");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, test_property);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
