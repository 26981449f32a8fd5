#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# `pip install` of the source archive, without network; and what it says where tools are missing.
set -eu
. "$(dirname "$0")/../truth/lib.sh"
command -v cmake >/dev/null || skip "cmake is not installed"
python3 -m venv "$work/venv" >/dev/null 2>&1 || skip "python3-venv is not installed"
export PIP_NO_INDEX=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH="$SPECLINT_SOURCE/src/packaging" HOME="$work"
python=$work/venv/bin/python

"$python" -c 'import sys, speclint_build as build
print(build.build_sdist(sys.argv[1]))' "$work" >"$work/sdist"
unset PYTHONPATH
sdist=$work/$(cat "$work/sdist")

# Nothing in PATH but Python, which pip runs by its full path.
mkdir "$work/empty"
status 1 env PATH="$work/empty" "$python" -m pip install "$sdist"
said "speclint is compiled here, which lacks cc, ninja, cmake, pkg-config, jansson>="
said "on Debian or Ubuntu: apt-get install gcc libc6-dev ninja-build cmake pkg-config libjansson-dev"
status 1 env PKG_CONFIG_LIBDIR="$work/empty" PKG_CONFIG_PATH= "$python" -m pip install "$sdist"
said "speclint is compiled here, which lacks jansson>="
status 1 env CC=false "$python" -m pip install "$sdist"
said "which lacks false that can compile a program"

status 0 "$python" -m pip install "$sdist"
status 0 "$work/venv/bin/speclint" --version
said "$("$speclint" --version)"
status 1 "$work/venv/bin/speclint" "$SPECLINT_SOURCE/fixtures/sysfs-host-network.json"
status 0 "$python" -m pip show --files speclint
said "../bin/speclint"
status 0 "$python" -m pip uninstall --yes speclint
[ ! -e "$work/venv/bin/speclint" ] || fail "pip uninstall leaves the program"
