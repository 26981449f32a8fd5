/* SPDX-License-Identifier: Apache-2.0 */
#include "option.h"

#include "buf.h"
#include "node.h"

#include <pthread.h>

enum {
    RUNC = 1 << RUNTIME_RUNC,
    CRUN = 1 << RUNTIME_CRUN,
    YOUKI = 1 << RUNTIME_YOUKI,
    NOT_RUNC = CRUN | YOUKI,
    NOT_CRUN = RUNC | YOUKI,
};

/* config.md, "Linux mount options", and what crun has besides (crun.1); which runtime
 * knows a word: runc libcontainer/specconv/spec_linux.go, crun
 * src/libcrun/mount_flags.perf, youki crates/libcontainer/src/syscall/linux.rs
 * (MountOption, MountRecursive). In the order of the words. */
const struct option option_table[] = {
    {"async", OPTION_CLEAR, ATTRIBUTE_SYNC, 0, true},
    {"atime", OPTION_CLEAR, ATTRIBUTE_NOATIME, 0, false},
    {"bind", OPTION_BIND, 0, 0, false},
    {"copy-symlink", OPTION_NOTHING, 0, NOT_CRUN, false},
    {"defaults", OPTION_NOTHING, 0, RUNC, false},
    {"dest-nofollow", OPTION_NOTHING, 0, NOT_CRUN, false},
    {"dev", OPTION_CLEAR, ATTRIBUTE_NODEV, 0, false},
    {"diratime", OPTION_CLEAR, ATTRIBUTE_NODIRATIME, 0, false},
    {"dirsync", OPTION_SET, ATTRIBUTE_DIRSYNC, 0, true},
    {"exec", OPTION_CLEAR, ATTRIBUTE_NOEXEC, 0, false},
    {"idmap", OPTION_IDMAP, 0, 0, false},
    {"iversion", OPTION_SET, ATTRIBUTE_IVERSION, NOT_RUNC, false},
    {"lazytime", OPTION_SET, ATTRIBUTE_LAZYTIME, NOT_RUNC, true},
    {"loud", OPTION_CLEAR, ATTRIBUTE_SILENT, NOT_RUNC, false},
    {"mand", OPTION_SET, ATTRIBUTE_MAND, 0, true},
    {"noatime", OPTION_SET, ATTRIBUTE_NOATIME, 0, false},
    {"nodev", OPTION_SET, ATTRIBUTE_NODEV, 0, false},
    {"nodiratime", OPTION_SET, ATTRIBUTE_NODIRATIME, 0, false},
    {"noexec", OPTION_SET, ATTRIBUTE_NOEXEC, 0, false},
    {"noiversion", OPTION_CLEAR, ATTRIBUTE_IVERSION, NOT_RUNC, false},
    {"nolazytime", OPTION_CLEAR, ATTRIBUTE_LAZYTIME, NOT_RUNC, true},
    {"nomand", OPTION_CLEAR, ATTRIBUTE_MAND, 0, true},
    {"norelatime", OPTION_CLEAR, ATTRIBUTE_RELATIME, 0, false},
    {"nostrictatime", OPTION_CLEAR, ATTRIBUTE_STRICTATIME, 0, false},
    {"nosuid", OPTION_SET, ATTRIBUTE_NOSUID, 0, false},
    {"nosymfollow", OPTION_SET, ATTRIBUTE_NOSYMFOLLOW, NOT_RUNC, false},
    {"private", OPTION_PROPAGATION, PROPAGATION_PRIVATE, 0, false},
    {"ratime", OPTION_CLEAR_ALL, ATTRIBUTE_NOATIME, 0, false},
    {"rbind", OPTION_RBIND, 0, 0, false},
    {"rdev", OPTION_CLEAR_ALL, ATTRIBUTE_NODEV, 0, false},
    {"rdiratime", OPTION_CLEAR_ALL, ATTRIBUTE_NODIRATIME, 0, false},
    {"relatime", OPTION_SET, ATTRIBUTE_RELATIME, 0, false},
    {"remount", OPTION_REMOUNT, 0, 0, false},
    {"rexec", OPTION_CLEAR_ALL, ATTRIBUTE_NOEXEC, 0, false},
    {"ridmap", OPTION_RIDMAP, 0, CRUN, false},
    {"rnoatime", OPTION_SET_ALL, ATTRIBUTE_NOATIME, 0, false},
    {"rnodev", OPTION_SET_ALL, ATTRIBUTE_NODEV, 0, false},
    {"rnodiratime", OPTION_SET_ALL, ATTRIBUTE_NODIRATIME, 0, false},
    {"rnoexec", OPTION_SET_ALL, ATTRIBUTE_NOEXEC, 0, false},
    {"rnorelatime", OPTION_CLEAR_ALL, ATTRIBUTE_RELATIME, 0, false},
    {"rnostrictatime", OPTION_CLEAR_ALL, ATTRIBUTE_STRICTATIME, 0, false},
    {"rnosuid", OPTION_SET_ALL, ATTRIBUTE_NOSUID, 0, false},
    {"rnosymfollow", OPTION_SET_ALL, ATTRIBUTE_NOSYMFOLLOW, CRUN, false},
    {"ro", OPTION_SET, ATTRIBUTE_RO, 0, true},
    {"rprivate", OPTION_PROPAGATION, PROPAGATION_PRIVATE, 0, false},
    {"rrelatime", OPTION_SET_ALL, ATTRIBUTE_RELATIME, 0, false},
    {"rro", OPTION_SET_ALL, ATTRIBUTE_RO, 0, false},
    {"rrw", OPTION_CLEAR_ALL, ATTRIBUTE_RO, 0, false},
    {"rshared", OPTION_PROPAGATION, PROPAGATION_SHARED, 0, false},
    {"rslave", OPTION_PROPAGATION, PROPAGATION_SLAVE, 0, false},
    {"rstrictatime", OPTION_SET_ALL, ATTRIBUTE_STRICTATIME, 0, false},
    {"rsuid", OPTION_CLEAR_ALL, ATTRIBUTE_NOSUID, 0, false},
    {"rsymfollow", OPTION_CLEAR_ALL, ATTRIBUTE_NOSYMFOLLOW, CRUN, false},
    {"runbindable", OPTION_PROPAGATION, PROPAGATION_UNBINDABLE, 0, false},
    {"rw", OPTION_CLEAR, ATTRIBUTE_RO, 0, true},
    {"shared", OPTION_PROPAGATION, PROPAGATION_SHARED, 0, false},
    {"silent", OPTION_SET, ATTRIBUTE_SILENT, NOT_RUNC, false},
    {"slave", OPTION_PROPAGATION, PROPAGATION_SLAVE, 0, false},
    {"src-nofollow", OPTION_NOTHING, 0, NOT_CRUN, false},
    {"strictatime", OPTION_SET, ATTRIBUTE_STRICTATIME, 0, false},
    {"suid", OPTION_CLEAR, ATTRIBUTE_NOSUID, 0, false},
    {"symfollow", OPTION_CLEAR, ATTRIBUTE_NOSYMFOLLOW, NOT_RUNC, false},
    {"sync", OPTION_SET, ATTRIBUTE_SYNC, 0, true},
    {"tmpcopyup", OPTION_COPY_UP, 0, YOUKI, false},
    {"unbindable", OPTION_PROPAGATION, PROPAGATION_UNBINDABLE, 0, false},
};

enum { OPTIONS = sizeof option_table / sizeof option_table[0] };

/* Where in the table a word is, by its hash: the first cell from there on that has it, up
 * to one that is empty. */
enum { CELLS = 256 };

static struct cell {
    const struct option *option; /* NULL: empty */
    size_t len;
} cells[CELLS];

static void fill_cells(void)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        struct str word = str_of(option_table[i].word);
        uint32_t cell = node_text_hash(word) % CELLS;
        while (cells[cell].option != NULL)
            cell = (cell + 1) % CELLS;
        cells[cell].option = &option_table[i];
        cells[cell].len = word.len;
    }
}

static inline const struct option *find(struct str word, uint32_t hash)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, fill_cells);
    const struct cell *cell = &cells[hash % CELLS];
    while (cell->option != NULL &&
           (cell->len != word.len || !mem_equal(cell->option->word, word.at, word.len)))
        cell = cell + 1 < cells + CELLS ? cell + 1 : cells;
    return cell->option;
}

const struct option *option_find(struct str word)
{
    return find(word, node_text_hash(word));
}

const struct option *option_of(const struct node *node)
{
    return node->type == NODE_STRING ? find(node_text(node), node->text_hash) : NULL;
}

const struct option *option_at(size_t place)
{
    return place < OPTIONS ? &option_table[place] : NULL;
}

void option_words(unsigned attributes, struct buf *out)
{
    static const struct {
        unsigned bit;
        const char *word;
    } words[] = {
        {ATTRIBUTE_RO, "ro"},
        {ATTRIBUTE_NOSUID, "nosuid"},
        {ATTRIBUTE_NODEV, "nodev"},
        {ATTRIBUTE_NOEXEC, "noexec"},
        {ATTRIBUTE_NOATIME, "noatime"},
        {ATTRIBUTE_NODIRATIME, "nodiratime"},
        {ATTRIBUTE_RELATIME, "relatime"},
        {ATTRIBUTE_STRICTATIME, "strictatime"},
        {ATTRIBUTE_NOSYMFOLLOW, "nosymfollow"},
        {ATTRIBUTE_SYNC, "sync"},
        {ATTRIBUTE_DIRSYNC, "dirsync"},
        {ATTRIBUTE_MAND, "mand"},
        {ATTRIBUTE_LAZYTIME, "lazytime"},
        {ATTRIBUTE_IVERSION, "iversion"},
        {ATTRIBUTE_SILENT, "silent"},
    };
    const char *comma = "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (attributes & words[i].bit) {
            buf_addf(out, "%s%s", comma, words[i].word);
            comma = ",";
        }
    }
}
