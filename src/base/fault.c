/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include "buf.h"

#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 4, 0))) static void set(struct fault *fault, unsigned line,
                                                      unsigned column, const char *format,
                                                      va_list arguments)
{
    static const char more[] = "…";
    AUTO_BUF struct buf raw = {0};
    AUTO_BUF struct buf text = {0};
    if (fault == NULL || fault_is_set(fault))
        return;
    /* It quotes names of files and of documents, which may hold anything. */
    buf_vaddf(&raw, format, arguments);
    buf_add_visible(&text, buf_str(&raw));
    if (text.len >= sizeof fault->text) {
        text.len = sizeof fault->text - sizeof more;
        while (((unsigned char)text.data[text.len] & 0xC0) == 0x80)
            text.len--;
        buf_add(&text, more, sizeof more - 1);
    }
    fault->line = line;
    fault->column = column;
    memcpy(fault->text, text.data, text.len + 1);
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
