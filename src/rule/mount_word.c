/* SPDX-License-Identifier: Apache-2.0 */
#include "mount_word.h"

#include "buf.h"
#include "nearest.h"
#include "option.h"

enum { FOLDED_MAX = 32 }; /* no option is longer without what folding drops */

/* Words of engines and of fstab. The names end with = where a value follows, with * where
 * anything does. Sources: docker-run(1) and podman-run(1), --volume and --mount;
 * mount(8), FILESYSTEM-INDEPENDENT MOUNT OPTIONS; systemd.mount(5). */
static const struct {
    const char *name;
    const char *whose;
    const char *unsafe;
} engine_words[] = {
    {"z", "Docker and Podman, which relabel the source for SELinux",
     "somebody has to relabel the source"},
    {"Z", "Docker and Podman, which relabel the source for SELinux",
     "somebody has to relabel the source"},
    {"U", "Podman, which changes the owner of the source",
     "somebody has to change the owner of the source"},
    {"O", "Podman, which mounts an overlay over the source",
     "somebody has to mount the overlay"},
    {"cached", "Docker Desktop", NULL},
    {"delegated", "Docker Desktop", NULL},
    {"consistent", "Docker Desktop", NULL},
    {"consistency=", "Docker Desktop", NULL},
    {"nocopy", "Docker, for its volumes", NULL},
    {"volume-nocopy", "Docker, for its volumes", NULL},
    {"bind-nonrecursive", "Docker, which writes bind for it",
     "the bind may have to be a plain one"},
    {"relabel=", "Podman, which relabels the source for SELinux",
     "somebody has to relabel the source"},
    {"auto", "fstab", NULL},
    {"noauto", "fstab", NULL},
    {"nofail", "fstab", NULL},
    {"_netdev", "fstab", NULL},
    {"user", "fstab, where it means noexec, nosuid and nodev as well",
     "it stands for noexec, nosuid and nodev"},
    {"users", "fstab, where it means noexec, nosuid and nodev as well",
     "it stands for noexec, nosuid and nodev"},
    {"owner", "fstab, where it means nosuid and nodev as well",
     "it stands for nosuid and nodev"},
    {"group", "fstab, where it means nosuid and nodev as well",
     "it stands for nosuid and nodev"},
    {"nouser", "fstab", NULL},
    {"loop", "mount(8), which sets up a loop device",
     "there is no loop device without it"},
    {"loop=", "mount(8), which sets up a loop device",
     "there is no loop device without it"},
    {"offset=", "mount(8), which sets up a loop device",
     "there is no loop device without it"},
    {"sizelimit=", "mount(8), which sets up a loop device",
     "there is no loop device without it"},
    {"uhelper=", "mount(8)", NULL},
    {"helper=", "mount(8)", NULL},
    {"comment=", "fstab", NULL},
    {"x-*", "fstab and systemd", NULL},
    {"X-*", "fstab", NULL},
};

/* Other ways to write an option, folded. */
static const struct {
    const char *folded;
    const char *meant;
} aliases[] = {
    {"readonly", "ro"},      {"rdonly", "ro"},
    {"r/o", "ro"},           {"readwrite", "rw"},
    {"writable", "rw"},      {"writeable", "rw"},
    {"r/w", "rw"},           {"nosetuid", "nosuid"},
    {"nodevice", "nodev"},   {"nodevices", "nodev"},
    {"noexecute", "noexec"}, {"rreadonly", "rro"},
    {"recursivero", "rro"},  {"recursivereadonly", "rro"},
};

static struct str trim(struct str text)
{
    while (text.len > 0 && strchr(" \t\n\r", text.at[0]) != NULL) {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && strchr(" \t\n\r", text.at[text.len - 1]) != NULL)
        text.len--;
    return text;
}

/* Lower case, without what stands between the parts of a word: No-Suid is nosuid. False
 * if it is longer than any option. */
static bool fold(struct str text, char out[static FOLDED_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        if (byte == '-' || byte == '_' || byte == ' ' || byte == '\t' || byte == '\n')
            continue;
        if (len + 1 == FOLDED_MAX || byte == '\0')
            return false;
        out[len++] = byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
    }
    out[len] = '\0';
    return len > 0;
}

static bool folds_to(const char *name, const char *folded)
{
    char out[FOLDED_MAX];
    return fold(str_of(name), out) && strcmp(out, folded) == 0;
}

/* name=value, or with a colon or blanks where people put them. */
static bool split(struct str word, struct str *name, struct str *value)
{
    const char *sign = memchr(word.at, '=', word.len);
    if (sign == NULL)
        sign = memchr(word.at, ':', word.len);
    if (sign == NULL)
        return false;
    size_t len = (size_t)(sign - word.at);
    *name = trim((struct str){word.at, len});
    *value = trim((struct str){sign + 1, word.len - len - 1});
    return name->len > 0;
}

static bool is_engine(struct str word, struct mount_word *out)
{
    for (size_t i = 0; i < sizeof engine_words / sizeof engine_words[0]; i++) {
        const char *name = engine_words[i].name;
        size_t len = strlen(name);
        bool open = name[len - 1] == '=' || name[len - 1] == '*';
        size_t fixed = name[len - 1] == '*' ? len - 1 : len;
        if (open ? word.len >= fixed && memcmp(word.at, name, fixed) == 0
                 : str_equal(word, str_of(name))) {
            *out = (struct mount_word){.kind = WORD_ENGINE,
                                       .unsafe = engine_words[i].unsafe,
                                       .whose = engine_words[i].whose};
            return true;
        }
    }
    return false;
}

/* A bind that is not wanted, and rights that nobody has yet, are no safe guess. */
static const char *why_unsafe(const char *word)
{
    const struct option *option = option_find(str_of(word));
    if (option == NULL)
        return NULL;
    switch (option->kind) {
    case OPTION_CLEAR:
    case OPTION_CLEAR_ALL:
        return "it gives the mount a right";
    case OPTION_PROPAGATION:
        return option->bits == PROPAGATION_SHARED || option->bits == PROPAGATION_SLAVE
                   ? "it lets mounts through"
                   : NULL;
    case OPTION_BIND:
    case OPTION_RBIND:
    case OPTION_REMOUNT:
        return "it makes another mount of it";
    case OPTION_NOTHING:
    case OPTION_SET:
    case OPTION_SET_ALL:
    case OPTION_COPY_UP:
    case OPTION_IDMAP:
    case OPTION_RIDMAP:
        break;
    }
    return NULL;
}

static void mean(struct mount_word *out, const char *meant, bool sure)
{
    out->kind = WORD_MEANT;
    out->meant = meant;
    out->unsafe = sure ? why_unsafe(meant) : "the word is a guess";
}

/* The option whose name folds to the same; NULL if there is none. */
static const char *find_folded(const char *folded, const struct fstype *filesystem)
{
    const struct option *option;
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++) {
        if (strcmp(aliases[i].folded, folded) == 0)
            return aliases[i].meant;
    }
    for (size_t i = 0; (option = option_at(i)) != NULL; i++) {
        if (folds_to(option->word, folded))
            return option->word;
    }
    for (size_t i = 0; filesystem != NULL && i < filesystem->count; i++) {
        if (folds_to(filesystem->options[i].name, folded))
            return filesystem->options[i].name;
    }
    return NULL;
}

/* Two words whose lengths differ by more than a third are not near: that is cheaper to
 * see than their distance. */
static void try_one(struct nearest *nearest, const char *word)
{
    size_t a = strlen(word);
    size_t b = nearest->word.len;
    size_t longer = a > b ? a : b;
    if ((a > b ? a - b : b - a) <= longer / 3)
        nearest_try(nearest, word);
}

/* One that takes a value where there is one, and none where there is not. */
static void try_all(struct nearest *nearest, const struct fstype *filesystem, bool valued,
                    const char *other_than)
{
    const struct option *option;
    for (size_t i = 0; !valued && (option = option_at(i)) != NULL; i++) {
        if (other_than == NULL || strcmp(option->word, other_than) != 0)
            try_one(nearest, option->word);
    }
    for (size_t i = 0; filesystem != NULL && i < filesystem->count; i++) {
        const struct fstype_option *data = &filesystem->options[i];
        if ((data->kind > VALUE_NONE || !valued) &&
            (data->kind <= VALUE_SWITCH || valued) &&
            (other_than == NULL || strcmp(data->name, other_than) != 0))
            try_one(nearest, data->name);
    }
}

static const char *join(struct arena *arena, const char *name, struct str value)
{
    AUTO_BUF struct buf out = {0};
    buf_addf(&out, "%s=", name);
    buf_adds(&out, value);
    return arena_copy(arena, out.data, out.len);
}

/* The nearest option by its letters. One letter off and no other as near: that is it. */
static void find_nearest(struct str name, struct str value, bool valued,
                         const struct fstype *filesystem, struct arena *arena,
                         struct mount_word *out)
{
    struct nearest best = {.word = name};
    struct nearest second = {.word = name};
    try_all(&best, filesystem, valued, NULL);
    if (best.best == NULL)
        return;
    try_all(&second, filesystem, valued, best.best);
    bool sure = best.distance == 1 && name.len > 4 &&
                (second.best == NULL || second.distance > 1);
    mean(out, valued ? join(arena, best.best, value) : best.best, sure);
}

static bool is_yes(struct str value)
{
    char folded[FOLDED_MAX];
    return fold(value, folded) &&
           (strcmp(folded, "true") == 0 || strcmp(folded, "yes") == 0 ||
            strcmp(folded, "on") == 0 || strcmp(folded, "1") == 0);
}

/* Docker's and Podman's --mount: bind-propagation=rslave */
static bool is_propagation(const char *folded, struct str value, struct mount_word *out)
{
    const struct option *option = option_find(value);
    if ((strcmp(folded, "bindpropagation") != 0 && strcmp(folded, "propagation") != 0) ||
        option == NULL || option->kind != OPTION_PROPAGATION)
        return false;
    mean(out, option->word, true);
    return true;
}

static void read_valued(struct str name, struct str value,
                        const struct fstype *filesystem, bool guess, struct arena *arena,
                        struct mount_word *out)
{
    char folded[FOLDED_MAX];
    if (!fold(name, folded) || is_propagation(folded, value, out))
        return;
    if (strcmp(folded, "idmap") == 0 || strcmp(folded, "ridmap") == 0) {
        out->kind = WORD_CRUN;
        return;
    }
    const char *meant = find_folded(folded, filesystem);
    if (meant != NULL && option_find(str_of(meant)) != NULL) {
        if (is_yes(value))
            mean(out, meant, true);
        return;
    }
    if (meant != NULL)
        mean(out, join(arena, meant, value), true);
    else if (guess)
        find_nearest(name, value, true, filesystem, arena, out);
}

void mount_word_read(struct str word, const struct fstype *filesystem, bool guess,
                     struct arena *arena, struct mount_word *out)
{
    char folded[FOLDED_MAX];
    struct str trimmed = trim(word);
    struct str name;
    struct str value = {"", 0};
    *out = (struct mount_word){0};
    if (trimmed.len == 0 || is_engine(trimmed, out))
        return;
    if (split(trimmed, &name, &value)) {
        read_valued(name, value, filesystem, guess, arena, out);
        return;
    }
    const char *meant = fold(trimmed, folded) ? find_folded(folded, filesystem) : NULL;
    if (meant != NULL)
        mean(out, meant, true);
    else if (guess)
        find_nearest(trimmed, value, false, filesystem, arena, out);
}
