/* SPDX-License-Identifier: Apache-2.0 */
#include "skip.h"

#include "quick.h"

/* What a test is about, @ or the members of a name, one by one: `subject` is NULL first.
 * Names are told by their hashes alone, so that it may be more than one. */
static inline const struct node *subject_next(const struct query_op *name,
                                              const struct node *child,
                                              const struct node *subject)
{
    if (name->hash == 0)
        return subject == NULL ? child : NULL;
    if (subject != NULL)
        subject = subject->next;
    else
        subject = child->type == NODE_OBJECT ? child->child : NULL;
    while (subject != NULL && subject->key_hash != name->hash)
        subject = subject->next;
    return subject;
}

static const struct node *skip_member(const struct query_op *name,
                                      const struct node *child)
{
    while (child != NULL && subject_next(name, child, NULL) == NULL)
        child = child->next;
    return child;
}

/* Whether a child may pass one of the tests that lead on from the first where they fail.
 */
static bool may_equal(const struct query_run *run, const struct query_op *test,
                      const struct node *child)
{
    for (;; test = &run->ops[test->no]) {
        const struct node *subject = NULL;
        while ((subject = subject_next(test, child, subject)) != NULL) {
            if (subject->text_hash == test->want_hash)
                return true;
        }
        if (test->no == TEST_FAILS)
            return false;
    }
}

static const struct node *skip_equal(const struct query_run *run,
                                     const struct query_op *test,
                                     const struct node *child)
{
    if (test->no == TEST_FAILS && run->texts != NULL &&
        !texts_have(run->texts, test->want_hash))
        return NULL;
    while (child != NULL && !may_equal(run, test, child))
        child = child->next;
    return child;
}

static const struct node *skip_match(const struct query_run *run,
                                     const struct query_op *call,
                                     const struct node *child)
{
    const struct query_op *name = &run->ops[call->child];
    const char *text = run->strings + run->ops[name->next].text;
    size_t len = (size_t)call->number[2];
    for (; child != NULL; child = child->next) {
        const struct node *subject = NULL;
        while ((subject = subject_next(name, child, subject)) != NULL) {
            if (subject->type == NODE_STRING && subject->len >= len &&
                mem_equal(subject->value, text, len))
                return child;
        }
    }
    return NULL;
}

static const struct node *skip_in(struct query_run *run, const struct query_op *call,
                                  const struct node *child, bool want)
{
    const struct query_op *name = &run->ops[call->child];
    const struct memo *list = run_nodes(run, &run->ops[name->next], NULL);
    for (; child != NULL; child = child->next) {
        const struct node *subject = subject_next(name, child, NULL);
        bool several = subject != NULL && subject_next(name, child, subject) != NULL;
        if (subject == NULL && want)
            continue;
        if (subject == NULL || several || subject->type != NODE_STRING)
            return child;
        if (quick_in_list(list, subject) != (want ? QUICK_NO : QUICK_YES))
            return child;
    }
    return NULL;
}

/* Tells values by 64 bits; all that are no strings have the same one. */
static const struct node *skip_duplicate(const struct query_run *run,
                                         const struct query_op *call,
                                         const struct node *child, uint64_t *seen)
{
    const struct query_op *name = &run->ops[run->ops[call->child].next];
    for (; child != NULL; child = child->next) {
        uint64_t bits = 0;
        const struct node *subject = NULL;
        while ((subject = subject_next(name, child, subject)) != NULL)
            bits |= run_string_bit(subject);
        bool again = *seen & bits;
        *seen |= bits;
        if (again)
            return child;
    }
    return NULL;
}

const struct node *skip_failing(struct query_run *run, const struct query_op *filter,
                                const struct node *child, uint64_t *seen)
{
    const struct query_op *test = &run->ops[filter->number[0]];
    switch ((enum skip)filter->number[1]) {
    case SKIP_NOTHING:
        break;
    case SKIP_MEMBER:
        return skip_member(test, child);
    case SKIP_EQUAL:
        return skip_equal(run, test, child);
    case SKIP_MATCH:
        return skip_match(run, test, child);
    case SKIP_IN:
    case SKIP_NOT_IN:
        return skip_in(run, test, child, filter->number[1] == SKIP_IN);
    case SKIP_DUPLICATE:
        return skip_duplicate(run, test, child, seen);
    }
    return child;
}
