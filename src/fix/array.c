/* SPDX-License-Identifier: Apache-2.0 */
#include "array.h"

/* Pairs of elements that are compared at the most. */
enum { PAIRS_MAX = 10000 };

/* The length of the longest common subsequence of the elements from i and from k on. */
static uint16_t *common_at(uint16_t *common, const struct node *to, uint32_t i,
                           uint32_t k)
{
    return &common[(size_t)i * (to->len + 1) + k];
}

static void fill(uint16_t *common, const struct node *from, const struct node *to,
                 const struct node **left, const struct node **right)
{
    for (uint32_t i = from->len; i-- > 0;) {
        for (uint32_t k = to->len; k-- > 0;) {
            uint16_t skip_left = *common_at(common, to, i + 1, k);
            uint16_t skip_right = *common_at(common, to, i, k + 1);
            uint16_t best = skip_left > skip_right ? skip_left : skip_right;
            if (node_equal(left[i], right[k]))
                best = (uint16_t)(*common_at(common, to, i + 1, k + 1) + 1);
            *common_at(common, to, i, k) = best;
        }
    }
}

static const struct node **children_of(const struct node *array)
{
    const struct node **children = mem_alloc(array->len, sizeof *children);
    for (const struct node *child = array->child; child != NULL; child = child->next)
        children[child->index] = child;
    return children;
}

/* From the front to the back; places are of the array as it was. */
static void trace(struct array_steps *steps, uint16_t *common, const struct node *from,
                  const struct node *to, const struct node **left,
                  const struct node **right)
{
    uint32_t i = 0;
    uint32_t k = 0;
    while (i < from->len || k < to->len) {
        struct array_step *step = &steps->items[steps->count];
        if (i < from->len && k < to->len && node_equal(left[i], right[k])) {
            i++;
            k++;
            continue;
        }
        bool remove = k == to->len || (i<from->len && * common_at(common, to, i + 1, k)> *
                                       common_at(common, to, i, k + 1));
        *step = (struct array_step){.index = i, .value = remove ? NULL : right[k]};
        i += remove;
        k += !remove;
        steps->count++;
    }
}

bool array_steps_find(struct array_steps *steps, const struct node *from,
                      const struct node *to)
{
    *steps = (struct array_steps){0};
    if (from->len == 0 || to->len == 0 || from->len > PAIRS_MAX / to->len)
        return false;
    AUTO_FREE uint16_t *common =
        mem_alloc((size_t)(from->len + 1) * (to->len + 1), sizeof *common);
    AUTO_FREE const struct node **left = children_of(from);
    AUTO_FREE const struct node **right = children_of(to);
    fill(common, from, to, left, right);
    if (*common == 0)
        return false;
    steps->items = mem_alloc((size_t)from->len + to->len, sizeof *steps->items);
    trace(steps, common, from, to, left, right);
    /* From the back, no step moves the place of one that is still to come; of several
     * that add at one place, each goes before the one added last. */
    for (size_t i = 0; i < steps->count / 2; i++) {
        struct array_step step = steps->items[i];
        steps->items[i] = steps->items[steps->count - 1 - i];
        steps->items[steps->count - 1 - i] = step;
    }
    return true;
}

void array_steps_release(struct array_steps *steps)
{
    free(steps->items);
    *steps = (struct array_steps){0};
}
