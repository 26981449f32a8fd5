#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The Debian packages: what is in them, and that the program runs where nothing else is.
set -eu
. "$(dirname "$0")/../truth/lib.sh"
command -v dpkg-deb >/dev/null || skip "this is no Debian or Ubuntu"
command -v cpack >/dev/null || skip "cpack is not installed"

version=$("$speclint" --version | cut -d ' ' -f 2)
arch=$(dpkg --print-architecture)
status 0 cpack --config "$SPECLINT_BUILD/CPackConfig.cmake" -B "$work/packages"
cd "$work/packages"
program=speclint_${version}_$arch.deb

# listed PACKAGE PATH
listed() {
    dpkg-deb -c "$1" >"$work/list"
    grep -q " \./$2\$" "$work/list" || fail "$1 has no $2"
}
listed "$program" usr/bin/speclint
listed "$program" usr/share/doc/speclint/copyright
grep -q hooks.d "$work/list" && fail "the package speclint activates a hook"
listed "speclint-guard_${version}_all.deb" usr/share/containers/oci/hooks.d/speclint-guard.json
listed "speclint-repair_${version}_all.deb" usr/share/containers/oci/hooks.d/speclint-repair.json
for hook in guard repair; do
    [ "$(dpkg-deb -f "speclint-${hook}_${version}_all.deb" Depends)" = "speclint (= $version)" ] ||
        fail "speclint-$hook does not depend on this speclint"
    dpkg-deb -x "speclint-${hook}_${version}_all.deb" "$work/root"
    said_path=$("$speclint" query '$.hook.path' \
        "$work/root/usr/share/containers/oci/hooks.d/speclint-$hook.json")
    [ "$said_path" = "\$['hook']['path'] \"/usr/bin/speclint\"" ] || fail "the hook is $said_path"
done

dpkg-deb -x "$program" "$work/root"
cp "$SPECLINT_SOURCE/fixtures/sysfs-host-network.json" "$work/root/config.json"
status 1 "$work/root/usr/bin/speclint" "$work/root/config.json"
said "[sysfs-without-netns]"
depends=$(dpkg-deb -f "$program" Depends)
if ldd "$work/root/usr/bin/speclint" >/dev/null 2>&1; then
    case $depends in
    *libc6*libjansson4*) ;;
    *) fail "the package depends on: $depends" ;;
    esac
else
    [ -z "$depends" ] || fail "the package of a static program depends on: $depends"
    if [ "$(id -u)" = 0 ]; then
        status 1 chroot "$work/root" /usr/bin/speclint /config.json
        said "[sysfs-without-netns]"
    fi
fi
