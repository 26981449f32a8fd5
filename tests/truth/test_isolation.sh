# SPDX-License-Identifier: Apache-2.0
# A dry run leaves nothing: mounts, cgroups and the bundle are what they were, and no
# process is left, whether it ends by itself or is killed at any moment.
set -eu
. "$(dirname "$0")/lib.sh"
need runc busybox python3 setpriv

# With overlay layers that a real mount would write to, and many mounts to be killed in.
make() {
    bundle "$1"
    mkdir "$1/upper" "$1/work" "$1/data"
    python3 "$here/spec.py" "$1/config.json" mounts=600 \
        'mount={"destination": "/over", "type": "overlay", "source": "overlay",
                "options": ["lowerdir=rootfs/bin", "upperdir=upper", "workdir=work"]}' \
        'mount={"destination": "/data", "type": "bind", "source": "data",
                "options": ["rbind"]}' \
        'mount={"destination": "/data/new/deep", "type": "tmpfs", "source": "tmpfs"}' \
        'mount={"destination": "/cg", "type": "cgroup2", "source": "cgroup",
                "options": ["memory_recursiveprot"]}'
}
make "$work/plain"
make "$work/user"
python3 "$here/spec.py" "$work/user/config.json" user

# The flags of a cgroup hierarchy stand in mountinfo, a new one in the other two. The
# directories in them come and go with other programs.
snapshot() {
    cat /proc/self/mountinfo /proc/self/cgroup
    cut -f 1,2 /proc/cgroups
    find "$work/plain" "$work/user" -printf '%p %m %U %G %s %T@ %C@ %l\n' | sort
}

left() {
    for exe in /proc/[0-9]*/exe; do
        [ "$(readlink "$exe" 2>/dev/null)" != "$speclint" ] || echo "$exe"
    done
}

check() {
    for try in 1 2 3 4 5 6 7 8 9 10; do
        [ -n "$(left)" ] || break
        sleep 0.1
    done
    [ -z "$(left)" ] || fail "$1: a process is left: $(left)"
    snapshot >"$work/after"
    diff "$work/before" "$work/after" || fail "$1: not as it was"
}

# kill_at SHARE COMMAND...: ends it with SIGKILL after that share of its usual time.
cat >"$work/kill.py" <<'EOF'
import subprocess, sys, time
share, command = float(sys.argv[1]), sys.argv[2:]
start = time.monotonic()
subprocess.run(command, stdout=subprocess.DEVNULL)
usual = time.monotonic() - start
process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
time.sleep(usual * share)
process.kill()
process.wait()
EOF

snapshot >"$work/before"
for folder in plain user; do
    for nobody in "" "setpriv --reuid 65534 --regid 65534 --clear-groups"; do
        # shellcheck disable=SC2086
        $nobody "$speclint" mounts "$work/$folder" >"$work/out" 2>&1 || [ $? = 1 ] ||
            { cat "$work/out" && fail "$folder could not be tried"; }
        check "$folder"
        for share in 0.02 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9; do
            # shellcheck disable=SC2086
            python3 "$work/kill.py" $share $nobody "$speclint" mounts "$work/$folder"
            check "$folder, killed at $share"
        done
    done
done
