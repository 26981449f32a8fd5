/* SPDX-License-Identifier: Apache-2.0 */
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    PATIENCE = 1000, /* milliseconds before it is shown at all */
    INTERVAL = 100,
};

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void progress_init(struct progress *progress, size_t all)
{
    const char *term = getenv("TERM");
    bool terminal = isatty(STDERR_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
    *progress = (struct progress){.all = terminal ? all : 0, .next = now() + PATIENCE};
}

void progress_show(struct progress *progress, size_t done)
{
    if (progress->all == 0 || done == progress->all || now() < progress->next)
        return;
    fprintf(stderr, "\rspeclint: %zu of %zu files", done, progress->all);
    progress->shown = true;
    progress->next = now() + INTERVAL;
}

void progress_hide(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
