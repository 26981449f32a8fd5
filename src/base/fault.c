/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void set(struct fault *fault, unsigned line, unsigned column, const char *format,
                va_list arguments)
{
    if (fault == NULL || fault_is_set(fault))
        return;
    fault->line = line;
    fault->column = column;
    int len = vsnprintf(fault->text, sizeof fault->text, format, arguments);
    if (len >= (int)sizeof fault->text) {
        size_t kept = utf8_valid(fault->text, sizeof fault->text - 4);
        strcpy(fault->text + kept, "…");
    }
}

bool fault_set(struct fault *fault, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set(fault, 0, 0, format, arguments);
    va_end(arguments);
    return false;
}

bool fault_set_at(struct fault *fault, unsigned line, unsigned column, const char *format,
                  ...)
{
    va_list arguments;
    va_start(arguments, format);
    set(fault, line, column, format, arguments);
    va_end(arguments);
    return false;
}

bool fault_set_path(struct fault *fault, const char *path)
{
    if (fault != NULL && fault->path[0] == '\0')
        snprintf(fault->path, sizeof fault->path, "%s", path);
    return false;
}
