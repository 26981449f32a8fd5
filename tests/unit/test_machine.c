/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include "stage.h"

#include "../testing.h"

#include <sys/utsname.h>

enum { SPARC = 2, X86 = 3, X86_64 = 62, UNKNOWN = 4242 };

/* What of a machine's binfmt_misc lets a program for another processor run. */
static const struct {
    const char *host;
    bool refuses;
} rows[] = {
    {"{}", true},
    {"{\"proc/sys/fs/binfmt_misc/status\": \"enabled\\n\"}", true},
    {"{\"proc/sys/fs/binfmt_misc/python3\": \"enabled\\ninterpreter /usr/bin/python3\\n"
     "flags: \\noffset 0\\nmagic 6f0d0d0a\\n\"}",
     true},
    {"{\"proc/sys/fs/binfmt_misc/qemu-sparc\": \"enabled\\ninterpreter /usr/bin/qemu\\n"
     "flags: F\\noffset 0\\nmagic 7f454c46010201\\n\"}",
     false},
};

START_TEST(test_interpreter)
{
    const struct rule_example example = {.bad = "{}", .host = rows[_i].host};
    struct utsname here;
    struct stage stage;
    struct fault fault = {0};
    struct root host;
    ck_assert_int_eq(uname(&here), 0);
    if (strcmp(here.machine, "x86_64") != 0 && strcmp(here.machine, "aarch64") != 0)
        return; /* of this one nothing is sure */
    ck_assert_msg(stage_open(&stage, &example, &fault), "%s", fault.text);
    root_open(&host, stage.folder);
    ck_assert_int_eq(machine_refuses(&host, SPARC), rows[_i].refuses);
    ck_assert(!machine_refuses(&host, UNKNOWN));
    ck_assert(!machine_refuses(&host, 0));
    if (strcmp(here.machine, "x86_64") == 0) {
        ck_assert(!machine_refuses(&host, X86_64));
        ck_assert(!machine_refuses(&host, X86));
    }
    root_release(&host);
    stage_close(&stage);
}
END_TEST

START_TEST(test_name)
{
    ck_assert_str_eq(machine_name(X86_64), "x86-64");
    ck_assert_ptr_null(machine_name(UNKNOWN));
    ck_assert_ptr_null(machine_name(0));
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("machine");
    add_rows(cases, test_interpreter, rows);
    tcase_add_test(cases, test_name);
    return run_cases(cases);
}
