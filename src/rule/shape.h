/* SPDX-License-Identifier: Apache-2.0
 *
 * The shape of a container's configuration: which members each object of the runtime spec
 * has, and what each may hold. It is written in rules/shape/ (see the README there),
 * which the build makes constant data of (src/embed/shape.c), and shape_check walks a
 * document along it once.
 */
#ifndef SPECLINT_SHAPE_H
#define SPECLINT_SHAPE_H

#include "node.h"
#include "shape_version.h"

enum shape_kind {
    SHAPE_ANY,
    SHAPE_BOOL,
    SHAPE_STRING,
    SHAPE_INTEGER,
    SHAPE_OBJECT,
    SHAPE_OPEN, /* an object whose members are not the spec's */
};

/* What holds the values of a member. */
enum shape_holder {
    SHAPE_ONE,  /* nothing: it is one value */
    SHAPE_LIST, /* an array of them */
    SHAPE_MAP,  /* an object of them, under free names */
};

enum shape_platform {
    PLATFORM_LINUX = 1 << 0,
    PLATFORM_WINDOWS = 1 << 1,
    PLATFORM_SOLARIS = 1 << 2,
    PLATFORM_ZOS = 1 << 3,
    PLATFORM_FREEBSD = 1 << 4,
    PLATFORM_ALL = (1 << 5) - 1,
};

enum shape_need {
    NEED_NEVER,
    NEED_ALWAYS,
    NEED_POSIX,   /* on every platform but Windows */
    NEED_WINDOWS, /* on no other */
};

/* Who demands it, and so which rule speaks. */
enum shape_by {
    BY_NOBODY,
    BY_MUST,       /* the spec: REQUIRED, MUST, or a value that is not a valid one */
    BY_SHOULD,     /* the spec advises it */
    BY_CONVENTION, /* the spec advises it, and next to nobody follows */
    BY_KERNEL,     /* not the spec: the kernel or the runtimes take nothing else */
};

/* Where in a list of names one is, by its hash. The build finds a factor under which each
 * hash has a cell of its own. */
struct shape_index {
    const uint8_t *cells; /* places in the list, or its end */
    uint32_t factor;
    uint8_t shift; /* leaves the bits that number the cells */
};

/* The place of the first name with that hash. If there is none, it is that of another
 * name, or of the end of the list, which has the length of no name. */
static inline size_t shape_place(const struct shape_index *index, uint32_t hash)
{
    return index->cells[(uint32_t)(hash * index->factor) >> index->shift];
}

/* A word of an enumeration. */
struct shape_word {
    const char *text;
    uint32_t len;
    uint8_t since;     /* enum release */
    uint8_t platforms; /* of enum shape_platform */
    uint8_t twin;      /* the place of the next word with the same hash, or 0 */
    bool beyond;       /* not of the spec, but runtimes take it */
};

struct shape_alias {
    const char *text; /* what people write */
    const char *word; /* what they mean */
};

struct shape_set {
    const char *name;
    const char *prefix;             /* of all words; "" */
    bool open;                      /* other words are legal too */
    const struct shape_word *words; /* sorted by text, and an end */
    size_t word_count;
    struct shape_index index; /* by node_text_hash */
    const struct shape_alias *aliases;
    size_t alias_count;
};

struct shape_format;
struct shape_object;

struct shape_member {
    const char *name;
    uint32_t name_len;
    uint8_t kind; /* enum shape_kind */
    uint8_t holder;
    uint8_t need;
    uint8_t some; /* enum shape_by: who demands that it is not empty */
    uint8_t since;
    uint8_t until;      /* the release without it; 0 if it is still there */
    uint8_t need_until; /* the release that made it optional; 0 */
    uint8_t platforms;
    uint8_t by;       /* who demands the range */
    uint8_t copes;    /* runtimes that cope with a bad value, as in finder.h */
    uint8_t spares;   /* and with none */
    bool discouraged; /* `deprecated` or `advised` is set */
    bool later;       /* a template may lack it: one level lower where it is missing */
    bool lower;       /* all runtimes do with a bad value, so speak one level lower */
    bool zero;        /* 0 is as good as nothing and so outside the range */
    bool clamp;       /* the nearest value of the range is a repair worth to offer */
    bool sure;        /* `initial` is what the spec gives */
    bool allow_empty; /* "" is as good as nothing */
    int64_t type_min; /* of an integer */
    uint64_t type_max;
    int64_t min; /* of the range */
    uint64_t max;
    uint32_t most;                     /* of a list; 0 for any number */
    const struct shape_object *object; /* SHAPE_OBJECT */
    const struct shape_set *values;    /* NULL */
    const struct shape_format *format; /* NULL */
    const struct shape_set *keys;      /* of a map; NULL */
    const struct shape_format *key;    /* of the names in a map; NULL */
    const char *type;                  /* in words: "a string", "a list of strings" */
    const char *unless;     /* not needed if this is there: POINTER or POINTER=VALUE */
    const char *formerly;   /* its name when it was no list, but one value; NULL */
    const char *instead;    /* its successor's name; NULL */
    const char *was;        /* more about what it was before; NULL */
    const char *deprecated; /* since when, and what to do; NULL */
    const char *advised;    /* why it is not recommended; NULL */
    const char *initial;    /* JSON text of a value to begin with; NULL */
    const char *lost;       /* what happens where it has no effect; NULL */
    const char *about;      /* what it is, a clause */
    const char *section;    /* of the spec */
};

struct shape_object {
    const char *name;
    const char *section;
    const struct shape_member *members; /* sorted by hash, no two the same; and an end */
    size_t count;                       /* at most 64 */
    struct shape_index index;           /* by node_hash */
    uint64_t needs; /* bit i is set where members[i].need is not NEED_NEVER */
    const struct shape_member *rest;   /* of the names that are not among them; NULL */
    const struct shape_alias *foreign; /* members that other formats have, and why not */
    size_t foreign_count;
    const struct shape_alias *misplaced; /* members of another object, and of which */
    size_t misplaced_count;
};

/* The document; made by the build. */
extern const struct shape_object shape_root;

/* The platform of that name, as a document's section is called: "linux". */
bool shape_platform_parse(struct str name, unsigned *platform);

/* The platforms that a document is for, by its sections: Linux where it does not say.
 * Linux containers on Windows have both sections. */
unsigned shape_platforms(const struct node *root);

/* The word of that text, whose node_text_hash is `hash`; or NULL. */
static inline const struct shape_word *shape_word(const struct shape_set *set,
                                                  struct str text, uint32_t hash)
{
    const struct shape_word *word = &set->words[shape_place(&set->index, hash)];
    while (word->len != text.len || !mem_equal(word->text, text.at, text.len)) {
        if (word->twin == 0)
            return NULL;
        word = &set->words[word->twin];
    }
    return word;
}

#endif
