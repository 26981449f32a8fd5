/* SPDX-License-Identifier: Apache-2.0 */
#include "shape_mark.h"

#include "nearest.h"
#include "print.h"
#include "shape_text.h"

static const char *lost_text(struct shape_walk *walk, const struct shape_member *member)
{
    return member->lost ? shape_text(walk, ": %s", member->lost) : "";
}

static void mark_near(struct shape_walk *walk, const struct node *node,
                      const struct shape_member *near, size_t distance)
{
    bool free = node_get(node->parent, str_of(near->name)) == NULL;
    bool same = distance == 0;
    struct mark mark = {
        .finder = same ? SHAPE_CASE : SHAPE_UNKNOWN,
        .node = node->parent,
        .at = node,
        .lower = free && near->lost != NULL && distance <= 2 ? 0 : 1,
        .place = shape_text_place(walk, node),
        .want = shape_text(walk, "'%s'", near->name),
        .more = same ? lost_text(walk, near)
                     : shape_text(walk, "; did you mean '%s'?%s%s", near->name,
                                  near->lost ? " Without it " : "",
                                  near->lost ? near->lost : ""),
        .section = near->section,
    };
    if (free) {
        mark.patch = shape_patch_rename(walk, node, str_of(near->name));
        if (!same)
            mark.unsafe = "the name is a guess";
    }
    shape_add(walk, mark);
}

static const char *find_alias(const struct shape_alias *aliases, size_t count,
                              struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_equal(name, str_of(aliases[i].text)))
            return aliases[i].word;
    }
    return NULL;
}

/* The member of today in place of one that was not yet a list; the candidate is its
 * object. */
static const char *patch_successor(struct shape_walk *walk,
                                   const struct shape_object *object,
                                   const struct node *node)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct shape_member *member = &object->members[i];
        AUTO_BUF struct buf value = {0};
        if (member->formerly == NULL || node->type != NODE_STRING ||
            !str_equal(node_key(node), str_of(member->formerly)) ||
            node_get(node->parent, str_of(member->name)) != NULL)
            continue;
        print_json(node, &value);
        return shape_text(walk,
                          "[{\"op\":\"add\",\"path\":\"/%s\",\"value\":[%s]},"
                          "{\"op\":\"remove\",\"path\":\"/%s\"}]",
                          member->name, value.data, member->formerly);
    }
    return NULL;
}

/* The member whose name is near: but for its case (distance 0), or misspelt. */
static const struct shape_member *find_near(const struct shape_object *object,
                                            struct str name, size_t *distance)
{
    struct nearest nearest = {.word = name};
    const struct shape_member *near = NULL;
    *distance = 0;
    for (size_t i = 0; i < object->count; i++) {
        const struct shape_member *member = &object->members[i];
        const char *before = nearest.best;
        size_t len = strlen(member->name);
        size_t longer = len > name.len ? len : name.len;
        /* Never near: not worth the distance. */
        if (member->until > 0 || (longer - len) + (longer - name.len) > longer / 3)
            continue;
        if (shape_equal_case(name, member->name))
            return member;
        nearest_try(&nearest, member->name);
        if (nearest.best != before)
            near = member;
    }
    *distance = nearest.distance;
    return near;
}

void shape_mark_unknown(struct shape_walk *walk, const struct shape_object *object,
                        const struct node *node)
{
    size_t distance;
    struct str name = node_key(node);
    const char *foreign = find_alias(object->foreign, object->foreign_count, name);
    const char *place = find_alias(object->misplaced, object->misplaced_count, name);
    const struct shape_member *near = NULL;
    struct mark mark = {
        .finder = SHAPE_UNKNOWN,
        .node = node->parent,
        .at = node,
        .lower = 2,
        .place = shape_text_place(walk, node),
        .more = "",
        .section = object->section,
    };
    if (foreign != NULL) {
        mark.lower = walk->version.kind == VERSION_OLD ? 1 : 0;
        mark.more = shape_text(walk, "; %s", foreign);
        mark.patch = patch_successor(walk, object, node);
    } else if (place != NULL) {
        mark.lower = 1;
        mark.more = shape_text(walk, "; it belongs to %s", place);
    } else {
        near = find_near(object, name, &distance);
    }
    if (near != NULL)
        mark_near(walk, node, near, distance);
    else
        shape_add(walk, mark);
}

void shape_mark_missing(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *object)
{
    struct mark mark = {
        .finder = SHAPE_MISSING,
        .node = object,
        .lower = member->lower || member->later,
        .copes = member->spares,
        .place = shape_text_place(walk, object),
        .want = shape_text(walk, "'%s', %s", member->name, member->about),
        .more = lost_text(walk, member),
        .section = shape_section(member),
    };
    if (member->need_until > 0)
        mark.more = shape_text(walk, "; it may be left out since %s",
                               release_name((enum release)member->need_until));
    if (member->initial != NULL) {
        AUTO_BUF struct buf path = {0};
        node_pointer_add(&path, str_of(member->name));
        mark.patch = shape_patch_value(walk, "add", path.data, str_of(member->initial));
        if (!member->sure)
            mark.unsafe = "the value is a guess";
    }
    shape_add(walk, mark);
}

void shape_mark_newer(struct shape_walk *walk, enum release since,
                      const struct shape_member *member, const struct node *node)
{
    if (since > walk->newest)
        walk->newest = since;
    shape_add(walk, (struct mark){.finder = SHAPE_NEWER,
                                  .node = walk->search->root,
                                  .at = node,
                                  .place = shape_text_place(walk, node),
                                  .have = shape_text(walk, "%s %.*s",
                                                     walk->search->spec_version
                                                         ? "the document is held against"
                                                         : "the document is of",
                                                     (int)walk->declared.len,
                                                     walk->declared.at),
                                  .want = release_name(since),
                                  .more = "",
                                  .section = shape_section(member),
                                  .since = since});
}

void shape_mark_removed(struct shape_walk *walk, const struct shape_member *member,
                        const struct node *node)
{
    struct mark mark = {
        .finder = SHAPE_REMOVED,
        .node = node->parent,
        .at = node,
        .place = shape_text_place(walk, node),
        .want = release_name((enum release)member->until),
        .more = member->was ? shape_text(walk, ": %s", member->was) : "",
        .section = shape_section(member),
    };
    if (member->instead != NULL &&
        node_get(node->parent, str_of(member->instead)) == NULL) {
        mark.patch = shape_patch_rename(walk, node, str_of(member->instead));
        mark.unsafe = "the successor may do something else";
    }
    shape_add(walk, mark);
}

void shape_mark_deprecated(struct shape_walk *walk, const struct shape_member *member,
                           const struct node *node)
{
    bool advised = member->advised != NULL;
    bool unset = str_equal(node_text(node), STR("-1")); /* no limit */
    shape_add(walk, (struct mark){.finder = advised ? SHAPE_ADVISED : SHAPE_DEPRECATED,
                                  .node = node,
                                  .lower = unset,
                                  .place = shape_text_place(walk, node),
                                  .have = shape_text_value(walk, node),
                                  .want = advised ? "left out" : "",
                                  .more = shape_text(walk, "; it is NOT RECOMMENDED %s",
                                                     advised ? member->advised : ""),
                                  .section = shape_section(member),
                                  .patch = advised ? shape_patch_remove() : NULL,
                                  .unsafe = unset ? NULL : "an old kernel may need it"});
    if (!advised)
        walk->out->items[walk->out->count - 1].more =
            shape_text(walk, " %s", member->deprecated);
}

void shape_mark_platform(struct shape_walk *walk, const struct shape_member *member,
                         const struct node *node)
{
    static const char *const names[] = {"Linux", "Windows", "Solaris", "z/OS", "FreeBSD"};
    AUTO_BUF struct buf platforms = {0};
    AUTO_BUF struct buf own = {0};
    for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (member->platforms >> i & 1)
            buf_addf(&platforms, "%s%s", platforms.len ? ", " : "", names[i]);
        if (walk->platforms >> i & 1)
            buf_addf(&own, "%s%s", own.len ? ", " : "", names[i]);
    }
    shape_add(walk, (struct mark){
                        .finder = SHAPE_PLATFORM,
                        .node = node,
                        .place = shape_text_place(walk, node),
                        .have = shape_text(walk, "%s", own.data),
                        .want = shape_text(walk, "%s", platforms.data),
                        .more = "",
                        .section = shape_section(member),
                        .patch = shape_patch_remove(),
                        .unsafe = "the platform may have been inferred wrongly",
                    });
}

void shape_mark_version(struct shape_walk *walk, const struct node *node)
{
    static const struct {
        unsigned lower;
        const char *what;
    } kinds[] = {
        [VERSION_RELEASED] = {0, ""},
        [VERSION_ABSENT] = {0, ""},
        [VERSION_OLD] = {1, "is older than 1.0.0, the first release"},
        [VERSION_UNRELEASED] = {2, "is no release of the spec"},
        [VERSION_NEWER] = {1, "is newer than all releases that speclint knows"},
        [VERSION_ALIEN] = {0, "is of another major version than all releases"},
    };
    enum version_kind kind = walk->version.kind;
    if (kind == VERSION_RELEASED || kind == VERSION_ABSENT)
        return;
    marks_add(
        walk->out,
        (struct mark){
            .finder = SHAPE_VERSION,
            .node = node,
            .lower = kinds[kind].lower,
            .have = shape_text(walk, "%.*s", (int)walk->declared.len, walk->declared.at),
            .want = release_name(kind == VERSION_OLD ? RELEASE_1_0_0 : walk->version.at),
            .more = kinds[kind].what,
            .section = "config.md#specification-version",
        });
}

void shape_mark_versions(struct shape_walk *walk)
{
    const char *patch = NULL;
    if (walk->newest == RELEASE_OLD || walk->search->spec_version != NULL)
        return;
    for (size_t i = 0; i < walk->out->count; i++) {
        struct mark *mark = &walk->out->items[i];
        if (strcmp(mark->finder, SHAPE_NEWER) != 0)
            continue;
        if (patch == NULL)
            patch = shape_text(
                walk, "[{\"op\":\"replace\",\"path\":\"/ociVersion\",\"value\":\"%s\"}]",
                release_name(walk->newest));
        mark->patch = patch;
        mark->unsafe =
            "a runtime that knows only older versions may refuse the newer one";
    }
}
