#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `speclint hook` in a bundle that names it: runc does not start a container whose spec has
# an error, shows why, and starts the one whose spec is right.
set -eu
. "$(dirname "$0")/../truth/lib.sh"
need runc busybox
. "$here/hook.sh"

# config SECOND [ARGUMENT]: a spec with one tmpfs on /tmp/a and another one on SECOND.
mkdir "$work/bundle"
config() {
    more=${2:+", \"$2\""}
    cat >"$work/bundle/config.json" <<END
{"ociVersion": "1.0.2",
 "process": {"user": {"uid": 0, "gid": 0}, "args": ["echo", "it runs"], "cwd": "/",
   "env": ["PATH=/bin"], "noNewPrivileges": true},
 "root": {"path": "$rootfs"},
 "mounts": [
   {"destination": "/proc", "type": "proc", "source": "proc"},
   {"destination": "/sys", "type": "sysfs", "source": "sysfs",
    "options": ["nosuid", "noexec", "nodev", "ro"]},
   {"destination": "/tmp/a", "type": "tmpfs", "source": "tmpfs"},
   {"destination": "$1", "type": "tmpfs", "source": "tmpfs"}],
 "hooks": {"createRuntime": [{"path": "$speclint", "args": ["speclint", "hook"$more]}]},
 "linux": {"namespaces": [{"type": "mount"}, {"type": "pid"}]}}
END
}

config /tmp
status 1 start "$work/bundle"
said "[mount-hidden]"
said "speclint: container speclint-$$ is stopped by the above"

# A warning, here of the sysfs, stops it only where that is asked for.
config /tmp/b
status 0 start "$work/bundle"
said "it runs"
config /tmp/b --fail-on=warning
status 1 start "$work/bundle"
said "[sysfs-without-netns]"
config /tmp/b --ignore=sysfs-without-netns,mounts
status 0 start "$work/bundle"

# What cannot be read does not start either.
config /tmp/b --rules=/nowhere
status 1 start "$work/bundle"
said "/nowhere"
