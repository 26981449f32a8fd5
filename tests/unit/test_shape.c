/* SPDX-License-Identifier: Apache-2.0
 *
 * The walk along the shape of a configuration: what it marks, how severely, and the patch
 * that it offers; then what is the same for all members.
 */
#include "../testing.h"
#include "example.h"
#include "shape_check.h"
#include "shape_version.h"

/* One row: a fragment that is merged over the minimal document, and the marks on it as
 * "FINDER PLACE LEVELS-LOWER PATCH", sorted as they are found. */
static const struct {
    const char *fragment;
    const char *want;
} marks[] = {
    {"{}", ""},
    /* Names. */
    {"{\"root\":{\"readOnly\":true}}",
     "names-in-another-case root.readOnly 0 "
     "[{\"op\":\"move\",\"from\":\"/readOnly\",\"path\":\"/readonly\"}]\n"},
    {"{\"root\":{\"readonly\":true,\"READONLY\":false}}",
     "names-in-another-case root.READONLY 1 -\n"},
    {"{\"process\":{\"noNewPriviledges\":true}}",
     "unknown-members process.noNewPriviledges 0 unsafe "
     "[{\"op\":\"move\",\"from\":\"/noNewPriviledges\",\"path\":\"/"
     "noNewPrivileges\"}]\n"},
    {"{\"process\":{\"terminall\":true}}",
     "unknown-members process.terminall 1 unsafe "
     "[{\"op\":\"move\",\"from\":\"/terminall\",\"path\":\"/terminal\"}]\n"},
    {"{\"com.example\":{\"root\":{\"readOnly\":1}}}",
     "unknown-members ['com.example'] 2 -\n"},
    {"{\"seccomp\":{}}", "unknown-members seccomp 1 -\n"},
    {"{\"\":1}", "unknown-members [''] 2 -\n"},
    {"{\"mounts\":[{\"destination\":\"/a\",\"readonly\":true}]}",
     "unknown-members mounts[0].readonly 0 -\n"},
    {"{\"annotations\":{\"com.example\":\"x\"}}", ""},
    {"{\"windows\":{\"layerFolders\":[\"C:\\\\a\"],\"credentialSpec\":{\"any\":null}},"
     "\"linux\":{}}",
     ""},
    /* Types. */
    {"{\"process\":{\"user\":{\"uid\":\"1000\"}}}",
     "wrong-types process.user.uid 0 "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":1000}]\n"},
    {"{\"process\":{\"user\":{\"uid\":\"0644\"}}}", "wrong-types process.user.uid 0 -\n"},
    {"{\"process\":{\"user\":{\"uid\":\"4294967296\"}}}",
     "wrong-types process.user.uid 0 -\n"},
    {"{\"process\":{\"user\":{\"uid\":1e3}}}",
     "wrong-types process.user.uid 0 "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":1000}]\n"},
    {"{\"process\":{\"user\":{\"uid\":1.5}}}", "wrong-types process.user.uid 0 -\n"},
    {"{\"process\":{\"args\":\"sh\"}}",
     "wrong-types process.args 0 "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":[\"sh\"]}]\n"},
    {"{\"process\":{\"args\":\"sh -c a\"}}",
     "wrong-types process.args 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":[\"sh -c a\"]}]\n"},
    {"{\"process\":{\"args\":[\"sh\",1]}}",
     "wrong-types process.args[1] 0 "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"1\"}]\n"},
    {"{\"process\":{\"capabilities\":{\"bounding\":\"CAP_KILL\"}}}",
     "wrong-types process.capabilities.bounding 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":[\"CAP_KILL\"]}]\n"},
    {"{\"linux\":[]}", "wrong-types linux 0 -\n"},
    {"{\"annotations\":{\"com.example\":{}}}",
     "wrong-types annotations['com.example'] 0 -\n"},
    {"\"5\"", "wrong-types the document 0 -\n"},
    /* Null. */
    {"{\"linux\":null}", "nulls linux 0 [{\"op\":\"remove\",\"path\":\"\"}]\n"},
    {"{\"process\":{\"env\":[null]}}", "nulls process.env[0] 0 -\n"},
    {"{\"process\":{\"cwd\":null}}",
     "nulls process.cwd 0 [{\"op\":\"remove\",\"path\":\"\"}]\n"
     "missing-members process 0 unsafe "
     "[{\"op\":\"add\",\"path\":\"/cwd\",\"value\":\"/\"}]\n"},
    /* Missing. */
    {"{\"process\":{\"user\":{\"gid\":\"<absent>\"}}}",
     "missing-members process.user 1 unsafe "
     "[{\"op\":\"add\",\"path\":\"/gid\",\"value\":0}]\n"},
    {"{\"process\":{\"args\":[]}}", "missing-members process.args 0 -\n"},
    {"{\"linux\":{\"devices\":[{\"type\":\"p\",\"path\":\"/dev/p\"}]}}", ""},
    {"{\"linux\":{\"devices\":[{\"type\":\"b\",\"path\":\"/dev/b\",\"major\":8}]}}",
     "missing-members linux.devices[0] 0 -\n"},
    {"{\"root\":\"<absent>\",\"process\":{\"cwd\":\"C:\\\\\",\"user\":\"<absent>\"},"
     "\"windows\":{\"layerFolders\":[\"C:\\\\a\"],\"hyperv\":{}}}",
     ""},
    {"{\"linux\":{\"resources\":{\"pids\":{}}}}",
     "missing-members linux.resources.pids 1 -\n"},
    {"{\"ociVersion\":\"1.3.0\",\"linux\":{\"resources\":{\"pids\":{}}}}", ""},
    {"{\"linux\":{\"seccomp\":{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":"
     "[{\"name\":\"a\",\"action\":\"SCMP_ACT_KILL\"}]}}}",
     "unknown-members linux.seccomp.syscalls[0].name 0 "
     "[{\"op\":\"add\",\"path\":\"/names\",\"value\":[\"a\"]},"
     "{\"op\":\"remove\",\"path\":\"/name\"}]\n"},
    {"{\"hooks\":{\"CreateRuntime\":[]}}",
     "names-in-another-case hooks.CreateRuntime 1 "
     "[{\"op\":\"move\",\"from\":\"/CreateRuntime\",\"path\":\"/createRuntime\"}]\n"},
    /* Words. */
    {"{\"linux\":{\"namespaces\":[{\"type\":\"net\"}]}}",
     "bad-values linux.namespaces[0].type 0 "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"network\"}]\n"},
    {"{\"linux\":{\"namespaces\":[{\"type\":\"netwrk\"}]}}",
     "bad-values linux.namespaces[0].type 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"network\"}]\n"},
    {"{\"linux\":{\"namespaces\":[{\"type\":\"banana\"}]}}",
     "bad-values linux.namespaces[0].type 0 -\n"},
    {"{\"process\":{\"capabilities\":{\"bounding\":[\"kill\"]}}}",
     "bad-values process.capabilities.bounding[0] 1 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"CAP_KILL\"}]\n"},
    /* Three words with the same node_text_hash, two of the set. */
    {"{\"process\":{\"capabilities\":{\"bounding\":[\"CAP_DAC_OVERRIDE\","
     "\"CAP_MAC_OVERRIDE\",\"CAP_XAC_OVERRIDE\"]}}}",
     "bad-values process.capabilities.bounding[2] 1 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"CAP_DAC_OVERRIDE\"}]\n"},
    {"{\"linux\":{\"rootfsPropagation\":\"rslave\"}}", ""},
    {"{\"linux\":{\"resources\":{\"devices\":[{\"allow\":true,\"type\":\"\",\"access\":"
     "\"r\"}]}}}",
     ""},
    {"{\"mounts\":[{\"destination\":\"/a\",\"options\":[\"size=1\",\"ro\"]}]}", ""},
    {"{\"ociVersion\":\"1.1.0\",\"linux\":{\"timeOffsets\":{\"bootime\":{}}}}",
     "bad-values linux.timeOffsets 0 unsafe "
     "[{\"op\":\"move\",\"from\":\"/bootime\",\"path\":\"/boottime\"}]\n"},
    /* Numbers. */
    {"{\"process\":{\"user\":{\"uid\":4294967296}}}",
     "numbers-out-of-range process.user.uid 0 -\n"},
    {"{\"process\":{\"user\":{\"uid\":-1}}}",
     "numbers-out-of-range process.user.uid 0 -\n"},
    {"{\"process\":{\"user\":{\"uid\":2147483647}}}", ""},
    {"{\"process\":{\"user\":{\"uid\":2147483648}}}",
     "unusable-values process.user.uid 0 -\n"},
    {"{\"process\":{\"rlimits\":[{\"type\":\"RLIMIT_AS\",\"soft\":-1,"
     "\"hard\":18446744073709551615}]}}",
     "numbers-out-of-range process.rlimits[0].soft 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":18446744073709551615}]\n"},
    {"{\"process\":{\"rlimits\":[{\"type\":\"RLIMIT_AS\",\"soft\":0,"
     "\"hard\":18446744073709551616}]}}",
     "numbers-out-of-range process.rlimits[0].hard 0 -\n"},
    {"{\"process\":{\"oomScoreAdj\":-1001}}",
     "unusable-values process.oomScoreAdj 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":-1000}]\n"},
    {"{\"process\":{\"oomScoreAdj\":1001}}",
     "unusable-values process.oomScoreAdj 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":1000}]\n"},
    {"{\"linux\":{\"resources\":{\"memory\":{\"limit\":-9223372036854775808}}}}",
     "numbers-out-of-range linux.resources.memory.limit 0 -\n"},
    {"{\"linux\":{\"resources\":{\"cpu\":{\"period\":0}}}}", ""},
    {"{\"linux\":{\"resources\":{\"cpu\":{\"period\":10}}}}",
     "unusable-values linux.resources.cpu.period 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":1000}]\n"},
    /* Texts. */
    {"{\"process\":{\"env\":[\"A=\\u0000\"]}}", "unusable-values process.env[0] 0 -\n"},
    {"{\"process\":{\"env\":[\"A=\\u0001\"]}}", ""},
    {"{\"mounts\":[{\"destination\":\"a\"}]}",
     "bad-formats mounts[0].destination 1 "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"/a\"}]\n"},
    {"{\"ociVersion\":\"1.2.0\",\"mounts\":[{\"destination\":\"a\"}]}",
     "unadvised-values mounts[0].destination 0 "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"/a\"}]\n"},
    {"{\"mounts\":[{\"destination\":\"a\"}],\"solaris\":{}}",
     "bad-formats mounts[0].destination 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"/a\"}]\n"},
    {"{\"linux\":{\"namespaces\":[{\"type\":\"pid\",\"path\":\"\"}]}}",
     "unusable-values linux.namespaces[0].path 1 [{\"op\":\"remove\",\"path\":\"\"}]\n"},
    {"{\"annotations\":{\"\":\"x\"}}", "bad-formats annotations 1 -\n"},
    /* Versions. */
    {"{\"domainname\":\"a\"}",
     "too-new domainname 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"/ociVersion\",\"value\":\"1.1.0\"}]\n"},
    {"{\"ociVersion\":\"1.0.2-dev\",\"domainname\":\"a\"}", ""},
    {"{\"domainname\":\"a\",\"linux\":{\"netDevices\":{}}}",
     "too-new domainname 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"/ociVersion\",\"value\":\"1.3.0\"}]\n"
     "too-new linux.netDevices 0 unsafe "
     "[{\"op\":\"replace\",\"path\":\"/ociVersion\",\"value\":\"1.3.0\"}]\n"},
    {"{\"ociVersion\":\"1.2.1\",\"linux\":{\"intelRdt\":{\"enableCMT\":true}}}", ""},
    {"{\"ociVersion\":\"1.3.0\",\"linux\":{\"intelRdt\":{\"enableCMT\":true}}}",
     "removed-members linux.intelRdt.enableCMT 0 unsafe "
     "[{\"op\":\"move\",\"from\":\"/enableCMT\",\"path\":\"/enableMonitoring\"}]\n"},
    {"{\"platform\":{}}", "removed-members platform 0 -\n"},
    {"{\"ociVersion\":\"0.5.0\",\"platform\":{}}", "odd-versions - 1 -\n"},
    {"{\"ociVersion\":\"1.0.0-rc5\"}", "odd-versions - 1 -\n"},
    {"{\"ociVersion\":\"1.0.5\"}", "odd-versions - 2 -\n"},
    {"{\"ociVersion\":\"1.9.0\",\"domainname\":\"a\"}", "odd-versions - 1 -\n"},
    {"{\"ociVersion\":\"2.0.0\"}", "odd-versions - 0 -\n"},
    {"{\"ociVersion\":\"1.0\"}",
     "bad-formats ociVersion 1 unsafe "
     "[{\"op\":\"replace\",\"path\":\"\",\"value\":\"1.0.0\"}]\n"},
    {"{\"hooks\":{\"prestart\":[]}}", ""},
    {"{\"hooks\":{\"prestart\":[{\"path\":\"/a\"}]}}",
     "deprecated-members hooks.prestart 0 -\n"},
    /* Platforms. */
    {"{\"solaris\":{},\"linux\":{}}", ""},
    {"{\"solaris\":{\"milestone\":\"svc:/a\"},\"linux\":{}}",
     "other-platforms solaris 0 unsafe [{\"op\":\"remove\",\"path\":\"\"}]\n"},
    {"{\"process\":{\"oomScoreAdj\":0},\"solaris\":{}}", ""},
};

static void print_marks(const struct marks *found, struct buf *out)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct mark *mark = &found->items[i];
        if (strcmp(mark->finder, SHAPE_CONVENTION) == 0)
            continue; /* of the minimal document itself */
        buf_addf(out, "%s %s %u %s%s\n", mark->finder, mark->place ? mark->place : "-",
                 mark->lower, mark->patch && mark->unsafe ? "unsafe " : "",
                 mark->patch ? mark->patch : "-");
    }
}

static void check_text(const char *text, const char *spec_version, struct buf *out)
{
    AUTO_DOC struct doc doc = {0};
    struct arena arena = {0};
    struct marks found = {0};
    read_good(&doc, DOC_JSON, text);
    struct search search = {
        .doc = &doc, .root = doc.root, .arena = &arena, .spec_version = spec_version};
    shape_check(&search, &found);
    print_marks(&found, out);
    marks_release(&found);
    arena_release(&arena);
}

START_TEST(finds)
{
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf got = {0};
    struct fault fault = {0};
    ck_assert_msg(example_document(marks[_i].fragment, &text, &fault), "%s: %s",
                  marks[_i].fragment, fault.text);
    check_text(text.data, NULL, &got);
    ck_assert_msg(str_equal(buf_str(&got), str_of(marks[_i].want)), "%s\ngot  %swant %s",
                  marks[_i].fragment, buf_str(&got).at, marks[_i].want);
}
END_TEST

START_TEST(takes_another_version)
{
    AUTO_BUF struct buf got = {0};
    static const char text[] =
        "{\"ociVersion\":\"1.3.0\",\"process\":{\"user\":{\"uid\":0,\"gid\":0},"
        "\"args\":[\"sh\"],\"cwd\":\"/\"},\"root\":{\"path\":\"rootfs\"},"
        "\"domainname\":\"a\"}";
    check_text(text, "1.3.0", &got);
    ck_assert_str(buf_str(&got), STR(""));
    check_text(text, "1.0.2", &got);
    ck_assert_str(buf_str(&got), STR("too-new domainname 0 -\n"));
}
END_TEST

static const struct {
    const char *text;
    enum version_kind kind;
    enum release at;
    enum release upto;
} versions[] = {
    {"1.0.0", VERSION_RELEASED, RELEASE_1_0_0, RELEASE_1_0_0},
    {"1.0.2", VERSION_RELEASED, RELEASE_1_0_2, RELEASE_1_0_2},
    {"1.0.2-dev", VERSION_RELEASED, RELEASE_1_0_2, RELEASE_1_1_0},
    {"1.1.0+dev", VERSION_RELEASED, RELEASE_1_1_0, RELEASE_1_2_0},
    {"1.1.0-rc.1", VERSION_RELEASED, RELEASE_1_1_0, RELEASE_1_1_0},
    {"1.3.0+dev", VERSION_RELEASED, RELEASE_1_3_0, RELEASE_1_3_0},
    {"1.0.0-rc6", VERSION_OLD, RELEASE_OLD, RELEASE_1_0_0},
    {"0.5.0-dev", VERSION_OLD, RELEASE_OLD, RELEASE_1_0_0},
    {"1.0.7", VERSION_UNRELEASED, RELEASE_1_0_2, RELEASE_1_1_0},
    {"1.4.0", VERSION_NEWER, RELEASE_NEWEST, RELEASE_NEWEST},
    {"2.0.0", VERSION_ALIEN, RELEASE_NEWEST, RELEASE_NEWEST},
    {"1.0", VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST},
    {"01.0.0", VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST},
    {"1.0.0-", VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST},
    {"1.0.0-01", VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST},
    {"1.0.0.0", VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST},
    {"99999999999.0.0", VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST},
    {"", VERSION_ABSENT, RELEASE_NEWEST, RELEASE_NEWEST},
};

START_TEST(reads_versions)
{
    struct shape_version version = shape_version_parse(str_of(versions[_i].text));
    ck_assert_msg(version.kind == versions[_i].kind && version.at == versions[_i].at &&
                      version.upto == versions[_i].upto,
                  "%s: %d %d %d", versions[_i].text, version.kind, version.at,
                  version.upto);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("shape");
    add_rows(cases, finds, marks);
    add_rows(cases, reads_versions, versions);
    tcase_add_test(cases, takes_another_version);
    return run_cases(cases);
}
