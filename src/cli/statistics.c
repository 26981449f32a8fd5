/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics.h"

struct statistic {
    const char *id;
    enum level level; /* the highest */
    size_t found;
    size_t fixable; /* by a safe fix */
};

static struct statistic *find(struct statistics *statistics, const char *id)
{
    for (size_t i = 0; i < statistics->count; i++) {
        if (strcmp(statistics->items[i].id, id) == 0)
            return &statistics->items[i];
    }
    statistics->items = mem_grow(statistics->items, statistics->count,
                                 &statistics->capacity, sizeof *statistics->items);
    struct statistic *statistic = &statistics->items[statistics->count++];
    *statistic = (struct statistic){.id = id};
    return statistic;
}

void statistics_count(struct statistics *statistics, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct statistic *statistic = find(statistics, finding->rule->id);
        statistic->found++;
        if (finding->level > statistic->level)
            statistic->level = finding->level;
        if (finding->fix != NULL && finding->fix->safety == SAFETY_SAFE)
            statistic->fixable++;
    }
}

static int compare(const void *left, const void *right)
{
    const struct statistic *a = left;
    const struct statistic *b = right;
    if (a->found != b->found)
        return a->found > b->found ? -1 : 1;
    return strcmp(a->id, b->id);
}

static void add_row(struct buf *out, size_t found, size_t fixable, const char *level,
                    const char *id)
{
    buf_addf(out, "%7zu  %7zu  %-7s  %s\n", found, fixable, level, id);
}

void statistics_print(struct statistics *statistics, struct buf *out)
{
    size_t found = 0;
    size_t fixable = 0;
    if (statistics->count == 0)
        return;
    qsort(statistics->items, statistics->count, sizeof *statistics->items, compare);
    buf_adds(out, STR("  found  fixable  level    rule\n"));
    for (size_t i = 0; i < statistics->count; i++) {
        const struct statistic *item = &statistics->items[i];
        add_row(out, item->found, item->fixable, level_name(item->level), item->id);
        found += item->found;
        fixable += item->fixable;
    }
    add_row(out, found, fixable, "", "in all");
}

void statistics_release(struct statistics *statistics)
{
    free(statistics->items);
    *statistics = (struct statistics){0};
}
