/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON reader and jansson's on the same texts: made at random, and with bytes
 * changed. They must refuse the same ones and read the same values, but for what is on
 * purpose:
 *
 * - we keep every digit; jansson refuses integers beyond int64 and reals beyond a double;
 * - jansson has no member names with a NUL;
 * - of repeated names jansson keeps the last, we keep all;
 * - jansson (2.14) loses a NUL behind a number or a word; no text with a NUL is JSON.
 */
#include "number.h"

#include "../testing.h"

#include <jansson.h>
#include <math.h>

static uint64_t state;

/* xorshift64* (Vigna 2016) */
static unsigned draw(unsigned below)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (unsigned)(state * 2685821657736338717u >> 33) % below;
}

static const char *const spaces[] = {"", "", "", " ", "\n", "\r\n", "\t", "  "};
static const char *const numbers[] = {
    "0",
    "-0",
    "1",
    "-1",
    "12345",
    "0.5",
    "-0.25e1",
    "1e2",
    "1E+2",
    "1e-2",
    "1e400",
    "-1e400",
    "1e-400",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "1.7976931348623157e308",
    "1e309",
    "3.141592653589793238462643383279",
};
static const char *const pieces[] = {
    "a",
    "bc",
    "config",
    "/proc/self/ns/net",
    "\\n",
    "\\t",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f\\r",
    "\\u0041",
    "\\u00e4",
    "\\u20AC",
    "\\ud83d\\ude00",
    "\xC3\xA4",
    "\xE2\x82\xAC",
    "\xF0\x9F\x98\x80",
    "\x7F",
    "\\u0000",
    "'",
    " ",
    "\xEF\xBF\xBF",
};
static const char *const keys[] = {
    "a", "b", "type", "\\u0061", "", "gr\xC3\xBC\xC3\x9F", "k\\n"};
/* What breaks a text most cleverly. */
static const char bytes[] = "{}[]\",:\\/u0e.-+ \n\tnaft\x80\xC3\xFF\x1F";

#define PICK(table) table[draw(sizeof(table) / sizeof(table)[0])]

static void add_space(struct buf *text)
{
    buf_adds(text, str_of(PICK(spaces)));
}

static void add_string(struct buf *text)
{
    buf_addc(text, '"');
    for (unsigned i = draw(6); i > 0; i--)
        buf_adds(text, str_of(PICK(pieces)));
    buf_addc(text, '"');
}

static void add_key(struct buf *text)
{
    if (draw(3) == 0)
        add_string(text);
    else
        buf_addf(text, "\"%s%u\"", PICK(keys), draw(20));
}

static void add_value(struct buf *text, unsigned depth)
{
    static const char *const words[] = {"true", "false", "null"};
    unsigned kind = draw(depth > 0 ? 10 : 6);
    if (kind < 2) {
        buf_adds(text, str_of(PICK(words)));
    } else if (kind < 4) {
        add_string(text);
    } else if (kind < 6) {
        if (draw(4) != 0)
            buf_addf(text, "%u", draw(100000));
        else
            buf_adds(text, str_of(PICK(numbers)));
    } else {
        bool object = kind % 2;
        buf_addc(text, object ? '{' : '[');
        for (unsigned i = 0, count = draw(draw(20) == 0 ? 40 : 5); i < count; i++) {
            if (i > 0)
                buf_addc(text, ',');
            add_space(text);
            if (object) {
                add_key(text);
                add_space(text);
                buf_addc(text, ':');
                add_space(text);
            }
            add_value(text, depth - 1);
            add_space(text);
        }
        buf_addc(text, object ? '}' : ']');
    }
}

/* Changes, removes, adds, or repeats. */
static void mutate(const struct buf *from, struct buf *to)
{
    size_t at = draw((unsigned)from->len + 1);
    size_t rest = from->len - at;
    size_t len = draw(4) + 1;
    if (len > rest)
        len = rest;
    buf_add(to, from->data, at);
    switch (draw(4)) {
    case 0:
        buf_addc(to, bytes[draw(sizeof bytes)]);
        break;
    case 1:
        buf_addc(to, (char)draw(256));
        len = 0;
        break;
    case 2:
        buf_add(to, from->data + at, len);
        len = 0;
        break;
    default:
        break;
    }
    buf_add(to, from->data + at + len, rest - len);
}

/* Written as jansson takes it for an integer. */
static bool is_integer(struct str number)
{
    for (size_t i = 0; i < number.len; i++) {
        if (strchr(".eE", number.at[i]) != NULL)
            return false;
    }
    return true;
}

static double real_of(struct str number)
{
    AUTO_FREE char *text = mem_copy(number.at, number.len);
    return strtod(text, NULL);
}

static bool is_only_ours(const struct node *root)
{
    for (const struct node *node = root; node; node = node_walk(node, root)) {
        struct str text = node_text(node);
        int64_t value;
        if (node->key != NULL && memchr(node->key, '\0', node->key_len) != NULL)
            return true;
        if (node->type != NODE_NUMBER)
            continue;
        if (is_integer(text) ? !number_int64(text, &value) : isinf(real_of(text)))
            return true;
    }
    return false;
}

static bool same(const struct node *node, const json_t *json)
{
    int64_t value;
    size_t names = 0;
    switch ((enum node_type)node->type) {
    case NODE_NULL:
        return json_is_null(json);
    case NODE_FALSE:
        return json_is_false(json);
    case NODE_TRUE:
        return json_is_true(json);
    case NODE_STRING:
        return json_is_string(json) &&
               str_equal(node_text(node),
                         (struct str){json_string_value(json), json_string_length(json)});
    case NODE_NUMBER:
        if (is_integer(node_text(node)))
            return json_is_integer(json) && number_int64(node_text(node), &value) &&
                   value == json_integer_value(json);
        return json_is_real(json) && real_of(node_text(node)) == json_real_value(json);
    case NODE_ARRAY:
        if (!json_is_array(json) || json_array_size(json) != node->len)
            return false;
        for (const struct node *child = node->child; child; child = child->next) {
            if (!same(child, json_array_get(json, child->index)))
                return false;
        }
        return true;
    case NODE_OBJECT:
        if (!json_is_object(json))
            return false;
        for (const struct node *child = node->child; child; child = child->next) {
            AUTO_FREE char *key = mem_copy(child->key, child->key_len);
            names += !(child->flags & NODE_DUPLICATE);
            if (node_get(node, node_key(child)) == child &&
                !same(child, json_object_get(json, key)))
                return false;
        }
        return json_object_size(json) == names;
    }
    return false;
}

static unsigned accepted;
static unsigned refused;

static void compare(struct str text)
{
    struct doc doc;
    struct fault fault = {0};
    json_error_t error;
    bool ours = read_text(&doc, DOC_JSON, text, &fault);
    if (memchr(text.at, '\0', text.len) != NULL) {
        ck_assert(!ours);
        return;
    }
    json_t *theirs =
        json_loadb(text.at, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
    bool want = ours && !is_only_ours(doc.root);
    ck_assert_msg((theirs != NULL) == want, "ours: %u:%u: %s\njansson: %d:%d: %s\n%.*s",
                  fault.line, fault.column, fault.text, error.line, error.column,
                  error.text, (int)text.len, text.at);
    ck_assert_msg(theirs == NULL || same(doc.root, theirs), "%.*s", (int)text.len,
                  text.at);
    accepted += ours;
    refused += !ours;
    json_decref(theirs);
    if (ours)
        doc_release(&doc);
}

START_TEST(test_random)
{
    AUTO_BUF struct buf text = {0};
    state = (uint64_t)_i * 0x9E3779B97F4A7C15u + 1;
    add_space(&text);
    add_value(&text, 5);
    add_space(&text);
    compare(buf_str(&text));
    for (unsigned i = 0; i < 6; i++) {
        AUTO_BUF struct buf once = {0};
        AUTO_BUF struct buf twice = {0};
        mutate(&text, &once);
        compare(buf_str(&once));
        mutate(&once, &twice);
        compare(buf_str(&twice));
    }
}
END_TEST

/* Without a fair share of both the comparison says nothing. */
START_TEST(test_shares)
{
    ck_assert_uint_gt(accepted, 5000);
    ck_assert_uint_gt(refused, 5000);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("json_jansson");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, test_random, 0, 3000);
    tcase_add_test(cases, test_shares);
    return run_cases(cases);
}
