/* SPDX-License-Identifier: Apache-2.0 */
#include "pass.h"

struct pass_container {
    struct str pointer; /* in the arena */
    uint32_t hash;
    const struct rule *rule; /* whose fixes share it; NULL: it is not shared */
};

/* The pointer to the array or object that holds a place, with the document it is in. */
static void container_of(const struct finding *finding, const char *pointer,
                         struct buf *container)
{
    const char *slash = strrchr(pointer, '/');
    buf_addf(container, "%u", finding->root->index);
    if (slash != NULL)
        buf_add(container, pointer, (size_t)(slash - pointer));
}

static const struct pass_container *find(const struct pass *pass, struct str pointer)
{
    uint32_t hash = node_hash(pointer);
    for (size_t i = 0; i < pass->container_count; i++)
        if (pass->containers[i].hash == hash &&
            str_equal(pass->containers[i].pointer, pointer))
            return &pass->containers[i];
    return NULL;
}

/* Whether a patch changes one element of an array and leaves room for others to do so. */
static bool shares(const struct pass *pass, const struct finding *finding,
                   const struct patch *patch)
{
    const struct patch_op *op = &patch->items[0];
    if (patch->count != 1 ||
        (op->kind != OP_REMOVE && (op->kind != OP_REPLACE || !pass->only_proof)))
        return false;
    const struct node *node = node_find(finding->root, str_of(op->path));
    if (node == NULL || node->parent == NULL || node->parent->type != NODE_ARRAY)
        return false;
    const struct node *before = node->parent->child;
    while (before != node && !pass->only_proof && !node_equal(before, node))
        before = before->next;
    return before != node || pass->only_proof;
}

static bool holds(const struct pass *pass, const struct finding *finding,
                  const struct patch *patch, const char *pointer)
{
    AUTO_BUF struct buf container = {0};
    if (pointer == NULL)
        return false;
    container_of(finding, pointer, &container);
    const struct pass_container *held = find(pass, buf_str(&container));
    if (held == NULL)
        return false;
    bool shared = pass->only_proof ? held->rule != NULL : held->rule == finding->rule;
    return !shared || !shares(pass, finding, patch);
}

bool pass_holds(const struct pass *pass, const struct finding *finding,
                const struct patch *patch)
{
    for (size_t i = 0; i < patch->count; i++)
        if (holds(pass, finding, patch, patch->items[i].path) ||
            holds(pass, finding, patch, patch->items[i].from))
            return true;
    return false;
}

static void hold(struct pass *pass, const struct finding *finding,
                 const struct patch *patch, const char *pointer)
{
    AUTO_BUF struct buf container = {0};
    if (pointer == NULL)
        return;
    container_of(finding, pointer, &container);
    struct str text = buf_str(&container);
    if (find(pass, text) != NULL)
        return;
    pass->containers = mem_grow(pass->containers, pass->container_count,
                                &pass->container_capacity, sizeof *pass->containers);
    pass->containers[pass->container_count++] = (struct pass_container){
        .pointer = {arena_copy(&pass->arena, text.at, text.len), text.len},
        .hash = node_hash(text),
        .rule = shares(pass, finding, patch) ? finding->rule : NULL,
    };
}

static bool edits_touch(const struct edits *a, const struct edits *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (a->items[i].span.start <= b->items[k].span.end &&
                b->items[k].span.start <= a->items[i].span.end)
                return true;
    return false;
}

bool pass_touches(const struct pass *pass, const struct finding *finding)
{
    const struct edits *edits = &finding->fix->edits;
    if (pass->count == 0 || edits->items[0].span.start > pass->reach)
        return false;
    for (size_t i = pass->count; i-- > 0;) /* it is mostly the last one */
        if (edits_touch(edits, &pass->findings[i]->fix->edits))
            return true;
    return false;
}

void pass_take(struct pass *pass, struct finding *finding, const struct patch *patch)
{
    for (size_t i = 0; i < patch->count; i++) {
        hold(pass, finding, patch, patch->items[i].path);
        hold(pass, finding, patch, patch->items[i].from);
    }
    pass_add(pass, finding);
}

void pass_add(struct pass *pass, struct finding *finding)
{
    const struct edits *edits = finding->fix != NULL ? &finding->fix->edits : NULL;
    if (edits != NULL && edits->items[edits->count - 1].span.end > pass->reach)
        pass->reach = edits->items[edits->count - 1].span.end;
    pass->findings =
        mem_grow(pass->findings, pass->count, &pass->capacity, sizeof *pass->findings);
    pass->findings[pass->count++] = finding;
}

static int compare_last_first(const void *left, const void *right)
{
    const struct edit *a = *(const struct edit *const *)left;
    const struct edit *b = *(const struct edit *const *)right;
    return (a->span.start < b->span.start) - (a->span.start > b->span.start);
}

void pass_edit(const struct pass *pass, struct edits *edits)
{
    AUTO_FREE const struct edit **items = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < pass->count; i++) {
        const struct edits *own = &pass->findings[i]->fix->edits;
        for (size_t k = 0; k < own->count; k++) {
            items = mem_grow(items, count, &capacity, sizeof *items);
            items[count++] = &own->items[k];
        }
    }
    /* From the last to the first, so that the spans of those to come still hold. */
    if (count > 0)
        qsort(items, count, sizeof *items, compare_last_first);
    for (size_t i = 0; i < count; i++)
        edits_add(edits, items[i]->span, (struct str){items[i]->text, items[i]->len});
}

/* How many findings a rule has, before and after. */
struct tally {
    const struct rule *rule;
    size_t fixed;
    size_t all[2];
    size_t errors[2];
    size_t suppressed[2];
};

struct tallies {
    struct tally *items;
    size_t count;
    size_t capacity;
};

static struct tally *tally_of(struct tallies *tallies, const struct rule *rule)
{
    for (size_t i = 0; i < tallies->count; i++)
        if (tallies->items[i].rule == rule)
            return &tallies->items[i];
    tallies->items = mem_grow(tallies->items, tallies->count, &tallies->capacity,
                              sizeof *tallies->items);
    struct tally *tally = &tallies->items[tallies->count++];
    *tally = (struct tally){.rule = rule};
    return tally;
}

static void count(struct tallies *tallies, const struct findings *findings, unsigned when)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct tally *tally = tally_of(tallies, findings->items[i].rule);
        tally->all[when]++;
        tally->errors[when] += findings->items[i].level == LEVEL_ERROR;
    }
    for (size_t i = 0; i < findings->suppressed_count; i++)
        tally_of(tallies, findings->suppressed[i].rule)->suppressed[when]++;
}

bool pass_check(const struct pass *pass, const struct findings *before,
                const struct findings *after, struct buf *reason)
{
    struct tallies tallies = {0};
    count(&tallies, before, 0);
    count(&tallies, after, 1);
    for (size_t i = 0; i < pass->count; i++)
        tally_of(&tallies, pass->findings[i]->rule)->fixed++;
    for (size_t i = 0; i < tallies.count && reason->len == 0; i++) {
        const struct tally *tally = &tallies.items[i];
        if (tally->suppressed[1] < tally->suppressed[0] &&
            tally->all[1] + tally->fixed > tally->all[0])
            buf_addf(reason, "it would uncover a suppressed finding of %s",
                     tally->rule->id);
        else if (tally->fixed > 0 && tally->all[1] + tally->fixed > tally->all[0])
            buf_adds(reason, STR("its finding would still be there"));
        else if (tally->errors[1] > tally->errors[0])
            buf_addf(reason, "it would bring an error of %s", tally->rule->id);
    }
    free(tallies.items);
    return reason->len == 0;
}

void pass_release(struct pass *pass)
{
    free(pass->containers);
    free(pass->findings);
    arena_release(&pass->arena);
    *pass = (struct pass){0};
}
