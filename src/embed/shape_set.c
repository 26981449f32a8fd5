/* SPDX-License-Identifier: Apache-2.0
 *
 * Sets of words.
 */
#include "shapes.h"

#include "literal.h"

struct word {
    const struct node *text;
    const struct node *group;
};

static int compare_words(const void *left, const void *right)
{
    const struct word *a = left;
    const struct word *b = right;
    return str_compare(node_text(a->text), node_text(b->text));
}

/* The place of the next name with the same hash, or 0. */
static unsigned twin_of(const uint32_t *hashes, size_t count, size_t place)
{
    for (size_t i = place + 1; i < count; i++) {
        if (hashes[i] == hashes[place])
            return (unsigned)i;
    }
    return 0;
}

static void add_words(struct shapes *shapes, const struct node *set)
{
    static const char *const names[] = {"of", "since", "platforms", "beyond", NULL};
    struct word words[128];
    uint32_t hashes[128];
    size_t count = 0;
    for (const struct node *group = node_first(node_get(set, STR("words"))); group;
         group = group->next) {
        shapes_check_members(shapes, group, names);
        for (const struct node *text = node_first(node_get(group, STR("of"))); text;
             text = text->next) {
            if (count == sizeof words / sizeof words[0] || text->type != NODE_STRING)
                shapes_fail(shapes, text, "this is no string, or there are too many");
            words[count++] = (struct word){text, group};
        }
    }
    qsort(words, count, sizeof *words, compare_words);
    for (size_t i = 0; i < count; i++)
        hashes[i] = node_text_hash(node_text(words[i].text));
    buf_adds(&shapes->out, STR(".words = (const struct shape_word[]){"));
    for (size_t i = 0; i < count; i++) {
        const struct node *since = node_get(words[i].group, STR("since"));
        buf_addc(&shapes->out, '{');
        shapes_add_text(shapes, "text", words[i].text);
        buf_addf(&shapes->out, ".len = %u, .twin = %u, ", words[i].text->len,
                 twin_of(hashes, count, i));
        if (since != NULL)
            shapes_add_release(shapes, "since", shapes_text(shapes, since), since);
        shapes_add_platforms(shapes, node_get(words[i].group, STR("platforms")));
        shapes_add_flag(shapes, "beyond", node_get(words[i].group, STR("beyond")));
        buf_adds(&shapes->out, STR("},\n"));
    }
    buf_addf(&shapes->out, "{.len = UINT32_MAX}}, .word_count = %zu, ", count);
    shapes_add_index(shapes, set, hashes, count);
}

void shapes_add_set(struct shapes *shapes, const struct node *set)
{
    static const char *const names[] = {"prefix", "open", "aliases", "words", NULL};
    shapes_check_members(shapes, set, names);
    shapes_add_name(shapes, "static const struct shape_set set_", node_key(set));
    buf_adds(&shapes->out, STR(" = {.name = "));
    literal_add(&shapes->out, node_key(set));
    buf_adds(&shapes->out, STR(", "));
    if (node_get(set, STR("prefix")) == NULL)
        buf_adds(&shapes->out, STR(".prefix = \"\", "));
    shapes_add_text(shapes, "prefix", node_get(set, STR("prefix")));
    shapes_add_flag(shapes, "open", node_get(set, STR("open")));
    add_words(shapes, set);
    shapes_add_aliases(shapes, "alias", node_get(set, STR("aliases")));
    buf_adds(&shapes->out, STR("};\n"));
}
