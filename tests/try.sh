#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the build needs, builds speclint, and lints a spec with a mistake in it.
set -eu
cd "$(dirname "$0")/.."
. tests/deps.sh

need_build
cmake --preset release -DBUILD_TESTING=OFF >/dev/null
cmake --build --preset release

echo
echo "\$ speclint fixtures/sysfs-host-network.json"
status=0
build/release/src/cli/speclint fixtures/sysfs-host-network.json || status=$?
[ "$status" -eq 1 ] || exit 1

echo "\$ speclint --diff fixtures/sysfs-host-network.json"
build/release/src/cli/speclint --diff fixtures/sysfs-host-network.json || status=$?
[ "$status" -eq 1 ]
echo
echo "The program is build/release/src/cli/speclint"
