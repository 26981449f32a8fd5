# SPDX-License-Identifier: Apache-2.0
# The rules find what real runtimes refuse or do not honour, and nothing wrong in what they
# do, on many specs.
set -eu
. "$(dirname "$0")/lib.sh"
need python3 busybox flock
replay=${SPECLINT_SHARED:-}/oracle/replay.py
[ -f "$replay" ] || skip "there is no $replay with recorded runs"
# A replay works in one place; one at a time.
flock "$replay" python3 "$here/oracle_rules.py" "$speclint" "$replay" "$here/known_rules.txt"
