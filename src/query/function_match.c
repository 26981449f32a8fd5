/* SPDX-License-Identifier: Apache-2.0
 *
 * match and search: RFC 9535 sections 2.4.6 and 2.4.7.
 */
#include "function.h"
#include "iregexp.h"

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

static const struct iregexp *regexp_of(struct pattern *pattern,
                                       const struct query_call *call)
{
    const struct query_argument *argument = &call->arguments[1];
    bool keep = argument->constant && argument->value.node == NULL;
    if (pattern->known && (keep || str_equal(pattern->text, argument->value.text)))
        return pattern->regexp;
    pattern->known = true;
    pattern->text = argument->value.text;
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
    struct pattern *pattern = query_memory(call, sizeof *pattern, pattern_release);
    const struct iregexp *regexp = regexp_of(pattern, call);
    return query_boolean(regexp != NULL &&
                         iregexp_matches(regexp, subject->text, whole, &pattern->memory));
}

struct query_value function_match(struct query_call *call)
{
    return matches(call, true);
}

struct query_value function_search(struct query_call *call)
{
    return matches(call, false);
}
