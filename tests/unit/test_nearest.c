/* SPDX-License-Identifier: Apache-2.0 */
#include "nearest.h"

#include <check.h>

static const struct {
    const char *name;
    const char *word;
    const char *want; /* NULL: nothing is near */
} rows[] = {
    {"equal", "readonly", "readonly"},
    {"case", "readOnly", "readonly"},
    {"a letter more", "readonlyy", "readonly"},
    {"a letter less", "readnly", "readonly"},
    {"another letter", "readomly", "readonly"},
    {"two letters swapped", "raedonly", "readonly"},
    {"the nearer of two", "rootfs", "rootfs"},
    {"too far", "xyz", NULL},
    {"empty", "", NULL},
    {"too long",
     "readonlyreadonlyreadonlyreadonlyreadonlyreadonlyreadonlyreadonlyreadonly", NULL},
};

START_TEST(finds)
{
    struct nearest nearest = {.word = str_of(rows[_i].word)};
    nearest_try(&nearest, "root");
    nearest_try(&nearest, "rootfs");
    nearest_try(&nearest, "readonly");
    if (rows[_i].want == NULL)
        ck_assert_msg(nearest.best == NULL, "%s: %s", rows[_i].name, nearest.best);
    else
        ck_assert_msg(nearest.best != NULL && strcmp(nearest.best, rows[_i].want) == 0,
                      "%s", rows[_i].name);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("nearest");
    TCase *tcase = tcase_create("table");
    tcase_add_loop_test(tcase, finds, 0, sizeof rows / sizeof rows[0]);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
