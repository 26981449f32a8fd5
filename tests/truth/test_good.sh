# SPDX-License-Identifier: Apache-2.0
# No error is found in what is known to be good: the specs that runtimes and engines write
# themselves, and documents that the shared folder has.
set -eu
. "$(dirname "$0")/lib.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tried=0

# clean COMMAND...: the spec that it writes, to stdout or to config.json.
clean() {
    command -v "$1" >/dev/null || return 0
    rm -f config.json
    "$@" >written 2>/dev/null || {
        echo "not tried: $* fails here"
        return 0
    }
    [ -s config.json ] || mv written config.json
    status 0 "$speclint" --isolated --fail-on error config.json
    tried=$((tried + 1))
}

clean runc spec
clean runc spec --rootless
clean crun spec
clean crun spec --rootless
clean youki spec
clean youki spec --rootless
clean ctr oci spec
echo "$tried specs that runtimes write"

if [ -d "$SPECLINT_SHARED/oracle" ] && [ -d "$SPECLINT_SHARED/corpus" ]; then
    python3 "$here/good.py" "$speclint" "$SPECLINT_SHARED" || fail "a good spec has an error"
elif [ "$tried" = 0 ]; then
    skip "there is no runtime here, and no shared folder"
fi
