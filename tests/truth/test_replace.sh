# SPDX-License-Identifier: Apache-2.0
# Whatever happens to --fix, a file is its old bytes or the proven new ones, and nothing is
# left beside it: killed at many points, on a full disk, without permission, and where the
# file is a symbolic link.
set -eu
. "$(dirname "$0")/lib.sh"
need setpriv

round=0
fixture=$here/../../fixtures/sysfs-host-network.json
count=40

# make: the old files in a new folder, $specs.
make() {
    round=$((round + 1))
    specs=$work/specs.$round
    mkdir "$specs"
    i=0
    while [ $i -lt $count ]; do
        cp "$fixture" "$specs/$i.json"
        i=$((i + 1))
    done
}
fix() {
    "$speclint" --fix --confirm never --select sysfs-without-netns "$@"
}
cp "$fixture" "$work/old"
cp "$fixture" "$work/new"
status 0 fix "$work/new"
! cmp -s "$work/old" "$work/new" || fail "the fix changed nothing"

# whole: each file is one of the two. What gives the new file its name is not killed with
# the rest, so that what it began may end a moment later.
whole() {
    for tick in 1 2 3 4 5 6 7 8 9 10; do
        ls "$specs"/.[!.]* >/dev/null 2>&1 || break
        sleep 0.$tick
    done
    for file in "$specs"/* "$specs"/.[!.]*; do
        [ -e "$file" ] || continue
        case $file in
        *.json) cmp -s "$file" "$work/old" || cmp -s "$file" "$work/new" ||
            fail "$file is neither the old nor the new text" ;;
        *) fail "$file was left behind" ;;
        esac
    done
}

# Killed: at a time that grows until the run is over before the kill comes.
killed=0
ended=0
for delay in 0 0.0005 0.001 0.0015 0.002 0.003 0.004 0.005 0.006 0.008 0.01 0.015 0.02 0.03 0.05 0.1; do
    for again in 1 2 3; do
        make
        "$speclint" --fix --confirm never --select sysfs-without-netns \
            "$specs"/*.json >/dev/null 2>&1 &
        pid=$!
        sleep $delay
        kill -KILL $pid 2>/dev/null || ended=$((ended + 1))
        status=0
        wait $pid 2>/dev/null || status=$?
        [ $status != 137 ] || killed=$((killed + 1))
        whole
    done
done
[ $killed -ge 10 ] || fail "only $killed runs were killed, $ended had ended before"

# A full disk: the old file stays, and the status says so.
unshare --mount sh -eu -c '
    mkdir "$1/small" && mount -t tmpfs -o size=16k small "$1/small"
    cp "$1/old" "$1/small/spec.json"
    if cat /dev/zero >"$1/small/rest.json" 2>/dev/null; then exit 1; fi # until it is full
    status=0
    "$2" --fix --confirm never --select sysfs-without-netns "$1/small/spec.json" >"$1/out" 2>&1 || status=$?
    [ $status = 2 ] && cmp "$1/small/spec.json" "$1/old" && [ "$(ls -A "$1/small" | wc -l)" = 2 ]
' sh "$work" "$speclint" || { cat "$work/out"; fail "a full disk"; }
said "No space left"

# No permission to write into the folder.
mkdir "$work/locked" && cp "$work/old" "$work/locked/spec.json" && chmod 555 "$work/locked"
status 2 setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$speclint" --fix --confirm never --select sysfs-without-netns "$work/locked/spec.json"
said "takes no new file"
cmp "$work/locked/spec.json" "$work/old"

# A symbolic link: its target is replaced, the link stays.
mkdir "$work/links" && cp "$work/old" "$work/links/real.json"
ln -s real.json "$work/links/spec.json"
status 0 fix "$work/links/spec.json"
[ -L "$work/links/spec.json" ] && cmp "$work/links/real.json" "$work/new" || fail "a symbolic link"

# What is no regular file.
mkfifo "$work/pipe.json"
(cat "$work/old" >"$work/pipe.json") &
status 2 fix "$work/pipe.json"
said "not a regular file"
