/* SPDX-License-Identifier: Apache-2.0
 *
 * What is found in a bundle and on the machine that runs it, as rule files name it.
 */
#ifndef SPECLINT_BUNDLE_MARK_H
#define SPECLINT_BUNDLE_MARK_H

/* In the bundle. */
#define ROOT_MISSING "missing-rootfs"
#define ROOT_LINKED "linked-rootfs"
#define ROOT_SUBMOUNTS "mounts-below-the-rootfs"
#define ROOT_NOEXEC "rootfs-without-exec"
#define PLACE_FILE "destinations-on-files"
#define PLACE_BELOW_FILE "destinations-below-files"
#define PLACE_LOOP "destinations-in-link-loops"
#define PLACE_DANGLING "destinations-on-dangling-links"
#define PLACE_READONLY "destinations-that-cannot-be-made"
#define PLACE_FOREIGN "destinations-in-foreign-folders"
#define PLACE_KIND "binds-of-other-kind"
#define PLACE_SLASH "destinations-of-files-with-slash"
#define PLACE_READONLY_BIND "destinations-missing-in-readonly-binds"
#define DEVICE_TAKEN "devices-in-taken-places"
#define PROGRAM_MISSING "missing-programs"
#define PROGRAM_DENIED "programs-not-executable"
#define PROGRAM_FORBIDDEN "programs-not-permitted"
#define PROGRAM_LOADER "missing-interpreters"
#define PROGRAM_FOREIGN "programs-of-other-machines"
#define PROGRAM_FORMAT "programs-without-interpreter"
#define PROGRAM_MASKED "programs-in-masked-paths"
#define PROGRAM_FOLDER "working-directories-on-files"
#define PROGRAM_NO_FOLDER "missing-working-directories"
#define PROGRAM_HOOK "missing-start-hooks"

/* On the machine. */
#define SOURCE_MISSING "missing-bind-sources"
#define SOURCE_NO_DEVICE "sources-that-are-no-device"
#define SOURCE_READONLY "readonly-bind-sources"
#define SOURCE_LOCKED "binds-with-locked-flags"
#define SOURCE_DROPPED "binds-that-drop-flags"
#define SOURCE_SUBMOUNTS "binds-without-submounts"
#define SOURCE_FLAGS "submounts-without-flags"
#define SOURCE_READONLY_PATH "readonly-paths-with-submounts"
#define HOOK_MISSING "missing-hooks"
#define HOOK_DENIED "hooks-not-executable"
#define HOOK_FORMAT "hooks-without-interpreter"
#define HOST_NAMESPACE_MISSING "missing-namespaces"
#define HOST_NAMESPACE_OTHER "paths-of-other-namespaces"
#define HOST_NAMESPACE_TYPE "namespaces-unknown-to-the-kernel"
#define HOST_SELINUX "labels-without-selinux"
#define HOST_APPARMOR "profiles-without-apparmor"
#define HOST_PROFILE "profiles-not-loaded"
#define HOST_FILES "limits-above-nr-open"
#define HOST_SYSCTL "sysctls-unknown-to-the-kernel"
#define HOST_LISTENER "missing-listeners"
#define HOST_RDT "missing-resctrl"
#define HOST_CONTROLLER "missing-controllers"
#define HOST_RDMA "missing-rdma-controllers"
#define HOST_UNIFIED "unified-on-v1"
#define HOST_PROCESSORS "missing-processors"
#define HOST_DEVICE "missing-block-devices"
#define HOST_NODE "missing-devices"
#define HOST_INTERFACE "missing-interfaces"

#endif
