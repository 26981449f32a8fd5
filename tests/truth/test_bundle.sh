# SPDX-License-Identifier: Apache-2.0
# What rules find in a bundle and on this machine is what real runtimes stumble over.
set -eu
. "$(dirname "$0")/lib.sh"
need runc busybox python3

bundle "$work/bundle"
python3 "$here/bundles.py" "$speclint" "$work/bundle"
