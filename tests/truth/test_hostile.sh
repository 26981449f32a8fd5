# SPDX-License-Identifier: Apache-2.0
# Specs that mean harm: the dry run stays in its scratch root, ends in time, and prints
# nothing raw.
set -eu
. "$(dirname "$0")/lib.sh"
need busybox runc python3

bundle "$work/b"
ln -s loop2 "$work/b/rootfs/loop1"
ln -s loop1 "$work/b/rootfs/loop2"
ln -s ../../../../../../.. "$work/b/rootfs/up"
ln -s "$work/outside" "$work/b/rootfs/out"
mkfifo "$work/b/fifo"
cp "$work/b/config.json" "$work/plain.json"

# case STATUS MOUNT TEXT: one more mount; what the dry run ends with and says.
try() {
    cp "$work/plain.json" "$work/b/config.json"
    python3 "$here/spec.py" "$work/b/config.json" "mount=$2"
    status "$1" timeout 10 "$speclint" mounts --on-target --runtime runc "$work/b"
    said "$3"
    if LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]')" "$work/out"; then
        fail "a control character is in the output"
    fi
    [ ! -e "$work/outside" ] || fail "the scratch root was left"
}

tmpfs='"type": "tmpfs", "source": "tmpfs"'
try 0 '{"destination": "/../../../../outside", '"$tmpfs"'}' "8 mounted"
try 0 '{"destination": "/up/up/outside", '"$tmpfs"'}' "8 mounted"
try 0 '{"destination": "/out/x", '"$tmpfs"'}' "8 mounted"
try 1 '{"destination": "/loop1/x", '"$tmpfs"'}' "ELOOP at destination"
try 1 '{"destination": "/'"$(printf '%05000d' 0)"'", '"$tmpfs"'}' "ENAMETOOLONG at destination"
try 0 '{"destination": "/a\u001b[31m\u0007\n\u202eb", '"$tmpfs"'}' '\u{001B}[31m\u{0007}\n\u{202E}b'
try 1 '{"destination": "/a", "type": "no\u001bsuch", "source": "x"}' 'no\u{001B}such'
try 1 '{"destination": "/a", '"$tmpfs"', "options": ["\u001b=1"]}' '\u{001B}=1'
try 0 '{"destination": "/a", '"$tmpfs"', "options": ["size=1024g"]}' "8 mounted"
try 0 '{"destination": "/f", "type": "bind", "source": "fifo", "options": ["bind"]}' "8 mounted"
try 1 '{"destination": "/f", "type": "bind", "source": "/proc/self/fd/0/x", "options": ["bind"]}' "at source"
try 1 '[]' "not an object"
try 1 'null' "not an object"
try 1 '{"type": "tmpfs"}' 'no "destination"'
try 1 '{"destination": 7, "type": "tmpfs"}' 'no "destination"'

# Ten thousand mounts end, at the latest with the deadline.
cp "$work/plain.json" "$work/b/config.json"
python3 "$here/spec.py" "$work/b/config.json" mounts=10000
timeout 20 "$speclint" mounts "$work/b" >"$work/out" 2>&1 || [ $? -le 2 ] ||
    fail "ten thousand mounts did not end"
said "/many/9999"
