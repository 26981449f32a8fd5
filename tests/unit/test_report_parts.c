/* SPDX-License-Identifier: Apache-2.0
 *
 * What the reporters are made of.
 */
#include "../testing.h"
#include "excerpt.h"
#include "help.h"
#include "line_hash.h"
#include "reporters.h"
#include "tally.h"
#include "width.h"
#include "writer.h"

#include <inttypes.h>

/* The first two and the fourth are vectors that the makers of the hash give
 * (codeql-action, fingerprints.test.ts); the others follow from what they say of it. */
static const struct {
    const char *text;
    const char *want;
} hash_rows[] = {
    {"", "c129715d7a2bc9a3:1"},
    {" a\nb\n  \t\tc\n d",
     "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"},
    {" a\r\nb\r\n  \t\tc\r d",
     "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"},
    {" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
     "8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 "
     "b86d3392aea1be30:1 e6ceba753e1a442:1"},
};

START_TEST(test_line_hashes)
{
    const char *bytes = hash_rows[_i].text;
    struct text text = {.bytes = bytes, .len = (uint32_t)strlen(bytes)};
    AUTO_FREE struct line_hash *hashes = line_hashes(&text);
    AUTO_BUF struct buf got = {0};
    for (uint32_t i = 0; i < text.line_count; i++)
        buf_addf(&got, "%s%" PRIx64 ":%u", i ? " " : "", hashes[i].hash, hashes[i].nth);
    ck_assert_str(buf_str(&got), str_of(hash_rows[_i].want));
    text_release(&text);
}
END_TEST

/* Lines that begin the same for a hundred units are told apart by their number, and a
 * character beyond the basic plane is two units. */
START_TEST(test_line_hashes_equal)
{
    AUTO_BUF struct buf bytes = {0};
    for (unsigned line = 0; line < 3; line++) {
        for (unsigned i = 0; i < 49; i++)
            buf_adds(&bytes, STR("🐳"));
        buf_addf(&bytes, "ab%c%u\n", line == 2 ? '-' : '+', line);
    }
    struct text text = {.bytes = bytes.data, .len = (uint32_t)bytes.len};
    AUTO_FREE struct line_hash *hashes = line_hashes(&text);
    ck_assert_uint_eq(text.line_count, 4);
    ck_assert(hashes[0].hash == hashes[1].hash && hashes[1].hash == hashes[2].hash);
    ck_assert_uint_eq(hashes[0].nth, 1);
    ck_assert_uint_eq(hashes[1].nth, 2);
    ck_assert_uint_eq(hashes[2].nth, 3);
    bytes.data[3] ^= 1; /* another character in the first line */
    AUTO_FREE struct line_hash *others = line_hashes(&text);
    ck_assert(others[0].hash != others[1].hash);
    ck_assert_uint_eq(others[1].nth, 1);
    text_release(&text);
}
END_TEST

static const struct {
    const char *folder;
    const char *root;
    const char *path;
    const char *want;
} path_rows[] = {
    {NULL, NULL, "config.json", "config.json"},
    {NULL, NULL, ".//./a/config.json", "a/config.json"},
    {NULL, NULL, "../config.json", "../config.json"},
    {NULL, NULL, "/b/./c/../config.json", "/b/config.json"},
    {"/b", NULL, "./x//y/../config.json", "x/config.json"},
    {"/b", NULL, "/b/config.json", "config.json"},
    {"/b", NULL, "/bc/config.json", "/bc/config.json"},
    {"/b", NULL, "../config.json", "/config.json"},
    {"/b", NULL, "/b", "/b"},
    {"/b/sub/", "/b/", "config.json", "sub/config.json"},
    {"/b/sub", "/b", "../../b/config.json", "config.json"},
    {"/b", "/b/sub", "config.json", "/b/config.json"},
    {"/", NULL, "config.json", "config.json"},
    {"/b", NULL, "-", "-"},
    {NULL, NULL, "", ""},
};

START_TEST(test_path)
{
    struct report report = {.folder = path_rows[_i].folder, .root = path_rows[_i].root};
    AUTO_BUF struct buf got = {0};
    report_path(&report, path_rows[_i].path, &got);
    ck_assert_str(buf_str(&got), str_of(path_rows[_i].want));
}
END_TEST

static const struct {
    const char *text;
    const char *want;
} visible_rows[] = {
    {"plain", "plain"},           {"\033[1m", "\\u{001B}[1m"},
    {"##[error]", "##\\[error]"}, {"###[x] [##", "###\\[x] [##"},
    {"#\n#[", "#\\n#["},
};

START_TEST(test_visible)
{
    AUTO_BUF struct buf got = {0};
    report_add_visible(str_of(visible_rows[_i].text), &got);
    ck_assert_str(buf_str(&got), str_of(visible_rows[_i].want));
}
END_TEST

static const struct {
    const char *text;
    size_t want;
} width_rows[] = {
    {"", 0},  {"abc", 3},    {"ä", 1},          {"日本語", 6}, {"🐳", 2},   {"a\u0301", 1},
    {"…", 1}, {"\uAC00", 2}, {"\U00020000", 2}, {"\u200D", 0}, {"é한", 3}, {"\xff", 1},
};

START_TEST(test_width)
{
    ck_assert_uint_eq(width_text(str_of(width_rows[_i].text)), width_rows[_i].want);
}
END_TEST

START_TEST(test_fingerprint)
{
    AUTO_DOC struct doc doc = {0};
    struct rule one = {.id = "one"};
    struct rule two = {.id = "two"};
    read_good(&doc, DOC_JSON, "{\n\"a\": 1, \"b\": 2}");
    const struct node *a = node_get(doc.root, STR("a"));
    const struct node *b = node_get(doc.root, STR("b"));
    const struct {
        struct finding finding;
        const char *path;
    } all[] = {
        {{.rule = &one, .at = a}, "x"}, {{.rule = &one, .at = a}, "x"},
        {{.rule = &one, .at = b}, "x"}, {{.rule = &two, .at = a}, "x"},
        {{.rule = &one, .at = a}, "y"},
    };
    enum { COUNT = sizeof all / sizeof all[0] };
    struct tally tally = {0};
    struct buf prints[COUNT] = {0};
    for (size_t i = 0; i < COUNT; i++)
        tally_fingerprint(&tally, &all[i].finding, str_of(all[i].path), &prints[i]);
    for (size_t i = 0; i < COUNT; i++) {
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(prints[i].data, prints[k].data);
    }
    ck_assert_str_eq(strchr(prints[0].data, '-'), "-1");
    ck_assert_str_eq(strchr(prints[1].data, '-'), "-2");
    ck_assert(strncmp(prints[0].data, prints[1].data, 16) == 0);
    for (size_t i = 0; i < COUNT; i++)
        buf_release(&prints[i]);
    tally_release(&tally);
}
END_TEST

START_TEST(test_tally)
{
    struct tally tally = {0};
    for (uint64_t round = 1; round <= 3; round++) {
        for (uint64_t number = 0; number < 5000; number++)
            ck_assert_uint_eq(tally_add(&tally, number << 32), round);
    }
    tally_release(&tally);
}
END_TEST

START_TEST(test_writer)
{
    AUTO_BUF struct buf out = {0};
    AUTO_BUF struct buf items = {0};
    struct writer item = {.out = &items, .depth = 2};
    struct writer writer = {.out = &out};
    writer_open(&item, '{');
    writer_member_integer(&item, "n", UINT64_MAX);
    writer_close(&item, '}');
    writer_json(&item, STR("[1e400, \"\u202e\"]"));
    writer_open(&writer, '{');
    writer_name(&writer, "items");
    writer_items(&writer, &items);
    writer_name(&writer, "none");
    writer_items(&writer, &(struct buf){0});
    writer_name(&writer, "flat");
    writer_open_flat(&writer, '[');
    writer_open(&writer, '{');
    writer_member_string(&writer, "s", STR("\xff\"\n\xc2\x9b\x7f"));
    writer_close(&writer, '}');
    writer_open(&writer, '[');
    writer_close(&writer, ']');
    writer_close(&writer, ']');
    writer_name(&writer, "deep");
    writer_open(&writer, '[');
    writer_boolean(&writer, true);
    writer_close(&writer, ']');
    writer_close(&writer, '}');
    ck_assert_str(buf_str(&out), STR("{\n"
                                     "  \"items\": [\n"
                                     "    {\n"
                                     "      \"n\": 18446744073709551615\n"
                                     "    },\n"
                                     "    [1e400, \"\\u202e\"]\n"
                                     "  ],\n"
                                     "  \"none\": [],\n"
                                     "  \"flat\": [{\"s\": \"\uFFFD\\\"\\n\\u009b"
                                     "\\u007f\"}, []],\n"
                                     "  \"deep\": [\n"
                                     "    true\n"
                                     "  ]\n"
                                     "}"));
}
END_TEST

/* Lines that are cut, marks below wide characters, edits in one long line. A row is a
 * document and the pointer of what it is about; where there is a text, what replaces the
 * value. */
static const struct {
    const char *text;
    const char *pointer;
    const char *with;
    const char *want;
} excerpt_rows[] = {
    {"{\"日本\": 1}", "/日本", NULL,
     "   |\n"
     " 1 | {\"日本\": 1}\n"
     "   |  ^^^^^^^^^\n"},
    {"{\n\t\"a\": true,\n\"b\": \"##[x]\"}", "/b", NULL,
     "   |\n"
     " 3 | \"b\": \"##\\[x]\"}\n"
     "   | ^^^^^^^^^^^^^\n"},
    {"{\n\t\"a\": true}", "/a", NULL,
     "   |\n"
     " 2 |     \"a\": true}\n"
     "   |     ^^^^^^^^^\n"},
    {"{\"first\": \"0123456789012345678901234567890123456789\", \"second\": 2, "
     "\"third\": "
     "\"0123456789012345678901234567890123456789\"}",
     "/second", NULL,
     "   |\n"
     " 1 | …23456789\", \"second\": 2, \"third\": …\n"
     "   |             ^^^^^^^^^^^\n"},
    {"{\n\"a\": 1,\n\"b\": 2,\n\"c\": 3\n}", "/b", "22",
     "      \"a\": 1,\n"
     "     -\"b\": 2,\n"
     "     +\"b\": 22,\n"
     "      \"c\": 3\n"},
    {"{\"first\": \"0123456789012345678901234567890123456789\", \"second\": 2, "
     "\"third\": "
     "\"0123456789012345678901234567890123456789\"}",
     "/second", "22",
     "     -… \"second\": 2, \"third\": …\n"
     "     +… \"second\": 22, \"third\": …\n"},
    {"[1,\r\n2,\r\n3]", "/1", "\"\033\"",
     "      [1,\n"
     "     -2,\n"
     "     +\"\\u{001B}\",\n"
     "      3]\n"},
};

START_TEST(test_excerpt)
{
    AUTO_DOC struct doc doc = {0};
    struct report report = {.width = 1}; /* less than the least */
    struct edits edits = {0};
    read_good(&doc, DOC_JSON, excerpt_rows[_i].text);
    const struct node *node = node_find(doc.root, str_of(excerpt_rows[_i].pointer));
    ck_assert_ptr_nonnull(node);
    if (excerpt_rows[_i].with == NULL) {
        excerpt_add_source(&report, &doc, doc_span(&doc, node));
    } else {
        edits_add(&edits, node->span, str_of(excerpt_rows[_i].with));
        excerpt_add_edits(&report, &doc, &edits);
    }
    ck_assert_str(buf_str(&report.out), str_of(excerpt_rows[_i].want));
    edits_release(&edits);
    buf_release(&report.out);
}
END_TEST

/* Edits far from each other are shown apart. */
START_TEST(test_excerpt_apart)
{
    AUTO_DOC struct doc doc = {0};
    struct report report = {0};
    struct edits edits = {0};
    read_good(&doc, DOC_JSON, "[\n1,\n2,\n3,\n4,\n5,\n6,\n7,\n8\n]");
    edits_add(&edits, node_at(doc.root, 6)->span, STR("70"));
    edits_add(&edits, node_at(doc.root, 1)->span, STR("20"));
    edits_add(&edits, node_at(doc.root, 0)->span, STR("10"));
    excerpt_add_edits(&report, &doc, &edits);
    ck_assert_str(buf_str(&report.out), STR("      [\n"
                                            "     -1,\n"
                                            "     -2,\n"
                                            "     +10,\n"
                                            "     +20,\n"
                                            "      3,\n"
                                            "      …\n"
                                            "      6,\n"
                                            "     -7,\n"
                                            "     +70,\n"
                                            "      8\n"));
    edits_release(&edits);
    buf_release(&report.out);
}
END_TEST

static const struct {
    const char *text;
    const char *want;
} sentence_rows[] = {
    {"One. Two.", "One."},
    {"One\nline. Two", "One line."},
    {"See config.md for more.\nNext", "See config.md for more."},
    {"No end\n", "No end"},
    {"", ""},
};

START_TEST(test_first_sentence)
{
    AUTO_BUF struct buf got = {0};
    report_first_sentence(sentence_rows[_i].text, &got);
    ck_assert_str(buf_str(&got), str_of(sentence_rows[_i].want));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("report parts");
    add_rows(cases, test_line_hashes, hash_rows);
    tcase_add_test(cases, test_line_hashes_equal);
    add_rows(cases, test_path, path_rows);
    add_rows(cases, test_visible, visible_rows);
    add_rows(cases, test_width, width_rows);
    tcase_add_test(cases, test_fingerprint);
    tcase_add_test(cases, test_tally);
    tcase_add_test(cases, test_writer);
    add_rows(cases, test_excerpt, excerpt_rows);
    tcase_add_test(cases, test_excerpt_apart);
    add_rows(cases, test_first_sentence, sentence_rows);
    return run_cases(cases);
}
