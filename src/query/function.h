/* SPDX-License-Identifier: Apache-2.0
 *
 * Function extensions (RFC 9535 section 2.4): one table of typed C functions, the five of
 * the RFC and those that rules about OCI specs need. A floor above adds its own with
 * query_extend, once, before it parses or runs a query:
 *
 *     static struct query_value since(struct query_call *call)
 *     {
 *         return query_string(STR("1.1.0"));
 *     }
 *     static const struct query_function functions[] = {
 *         {"field_since", QUERY_VALUE, {QUERY_NODES}, 1, QUERY_STRICT, since, "nodes",
 *          "The spec version that introduced the member", "field_since(@) == '1.1.0'"},
 *     };
 *     query_extend(functions, 1);
 *
 * A compiled query names a function by its place in the tables, so what query_pool_emit
 * printed runs with the tables it was compiled with.
 */
#ifndef SPECLINT_FUNCTION_H
#define SPECLINT_FUNCTION_H

#include "query.h"

/* RFC 9535 section 2.4.1. No function has nodes for its result. */
enum query_type {
    QUERY_VALUE,   /* a JSON value or Nothing */
    QUERY_NODES,   /* a nodelist */
    QUERY_BOOLEAN, /* LogicalType */
};

enum {
    QUERY_NOTHING = NODE_OBJECT + 1, /* the type of a value that is Nothing */
    QUERY_PARAMETERS_MAX = 4,        /* in a table */
    QUERY_ARGUMENTS_MAX = 8,         /* in a call */
};

/* A value, or the logical result of a function: NODE_TRUE or NODE_FALSE. */
struct query_value {
    uint8_t type;  /* enum node_type or QUERY_NOTHING */
    bool is_short; /* a literal that is the number short_value / 10^scale */
    uint8_t scale;
    int64_t short_value;
    const struct node *node; /* NULL for a value that is not in the document */
    struct str text;         /* string or number, unless `digits` holds it */
    char digits[24];         /* a computed number: NUL-terminated, text.at is NULL */
};

struct query_argument {
    struct query_value value; /* QUERY_VALUE; QUERY_BOOLEAN as NODE_TRUE, NODE_FALSE */
    struct nodes nodes;       /* QUERY_NODES */
    bool constant;            /* a literal or an absolute query: the same at every call */
};

struct query_run;

struct query_call {
    struct query_run *run;
    const struct node *root;
    struct query_argument arguments[QUERY_ARGUMENTS_MAX];
    size_t count;
    uint16_t slot;
};

enum query_flag {
    QUERY_REPEATS = 1 << 0, /* the last parameter may come any number of times, or not */
    /* For query_needs(): the result is false or Nothing where … */
    QUERY_STRICT = 1 << 1,  /* an argument is Nothing or selects nothing */
    QUERY_NAMES = 1 << 2,   /* a string that it is given is the name of no member */
    QUERY_STRINGS = 1 << 3, /* a string that it is given is no string of the document */
};

typedef struct query_value query_function_fn(struct query_call *call);

struct query_function {
    const char *name;
    enum query_type result;
    enum query_type parameters[QUERY_PARAMETERS_MAX];
    uint8_t count;
    uint8_t flags; /* enum query_flag */
    query_function_fn *call;
    const char *names; /* of the parameters, for people: "nodes, member" */
    const char *doc;   /* one sentence */
    const char *example;
};

/* The function at a place of the tables, NULL behind the last: for documentation. */
const struct query_function *query_function_at(size_t index);

/* Finds the place of a function by name. */
bool query_function_find(struct str name, size_t *index);

/* Adds "duplicate_of_earlier(nodes: NodesType, member: ValueType...) -> LogicalType". */
void query_function_signature(const struct query_function *function, struct buf *out);

/* Adds a table behind the built-in one, in place of an earlier one. It is borrowed for
 * the rest of the program. Not to be called while another thread uses queries. */
void query_extend(const struct query_function *functions, size_t count);

/* Values to return. A string is borrowed and must live as long as the run. */
static inline struct query_value query_nothing(void)
{
    return (struct query_value){.type = QUERY_NOTHING};
}

static inline struct query_value query_boolean(bool holds)
{
    return (struct query_value){.type = holds ? NODE_TRUE : NODE_FALSE};
}

static inline struct query_value query_string(struct str text)
{
    return (struct query_value){.type = NODE_STRING, .text = text};
}

struct query_value query_integer(__int128 number);
struct query_value query_value_of(const struct node *node); /* NULL is Nothing */

/* The text of a string or number; empty for all else. */
static inline struct str query_text(const struct query_value *value)
{
    if (value->type == NODE_NUMBER && value->text.at == NULL)
        return str_of(value->digits);
    return value->text;
}

static inline bool query_is_string(const struct query_value *value)
{
    return value->type == NODE_STRING;
}

/* A number that is whole and within +-2^64, exactly. */
bool query_whole(const struct query_value *value, __int128 *number);

/* The only node of an argument, or NULL where it has none or several. */
const struct node *query_single(const struct query_call *call, size_t argument);

/* Comparison as RFC 9535 section 2.3.5.2.2 has it. */
bool query_equal(const struct query_value *a, const struct query_value *b);
bool query_less(const struct query_value *a, const struct query_value *b);

/* A number of up to 18 bytes without an exponent, as value / 10^scale; else false. */
bool query_short_number(struct str number, int64_t *value, uint8_t *scale);

/* Memory that this call of the query keeps from one candidate to the next, until the run
 * ends; zeroed at first, then as it was left. `release` (may be NULL) empties it at the
 * end. One call has one memory: the size is the same each time. */
void *query_memory(struct query_call *call, size_t size, void (*release)(void *memory));

/* The arena of the run, for strings that are returned. */
struct arena *query_arena(struct query_call *call);

/* The functions, by theme; what they do is in the table. */
query_function_fn function_length, function_count, function_match, function_search,
    function_value, function_key, function_type_of, function_is_a, function_in_nodes;
query_function_fn function_sum, function_int_between, function_in_ranges,
    function_overlaps, function_looks_octal;
query_function_fn function_duplicate_of_earlier, function_env_dup,
    function_nested_in_sibling, function_covered_by_later;
query_function_fn function_is_absolute, function_norm_path, function_basename;
query_function_fn function_semver_lt, function_is_semver, function_is_cpulist,
    function_is_ip, function_hugepage_canonical, function_option;

/* What path functions share: the lexically cleaned path, as norm_path(), and whether the
 * paths of the document are those of Windows. A cleaned path is `path` or in the arena.
 */
bool path_is_windows(struct query_run *run);
struct str path_clean(struct arena *arena, struct str path, bool windows);

/* Whether cleaning would surely not change a path; not asked for those of Windows. */
bool path_is_clean(struct str path);

/* Whether the cleaned path equals one that path_is_clean. */
bool path_equals(struct query_run *run, struct str path, struct str clean);

#endif
