# SPDX-License-Identifier: Apache-2.0
# What a dry run costs beside running the container: mounts.sh BENCH_PROCESS SPECLINT
set -eu
for command in runc busybox; do
    command -v $command >/dev/null || { echo "dry run: no $command to compare with"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo "dry run: only root can run the container"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
mkdir -p "$work/rootfs/bin"
cp "$(command -v busybox)" "$work/rootfs/bin/true"
bench=$(realpath "$1")
speclint=$(realpath "$2")
cd "$work"
runc spec
sed -i 's/"terminal": true/"terminal": false/; s/"sh"$/"true"/' config.json
"$bench" "dry run against runc run" 20 "$speclint" mounts "$work" -- \
    unshare --mount runc --root "$work/state" run --bundle "$work" "bench-$$"
