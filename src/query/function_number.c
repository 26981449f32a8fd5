/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions about whole numbers and ranges of them. Ids, sizes and limits go up to
 * 2^64-1, so that sums and ends of ranges need more than 64 bits.
 */
#include "number.h"
#include "siblings.h"

struct query_value function_sum(struct query_call *call)
{
    __int128 a;
    __int128 b;
    if (!query_whole(&call->arguments[0].value, &a) ||
        !query_whole(&call->arguments[1].value, &b))
        return query_nothing();
    return query_integer(a + b);
}

struct query_value function_int_between(struct query_call *call)
{
    const struct query_argument *arguments = call->arguments;
    for (size_t i = 0; i < 3; i++) {
        if (arguments[i].value.type != NODE_NUMBER)
            return query_boolean(false);
    }
    struct str value = query_text(&arguments[0].value);
    return query_boolean(number_is_integer(value) &&
                         number_compare(query_text(&arguments[1].value), value) <= 0 &&
                         number_compare(value, query_text(&arguments[2].value)) <= 0);
}

/* Owner may read; group may no more than owner, others no more than group. */
static bool is_plausible_mode(unsigned mode)
{
    unsigned owner = mode >> 6 & 7;
    unsigned group = mode >> 3 & 7;
    unsigned other = mode & 7;
    return mode <= 07777 && (owner & 4) && (group & ~owner) == 0 && (other & ~group) == 0;
}

/* JSON has no octal numbers: 0644 is 420, and 644 is the mode -w----r-T. */
struct query_value function_looks_octal(struct query_call *call)
{
    const struct query_value *value = &call->arguments[0].value;
    struct str text = query_text(value);
    unsigned octal = 0;
    unsigned decimal = 0;
    if (value->type != NODE_NUMBER || text.len < 3 || text.len > 4)
        return query_boolean(false);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '7')
            return query_boolean(false);
        octal = octal * 8 + (unsigned)(text.at[i] - '0');
        decimal = decimal * 10 + (unsigned)(text.at[i] - '0');
    }
    return query_boolean(is_plausible_mode(octal) && !is_plausible_mode(decimal));
}

/* Half-open; empty ranges overlap nothing and hold nothing. */
struct range {
    __int128 start;
    __int128 end;
    uint32_t place;
};

static bool range_of(const struct node *node, struct str start, struct str size,
                     struct range *range)
{
    struct query_value from = query_value_of(node_get(node, start));
    struct query_value count = query_value_of(node_get(node, size));
    __int128 len;
    if (!query_whole(&from, &range->start) || !query_whole(&count, &len) || len <= 0)
        return false;
    range->end = range->start + len;
    range->place = node->index;
    return true;
}

static int compare_ranges(const void *left, const void *right)
{
    const struct range *a = left;
    const struct range *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

static int compare_bounds(const void *left, const void *right)
{
    const __int128 *a = left;
    const __int128 *b = right;
    return (*a > *b) - (*a < *b);
}

/* The place of a bound, which is there. */
static size_t find_bound(const __int128 *bounds, size_t count, __int128 bound)
{
    const __int128 *found =
        bsearch(&bound, bounds, count, sizeof *bounds, compare_bounds);
    return (size_t)(found - bounds);
}

/* The first free cell at or behind `cell`. next[] leads there and is shortened on the way
 * (path halving of a union-find). */
static size_t free_cell(size_t *next, size_t cell)
{
    while (next[cell] != cell) {
        next[cell] = next[next[cell]];
        cell = next[cell];
    }
    return cell;
}

/* All bounds cut the line into cells. Ranges take their cells in the order of the
 * document, each cell once: whoever finds one taken overlaps an earlier range. */
static void fill_overlaps(struct query_call *call, const struct node *parent,
                          const struct str *names, size_t count, bool *flags)
{
    AUTO_FREE struct range *ranges = mem_alloc(parent->len, sizeof *ranges);
    AUTO_FREE __int128 *bounds = mem_alloc(parent->len, 2 * sizeof *bounds);
    AUTO_FREE size_t *next = mem_alloc((size_t)parent->len + 1, 2 * sizeof *next);
    size_t range_count = 0;
    size_t bound_count = 0;
    (void)call;
    (void)count;
    for (const struct node *child = parent->child; child; child = child->next) {
        struct range *range = &ranges[range_count];
        if (!range_of(child, names[0], names[1], range))
            continue;
        bounds[2 * range_count] = range->start;
        bounds[2 * range_count + 1] = range->end;
        range_count++;
    }
    qsort(bounds, 2 * range_count, sizeof *bounds, compare_bounds);
    for (size_t i = 0; i < 2 * range_count; i++) {
        if (i == 0 || bounds[i] != bounds[bound_count - 1])
            bounds[bound_count++] = bounds[i];
    }
    for (size_t i = 0; i <= bound_count; i++)
        next[i] = i;
    for (size_t i = 0; i < range_count; i++) {
        size_t end = find_bound(bounds, bound_count, ranges[i].end);
        size_t cell = find_bound(bounds, bound_count, ranges[i].start);
        for (; cell < end; cell++) {
            size_t found = free_cell(next, cell);
            flags[ranges[i].place] |= found != cell;
            cell = found;
            if (cell < end)
                next[cell] = cell + 1;
        }
    }
}

struct query_value function_overlaps(struct query_call *call)
{
    return siblings_ask(call, fill_overlaps, NULL);
}

/* The ranges of a list that is the same for every candidate: sorted, without overlap. */
struct ranges {
    bool known;
    struct range *items;
    size_t count;
};

static void ranges_release(void *memory)
{
    free(((struct ranges *)memory)->items);
}

static void ranges_fill(struct ranges *ranges, const struct nodes *nodes,
                        struct str start, struct str size)
{
    size_t count = 0;
    size_t kept = 0;
    struct range *items = mem_alloc(nodes->count + 1, sizeof *items);
    for (size_t i = 0; i < nodes->count; i++)
        count += range_of(nodes->items[i], start, size, &items[count]);
    qsort(items, count, sizeof *items, compare_ranges);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || items[i].start > items[kept - 1].end)
            items[kept++] = items[i];
        else if (items[i].end > items[kept - 1].end)
            items[kept - 1].end = items[i].end;
    }
    ranges->items = items;
    ranges->count = kept;
    ranges->known = true;
}

static bool ranges_have(const struct ranges *ranges, __int128 number)
{
    size_t low = 0;
    size_t high = ranges->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges->items[middle].end <= number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < ranges->count && ranges->items[low].start <= number;
}

struct query_value function_in_ranges(struct query_call *call)
{
    const struct query_argument *arguments = call->arguments;
    const struct nodes *nodes = &arguments[1].nodes;
    __int128 number;
    if (!query_whole(&arguments[0].value, &number) ||
        !query_is_string(&arguments[2].value) || !query_is_string(&arguments[3].value))
        return query_boolean(false);
    struct str start = arguments[2].value.text;
    struct str size = arguments[3].value.text;
    if (arguments[1].constant && arguments[2].constant && arguments[3].constant) {
        struct ranges *ranges = query_memory(call, sizeof *ranges, ranges_release);
        if (!ranges->known)
            ranges_fill(ranges, nodes, start, size);
        return query_boolean(ranges_have(ranges, number));
    }
    for (size_t i = 0; i < nodes->count; i++) {
        struct range range;
        if (range_of(nodes->items[i], start, size, &range) && range.start <= number &&
            number < range.end)
            return query_boolean(true);
    }
    return query_boolean(false);
}
