/* SPDX-License-Identifier: Apache-2.0 */
#include "fix.h"

#include "array.h"
#include "comment.h"
#include "draft.h"
#include "expand.h"
#include "line.h"
#include "patch.h"
#include "print.h"
#include "prove.h"

/* A patch on its way into a text. */
struct work {
    const struct doc *original;
    struct doc edited; /* the text as it is now; empty before the first edit */
    uint32_t index;    /* of the document in the file */
    bool unread;       /* nothing is read again: the next edit is the last one */
    struct edits edits;
    struct patch done;    /* what the edits so far mean */
    struct buf users;     /* pointers of what else is changed by them, for a person */
    struct fault refusal; /* why the text cannot be edited */
    struct fault wrong;   /* why the edits are wrong */
};

static void work_release(struct work *work)
{
    doc_release(&work->edited);
    edits_release(&work->edits);
    patch_release(&work->done);
    buf_release(&work->users);
}
#define AUTO_WORK __attribute__((cleanup(work_release)))

static const struct doc *work_doc(const struct work *work)
{
    return work->edited.root != NULL ? &work->edited : work->original;
}

static const struct node *work_root(const struct work *work)
{
    const struct node *root = work_doc(work)->root;
    while (root != NULL && root->index < work->index)
        root = root->next;
    return root;
}

/* Reads the text again as the edits have left it, unless that can wait for the proof. */
static bool work_read(struct work *work)
{
    struct buf text = {0};
    if (work->unread)
        return true;
    edits_apply(&work->edits, buf_str(&work->original->bytes), &text);
    doc_release(&work->edited);
    if (!doc_parse(&work->edited, "the edited text", work->original->syntax, &text,
                   &work->wrong))
        return false;
    return work_root(work) != NULL ||
           fault_set(&work->wrong, "a document of the file is gone");
}

static bool has_flag(const struct node *top, unsigned flags)
{
    for (const struct node *node = top; node != NULL; node = node_walk(node, top))
        if (node->flags & flags)
            return true;
    return false;
}

static bool same_span(struct span a, struct span b)
{
    return a.start == b.start && a.end == b.end;
}

/* Whether two containers are the same text: one anchored or in an anchored one, the
 * others its aliases or in them. The span of an alias is its own, those below it are not.
 */
static bool same_text(const struct node *a, const struct node *b)
{
    if (same_span(a->span, b->span))
        return true;
    return a->child != NULL && b->child != NULL && a->type == b->type &&
           same_span(a->child->span, b->child->span) &&
           same_span(a->child->key_span, b->child->key_span);
}

static bool is_alias(const struct node *node)
{
    return (node->flags & (NODE_ALIAS | NODE_ALIASED)) != 0;
}

/* Whether other values of the document are the same text as a container. */
static bool is_shared(const struct node *root, const struct node *container)
{
    for (const struct node *node = root; node != NULL; node = node_walk(node, root))
        if (node != container && same_text(node, container))
            return true;
    return false;
}

/* Whether both pointers name places in the same container. */
static bool are_siblings(const char *a, const char *b)
{
    size_t len = (size_t)(strrchr(a, '/') - a) + 1;
    return strncmp(a, b, len) == 0 && strchr(b + len, '/') == NULL;
}

/* Notes the operation for a container, and, with `also`, that it is changed as well. */
static void work_note(struct work *work, const struct patch_op *op,
                      const struct node *container, bool also)
{
    AUTO_BUF struct buf path = {0}, from = {0};
    if (container == NULL) {
        patch_append(&work->done, op->kind, op->path, op->from, op->value);
        return;
    }
    node_pointer(container, &path);
    if (also)
        buf_addf(&work->users, "%s%s", work->users.len > 0 ? ", " : "",
                 path.len > 0 ? path.data : "/");
    buf_adds(&path, str_of(strrchr(op->path, '/')));
    if (op->from != NULL && are_siblings(op->path, op->from)) {
        node_pointer(container, &from);
        buf_adds(&from, str_of(strrchr(op->from, '/')));
    }
    patch_append(&work->done, op->kind, path.data, from.len > 0 ? from.data : op->from,
                 op->value);
}

static bool work_has_aliases(const struct work *work)
{
    return work_doc(work)->aliases && has_flag(work_root(work), NODE_ALIAS);
}

/* Finds the container whose text an operation changes, which may be an alias of it, and
 * notes the operation for it and for all others that are the same text. Sets `pointer` to
 * the operation's path there. */
static bool work_find(struct work *work, const struct patch_op *op,
                      const struct node *container, struct buf *pointer)
{
    const struct node *root = work_root(work);
    if (container == NULL || !work_has_aliases(work)) {
        work_note(work, op, NULL, false);
        buf_adds(pointer, str_of(op->path));
        return true;
    }
    const struct node *written = is_alias(container) ? NULL : container;
    for (const struct node *node = root; node != NULL && written == NULL;
         node = node_walk(node, root))
        if (!is_alias(node) && same_text(node, container))
            written = node;
    if (written == NULL ||
        (written->child == NULL && (written->flags & NODE_ANCHOR) != 0))
        return fault_set(&work->refusal, "an alias stands for the empty value to change");

    work_note(work, op, written, false);
    for (const struct node *node = root; node != NULL; node = node_walk(node, root))
        if (node != written && same_text(node, written))
            work_note(work, op, node, true);
    if (op->from != NULL && is_shared(root, written) && !are_siblings(op->path, op->from))
        return fault_set(&work->refusal, "the value would move into an anchored one");
    node_pointer(written, pointer);
    buf_adds(pointer, str_of(strrchr(op->path, '/')));
    return true;
}

/* Aliases would lose the anchor that they name. */
static bool check_anchors(struct work *work, const struct node *node)
{
    if (node != NULL && has_flag(node, NODE_ANCHOR) &&
        has_flag(work_root(work), NODE_ALIAS))
        return fault_set(&work->refusal, "the value has an anchor that aliases name");
    return true;
}

static struct change work_change(struct work *work)
{
    struct str line_end = line_ending(&work->original->text, 0);
    return (struct change){
        .doc = work_doc(work),
        .root = work_root(work),
        .line_end = line_end.len > 0 ? line_end : STR("\n"),
        .edits = &work->edits,
        .fault = &work->refusal,
    };
}

static bool work_add(struct work *work, const char *pointer, const struct node *value)
{
    struct change change = work_change(work);
    return patch_add(&change, pointer, value) && work_read(work);
}

static bool work_move(struct work *work, const struct patch_op *op, const char *path,
                      const struct node *there)
{
    AUTO_PLACE struct patch_place from;
    struct change change = work_change(work);
    if (!patch_find(change.root, op->from, &from) || from.node == NULL)
        return fault_set(&work->refusal, "the document has no place \"%s\"", op->from);
    if (op->kind == OP_COPY)
        return work_add(work, path, from.node);
    /* A new name in the same object: the value stays where it is, comments and all. */
    if (from.node->key != NULL && there == NULL && are_siblings(op->path, op->from)) {
        AUTO_BUF struct buf source = {0};
        buf_add(&source, path, (size_t)(strrchr(path, '/') - path));
        buf_adds(&source, str_of(strrchr(op->from, '/')));
        AUTO_PLACE struct patch_place to;
        return patch_find(change.root, path, &to) &&
               patch_rename(&change, source.data, (struct str){to.token, to.token_len}) &&
               work_read(work);
    }
    work->unread = false;
    if (is_shared(change.root, from.parent))
        return fault_set(&work->refusal, "the value would move out of an anchored one");
    if (!check_anchors(work, from.node) || !patch_remove(&change, op->from))
        return false;
    AUTO_BUF struct buf text = {0};
    AUTO_DOC struct doc value = {0};
    print_json(from.node, &text);
    return work_read(work) && doc_parse(&value, "", DOC_JSON, &text, &work->wrong) &&
           work_add(work, path, value.root);
}

/* Changes an array by its elements, so that what stays keeps its comments. */
static bool work_step(struct work *work, const char *path,
                      const struct array_steps *steps)
{
    work->unread = work->unread && steps->count == 1;
    for (size_t i = 0; i < steps->count; i++) {
        const struct array_step *step = &steps->items[i];
        AUTO_BUF struct buf pointer = {0};
        struct change change = work_change(work);
        buf_addf(&pointer, "%s/%u", path, step->index);
        bool done = step->value != NULL ? patch_add(&change, pointer.data, step->value)
                                        : patch_remove(&change, pointer.data);
        if (!done || !work_read(work))
            return false;
    }
    return true;
}

static bool is_array(const struct node *node)
{
    return node != NULL && node->type == NODE_ARRAY;
}

static bool work_do(struct work *work, const struct patch_op *op)
{
    AUTO_PLACE struct patch_place place = {0};
    AUTO_BUF struct buf pointer = {0};
    AUTO_BUF struct buf text = {0};
    AUTO_DOC struct doc value = {0};
    if (op->kind == OP_TEST || (op->kind == OP_MOVE && strcmp(op->path, op->from) == 0)) {
        work_note(work, op, NULL, false);
        return true;
    }
    if (!patch_find(work_root(work), op->path, &place))
        return fault_set(&work->refusal, "the document has no place \"%s\"", op->path);
    bool replaces = op->kind == OP_REPLACE || op->kind == OP_REMOVE ||
                    place.parent == NULL || place.parent->type == NODE_OBJECT;
    if (replaces && !check_anchors(work, place.node))
        return false;
    if (!work_find(work, op, place.parent, &pointer))
        return false;
    const char *path = buf_str(&pointer).at;
    if (op->kind == OP_MOVE || op->kind == OP_COPY)
        return work_move(work, op, path, place.node);
    struct change change = work_change(work);
    if (op->kind == OP_REMOVE)
        return patch_remove(&change, path) && work_read(work);
    buf_adds(&text, str_of(op->value));
    if (!doc_parse(&value, "the value of a patch", DOC_JSON, &text, &work->wrong))
        return false;
    AUTO_STEPS struct array_steps steps = {0};
    if (replaces && !work_has_aliases(work) && is_array(place.node) &&
        is_array(value.root) && array_steps_find(&steps, place.node, value.root))
        return work_step(work, path, &steps);
    if (op->kind == OP_ADD)
        return work_add(work, path, value.root);
    return patch_replace(&change, path, value.root) && work_read(work);
}

static void demote(struct fix *fix, enum safety most, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void demote(struct fix *fix, enum safety most, const char *format, ...)
{
    if (fix->safety <= most)
        return;
    AUTO_BUF struct buf reason = {0};
    va_list arguments;
    va_start(arguments, format);
    buf_vaddf(&reason, format, arguments);
    va_end(arguments);
    fix->safety = most;
    fix->demoted = mem_copy(reason.data, reason.len);
}

/* What is no fix, and why. */
static void refuse(struct fix *fix, const char *reason)
{
    *fix = (struct fix){.demoted = mem_copy(reason, strlen(reason))};
}

static void keep_comments(const struct doc *before, const struct doc *after,
                          struct fix *fix)
{
    struct str lost = comment_lost(before, after);
    AUTO_BUF struct buf comment = {0};
    buf_add_visible(&comment, lost);
    if (lost.len > 0)
        demote(fix, SAFETY_UNSAFE, "it deletes the comment \"%s\"", comment.data);
}

static void complete(struct work *work, const struct finding *finding, const char *unsafe,
                     struct fix *fix)
{
    AUTO_BUF struct buf text = {0};
    patch_print(&work->done, &text);
    edits_trim(&work->edits, buf_str(&work->original->bytes));
    *fix = (struct fix){
        .safety = finding->rule->fix->safety,
        .patch = mem_copy(text.data, text.len),
        .edits = work->edits,
    };
    work->edits = (struct edits){0};
    if (!work->unread)
        keep_comments(work->original, &work->edited, fix);
    if (work->users.len > 0)
        demote(fix, SAFETY_UNSAFE, "it stands at an anchor and changes %s too",
               work->users.data);
    if (unsafe != NULL)
        demote(fix, SAFETY_UNSAFE, "%s", unsafe);
}

static bool fault_wrong(const struct doc *doc, const struct finding *finding,
                        const struct fault *wrong, struct fault *fault)
{
    struct text text = {.bytes = doc->text.bytes, .len = doc->text.len};
    struct place place = text_place(&text, finding->span.start);
    text_release(&text);
    AUTO_BUF struct buf where = {0};
    if (wrong->line > 0)
        buf_addf(&where, "line %u, column %u: ", wrong->line, wrong->column);
    return fault_set_at(fault, place.line, place.column,
                        "the fix of %s did not pass its proof and is dropped: %s%s; "
                        "please report it",
                        finding->rule->id, buf_str(&where).at, wrong->text);
}

/* Whether the text need not be read again after the one operation of a patch. Where that
 * turns out otherwise, it is. */
static bool is_one_edit(const struct patch *patch)
{
    return patch->count == 1 && patch->items[0].kind != OP_TEST;
}

static bool make(const struct doc *doc, const struct finding *finding,
                 const struct patch *patch, const char *unsafe, bool prove_later,
                 struct draft *draft, struct fault *fault)
{
    AUTO_WORK struct work work = {
        .original = doc,
        .index = finding->root->index,
        .unread = prove_later && is_one_edit(patch),
    };
    bool made = true;
    for (size_t i = 0; made && i < patch->count; i++)
        made = work_do(&work, &patch->items[i]);
    if (made && work.edits.count > 0 && !work.unread)
        made = prove(doc, &work.edited, work.index, &work.done, &work.wrong);
    if (fault_is_set(&work.wrong))
        return fault_wrong(doc, finding, &work.wrong, fault);
    if (!made) {
        refuse(&draft->fix, work.refusal.text);
    } else if (work.edits.count == 0) {
        refuse(&draft->fix, "there is nothing to change");
    } else {
        complete(&work, finding, unsafe, &draft->fix);
        if (work.unread) {
            draft->unproven = work.done;
            work.done = (struct patch){0};
        }
    }
    return true;
}

bool draft_make(struct draft *draft, const struct doc *doc, const struct finding *finding,
                bool prove_later, struct fault *fault)
{
    const struct rule_fix *rule_fix = finding->rule->fix;
    AUTO_PATCH struct patch patch = {0};
    const char *unsafe;
    *draft = (struct draft){0};
    if (rule_fix == NULL || (rule_fix->count == 0 && finding->patch == NULL))
        return true;
    if (doc->duplicates > 0)
        refuse(&draft->fix,
               "an object has a name twice, so that it is open which member counts");
    else if (!patch_choose(finding, &patch, &unsafe, &draft->arena))
        refuse(&draft->fix, "no patch of the rule applies here");
    else
        return make(doc, finding, &patch, unsafe, prove_later, draft, fault);
    return true;
}

bool draft_prove(struct draft *draft, const struct doc *doc,
                 const struct finding *finding, struct fault *fault)
{
    struct buf text = {0};
    AUTO_DOC struct doc edited = {0};
    struct fault wrong = {0};
    edits_apply(&draft->fix.edits, buf_str(&doc->bytes), &text);
    if (!doc_parse(&edited, "the edited text", doc->syntax, &text, &wrong) ||
        !prove(doc, &edited, finding->root->index, &draft->unproven, &wrong))
        return fault_wrong(doc, finding, &wrong, fault);
    keep_comments(doc, &edited, &draft->fix);
    return true;
}

void draft_release(struct draft *draft)
{
    fix_release(&draft->fix);
    patch_release(&draft->unproven);
    arena_release(&draft->arena);
    *draft = (struct draft){0};
}

bool fix_make(const struct doc *doc, const struct finding *finding, struct fix *fix,
              struct fault *fault)
{
    struct draft draft;
    bool made = draft_make(&draft, doc, finding, false, fault);
    *fix = draft.fix;
    draft.fix = (struct fix){0};
    draft_release(&draft);
    return made;
}
