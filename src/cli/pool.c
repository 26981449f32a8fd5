/* SPDX-License-Identifier: Apache-2.0 */
#include "pool.h"

#include "mem.h"

#include <pthread.h>

enum {
    AHEAD = 16,                   /* results that a worker may have waiting */
    STACK_SIZE = 8 * 1024 * 1024, /* as that of the first thread; musl gives 128 KiB */
};

struct run {
    const struct pool *pool;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t next;  /* to be begun */
    size_t taken; /* results, from the first */
    size_t ahead; /* how many may be begun that are not taken */
    bool *done;
};

/* The next one to work on; waits until it may be begun. False when there is none left. */
static bool begin(struct run *run, size_t *index)
{
    const struct pool *pool = run->pool;
    pthread_mutex_lock(&run->lock);
    while (run->next < pool->count && run->next >= run->taken + run->ahead)
        pthread_cond_wait(&run->changed, &run->lock);
    bool any = run->next < pool->count;
    if (any)
        *index = run->next++;
    pthread_mutex_unlock(&run->lock);
    return any;
}

static void *work(void *context)
{
    struct run *run = context;
    size_t index;
    while (begin(run, &index)) {
        run->pool->work(run->pool->context, index);
        pthread_mutex_lock(&run->lock);
        run->done[index] = true;
        pthread_cond_broadcast(&run->changed);
        pthread_mutex_unlock(&run->lock);
    }
    return NULL;
}

static void take_all(struct run *run)
{
    for (size_t i = 0; i < run->pool->count; i++) {
        pthread_mutex_lock(&run->lock);
        while (!run->done[i])
            pthread_cond_wait(&run->changed, &run->lock);
        pthread_mutex_unlock(&run->lock);
        run->pool->take(run->pool->context, i);
        pthread_mutex_lock(&run->lock);
        run->taken = i + 1;
        pthread_cond_broadcast(&run->changed);
        pthread_mutex_unlock(&run->lock);
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
    struct run run = {.pool = pool, .ahead = workers * AHEAD, .done = done};
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
