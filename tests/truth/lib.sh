# SPDX-License-Identifier: Apache-2.0
# What the scripts here share. Each is run as `sh test_NAME.sh SPECLINT`, makes everything
# in a folder of its own and removes it.

speclint=$1
here=$(cd "$(dirname "$0")" && pwd)

skip() {
    echo "skipped: $*"
    exit 77
}

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# need COMMAND...: skips without them, and without the right to run containers.
need() {
    [ "$(uname)" = Linux ] || skip "this is not Linux"
    [ "$(id -u)" = 0 ] || skip "a container can be run by root only here"
    unshare --mount true 2>/dev/null || skip "there may be no new mount namespace here"
    for command in "$@"; do
        command -v "$command" >/dev/null || skip "$command is not installed"
    done
}

# status WANT COMMAND...: runs it, output to $work/out; fails when it ends otherwise.
status() {
    want=$1
    shift
    got=0
    "$@" >"$work/out" 2>&1 || got=$?
    [ "$got" = "$want" ] || {
        cat "$work/out" >&2
        fail "status $got, not $want, of: $*"
    }
}

# said TEXT: the last output has it.
said() {
    grep -qF -- "$1" "$work/out" || {
        cat "$work/out" >&2
        fail "the output lacks: $1"
    }
}

work=$(mktemp -d)
chmod 755 "$work"
trap 'rm -rf --one-file-system "$work"' EXIT
# A copy that any user can run.
cp "$speclint" "$work/speclint" && chmod 755 "$work/speclint"
speclint=$work/speclint

# bundle FOLDER: a bundle with a root file system that can run `true`.
bundle() {
    mkdir -p "$1/rootfs/bin" "$1/rootfs/proc" "$1/rootfs/sys" "$1/rootfs/dev"
    cp "$(command -v busybox)" "$1/rootfs/bin/busybox"
    ln -s busybox "$1/rootfs/bin/true"
    (cd "$1" && runc spec)
    python3 "$here/spec.py" "$1/config.json" true
}

# start FOLDER: runs the bundle with runc, in a mount namespace that ends with it.
start() {
    (cd "$1" && timeout 30 unshare --mount \
        runc --root "$work/state" run "speclint-$$" </dev/null)
}
