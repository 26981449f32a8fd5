/* SPDX-License-Identifier: Apache-2.0
 *
 * A rolling hash over UTF-16 code units, without spaces and tabs and with LF for every
 * line end. A line's hash is that of the 100 units from its start on; behind the text
 * there is one unit of 65535 and then as many zeros as it takes.
 */
#include "line_hash.h"

#include "tally.h"
#include "utf8.h"

enum {
    WINDOW = 100,
    END_OF_TEXT = 65535,
};

#define FACTOR ((uint64_t)37)

struct roll {
    uint64_t hash;
    uint64_t oldest_factor;  /* FACTOR to the power of WINDOW */
    uint16_t units[WINDOW];  /* a ring; the oldest is at `at` */
    uint32_t starts[WINDOW]; /* the line, from 1, that begins with that unit; 0: none */
    unsigned at;
    struct line_hash *lines;
    struct tally tally;
};

static void roll_add(struct roll *roll, uint16_t unit, uint32_t start)
{
    uint32_t line = roll->starts[roll->at];
    if (line != 0)
        roll->lines[line - 1] =
            (struct line_hash){roll->hash, tally_add(&roll->tally, roll->hash)};
    roll->hash = roll->hash * FACTOR + unit - roll->oldest_factor * roll->units[roll->at];
    roll->units[roll->at] = unit;
    roll->starts[roll->at] = start;
    roll->at = (roll->at + 1) % WINDOW;
}

struct line_hash *line_hashes(struct text *text)
{
    text_place(text, text->len); /* the table of lines is there after that */
    struct roll roll = {.oldest_factor = 1,
                        .lines = mem_alloc(text->line_count, sizeof *roll.lines)};
    for (unsigned i = 0; i < WINDOW; i++)
        roll.oldest_factor *= FACTOR;
    uint32_t line = 0;
    bool at_start = true;
    for (uint32_t i = 0; i < text->len;) {
        unsigned unit;
        size_t len = utf8_decode(text->bytes + i, text->len - i, &unit);
        i += (uint32_t)(len ? len : 1);
        if (len == 0)
            unit = 0xFFFD;
        if (unit == ' ' || unit == '\t')
            continue;
        if (unit == '\r') {
            unit = '\n';
            i += i < text->len && text->bytes[i] == '\n';
        }
        if (unit > 0xFFFF) {
            roll_add(&roll, (uint16_t)(0xD7C0 + (unit >> 10)), at_start ? ++line : 0);
            unit = 0xDC00 + (unit & 0x3FF);
            at_start = false;
        }
        roll_add(&roll, (uint16_t)unit, at_start ? ++line : 0);
        at_start = unit == '\n';
    }
    roll_add(&roll, END_OF_TEXT, at_start ? ++line : 0);
    for (unsigned i = 0; i < WINDOW; i++)
        roll_add(&roll, 0, 0);
    tally_release(&roll.tally);
    return roll.lines;
}
