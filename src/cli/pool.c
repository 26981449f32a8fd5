/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include "mem.h"

#include <pthread.h>

enum {
    BATCH_MAX = 16,               /* things that a worker begins at once */
    AHEAD = 4,                    /* batches that a worker may have waiting */
    STACK_SIZE = 8 * 1024 * 1024, /* as that of the first thread; musl gives 128 KiB */
};

struct run {
    const struct pool *pool;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t batch;
    size_t next;  /* to be begun */
    size_t taken; /* results, from the first */
    size_t ahead; /* how many may be begun that are not taken */
    bool *done;
};

/* The next ones to work on; waits until they may be begun. 0 when there are none left. */
static size_t begin(struct run *run, size_t *first)
{
    size_t all = run->pool->count;
    pthread_mutex_lock(&run->lock);
    while (run->next < all && run->next >= run->taken + run->ahead)
        pthread_cond_wait(&run->changed, &run->lock);
    size_t count = all - run->next < run->batch ? all - run->next : run->batch;
    *first = run->next;
    run->next += count;
    pthread_mutex_unlock(&run->lock);
    return count;
}

static void *work(void *context)
{
    struct run *run = context;
    size_t first, count;
    while ((count = begin(run, &first)) > 0) {
        for (size_t i = first; i < first + count; i++)
            run->pool->work(run->pool->context, i);
        pthread_mutex_lock(&run->lock);
        for (size_t i = first; i < first + count; i++)
            run->done[i] = true;
        pthread_cond_broadcast(&run->changed);
        pthread_mutex_unlock(&run->lock);
    }
    return NULL;
}

static void take_all(struct run *run)
{
    const struct pool *pool = run->pool;
    for (size_t first = 0, end = 0; first < pool->count; first = end) {
        pthread_mutex_lock(&run->lock);
        run->taken = first;
        pthread_cond_broadcast(&run->changed);
        while (!run->done[first])
            pthread_cond_wait(&run->changed, &run->lock);
        while (end < pool->count && run->done[end])
            end++;
        pthread_mutex_unlock(&run->lock);
        for (size_t i = first; i < end; i++)
            pool->take(pool->context, i);
    }
}

static void run_here(const struct pool *pool)
{
    for (size_t i = 0; i < pool->count; i++) {
        pool->work(pool->context, i);
        pool->take(pool->context, i);
    }
}

void pool_run(const struct pool *pool)
{
    size_t workers = pool->workers < pool->count ? pool->workers : pool->count;
    size_t started = 0;
    pthread_attr_t attributes;
    if (workers <= 1) {
        run_here(pool);
        return;
    }
    AUTO_FREE pthread_t *threads = mem_alloc(workers, sizeof *threads);
    AUTO_FREE bool *done = mem_alloc(pool->count, sizeof *done);
    struct run run = {
        .pool = pool, .batch = pool->count / (workers * AHEAD), .done = done};
    run.batch = run.batch < 1 ? 1 : run.batch > BATCH_MAX ? BATCH_MAX : run.batch;
    run.ahead = workers * run.batch * AHEAD;
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.changed, NULL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_SIZE);
    while (started < workers &&
           pthread_create(&threads[started], &attributes, work, &run) == 0)
        started++;
    if (started > 0)
        take_all(&run);
    else
        run_here(pool); /* this machine gives us no thread */
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_attr_destroy(&attributes);
    pthread_cond_destroy(&run.changed);
    pthread_mutex_destroy(&run.lock);
}
