# SPDX-License-Identifier: Apache-2.0
# The dry run's verdict is what real runtimes did, on many specs.
set -eu
. "$(dirname "$0")/lib.sh"
need python3 busybox setpriv flock
replay=${SPECLINT_SHARED:-}/oracle/replay.py
[ -f "$replay" ] || skip "there is no $replay with recorded runs"
# A replay works in one place; one at a time.
flock "$replay" python3 "$here/oracle.py" "$speclint" "$replay" "$here/known.txt"
