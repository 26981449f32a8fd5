#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need, builds speclint twice (as released, and with sanitizers and
# warnings as errors), and runs every test.
set -eu
cd "$(dirname "$0")/.."
. tests/deps.sh

need_build check git python3 python3-jsonschema busybox-static runc crun clang-format attr
sh tests/try.sh

clang-format --dry-run --Werror src/*/*.[ch] tests/*/*.[ch]
for preset in release dev; do
    cmake --preset "$preset" -DBUILD_TESTING=ON >/dev/null
    cmake --build --preset "$preset"
    ctest --preset "$preset" -j "$(nproc)"
done
