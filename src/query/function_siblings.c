/* SPDX-License-Identifier: Apache-2.0 */
#include "hash.h"
#include "siblings.h"

struct siblings {
    const struct node *parent;
    struct str names[QUERY_ARGUMENTS_MAX];
    bool *flags;
};

static void siblings_release(void *memory)
{
    free(((struct siblings *)memory)->flags);
}

struct query_value siblings_ask(struct query_call *call, siblings_fn *fill)
{
    struct siblings *siblings = query_memory(call, sizeof *siblings, siblings_release);
    const struct node *node = query_single(call, 0);
    size_t count = call->count - 1;
    if (node == NULL || node->parent == NULL)
        return query_boolean(false);
    bool same = siblings->parent == node->parent;
    for (size_t i = 0; i < count; i++) {
        const struct query_value *name = &call->arguments[i + 1].value;
        if (!query_is_string(name)) {
            siblings->parent = NULL; /* some of the names are new */
            return query_boolean(false);
        }
        same = same && str_equal(siblings->names[i], name->text);
        siblings->names[i] = name->text;
    }
    if (!same) {
        free(siblings->flags);
        siblings->flags = mem_alloc(node->parent->len, sizeof *siblings->flags);
        siblings->parent = node->parent;
        fill(call, node->parent, siblings->names, count, siblings->flags);
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

static bool members_equal(const void *context, size_t a, size_t b)
{
    const struct named_children *named = context;
    const struct node *left = named->children[a];
    const struct node *right = named->children[b];
    if (named->count == 0)
        return node_equal(left, right);
    for (size_t i = 0; i < named->count; i++) {
        if (!node_equal(node_get(left, named->names[i]),
                        node_get(right, named->names[i])))
            return false;
    }
    return true;
}

/* A child without one of the members is equal to none. */
static bool members_hash(const struct named_children *named, const struct node *child,
                         uint64_t *hash)
{
    *hash = named->count == 0 ? node_value_hash(child) : 0;
    for (size_t i = 0; i < named->count; i++) {
        const struct node *member = node_get(child, named->names[i]);
        if (member == NULL)
            return false;
        *hash = hash_join(*hash, node_value_hash(member));
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
    return siblings_ask(call, fill_duplicates);
}

/* environ(7): NAME=value; what has no = is a name. */
static struct str env_name(const struct node *node)
{
    struct str text = node_text(node);
    const char *equals = text.len > 0 ? memchr(text.at, '=', text.len) : NULL;
    return (struct str){text.at, equals ? (size_t)(equals - text.at) : text.len};
}

static bool env_equal(const void *context, size_t a, size_t b)
{
    const struct node *const *children = context;
    return str_equal(env_name(children[a]), env_name(children[b]));
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
            hash_index_add(&index, text_hash(env_name(children[i])), i);
    }
    flag_repeated(&index, flags, env_equal, children);
}

struct query_value function_env_dup(struct query_call *call)
{
    return siblings_ask(call, fill_env);
}

/* The cleaned paths of the children, and an index over them by the hash of the names on
 * the way, which a walk down a path has for each of its ancestors in turn. */
struct paths {
    struct str *paths; /* at == NULL where there is none */
    struct hash_index index;
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
    *hash = hash_join(*hash, text_hash((struct str){path.at + start, *len - start}));
    return true;
}

static void paths_fill(struct paths *paths, struct query_call *call,
                       const struct node *parent, struct str member)
{
    bool windows = path_is_windows(call);
    paths->paths = mem_alloc(parent->len, sizeof *paths->paths);
    paths->separator = windows ? '\\' : '/';
    for (const struct node *child = parent->child; child; child = child->next) {
        const struct node *node = node_get(child, member);
        if (node == NULL || node->type != NODE_STRING)
            continue;
        struct str path = path_clean(query_arena(call), node_text(node), windows);
        size_t len = 0;
        uint64_t hash = 0;
        while (path_step(paths, path, &len, &hash))
            continue;
        paths->paths[child->index] = path;
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

static void fill_nested(struct query_call *call, const struct node *parent,
                        const struct str *names, size_t count, bool *flags)
{
    struct paths paths = {0};
    (void)count;
    paths_fill(&paths, call, parent, names[0]);
    for (uint32_t i = 0; i < parent->len; i++) {
        size_t len = 0;
        uint64_t hash = 0;
        while (!flags[i] && path_step(&paths, paths.paths[i], &len, &hash))
            flags[i] = len < paths.paths[i].len && paths_has(&paths, i, len, hash, false);
    }
    paths_release(&paths);
}

struct query_value function_nested_in_sibling(struct query_call *call)
{
    return siblings_ask(call, fill_nested);
}

static void fill_covered(struct query_call *call, const struct node *parent,
                         const struct str *names, size_t count, bool *flags)
{
    struct paths paths = {0};
    (void)count;
    paths_fill(&paths, call, parent, names[0]);
    for (uint32_t i = 0; i < parent->len; i++) {
        size_t len = 0;
        uint64_t hash = 0;
        while (!flags[i] && path_step(&paths, paths.paths[i], &len, &hash))
            flags[i] = paths_has(&paths, i, len, hash, true);
    }
    paths_release(&paths);
}

struct query_value function_covered_by_later(struct query_call *call)
{
    return siblings_ask(call, fill_covered);
}
