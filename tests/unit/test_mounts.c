/* SPDX-License-Identifier: Apache-2.0 */
#include "mounts.h"

#include "../testing.h"

/* One mount, and what is read of it. */
static const struct {
    const char *mount;
    const char *want;
} rows[] = {
    {"{'destination':'/a','type':'t','source':'s','options':[]}", "/a t s +"},
    {"{'destination':'/a/./b/../c/'}", "/a/c - - +"},
    {"{'destination':'','type':1}", ". 1 - +"},
    {"{'destination':7}", "- - - +"},
    {"{'type':'a','type':'b'}", "- b - +"},
    {"'type'", "- - - +"},
    {"['type']", "- - - +"},
    {"{'options':['ro','rbind','rro','rw']}", "- - - +ro -ro +all:ro rbind"},
    {"{'options':{'a':'ro'}}", "- - - +ro"},
    {"{'options':['ro','ro']}", "- - - +ro twice"},
    {"{'options':['size=1',5,'ro','move']}", "- - - +ro size=1 move moves"},
};

static void add_text(const struct node *node, struct buf *out)
{
    struct str text = node ? node_text(node) : STR("-");
    buf_addf(out, "%.*s ", (int)text.len, text.at);
}

START_TEST(test_read)
{
    AUTO_DOC struct doc doc = {0};
    AUTO_ARENA struct arena arena = {0};
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf out = {0};
    struct mounts mounts;
    buf_addf(&text, "{\"mounts\":[%s]}", rows[_i].mount);
    for (size_t i = 0; i < text.len; i++)
        text.data[i] = text.data[i] == '\'' ? '"' : text.data[i];
    read_good(&doc, DOC_JSON, text.data);
    mounts_read(&mounts, doc.root, &arena);
    ck_assert_uint_eq(mounts.count, 1);
    const struct mount *mount = &mounts.items[0];
    struct str path = mount->path.at ? mount->path : STR("-");
    buf_addf(&out, "%.*s ", (int)path.len, path.at);
    add_text(mount->type, &out);
    add_text(mount->source, &out);
    buf_adds(&out, STR("+"));
    option_words(mount->set, &out);
    if (mount->cleared != 0) {
        buf_adds(&out, STR(" -"));
        option_words(mount->cleared, &out);
    }
    if (mount->set_all != 0) {
        buf_adds(&out, STR(" +all:"));
        option_words(mount->set_all, &out);
    }
    if (mount_is_bind(mount))
        buf_addf(&out, " %s", mount_has(mount, OPTION_RBIND) ? "rbind" : "bind");
    for (size_t i = 0; i < mount->data_count; i++)
        buf_addf(&out, " %.*s", (int)mount->data[i]->len, mount->data[i]->value);
    buf_addf(&out, "%s%s", mount->twice ? " twice" : "", mount->moves ? " moves" : "");
    ck_assert_str(buf_str(&out), str_of(rows[_i].want));
}
END_TEST

START_TEST(test_none)
{
    static const char *const texts[] = {"{}", "{\"mounts\":[]}", "{\"mounts\":1}", "[]"};
    AUTO_ARENA struct arena arena = {0};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        AUTO_DOC struct doc doc = {0};
        struct mounts mounts;
        read_good(&doc, DOC_JSON, texts[i]);
        mounts_read(&mounts, doc.root, &arena);
        ck_assert_uint_eq(mounts.count, 0);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("mounts");
    add_rows(cases, test_read, rows);
    tcase_add_test(cases, test_none);
    return run_cases(cases);
}
