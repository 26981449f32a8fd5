/* SPDX-License-Identifier: Apache-2.0 */
#include "suppression.h"

#include "../testing.h"

static const struct {
    const char *name, *text, *want;
} rows[] = {
    {"nothing to say", "annotations: {a.b: c}\n", ""},
    {"an annotation", "annotations: {dev.speclint.ignore/some-rule: because}\n",
     "some-rule '' 'because'\n"},
    {"with a pointer", "annotations: {dev.speclint.ignore/r: '/mounts/4: be: cause'}\n",
     "r '/mounts/4' 'be: cause'\n"},
    {"a pointer alone", "annotations: {dev.speclint.ignore/r: /mounts/4}\n",
     "r '/mounts/4' ''\n"},
    {"a pointer with nothing behind", "annotations: {dev.speclint.ignore/r: '/a:'}\n",
     "r '/a' ''\n"},
    {"blanks", "annotations: {dev.speclint.ignore/r: '  '}\n", "r '' ''\n"},
    {"no string", "annotations: {dev.speclint.ignore/r: 1}\n", ""},
    {"no object", "annotations: [dev.speclint.ignore/r]\n", ""},
    {"behind a value", "a: 1\nb: 2 # speclint: ignore[r] why not\nc: 3\n",
     "r 'why not' b: 2 # speclint: ignore[r] why not\n"},
    {"several rules", "a: 1 # speclint: ignore[ r , s,t] x\n",
     "r 'x' a: 1 # speclint: ignore[ r , s,t] x\n"
     "s 'x' a: 1 # speclint: ignore[ r , s,t] x\n"
     "t 'x' a: 1 # speclint: ignore[ r , s,t] x\n"},
    {"before a member", "a: 1\n# speclint: ignore[r] x\nb:\n  c: 2\nd: 3\n",
     "r 'x' b:|  c: 2\n"},
    {"before an entry", "a:\n  - {b: 1}\n  #speclint:ignore[r]\n  - c: 2\n    d: 3\n",
     "r '' c: 2|    d: 3\n"},
    {"before a first member", "a:\n  # speclint: ignore[r] x\n  b: 1\n  c: 2\n",
     "r 'x' b: 1\n"},
    {"before all", "# speclint: ignore[r] x\na: 1\nb: 2\n", "r 'x' a: 1|b: 2\n"},
    {"before a second document", "a: 1\n---\n# speclint: ignore[r] x\nb: 2\n",
     "r 'x' b: 2\n"},
    {"before nothing", "a: 1\n# speclint: ignore[r] x\n", "r 'x' \n"},
    {"in a flow", "a: [1, # speclint: ignore[r] x\n  2]\n",
     "r 'x' a: [1, # speclint: ignore[r] x\n"},
    {"no bracket", "a: 1 # speclint: ignore r\n", " '' a: 1 # speclint: ignore r\n"},
    {"not closed", "a: 1 # speclint: ignore[r\n", " '' a: 1 # speclint: ignore[r\n"},
    {"another word", "a: 1 # speclint: off\n", " '' a: 1 # speclint: off\n"},
    {"another comment", "a: 1 # see speclint: ignore[r]\n", ""},
    {"in a string", "a: 'b # speclint: ignore[r]'\n", ""},
    {"in a block", "a: |\n  # speclint: ignore[r]\n", ""},
};

START_TEST(find_row)
{
    AUTO_DOC struct doc doc = {0};
    struct suppressions found = {0};
    AUTO_BUF struct buf got = {0};
    read_good(&doc, DOC_YAML, rows[_i].text);
    suppressions_find(&found, &doc);
    for (size_t i = 0; i < found.count; i++) {
        const struct suppression *it = &found.items[i];
        struct str about = text_slice(&doc.text, it->about);
        buf_addf(&got, "%.*s '%s%.*s%s%.*s'", (int)it->rule.len, it->rule.at, "",
                 (int)it->pointer.len, it->pointer.at ? it->pointer.at : "",
                 it->span.end == 0 ? "' '" : "", (int)it->reason.len, it->reason.at);
        if (it->span.end > 0) {
            buf_addc(&got, ' ');
            for (size_t k = 0; k < about.len; k++)
                buf_addc(&got, about.at[k] == '\n' ? '|' : about.at[k]);
        }
        buf_addc(&got, '\n');
    }
    ck_assert_msg(str_equal(buf_str(&got), str_of(rows[_i].want)),
                  "%s\ngot:\n%swant:\n%s", rows[_i].name, buf_str(&got).at,
                  rows[_i].want);
    suppressions_release(&found);
}
END_TEST

START_TEST(json_has_no_comments)
{
    AUTO_DOC struct doc doc = {0};
    struct suppressions found = {0};
    read_good(&doc, DOC_JSON,
              "{\"a\": \"# speclint: ignore[r]\", \"annotations\": "
              "{\"dev.speclint.ignore\\u002fr\": \"x\"}}");
    suppressions_find(&found, &doc);
    ck_assert_uint_eq(found.count, 1);
    ck_assert_str(found.items[0].rule, STR("r"));
    suppressions_release(&found);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("suppression");
    add_rows(cases, find_row, rows);
    tcase_add_test(cases, json_has_no_comments);
    return run_cases(cases);
}
