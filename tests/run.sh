#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what the tests need, builds speclint twice, and runs every test: with sanitizers
# and warnings as errors, and as released what meets real runtimes and tools.
set -eu
cd "$(dirname "$0")/.."
. tests/deps.sh

need_build check git python3 python3-jsonschema python3-venv busybox-static runc crun podman \
    pre-commit clang-format attr
sh tests/try.sh

clang-format --dry-run --Werror src/*/*.[ch] tests/*/*.[ch]

cmake --preset dev -DBUILD_TESTING=ON >/dev/null
cmake --build --preset dev
ctest --preset dev -j "$(nproc)" -LE 'truth|gates'

cmake --preset release -DBUILD_TESTING=ON >/dev/null
cmake --build --preset release
ctest --preset release -j "$(nproc)" -L 'truth|gates|cli|report'
