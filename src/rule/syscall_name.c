/* SPDX-License-Identifier: Apache-2.0 */
#include "syscall_name.h"

#ifdef __linux__

#include "buf.h"
#include "nearest.h"
#include "print.h"

#include <ctype.h>
#include <seccomp.h>

enum {
    NAME_MAX_LEN = 64, /* no system call has so long a name */
    ARCHS_MAX = 32,
    CALLS_MAX = 1024, /* numbers of calls are below it, but for offsets of MIPS and x32 */
};

struct profile {
    const struct search *search;
    struct marks *out;
    uint32_t archs[ARCHS_MAX];
    size_t count;
};

/* Calls of Linux 6.4 to 6.19 that libseccomp 2.5.4 does not know. Profiles of engines run
 * ahead of the library. */
static const char *const newer[] = {
    "file_getattr",  "file_setattr",      "getxattrat",        "listmount",
    "listns",        "listxattrat",       "lsm_get_self_attr", "lsm_list_modules",
    "mseal",         "lsm_set_self_attr", "open_tree_attr",    "removexattrat",
    "riscv_hwprobe", "setxattrat",        "statmount",         "uprobe",
    "uretprobe",
};

static bool is_newer(const char *name)
{
    for (size_t i = 0; i < sizeof newer / sizeof newer[0]; i++) {
        if (strcmp(newer[i], name) == 0)
            return true;
    }
    return false;
}

/* SCMP_ARCH_X86_64 is x86_64 to libseccomp, as crun has it too. */
static uint32_t find_arch(struct str word)
{
    static const char prefix[] = "SCMP_ARCH_";
    char name[32];
    size_t skip = sizeof prefix - 1;
    if (word.len < skip || word.len - skip >= sizeof name ||
        memcmp(word.at, prefix, skip) != 0)
        return 0;
    size_t len = 0;
    for (size_t i = skip; i < word.len; i++)
        name[len++] = (char)tolower((unsigned char)word.at[i]);
    name[len] = '\0';
    return seccomp_arch_resolve_name(name);
}

static void find_archs(struct profile *profile, const struct node *seccomp)
{
    const struct node *archs = node_get(seccomp, STR("architectures"));
    for (const struct node *arch = node_first(archs);
         arch != NULL && profile->count < ARCHS_MAX; arch = arch->next) {
        uint32_t token = arch->type == NODE_STRING ? find_arch(node_text(arch)) : 0;
        if (token != 0)
            profile->archs[profile->count++] = token;
    }
    if (profile->count == 0)
        profile->archs[profile->count++] = seccomp_arch_native();
}

/* A call that another architecture has resolves to a negative number, and runtimes pass
 * over it as they should: profiles list the calls of all. */
static bool is_known(const struct profile *profile, const char *name)
{
    for (size_t i = 0; i < profile->count; i++) {
        if (seccomp_syscall_resolve_name_arch(profile->archs[i], name) != __NR_SCMP_ERROR)
            return true;
    }
    return false;
}

/* The call of the profile's architectures with the nearest name; NULL if none is near. */
static const char *find_near(const struct profile *profile, const char *name)
{
    struct nearest nearest = {.word = str_of(name)};
    for (size_t i = 0; i < profile->count; i++) {
        for (int number = 0; number < CALLS_MAX; number++) {
            AUTO_FREE char *call =
                seccomp_syscall_resolve_num_arch(profile->archs[i], number);
            const char *before = nearest.best;
            if (call == NULL)
                continue;
            nearest_try(&nearest, call);
            if (nearest.best != before)
                nearest.best = arena_copy(profile->search->arena, call, strlen(call));
        }
    }
    return nearest.best;
}

static void check_name(const struct profile *profile, const struct node *node)
{
    char name[NAME_MAX_LEN + 1];
    struct str text = node_text(node);
    const char *near = NULL;
    if (text.len == 0 || memchr(text.at, '\0', text.len) != NULL)
        return;
    if (text.len <= NAME_MAX_LEN) {
        memcpy(name, text.at, text.len);
        name[text.len] = '\0';
        if (is_known(profile, name) || is_newer(name))
            return;
        near = find_near(profile, name);
    }
    struct mark mark = {.finder = SYSCALL_UNKNOWN, .node = node};
    if (near != NULL) {
        AUTO_BUF struct buf patch = {0};
        buf_adds(&patch, STR("[{\"op\":\"replace\",\"path\":\"\",\"value\":"));
        print_json_string(str_of(near), &patch);
        buf_adds(&patch, STR("}]"));
        mark.finder = SYSCALL_MISSPELT;
        mark.want = near;
        mark.patch = arena_copy(profile->search->arena, patch.data, patch.len);
    }
    marks_add(profile->out, mark);
}

void syscall_name_check(const struct search *search, struct marks *out)
{
    const struct node *seccomp =
        node_get(node_get(search->root, STR("linux")), STR("seccomp"));
    const struct node *rule = node_first(node_get(seccomp, STR("syscalls")));
    struct profile profile = {.search = search, .out = out};
    if (rule == NULL)
        return;
    find_archs(&profile, seccomp);
    for (; rule != NULL; rule = rule->next) {
        const struct node *names = node_get(rule, STR("names"));
        for (const struct node *name = node_first(names); name; name = name->next) {
            if (name->type == NODE_STRING)
                check_name(&profile, name);
        }
    }
}

#else

/* There is no libseccomp, and so nothing to say. */
void syscall_name_check(const struct search *search, struct marks *out)
{
    (void)search, (void)out;
}

#endif
