/* SPDX-License-Identifier: Apache-2.0 */
#include "excerpt.h"

#include "ink.h"
#include "utf8.h"
#include "width.h"

#include <stdio.h>

enum {
    WIDTH_DEFAULT = 100,
    WIDTH_MIN = 40,
    TAB_WIDTH = 4,
    INDENT = 5, /* of a diff */
};

unsigned excerpt_width(const struct report *report)
{
    if (report->width == 0)
        return WIDTH_DEFAULT;
    return report->width < WIDTH_MIN ? WIDTH_MIN : report->width;
}

/* Adds the first character of a text, and its columns to `width`; returns its bytes. Tabs
 * become spaces so that the marks stay below. */
static size_t add_char(struct str text, struct buf *out, size_t *width)
{
    unsigned code_point;
    size_t len = utf8_decode(text.at, text.len, &code_point);
    size_t before = out->len;
    if (text.at[0] == '\t') {
        buf_addf(out, "%*s", TAB_WIDTH, "");
        *width += TAB_WIDTH;
        return 1;
    }
    /* As report_add_visible: no command of a GitHub Actions log. */
    if (text.at[0] == '[' && before >= 2 && memcmp(out->data + before - 2, "##", 2) == 0)
        buf_addc(out, '\\');
    buf_add_visible(out, (struct str){text.at, len ? len : 1});
    *width +=
        len > 1 && out->len - before == len ? width_of(code_point) : out->len - before;
    return len ? len : 1;
}

/* The offset `back` bytes before another, at a character and not before `least`. */
static uint32_t step_back(const struct text *text, uint32_t at, uint32_t back,
                          uint32_t least)
{
    at = at - least > back ? at - back : least;
    while (at > least && ((unsigned char)text->bytes[at] & 0xC0) == 0x80)
        at--;
    return at;
}

void excerpt_add_source(struct report *report, struct doc *doc, struct span span)
{
    struct buf *out = &report->out;
    AUTO_BUF struct buf shown = {0};
    AUTO_BUF struct buf marks = {0};
    struct place place = text_place(&doc->text, span.start);
    struct span line = text_line(&doc->text, place.line);
    int gutter = snprintf(NULL, 0, "%u", place.line);
    size_t room =
        excerpt_width(report) - (size_t)gutter - 5; /* " N | " and an ellipsis */
    uint32_t head =
        (uint32_t)room / 3; /* bytes before the place, in a line that is cut */
    size_t lead = 0;
    size_t mark = 0;
    size_t width = 0;
    uint32_t at = line.start;
    if (line.end - line.start > room && span.start - line.start > room - head) {
        at = step_back(&doc->text, span.start, head, line.start);
        buf_adds(&shown, STR("…"));
        width = 1;
    }
    while (at < line.end && width < room) {
        size_t before = width;
        bool inside = at >= span.start && at < span.end;
        if (at == span.start)
            lead = width;
        at += (uint32_t)add_char((struct str){doc->text.bytes + at, line.end - at},
                                 &shown, &width);
        if (inside)
            mark += width - before;
    }
    if (at == span.start)
        lead = width;
    if (at < line.end)
        buf_adds(&shown, STR("…"));
    do
        buf_addc(&marks, '^');
    while (marks.len < mark);
    buf_addf(out, " %*s |\n %u | ", gutter, "", place.line);
    buf_adds(out, buf_str(&shown));
    buf_addf(out, "\n %*s | %*s", gutter, "", (int)lead, "");
    ink_add(report, INK_BOLD, buf_str(&marks));
    buf_addc(out, '\n');
}

/* What is shown around an edit: from the line before to the line behind, or less of lines
 * that are too long. */
static struct span window_of(struct text *text, struct span edit, size_t room)
{
    uint32_t first = text_place(text, edit.start).line;
    uint32_t last = text_place(text, edit.end).line;
    struct span window = {text_line(text, first).start, text_line(text, last).end};
    if (edit.start - window.start > room / 2) {
        window.start = step_back(text, edit.start, (uint32_t)room / 3, window.start);
    } else if (first > 1) {
        struct span line = text_line(text, first - 1);
        if (line.end - line.start < room)
            window.start = line.start;
    }
    if (window.end < edit.end) /* between CR and LF */
        window.end = edit.end;
    if (window.end - edit.end > room / 2) {
        window.end = step_back(text, edit.end + (uint32_t)room / 3, 0, edit.end);
    } else if (last < text->line_count) {
        struct span line = text_line(text, last + 1);
        window.end = line.end - line.start < room ? line.end : line.start;
    }
    return window;
}

static void add_window_edge(struct buf *before, struct buf *after, const char *text)
{
    buf_adds(before, str_of(text));
    buf_adds(after, str_of(text));
}

static void add_diff_line(struct report *report, struct str line, size_t room)
{
    AUTO_BUF struct buf shown = {0};
    size_t width = 0;
    if (line.at[line.len - 1] == '\r')
        line.len--;
    size_t at = 0;
    while (at < line.len && width < room)
        at += add_char((struct str){line.at + at, line.len - at}, &shown, &width);
    if (at < line.len)
        buf_adds(&shown, STR("…"));
    buf_addf(&report->out, "%*s", INDENT, "");
    if (line.at[0] == ' ')
        buf_adds(&report->out, buf_str(&shown));
    else
        ink_add(report, line.at[0] == '-' ? INK_REMOVED : INK_ADDED, buf_str(&shown));
    buf_addc(&report->out, '\n');
}

/* The lines of a unified diff, without its file names and its places. */
static void add_diff(struct report *report, struct str before, struct str after,
                     size_t room)
{
    AUTO_BUF struct buf diff = {0};
    diff_unified("", before, after, NULL, NULL, &diff);
    struct str rest = buf_str(&diff);
    for (unsigned line = 0; rest.len > 0; line++) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.at) : rest.len;
        if (line >= 2 && len > 0 && rest.at[0] != '@' && rest.at[0] != '\\')
            add_diff_line(report, (struct str){rest.at, len}, room);
        len += end != NULL;
        rest = (struct str){rest.at + len, rest.len - len};
    }
}

void excerpt_add_edits(struct report *report, struct doc *doc, const struct edits *edits)
{
    size_t room = excerpt_width(report) - INDENT - 1;
    const char *bytes = doc->text.bytes;
    for (size_t i = 0; i < edits->count;) {
        AUTO_BUF struct buf before = {0};
        AUTO_BUF struct buf after = {0};
        struct span window = window_of(&doc->text, edits->items[i].span, room);
        uint32_t line = text_place(&doc->text, window.start).line;
        if (i > 0)
            buf_addf(&report->out, "%*s…\n", INDENT + 1, "");
        if (window.start > text_line(&doc->text, line).start)
            add_window_edge(&before, &after, "…");
        uint32_t at = window.start;
        for (; i < edits->count; i++) {
            const struct edit *edit = &edits->items[i];
            struct span next = window_of(&doc->text, edit->span, room);
            if (next.start > window.end)
                break;
            window.end = next.end > window.end ? next.end : window.end;
            buf_add(&before, bytes + at, edit->span.end - at);
            buf_add(&after, bytes + at, edit->span.start - at);
            buf_add(&after, edit->text, edit->len);
            at = edit->span.end;
        }
        buf_add(&before, bytes + at, window.end - at);
        buf_add(&after, bytes + at, window.end - at);
        line = text_place(&doc->text, window.end).line;
        add_window_edge(&before, &after,
                        window.end < text_line(&doc->text, line).end ? "…\n" : "\n");
        add_diff(report, buf_str(&before), buf_str(&after), room);
    }
}
