/* SPDX-License-Identifier: Apache-2.0
 *
 * A node: one JSON value (RFC 8259) and its place in the text. Nodes belong to a document
 * and live as long as it does; every pointer these functions return is borrowed from it.
 *
 *     const struct node *mounts = node_get(root, STR("mounts"));
 *     for (const struct node *mount = node_first(mounts); mount; mount = mount->next)
 *         …
 */
#ifndef SPECLINT_NODE_H
#define SPECLINT_NODE_H

#include "text.h"

enum node_type {
    NODE_NULL,
    NODE_FALSE,
    NODE_TRUE,
    NODE_NUMBER,
    NODE_STRING,
    NODE_ARRAY,
    NODE_OBJECT,
};

/* How a node is written. JSON has NODE_FLOW containers and NODE_DOUBLE strings only. */
enum node_style {
    NODE_FLOW,    /* containers: [ ] { } */
    NODE_BLOCK,   /* containers: indented, YAML */
    NODE_PLAIN,   /* scalars: no quotes */
    NODE_SINGLE,  /* scalars: '…' */
    NODE_DOUBLE,  /* scalars: "…" */
    NODE_LITERAL, /* scalars: | */
    NODE_FOLDED,  /* scalars: > */
};

enum node_flag {
    NODE_DUPLICATE = 1 << 0, /* an earlier member of the same object has this name */
    NODE_ANCHOR = 1 << 1,    /* YAML: has an anchor, so that aliases may name it */
    NODE_ALIAS = 1 << 2, /* YAML: an alias; `span` is the alias, the value its anchor's */
    NODE_ALIASED = 1 << 3, /* YAML: below an alias; `span` is at the anchor's place */
    NODE_TAGGED = 1 << 4,  /* YAML: has an explicit tag */
    NODE_REPEATS = 1 << 5, /* an object with a member that is NODE_DUPLICATE */
};

struct node {
    const struct node *parent; /* NULL for the root of a document */
    const struct node *child;  /* the first of an array or object, else NULL */
    const struct node *next;   /* the next sibling; of a root: the next document's root */
    const char *key;           /* decoded name, key_len bytes; NULL if not a member */
    const char *value; /* string: decoded; number: JSON number text, every digit kept */
    uint32_t key_len;
    uint32_t len;         /* bytes of `value`; children of an array or object */
    uint32_t index;       /* place among the siblings, from 0 */
    uint32_t key_hash;    /* node_hash of the key */
    struct span key_span; /* with its quotes; empty if not a member */
    struct span span;     /* the value as written, quotes and brackets included */
    uint32_t text_hash;   /* node_text_hash of a string; of all else 0 */
    uint8_t type;         /* enum node_type */
    uint8_t style;        /* enum node_style */
    uint8_t flags;        /* enum node_flag */
};

static inline bool node_is_container(const struct node *node)
{
    return node->type >= NODE_ARRAY;
}

static inline const struct node *node_first(const struct node *node)
{
    return node ? node->child : NULL;
}

static inline struct str node_key(const struct node *node)
{
    return (struct str){node->key, node->key_len};
}

/* The decoded string, or the text of a number; empty for all else. */
static inline struct str node_text(const struct node *node)
{
    if (node->type != NODE_STRING && node->type != NODE_NUMBER)
        return (struct str){"", 0};
    return (struct str){node->value, node->len};
}

static inline bool node_is_string(const struct node *node, struct str text)
{
    return node != NULL && node->type == NODE_STRING && node->len == text.len &&
           mem_equal(node->value, text.at, text.len);
}

/* Whether a node is a member of that name. */
static inline bool node_is_named(const struct node *member, struct str name)
{
    return member->key_len == name.len && mem_equal(member->key, name.at, name.len);
}

/* "null", "boolean", "number", "string", "array" or "object". */
const char *node_type_name(const struct node *node);

/* The hash of a member name, as in key_hash: FNV-1a, 32 bits. Here, so that a compiler
 * works out that of a literal. */
static inline uint32_t node_hash(struct str key)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.at[i]) * 16777619u;
    return hash;
}

static inline uint32_t node_hash_load(const char *at)
{
    const unsigned char *bytes = (const unsigned char *)at;
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

/* The hash of a string, as in text_hash; the same on every machine. Cheap, for strings
 * are many and may be long: three samples of four bytes tell those of a configuration
 * apart well enough. */
static inline uint32_t node_text_hash(struct str text)
{
    uint64_t hash = text.len + 1;
    if (text.len >= 4) {
        hash ^= (uint64_t)node_hash_load(text.at) << 32 |
                node_hash_load(text.at + text.len - 4);
        hash ^= node_hash_load(text.at + text.len / 2 - 2) * UINT64_C(0x9E3779B97F4A7C15);
    } else {
        for (size_t i = 0; i < text.len; i++)
            hash = hash << 8 | (unsigned char)text.at[i];
    }
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(hash >> 32);
}

/* Whether two strings are the same. */
static inline bool node_same_string(const struct node *a, const struct node *b)
{
    return a->text_hash == b->text_hash && a->type == NODE_STRING &&
           b->type == NODE_STRING && a->len == b->len &&
           mem_equal(a->value, b->value, a->len);
}

/* The last of the siblings from `member` on that has the name of that one. Part of
 * node_get. */
const struct node *node_get_last(const struct node *member);

/* The member of that name, or NULL if there is none or `node` is NULL or no object. Of
 * repeated names the last counts, as Go and jansson have it. Compares names in place, as
 * most are told apart by their lengths, and to hash one costs more. */
static inline const struct node *node_get(const struct node *node, struct str key)
{
    if (node == NULL || node->type != NODE_OBJECT)
        return NULL;
    const struct node *member = node->child;
    while (member != NULL && !node_is_named(member, key))
        member = member->next;
    return member != NULL && node->flags & NODE_REPEATS ? node_get_last(member) : member;
}

/* The element or member at a place, or NULL. */
const struct node *node_at(const struct node *node, uint32_t index);

/* The node that an RFC 6901 pointer names below `node`, or NULL if there is none or the
 * pointer is not well-formed. "" is `node` itself. */
const struct node *node_find(const struct node *node, struct str pointer);

/* As node_find for a pointer written without the first slash ("type", "user/uid"): the
 * form that rules use for places inside a candidate. "" is `node` itself. */
const struct node *node_find_relative(const struct node *node, struct str pointer);

/* Adds the RFC 6901 pointer of a node, from its root. */
void node_pointer(const struct node *node, struct buf *out);

/* Adds one reference token to a pointer, with its slash, escaped (RFC 6901 section 3). */
void node_pointer_add(struct buf *out, struct str token);

/* Adds the normalized path of a node, from its root (RFC 9535 section 2.7). */
void node_path(const struct node *node, struct buf *out);

/* Deep equality as RFC 9535 section 2.3.5.2.2 has it: numbers by their exact value,
 * strings by code points, objects without regard to order. Of names that an object
 * repeats, the first is compared with the first, and so on. */
bool node_equal(const struct node *a, const struct node *b);

/* Stores a member and those after it by name, in an order of no meaning in which those of
 * the same name keep theirs. There must be room for all; returns their number. */
size_t node_sort_members(const struct node *first, const struct node **members);

/* The node after `node` in a walk that takes parents first, within the tree of `top`;
 * NULL at the end. `for (n = top; n; n = node_walk(n, top))` visits every node. */
static inline const struct node *node_walk(const struct node *node,
                                           const struct node *top)
{
    if (node_is_container(node) && node->child != NULL)
        return node->child;
    while (node != top) {
        if (node->next != NULL)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

#endif
