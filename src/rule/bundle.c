/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle.h"

#include "site.h"

void bundle_check(const struct search *search, struct marks *out)
{
    /* The mounts cover what the rootfs has, so they come before what is looked for. */
    static site_check_fn *const checks[] = {
        bundle_root_check, bundle_mount_check, bundle_program_check, bundle_device_check,
        host_hook_check,   host_kernel_check,  host_cgroup_check,
    };
    struct site site;
    if (search->bundle == NULL)
        return;
    site_open(&site, search, out);
    for (size_t i = 0; site.of_linux && i < sizeof checks / sizeof checks[0]; i++)
        checks[i](&site);
    site_close(&site);
}
