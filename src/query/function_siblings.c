/* SPDX-License-Identifier: Apache-2.0 */
#include "hash.h"
#include "siblings.h"

/* Up to here all earlier siblings are compared, which costs less than to remember. */
enum { SCAN_MAX = 16 };

struct siblings {
    const struct node *parent;
    struct str names[QUERY_ARGUMENTS_MAX];
    bool *flags;
};

static void siblings_release(void *memory)
{
    free(((struct siblings *)memory)->flags);
}

static bool has_earlier(const struct node *node, siblings_same_fn *same,
                        const struct str *names, size_t count)
{
    const struct node *sibling = node->parent->child;
    while (sibling != node && !same(sibling, node, names, count))
        sibling = sibling->next;
    return sibling != node;
}

static bool same_names(const struct str *a, const struct str *b, size_t count)
{
    while (count > 0 && str_equal(a[count - 1], b[count - 1]))
        count--;
    return count == 0;
}

struct query_value siblings_ask(struct query_call *call, siblings_fn *fill,
                                siblings_same_fn *same)
{
    const struct node *node = query_single(call, 0);
    struct str names[QUERY_ARGUMENTS_MAX];
    size_t count = call->count - 1;
    if (node == NULL || node->parent == NULL)
        return query_boolean(false);
    for (size_t i = 0; i < count; i++) {
        if (!query_is_string(&call->arguments[i + 1].value))
            return query_boolean(false);
        names[i] = call->arguments[i + 1].value.text;
    }
    if (same != NULL && node->index < SCAN_MAX)
        return query_boolean(has_earlier(node, same, names, count));
    struct siblings *siblings = query_memory(call, sizeof *siblings, siblings_release);
    if (siblings->parent != node->parent || !same_names(siblings->names, names, count)) {
        free(siblings->flags);
        siblings->flags = mem_alloc(node->parent->len, sizeof *siblings->flags);
        siblings->parent = node->parent;
        memcpy(siblings->names, names, count * sizeof *names);
        fill(call, node->parent, names, count, siblings->flags);
    }
    return query_boolean(siblings->flags[node->index]);
}

static void collect(const struct node *parent, const struct node **children)
{
    for (const struct node *child = parent->child; child; child = child->next)
        children[child->index] = child;
}

/* Flags each entry that equals one of an earlier place. */
static void flag_repeated(struct hash_index *index, bool *flags,
                          bool (*equal)(const void *context, size_t a, size_t b),
                          const void *context)
{
    size_t run = 0; /* where the entries of one hash begin */
    hash_index_sort(index);
    for (size_t i = 0; i < index->count; i++) {
        if (index->entries[i].hash != index->entries[run].hash)
            run = i;
        for (size_t j = run; j < i; j++) {
            if (equal(context, index->entries[j].place, index->entries[i].place)) {
                flags[index->entries[i].place] = true;
                break;
            }
        }
    }
    hash_index_release(index);
}

struct named_children {
    const struct node **children;
    const struct str *names;
    size_t count;
};

static bool same_members(const struct node *a, const struct node *b,
                         const struct str *names, size_t count)
{
    if (count == 0) /* strings of two lengths, the usual case, need no call */
        return (a->len == b->len || a->type != NODE_STRING) && node_equal(a, b);
    for (size_t i = 0; i < count; i++) {
        const struct node *left = node_get(a, names[i]);
        const struct node *right = node_get(b, names[i]);
        if (left == NULL || right == NULL || !node_equal(left, right))
            return false;
    }
    return true;
}

static bool members_equal(const void *context, size_t a, size_t b)
{
    const struct named_children *named = context;
    return same_members(named->children[a], named->children[b], named->names,
                        named->count);
}

/* A child without one of the members is equal to none. */
static bool members_hash(const struct named_children *named, const struct node *child,
                         uint64_t *hash)
{
    *hash = named->count == 0 ? hash_node(child) : 0;
    for (size_t i = 0; i < named->count; i++) {
        const struct node *member = node_get(child, named->names[i]);
        if (member == NULL)
            return false;
        *hash = hash_join(*hash, hash_node(member));
    }
    return true;
}

static void fill_duplicates(struct query_call *call, const struct node *parent,
                            const struct str *names, size_t count, bool *flags)
{
    AUTO_FREE const struct node **children = mem_alloc(parent->len, sizeof *children);
    struct named_children named = {children, names, count};
    struct hash_index index = {0};
    uint64_t hash;
    (void)call;
    collect(parent, children);
    for (uint32_t i = 0; i < parent->len; i++) {
        if (members_hash(&named, children[i], &hash))
            hash_index_add(&index, hash, i);
    }
    flag_repeated(&index, flags, members_equal, &named);
}

struct query_value function_duplicate_of_earlier(struct query_call *call)
{
    return siblings_ask(call, fill_duplicates, same_members);
}

/* environ(7): NAME=value; what has no = is a name. */
static struct str env_name(const struct node *node)
{
    struct str text = node_text(node);
    const char *equals = text.len > 0 ? memchr(text.at, '=', text.len) : NULL;
    return (struct str){text.at, equals ? (size_t)(equals - text.at) : text.len};
}

static bool same_variable(const struct node *a, const struct node *b,
                          const struct str *names, size_t count)
{
    (void)names;
    (void)count;
    return a->type == NODE_STRING && b->type == NODE_STRING &&
           str_equal(env_name(a), env_name(b));
}

static bool env_equal(const void *context, size_t a, size_t b)
{
    const struct node *const *children = context;
    return same_variable(children[a], children[b], NULL, 0);
}

static void fill_env(struct query_call *call, const struct node *parent,
                     const struct str *names, size_t count, bool *flags)
{
    AUTO_FREE const struct node **children = mem_alloc(parent->len, sizeof *children);
    struct hash_index index = {0};
    (void)call;
    (void)names;
    (void)count;
    collect(parent, children);
    for (uint32_t i = 0; i < parent->len; i++) {
        if (children[i]->type == NODE_STRING)
            hash_index_add(&index, hash_text(env_name(children[i])), i);
    }
    flag_repeated(&index, flags, env_equal, children);
}

struct query_value function_env_dup(struct query_call *call)
{
    return siblings_ask(call, fill_env, same_variable);
}

/* The cleaned paths of the children, and an index over them by the hash of the names on
 * the way, which a walk down a path has for each of its ancestors in turn. */
struct paths {
    struct str *paths; /* at == NULL where there is none */
    size_t count;
    struct hash_index index; /* empty for up to SCAN_MAX paths */
    char separator;
};

/* Walks the path down: the length and hash of its first `*len` bytes become those of the
 * next name. A root, of a drive or of all, is a step of its own. */
static bool path_step(const struct paths *paths, struct str path, size_t *len,
                      uint64_t *hash)
{
    size_t start = *len;
    if (start >= path.len)
        return false;
    bool drive = start == 2 && paths->separator == '\\' && path.at[1] == ':';
    if ((start == 0 || drive) && path.at[start] == paths->separator) {
        *len = start + 1;
        *hash = hash_join(*hash, (unsigned char)paths->separator);
        return true;
    }
    if (start > 0 && path.at[start] == paths->separator)
        start++;
    const char *end = memchr(path.at + start, paths->separator, path.len - start);
    *len = end ? (size_t)(end - path.at) : path.len;
    *hash = hash_join(*hash, hash_text((struct str){path.at + start, *len - start}));
    return true;
}

static void paths_fill(struct paths *paths, struct query_call *call,
                       const struct node *parent, struct str member)
{
    bool windows = path_is_windows(call->run);
    paths->paths = mem_alloc(parent->len, sizeof *paths->paths);
    paths->count = parent->len;
    paths->separator = windows ? '\\' : '/';
    for (const struct node *child = parent->child; child; child = child->next) {
        const struct node *node = node_get(child, member);
        if (node == NULL || node->type != NODE_STRING)
            continue;
        struct str path = path_clean(query_arena(call), node_text(node), windows);
        size_t len = 0;
        uint64_t hash = 0;
        paths->paths[child->index] = path;
        if (parent->len <= SCAN_MAX)
            continue;
        while (path_step(paths, path, &len, &hash))
            continue;
        hash_index_add(&paths->index, hash, child->index);
    }
    hash_index_sort(&paths->index);
}

static void paths_release(struct paths *paths)
{
    free(paths->paths);
    hash_index_release(&paths->index);
}

/* Whether the first `len` bytes of a child's path are the path of another child; `later`
 * asks for one behind it. Of those with the same path one is enough to look at: the last
 * one if it has to be a later one. */
static bool paths_has(const struct paths *paths, size_t place, size_t len, uint64_t hash,
                      bool later)
{
    struct str prefix = {paths->paths[place].at, len};
    size_t i = hash_index_find(&paths->index, hash);
    if (!hash_index_has(&paths->index, i, hash))
        return false;
    if (later)
        i = hash_index_behind(&paths->index, hash) - 1;
    size_t other = paths->index.entries[i].place;
    return (later ? other > place : other != place) &&
           str_equal(paths->paths[other], prefix);
}

/* A root ends in the separator, no other cleaned path does. */
static bool is_above(struct str above, struct str path, char separator)
{
    return above.len < path.len && memcmp(above.at, path.at, above.len) == 0 &&
           (path.at[above.len] == separator || above.at[above.len - 1] == separator);
}

/* Whether a child's path is below that of another child; with `later`, whether it is that
 * of a child behind it or below. */
static bool paths_below(const struct paths *paths, size_t place, bool later)
{
    struct str path = paths->paths[place];
    size_t len = 0;
    uint64_t hash = 0;
    if (path.at == NULL)
        return false;
    if (paths->count > SCAN_MAX) {
        while (path_step(paths, path, &len, &hash)) {
            if ((later || len < path.len) && paths_has(paths, place, len, hash, later))
                return true;
        }
        return false;
    }
    for (size_t i = later ? place + 1 : 0; i < paths->count; i++) {
        struct str other = paths->paths[i];
        if (other.at != NULL && (is_above(other, path, paths->separator) ||
                                 (later && str_equal(other, path))))
            return true;
    }
    return false;
}

static void fill_below(struct query_call *call, const struct node *parent,
                       struct str member, bool later, bool *flags)
{
    struct paths paths = {0};
    paths_fill(&paths, call, parent, member);
    for (uint32_t i = 0; i < parent->len; i++)
        flags[i] = paths_below(&paths, i, later);
    paths_release(&paths);
}

static void fill_nested(struct query_call *call, const struct node *parent,
                        const struct str *names, size_t count, bool *flags)
{
    (void)count;
    fill_below(call, parent, names[0], false, flags);
}

struct query_value function_nested_in_sibling(struct query_call *call)
{
    return siblings_ask(call, fill_nested, NULL);
}

static void fill_covered(struct query_call *call, const struct node *parent,
                         const struct str *names, size_t count, bool *flags)
{
    (void)count;
    fill_below(call, parent, names[0], true, flags);
}

struct query_value function_covered_by_later(struct query_call *call)
{
    return siblings_ask(call, fill_covered, NULL);
}
