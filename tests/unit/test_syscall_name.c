/* SPDX-License-Identifier: Apache-2.0 */
#include "syscall_name.h"

#include "../testing.h"

#define LONG "a_name_that_is_longer_than_that_of_any_system_call_there_will_ever_be_here"

/* The architectures and names of a profile; the names that are none, and what is near. */
static const struct {
    const char *archs;
    const char *names;
    const char *want;
} rows[] = {
    {"\"SCMP_ARCH_X86_64\"", "\"mkdir\", \"execve\"", ""},
    {"\"SCMP_ARCH_X86_64\"", "\"mkdirr\"", "mkdirr mkdir\n"},
    {"\"SCMP_ARCH_X86_64\"", "\"Mkdir\"", "Mkdir mkdir\n"},
    {"\"SCMP_ARCH_X86_64\"", "\"become_superuser\"", "become_superuser -\n"},
    /* Calls of other architectures, and of newer kernels. */
    {"\"SCMP_ARCH_X86_64\"", "\"arm_fadvise64_64\", \"s390_runtime_instr\"", ""},
    {"\"SCMP_ARCH_X86_64\"", "\"mseal\", \"cachestat\", \"uretprobe\"", ""},
    /* What is near is a call of the profile's architectures. */
    {"\"SCMP_ARCH_AARCH64\"", "\"mkdirr\"", "mkdirr mkdirat\n"},
    {"\"SCMP_ARCH_AARCH64\", \"SCMP_ARCH_ARM\"", "\"mkdirr\"", "mkdirr mkdir\n"},
    {"\"SCMP_ARCH_NONE\", \"x86_64\", 1", "\"execv\"", "execv execve\n"},
    {"", "\"execv\"", "execv execve\n"},
    /* No names at all. */
    {"", "1, null, \"\", [\"execv\"]", ""},
    {"", "\"mkdir\\u0000\"", ""},
    {"", "\"" LONG "\"", LONG " -\n"},
};

START_TEST(test_names)
{
    AUTO_DOC struct doc doc;
    AUTO_BUF struct buf text = {0};
    AUTO_BUF struct buf got = {0};
    struct arena arena = {0};
    struct marks found = {0};
    buf_addf(&text,
             "{\"linux\": {\"seccomp\": {\"architectures\": [%s], \"syscalls\": "
             "[1, {}, {\"names\": [%s]}]}}}",
             rows[_i].archs, rows[_i].names);
    read_good(&doc, DOC_JSON, text.data);
    struct search search = {.doc = &doc, .root = doc.root, .arena = &arena};
    syscall_name_check(&search, &found);
    for (size_t i = 0; i < found.count; i++) {
        struct str name = node_text(found.items[i].node);
        const char *near = found.items[i].want;
        ck_assert_str_eq(found.items[i].finder,
                         near ? SYSCALL_MISSPELT : SYSCALL_UNKNOWN);
        buf_addf(&got, "%.*s %s\n", (int)name.len, name.at, near ? near : "-");
    }
    ck_assert_str(buf_str(&got), str_of(rows[_i].want));
    marks_release(&found);
    arena_release(&arena);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("syscall_name");
    add_rows(cases, test_names, rows);
    return run_cases(cases);
}
