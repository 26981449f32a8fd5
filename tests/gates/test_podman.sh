#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The hooks.d files under real Podman. With the network of the host, Podman writes the mistake
# that speclint was made for: a fresh sysfs without a network namespace. The guard stops that
# container and lets the fixed one start; the repairing hook fixes it on the way.
set -eu
. "$(dirname "$0")/../truth/lib.sh"
need podman conmon busybox
. "$here/hook.sh"

# run OPTIONS...: a container that says so; in folders of its own, with what of the host
# Podman can use.
run() {
    # shellcheck disable=SC2086 # a list of words
    timeout 60 podman --root "$work/root" --runroot "$work/run" --tmpdir "$work/tmp" \
        --storage-driver vfs --cgroup-manager cgroupfs --events-backend none \
        --runtime "${engine%% *}" $hooks run --rm --ulimit nofile=256:256 \
        --ulimit nproc=256:256 ${engine#* } "$@" --rootfs "$rootfs" echo "it runs"
}

# crun refuses some arrangements of cgroups, runc a container without any.
hooks=
reason=
for engine in "crun --cgroups=disabled" "runc --cgroups=enabled"; do
    command -v "${engine%% *}" >/dev/null || continue
    if run --network none >"$work/out" 2>&1; then
        reason=
        break
    fi
    reason=$(tail -n 1 "$work/out")
done
[ -z "$reason" ] || skip "podman runs no container here: $reason"

hook guard guard
hook strict guard --fail-on=warning
hook repair repair

hooks="--hooks-dir $work/strict"
status 0 run --network none
said "it runs"
status 126 run --network host
said "[sysfs-without-netns]"
said "is stopped by the above"
status 0 run --network host --volume /sys:/sys:ro,nosuid,noexec,nodev,rslave
said "it runs"

# As installed it stops errors only, and this is a warning.
hooks="--hooks-dir $work/guard"
status 0 run --network host

# Repaired before the runtime sees it, the same container passes the guard.
hooks="--hooks-dir $work/repair --hooks-dir $work/strict"
status 0 run --network host
said "it runs"
