/* SPDX-License-Identifier: Apache-2.0 */
#include "node.h"

#include "number.h"

const char *node_type_name(const struct node *node)
{
    static const char *const names[] = {
        [NODE_NULL] = "null",     [NODE_FALSE] = "boolean", [NODE_TRUE] = "boolean",
        [NODE_NUMBER] = "number", [NODE_STRING] = "string", [NODE_ARRAY] = "array",
        [NODE_OBJECT] = "object",
    };
    return names[node->type];
}

const struct node *node_get_last(const struct node *member)
{
    const struct node *last = member;
    for (const struct node *other = member->next; other != NULL; other = other->next) {
        if (other->key_hash == member->key_hash && node_is_named(other, node_key(member)))
            last = other;
    }
    return last;
}

const struct node *node_at(const struct node *node, uint32_t index)
{
    if (node == NULL || !node_is_container(node) || index >= node->len)
        return NULL;
    const struct node *child = node->child;
    while (index-- > 0)
        child = child->next;
    return child;
}

/* An array index of RFC 6901 section 4: no sign, no leading zero. */
static bool parse_index(struct str token, uint32_t *index)
{
    uint64_t value = 0;
    if (token.len == 0 || token.len > 10 || (token.len > 1 && token.at[0] == '0'))
        return false;
    for (size_t i = 0; i < token.len; i++) {
        if (token.at[i] < '0' || token.at[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(token.at[i] - '0');
    }
    *index = (uint32_t)value;
    return value <= UINT32_MAX;
}

static const struct node *step(const struct node *node, struct str token)
{
    AUTO_BUF struct buf decoded = {0};
    uint32_t index;
    if (node->type == NODE_ARRAY)
        return parse_index(token, &index) ? node_at(node, index) : NULL;
    if (token.len == 0 || memchr(token.at, '~', token.len) == NULL)
        return node_get(node, token);
    for (size_t i = 0; i < token.len; i++) {
        if (token.at[i] != '~') {
            buf_addc(&decoded, token.at[i]);
            continue;
        }
        if (++i == token.len || (token.at[i] != '0' && token.at[i] != '1'))
            return NULL;
        buf_addc(&decoded, token.at[i] == '0' ? '~' : '/');
    }
    return node_get(node, buf_str(&decoded));
}

/* At least one token: "" is the member whose name is empty. */
static const struct node *find_tokens(const struct node *node, struct str tokens)
{
    while (node != NULL) {
        const char *slash = tokens.len > 0 ? memchr(tokens.at, '/', tokens.len) : NULL;
        size_t len = slash ? (size_t)(slash - tokens.at) : tokens.len;
        node = step(node, (struct str){tokens.at, len});
        if (slash == NULL)
            return node;
        tokens = (struct str){slash + 1, tokens.len - len - 1};
    }
    return NULL;
}

const struct node *node_find(const struct node *node, struct str pointer)
{
    if (pointer.len == 0)
        return node;
    if (pointer.at[0] != '/')
        return NULL;
    return find_tokens(node, (struct str){pointer.at + 1, pointer.len - 1});
}

const struct node *node_find_relative(const struct node *node, struct str pointer)
{
    return pointer.len == 0 ? node : find_tokens(node, pointer);
}

void node_pointer_add(struct buf *out, struct str token)
{
    buf_addc(out, '/');
    for (size_t i = 0; i < token.len; i++) {
        if (token.at[i] == '~')
            buf_adds(out, STR("~0"));
        else if (token.at[i] == '/')
            buf_adds(out, STR("~1"));
        else
            buf_addc(out, token.at[i]);
    }
}

void node_pointer(const struct node *node, struct buf *out)
{
    if (node->parent == NULL)
        return;
    node_pointer(node->parent, out);
    if (node->key != NULL)
        node_pointer_add(out, node_key(node));
    else
        buf_addf(out, "/%u", node->index);
}

static void add_normal_name(struct buf *out, struct str name)
{
    buf_adds(out, STR("['"));
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.at[i];
        static const char short_escapes[] = {
            ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
        };
        if (byte == '\'' || byte == '\\')
            buf_addf(out, "\\%c", byte);
        else if (byte < sizeof short_escapes && short_escapes[byte] != 0)
            buf_addf(out, "\\%c", short_escapes[byte]);
        else if (byte < 0x20)
            buf_addf(out, "\\u%04x", byte);
        else
            buf_addc(out, name.at[i]);
    }
    buf_adds(out, STR("']"));
}

void node_path(const struct node *node, struct buf *out)
{
    if (node->parent == NULL) {
        buf_addc(out, '$');
        return;
    }
    node_path(node->parent, out);
    if (node->key != NULL)
        add_normal_name(out, node_key(node));
    else
        buf_addf(out, "[%u]", node->index);
}

static int compare_members(const void *left, const void *right)
{
    const struct node *a = *(const struct node *const *)left;
    const struct node *b = *(const struct node *const *)right;
    if (a->key_hash != b->key_hash)
        return a->key_hash < b->key_hash ? -1 : 1;
    int order = str_compare(node_key(a), node_key(b));
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

size_t node_sort_members(const struct node *first, const struct node **members)
{
    size_t count = 0;
    for (const struct node *member = first; member != NULL; member = member->next)
        members[count++] = member;
    if (count > 1)
        qsort(members, count, sizeof *members, compare_members);
    return count;
}

/* Objects of the same length. */
static bool objects_equal(const struct node *a, const struct node *b)
{
    /* Members mostly stand in the same order. */
    const struct node *left = a->child;
    const struct node *right = b->child;
    while (left != NULL && str_equal(node_key(left), node_key(right))) {
        if (!node_equal(left, right))
            return false;
        left = left->next;
        right = right->next;
    }
    if (left == NULL)
        return true;
    /* The rest by name; what was compared above must not be again, at every level. */
    AUTO_FREE const struct node **ours = mem_alloc(a->len, sizeof(*ours));
    AUTO_FREE const struct node **theirs = mem_alloc(b->len, sizeof(*theirs));
    size_t count = node_sort_members(left, ours);
    node_sort_members(right, theirs);
    for (size_t i = 0; i < count; i++) {
        if (!str_equal(node_key(ours[i]), node_key(theirs[i])) ||
            !node_equal(ours[i], theirs[i]))
            return false;
    }
    return true;
}

bool node_equal(const struct node *a, const struct node *b)
{
    if (a->type != b->type)
        return false;
    switch ((enum node_type)a->type) {
    case NODE_NUMBER:
        return number_compare(node_text(a), node_text(b)) == 0;
    case NODE_STRING:
        return str_equal(node_text(a), node_text(b));
    case NODE_OBJECT:
        return a->len == b->len && objects_equal(a, b);
    case NODE_ARRAY:
        if (a->len != b->len)
            return false;
        for (a = a->child, b = b->child; a != NULL; a = a->next, b = b->next) {
            if (!node_equal(a, b))
                return false;
        }
        return true;
    case NODE_NULL:
    case NODE_FALSE:
    case NODE_TRUE:
        return true;
    }
    return false;
}
