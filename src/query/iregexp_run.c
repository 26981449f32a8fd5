/* SPDX-License-Identifier: Apache-2.0 */
#include "iregexp.h"

#include "iregexp_nfa.h"
#include "node.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <pthread.h>
#include <stdatomic.h>

enum {
    SHARED_MAX = 1024, /* patterns of the process */
    SHARED_BUCKETS = 256,
    MATCH_STEPS_MAX = 200000, /* some milliseconds */
    MATCH_HEAP_KIB = 4096,
};

struct iregexp {
    pcre2_code *code; /* NULL where the automaton is enough */
    pcre2_match_context *limits;
    struct iregexp_nfa nfa;
};

struct iregexp *iregexp_compile(struct str pattern)
{
    AUTO_BUF struct buf translated = {0};
    int error;
    size_t place;
    buf_reserve(&translated, pattern.len);
    if (pattern.len > IREGEXP_PATTERN_MAX || !iregexp_translate(pattern, &translated))
        return NULL;
    struct iregexp *regexp = mem_alloc(1, sizeof *regexp);
    if (iregexp_nfa_build(&regexp->nfa, pattern))
        return regexp;
    regexp->code = pcre2_compile((PCRE2_SPTR)translated.data, translated.len,
                                 PCRE2_UTF | PCRE2_NO_AUTO_CAPTURE | PCRE2_DOLLAR_ENDONLY,
                                 &error, &place, NULL);
    if (regexp->code == NULL) { /* [b-a], a{2,1}, too large */
        free(regexp);
        return NULL;
    }
    regexp->limits = pcre2_match_context_create(NULL);
    if (regexp->limits == NULL)
        abort(); /* out of memory, as mem_alloc() */
    pcre2_set_match_limit(regexp->limits, MATCH_STEPS_MAX);
    pcre2_set_depth_limit(regexp->limits, MATCH_STEPS_MAX);
    pcre2_set_heap_limit(regexp->limits, MATCH_HEAP_KIB);
    return regexp;
}

void iregexp_free(struct iregexp *regexp)
{
    if (regexp == NULL)
        return;
    pcre2_code_free(regexp->code);
    pcre2_match_context_free(regexp->limits);
    free(regexp);
}

bool iregexp_matches(const struct iregexp *regexp, struct str subject, bool whole,
                     struct iregexp_memory *memory)
{
    uint32_t options = PCRE2_NO_UTF_CHECK; /* documents are UTF-8 */
    if (regexp->code == NULL)
        return iregexp_nfa_matches(&regexp->nfa, subject, whole);
    if (subject.len > IREGEXP_SUBJECT_MAX || memory->exhausted == IREGEXP_EXHAUSTED_MAX)
        return false;
    if (whole)
        options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    if (memory->data == NULL)
        memory->data = pcre2_match_data_create(1, NULL);
    if (memory->data == NULL)
        abort(); /* out of memory, as mem_alloc() */
    int result = pcre2_match(regexp->code, (PCRE2_SPTR)subject.at, subject.len, 0,
                             options, memory->data, regexp->limits);
    memory->exhausted += result < 0 && result != PCRE2_ERROR_NOMATCH;
    return result >= 0;
}

void iregexp_memory_release(struct iregexp_memory *memory)
{
    pcre2_match_data_free(memory->data);
    *memory = (struct iregexp_memory){0};
}

/* Never changed once it is in a bucket, and never freed: it is found without the lock. */
struct shared {
    struct shared *next;
    struct str pattern;
    struct iregexp *regexp;
};

static _Atomic(struct shared *) buckets[SHARED_BUCKETS];

static const struct shared *find_shared(uint32_t hash, struct str pattern)
{
    const struct shared *shared =
        atomic_load_explicit(&buckets[hash % SHARED_BUCKETS], memory_order_acquire);
    while (shared != NULL && !str_equal(shared->pattern, pattern))
        shared = shared->next;
    return shared;
}

/* NULL where there are too many. */
static const struct shared *add_shared(uint32_t hash, struct str pattern)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static unsigned count;
    pthread_mutex_lock(&lock);
    const struct shared *found = find_shared(hash, pattern);
    if (found == NULL && count < SHARED_MAX) {
        struct shared *shared = mem_alloc(1, sizeof *shared);
        shared->next =
            atomic_load_explicit(&buckets[hash % SHARED_BUCKETS], memory_order_relaxed);
        shared->pattern = (struct str){mem_copy(pattern.at, pattern.len), pattern.len};
        shared->regexp = iregexp_compile(pattern);
        atomic_store_explicit(&buckets[hash % SHARED_BUCKETS], shared,
                              memory_order_release);
        count++;
        found = shared;
    }
    pthread_mutex_unlock(&lock);
    return found;
}

const struct iregexp *iregexp_shared(struct str pattern, bool *full)
{
    uint32_t hash = node_text_hash(pattern);
    const struct shared *shared = find_shared(hash, pattern);
    if (shared == NULL)
        shared = add_shared(hash, pattern);
    *full = shared == NULL;
    return shared != NULL ? shared->regexp : NULL;
}
