# SPDX-License-Identifier: Apache-2.0
# A root filesystem for containers, and hooks. Sourced after ../truth/lib.sh.

rootfs=$work/rootfs
mkdir -p "$rootfs/bin" "$rootfs/proc" "$rootfs/sys" "$rootfs/dev" "$rootfs/etc" "$rootfs/tmp"
cp "$(command -v busybox)" "$rootfs/bin/busybox"
ln -s busybox "$rootfs/bin/echo"

# hook NAME TEMPLATE [ARGUMENT]: a folder of that name for --hooks-dir, with what would be
# installed, but of the program under test.
hook() {
    mkdir "$work/$1"
    more=${3:+", \"$3\""}
    sed "s|@CMAKE_INSTALL_PREFIX@/bin/speclint|$speclint|; s|\"hook\"]|\"hook\"$more]|" \
        "$SPECLINT_SOURCE/src/packaging/hooks.d/$2.json.in" >"$work/$1/speclint-$2.json"
}
