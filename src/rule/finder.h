/* SPDX-License-Identifier: Apache-2.0
 *
 * What no query can say is found in C, under a name that a rule file gives as its
 * `finder`; the rule's words, level and examples are in that file all the same.
 *
 * One function may find for several rules, each under a name of its own; it runs once for
 * a document. A rule's message may have the places {place}, {have}, {want} and {more},
 * which a mark fills.
 */
#ifndef SPECLINT_FINDER_H
#define SPECLINT_FINDER_H

#include "doc.h"
#include "mounts.h"
#include "query.h"
#include "shape_version.h"

/* What a finder is asked about. */
struct search {
    const struct doc *doc;
    const struct node *root;  /* of the document in the file */
    struct arena *arena;      /* for the texts of marks, and for what finders keep */
    const char *spec_version; /* in place of the document's own; NULL */
    unsigned platforms; /* of enum shape_platform, in place of what its sections say;
                           0 */
    const struct bundle *bundle; /* that the document is in; NULL if that is not known */
    const struct mounts *mounts; /* of the root; finders_run() reads them */
};

/* Whether the document may have a string; at once, and mostly not. */
static inline bool search_may_have(const struct search *search, struct str string)
{
    return texts_have(&search->doc->texts, node_text_hash(string));
}

/* A node that a rule shall remark on. Texts are in the arena or constant; NULL for none.
 */
struct mark {
    const char *finder;      /* the name that the rule gives */
    const struct node *node; /* the candidate */
    const struct node *at;   /* what to point to; NULL for what the rule says */
    struct span span;        /* what to point to in the text; empty for `at` */
    unsigned lower;          /* levels below the rule's */
    unsigned copes;          /* bit i is set where enum runtime i starts all the same */
    const char *place;       /* where it is, as a person writes it: process.user.uid */
    const char *have;
    const char *want;
    const char *more;    /* what else there is to say, with the sign before it; or "" */
    const char *section; /* of the spec: "config.md#user"; NULL: what the rule sees */
    enum release since;  /* the release that says so, where it is not the document's */
    const char *patch;   /* its fix, as RFC 6902 relative to the candidate, JSON text */
    const char *unsafe;  /* why this fix is not safe */
};

struct marks {
    struct mark *items;
    size_t count;
    size_t capacity;
};

void marks_add(struct marks *marks, struct mark mark);
void marks_release(struct marks *marks);

/* Adds what it finds in one document. */
typedef void finder_fn(const struct search *search, struct marks *out);

/* Whether there is a finder of that name. */
bool finder_exists(const char *name);

/* Adds what all finders find in one document. */
void finders_run(const struct search *search, struct marks *out);

#endif
