/* SPDX-License-Identifier: Apache-2.0 */
#include "ink.h"

void ink_add(struct report *report, enum ink ink, struct str text)
{
    static const char *const codes[] = {
        [INK_ERROR] = "1;31", [INK_WARNING] = "1;33", [INK_NOTE] = "1;36",
        [INK_BOLD] = "1",     [INK_REMOVED] = "31",   [INK_ADDED] = "32",
    };
    if (report->color)
        buf_addf(&report->out, "\033[%sm", codes[ink]);
    buf_adds(&report->out, text);
    if (report->color)
        buf_adds(&report->out, STR("\033[0m"));
}
