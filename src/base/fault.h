/* SPDX-License-Identifier: Apache-2.0
 *
 * A fault: speclint could not do its job. The caller owns the storage, nothing needs to
 * be freed, NULL is allowed wherever a fault is taken, and the first fault wins, so a
 * caller may set one freely on the way out.
 *
 *     struct fault fault = {0};
 *     if (!file_read(path, &bytes, &fault))
 *         fprintf(stderr, "%s: %s\n", fault.path, fault.text);
 *
 * A failing function ends in one line, `return fault_set(fault, "…", …);`, whose message
 * names the operation and the object and says what to do.
 */
#ifndef SPECLINT_FAULT_H
#define SPECLINT_FAULT_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

struct fault {
    char path[PATH_MAX]; /* the file it is about; "" until someone who knows it says so */
    unsigned line;       /* from 1; 0 where there is no place in a text */
    unsigned column;     /* from 1, in bytes */
    char text[1024];     /* the message, fit to print as it is; "" while there is none */
};

static inline bool fault_is_set(const struct fault *fault)
{
    return fault != NULL && fault->text[0] != '\0';
}

/* Sets the message, unless there is one already. Always returns false. A message that is
 * too long is cut at a character. */
bool fault_set(struct fault *fault, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* As fault_set, at a place (line and column from 1). */
bool fault_set_at(struct fault *fault, unsigned line, unsigned column, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));

/* Names the file of a fault that does not name one yet. Always returns false. */
bool fault_set_path(struct fault *fault, const char *path);

#endif
