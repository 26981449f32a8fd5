/* SPDX-License-Identifier: Apache-2.0
 *
 * A baseline: findings that were there when it was written and are not to be heard of
 * until someone takes them up. What is found later is found.
 *
 * An entry is rule, path, JSON Pointer and a hash of the value there, so that it does not
 * change with the lines above, and is gone when the value changes. The value is a scalar,
 * or a whole entry of a list, whose place may shift; of an object or list with a name
 * only the kind counts, or else each new member would be a new finding.
 *
 *     struct baseline baseline = {0};
 *     if (baseline_load(&baseline, "baseline.json", &fault))
 *         baseline_apply(&baseline, "images/web/config.json", &findings);
 *     baseline_release(&baseline);
 */
#ifndef SPECLINT_BASELINE_H
#define SPECLINT_BASELINE_H

#include "lint.h"

struct baseline_entry {
    const char *path; /* of the document, as the caller names it */
    const char *pointer;
    const char *rule;
    uint64_t value;
    bool seen; /* its file was linted, and its rule asked */
    bool used; /* its finding is still there */
};

struct baseline {
    struct baseline_entry *entries; /* sorted, the same one as often as it was found */
    size_t count;
    size_t capacity;
    struct arena arena;
};

/* Reads a file that baseline_print wrote. */
bool baseline_load(struct baseline *baseline, const char *path, struct fault *fault);

/* Takes away the findings of a file that are in the baseline. */
void baseline_apply(const struct baseline *baseline, const char *path,
                    struct findings *findings);

/* Notes which entries of a file were seen and used, by its findings after
 * baseline_apply. */
void baseline_note(struct baseline *baseline, const char *path,
                   const struct findings *findings, const struct ruleset *set,
                   const struct lint_options *options);

/* Adds an entry for a finding, or a copy of an entry; baseline_sort is due. */
void baseline_add(struct baseline *baseline, const char *path,
                  const struct finding *finding);
void baseline_copy(struct baseline *baseline, const struct baseline_entry *entry);
void baseline_sort(struct baseline *baseline);

/* Adds the text of the file: JSON, an entry a line, so that versions can be merged. */
void baseline_print(const struct baseline *baseline, struct buf *out);

void baseline_release(struct baseline *baseline);

#endif
