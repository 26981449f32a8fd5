/* SPDX-License-Identifier: Apache-2.0 */
#include "section.h"

#define PLACE "https://github.com/opencontainers/runtime-spec/blob/v"

/* From the headings of the documents at the tags of the releases. */
static const struct section {
    const char *name;
    enum release since;
    const char *before; /* where older releases have it; NULL for nowhere */
} sections[] = {
    {"config-freebsd.md", RELEASE_1_3_0, NULL},
    {"config-freebsd.md#devices", RELEASE_1_3_0, NULL},
    {"config-freebsd.md#jail", RELEASE_1_3_0, NULL},
    {"config-linux.md", RELEASE_1_0_0, NULL},
    {"config-linux.md#allowed-device-list", RELEASE_1_1_0,
     "config-linux.md#device-whitelist"},
    {"config-linux.md#block-io", RELEASE_1_0_0, NULL},
    {"config-linux.md#cgroups-path", RELEASE_1_0_0, NULL},
    {"config-linux.md#control-groups", RELEASE_1_0_0, NULL},
    {"config-linux.md#cpu", RELEASE_1_0_0, NULL},
    {"config-linux.md#default-devices", RELEASE_1_0_0, NULL},
    {"config-linux.md#default-filesystems", RELEASE_1_0_0, NULL},
    {"config-linux.md#devices", RELEASE_1_0_0, NULL},
    {"config-linux.md#huge-page-limits", RELEASE_1_0_0, NULL},
    {"config-linux.md#intelrdt", RELEASE_1_0_0, NULL},
    {"config-linux.md#masked-paths", RELEASE_1_0_0, NULL},
    {"config-linux.md#memory", RELEASE_1_0_0, NULL},
    {"config-linux.md#memory-policy", RELEASE_1_3_0, NULL},
    {"config-linux.md#mount-label", RELEASE_1_0_0, NULL},
    {"config-linux.md#namespaces", RELEASE_1_0_0, NULL},
    {"config-linux.md#network", RELEASE_1_0_0, NULL},
    {"config-linux.md#network-devices", RELEASE_1_3_0, NULL},
    {"config-linux.md#offset-for-time-namespace", RELEASE_1_1_0, NULL},
    {"config-linux.md#personality", RELEASE_1_0_2, NULL},
    {"config-linux.md#pids", RELEASE_1_0_0, NULL},
    {"config-linux.md#rdma", RELEASE_1_0_2, NULL},
    {"config-linux.md#readonly-paths", RELEASE_1_0_0, NULL},
    {"config-linux.md#rootfs-mount-propagation", RELEASE_1_0_0, NULL},
    {"config-linux.md#seccomp", RELEASE_1_0_0, NULL},
    {"config-linux.md#sysctl", RELEASE_1_0_0, NULL},
    {"config-linux.md#unified", RELEASE_1_1_0, NULL},
    {"config-linux.md#user-namespace-mappings", RELEASE_1_0_0, NULL},
    {"config-solaris.md", RELEASE_1_0_0, NULL},
    {"config-solaris.md#automatic-network-anet", RELEASE_1_0_0, NULL},
    {"config-solaris.md#cappedcpu", RELEASE_1_0_0, NULL},
    {"config-solaris.md#cappedmemory", RELEASE_1_0_0, NULL},
    {"config-solaris.md#network", RELEASE_1_0_0, NULL},
    {"config-vm.md", RELEASE_1_0_2, NULL},
    {"config-vm.md#hwconfig-object", RELEASE_1_3_0, NULL},
    {"config-vm.md#hypervisor-object", RELEASE_1_0_2, NULL},
    {"config-vm.md#image-object", RELEASE_1_0_2, NULL},
    {"config-vm.md#kernel-object", RELEASE_1_0_2, NULL},
    {"config-windows.md", RELEASE_1_0_0, NULL},
    {"config-windows.md#cpu", RELEASE_1_0_0, NULL},
    {"config-windows.md#credential-spec", RELEASE_1_0_0, NULL},
    {"config-windows.md#devices", RELEASE_1_0_2, NULL},
    {"config-windows.md#hyperv", RELEASE_1_0_0, NULL},
    {"config-windows.md#ignoreflushesduringboot", RELEASE_1_0_0, NULL},
    {"config-windows.md#layerfolders", RELEASE_1_0_0, NULL},
    {"config-windows.md#memory", RELEASE_1_0_0, NULL},
    {"config-windows.md#network", RELEASE_1_0_0, NULL},
    {"config-windows.md#resources", RELEASE_1_0_0, NULL},
    {"config-windows.md#servicing", RELEASE_1_0_0, NULL},
    {"config-windows.md#storage", RELEASE_1_0_0, NULL},
    {"config-zos.md", RELEASE_1_1_0, NULL},
    {"config-zos.md#namespaces", RELEASE_1_2_1, NULL},
    {"config.md", RELEASE_1_0_0, NULL},
    {"config.md#annotations", RELEASE_1_0_0, NULL},
    {"config.md#domainname", RELEASE_1_1_0, NULL},
    {"config.md#extensibility", RELEASE_1_0_0, NULL},
    {"config.md#hostname", RELEASE_1_0_0, NULL},
    {"config.md#linux-mount-options", RELEASE_1_1_0, "config.md#mounts"},
    {"config.md#linux-process", RELEASE_1_0_0, NULL},
    {"config.md#mounts", RELEASE_1_0_0, NULL},
    {"config.md#platform-specific-configuration", RELEASE_1_0_0, NULL},
    {"config.md#posix-platform-hooks", RELEASE_1_0_0, NULL},
    {"config.md#posix-platform-mounts", RELEASE_1_0_0, NULL},
    {"config.md#posix-platform-user", RELEASE_1_0_0, NULL},
    {"config.md#posix-process", RELEASE_1_0_0, NULL},
    {"config.md#process", RELEASE_1_0_0, NULL},
    {"config.md#root", RELEASE_1_0_0, NULL},
    {"config.md#specification-version", RELEASE_1_0_0, NULL},
    {"config.md#valid-values", RELEASE_1_0_0, NULL},
    {"config.md#windows-user", RELEASE_1_0_0, NULL},
    {"glossary.md#json", RELEASE_1_0_0, NULL},
};

static const struct section *find(const char *name)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (strcmp(sections[i].name, name) == 0)
            return &sections[i];
    }
    return NULL;
}

bool section_is(const char *text)
{
    return strncmp(text, "http://", 7) != 0 && strncmp(text, "https://", 8) != 0;
}

bool section_is_known(const char *section)
{
    return find(section) != NULL;
}

void section_add_url(const char *section, enum release release, struct buf *out)
{
    const struct section *known = find(section);
    if (release < RELEASE_1_0_0)
        release = RELEASE_1_0_0;
    if (known != NULL && known->since > release && known->before != NULL)
        section = known->before;
    else if (known != NULL && known->since > release)
        release = known->since;
    buf_addf(out, PLACE "%s/%s", release_name(release), section);
}
