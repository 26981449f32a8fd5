/* SPDX-License-Identifier: Apache-2.0 */
#include "edit.h"

static struct edit edit_of(struct span span, struct str text)
{
    return (struct edit){span, mem_copy(text.at, text.len), (uint32_t)text.len};
}

void edits_add(struct edits *edits, struct span current, struct str text)
{
    /* `shift` is what the edits before items[first] add to an offset of the original; it
     * wraps around below zero, as unsigned sums do. */
    uint32_t shift = 0;
    size_t first = 0;
    while (first < edits->count) {
        const struct edit *item = &edits->items[first];
        if (item->span.start + shift + item->len >= current.start)
            break;
        shift += item->len - (item->span.end - item->span.start);
        first++;
    }

    /* items[first, last) overlap or touch the new edit: what it leaves of them at both
     * ends becomes part of it. */
    AUTO_BUF struct buf joined = {0};
    struct span span = {current.start - shift, 0};
    size_t last = first;
    uint32_t shift_end = shift;
    struct str rest = {"", 0};
    bool ends_inside = false;
    while (last < edits->count) {
        const struct edit *item = &edits->items[last];
        uint32_t start = item->span.start + shift_end;
        if (start > current.end)
            break;
        if (last == first && start <= current.start) {
            span.start = item->span.start;
            buf_add(&joined, item->text, current.start - start);
        }
        ends_inside = start + item->len >= current.end;
        if (ends_inside) {
            span.end = item->span.end;
            rest = (struct str){item->text + (current.end - start),
                                start + item->len - current.end};
        }
        shift_end += item->len - (item->span.end - item->span.start);
        last++;
    }
    if (!ends_inside)
        span.end = current.end - shift_end;
    buf_adds(&joined, text);
    buf_adds(&joined, rest);

    for (size_t i = first; i < last; i++)
        free(edits->items[i].text);
    edits->items =
        mem_grow(edits->items, edits->count, &edits->capacity, sizeof(*edits->items));
    memmove(edits->items + first + 1, edits->items + last,
            (edits->count - last) * sizeof(*edits->items));
    edits->items[first] = edit_of(span, buf_str(&joined));
    edits->count -= last - first;
    edits->count++;
}

void edits_apply(const struct edits *edits, struct str original, struct buf *out)
{
    uint32_t at = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const struct edit *item = &edits->items[i];
        buf_add(out, original.at + at, item->span.start - at);
        buf_add(out, item->text, item->len);
        at = item->span.end;
    }
    buf_add(out, original.at + at, original.len - at);
}

/* Whether a byte continues a UTF-8 character. */
static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

static void edit_trim(struct edit *edit, struct str original)
{
    const char *old = original.at + edit->span.start;
    uint32_t old_len = edit->span.end - edit->span.start;
    uint32_t least = old_len < edit->len ? old_len : edit->len;
    uint32_t head = 0;
    while (head < least && old[head] == edit->text[head])
        head++;
    while (head > 0 && ((head < old_len && is_inside(old[head])) ||
                        (head < edit->len && is_inside(edit->text[head]))))
        head--;
    uint32_t tail = 0;
    while (tail < least - head &&
           old[old_len - tail - 1] == edit->text[edit->len - tail - 1])
        tail++;
    while (tail > 0 && is_inside(old[old_len - tail]))
        tail--;

    edit->span.start += head;
    edit->span.end -= tail;
    edit->len -= head + tail;
    memmove(edit->text, edit->text + head, edit->len);
    edit->text[edit->len] = '\0';
}

void edits_trim(struct edits *edits, struct str original)
{
    size_t count = 0;
    for (size_t i = 0; i < edits->count; i++) {
        struct edit *item = &edits->items[i];
        edit_trim(item, original);
        if (item->len == 0 && item->span.start == item->span.end)
            free(item->text);
        else
            edits->items[count++] = *item;
    }
    edits->count = count;
}

void edits_release(struct edits *edits)
{
    for (size_t i = 0; i < edits->count; i++)
        free(edits->items[i].text);
    free(edits->items);
    *edits = (struct edits){0};
}
