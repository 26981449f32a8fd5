/* SPDX-License-Identifier: Apache-2.0
 *
 * match and search: RFC 9535 sections 2.4.6 and 2.4.7.
 */
#include "iregexp.h"
#include "quick.h"

/* The pattern of the last call. One that is a literal of the query is compiled once in
 * the process; one that comes from a document is not worth to be kept beyond the run. */
struct pattern {
    bool known;
    struct str text;
    const struct iregexp *regexp; /* NULL where it is no I-Regexp */
    struct iregexp *own;
    struct iregexp_memory memory;
};

static void pattern_release(void *memory)
{
    struct pattern *pattern = memory;
    iregexp_free(pattern->own);
    iregexp_memory_release(&pattern->memory);
}

/* `keep`: the pattern is a literal, the same at every call. */
static const struct iregexp *regexp_of(struct pattern *pattern, struct str text,
                                       bool keep)
{
    if (pattern->known && (keep || str_equal(pattern->text, text)))
        return pattern->regexp;
    pattern->known = true;
    pattern->text = text;
    iregexp_free(pattern->own);
    pattern->own = NULL;
    if (keep) {
        bool full;
        pattern->regexp = iregexp_shared(pattern->text, &full);
        if (!full)
            return pattern->regexp;
    }
    pattern->own = iregexp_compile(pattern->text);
    pattern->regexp = pattern->own;
    return pattern->regexp;
}

static struct query_value matches(struct query_call *call, bool whole)
{
    const struct query_value *subject = &call->arguments[0].value;
    const struct query_value *text = &call->arguments[1].value;
    if (!query_is_string(subject) || !query_is_string(text))
        return query_boolean(false);
    enum iregexp_guess guess = iregexp_guess(text->text, subject->text, whole);
    if (guess != IREGEXP_UNKNOWN)
        return query_boolean(guess == IREGEXP_YES);
    bool keep = call->arguments[1].constant && text->node == NULL;
    struct pattern *pattern =
        run_memory(call->run, call->slot, sizeof *pattern, pattern_release);
    const struct iregexp *regexp = regexp_of(pattern, text->text, keep);
    return query_boolean(regexp != NULL &&
                         iregexp_matches(regexp, subject->text, whole, &pattern->memory));
}

/* Most subjects do not begin as the pattern does. */
enum quick_answer quick_match(struct query_run *run, const struct query_op *call,
                              const struct node *node)
{
    const struct query_op *literal = &run->ops[run->ops[call->child].next];
    struct str text = {run->strings + literal->text, literal->len};
    size_t prefix = (size_t)call->number[2];
    if (node == NULL || node->type != NODE_STRING || node->len < prefix ||
        !mem_equal(node->value, text.at, prefix))
        return QUICK_NO;
    if (literal->code != CODE_LITERAL || literal->type != NODE_STRING)
        return QUICK_UNKNOWN;
    struct pattern *pattern =
        run_memory(run, call->slot, sizeof *pattern, pattern_release);
    const struct iregexp *regexp = regexp_of(pattern, text, true);
    return regexp != NULL &&
                   iregexp_matches(regexp, node_text(node), true, &pattern->memory)
               ? QUICK_YES
               : QUICK_NO;
}

struct query_value function_match(struct query_call *call)
{
    return matches(call, true);
}

struct query_value function_search(struct query_call *call)
{
    return matches(call, false);
}
