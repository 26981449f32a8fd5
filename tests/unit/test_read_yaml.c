/* SPDX-License-Identifier: Apache-2.0 */
#include "../testing.h"
#include "../yaml_spans.h"

#include <check.h>
#include <glob.h>
#include <stdio.h>

/* One line a node: `name`@offset type value `text of the span`@offset style flags. The
 * slices are what is written in the document, so that the places can be checked by eye.
 */
static void dump_slice(const struct doc *doc, struct span span, struct buf *out)
{
    buf_addc(out, '`');
    buf_add_visible(out, text_slice(&doc->text, span));
    buf_addf(out, "`@%u ", span.start);
}

static void dump_node(const struct doc *doc, const struct node *node, struct buf *out)
{
    static const char *const styles[] = {
        [NODE_FLOW] = "flow",     [NODE_BLOCK] = "block",   [NODE_PLAIN] = "plain",
        [NODE_SINGLE] = "single", [NODE_DOUBLE] = "double", [NODE_LITERAL] = "literal",
        [NODE_FOLDED] = "folded",
    };
    static const char *const flags[] = {"duplicate", "anchor", "alias", "aliased",
                                        "tagged"};
    for (const struct node *up = node->parent; up != NULL; up = up->parent)
        buf_adds(out, STR("  "));
    if (node->key != NULL) {
        buf_add_visible(out, node_key(node));
        buf_addc(out, ' ');
        dump_slice(doc, node->key_span, out);
    }
    buf_addf(out, "%s ", node_type_name(node));
    if (!node_is_container(node) && node->type != NODE_NULL) {
        buf_addc(out, '=');
        buf_add_visible(out, node_text(node));
        buf_addf(out, "%s ",
                 node->type == NODE_TRUE    ? "true"
                 : node->type == NODE_FALSE ? "false"
                                            : "");
    }
    dump_slice(doc, node->span, out);
    buf_addf(out, "%s", styles[node->style]);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (node->flags & 1 << i)
            buf_addf(out, " %s", flags[i]);
    }
    buf_addc(out, '\n');
}

static void dump(const struct doc *doc, struct buf *out)
{
    for (const struct node *root = doc->root; root; root = root->next) {
        if (root != doc->root)
            buf_adds(out, STR("---\n"));
        for (const struct node *node = root; node; node = node_walk(node, root))
            dump_node(doc, node, out);
    }
}

static bool parse(struct doc *doc, enum doc_syntax syntax, struct str text,
                  struct fault *fault)
{
    struct buf bytes = {0};
    buf_adds(&bytes, text);
    return doc_parse(doc, "test", syntax, &bytes, fault);
}

static const struct {
    const char *name;
    const char *text;
    const char *want;
} documents[] = {
    {"a block mapping",
     "a: 1\n"
     "b: two\n"
     "c: ~\n"
     "d:\n",
     "object `a: 1\\nb: two\\nc: ~\\nd:`@0 block\n"
     "  a `a`@0 number =1 `1`@3 plain\n"
     "  b `b`@5 string =two `two`@8 plain\n"
     "  c `c`@12 null `~`@15 plain\n"
     "  d `d`@17 null ``@19 plain\n"},
    {"no final newline",
     "a: 1\n"
     "b: x",
     "object `a: 1\\nb: x`@0 block\n"
     "  a `a`@0 number =1 `1`@3 plain\n"
     "  b `b`@5 string =x `x`@8 plain\n"},
    {"the first line is not the first",
     "\n"
     "\n"
     "# comment\n"
     "\n"
     "  a: 1\n",
     "object `a: 1`@15 block\n"
     "  a `a`@15 number =1 `1`@18 plain\n"},
    {"CR LF",
     "a: 1\r\n"
     "b:\r\n"
     "- x\r\n"
     "- \"y\r\n"
     "  z\"\r\n"
     "# end\r\n",
     "object `a: 1\\u{000D}\\nb:\\u{000D}\\n- x\\u{000D}\\n- \"y\\u{000D}\\n  z\"`@0 "
     "block\n"
     "  a `a`@0 number =1 `1`@3 plain\n"
     "  b `b`@6 array `- x\\u{000D}\\n- \"y\\u{000D}\\n  z\"`@10 block\n"
     "    string =x `x`@12 plain\n"
     "    string =y z `\"y\\u{000D}\\n  z\"`@17 double\n"},
    {"CR alone", "a: 1\rb: 2\r",
     "object `a: 1\\u{000D}b: 2`@0 block\n"
     "  a `a`@0 number =1 `1`@3 plain\n"
     "  b `b`@5 number =2 `2`@8 plain\n"},
    {"tabs",
     "a:\t1\t# x\n"
     "b: [\t1,\t2\t]\n",
     "object `a:\\t1\\t# x\\nb: [\\t1,\\t2\\t]`@0 block\n"
     "  a `a`@0 number =1 `1`@3 plain\n"
     "  b `b`@9 array `[\\t1,\\t2\\t]`@12 flow\n"
     "    number =1 `1`@14 plain\n"
     "    number =2 `2`@17 plain\n"},
    {"text before keys that is not ASCII",
     "\xC3\xA9: \xE2\x82\xAC # \xF0\x9F\x98\x80\n"
     "\"\xC3\xA4\": ['\xC3\xBC', {\xC3\x9F: 1}]\n"
     "z: \xC3\xB6\n",
     "object `\xC3\xA9: \xE2\x82\xAC # \xF0\x9F\x98\x80\\n\"\xC3\xA4\": ['\xC3\xBC', "
     "{\xC3\x9F: 1}]\\nz: \xC3\xB6`@0 block\n"
     "  \xC3\xA9 `\xC3\xA9`@0 string =\xE2\x82\xAC `\xE2\x82\xAC`@4 plain\n"
     "  \xC3\xA4 `\"\xC3\xA4\"`@15 array `['\xC3\xBC', {\xC3\x9F: 1}]`@21 flow\n"
     "    string =\xC3\xBC `'\xC3\xBC'`@22 single\n"
     "    object `{\xC3\x9F: 1}`@28 flow\n"
     "      \xC3\x9F `\xC3\x9F`@29 number =1 `1`@33 plain\n"
     "  z `z`@37 string =\xC3\xB6 `\xC3\xB6`@40 plain\n"},
    {"comments everywhere",
     "# 1\n"
     "a: # 2\n"
     "  # 3\n"
     "  b: 1 # 4\n"
     "  # 5\n"
     "# 6\n"
     "c: # 7\n"
     "- d # 8\n"
     "# 9\n"
     "- [ # 10\n"
     "  e, # 11\n"
     "  f # 12\n"
     "  ] # 13\n"
     "# 14\n",
     "object `a: # 2\\n  # 3\\n  b: 1 # 4\\n  # 5\\n# 6\\nc: # 7\\n- d # 8\\n# 9\\n- [ # "
     "10\\n  e, # 11\\n  f # 12\\n  ]`@4 block\n"
     "  a `a`@4 object `b: 1`@19 block\n"
     "    b `b`@19 number =1 `1`@22 plain\n"
     "  c `c`@38 array `- d # 8\\n# 9\\n- [ # 10\\n  e, # 11\\n  f # 12\\n  ]`@45 block\n"
     "    string =d `d`@47 plain\n"
     "    array `[ # 10\\n  e, # 11\\n  f # 12\\n  ]`@59 flow\n"
     "      string =e `e`@68 plain\n"
     "      string =f `f`@78 plain\n"},
    {"block collections end with their last child",
     "a:\n"
     "  b:\n"
     "    - 1\n"
     "\n"
     "    # more\n"
     "\n"
     "  # and more\n"
     "c: 2\n"
     "\n"
     "\n",
     "object `a:\\n  b:\\n    - 1\\n\\n    # more\\n\\n  # and more\\nc: 2`@0 block\n"
     "  a `a`@0 object `b:\\n    - 1`@5 block\n"
     "    b `b`@5 array `- 1`@12 block\n"
     "      number =1 `1`@14 plain\n"
     "  c `c`@42 number =2 `2`@45 plain\n"},
    {"lists in lists",
     "- - a\n"
     "  - b\n"
     "-\n"
     "  - c\n"
     "- - - d\n",
     "array `- - a\\n  - b\\n-\\n  - c\\n- - - d`@0 block\n"
     "  array `- a\\n  - b`@2 block\n"
     "    string =a `a`@4 plain\n"
     "    string =b `b`@10 plain\n"
     "  array `- c`@16 block\n"
     "    string =c `c`@18 plain\n"
     "  array `- - d`@22 block\n"
     "    array `- d`@24 block\n"
     "      string =d `d`@26 plain\n"},
    {"a list that is not indented",
     "a:\n"
     "- 1\n"
     "- 2\n"
     "b: 3\n",
     "object `a:\\n- 1\\n- 2\\nb: 3`@0 block\n"
     "  a `a`@0 array `- 1\\n- 2`@3 block\n"
     "    number =1 `1`@5 plain\n"
     "    number =2 `2`@9 plain\n"
     "  b `b`@11 number =3 `3`@14 plain\n"},
    {"mappings in lists",
     "- a: 1\n"
     "  b: 2\n"
     "-\n"
     "  c: 3\n"
     "- {}\n",
     "array `- a: 1\\n  b: 2\\n-\\n  c: 3\\n- {}`@0 block\n"
     "  object `a: 1\\n  b: 2`@2 block\n"
     "    a `a`@2 number =1 `1`@5 plain\n"
     "    b `b`@9 number =2 `2`@12 plain\n"
     "  object `c: 3`@18 block\n"
     "    c `c`@18 number =3 `3`@21 plain\n"
     "  object `{}`@25 flow\n"},
    {"values that are not there",
     "a:\n"
     "b: # none\n"
     "c:\n"
     "-\n"
     "- # none\n"
     "d: {e: , f, g: # none\n"
     "  }\n",
     "object `a:\\nb: # none\\nc:\\n-\\n- # none\\nd: {e: , f, g: # none\\n  }`@0 block\n"
     "  a `a`@0 null ``@2 plain\n"
     "  b `b`@3 null ``@5 plain\n"
     "  c `c`@13 array `-\\n-`@16 block\n"
     "    null ``@17 plain\n"
     "    null ``@19 plain\n"
     "  d `d`@27 object `{e: , f, g: # none\\n  }`@30 flow\n"
     "    e `e`@31 null ``@33 plain\n"
     "    f `f`@36 null ``@37 plain\n"
     "    g `g`@39 null ``@41 plain\n"},
    {"quotes",
     "'a': 'it''s'\n"
     "\"b\": \"x\\ty\"\n"
     "'c' : \"\"\n"
     "\"d\"   :   ''\n",
     "object `'a': 'it''s'\\n\"b\": \"x\\ty\"\\n'c' : \"\"\\n\"d\"   :   ''`@0 block\n"
     "  a `'a'`@0 string =it's `'it''s'`@5 single\n"
     "  b `\"b\"`@13 string =x\\ty `\"x\\ty\"`@18 double\n"
     "  c `'c'`@25 string = `\"\"`@31 double\n"
     "  d `\"d\"`@34 string = `''`@44 single\n"},
    {"lines that are folded",
     "a: one\n"
     "  two\n"
     "\n"
     "  three\n"
     "b: \"one\n"
     "  two\\\n"
     "  three\"\n"
     "c: 'x\n"
     "\n"
     "  y'\n",
     "object `a: one\\n  two\\n\\n  three\\nb: \"one\\n  two\\\\n  three\"\\nc: 'x\\n\\n "
     " y'`@0 block\n"
     "  a `a`@0 string =one two\\nthree `one\\n  two\\n\\n  three`@3 plain\n"
     "  b `b`@22 string =one twothree `\"one\\n  two\\\\n  three\"`@25 double\n"
     "  c `c`@46 string =x\\ny `'x\\n\\n  y'`@49 single\n"},
    {"block scalars",
     "a: |\n"
     "  one\n"
     "   two  \n"
     "b: >\n"
     "  one\n"
     "  two\n"
     "\n"
     "  three\n"
     "c: |-\n"
     "  x\n"
     "\n"
     "\n"
     "d: >-  # why\n"
     "  y\n"
     "# end\n"
     "e: |2\n"
     "   z\n",
     "object `a: |\\n  one\\n   two  \\nb: >\\n  one\\n  two\\n\\n  three\\nc: |-\\n  "
     "x\\n\\n\\nd: >-  # why\\n  y\\n# end\\ne: |2\\n   z`@0 block\n"
     "  a `a`@0 string =one\\n two  \\n `|\\n  one\\n   two  `@3 literal\n"
     "  b `b`@20 string =one two\\nthree\\n `>\\n  one\\n  two\\n\\n  three`@23 folded\n"
     "  c `c`@46 string =x `|-\\n  x`@49 literal\n"
     "  d `d`@58 string =y `>-  # why\\n  y`@61 folded\n"
     "  e `e`@81 string = z\\n `|2\\n   z`@84 literal\n"},
    {"block scalars that keep their end",
     "a: |+\n"
     "  x\n"
     "\n"
     "\n"
     "b: |+\n"
     "\n"
     "c: >+\n"
     "  y\n",
     "object `a: |+\\n  x\\n\\n\\nb: |+\\n\\nc: >+\\n  y`@0 block\n"
     "  a `a`@0 string =x\\n\\n\\n `|+\\n  x\\n\\n`@3 literal\n"
     "  b `b`@12 string =\\n `|+\\n`@15 literal\n"
     "  c `c`@19 string =y\\n `>+\\n  y`@22 folded\n"},
    {"block scalars without content",
     "a: |\n"
     "b: > # none\n"
     "\n"
     "c: |+\n",
     "object `a: |\\nb: > # none\\n\\nc: |+`@0 block\n"
     "  a `a`@0 string = `|`@3 literal\n"
     "  b `b`@5 string = `>`@8 folded\n"
     "  c `c`@18 string = `|+`@21 literal\n"},
    {"a block scalar that ends in white space",
     "a: |\n"
     "  x\n"
     "    \n"
     "\n"
     "b: 1\n",
     "object `a: |\\n  x\\n    \\n\\nb: 1`@0 block\n"
     "  a `a`@0 string =x\\n  \\n `|\\n  x\\n    \\n`@3 literal\n"
     "  b `b`@15 number =1 `1`@18 plain\n"},
    {"a block scalar at the end without newline",
     "a: |\n"
     "  x",
     "object `a: |\\n  x`@0 block\n"
     "  a `a`@0 string =x `|\\n  x`@3 literal\n"},
    {"block scalar with CR LF",
     "a: |\r\n"
     "  x\r\n"
     "  y\r\n"
     "\r\n"
     "b: |+\r\n"
     "  z\r\n"
     "\r\n",
     "object `a: |\\u{000D}\\n  x\\u{000D}\\n  y\\u{000D}\\n\\u{000D}\\nb: "
     "|+\\u{000D}\\n  z\\u{000D}\\n`@0 block\n"
     "  a `a`@0 string =x\\ny\\n `|\\u{000D}\\n  x\\u{000D}\\n  y`@3 literal\n"
     "  b `b`@18 string =z\\n\\n `|+\\u{000D}\\n  z\\u{000D}\\n`@21 literal\n"},
    {"flow collections", "{a: [1, [], {}], \"b\":2, c: {d: e,}, f}\n",
     "object `{a: [1, [], {}], \"b\":2, c: {d: e,}, f}`@0 flow\n"
     "  a `a`@1 array `[1, [], {}]`@4 flow\n"
     "    number =1 `1`@5 plain\n"
     "    array `[]`@8 flow\n"
     "    object `{}`@12 flow\n"
     "  b `\"b\"`@17 number =2 `2`@21 plain\n"
     "  c `c`@24 object `{d: e,}`@27 flow\n"
     "    d `d`@28 string =e `e`@31 plain\n"
     "  f `f`@36 null ``@37 plain\n"},
    {"flow collections over lines",
     "a: {\n"
     "  b: [ 1 ,\n"
     "    2\n"
     "  ],\n"
     "}\n"
     "c: d\n",
     "object `a: {\\n  b: [ 1 ,\\n    2\\n  ],\\n}\\nc: d`@0 block\n"
     "  a `a`@0 object `{\\n  b: [ 1 ,\\n    2\\n  ],\\n}`@3 flow\n"
     "    b `b`@7 array `[ 1 ,\\n    2\\n  ]`@10 flow\n"
     "      number =1 `1`@12 plain\n"
     "      number =2 `2`@20 plain\n"
     "  c `c`@29 string =d `d`@32 plain\n"},
    {"pairs in lists", "[a: b, ? c : d, \"e\":f, g]\n",
     "array `[a: b, ? c : d, \"e\":f, g]`@0 flow\n"
     "  object `a: b`@1 flow\n"
     "    a `a`@1 string =b `b`@4 plain\n"
     "  object `? c : d`@7 flow\n"
     "    c `c`@9 string =d `d`@13 plain\n"
     "  object `\"e\":f`@16 flow\n"
     "    e `\"e\"`@16 string =f `f`@20 plain\n"
     "  string =g `g`@23 plain\n"},
    {"explicit keys",
     "? a\n"
     ": b\n"
     "? c\n"
     "# none\n"
     "? 'd'\n"
     ":\n"
     "- e\n",
     "object `? a\\n: b\\n? c\\n# none\\n? 'd'\\n:\\n- e`@0 block\n"
     "  a `a`@2 string =b `b`@6 plain\n"
     "  c `c`@10 null ``@11 plain\n"
     "  d `'d'`@21 array `- e`@27 block\n"
     "    string =e `e`@29 plain\n"},
    {"anchors and aliases",
     "a: &x 1\n"
     "b: *x\n"
     "c: &y [*x, {k: v}]\n"
     "d: *y\n"
     "e: {f: *y }\n",
     "object `a: &x 1\\nb: *x\\nc: &y [*x, {k: v}]\\nd: *y\\ne: {f: *y }`@0 block\n"
     "  a `a`@0 number =1 `1`@6 plain anchor\n"
     "  b `b`@8 number =1 `*x`@11 plain alias\n"
     "  c `c`@14 array `[*x, {k: v}]`@20 flow anchor\n"
     "    number =1 `*x`@21 plain alias\n"
     "    object `{k: v}`@25 flow\n"
     "      k `k`@26 string =v `v`@29 plain\n"
     "  d `d`@33 array `*y`@36 flow alias\n"
     "    number =1 `*x`@21 plain alias aliased\n"
     "    object `{k: v}`@25 flow aliased\n"
     "      k `k`@26 string =v `v`@29 plain aliased\n"
     "  e `e`@39 object `{f: *y }`@42 flow\n"
     "    f `f`@43 array `*y`@46 flow alias\n"
     "      number =1 `*x`@21 plain alias aliased\n"
     "      object `{k: v}`@25 flow aliased\n"
     "        k `k`@26 string =v `v`@29 plain aliased\n"},
    {"anchors of blocks",
     "a: &m\n"
     "  k: 1\n"
     "b: &s\n"
     "- *m\n"
     "c: &l |\n"
     "  text\n"
     "d: [*l]\n"
     "e: &n\n"
     "f: *n\n",
     "object `a: &m\\n  k: 1\\nb: &s\\n- *m\\nc: &l |\\n  text\\nd: [*l]\\ne: &n\\nf: "
     "*n`@0 block\n"
     "  a `a`@0 object `k: 1`@8 block anchor\n"
     "    k `k`@8 number =1 `1`@11 plain\n"
     "  b `b`@13 array `- *m`@19 block anchor\n"
     "    object `*m`@21 block alias\n"
     "      k `k`@8 number =1 `1`@11 plain aliased\n"
     "  c `c`@24 string =text\\n `|\\n  text`@30 literal anchor\n"
     "  d `d`@39 array `[*l]`@42 flow\n"
     "    string =text\\n `*l`@43 literal alias\n"
     "  e `e`@47 null ``@52 plain anchor\n"
     "  f `f`@53 null `*n`@56 plain alias\n"},
    {"anchors that are used again",
     "- &a 1\n"
     "- *a\n"
     "- &a 2\n"
     "- *a\n",
     "array `- &a 1\\n- *a\\n- &a 2\\n- *a`@0 block\n"
     "  number =1 `1`@5 plain anchor\n"
     "  number =1 `*a`@9 plain alias\n"
     "  number =2 `2`@17 plain anchor\n"
     "  number =2 `*a`@21 plain alias\n"},
    {"an anchor of a key",
     "&k a: 1\n"
     "b: *k\n",
     "object `&k a: 1\\nb: *k`@0 block\n"
     "  a `a`@3 number =1 `1`@6 plain\n"
     "  b `b`@8 string =a `*k`@11 plain alias\n"},
    {"anchors and tags in any order",
     "- &a !!str 1\n"
     "- !!str &b 2\n"
     "- !!map # c\n"
     "  &c\n"
     "  k: v\n"
     "- !!seq [!!int '3']\n"
     "- ! 4\n"
     "- &d !!str\n",
     "array `- &a !!str 1\\n- !!str &b 2\\n- !!map # c\\n  &c\\n  k: v\\n- !!seq [!!int "
     "'3']\\n- ! 4\\n- &d !!str`@0 block\n"
     "  string =1 `1`@11 plain anchor tagged\n"
     "  string =2 `2`@24 plain anchor tagged\n"
     "  object `k: v`@45 block anchor tagged\n"
     "    k `k`@45 string =v `v`@48 plain\n"
     "  array `[!!int '3']`@58 flow tagged\n"
     "    number =3 `'3'`@65 single tagged\n"
     "  string =4 `4`@74 plain tagged\n"
     "  string = ``@86 plain anchor tagged\n"},
    {"a mapping whose first key has an anchor",
     "&m\n"
     "&k a: 1\n",
     "object `&k a: 1`@3 block anchor\n"
     "  a `a`@6 number =1 `1`@9 plain\n"},
    {"repeated names",
     "a: 1\n"
     "b: {c: 1, c: 2, \"c\": 3}\n"
     "a: 2\n",
     "object `a: 1\\nb: {c: 1, c: 2, \"c\": 3}\\na: 2`@0 block\n"
     "  a `a`@0 number =1 `1`@3 plain\n"
     "  b `b`@5 object `{c: 1, c: 2, \"c\": 3}`@8 flow\n"
     "    c `c`@9 number =1 `1`@12 plain\n"
     "    c `c`@15 number =2 `2`@18 plain duplicate\n"
     "    c `\"c\"`@21 number =3 `3`@26 plain duplicate\n"
     "  a `a`@29 number =2 `2`@32 plain duplicate\n"},
    {"repeated names below an alias",
     "a: &x {c: 1, c: 2}\n"
     "b: *x\n",
     "object `a: &x {c: 1, c: 2}\\nb: *x`@0 block\n"
     "  a `a`@0 object `{c: 1, c: 2}`@6 flow anchor\n"
     "    c `c`@7 number =1 `1`@10 plain\n"
     "    c `c`@13 number =2 `2`@16 plain duplicate\n"
     "  b `b`@19 object `*x`@22 flow alias\n"
     "    c `c`@7 number =1 `1`@10 plain aliased\n"
     "    c `c`@13 number =2 `2`@16 plain duplicate aliased\n"},
    {"merge keys are names like others",
     "a: &x {c: 1}\n"
     "b:\n"
     "  <<: *x\n"
     "  d: 2\n",
     "object `a: &x {c: 1}\\nb:\\n  <<: *x\\n  d: 2`@0 block\n"
     "  a `a`@0 object `{c: 1}`@6 flow anchor\n"
     "    c `c`@7 number =1 `1`@10 plain\n"
     "  b `b`@13 object `<<: *x\\n  d: 2`@18 block\n"
     "    << `<<`@18 object `*x`@22 flow alias\n"
     "      c `c`@7 number =1 `1`@10 plain aliased\n"
     "    d `d`@27 number =2 `2`@30 plain\n"},
    {"documents",
     "a: 1\n"
     "---\n"
     "- b\n"
     "...\n"
     "--- c\n"
     "---\n"
     "{d: e}\n",
     "object `a: 1`@0 block\n"
     "  a `a`@0 number =1 `1`@3 plain\n"
     "---\n"
     "array `- b`@9 block\n"
     "  string =b `b`@11 plain\n"
     "---\n"
     "string =c `c`@21 plain\n"
     "---\n"
     "object `{d: e}`@27 flow\n"
     "  d `d`@28 string =e `e`@31 plain\n"},
    {"empty documents are left out",
     "---\n"
     "# none\n"
     "---\n"
     "a\n"
     "---\n"
     "...\n"
     "---\n",
     "string =a `a`@15 plain\n"},
    {"an empty document that says null",
     "--- null\n"
     "--- ~\n"
     "--- ''\n",
     "null `null`@4 plain\n"
     "---\n"
     "null `~`@13 plain\n"
     "---\n"
     "string = `''`@19 single\n"},
    {"directives",
     "%YAML 1.2\n"
     "%TAG !s! tag:yaml.org,2002:\n"
     "--- # c\n"
     "a: !s!str 1\n",
     "object `a: !s!str 1`@46 block\n"
     "  a `a`@46 string =1 `1`@56 plain tagged\n"},
    {"an alias is of its own document",
     "- &a 1\n"
     "---\n"
     "- &a 2\n"
     "- *a\n",
     "array `- &a 1`@0 block\n"
     "  number =1 `1`@5 plain anchor\n"
     "---\n"
     "array `- &a 2\\n- *a`@11 block\n"
     "  number =2 `2`@16 plain anchor\n"
     "  number =2 `*a`@20 plain alias\n"},
    {"names that look like other types when quoted",
     "\"1\": a\n"
     "'true': b\n"
     "!!str 2: c\n"
     "yes: d\n",
     "object `\"1\": a\\n'true': b\\n!!str 2: c\\nyes: d`@0 block\n"
     "  1 `\"1\"`@0 string =a `a`@5 plain\n"
     "  true `'true'`@7 string =b `b`@15 plain\n"
     "  2 `2`@23 string =c `c`@26 plain\n"
     "  yes `yes`@28 string =d `d`@33 plain\n"},
    {"JSON",
     "{\"ociVersion\": \"1.0.2\",\n"
     " \"n\": [18446744073709551615, -1.5e3, true, null],\n"
     " \"s\": \"\\u00e9\\/\\\"\"}",
     "object `{\"ociVersion\": \"1.0.2\",\\n \"n\": [18446744073709551615, -1.5e3, true, "
     "null],\\n \"s\": \"\\u00e9\\/\\\"\"}`@0 flow\n"
     "  ociVersion `\"ociVersion\"`@1 string =1.0.2 `\"1.0.2\"`@15 double\n"
     "  n `\"n\"`@25 array `[18446744073709551615, -1.5e3, true, null]`@30 flow\n"
     "    number =18446744073709551615 `18446744073709551615`@31 plain\n"
     "    number =-1.5e3 `-1.5e3`@53 plain\n"
     "    boolean =true `true`@61 plain\n"
     "    null `null`@67 plain\n"
     "  s `\"s\"`@75 string =\xC3\xA9/\" `\"\\u00e9\\/\\\"\"`@80 double\n"},
    {"indicators inside of words",
     "a: b#c\n"
     "d: x:y\n"
     "e: -f\n"
     "g: a, b\n"
     "h: \"#\"\n",
     "object `a: b#c\\nd: x:y\\ne: -f\\ng: a, b\\nh: \"#\"`@0 block\n"
     "  a `a`@0 string =b#c `b#c`@3 plain\n"
     "  d `d`@7 string =x:y `x:y`@10 plain\n"
     "  e `e`@14 string =-f `-f`@17 plain\n"
     "  g `g`@20 string =a, b `a, b`@23 plain\n"
     "  h `h`@28 string =# `\"#\"`@31 double\n"},
};

START_TEST(reads)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf got = {0};
    struct fault fault = {0};
    bool read = parse(&doc, DOC_YAML, str_of(documents[_i].text), &fault);
    ck_assert_msg(read, "%s: %u:%u: %s", documents[_i].name, fault.line, fault.column,
                  fault.text);
    dump(&doc, &got);
    ck_assert_msg(strcmp(got.data, documents[_i].want) == 0, "%s:\n%s\ninstead of\n%s",
                  documents[_i].name, got.data, documents[_i].want);
    const struct node *broken = spans_find_broken(&doc);
    ck_assert_msg(broken == NULL, "%s: the text of a span, read alone, is another value",
                  documents[_i].name);
    check_hashes(&doc);
}
END_TEST

/* A plain scalar, or any other without a name, on its own. */
static const struct {
    const char *text;
    const char *want;
} scalars[] = {
    {"~", "null "},
    {"null", "null "},
    {"Null", "null "},
    {"NULL", "null "},
    {"nULL", "string nULL"},
    {"true", "boolean "},
    {"True", "boolean "},
    {"TRUE", "boolean "},
    {"false", "boolean "},
    {"tRUE", "string tRUE"},
    {"yes", "string yes"},
    {"No", "string No"},
    {"on", "string on"},
    {"OFF", "string OFF"},
    {"y", "string y"},
    {"0", "number 0"},
    {"-0", "number -0"},
    {"+12", "number 12"},
    {"-12", "number -12"},
    {"012", "number 12"},
    {"-000", "number -0"},
    {"08", "number 8"},
    {"0o17", "number 15"},
    {"0o18", "string 0o18"},
    {"0O17", "string 0O17"},
    {"0o", "string 0o"},
    {"0x1F", "number 31"},
    {"0xdeadBEEF", "number 3735928559"},
    {"0x", "string 0x"},
    {"0xG", "string 0xG"},
    {"+0x1", "string +0x1"},
    {"0b1", "string 0b1"},
    {"1_000", "string 1_000"},
    {"12:30:45", "string 12:30:45"},
    {"0xFFFFFFFFFFFFFFFF", "number 18446744073709551615"},
    {"0x10000000000000000", "number 18446744073709551616"},
    {"0x3B9ACA00", "number 1000000000"},
    {"0o777777777777777777777777", "number 4722366482869645213695"},
    {"18446744073709551615", "number 18446744073709551615"},
    {"123456789012345678901234567890", "number 123456789012345678901234567890"},
    {".5", "number 0.5"},
    {"-.5", "number -0.5"},
    {"1.", "number 1.0"},
    {"1.e5", "number 1.0e5"},
    {"+1.50E+07", "number 1.50E+07"},
    {"007.0", "number 7.0"},
    {"00.5", "number 0.5"},
    {"1e3", "number 1e3"},
    {"1e", "string 1e"},
    {"e3", "string e3"},
    {".", "string ."},
    {".e3", "string .e3"},
    {"+", "string +"},
    {"--1", "string --1"},
    {"1.2.3", "string 1.2.3"},
    {".info", "string .info"},
    {"-.nan", "string -.nan"},
    {"2001-12-14", "string 2001-12-14"},
    {"=", "string ="},
    {"<<", "string <<"},
    {"\"12\"", "string 12"},
    {"'true'", "string true"},
    {"\"\"", "string "},
    {"|-\n 12", "string 12"},
    {"\"\\/\\x41\\u00e9\\U0001F600\\0\"", "string /A\xC3\xA9\xF0\x9F\x98\x80\\u{0000}"},
    {"! 12", "string 12"},
    {"!!str 12", "string 12"},
    {"!!str null", "string null"},
    {"!!str .inf", "string .inf"},
    {"!<tag:yaml.org,2002:str> 12", "string 12"},
    {"!!int '12'", "number 12"},
    {"!!int 0x10", "number 16"},
    {"!!float 1", "number 1"},
    {"!!bool \"true\"", "boolean "},
    {"!!null ''", "null "},
    {"%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1", "string 1"},
};

START_TEST(resolves)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf got = {0};
    struct fault fault = {0};
    bool read = parse(&doc, DOC_YAML, str_of(scalars[_i].text), &fault);
    ck_assert_msg(read, "%s: %s", scalars[_i].text, fault.text);
    buf_addf(&got, "%s ", node_type_name(doc.root));
    buf_add_visible(&got, node_text(doc.root));
    ck_assert_msg(strcmp(got.data, scalars[_i].want) == 0, "%s: %s instead of %s",
                  scalars[_i].text, got.data, scalars[_i].want);
}
END_TEST

/* The text may contain NUL. */
#define TEXT(literal)                                                                    \
    {                                                                                    \
        literal, sizeof(literal) - 1                                                     \
    }

static const struct {
    const char *name;
    struct str text;
    const char *want;
} faults[] = {
    {"nothing", TEXT(""), "1:1: expected a YAML document, found nothing"},
    {"only white space", TEXT(" \n\n"), "3:1: expected a YAML document, found nothing"},
    {"only comments", TEXT("# a\n\n# b"),
     "3:4: expected a YAML document, found nothing but comments and marks"},
    {"only marks", TEXT("---\n---\n"),
     "3:1: expected a YAML document, found nothing but comments and marks"},
    {"byte order mark",
     TEXT("\xEF\xBB\xBF"
          "a: 1\n"),
     "1:1: the text begins with a byte order mark (EF BB BF), which runtimes refuse; "
     "remove the three bytes"},
    {"byte order mark later", TEXT("a: 1\n\xEF\xBB\xBF"),
     "2:1: expected text, found '\xEF\xBB\xBF' (U+FEFF); in double quotes it is written "
     "\\u and four digits"},
    {"UTF-16",
     TEXT("\xFF\xFE"
          "a\x00"),
     "1:1: the text is UTF-16; write it as UTF-8"},
    {"UTF-16 without a mark", TEXT("a\x00:\x00"),
     "1:2: expected text, found '\\u{0000}'; in double quotes it is written \\u and four "
     "digits"},
    {"not UTF-8", TEXT("a: 1\nb: \"\xC3\xA9\xFF\"\n"),
     "2:7: expected UTF-8, found the byte 0xFF, which is not UTF-8"},
    {"half a character", TEXT("a: \xE2\x82"),
     "1:4: expected UTF-8, found the byte 0xE2, which is not UTF-8"},
    {"control character", TEXT("a: b\n c\x07"),
     "2:3: expected text, found '\\u{0007}'; in double quotes it is written \\u and four "
     "digits"},
    {"DEL", TEXT("a: \x7F"),
     "1:4: expected text, found '\\u{007F}'; in double quotes it is written \\u and four "
     "digits"},
    {"NUL", TEXT("a: \"\x00\""),
     "1:5: expected text, found '\\u{0000}'; in double quotes it is written \\u and four "
     "digits"},
    {"next line", TEXT("a: \"\xC2\x85\""),
     "1:5: expected text, found '\\u{0085}' (U+0085); readers differ on whether it ends "
     "the line; in double quotes it is written \\u and four digits"},
    {"line separator", TEXT("\xC3\xA9: \"\xE2\x80\xA8\""),
     "1:6: expected text, found '\\u{2028}' (U+2028); readers differ on whether it ends "
     "the line; in double quotes it is written \\u and four digits"},
    {"tab as indentation", TEXT("a:\n\tb: 1\n"),
     "2:1: expected spaces as indentation, found '\\t'; YAML takes no tab there"},
    {"tab in a block scalar", TEXT("a: |\n\tx\n"),
     "2:1: expected spaces as indentation, found '\\t'; YAML takes no tab there"},
    {"key is a number", TEXT("a: 1\n10: x\n"),
     "2:1: expected a string as key, found 10, which is a number in YAML; quote it"},
    {"key is true", TEXT("{true: x}"),
     "1:2: expected a string as key, found true, which is a boolean in YAML; quote it"},
    {"key is null", TEXT("a:\n  null: x\n"),
     "2:3: expected a string as key, found null, which is a null in YAML; quote it"},
    {"key is a tagged number", TEXT("!!int '1': x"),
     "1:7: expected a string as key, found '1', which is a number in YAML; quote it"},
    {"key is missing", TEXT(": x"),
     "1:1: expected the next key of the mapping that begins at line 1, found ':'; check "
     "the indentation and the quotes before it"},
    {"key is missing in braces", TEXT("{a: 1, : 2}"), "1:8: expected a value, found ':'"},
    {"key is a list", TEXT("? - a\n: b\n"),
     "1:3: expected a string as key, found a list"},
    {"key is a flow list", TEXT("[a]: b"), "1:1: expected a string as key, found a list"},
    {"key is a mapping", TEXT("{{a: b}: c}"),
     "1:2: expected a string as key, found a mapping"},
    {"key is an alias", TEXT("a: &x b\n*x : c\n"),
     "2:1: expected a string as key, found the alias *x; write the name itself"},
    {"infinity", TEXT("a: -.inf"),
     "1:4: JSON has no infinity and no NaN; quote -.inf if it is text"},
    {"not a number", TEXT("a: [.NaN]"),
     "1:5: JSON has no infinity and no NaN; quote .NaN if it is text"},
    {"key is infinite", TEXT(".inf: a"),
     "1:1: JSON has no infinity and no NaN; quote .inf if it is text"},
    {"unknown alias", TEXT("a: *x\n"),
     "1:4: the alias *x names no anchor before it; &x is missing"},
    {"alias before its anchor", TEXT("a: *x\nb: &x 1\n"),
     "1:4: the alias *x names no anchor before it; &x is missing"},
    {"alias of another document", TEXT("- &a 1\n---\n- *a\n"),
     "3:3: the alias *a names no anchor before it; &a is missing"},
    {"recursive list", TEXT("&a [1, *a]"),
     "1:8: the alias *a stands inside of what it names, which would never end"},
    {"recursive mapping", TEXT("a: &x\n  b:\n    c: *x\n"),
     "3:8: the alias *x stands inside of what it names, which would never end"},
    {"anchor of an alias", TEXT("a: &x 1\nb: &y *x\n"),
     "2:7: expected the next key of the mapping that begins at line 1, found '*'; check "
     "the indentation and the quotes before it"},
    {"name of an anchor", TEXT("a: &x.y 1"),
     "1:6: expected a letter, a digit, '-' or '_' in the name behind & or *, found '.'; "
     "quote text that begins with & or *"},
    {"name of an anchor with a colon", TEXT("a: &x:y 1"),
     "1:6: expected a space behind the anchor's name, found ':'"},
    {"name of an alias", TEXT("a: *\n"),
     "1:5: expected a letter, a digit, '-' or '_' in the name behind & or *, found the "
     "end of the line; quote text that begins with & or *"},
    {"unknown tag", TEXT("a: !Ref b"),
     "1:4: the tag !Ref has no meaning in a spec; remove it, or quote text that begins "
     "with '!'"},
    {"unknown standard tag", TEXT("a: !!binary aGk="),
     "1:4: the tag !!binary has no meaning in a spec; remove it, or quote text that "
     "begins with '!'"},
    {"unknown tag of a list", TEXT("a: !!set [b]"),
     "1:4: the tag !!set has no meaning in a spec; remove it, or quote text that begins "
     "with '!'"},
    {"tag that does not fit", TEXT("a: !!int 1.5"),
     "1:4: expected an integer behind the tag !!int, found something else; remove the "
     "tag"},
    {"tag of a list on a string", TEXT("a: !!seq b"),
     "1:4: expected a list behind the tag !!seq, found something else; remove the tag"},
    {"tag of a string on a list", TEXT("a: !!str [b]"),
     "1:4: expected a string behind the tag !!str, found something else; remove the tag"},
    {"tag on nothing", TEXT("a: !!bool\nb: 1\n"),
     "1:4: expected true or false behind the tag !!bool, found something else; remove "
     "the tag"},
    {"undeclared tag handle", TEXT("a: !x!y b"),
     "1:4: expected a tag that a %TAG line declares, found '!'; remove the tag, or quote "
     "text that begins with '!'"},
    {"tag without an end", TEXT("a: !<x y"),
     "1:7: expected a complete tag, found ' '; quote text that begins with '!'"},
    {"list is not closed", TEXT("a: [1, 2"),
     "1:9: expected ',' or ']' for the '[' at line 1, found the end of the text"},
    {"list runs into the next key", TEXT("a: [1, 2\nb: 3\n"),
     "1:8: this value goes on to line 2, where a ':' follows it; check the indentation "
     "and the brackets"},
    {"mapping is not closed", TEXT("{a: 1\n"),
     "2:1: expected ',' or '}' for the '{' at line 1, found the end of the text"},
    {"two commas", TEXT("[1,,2]"), "1:4: expected a value, found ','"},
    {"bracket at the start", TEXT("]"), "1:1: expected a value, found ']'"},
    {"wrong bracket", TEXT("[1}"),
     "1:3: expected ',' or ']' for the '[' at line 1, found '}'"},
    {"double quote is not closed", TEXT("a: \"x\nb: 1\n"),
     "1:4: this string has no closing quote"},
    {"single quote is not closed", TEXT("a: 'x"),
     "1:4: this string has no closing quote"},
    {"document ends a quote", TEXT("\"a\n---\nb\""),
     "1:1: this string has no closing quote before its document ends at line 2"},
    {"unknown escape", TEXT("a: \"C:\\dir\""),
     "1:8: expected an escape that YAML knows after the backslash, found 'd'; write \\\\ "
     "for a backslash, or use single quotes"},
    {"short escape", TEXT("a: \"\\u12\""),
     "1:5: expected two hexadecimal digits after \\x, four after \\u, eight after \\U"},
    {"surrogate pair", TEXT("[\"\\ud83d\\ude00\"]"),
     "1:3: YAML has no surrogate pairs; write \\U0001F600, or the character itself"},
    {"surrogate", TEXT("[\"x\\udc00\"]"),
     "1:4: this escape is one half of a surrogate pair and no character"},
    {"beyond Unicode", TEXT("\"\\U00110000\""),
     "1:2: expected the code of a character in this escape; the last one is \\U0010FFFF"},
    {"text behind a quote", TEXT("a: 'b' c\n"),
     "1:8: expected the next key of the mapping that begins at line 1, found 'c'; check "
     "the indentation and the quotes before it"},
    {"colon in a value", TEXT("a: b: c\n"),
     "1:5: expected the end of the value, found ':'; quote the value if the ':' belongs "
     "to it"},
    {"colon in a value of a list", TEXT("- a: http: //x\n"),
     "1:10: expected the end of the value, found ':'; quote the value if the ':' belongs "
     "to it"},
    {"indentation is deeper", TEXT("a: 1\n b: 2\n"),
     "1:4: this value goes on to line 2, where a ':' follows it; check the indentation "
     "and the brackets"},
    {"indentation is less", TEXT("  a: 1\n b: 2\n"),
     "2:2: expected the end of the text, or '---', found 'b'; nothing may follow a "
     "document on its line or beside it"},
    {"element among members", TEXT("a: 1\n- b\n"),
     "2:1: expected the next key of the mapping that begins at line 1, found '-'; check "
     "the indentation and the quotes before it"},
    {"member among elements", TEXT("- a\nb: 1\n"),
     "2:1: expected '-' and the next element of the list that begins at line 1, found "
     "'b'; check the indentation"},
    {"list on the line of its key", TEXT("a: - b\n"),
     "1:4: expected a value on this line, found '-'; a list with '-' begins on a line of "
     "its own"},
    {"question mark on the line of its key", TEXT("a: ? b\n"),
     "1:4: expected a value, found '?'; quote text that begins with '?'"},
    {"key without a colon", TEXT("a: 1\nfoo\nb: 2\n"),
     "2:4: expected ':' behind the key, on its line, found the end of the line"},
    {"key and colon on two lines", TEXT("{\"a\"\n: 1}"),
     "1:5: expected ':' behind the key, on its line, found the end of the line"},
    {"key over two lines", TEXT("\"a\n b\": 1\n"),
     "1:3: expected ':' behind the key, on its line, found the end of the line"},
    {"reserved @", TEXT("a: @b\n"),
     "1:4: expected a value, found '@'; quote text that begins with it"},
    {"reserved `", TEXT("a: `b`\n"),
     "1:4: expected a value, found '`'; quote text that begins with it"},
    {"percent sign", TEXT("a: %b\n"),
     "1:4: expected a value, found '%'; quote text that begins with it"},
    {"dash alone", TEXT("[-]"),
     "1:2: expected a value, found '-'; quote the dash if it is text"},
    {"indentation of 0", TEXT("a: |0\n  b\n"),
     "1:5: expected an indentation of 1 to 9 behind | or >, found '0'"},
    {"text behind a bar", TEXT("a: |b\n"),
     "1:5: expected the end of the line behind | or >, found 'b'; quote text that begins "
     "with | or >"},
    {"old version", TEXT("%YAML 2.0\n---\na\n"),
     "1:1: expected %YAML 1.2 or %YAML 1.1, found '%'; remove the line"},
    {"two versions", TEXT("%YAML 1.2\n%YAML 1.2\n---\na\n"),
     "2:1: expected each % line once, found '%'; remove the line"},
    {"directive", TEXT("%FOO\n---\na\n"),
     "1:5: expected %YAML 1.2 or a %TAG line, found the end of the line; remove the "
     "line"},
    {"short hexadecimal escape", TEXT("- \"\\xA\"\n"),
     "1:4: expected two hexadecimal digits after \\x, four after \\u, eight after \\U"},
    {"tag directive", TEXT("%TAG !x\n---\na\n"),
     "1:8: expected %YAML 1.2 or a %TAG line, found the end of the line; remove the "
     "line"},
    {"two scalars", TEXT("'a' 'b'\n"),
     "1:5: expected the end of the text, or '---', found '''; nothing may follow a "
     "document on its line or beside it"},
    {"text behind the document", TEXT("{a: 1}\nb\n"),
     "2:1: expected the end of the text, or '---', found 'b'; nothing may follow a "
     "document on its line or beside it"},
    {"columns are bytes", TEXT("\xC3\xA9\xC3\xA9: \"\xC3\xA9\": 1\n"),
     "1:11: expected the end of the value, found ':'; quote the value if the ':' belongs "
     "to it"},
};

START_TEST(refuses)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf got = {0};
    struct fault fault = {0};
    bool read = parse(&doc, DOC_YAML, faults[_i].text, &fault);
    ck_assert_msg(!read, "%s: is read", faults[_i].name);
    ck_assert_ptr_null(doc.root);
    buf_addf(&got, "%u:%u: %s", fault.line, fault.column, fault.text);
    ck_assert_msg(strcmp(got.data, faults[_i].want) == 0, "%s:\n%s\ninstead of\n%s",
                  faults[_i].name, got.data, faults[_i].want);
}
END_TEST

/* Documents whose size is the point: `count` times the middle, between two ends. */
static const struct {
    const char *name;
    const char *before;
    const char *middle;
    unsigned count;
    const char *after;
    const char *want; /* the fault, or "" */
} large[] = {
    {"as deep as may be", "", "- ", 1000, "x", ""},
    {"too deep", "", "[", 1001, "",
     "1:1001: arrays and objects are nested more than 1000 deep"},
    {"too deep in blocks", "", "- ", 1001, "x",
     "1:2001: arrays and objects are nested more than 1000 deep"},
    {"long key", "a: 1\n", "k", 1025, ": 1\n",
     "2:1: this key is longer than 1024 characters, which the YAML reader does not take; "
     "read the document as JSON if it is JSON"},
    {"long key in braces", "{\"", "k", 1025, "\": 1}",
     "1:2: this key is longer than 1024 characters, which the YAML reader does not take; "
     "read the document as JSON if it is JSON"},
    {"long key of two-byte characters", "", "\xC3\xA9", 1000, ": 1\n", ""},
    {"many digits", "", "1", 100000, "", ""},
    {"many hexadecimal digits", "0x", "f", 1024, "", ""},
    {"too many hexadecimal digits", "0x", "f", 1025, "",
     "1:1: this number has more than 1024 digits"},
    {"many anchors", "", "- &a b\n", 4096, "- *a", ""},
    {"too many anchors", "", "- &a b\n", 4097, "",
     "4097:3: there are more than 4096 anchors before this one"},
    {"many aliases", "- &a b\n", "- *a\n", 100000, "", ""},
    {"too many aliases", "- &a b\n", "- *a\n", 100001, "",
     "100002:3: the aliases up to here stand for more than 100000 nodes"},
    {"aliases are counted over all documents", "", "---\n- &a [b, b, b]\n- *a\n", 25001,
     "", "75003:3: the aliases up to here stand for more than 100000 nodes"},
};

START_TEST(bounds)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf got = {0};
    struct fault fault = {0};
    buf_addf(&text, "%s", large[_i].before);
    for (unsigned i = 0; i < large[_i].count; i++)
        buf_adds(&text, str_of(large[_i].middle));
    buf_addf(&text, "%s", large[_i].after);
    if (!doc_parse(&doc, "test", DOC_YAML, &text, &fault))
        buf_addf(&got, "%u:%u: %s", fault.line, fault.column, fault.text);
    ck_assert_msg(str_equal(buf_str(&got), str_of(large[_i].want)),
                  "%s: '%s' instead of '%s'", large[_i].name, buf_str(&got).at,
                  large[_i].want);
}
END_TEST

/* Ten aliases to the level below, level upon level. */
START_TEST(refuses_an_alias_bomb)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf text = {0};
    struct fault fault = {0};
    buf_addf(&text, "l0: &l0 [x]\n");
    for (int level = 1; level <= 9; level++) {
        buf_addf(&text, "l%d: &l%d [", level, level);
        for (int i = 0; i < 10; i++)
            buf_addf(&text, "%s*l%d", i ? ", " : "", level - 1);
        buf_addf(&text, "]\n");
    }
    ck_assert(!doc_parse(&doc, "test", DOC_YAML, &text, &fault));
    ck_assert_str_eq(fault.text,
                     "the aliases up to here stand for more than 100000 nodes");
    ck_assert_uint_eq(fault.line, 6);
}
END_TEST

/* Each alias is one deeper than what it names, though no text is. */
START_TEST(refuses_depth_by_aliases)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_BUF struct buf text = {0};
    struct fault fault = {0};
    buf_addf(&text, "- &a [x]\n");
    for (int i = 0; i < 1200; i++)
        buf_addf(&text, "- &a [*a]\n");
    /* The anchor is the newer one's from its `&` on, so its own alias stands inside. */
    ck_assert(!doc_parse(&doc, "test", DOC_YAML, &text, &fault));
    ck_assert_str_eq(
        fault.text, "the alias *a stands inside of what it names, which would never end");

    text = (struct buf){0};
    fault = (struct fault){0};
    buf_addf(&text, "- &a0 [");
    for (int i = 0; i < 900; i++)
        buf_addc(&text, '[');
    for (int i = 0; i < 900; i++)
        buf_addc(&text, ']');
    buf_addf(&text, "]\n- &a1 [*a0]\n");
    for (int i = 1; i < 200; i++)
        buf_addf(&text, "- &a%d [*a%d]\n", i + 1, i);
    ck_assert(!doc_parse(&doc, "test", DOC_YAML, &text, &fault));
    ck_assert_str_eq(fault.text,
                     "arrays and objects are nested more than 1000 deep by this alias");
    ck_assert_uint_eq(fault.line, 100);
}
END_TEST

START_TEST(points_into_the_text)
{
    AUTO_DOC struct doc doc = {0};
    ck_assert(parse(&doc, DOC_YAML,
                    STR("[plain, 'it', \"dq\", 12, \"\\n\", 'it''s', +1]"), NULL));
    static const bool inside[] = {true, true, true, true, false, false, false};
    ck_assert_uint_eq(doc.root->len, 7);
    for (uint32_t i = 0; i < doc.root->len; i++) {
        const char *value = node_at(doc.root, i)->value;
        ck_assert_msg((value >= doc.text.bytes &&
                       value < doc.text.bytes + doc.text.len) == inside[i],
                      "element %u", i);
    }
}
END_TEST

/* Every JSON document is YAML: both readers must see the same values, names and places.
 */
START_TEST(agrees_with_the_json_reader)
{
    glob_t files;
    if (glob(SPECLINT_SHARED "/corpus/json/*.json", 0, NULL, &files) != 0) {
        printf("skipped: no documents in %s/corpus/json\n", SPECLINT_SHARED);
        return;
    }
    for (size_t i = 0; i < files.gl_pathc; i++) {
        AUTO_DOC struct doc json = {0};
        AUTO_DOC struct doc yaml = {0};
        AUTO_BUF struct buf json_dump = {0};
        AUTO_BUF struct buf yaml_dump = {0};
        struct fault fault = {0};
        ck_assert_msg(doc_load(&json, files.gl_pathv[i], &fault), "%s: %s",
                      files.gl_pathv[i], fault.text);
        struct str text = {json.text.bytes, json.text.len};
        ck_assert_msg(parse(&yaml, DOC_YAML, text, &fault), "%s: %s", files.gl_pathv[i],
                      fault.text);
        dump(&json, &json_dump);
        dump(&yaml, &yaml_dump);
        ck_assert_msg(node_equal(json.root, yaml.root), "%s", files.gl_pathv[i]);
        ck_assert_msg(str_equal(buf_str(&json_dump), buf_str(&yaml_dump)), "%s",
                      files.gl_pathv[i]);
    }
    globfree(&files);
}
END_TEST

#define ROWS(table) ((int)(sizeof(table) / sizeof(table)[0]))

int main(void)
{
    Suite *suite = suite_create("read_yaml");
    TCase *tests = tcase_create("read_yaml");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, reads, 0, ROWS(documents));
    tcase_add_loop_test(tests, resolves, 0, ROWS(scalars));
    tcase_add_loop_test(tests, refuses, 0, ROWS(faults));
    tcase_add_loop_test(tests, bounds, 0, ROWS(large));
    tcase_add_test(tests, refuses_an_alias_bomb);
    tcase_add_test(tests, refuses_depth_by_aliases);
    tcase_add_test(tests, points_into_the_text);
    tcase_add_test(tests, agrees_with_the_json_reader);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
