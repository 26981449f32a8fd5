/* SPDX-License-Identifier: Apache-2.0 */
#include "literal.h"

void literal_add(struct buf *out, struct str text)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte == '\n')
            buf_adds(out, i + 1 < text.len ? STR("\\n\"\n\"") : STR("\\n"));
        else if (byte == '"' || byte == '\\')
            buf_addf(out, "\\%c", byte);
        else if (byte < 0x20 || byte >= 0x7F || byte == '?')
            buf_addf(out, "\\%03o", byte);
        else
            buf_addc(out, text.at[i]);
    }
    buf_addc(out, '"');
}
