/* SPDX-License-Identifier: Apache-2.0 */
#include "nearest.h"

#include <ctype.h>

enum { WORD_MAX = 64 };

static char lower(const char *at)
{
    return (char)tolower((unsigned char)*at);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(struct str a, struct str b)
{
    size_t rows[3]
               [WORD_MAX + 1]; /* of the table: the one before last, the last, this one */
    for (size_t j = 0; j <= b.len; j++)
        rows[1][j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t *row = rows[2];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            bool same = lower(a.at + i - 1) == lower(b.at + j - 1);
            row[j] = least(least(rows[1][j], row[j - 1]) + 1, rows[1][j - 1] + !same);
            if (i > 1 && j > 1 && lower(a.at + i - 1) == lower(b.at + j - 2) &&
                lower(a.at + i - 2) == lower(b.at + j - 1))
                row[j] = least(row[j], rows[0][j - 2] + 1);
        }
        memcpy(rows[0], rows[1], sizeof rows[0]);
        memcpy(rows[1], rows[2], sizeof rows[1]);
    }
    return rows[1][b.len];
}

void nearest_try(struct nearest *nearest, const char *candidate)
{
    struct str word = str_of(candidate);
    if (word.len > WORD_MAX || nearest->word.len > WORD_MAX)
        return;
    size_t longer = word.len > nearest->word.len ? word.len : nearest->word.len;
    size_t now = distance(nearest->word, word);
    if (now <= longer / 3 && (nearest->best == NULL || now < nearest->distance)) {
        nearest->best = candidate;
        nearest->distance = now;
    }
}
