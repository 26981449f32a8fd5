/* SPDX-License-Identifier: Apache-2.0
 *
 * A scope: what holds for the files of a folder. It is made of the .speclint.yaml above
 * them and of the command line, which wins. Files below the same configuration share one.
 *
 *     struct scopes scopes;
 *     scopes_init(&scopes, settings);
 *     const struct scope *scope = scopes_find(&scopes, "/repo/images", &fault);
 *     scopes_release(&scopes);
 */
#ifndef SPECLINT_SCOPE_H
#define SPECLINT_SCOPE_H

#include "config.h"
#include "settings.h"

struct scope {
    char *path; /* of the configuration, as a person would write it; NULL without one */
    char *base; /* the absolute folder from which its globs and paths start */
    struct config config;
    struct ruleset rules;
    struct lint_options lint;
};

/* A folder that was looked up before. */
struct scope_folder {
    char *path;
    struct scope *scope;
};

struct scopes {
    const struct settings *settings;
    char *current; /* the absolute path of the current folder */
    struct scope **items;
    size_t count;
    size_t capacity;
    struct scope_folder *folders; /* sorted by path */
    size_t folder_count;
    size_t folder_capacity;
};

void scopes_init(struct scopes *scopes, const struct settings *settings);

/* The scope of an absolute folder: of --config, of none with --isolated, or else of the
 * nearest CONFIG_NAME from there up to the root of the repository, or up to the current
 * folder where there is no repository. The fault is that of the configuration or of a
 * rule file; it names its place. */
const struct scope *scopes_find(struct scopes *scopes, const char *folder,
                                struct fault *fault);

/* Whether --select and --ignore name rules or areas that some scope has. */
bool scopes_check(struct scopes *scopes, struct fault *fault);

void scopes_release(struct scopes *scopes);

/* Adds what holds in a scope, as a configuration with comments. */
void scope_show(const struct scope *scope, struct buf *out);

#endif
