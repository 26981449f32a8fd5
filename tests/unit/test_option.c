/* SPDX-License-Identifier: Apache-2.0 */
#include "option.h"

#include "buf.h"

#include "../testing.h"

static const struct {
    const char *word;
    int kind; /* -1: there is no such option */
    unsigned bits;
} words[] = {
    {"async", OPTION_CLEAR, ATTRIBUTE_SYNC},
    {"bind", OPTION_BIND, 0},
    {"defaults", OPTION_NOTHING, 0},
    {"idmap", OPTION_IDMAP, 0},
    {"norelatime", OPTION_CLEAR, ATTRIBUTE_RELATIME},
    {"nosuid", OPTION_SET, ATTRIBUTE_NOSUID},
    {"rbind", OPTION_RBIND, 0},
    {"remount", OPTION_REMOUNT, 0},
    {"ridmap", OPTION_RIDMAP, 0},
    {"rnosymfollow", OPTION_SET_ALL, ATTRIBUTE_NOSYMFOLLOW},
    {"ro", OPTION_SET, ATTRIBUTE_RO},
    {"rro", OPTION_SET_ALL, ATTRIBUTE_RO},
    {"rrw", OPTION_CLEAR_ALL, ATTRIBUTE_RO},
    {"rslave", OPTION_PROPAGATION, PROPAGATION_SLAVE},
    {"tmpcopyup", OPTION_COPY_UP, 0},
    {"unbindable", OPTION_PROPAGATION, PROPAGATION_UNBINDABLE},
    {"", -1, 0},
    {"RO", -1, 0},
    {" ro", -1, 0},
    {"ro ", -1, 0},
    {"size=1m", -1, 0},
    {"zzz", -1, 0},
};

START_TEST(test_find)
{
    const struct option *option = option_find(str_of(words[_i].word));
    if (words[_i].kind < 0) {
        ck_assert_ptr_null(option);
        return;
    }
    ck_assert_ptr_nonnull(option);
    ck_assert_str_eq(option->word, words[_i].word);
    ck_assert_int_eq(option->kind, words[_i].kind);
    ck_assert_uint_eq(option->bits, words[_i].bits);
}
END_TEST

/* config.md, "Linux mount options": all of them, and nothing that the search misses. */
START_TEST(test_all)
{
    static const char all[] =
        "async atime bind defaults dev diratime dirsync exec idmap iversion lazytime "
        "loud "
        "mand noatime nodev nodiratime noexec noiversion nolazytime nomand norelatime "
        "nostrictatime nosuid nosymfollow private ratime rbind rdev rdiratime relatime "
        "remount rexec ridmap rnoatime rnodev rnodiratime rnoexec rnorelatime "
        "rnostrictatime rnosuid rnosymfollow ro rprivate rrelatime rro rrw rshared "
        "rslave "
        "rstrictatime rsuid rsymfollow runbindable rw shared silent slave strictatime "
        "suid symfollow sync tmpcopyup unbindable";
    for (const char *at = all; *at != '\0';) {
        size_t len = strcspn(at, " ");
        ck_assert_msg(option_find((struct str){at, len}) != NULL, "%.*s", (int)len, at);
        at += len + (at[len] == ' ');
    }
}
END_TEST

START_TEST(test_words)
{
    AUTO_BUF struct buf out = {0};
    option_words(ATTRIBUTE_NOEXEC | ATTRIBUTE_RO | ATTRIBUTE_RELATIME, &out);
    ck_assert_str_eq(out.data, "ro,noexec,relatime");
    buf_clear(&out);
    option_words(0, &out);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("option");
    add_rows(cases, test_find, words);
    tcase_add_test(cases, test_all);
    tcase_add_test(cases, test_words);
    return run_cases(cases);
}
