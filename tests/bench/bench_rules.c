/* SPDX-License-Identifier: Apache-2.0
 *
 * What all built-in rules cost on one document, beside reading it, from the file and from
 * memory: bench_rules FILE
 */
#include "lint.h"

#include <stdio.h>
#include <time.h>

enum { ROUNDS = 2000 };

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

static bool parse(struct str text, struct doc *doc)
{
    struct buf bytes = {0};
    buf_adds(&bytes, text);
    return doc_parse(doc, "bench", DOC_JSON, &bytes, NULL);
}

int main(int argc, char **argv)
{
    AUTO_DOC struct doc doc = {0};
    struct ruleset rules = {0};
    struct lint_options options = {.profile = PROFILE_PEDANTIC};
    double loading = 1e9;
    double parsing = 1e9;
    double linting = 1e9;
    if (argc != 2 || !doc_load(&doc, argv[1], NULL)) {
        fputs("usage: bench_rules FILE\n", stderr);
        return 2;
    }
    runtime_set_parse(&options.runtimes, "any", NULL);
    ruleset_add_builtin(&rules);
    for (int round = 0; round < ROUNDS; round++) {
        struct doc loaded;
        struct doc parsed;
        struct findings findings = {0};
        double start = now();
        bool read = doc_load(&loaded, argv[1], NULL);
        double loaded_at = now();
        read = read && parse(buf_str(&doc.bytes), &parsed);
        double parsed_at = now();
        if (!read)
            return 1;
        lint(&rules, &options, &parsed, &findings);
        double end = now();
        loading = least(loading, loaded_at - start);
        parsing = least(parsing, parsed_at - loaded_at);
        linting = least(linting, end - parsed_at);
        findings_release(&findings);
        doc_release(&loaded);
        doc_release(&parsed);
    }
    printf("%zu rules: %.1f us; reading the file %.1f us, of which parsing %.1f us; "
           "ratio %.2f\n",
           rules.count, linting, loading, parsing, linting / loading);
    ruleset_release(&rules);
    return 0;
}
