/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_option.h"

#include "../testing.h"
#include "mount_destination.h"

/* One mount on /x, and what is found: finder@place, with =patched value or -removed. */
static const struct {
    const char *type;
    const char *options; /* JSON strings */
    const char *want;
} mounts[] = {
    /* Nothing to say. */
    {"tmpfs", "'nosuid','strictatime','mode=755','size=65536k'", ""},
    {"tmpfs", "'size=50%','nr_inodes=10k','uid=0','gid=0','huge=always'", ""},
    {"tmpfs", "'ro','lazytime','context=\\\"a:b:c0,c1\\\"'", ""},
    {"tmpfs", "'mpol=bind:0,2'", ""},
    {"devpts", "'newinstance','ptmxmode=0666','mode=0620','gid=5'", ""},
    {"tmpfs", "'mode=755','size=65536k','mode=1777','mode=755'",
     "options-set-twice@2 options-set-twice@3 "},
    {"sysfs", "'mode=755'", "unknown-options-on-filesystems@0 "},
    {"proc", "'hidepid=2','subset=pid'", ""},
    {"proc", "'hidepid=invisible'", ""},
    {"overlay", "'lowerdir=/a:/b'", ""},
    {"overlay", "'lowerdir=/a','upperdir=/b','workdir=/c'", ""},
    {"ext4", "'errors=remount-ro','noacl','discard'", ""},
    {"btrfs", "'compress=zstd:3','nossd','subvol=/x'", ""},
    {"cgroup", "'nosuid','noexec','nodev','relatime','ro'", ""},
    {"ramfs", "'size=1m'", "options-that-filesystems-ignore@0 "},
    {"foofs", "'bar','baz=1'", ""},
    {"none", "'rbind','rprivate'", ""},
    {"none", "'bind','nosuid','nodev','noexec','ro'", ""},

    /* Binds. */
    {"none", "'bind','readonly'", "unknown-options-on-binds@1=ro "},
    {"none", "'bind','Read-Only'", "unknown-options-on-binds@1=ro "},
    {"none", "'bind',' ro'", "unknown-options-on-binds@1=ro "},
    {"none", "'bind','r/o'", "unknown-options-on-binds@1=ro "},
    {"none", "'bind','ro=true'", "unknown-options-on-binds@1=ro "},
    {"none", "'bind','readonly','ro'", "unknown-options-on-binds@1- "},
    {"none", "'bind','no_suid'", "unknown-options-on-binds@1=nosuid "},
    {"none", "'bind','noexce'", "unknown-options-on-binds@1=noexec "},
    {"none", "'bind','nodevs'", "unknown-options-on-binds@1=nodev "},
    {"none", "'bind','nsuid'", "unknown-options-on-binds@1=nosuid? "},
    {"none", "'bind','rreadonly'", "unknown-options-on-binds@1=rro "},
    {"none", "'bind','RW'", "unknown-options-on-binds@1=rw? "},
    {"none", "'bind','rsahred'", "unknown-options-on-binds@1=rshared? "},
    {"none", "'bind','bind-propagation=rprivate'",
     "unknown-options-on-binds@1=rprivate "},
    {"none", "'bind','florble'", "unknown-options-on-binds@1 "},
    {"none", "'bind','size=1m'", "data-on-binds@1- "},
    {"none", "'bind','acl'", "data-on-binds@1- "},
    {"none", "'bind','foo=bar'", "data-on-binds@1- "},
    {"none", "'bind','z'", "words-of-engines-on-binds@1-? "},
    {"none", "'bind','cached'", "words-of-engines-on-binds@1- "},
    {"none", "'bind','x-systemd.automount'", "words-of-engines-on-binds@1- "},
    {"none", "'bind','defaults'", "options-defaults@1- "},
    {"none", "'bind','idmap=uids=0-1-1'", "options-of-crun@1 "},
    {"none", "'bind','src-nofollow'", "options-of-crun@1 "},
    {"none", "'bind','nosymfollow'",
     "symfollow-on-binds@1 options-that-may-be-unknown@1 "},
    {"none", "'rbind','ro'", "flags-of-the-top-maybe@1 "},
    {"none", "'rbind','ro','rro'", "options-that-may-be-unknown@2 "},
    {"none", "'bind','rnoatime'",
     "access-times-of-all-submounts@1 options-that-may-be-unknown@1 "},
    {"none", "'bind','rbind'", "bind-and-rbind@0- "},
    {"none", "'bind','ro,nosuid'", "options-joined@1= "},
    {"bind", "'bind,ro'", "options-joined@0= "},
    {"none", "'bind',''", "options-empty@1- "},
    {"none", "'bind','tmpcopyup'",
     "options-that-may-be-unknown@1 tmpcopyup-without-tmpfs@1- "},

    /* Filesystems. */
    {"tmpfs", "'readonly'", "unknown-options-on-filesystems@0=ro "},
    {"tmpfs", "'sizelimt=1m'", "unknown-options-on-filesystems@0 "},
    {"tmpfs", "'size:64m'", "unknown-options-on-filesystems@0=size=64m "},
    {"tmpfs", "'size = 64 MB'", "unknown-options-on-filesystems@0=size=64m "},
    {"tmpfs", "'nr-inodes=5'", "unknown-options-on-filesystems@0=nr_inodes=5 "},
    {"tmpfs", "'source=x'", "unknown-options-on-filesystems@0 "},
    {"tmpfs", "'nofail'", "words-of-engines-on-filesystems@0- "},
    {"tmpfs", "'loop'", "words-of-engines-on-filesystems@0-? "},
    {"tmpfs", "'defaults'", "options-defaults@0- "},
    {"tmpfs", "'nosymfollow'", "options-that-may-be-unknown@0 flags-of-runc@0 "},
    {"tmpfs", "'silent'", "flags-of-runc@0 "},
    {"tmpfs", "'tmpcopyup'", "options-that-may-be-unknown@0 tmpcopyup@0 "},
    {"tmpfs", "'sync'", "flags-that-youki-drops@0 "},
    {"tmpfs", "'rro'",
     "options-that-may-be-unknown@0 recursive-words-without-bind@0=ro "},
    {"tmpfs", "'size=1m,mode=700'", "data-joined@0= "},
    {"tmpfs", "'size=1mb,mode=700'", "data-joined@0= bad-option-values@0 "},
    {"tmpfs", "'nosuid,size=1m'", "options-joined@0= "},
    {"tmpfs", "'size=1m','size=2m'", "options-set-twice@1 "},
    {"tmpfs", "'size=1m','size=1m'", "options-repeated@1- "},
    {"tmpfs", "'nodev','nosuid','nodev'", "options-repeated@2- "},
    {"tmpfs", "'uid=7'", "unmapped-option-ids@0-? "},
    {"tmpfs", "'uid=1001'", "unmapped-option-ids@0=uid=1 "},
    {"sysfs", "'size=1m'", "unknown-options-on-filesystems@0 "},
    {"proc", "'hidepids=2'", "unknown-options-on-filesystems@0=hidepid=2 "},
    {"cgroup", "'florble'", ""},
    {"overlay", "'lowerdir=/a:b'", "relative-overlay-layers@0 "},
    {"overlay", "'lowerdir=/a','upperdir=/b'", "incomplete-overlay-layers@1 "},
    {"overlay", "'lowerdir=/a'", "incomplete-overlay-layers@0 "},

    /* Options against each other. */
    {"none", "'bind','ro','rw'", "options-undone@2= "},
    {"none", "'bind','rro','rrw'",
     "recursive-options-undone@2= options-that-may-be-unknown@1 "
     "options-that-may-be-unknown@2 "},
    {"none", "'bind','rw','ro'", "options-contradicting@2 "},
    {"none", "'bind','nosuid','rsuid'",
     "options-undone@2= options-that-may-be-unknown@2 "},
    {"none", "'bind','atime','noatime'", "options-contradicting@2 "},
    {"none", "'bind','noatime','strictatime'", "access-times-twice@2 "},
    {"none", "'bind','shared','rprivate'",
     "propagation-twice@2 propagation-of-mounts@1 "},
    {"none", "'bind','private','rprivate'", ""},
};

static void add_found(const struct marks *marks, struct buf *out)
{
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];
        const struct node *at = mark->at ? mark->at : mark->node;
        buf_addf(out, "%s@%u", mark->finder, at->index);
        const char *value =
            mark->patch ? strstr(mark->patch, "\"path\":\"\",\"value\":\"") : NULL;
        if (value != NULL)
            buf_addf(out, "=%.*s", (int)strcspn(value + 19, "\""), value + 19);
        else if (mark->patch != NULL)
            buf_addf(out, "%s", strstr(mark->patch, "/options/") ? "=" : "-");
        buf_addf(out, "%s ", mark->unsafe && mark->patch ? "?" : "");
    }
}

static void run(finder_fn *finder, const struct doc *doc, struct arena *arena,
                struct marks *out)
{
    struct mounts all;
    struct search search = {
        .doc = doc, .root = doc->root, .arena = arena, .mounts = &all};
    mounts_read(&all, doc->root, arena);
    finder(&search, out);
}

static void find(finder_fn *finder, const char *text, struct buf *out)
{
    AUTO_DOC struct doc doc = {0};
    struct arena arena = {0};
    struct marks marks = {0};
    read_good(&doc, DOC_JSON, text);
    run(finder, &doc, &arena, &marks);
    add_found(&marks, out);
    marks_release(&marks);
    arena_release(&arena);
}

START_TEST(test_mount)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf out = {0};
    buf_addf(&text,
             "{\"mounts\":[{\"destination\":\"/x\",\"source\":\"/y\",\"type\":\"%s\","
             "\"options\":[",
             mounts[_i].type);
    for (const char *at = mounts[_i].options; *at != '\0'; at++)
        buf_addc(&text, *at == '\'' ? '"' : *at);
    buf_addf(&text, "]}],\"linux\":{\"namespaces\":[{\"type\":\"user\"}],"
                    "\"uidMappings\":[{\"containerID\":0,\"hostID\":1000,\"size\":6}],"
                    "\"gidMappings\":[{\"containerID\":0,\"hostID\":1000,\"size\":6}]}}");
    find(mount_option_check, text.data, &out);
    ck_assert_str(buf_str(&out), str_of(mounts[_i].want));
}
END_TEST

/* Values, as fsconfig(2) takes them on Linux 6.18. */
static const struct {
    const char *type;
    const char *name;
    const char *value; /* NULL: there is no = */
    enum value_verdict want;
    const char *repair;
} values[] = {
    {"tmpfs", "size", "64m", VALUE_GOOD, ""},
    {"tmpfs", "size", "64M", VALUE_GOOD, ""},
    {"tmpfs", "size", "10%", VALUE_GOOD, ""},
    {"tmpfs", "size", "0x10m", VALUE_GOOD, ""},
    {"tmpfs", "size", "0", VALUE_ODD, ""},
    {"tmpfs", "size", "64mb", VALUE_BAD, "64m"},
    {"tmpfs", "size", "64 MiB", VALUE_BAD, "64m"},
    {"tmpfs", "size", " 64m", VALUE_BAD, "64m"},
    {"tmpfs", "size", "1.5g", VALUE_BAD, "1536m"},
    {"tmpfs", "size", "0.3g", VALUE_BAD, ""},
    {"tmpfs", "size", "512b", VALUE_BAD, "512"},
    {"tmpfs", "size", "-1", VALUE_BAD, ""},
    {"tmpfs", "size", "", VALUE_BAD, ""},
    {"tmpfs", "size", "unlimited", VALUE_BAD, ""},
    {"tmpfs", "size", NULL, VALUE_BAD, ""},
    {"tmpfs", "size", "99999999999999999999999", VALUE_BAD, ""},
    {"tmpfs", "nr_inodes", "10k", VALUE_GOOD, ""},
    {"tmpfs", "nr_inodes", "10%", VALUE_BAD, ""},
    /* Those that mount_data.c does not read. */
    {"tmpfs", "size", "65536k", VALUE_GOOD, ""},
    {"tmpfs", "mode", "1777", VALUE_GOOD, ""},
    {"devpts", "mode", "0620", VALUE_GOOD, ""},
    {"devpts", "ptmxmode", "0666", VALUE_GOOD, ""},
    {"devpts", "newinstance", NULL, VALUE_GOOD, ""},
    {"tmpfs", "mode", "755", VALUE_GOOD, ""},
    {"tmpfs", "mode", "+755", VALUE_GOOD, ""},
    {"tmpfs", "mode", "01777", VALUE_GOOD, ""},
    {"tmpfs", "mode", "77777", VALUE_ODD, ""},
    {"tmpfs", "mode", "511", VALUE_ODD, "0777"},
    {"tmpfs", "mode", "493", VALUE_BAD, "0755"},
    {"tmpfs", "mode", "0o755", VALUE_BAD, "0755"},
    {"tmpfs", "mode", "rwxr-x--x", VALUE_BAD, "0751"},
    {"tmpfs", "mode", "999", VALUE_BAD, ""},
    {"tmpfs", "mode", "0888", VALUE_BAD, ""},
    {"tmpfs", "uid", "0", VALUE_GOOD, ""},
    {"tmpfs", "uid", "0x10", VALUE_GOOD, ""},
    {"tmpfs", "uid", "root", VALUE_BAD, "0"},
    {"tmpfs", "uid", "-1", VALUE_BAD, ""},
    {"tmpfs", "uid", "4294967295", VALUE_BAD, ""},
    {"tmpfs", "huge", "always", VALUE_GOOD, ""},
    {"tmpfs", "huge", "Always", VALUE_BAD, "always"},
    {"tmpfs", "huge", "sometimes", VALUE_BAD, ""},
    {"tmpfs", "noswap", NULL, VALUE_GOOD, ""},
    {"tmpfs", "noswap", "1", VALUE_BAD, ""},
    {"devpts", "newinstance", NULL, VALUE_GOOD, ""},
    {"devpts", "max", "10", VALUE_GOOD, ""},
    {"devpts", "max", "ten", VALUE_BAD, ""},
    {"proc", "hidepid", "4", VALUE_GOOD, ""},
    {"proc", "hidepid", "3", VALUE_BAD, ""},
    {"overlay", "lowerdir", "", VALUE_BAD, ""},
    {"overlay", "index", "yes", VALUE_BAD, ""},
    {"ext3", "barrier", "1", VALUE_GOOD, ""},
    {"fuse.sshfs", "rootmode", "40000", VALUE_ODD, ""},
};

START_TEST(test_value)
{
    const struct fstype *type = fstype_find(str_of(values[_i].type));
    bool negated;
    struct fstype_value value;
    ck_assert_ptr_nonnull(type);
    const struct fstype_option *option =
        fstype_option(type, str_of(values[_i].name), &negated);
    ck_assert_ptr_nonnull(option);
    fstype_value_check(option, str_of(values[_i].value), values[_i].value != NULL,
                       &value);
    ck_assert_int_eq(value.verdict, values[_i].want);
    ck_assert_str_eq(value.repair, values[_i].repair);
}
END_TEST

START_TEST(test_negated)
{
    const struct fstype *ext4 = fstype_find(STR("ext4"));
    bool negated;
    ck_assert_ptr_nonnull(fstype_option(ext4, STR("noacl"), &negated));
    ck_assert(negated);
    ck_assert_ptr_nonnull(fstype_option(ext4, STR("acl"), &negated));
    ck_assert(!negated);
    ck_assert_ptr_null(fstype_option(ext4, STR("nocommit"), &negated));
    ck_assert_ptr_null(fstype_find(STR("")));
    ck_assert_ptr_null(fstype_find(STR("tmp")));
}
END_TEST

/* Destinations in their order, each a tmpfs, and what is found at which mount. */
static const struct {
    const char *destinations;
    const char *want;
} orders[] = {
    {"/a /a/b /c", ""},
    {"/a/b /a", "hidden-mounts@0 "},
    {"/a/b/c /a/bb /a", "hidden-mounts@0 hidden-mounts@1 "},
    {"/ab /a /a-b", ""},
    {"/a /b /a/", "unclean-destinations@2- hidden-mounts@0 "},
    {"/a /a", "hidden-mounts@0 repeated-mounts@1 "},
    {"/a/b /a/b/c /a /a/b", "hidden-mounts@0 repeated-mounts@3 hidden-mounts@1 "},
    {"/var/run/x /run", "hidden-mounts@0 "},
    {"/ /a", "mounts-on-the-root@0 "},
    {"/proc /proc/sys /proc/meminfo", "mounts-inside-proc@1 "},
    {"/proc/sys", ""},
    {"a/b /a", "hidden-mounts@0 "},
    {"/a/../b", "unclean-destinations@0-? "},
    {"/bin", "programs-below-tmpfs@0 "},
    {"/bin /bin/sh", "programs-below-tmpfs@1 "},
};

START_TEST(test_order)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf out = {0};
    AUTO_DOC struct doc doc = {0};
    struct arena arena = {0};
    struct marks marks = {0};
    buf_adds(&text, STR("{\"process\":{\"args\":[\"/bin/sh\"]},\"mounts\":["));
    for (const char *at = orders[_i].destinations; *at != '\0';) {
        size_t len = strcspn(at, " ");
        buf_addf(&text,
                 "%s{\"destination\":\"%.*s\",\"type\":\"tmpfs\",\"source\":\"x\","
                 "\"options\":["
                 "\"noexec\"]}",
                 at == orders[_i].destinations ? "" : ",", (int)len, at);
        at += len + (at[len] == ' ');
    }
    buf_adds(&text, STR("]}"));
    read_good(&doc, DOC_JSON, text.data);
    run(mount_destination_check, &doc, &arena, &marks);
    for (size_t i = 0; i < marks.count; i++)
        buf_addf(&out, "%s@%u%s%s ", marks.items[i].finder, marks.items[i].node->index,
                 marks.items[i].patch ? "-" : "", marks.items[i].unsafe ? "?" : "");
    ck_assert_str(buf_str(&out), str_of(orders[_i].want));
    marks_release(&marks);
    arena_release(&arena);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("mount options");
    add_rows(cases, test_mount, mounts);
    add_rows(cases, test_value, values);
    tcase_add_test(cases, test_negated);
    add_rows(cases, test_order, orders);
    return run_cases(cases);
}
