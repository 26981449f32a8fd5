/* SPDX-License-Identifier: Apache-2.0
 *
 * The lines of both texts become small integers, equal for equal lines, and Myers'
 * "An O(ND) Difference Algorithm and Its Variations" (1986), section 4b, finds what
 * changed in linear memory. Here a line ends at LF only, as git has it.
 */
#include "edit.h"

enum {
    CONTEXT = 3,
    /* Beyond that many changes between two halves the search takes the best point so far,
     * so that the time is linear in the lines; the diff stays right, only not the least.
     */
    CHANGES_MAX = 1024,
};

struct line {
    struct str text; /* with its LF, if it has one */
    uint32_t id;
    bool changed; /* removed from the old text, or added by the new one */
};

struct lines {
    struct line *items;
    size_t count;
};

static struct lines lines_of(struct str text)
{
    struct lines lines = {0};
    size_t capacity = 0;
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.at + at, '\n', text.len - at);
        size_t len = end ? (size_t)(end - text.at) + 1 - at : text.len - at;
        lines.items = mem_grow(lines.items, lines.count, &capacity, sizeof(*lines.items));
        lines.items[lines.count++] = (struct line){{text.at + at, len}, 0, false};
        at += len;
    }
    return lines;
}

static uint64_t line_hash(struct str text)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 1099511628211u;
    return hash ^ hash >> 32;
}

/* Gives each line the number of the first line that equals it, counted over both texts.
 */
static void lines_number(struct lines *before, struct lines *after)
{
    size_t size = 16;
    while (size < 2 * (before->count + after->count))
        size *= 2;
    AUTO_FREE struct line **table = mem_alloc(size, sizeof(*table));
    uint32_t next = 0;
    for (size_t i = 0; i < before->count + after->count; i++) {
        struct line *line =
            i < before->count ? &before->items[i] : &after->items[i - before->count];
        size_t slot = line_hash(line->text) & (size - 1);
        while (table[slot] != NULL && !str_equal(table[slot]->text, line->text))
            slot = (slot + 1) & (size - 1);
        if (table[slot] == NULL) {
            table[slot] = line;
            line->id = next++;
        } else {
            line->id = table[slot]->id;
        }
    }
}

/* Part of both texts: lines [a, a_end) of the old one, [b, b_end) of the new one. */
struct part {
    int64_t a, a_end, b, b_end;
};

struct search {
    struct line *a;
    struct line *b;
    int64_t *forward;  /* furthest old line on each diagonal, from the start */
    int64_t *backward; /* and from the end; both indexed by diagonal, below zero too */
};

/* A point (x, y) on a way with few changes from one corner of `part` to the other,
 * neither of the corners. Both lines differ at the part's start and at its end. */
static void search_middle(const struct search *search, struct part part, int64_t *x_out,
                          int64_t *y_out)
{
    const struct line *a = search->a;
    const struct line *b = search->b;
    int64_t *forward = search->forward;
    int64_t *backward = search->backward;
    int64_t diagonal_start = part.a - part.b;
    int64_t diagonal_end = part.a_end - part.b_end;
    int64_t low = part.a - part.b_end;
    int64_t high = part.a_end - part.b;
    bool odd = (diagonal_start - diagonal_end) & 1;
    int64_t forward_low = diagonal_start, forward_high = diagonal_start;
    int64_t backward_low = diagonal_end, backward_high = diagonal_end;
    forward[diagonal_start] = part.a;
    backward[diagonal_end] = part.a_end;

    for (unsigned changes = 1;; changes++) {
        /* One change more from the start. Outside of the part lies a sentinel. */
        if (forward_low > low)
            forward[--forward_low - 1] = -1;
        else
            forward_low++;
        if (forward_high < high)
            forward[++forward_high + 1] = -1;
        else
            forward_high--;
        for (int64_t d = forward_high; d >= forward_low; d -= 2) {
            int64_t x =
                forward[d - 1] >= forward[d + 1] ? forward[d - 1] + 1 : forward[d + 1];
            while (x < part.a_end && x - d < part.b_end && a[x].id == b[x - d].id)
                x++;
            forward[d] = x;
            if (odd && backward_low <= d && d <= backward_high && backward[d] <= x) {
                *x_out = x;
                *y_out = x - d;
                return;
            }
        }
        if (backward_low > low)
            backward[--backward_low - 1] = INT64_MAX;
        else
            backward_low++;
        if (backward_high < high)
            backward[++backward_high + 1] = INT64_MAX;
        else
            backward_high--;
        for (int64_t d = backward_high; d >= backward_low; d -= 2) {
            int64_t x =
                backward[d - 1] < backward[d + 1] ? backward[d - 1] : backward[d + 1] - 1;
            while (x > part.a && x - d > part.b && a[x - 1].id == b[x - d - 1].id)
                x--;
            backward[d] = x;
            if (!odd && forward_low <= d && d <= forward_high && x <= forward[d]) {
                *x_out = x;
                *y_out = x - d;
                return;
            }
        }
        if (changes < CHANGES_MAX)
            continue;
        int64_t best = -1;
        for (int64_t d = forward_high; d >= forward_low; d -= 2) {
            int64_t x = forward[d] < part.a_end ? forward[d] : part.a_end;
            if (x - d > part.b_end)
                x = part.b_end + d;
            if (x + x - d > best) {
                best = x + x - d;
                *x_out = x;
                *y_out = x - d;
            }
        }
        return;
    }
}

static void search_mark(const struct search *search, struct part part)
{
    for (;;) {
        while (part.a < part.a_end && part.b < part.b_end &&
               search->a[part.a].id == search->b[part.b].id)
            part.a++, part.b++;
        while (part.a < part.a_end && part.b < part.b_end &&
               search->a[part.a_end - 1].id == search->b[part.b_end - 1].id)
            part.a_end--, part.b_end--;
        if (part.a == part.a_end || part.b == part.b_end) {
            for (int64_t i = part.a; i < part.a_end; i++)
                search->a[i].changed = true;
            for (int64_t i = part.b; i < part.b_end; i++)
                search->b[i].changed = true;
            return;
        }
        int64_t x = part.a, y = part.b;
        search_middle(search, part, &x, &y);
        /* The smaller half by recursion, the other one in place: its depth is the
         * logarithm of the lines. */
        struct part head = {part.a, x, part.b, y};
        struct part tail = {x, part.a_end, y, part.b_end};
        bool head_is_smaller = x + y - part.a - part.b < part.a_end + part.b_end - x - y;
        search_mark(search, head_is_smaller ? head : tail);
        part = head_is_smaller ? tail : head;
    }
}

static void lines_compare(struct lines *before, struct lines *after)
{
    lines_number(before, after);
    size_t diagonals = before->count + after->count + 3;
    AUTO_FREE int64_t *forward = mem_alloc(diagonals, sizeof(*forward));
    AUTO_FREE int64_t *backward = mem_alloc(diagonals, sizeof(*backward));
    size_t zero = after->count + 1;
    struct search search = {before->items, after->items, forward + zero, backward + zero};
    search_mark(&search,
                (struct part){0, (int64_t)before->count, 0, (int64_t)after->count});
}

/* A name as git prints it: in quotes when it has a byte that would end or hide it, and
 * with a tab behind it when it has a space. */
static void add_name(struct buf *out, const char *mark, char side, const char *path)
{
    while (path[0] == '/' || (path[0] == '.' && path[1] == '/'))
        path++;
    bool quoted = false;
    for (const char *at = path; *at != '\0'; at++)
        quoted = quoted || (unsigned char)*at < ' ' || *at == '"' || *at == '\\' ||
                 *at == 0x7F;
    buf_addf(out, "%s %s%c/", mark, quoted ? "\"" : "", side);
    for (const char *at = path; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            buf_addf(out, "\\%03o", (unsigned)*at);
        else if (*at == '"' || *at == '\\')
            buf_addf(out, "\\%c", *at);
        else
            buf_addc(out, *at);
    }
    if (quoted)
        buf_addc(out, '"');
    else if (strchr(path, ' ') != NULL)
        buf_addc(out, '\t');
    buf_addc(out, '\n');
}

static void add_line(struct buf *out, char mark, struct str line)
{
    buf_addc(out, mark);
    buf_adds(out, line);
    if (line.at[line.len - 1] != '\n')
        buf_addf(out, "\n\\ No newline at end of file\n");
}

static void add_range(struct buf *out, char mark, size_t start, size_t count)
{
    /* An empty range is named by the line before it. */
    buf_addf(out, "%c%zu", mark, count > 0 ? start + 1 : start);
    if (count != 1)
        buf_addf(out, ",%zu", count);
}

struct hunk {
    size_t a, a_end, b, b_end;
};

/* Adds what `section` says of the changed lines, each text once. */
static void add_section(struct buf *out, const struct lines *before, struct hunk hunk,
                        const struct lines *after, diff_section_fn *section,
                        void *context)
{
    enum { MOST = 8 };
    const char *said[MOST];
    size_t count = 0;
    for (size_t a = hunk.a, b = hunk.b; a < hunk.a_end || b < hunk.b_end;) {
        bool removed = a < hunk.a_end && before->items[a].changed;
        bool added = b < hunk.b_end && after->items[b].changed;
        for (unsigned nth = 0; (removed || added) && count < MOST; nth++) {
            const char *text = section(context, (uint32_t)a + 1, nth);
            size_t same = 0;
            if (text == NULL)
                break;
            while (same < count && strcmp(said[same], text) != 0)
                same++;
            if (same == count) {
                buf_addf(out, "%s%s", count > 0 ? ", " : " ", text);
                said[count++] = text;
            }
        }
        a += removed || !added;
        b += added || !removed;
    }
}

static void add_hunk(struct buf *out, const struct lines *before,
                     const struct lines *after, struct hunk hunk,
                     diff_section_fn *section, void *context)
{
    buf_addf(out, "@@ ");
    add_range(out, '-', hunk.a, hunk.a_end - hunk.a);
    buf_addc(out, ' ');
    add_range(out, '+', hunk.b, hunk.b_end - hunk.b);
    buf_addf(out, " @@");
    if (section != NULL)
        add_section(out, before, hunk, after, section, context);
    buf_addc(out, '\n');
    size_t a = hunk.a, b = hunk.b;
    while (a < hunk.a_end || b < hunk.b_end) {
        if (a < hunk.a_end && before->items[a].changed) {
            add_line(out, '-', before->items[a++].text);
        } else if (b < hunk.b_end && after->items[b].changed) {
            add_line(out, '+', after->items[b++].text);
        } else {
            add_line(out, ' ', before->items[a++].text);
            b++;
        }
    }
}

void diff_unified(const char *path, struct str before_text, struct str after_text,
                  diff_section_fn *section, void *context, struct buf *out)
{
    if (str_equal(before_text, after_text))
        return;
    struct lines before = lines_of(before_text);
    struct lines after = lines_of(after_text);
    lines_compare(&before, &after);
    add_name(out, "---", 'a', path);
    add_name(out, "+++", 'b', path);

    size_t a = 0, b = 0, same = 0; /* `same` lines before (a, b) belong to no hunk */
    while (a < before.count || b < after.count) {
        bool changed = (a < before.count && before.items[a].changed) ||
                       (b < after.count && after.items[b].changed);
        if (!changed) {
            a++, b++, same++;
            continue;
        }
        size_t lead = same < CONTEXT ? same : CONTEXT;
        struct hunk hunk = {a - lead, 0, b - lead, 0};
        same = 0;
        /* Changes with at most twice the context between them share a hunk. */
        while ((a < before.count || b < after.count) && same <= 2 * CONTEXT) {
            if (a < before.count && before.items[a].changed) {
                a++, same = 0;
            } else if (b < after.count && after.items[b].changed) {
                b++, same = 0;
            } else {
                a++, b++, same++;
            }
        }
        size_t excess = same > CONTEXT ? same - CONTEXT : 0;
        hunk.a_end = a - excess;
        hunk.b_end = b - excess;
        add_hunk(out, &before, &after, hunk, section, context);
        same = excess;
    }
    free(before.items);
    free(after.items);
}
