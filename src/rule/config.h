/* SPDX-License-Identifier: Apache-2.0
 *
 * A configuration, .speclint.yaml: which rules speak, to whom, how loud, and where not.
 *
 *     struct config config;
 *     if (!config_load(&config, "/repo/.speclint.yaml", &fault))
 *         …
 *     if (config_check(&config, &rules, &fault))
 *         config_apply(&config, "images/web/config.json", false, &findings);
 *     config_release(&config);
 *
 * Strict: an unknown key, a wrong type, a name that no rule has is a fault with its line
 * and column.
 */
#ifndef SPECLINT_CONFIG_H
#define SPECLINT_CONFIG_H

#include "lint.h"

/* The name of the file that is looked for. */
#define CONFIG_NAME ".speclint.yaml"

/* A rule or area, and where it stands in the file. */
struct config_name {
    struct str text;
    const struct node *node;
    enum level level; /* of what is in `levels` */
};

struct config_names {
    struct config_name *items;
    size_t count;
};

/* A glob (wildcard.h) and the places in the files that it names: a JSON Pointer and all
 * below it. */
struct config_place {
    struct str glob;
    struct str pointer;
};

struct config_override {
    struct config_place *places;
    size_t place_count;
    struct config_names ignore;
    struct config_names levels;
};

struct config {
    const char *path;
    bool has_profile;
    enum profile profile;
    struct runtime_set runtimes; /* count is 0 where it names none */
    struct config_names select;
    struct config_names ignore;
    struct config_names levels;
    const char **rules; /* folders, as written: relative to that of the file */
    size_t rule_count;
    struct config_override *overrides; /* in order: the last that speaks counts */
    size_t override_count;
    struct doc doc; /* owns the texts */
    struct arena arena;
};

/* Reads a file. */
bool config_load(struct config *config, const char *path, struct fault *fault);

/* Checks that all names are those of rules or areas. */
bool config_check(struct config *config, const struct ruleset *set, struct fault *fault);

/* Gives findings of a file their levels, and takes away those that an override ignores,
 * unless `no_ignores`. `path` is relative to the folder that globs start from. */
void config_apply(const struct config *config, const char *path, bool no_ignores,
                  struct findings *findings);

void config_release(struct config *config);

/* The keys, for documentation. */
struct config_key {
    const char *name;
    const char *value; /* what stands behind it */
    const char *about;
};

/* All there are, the last without a name; those of the file, and those of an override. */
extern const struct config_key config_keys[];
extern const struct config_key config_override_keys[];

#endif
