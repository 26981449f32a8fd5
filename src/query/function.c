/* SPDX-License-Identifier: Apache-2.0 */
#include "function.h"

#define V QUERY_VALUE
#define N QUERY_NODES
#define L QUERY_BOOLEAN
#define S QUERY_STRICT

/* clang-format off */
static const struct query_function builtin[] = {
    /* RFC 9535 sections 2.4.4 to 2.4.8 */
    {"length", V, {V}, 1, S, function_length, "value",
     "The number of characters of a string, elements of an array or members of an object",
     "length(@.args) == 0"},
    {"count", V, {N}, 1, 0, function_count, "nodes",
     "The number of nodes that a query selects",
     "count(@.options[*]) > 8"},
    {"match", L, {V, V}, 2, S, function_match, "string, pattern",
     "The whole string matches an I-Regexp (RFC 9485)",
     "match(@.pageSize, '[1-9][0-9]*[KMG]B')"},
    {"search", L, {V, V}, 2, S, function_search, "string, pattern",
     "A part of the string matches an I-Regexp (RFC 9485)",
     "search(@.schemata, '\\n')"},
    {"value", V, {N}, 1, S, function_value, "nodes",
     "The value of the only node that a query selects; Nothing for none or several",
     "value(@..type) == 'bind'"},

    /* names, types, membership */
    {"key", V, {N}, 1, S, function_key, "node",
     "The name of a member, or the index of an element",
     "key(@) == 'ociVersion'"},
    {"type_of", V, {V}, 1, S, function_type_of, "value",
     "The type: 'null', 'boolean', 'integer' (1.0 is one), 'number', 'string', 'array', "
     "'object'",
     "type_of(@) != 'string'"},
    {"is_a", L, {V, V}, 2, S, function_is_a, "value, type",
     "The value has the type: 'string', 'bool', 'number', 'int8' to 'uint64', 'object', "
     "'array', 'null', or of these T[] or map<T>",
     "!is_a(@.args, 'string[]')"},
    {"in_nodes", L, {V, N}, 2, S, function_in_nodes, "value, nodes",
     "The value equals that of one of the nodes",
     "!in_nodes(@, $.process.capabilities.permitted[*])"},
    {"option", L, {N, V}, 2, S | QUERY_STRINGS, function_option, "mount, word",
     "The mount option is in effect: it stands in options, and no later one undoes it",
     "!option(@, 'ro')"},

    /* siblings */
    {"duplicate_of_earlier", L, {N, V}, 2, QUERY_REPEATS | S | QUERY_NAMES, function_duplicate_of_earlier, "node, member",
     "An earlier sibling has the same value, or the same values of all named members",
     "duplicate_of_earlier(@, 'type')"},
    {"env_dup", L, {N}, 1, S, function_env_dup, "node",
     "An earlier element sets the same environment variable",
     "env_dup(@)"},
    {"overlaps", L, {N, V, V}, 3, S | QUERY_NAMES, function_overlaps, "node, start, size",
     "The range of numbers that two members give, start and size, overlaps that of an "
     "earlier sibling",
     "overlaps(@, 'containerID', 'size')"},
    {"nested_in_sibling", L, {N, V}, 2, S | QUERY_NAMES, function_nested_in_sibling, "node, member",
     "The path in a member is below that of a sibling",
     "nested_in_sibling(@, 'destination')"},
    {"covered_by_later", L, {N, V}, 2, S | QUERY_NAMES, function_covered_by_later, "node, member",
     "The path in a member is, or is below, that of a later sibling",
     "covered_by_later(@, 'destination')"},

    /* whole numbers */
    {"int_between", L, {V, V, V}, 3, S, function_int_between, "value, low, high",
     "A whole number from low to high, exact for any size",
     "int_between(@.shares, 2, 262144)"},
    {"in_ranges", L, {V, N, V, V}, 4, S | QUERY_NAMES, function_in_ranges, "value, nodes, start, size",
     "The whole number lies in one of the ranges that members of the nodes give",
     "in_ranges(@.uid, $.linux.uidMappings[*], 'containerID', 'size')"},
    {"sum", V, {V, V}, 2, S, function_sum, "a, b",
     "The exact sum of two whole numbers of up to 64 bits; else Nothing",
     "sum(@.hostID, @.size) > 4294967296"},
    {"looks_octal", L, {V}, 1, S, function_looks_octal, "value",
     "The digits read as an octal file mode, and the number does not",
     "looks_octal(@.fileMode)"},

    /* paths */
    {"is_absolute", L, {V}, 1, S, function_is_absolute, "path",
     "The path is absolute; by the rules of Windows in a document with a windows section "
     "and no linux one",
     "!is_absolute(@.destination)"},
    {"norm_path", V, {V}, 1, S, function_norm_path, "path",
     "The path without empty names, '.', '..' and a separator at the end, by its text "
     "alone; for Windows in small letters with backslashes",
     "norm_path(@.destination) == '/proc'"},
    {"basename", V, {V}, 1, S, function_basename, "path",
     "The last name of the path",
     "basename(@.path) != 'rootfs'"},

    /* texts of a known form */
    {"is_semver", L, {V}, 1, S, function_is_semver, "string",
     "The string is a semantic version (2.0.0)",
     "!is_semver(@.ociVersion)"},
    {"semver_lt", L, {V, V}, 2, S, function_semver_lt, "a, b",
     "Both are semantic versions, and the first precedes the second",
     "semver_lt($.ociVersion, '1.1.0')"},
    {"is_cpulist", L, {V}, 1, S, function_is_cpulist, "string",
     "The string is a list as in cpuset(7): numbers and ranges, such as 0-3,7",
     "!is_cpulist(@.cpus)"},
    {"is_ip", L, {V, V, V}, 3, 0, function_is_ip, "string, version, prefix",
     "The string is an address of IP version 4, 6, or 0 for either; where the last "
     "argument is true, a prefix length may follow",
     "is_ip(@.address, 4, false)"},
    {"hugepage_canonical", V, {V}, 1, S, function_hugepage_canonical, "string",
     "The page size in its largest whole unit, as the kernel names control files",
     "hugepage_canonical(@.pageSize) != @.pageSize"},
};
/* clang-format on */

#undef V
#undef N
#undef L
#undef S

enum { BUILTIN_COUNT = sizeof builtin / sizeof *builtin };

static const struct query_function *extension;
static size_t extension_count;

void query_extend(const struct query_function *functions, size_t count)
{
    extension = functions;
    extension_count = count;
}

const struct query_function *query_function_at(size_t index)
{
    if (index < BUILTIN_COUNT)
        return &builtin[index];
    index -= BUILTIN_COUNT;
    return index < extension_count ? &extension[index] : NULL;
}

bool query_function_find(struct str name, size_t *index)
{
    const struct query_function *function;
    for (*index = 0; (function = query_function_at(*index)) != NULL; ++*index) {
        if (str_equal(str_of(function->name), name))
            return true;
    }
    return false;
}

void query_function_signature(const struct query_function *function, struct buf *out)
{
    static const char *const types[] = {
        [QUERY_VALUE] = "ValueType",
        [QUERY_NODES] = "NodesType",
        [QUERY_BOOLEAN] = "LogicalType",
    };
    const char *name = function->names;
    buf_addf(out, "%s(", function->name);
    for (size_t i = 0; i < function->count; i++) {
        size_t len = strcspn(name, ",");
        buf_addf(out, "%s%.*s: %s", i > 0 ? ", " : "", (int)len, name,
                 types[function->parameters[i]]);
        name += len + strspn(name + len, ", ");
    }
    buf_addf(out, "%s) -> %s", function->flags & QUERY_REPEATS ? "..." : "",
             types[function->result]);
}
