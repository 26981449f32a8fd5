# SPDX-License-Identifier: Apache-2.0
# The mistake that speclint was made for: runc refuses the spec before the fix and starts
# it after, and the dry run says so of both.
set -eu
. "$(dirname "$0")/lib.sh"
need runc busybox python3

fixed='{"destination": "/sys", "options": ["rbind", "nosuid", "noexec", "nodev", "ro"], "source": "/sys", "type": "none"}'

# entry FILE: its /sys entry.
entry() {
    python3 -c 'import json, sys
print(*[json.dumps(m, sort_keys=True) for m in json.load(open(sys.argv[1]))["mounts"]
        if m["destination"] == "/sys"])' "$1"
}

# With a user namespace and without a network namespace: EPERM.
bundle "$work/user"
config=$work/user/config.json
python3 "$here/spec.py" "$config" no-network user
chown -hR 100000:100000 "$work/user/rootfs"

status 1 start "$work/user"
said "operation not permitted"
status 1 "$speclint" mounts "$work/user"
said "EPERM at fsopen"
status 1 "$speclint" mounts --runtime runc@1.1.5 --on-target "$work/user"
status 0 "$speclint" mounts --runtime crun "$work/user"

status 1 "$speclint" "$config"
said "sysfs-in-userns-without-netns"
cp "$config" "$work/before.json"
status 0 "$speclint" --fix --confirm=always "$config"
said "sysfs-in-userns-without-netns"
[ "$(entry "$config")" = "$fixed" ] || fail "the entry became $(entry "$config")"
# That entry, and nothing else.
python3 - "$work/before.json" "$config" <<'EOF' || fail "more than the entry was changed"
import json, sys
before, after = (json.load(open(path)) for path in sys.argv[1:])
for spec in before, after:
    spec["mounts"] = [m for m in spec["mounts"] if m["destination"] != "/sys"]
sys.exit(before != after)
EOF
status 0 "$speclint" mounts --runtime runc "$work/user"
status 0 start "$work/user"

# As an unprivileged user the dry run says the same.
cp "$work/before.json" "$work/user/config.json"
status 1 setpriv --reuid 65534 --regid 65534 --clear-groups "$speclint" mounts "$work/user"
said "EPERM at fsopen"

# Without the user namespace, on a rootfs that carries the host's sysfs: EBUSY. The rootfs
# is the host's, and is only ever seen in a mount namespace that ends with the command.
bundle "$work/host"
python3 "$here/spec.py" "$work/host/config.json" no-network
rm -r "$work/host/rootfs" && mkdir "$work/host/rootfs"
cat >"$work/on-host" <<'EOF'
mount --make-rprivate / && mount --rbind / "$1/rootfs" && cd "$1" && shift && exec "$@"
EOF
on_host() {
    unshare --mount sh "$work/on-host" "$work/host" "$@"
}
status 1 on_host timeout 30 runc --root "$work/state" run "speclint-$$" </dev/null
said "device or resource busy"
status 1 on_host "$speclint" mounts --runtime runc .
said "EBUSY at mount"
status 0 on_host "$speclint" mounts --runtime youki .
python3 "$here/spec.py" "$work/host/config.json" \
    'mount={"destination": "/sys", "type": "none", "source": "/sys",
            "options": ["rbind", "nosuid", "noexec", "nodev", "ro"]}'
python3 - "$work/host/config.json" <<'EOF'
import json, sys
with open(sys.argv[1]) as file:
    spec = json.load(file)
spec["mounts"] = [m for m in spec["mounts"] if m["type"] != "sysfs"]
with open(sys.argv[1], "w") as file:
    json.dump(spec, file)
EOF
status 0 on_host "$speclint" mounts --runtime runc .
status 0 on_host timeout 30 runc --root "$work/state" run "speclint-$$" </dev/null
