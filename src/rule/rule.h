/* SPDX-License-Identifier: Apache-2.0
 *
 * A rule: everything that one file under rules/ says. Rules are read from such a file, or
 * are constant data of the program that the build made of one; nothing changes them
 * after.
 *
 *     struct ruleset set = {0};
 *     ruleset_add_builtin(&set);
 *     if (!ruleset_add_folder(&set, "my-rules", &fault))
 *         …
 *     ruleset_release(&set);
 */
#ifndef SPECLINT_RULE_H
#define SPECLINT_RULE_H

#include "gate.h"
#include "query.h"
#include "runtime.h"

enum level {
    LEVEL_NOTE,
    LEVEL_WARNING,
    LEVEL_ERROR,
};

/* Each includes the ones before. */
enum profile {
    PROFILE_DEFAULT,
    PROFILE_STRICT,
    PROFILE_PEDANTIC,
};

/* How far a fix may be trusted; a greater one includes the smaller. */
enum safety {
    SAFETY_SUGGESTION, /* shown, never applied */
    SAFETY_UNSAFE,     /* applied with --unsafe-fixes */
    SAFETY_SAFE,       /* applied with --fix */
};

/* What a runtime does with the bad form. */
enum claim_does {
    CLAIM_HONOURS,
    CLAIM_ADAPTS,
    CLAIM_IGNORES,
    CLAIM_REFUSES,
};

struct rule_claim {
    enum runtime runtime;
    enum claim_does does;
    char below;          /* '<' or '>' for a range that ends or begins at `version`;
                            0 for all versions that no range takes */
    uint16_t version[3]; /* with '<': those below; with '>': this one and above */
    const char *seen;    /* versions it was run on; "" if none */
    const char *source;  /* where it was read; "" if it was run */
    const char *as;      /* what happens, a clause */
};

enum op_kind {
    OP_ADD,
    OP_REMOVE,
    OP_REPLACE,
    OP_MOVE,
    OP_COPY,
    OP_TEST,
};

/* One operation of RFC 6902, with two additions that a rule needs. A path that begins
 * with @ is a query (RFC 9535) with @ the candidate, and stands for one operation for
 * each node it selects, the last first, so that removing one does not move the others. An
 * operation with `when` is left out where that expression does not hold. Both look at the
 * document as it was before the patch. */
struct rule_op {
    enum op_kind kind;
    const char *path;  /* RFC 6901, relative to the candidate; NULL where query_path is */
    const char *from;  /* move, copy: RFC 6901, relative to the candidate; else NULL */
    const char *value; /* add, replace, test: JSON text; else NULL */
    struct query query_path; /* QUERY_RELATIVE; ops is NULL without */
    struct query when;       /* QUERY_LOGICAL; ops is NULL without */
    bool unsafe;             /* a fix in which it takes part is no safer than unsafe */
};

struct rule_patch {
    const struct rule_op *ops;
    size_t count;
};

struct rule_fix {
    const char *title;
    enum safety safety;
    const struct rule_patch *patches; /* the first that applies is taken */
    size_t count;
};

/* Texts of a JSON value: a fragment to merge over the minimal document, or a JSON string
 * that holds a whole document. `good` is NULL where the example has none, and so are the
 * files of the bundle and of the machine (stage.h), objects of paths and what is there.
 */
struct rule_example {
    const char *bad;
    const char *good;
    const char *bundle;
    const char *host;
};

struct rule {
    /* What linting asks for each document comes first. */
    const uint32_t *needs; /* of given and when, as in need.h; NULL: not worked out */
    struct query given;    /* QUERY_PATH; ops is NULL with a finder */
    struct query when;     /* QUERY_LOGICAL; ops is NULL without */
    enum level level;
    enum profile profile;
    const char *finder; /* the C function that finds what no query can say; NULL */

    const char *id;
    const char *area; /* the folder: "mounts" */
    const struct rule_claim *claims;
    size_t claim_count;
    const char *spec; /* "MUST", "MUST NOT", "SHOULD" … where the spec itself forbids the
                         bad form; "" where only runtimes or taste do */
    const char *since; /* the speclint that has it first, "0.1.0"; "" for one's own */
    const char *title;
    const char *message; /* with {relative/pointer} places */
    const char *why;
    const char *at; /* relative pointer into the candidate; "" for the candidate */
    const struct rule_fix *fix; /* NULL without */
    bool confirm_mounts;        /* the dry run must accept the outcome of the fix */
    const char *const *see;
    size_t see_count;
    const struct rule_example *examples;
    size_t example_count;
};

/* "error", "safe", … and back; the parsers return false for an unknown word. */
const char *level_name(enum level value);
const char *profile_name(enum profile value);
const char *safety_name(enum safety value);
const char *claim_name(enum claim_does value);
const char *op_name(enum op_kind value);
bool level_parse(struct str word, enum level *value);
bool profile_parse(struct str word, enum profile *value);
bool safety_parse(struct str word, enum safety *value);
bool claim_parse(struct str word, enum claim_does *value);
bool op_parse(struct str word, enum op_kind *value);

/* Whether the rule has something to say to those who run on `runtimes`: it has no claims,
 * the spec itself forbids the form, or a chosen runtime does anything but honour it. */
bool rule_concerns(const struct rule *rule, const struct runtime_set *runtimes);

/* How strongly the spec itself forbids the form: LEVEL_ERROR for what MUST be otherwise,
 * LEVEL_WARNING for what SHOULD, LEVEL_NOTE where it is silent. */
enum level rule_demand(const struct rule *rule);

/* Whether every chosen runtime is said to honour the form, so that only the spec is
 * against it. */
bool rule_honoured(const struct rule *rule, const struct runtime_set *runtimes);

/* The claim that holds for a version of a runtime, or NULL. A range is before the rest.
 */
const struct rule_claim *rule_claim(const struct rule *rule,
                                    struct runtime_version version);

/* Rules by id, the ones added later winning over those of the same id. */
struct ruleset {
    const struct rule **rules; /* sorted by id */
    size_t count;
    size_t capacity;
    struct gates gates;      /* of those with queries; without `items` all are asked */
    struct gate *own_gates;  /* those, where they are not the program's; else NULL */
    struct rule_file *files; /* what was read from folders */
};

/* The rules that are part of the program, into a set that is empty. */
void ruleset_add_builtin(struct ruleset *set);

/* Reads every .yaml file below a folder, or the one file given; the id is the file's
 * name, the area its folder's. Faults at the first faulty file, with its path, line and
 * column. */
bool ruleset_add_folder(struct ruleset *set, const char *folder, struct fault *fault);

/* The rule of that id, or NULL. */
const struct rule *ruleset_find(const struct ruleset *set, struct str id);

/* Whether a word is the id of a rule or the name of an area. If not, `*nearest` is the
 * one that is probably meant, or NULL. */
bool ruleset_knows(const struct ruleset *set, struct str word, const char **nearest);

void ruleset_release(struct ruleset *set);

/* All that the program has built in; made by the build. */
extern const struct rule *const rule_builtin[];
extern const size_t rule_builtin_count;
extern const struct gates rule_builtin_gates;

#endif
