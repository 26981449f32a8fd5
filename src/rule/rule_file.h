/* SPDX-License-Identifier: Apache-2.0
 *
 * One rule file: the YAML under rules/<area>/<id>.yaml to a struct rule. Strict: a member
 * that is missing, misspelt, of the wrong type, or a query that does not compile is a
 * fault with its line and column, so that a bad rule never runs.
 */
#ifndef SPECLINT_RULE_FILE_H
#define SPECLINT_RULE_FILE_H

#include "doc.h"
#include "rule.h"

struct rule_file {
    struct rule_file *next;
    struct rule rule; /* everything it points to is in `arena`, but for the queries */
    struct arena arena;
    char *path;
};

/* Reads a file whose name is the rule's id and whose folder's name is its area. */
bool rule_file_load(struct rule_file *file, const char *path, struct fault *fault);

void rule_file_release(struct rule_file *file);

#endif
