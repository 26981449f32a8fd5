/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include "buf.h"

#include <dirent.h>
#include <sys/utsname.h>
#include <unistd.h>

/* e_machine of the System V gABI, and the processors as uname(2) has them: a prefix, of
 * those that run it by themselves. */
static const struct {
    unsigned elf;
    const char *name;
    const char *runs[4];
} machines[] = {
    {2, "SPARC", {"sparc", NULL}},    {3, "x86", {"i386", "i486", "i586", "i686"}},
    {3, "x86", {"x86_64", NULL}},     {8, "MIPS", {"mips", NULL}},
    {20, "PowerPC", {"ppc", NULL}},   {21, "64-bit PowerPC", {"ppc64", NULL}},
    {22, "S/390", {"s390", NULL}},    {40, "ARM", {"arm", "aarch64", NULL}},
    {62, "x86-64", {"x86_64", NULL}}, {183, "64-bit ARM", {"aarch64", "arm64", NULL}},
    {243, "RISC-V", {"riscv", NULL}}, {258, "LoongArch", {"loongarch", NULL}},
};

enum { MACHINE_COUNT = sizeof machines / sizeof machines[0] };

const char *machine_name(unsigned elf)
{
    for (size_t i = 0; i < MACHINE_COUNT; i++) {
        if (machines[i].elf == elf)
            return machines[i].name;
    }
    return NULL;
}

/* Whether the kernel was told of an interpreter for some ELF files: which ones, it knows
 * by a mask that need not be understood here. */
static bool has_interpreter(struct root *host)
{
    static const char folder[] = "/proc/sys/fs/binfmt_misc";
    struct root_place place;
    bool has = false;
    if (!root_find(host, str_of(folder), &place) || !S_ISDIR(place.status.st_mode))
        return false;
    int fd = root_open_place(host, &place);
    DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
    if (directory == NULL) {
        if (fd >= 0)
            close(fd);
        return true; /* nobody knows */
    }
    for (const struct dirent *entry; !has && (entry = readdir(directory)) != NULL;) {
        AUTO_BUF struct buf path = {0};
        AUTO_BUF struct buf text = {0};
        buf_addf(&path, "%s/%s", folder, entry->d_name);
        has = root_read(host, buf_str(&path), 4096, &text) && text.len > 0 &&
              strstr(text.data, "\nmagic 7f454c46") != NULL;
    }
    closedir(directory);
    return has;
}

bool machine_refuses(struct root *host, unsigned elf)
{
    struct utsname here;
    bool known = false; /* this processor too: of one that is new, nothing is said */
    if (machine_name(elf) == NULL || uname(&here) != 0)
        return false;
    for (size_t i = 0; i < MACHINE_COUNT; i++) {
        for (size_t k = 0; k < 4 && machines[i].runs[k] != NULL; k++) {
            const char *name = machines[i].runs[k];
            if (strncmp(here.machine, name, strlen(name)) != 0)
                continue;
            known = true;
            if (machines[i].elf == elf)
                return false;
        }
    }
    return known && !has_interpreter(host);
}
