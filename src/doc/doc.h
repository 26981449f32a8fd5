/* SPDX-License-Identifier: Apache-2.0
 *
 * A document: a text and its tree, read in one pass from JSON (RFC 8259) or YAML (1.2,
 * core schema). It owns the bytes, the nodes and everything they point to.
 *
 *     struct doc doc;
 *     if (!doc_load(&doc, "config.json", &fault))
 *         …
 *     const struct node *version = node_get(doc.root, STR("ociVersion"));
 *     doc_release(&doc);
 *
 * A failed load or parse leaves an empty document, which may but need not be released.
 * Readers refuse what they cannot read exactly: bytes that are not UTF-8, a byte order
 * mark, nesting beyond DOC_DEPTH_MAX, YAML keys that are no strings. The fault has the
 * line and column, what was expected, and what was there. Repeated names of an object are
 * kept, flagged NODE_DUPLICATE, and counted: RFC 8259 leaves their meaning open and
 * runtimes differ, so it is for a rule to speak.
 */
#ifndef SPECLINT_DOC_H
#define SPECLINT_DOC_H

#include "fault.h"
#include "node.h"
#include "texts.h"

#include <sys/stat.h>

enum {
    /* Arrays and objects inside each other; every recursion over a tree is bounded by it.
     */
    DOC_DEPTH_MAX = 1000,
    /* Nodes that the aliases of one YAML document may stand for, together. */
    DOC_ALIAS_NODES_MAX = 100000,
};

enum doc_syntax {
    DOC_JSON,
    DOC_YAML,
};

struct doc {
    const char *path; /* as given; borrowed */
    struct text text;
    const struct node *root; /* of the first document; root->next is the next one's */
    uint32_t duplicates;     /* how many nodes are flagged NODE_DUPLICATE */
    bool aliases;            /* whether a node is flagged NODE_ALIAS */
    struct texts texts;      /* of all its documents */
    enum doc_syntax syntax;
    struct stat before; /* what fstat said when it was loaded from a file */
    struct buf bytes;   /* what `text` points to */
    struct arena arena;
};

/* .yaml and .yml are YAML, everything else is JSON. */
enum doc_syntax doc_syntax_of(const char *path);

/* Reads a file, by its name's syntax. `path` is borrowed for the life of the doc. The
 * fault names the path. */
bool doc_load(struct doc *doc, const char *path, struct fault *fault);

/* Reads a text. The doc takes over the memory of `bytes`, which is left empty, also on
 * failure. `path` is a name for messages, borrowed. */
bool doc_parse(struct doc *doc, const char *path, enum doc_syntax syntax,
               struct buf *bytes, struct fault *fault);

/* The span that points at a node: the member (name and value) of a scalar; the name of an
 * array or object; its opening bracket where it has no name. For what has no name and no
 * bracket (a YAML block), the first line. */
struct span doc_span(const struct doc *doc, const struct node *node);

void doc_release(struct doc *doc);

#define AUTO_DOC __attribute__((cleanup(doc_release)))

/* The readers, each in its own file. `doc->text` is set; they fill root and duplicates
 * and take memory from doc->arena. */
bool read_json(struct doc *doc, struct fault *fault);
bool read_yaml(struct doc *doc, struct fault *fault);

#endif
