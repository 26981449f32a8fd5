/* SPDX-License-Identifier: Apache-2.0
 *
 * Operations of RFC 6902 on texts. Each row goes through fix_make, so each is proven as
 * any fix is; what is checked here is that the text is the one that a person would write.
 */
#include "fix.h"
#include "make_rule.h"

#include <check.h>
#include <stdio.h>

struct row {
    const char *name;
    const char *text;
    const char *patch; /* RFC 6902 as JSON */
    const char *want;  /* the edited text; NULL where no fix is offered */
    const char *demoted;
};

/* Makes the fix of a rule whose candidate is the root. */
static void make_fix(const struct doc *doc, const char *patch, struct fix *fix)
{
    struct made_rule made;
    struct fault fault = {0};
    make_rule(&made, "test-rule", NULL, NULL, patch);
    const struct finding finding = {
        .rule = &made.rule, .root = doc->root, .node = doc->root, .at = doc->root};
    ck_assert_msg(fix_make(doc, &finding, fix, &fault), "%u:%u: %s", fault.line,
                  fault.column, fault.text);
    made_rule_release(&made);
}

static void check_row(const struct row *row, enum doc_syntax syntax)
{
    AUTO_DOC struct doc doc = {0};
    struct buf bytes = {0};
    struct fault fault = {0};
    struct fix fix;
    buf_adds(&bytes, str_of(row->text));
    ck_assert_msg(doc_parse(&doc, "test", syntax, &bytes, &fault), "%s: %u:%u: %s",
                  row->name, fault.line, fault.column, fault.text);
    make_fix(&doc, row->patch, &fix);
    ck_assert_msg((row->want != NULL) == (fix.patch != NULL), "%s: %s", row->name,
                  fix.patch != NULL ? "a fix is offered" : fix.demoted);
    if (fix.patch != NULL) {
        AUTO_BUF struct buf out = {0};
        edits_apply(&fix.edits, buf_str(&doc.bytes), &out);
        ck_assert_msg(str_equal(buf_str(&out), str_of(row->want)),
                      "%s: got\n%s\nand not\n%s", row->name, out.data, row->want);
    }
    ck_assert_msg((row->demoted == NULL) == (fix.demoted == NULL) &&
                      (row->demoted == NULL || strstr(fix.demoted, row->demoted)),
                  "%s: demoted: %s", row->name, fix.demoted);
    ck_assert_int_eq(fix.safety, fix.patch == NULL     ? SAFETY_SUGGESTION
                                 : fix.demoted == NULL ? SAFETY_SAFE
                                                       : SAFETY_UNSAFE);
    fix_release(&fix);
}

#define REPLACE(path, value)                                                             \
    "[{\"op\":\"replace\",\"path\":\"" path "\",\"value\":" value "}]"
#define ADD(path, value) "[{\"op\":\"add\",\"path\":\"" path "\",\"value\":" value "}]"
#define REMOVE(path) "[{\"op\":\"remove\",\"path\":\"" path "\"}]"
#define MOVE(from, path) "[{\"op\":\"move\",\"from\":\"" from "\",\"path\":\"" path "\"}]"
#define COPY(from, path) "[{\"op\":\"copy\",\"from\":\"" from "\",\"path\":\"" path "\"}]"

static const struct row json_rows[] = {
    /* replace */
    {"a scalar", "{\"a\": 1, \"b\" : 2}\n", REPLACE("/b", "\"x\""),
     "{\"a\": 1, \"b\" : \"x\"}\n", NULL},
    {"the root", " [1]\n", REPLACE("", "{\"a\":1}"), " {\"a\": 1}\n", NULL},
    {"an array of lines", "{\n\t\"o\": [\n\t\t\"a\",\n\t\t\"b\"\n\t]\n}\n",
     REPLACE("/o", "[\"x\",\"y\",\"z\"]"),
     "{\n\t\"o\": [\n\t\t\"x\",\n\t\t\"y\",\n\t\t\"z\"\n\t]\n}\n", NULL},
    {"an array of one line", "{\n  \"o\": [ \"a\", \"b\" ]\n}\n",
     REPLACE("/o", "[\"x\",\"y\",\"z\"]"), "{\n  \"o\": [ \"x\", \"y\", \"z\" ]\n}\n",
     NULL},
    {"a minified one", "{\"o\":[\"a\",\"b\"],\"p\":1}",
     REPLACE("/o", "[\"x\",{\"k\":[1,2]}]"), "{\"o\":[\"x\",{\"k\":[1,2]}],\"p\":1}",
     NULL},
    {"a scalar by an object, as the neighbours have it",
     "{\n    \"a\": {\n        \"x\": 1\n    },\n    \"b\": 2\n}\n",
     REPLACE("/b", "{\"y\":2,\"z\":[]}"),
     "{\n    \"a\": {\n        \"x\": 1\n    },\n    \"b\": {\n        \"y\": 2,\n"
     "        \"z\": []\n    }\n}\n",
     NULL},
    {"CR LF", "{\r\n  \"o\": [\r\n    1\r\n  ]\r\n}\r\n", REPLACE("/o", "[2,3]"),
     "{\r\n  \"o\": [\r\n    2,\r\n    3\r\n  ]\r\n}\r\n", NULL},
    {"digits are kept", "{\"a\": 1, \"n\": 18446744073709551615, \"f\": 1.50e3}",
     REPLACE("/a", "18446744073709551616"),
     "{\"a\": 18446744073709551616, \"n\": 18446744073709551615, \"f\": 1.50e3}", NULL},
    {"a name with ~ and /", "{\"a/b\": {\"~\": 1}}", REPLACE("/a~1b/~0", "2"),
     "{\"a/b\": {\"~\": 2}}", NULL},
    {"nothing there", "{\"a\": 1}", REPLACE("/b", "2"), NULL, "no patch"},
    {"no change", "{\"a\": 1}", REPLACE("/a", "1"), NULL, "no patch"},
    /* add a member */
    {"a member to lines", "{\n\t\"a\": 1,\n\t\"b\": 2\n}\n", ADD("/c", "true"),
     "{\n\t\"a\": 1,\n\t\"b\": 2,\n\t\"c\": true\n}\n", NULL},
    {"a member to a line", "{ \"a\": 1 }\n", ADD("/c", "[1]"),
     "{ \"a\": 1, \"c\": [1] }\n", NULL},
    {"a member to a minified object", "{\"a\":1}", ADD("/c", "[1,2]"),
     "{\"a\":1,\"c\":[1,2]}", NULL},
    {"a member that is there", "{\"a\":1}", ADD("/a", "2"), "{\"a\":2}", NULL},
    {"spaces around colons", "{\"a\" : 1}", ADD("/c", "{\"d\":2}"),
     "{\"a\" : 1, \"c\" : {\"d\" : 2}}", NULL},
    {"commas first", "{ \"a\": 1\n, \"b\": 2\n}\n", ADD("/c", "3"),
     "{ \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}\n", NULL},
    {"source goes behind type",
     "{\n  \"mounts\": [\n    {\n      \"destination\": \"/a\",\n      \"type\": "
     "\"tmpfs\",\n"
     "      \"options\": [\"ro\"]\n    }\n  ]\n}\n",
     ADD("/mounts/0/source", "\"tmpfs\""),
     "{\n  \"mounts\": [\n    {\n      \"destination\": \"/a\",\n      \"type\": "
     "\"tmpfs\",\n"
     "      \"source\": \"tmpfs\",\n      \"options\": [\"ro\"]\n    }\n  ]\n}\n",
     NULL},
    {"options as the other mounts have them",
     "{\"mounts\": [\n {\"destination\": \"/a\", \"options\": [\n  \"ro\"]},\n"
     " {\n  \"destination\": \"/b\"\n }\n]}\n",
     ADD("/mounts/1/options", "[\"rw\"]"),
     "{\"mounts\": [\n {\"destination\": \"/a\", \"options\": [\n  \"ro\"]},\n"
     " {\n  \"destination\": \"/b\",\n  \"options\": [\n   \"rw\"\n  ]\n }\n]}\n",
     NULL},
    {"to an empty object", "{}\n", ADD("/a", "1"), "{\"a\": 1}\n", NULL},
    {"to an empty object of two lines", "{\"x\": {\n}}", ADD("/x/a", "1"),
     "{\"x\": {\n  \"a\": 1\n}}", NULL},
    {"to an empty object among lines",
     "{\n\t\"x\": {},\n\t\"y\": {\n\t\t\"z\": 1\n\t}\n}\n", ADD("/x/a", "1"),
     "{\n\t\"x\": {\n\t\t\"a\": 1\n\t},\n\t\"y\": {\n\t\t\"z\": 1\n\t}\n}\n", NULL},
    /* add an element */
    {"an element behind the last", "[1, 2]", ADD("/-", "3"), "[1, 2, 3]", NULL},
    {"an element before the first", "[1, 2]", ADD("/0", "0"), "[0, 1, 2]", NULL},
    {"an element between", "[1,  2]", ADD("/1", "9"), "[1,  9,  2]", NULL},
    {"an element to lines", "[\n  1,\n\n  2\n]\n", ADD("/2", "3"),
     "[\n  1,\n\n  2,\n  3\n]\n", NULL},
    {"an element before the first line", "[\n  1,\n  2\n]\n", ADD("/0", "0"),
     "[\n  0,\n  1,\n  2\n]\n", NULL},
    {"an element to an empty array", "{\"a\": []}", ADD("/a/-", "1"), "{\"a\": [1]}",
     NULL},
    {"an object among objects",
     "[\n  {\n    \"type\": \"pid\"\n  },\n  {\n    \"type\": \"ipc\"\n  }\n]\n",
     ADD("/-", "{\"type\":\"network\"}"),
     "[\n  {\n    \"type\": \"pid\"\n  },\n  {\n    \"type\": \"ipc\"\n  },\n  {\n"
     "    \"type\": \"network\"\n  }\n]\n",
     NULL},
    {"an object among one-line objects", "[\n  {\"type\": \"pid\"}\n]\n",
     ADD("/-", "{\"type\":\"network\"}"),
     "[\n  {\"type\": \"pid\"},\n  {\"type\": \"network\"}\n]\n", NULL},
    {"an index beyond the end", "[1]", ADD("/2", "3"), NULL, "no patch"},
    /* remove */
    {"the first of a line", "[1, 2, 3]", REMOVE("/0"), "[2, 3]", NULL},
    {"the middle of a line", "[1, 2, 3]", REMOVE("/1"), "[1, 3]", NULL},
    {"the last of a line", "[1, 2, 3]", REMOVE("/2"), "[1, 2]", NULL},
    {"the only one of a line", "[ 1 ]", REMOVE("/0"), "[]", NULL},
    {"the first line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", REMOVE("/a"),
     "{\n  \"b\": 2\n}\n", NULL},
    {"the last line", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", REMOVE("/b"),
     "{\n  \"a\": 1\n}\n", NULL},
    {"the only line", "{\n  \"a\": 1\n}\n", REMOVE("/a"), "{}\n", NULL},
    {"the last of a shared line", "[\n  1, 2,\n  3\n]\n", REMOVE("/1"),
     "[\n  1,\n  3\n]\n", NULL},
    {"the first of a shared line", "[\n  1, 2,\n  3\n]\n", REMOVE("/0"),
     "[\n  2,\n  3\n]\n", NULL},
    {"behind the bracket", "[1,\n 2,\n 3]", REMOVE("/0"), "[2,\n 3]", NULL},
    {"before the bracket", "[1,\n 2,\n 3]", REMOVE("/2"), "[1,\n 2]", NULL},
    {"objects between brackets", "[{\n  \"a\": 1\n}, {\n  \"b\": 2\n}]", REMOVE("/0"),
     "[{\n  \"b\": 2\n}]", NULL},
    {"CR LF lines", "{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}\r\n", REMOVE("/a"),
     "{\r\n  \"b\": 2\r\n}\r\n", NULL},
    {"the root cannot go", "[1]", REMOVE(""), NULL, "no patch"},
    {"a token that is none", "{\"a~\": 1}", REMOVE("/a~"), NULL, "no patch"},
    /* move, copy, test, lists */
    {"a new name", "{\n  \"a\": [ 1,2 ],\n  \"b\": 2\n}\n", MOVE("/a", "/c"),
     "{\n  \"c\": [ 1,2 ],\n  \"b\": 2\n}\n", NULL},
    {"to another object", "{\"a\": {\"x\": 1}, \"b\": {\"y\": 2}}", MOVE("/a/x", "/b/x"),
     "{\"a\": {}, \"b\": {\"y\": 2, \"x\": 1}}", NULL},
    {"over a member", "{\"a\": 1, \"b\": 2}", MOVE("/a", "/b"), "{\"b\": 1}", NULL},
    {"within an array", "[1, 2, 3]", MOVE("/0", "/2"), "[2, 3, 1]", NULL},
    {"to where it is", "[1, 2]", MOVE("/0", "/0"), NULL, "no patch"},
    {"a copy of an element", "[1, 2]", COPY("/0", "/0"), "[1, 1, 2]", NULL},
    {"a copy", "{\"a\": [1, 2]}", COPY("/a", "/b"), "{\"a\": [1, 2], \"b\": [1, 2]}",
     NULL},
    {"digits in a copy", "{\"a\": 1.10e1}", COPY("/a", "/b"),
     "{\"a\": 1.10e1, \"b\": 1.10e1}", NULL},
    {"a test that holds", "{\"a\": 1.0}",
     "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1},{\"op\":\"remove\",\"path\":\"/"
     "a\"}]",
     "{}", NULL},
    {"a test that fails", "{\"a\": 2}",
     "[{\"op\":\"test\",\"path\":\"/a\",\"value\":1},{\"op\":\"remove\",\"path\":\"/"
     "a\"}]",
     NULL, "no patch"},
    {"several",
     "{\n\t\"destination\": \"/sys\",\n\t\"type\": \"sysfs\",\n\t\"source\": \"sysfs\",\n"
     "\t\"options\": [\n\t\t\"nosuid\",\n\t\t\"ro\"\n\t]\n}\n",
     "[{\"op\":\"replace\",\"path\":\"/type\",\"value\":\"none\"},"
     "{\"op\":\"add\",\"path\":\"/source\",\"value\":\"/sys\"},"
     "{\"op\":\"add\",\"path\":\"/options/0\",\"value\":\"rbind\"},"
     "{\"op\":\"remove\",\"path\":\"/options/1\"},"
     "{\"op\":\"add\",\"path\":\"/x\",\"value\":{}}]",
     "{\n\t\"destination\": \"/sys\",\n\t\"type\": \"none\",\n\t\"source\": \"/sys\",\n"
     "\t\"options\": [\n\t\t\"rbind\",\n\t\t\"ro\"\n\t],\n\t\"x\": {}\n}\n",
     NULL},
    {"a name twice", "{\"a\": 1, \"a\": 2}", REPLACE("/a", "3"), NULL, "a name twice"},
};

static const struct row yaml_rows[] = {
    /* replace */
    {"a scalar", "a: x # note\nb: y\n", REPLACE("/a", "\"z\""), "a: z # note\nb: y\n",
     NULL},
    {"no quotes for words that need them", "a: x\n", REPLACE("/a", "\"yes\""),
     "a: \"yes\"\n", NULL},
    {"quotes as the neighbours have them", "a: 'x'\nb: 'y'\n", REPLACE("/a", "\"it's\""),
     "a: 'it''s'\nb: 'y'\n", NULL},
    {"what only escapes can say", "a: 'x'\n", REPLACE("/a", "\"a\\nb\""),
     "a: \"a\\nb\"\n", NULL},
    {"a string like a number", "a: x\n", REPLACE("/a", "\"0755\""), "a: \"0755\"\n",
     NULL},
    {"a number", "a: x\n", REPLACE("/a", "18446744073709551615"),
     "a: 18446744073709551615\n", NULL},
    {"a value that is not there", "a:\nb: 1\n", REPLACE("/a", "1"), "a: 1\nb: 1\n", NULL},
    {"an element that is not there", "- \n- 1\n", REPLACE("/0", "1"), "- 1 \n- 1\n",
     NULL},
    {"a block scalar", "a: |\n  text\n  more\nb: 1\n", REPLACE("/a", "\"x\""),
     "a: x\nb: 1\n", NULL},
    {"a text of several lines", "a: one\n  two\n  # no\nb: 1\n", REPLACE("/a", "\"x\""),
     "a: x\n  # no\nb: 1\n", NULL},
    {"a block list", "o:\n- a\n- b # last\nx: 1\n", REPLACE("/o", "[\"c\",\"d\",\"e\"]"),
     "o:\n- c\n- d\n- e # last\nx: 1\n", NULL},
    {"an indented block list", "m:\n  o:\n    - a\n    - b\n", REPLACE("/m/o", "[\"c\"]"),
     "m:\n  o:\n    - c\n", NULL},
    {"a block list with a comment inside", "o:\n  # first\n  - a # why\n  - b\n",
     REPLACE("/o", "[\"c\"]"), "o:\n  # first\n  - c\n", "# why"},
    {"a flow list", "o: [a, b]\n", REPLACE("/o", "[\"c\",\"d\",\"e\"]"), "o: [c, d, e]\n",
     NULL},
    {"a flow list of lines", "o: [\n  a,\n  b\n]\n", REPLACE("/o", "[\"c\",\"d\"]"),
     "o: [\n  c,\n  d\n]\n", NULL},
    {"a block list by a scalar", "o: # note\n  - a\nx: 1\n", REPLACE("/o", "1"),
     "o: 1 # note\nx: 1\n", NULL},
    {"a block list by nothing", "o:\n  - a\nx: 1\n", REPLACE("/o", "[]"), "o: []\nx: 1\n",
     NULL},
    {"a scalar by a block list", "o: 1 # note\nx:\n  - a\n",
     REPLACE("/o", "[\"b\",\"c\"]"), "o: # note\n  - b\n  - c\nx:\n  - a\n", NULL},
    {"an element by a mapping", "- 1\n- a: 2\n  b: 3\n",
     REPLACE("/0", "{\"c\":1,\"d\":[]}"), "- c: 1\n  d: []\n- a: 2\n  b: 3\n", NULL},
    {"a list by a mapping", "o:\n- a\nx:\n  y: 1\n", REPLACE("/o", "{\"k\":1}"),
     "o:\n  k: 1\nx:\n  y: 1\n", NULL},
    {"inside of an element", "- a: 1\n  b:\n    - x\n- c\n", REPLACE("/0", "{\"z\":1}"),
     "- z: 1\n- c\n", NULL},
    {"the root", "a: 1\nb: 2\n", REPLACE("", "{\"c\":[1]}"), "c:\n  - 1\n", NULL},
    {"CR LF", "o:\r\n  - a\r\nx: 1\r\n", REPLACE("/o", "[1,2]"),
     "o:\r\n  - 1\r\n  - 2\r\nx: 1\r\n", NULL},
    {"quoted names in brackets", "{\"a\":\"b\",\"c\":[\"d\",\"e\"]}\n",
     REPLACE("/c", "[\"f\",{\"g\":1}]"), "{\"a\":\"b\",\"c\":[\"f\",{\"g\":1}]}\n", NULL},
    /* add a member */
    {"a member", "a: 1 # one\n# end\n", ADD("/b", "\"x\""), "a: 1 # one\nb: x\n# end\n",
     NULL},
    {"a member without a last line end", "a: 1", ADD("/b", "2"), "a: 1\nb: 2", NULL},
    {"a member behind a list", "m:\n  a:\n  - 1\n\nx: 1\n", ADD("/m/b", "[1,\"y\"]"),
     "m:\n  a:\n  - 1\n  b:\n  - 1\n  - \"y\"\n\nx: 1\n", NULL},
    {"a member of an element", "- a: 1\n  # why\n  b: 2\n- c\n", ADD("/0/d", "3"),
     "- a: 1\n  # why\n  b: 2\n  d: 3\n- c\n", NULL},
    {"a member behind a block scalar", "a: |+\n  x\n\nb: >\n  y\n", ADD("/c", "1"),
     "a: |+\n  x\n\nb: >\n  y\nc: 1\n", NULL},
    {"a mapping with a list in it", "l:\n    x:\n        - 1\n",
     ADD("/l/z", "{\"k\":{\"v\":[1]},\"e\":{}}"),
     "l:\n    x:\n        - 1\n    z:\n        k:\n            v:\n                - 1\n"
     "        e: {}\n",
     NULL},
    {"a member to an empty object", "a: {}\nb: 1\n", ADD("/a/c", "1"),
     "a:\n  c: 1\nb: 1\n", NULL},
    {"a member to an empty object in flow style", "a: {}\nb: {c: 1}\n", ADD("/a/c", "1"),
     "a: {c: 1}\nb: {c: 1}\n", NULL},
    {"a member to a flow object", "a: { b: 1 }\n", ADD("/a/c", "\"x\""),
     "a: { b: 1, c: x }\n", NULL},
    {"a comma that may stay", "a: [1, 2,]\n", ADD("/a/-", "3"), "a: [1, 2, 3,]\n", NULL},
    {"source goes behind type",
     "mounts:\n- destination: /a\n  type: tmpfs # t\n  options: []\n",
     ADD("/mounts/0/source", "\"x\""),
     "mounts:\n- destination: /a\n  type: tmpfs # t\n  source: x\n  options: []\n", NULL},
    /* add an element */
    {"an element", "o:\n  - a # one\n  # two\n  - b\n", ADD("/o/1", "\"c\""),
     "o:\n  - a # one\n  - c\n  # two\n  - b\n", NULL},
    {"an element before the first", "o:\n  # about a\n  - a\n", ADD("/o/0", "\"c\""),
     "o:\n  - c\n  # about a\n  - a\n", NULL},
    {"an element before the first of a list in a list", "- - a\n  - b\n",
     ADD("/0/0", "\"c\""), "- - c\n  - a\n  - b\n", NULL},
    {"an element with wide dashes", "o:\n  -   a\n", ADD("/o/-", "{\"x\":1,\"z\":2}"),
     "o:\n  -   a\n  -   x: 1\n      z: 2\n", NULL},
    {"an element to an empty list", "o: []\nx:\n- 1\n", ADD("/o/-", "2"),
     "o:\n- 2\nx:\n- 1\n", NULL},
    {"an element behind a remark", "o: [\n  a, # one\n  b # two\n]\n",
     ADD("/o/-", "\"c\""), "o: [\n  a, # one\n  b, # two\n  c\n]\n", NULL},
    {"an element between remarks", "o: [\n  a, # one\n  b # two\n]\n",
     ADD("/o/1", "\"c\""), "o: [\n  a, # one\n  c,\n  b # two\n]\n", NULL},
    {"an element to a list with a comment only", "o: [\n  # none\n]\n", ADD("/o/-", "1"),
     "o: [\n  # none\n  1\n]\n", NULL},
    /* remove */
    {"a member with its remark", "a: 1\nb: 2 # two\nc: 3\n", REMOVE("/b"), "a: 1\nc: 3\n",
     "# two"},
    {"a member below its comment", "a: 1\n# about b\nb: 2\nc: 3\n", REMOVE("/b"),
     "a: 1\n# about b\nc: 3\n", NULL},
    {"the last member without a line end", "a: 1\nb: 2", REMOVE("/b"), "a: 1", NULL},
    {"the first of an element", "- a: 1\n  b: 2\n- c\n", REMOVE("/0/a"), "- b: 2\n- c\n",
     NULL},
    {"the only member", "m: # note\n  a: 1\nx: 1\n", REMOVE("/m/a"),
     "m: {} # note\nx: 1\n", NULL},
    {"the only member below a comment", "m:\n  # note\n  a: 1\nx: 1\n", REMOVE("/m/a"),
     "m: {}\n  # note\nx: 1\n", NULL},
    {"the only element of an element", "- - a\n- b\n", REMOVE("/0/0"), "- []\n- b\n",
     NULL},
    {"a member of several lines", "a:\n  b:\n  - 1\n  - 2\nc: 3\n", REMOVE("/a"),
     "c: 3\n", NULL},
    {"an element", "o:\n- a\n- b\n- c\n", REMOVE("/o/1"), "o:\n- a\n- c\n", NULL},
    {"an element in brackets", "o: [a, b, c,]\n", REMOVE("/o/2"), "o: [a, b,]\n", NULL},
    {"the last of a list with remarks", "o: [\n  a, # one\n  b # two\n]\n",
     REMOVE("/o/1"), "o: [\n  a # one\n]\n", "# two"},
    {"the last below a comment", "o: [\n  a, # one\n  # about b\n  b\n]\n",
     REMOVE("/o/1"), "o: [\n  a # one\n  # about b\n]\n", NULL},
    /* move */
    {"a new name", "m:\n  oomScoreAdjust: 1 # no\n  b: 2\n",
     MOVE("/m/oomScoreAdjust", "/m/oomScoreAdj"), "m:\n  oomScoreAdj: 1 # no\n  b: 2\n",
     NULL},
    {"a new name in quotes", "\"a\": 1\n'b': 2\n", MOVE("/a", "/c"), "\"c\": 1\n'b': 2\n",
     NULL},
    {"a block to another place", "a:\n  x:\n  - 1\nb:\n  y: 2\nc:\n- 1\n",
     MOVE("/a/x", "/b/x"), "a: {}\nb:\n  y: 2\n  x:\n  - 1\nc:\n- 1\n", NULL},
    {"an element", "- a\n- b\n- c\n", MOVE("/0", "/2"), "- b\n- c\n- a\n", NULL},
    /* several documents, marks, anchors */
    {"the first document only", "%YAML 1.2\n---\na: 1\n...\n---\na: 1\n",
     REPLACE("/a", "2"), "%YAML 1.2\n---\na: 2\n...\n---\na: 1\n", NULL},
    {"behind the mark", "--- {a: 1}\n", ADD("/b", "2"), "--- {a: 1, b: 2}\n", NULL},
    {"an alias by a value of its own", "a: &x [1]\nb: *x # same\n", REPLACE("/b", "[2]"),
     "a: &x [1]\nb: [2] # same\n", NULL},
    {"at the anchor, with its users", "a: &x\n  k: 1\nb: *x\n", REPLACE("/a/k", "2"),
     "a: &x\n  k: 2\nb: *x\n", "changes /b too"},
    {"through an alias", "a: &x\n  k: 1\nb: *x\nc: {d: *x}\n", ADD("/b/l", "2"),
     "a: &x\n  k: 1\n  l: 2\nb: *x\nc: {d: *x}\n", "changes /b, /c/d too"},
    {"through an alias, deeper", "a: &x\n  k: [1]\nb: *x\n", ADD("/b/k/-", "2"),
     "a: &x\n  k: [1, 2]\nb: *x\n", "changes /b/k too"},
    {"a new name through an alias", "a: &x\n  k: 1\nb: *x\n", MOVE("/b/k", "/b/l"),
     "a: &x\n  l: 1\nb: *x\n", "changes /b too"},
    {"a value with an anchor", "a: &x 1\nb: *x\n", REPLACE("/a", "2"), NULL, "anchor"},
    {"an anchor that nobody names", "a: &x 1\nb: 2\n", REPLACE("/a", "2"),
     "a: &x 2\nb: 2\n", NULL},
    {"a tag stays right", "a: !!str 1\nb: 2\n", REPLACE("/a", "\"2\""),
     "a: !!str \"2\"\nb: 2\n", NULL},
    {"the only aliased member moves out", "a: &x\n  k: 1\nb: *x\nc: {}\n",
     MOVE("/b/k", "/c/k"), NULL, "out of an anchored one"},
    {"a value moves into an anchored one", "a: &x\n  k: 1\nb: *x\nc: {d: 1}\n",
     MOVE("/c/d", "/b/d"), NULL, "into an anchored one"},
    {"blank lines that |+ must not get", "a: |+\n  x\nb: 1\n\n# end\n", REMOVE("/b"),
     "a: |+\n  x\n# end\n", NULL},
    {"behind a block scalar at the end", "a: |\n  x", ADD("/b", "1"), NULL,
     "cannot edit"},
    {"the last line end is the value's", "a: |\n  x\nb: 1", REMOVE("/b"), "a: |\n  x\n",
     NULL},
    {"behind a null in brackets", "{a: }\n", ADD("/b", "1"), "{a: , b: 1}\n", NULL},
    {"before an anchor", "[&x {a: 1}, *x]\n", ADD("/0", "2"), "[2, &x {a: 1}, *x]\n",
     NULL},
    {"an anchor goes with its value", "[&x 1, 2]\n", REMOVE("/0"), "[2]\n", NULL},
    {"the root behind its mark", "--- x\n", REPLACE("", "[1, {\"a\": 2}]"),
     "--- [1, {a: 2}]\n", NULL},
    {"copied to an alias from elsewhere", "a: &x\n  k: 1\nb: *x\nc: 2\n",
     COPY("/c", "/b/d"), NULL, "into an anchored one"},
    {"names with a question mark", "? a\n: 1\nb: 2\n", REMOVE("/a"), NULL, "cannot edit"},
    {"an object without brackets", "[a: 1]\n", ADD("/0/b", "2"), NULL, "cannot edit"},
};

START_TEST(test_json)
{
    check_row(&json_rows[_i], DOC_JSON);
}
END_TEST

START_TEST(test_yaml)
{
    check_row(&yaml_rows[_i], DOC_YAML);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("patch");
    TCase *cases = tcase_create("patch");
    tcase_add_loop_test(cases, test_json, 0, sizeof json_rows / sizeof *json_rows);
    tcase_add_loop_test(cases, test_yaml, 0, sizeof yaml_rows / sizeof *yaml_rows);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
