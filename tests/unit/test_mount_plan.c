/* SPDX-License-Identifier: Apache-2.0 */
#include "plan.h"

#include "../testing.h"

/* One mount, and what is planned: "bind rbind remount copyup idmap set=… clear=… all=…
 * clearall=… data=a|b" with what there is of it. */
static const struct {
    const char *mount;
    const char *want;
} mounts[] = {
    {"{}", "none"},
    {"null", "noobject"},
    {"[]", "noobject"},
    {"{\"destination\": 1}", "none"},
    {"{\"destination\": \"/a\"}", ""},
    {"{\"Destination\": \"/a\"}", "folded"},
    {"{\"destination\": \"/a\\u0000b\"}", "nul"},
    {"{\"destination\": \"/a\", \"options\": [\"rbind\", \"ro\"]}", "bind rbind set=ro"},
    {"{\"destination\": \"/a\", \"options\": [\"ro\", \"rw\"]}", "clear=ro ever=ro"},
    {"{\"destination\": \"/a\", \"options\": [\"rw\", \"ro\"]}", "set=ro"},
    {"{\"destination\": \"/a\", \"options\": [\"bind\", \"rro\", \"rnosuid\", \"rdev\"]}",
     "bind all=ro,nosuid clearall=nodev"},
    {"{\"destination\": \"/a\", \"options\": [\"rnoatime\", \"rrelatime\"]}",
     "all=relatime"},
    {"{\"destination\": \"/a\", \"options\": [\"shared\", \"rprivate\"]}", "prop=5"},
    {"{\"destination\": \"/a\", \"options\": [\"remount\", \"tmpcopyup\", \"idmap\"]}",
     "remount copyup idmap foreign=youki:tmpcopyup"},
    {"{\"destination\": \"/a\", \"options\": [\"defaults\", \"silent\", \"lazytime\"]}",
     "set=lazytime,silent foreign=runc:defaults foreign=crun:silent "
     "foreign=youki:silent"},
    {"{\"destination\": \"/a\", \"options\": [\"size=1m,mode=700\", \"\", \"x\"]}",
     "data=size=1m|mode=700|x comma=size=1m,mode=700"},
    {"{\"destination\": \"/a\", \"options\": [\",,a,\"]}", "data=a comma=,,a,"},
    {"{\"destination\": \"/a\", \"type\": \"overlay\", \"options\": "
     "[\"lowerdir=/a\\\\,b:/c,volatile\"]}",
     "data=lowerdir=/a\\,b:/c|volatile comma=lowerdir=/a\\,b:/c,volatile"},
    {"{\"destination\": \"/a\", \"options\": [\"gid=5\", \"uid=4\", \"gid=x\", "
     "\"gid=-1\"]}",
     "data=gid=5|uid=4|gid=x|gid=-1 unmapped=gid=5"},
    {"{\"destination\": \"/a\", \"options\": [1, null, [\"ro\"]]}", ""},
    {"{\"destination\": \"/a\", \"options\": \"ro\"}", ""},
    {"{\"destination\": \"/a\", \"uidMappings\": [{}]}", "idmap mappings=1"},
};

static void add_words(const char *name, unsigned bits, struct buf *out)
{
    if (bits == 0)
        return;
    buf_addf(out, " %s=", name);
    option_words(bits, out);
}

static void show(const struct plan_mount *mount, struct buf *out)
{
    static const char *const flaws[] = {"", " noobject", " none", " nul"};
    buf_addf(out, "%s", flaws[mount->flaw]);
    buf_addf(out, "%s%s%s%s%s%s", mount->folded ? " folded" : "",
             mount->bind ? " bind" : "", mount->rbind ? " rbind" : "",
             mount->remount ? " remount" : "", mount->copy_up ? " copyup" : "",
             mount->idmap ? " idmap" : "");
    add_words("set", mount->set, out);
    add_words("clear", mount->clear, out);
    if (mount->ever_set != mount->set)
        add_words("ever", mount->ever_set, out);
    add_words("all", mount->set_all, out);
    add_words("clearall", mount->clear_all, out);
    if (mount->propagation != 0)
        buf_addf(out, " prop=%u", mount->propagation);
    if (mount->mappings != 0)
        buf_addf(out, " mappings=%u", mount->mappings);
    for (unsigned i = 0; i < mount->data_count; i++)
        buf_addf(out, "%s%s", i == 0 ? " data=" : "|", mount->data[i].text);
    if (mount->comma != NULL)
        buf_addf(out, " comma=%s", mount->comma);
    if (mount->unmapped != NULL)
        buf_addf(out, " unmapped=%s", mount->unmapped);
    for (enum runtime i = 0; i < RUNTIME_COUNT; i++) {
        if (mount->foreign[i] != NULL)
            buf_addf(out, " foreign=%s:%s", runtime_name(i), mount->foreign[i]->word);
    }
}

START_TEST(test_mount)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf shown = {0};
    AUTO_DOC struct doc doc = {0};
    struct plan plan;
    buf_addf(&text,
             "{\"linux\": {\"namespaces\": [{\"type\": \"user\"}], \"uidMappings\": "
             "[{\"containerID\": 0, \"hostID\": 1000, \"size\": 5}]}, \"mounts\": [%s]}",
             mounts[_i].mount);
    read_good(&doc, DOC_JSON, text.data);
    plan_init(&plan, doc.root);
    ck_assert_uint_eq(plan.count, 1);
    show(&plan.mounts[0], &shown);
    ck_assert_msg(strcmp(shown.len ? shown.data + 1 : "", mounts[_i].want) == 0,
                  "%s: got %s", mounts[_i].mount, shown.data);
    plan_release(&plan);
}
END_TEST

static const struct {
    const char *spec;
    unsigned fresh;
    unsigned joined;
    const char *uid_map;
    bool rootless;
    bool faulty;
} specs[] = {
    {"{}", 0, 0, NULL, false, false},
    {"[]", 0, 0, NULL, false, true},
    {"{\"mounts\": {}}", 0, 0, NULL, false, true},
    {"{\"mounts\": null}", 0, 0, NULL, false, false},
    {"{\"linux\": {\"namespaces\": [{\"type\": \"user\"}, {\"type\": \"network\", "
     "\"path\": \"/n\"}, {\"type\": \"ipc\", \"path\": \"\"}, {\"type\": \"no\"}, 1]}}",
     PLAN_USER | PLAN_IPC, PLAN_NETWORK, NULL, false, false},
    {"{\"linux\": {\"uidMappings\": [{\"containerID\": 0, \"hostID\": 5, \"size\": 2}, "
     "{\"containerID\": 2, \"hostID\": 9, \"size\": 4294967295}]}}",
     0, 0, "0 5 2\n2 9 4294967295\n", false, false},
    {"{\"linux\": {\"uidMappings\": [{\"containerID\": 1, \"hostID\": 5, \"size\": 2}]}}",
     0, 0, "1 5 2\n", true, false},
    {"{\"linux\": {\"uidMappings\": [{\"containerID\": 0, \"size\": \"2\"}]}}", 0, 0,
     "0 0 0\n", true, false},
    {"{\"linux\": {\"uidMappings\": [{\"containerid\": 0, \"hostid\": 5, \"size\": 2}]}}",
     0, 0, "0 5 2\n", false, false},
};

START_TEST(test_spec)
{
    AUTO_DOC struct doc doc = {0};
    struct plan plan;
    read_good(&doc, DOC_JSON, specs[_i].spec);
    plan_init(&plan, doc.root);
    ck_assert_uint_eq(plan.fresh, specs[_i].fresh);
    ck_assert_uint_eq(plan.joined, specs[_i].joined);
    ck_assert_pstr_eq(plan.uid_map, specs[_i].uid_map);
    ck_assert_int_eq(plan.rootless, specs[_i].rootless);
    ck_assert_int_eq(plan.fault != NULL, specs[_i].faulty);
    ck_assert_uint_eq(plan.count, 0);
    plan_release(&plan);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("plan");
    add_rows(cases, test_mount, mounts);
    add_rows(cases, test_spec, specs);
    return run_cases(cases);
}
