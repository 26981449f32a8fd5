# SPDX-License-Identifier: Apache-2.0
# What the rules say of runtimes is what the runtimes that are here do.
set -eu
. "$(dirname "$0")/lib.sh"
need python3 busybox setpriv script unshare
command -v runc >/dev/null || command -v crun >/dev/null || skip "there is neither runc nor crun"
unshare --mount --pid --fork --uts --ipc --net --cgroup true 2>/dev/null ||
    skip "there may be no new namespaces here"
python3 "$here/claims.py" "$speclint" "$SPECLINT_SOURCE/rules" "$here/unproven.txt"
