# SPDX-License-Identifier: Apache-2.0
# What this machine, and no spec, is to blame for: the dry run says "untried", why, and what
# would help; never "refused".
set -eu
. "$(dirname "$0")/lib.sh"
need runc busybox python3 setpriv chroot

bundle "$work/subject" # what is to be tried

# inside CHANGE...: in a container whose spec has these changes.
count=0
inside() {
    count=$((count + 1))
    bundle "$work/$count"
    cp "$speclint" "$work/subject/config.json" "$work/$count/rootfs"
    python3 "$here/spec.py" "$work/$count/config.json" "args=/speclint mounts /config.json" "$@"
    start "$work/$count"
}
# untried TEXT COMMAND...
untried() {
    text=$1
    shift
    status 2 "$@"
    said "$text"
    said ", 0 refused, "
}

ldd "$speclint" >/dev/null 2>&1 && skip "speclint is not static, as its release is"

status 0 inside capability=CAP_SYS_ADMIN
untried "a seccomp filter forbids namespaces here" inside forbid=1,clone3,unshare,clone
untried "a seccomp filter hides the mount API" \
    inside capability=CAP_SYS_ADMIN forbid=38,fsopen,fsconfig,fsmount,open_tree,move_mount,mount_setattr
untried "a seccomp filter forbids mounts here" inside capability=CAP_SYS_ADMIN forbid=1,mount

# No more user namespaces below this one; without a map the user is nobody in it.
untried "the sysctl user.max_user_namespaces is 0 here" unshare --user --map-root-user \
    sh -euc 'echo 0 >/proc/sys/user/max_user_namespaces
        exec setpriv --inh-caps -all --bounding-set -all --no-new-privs \
            "$@"' sh "$speclint" mounts "$work/subject"
# Root of a user namespace with one id: an option that names another one is no mistake.
status 0 unshare --user --map-root-user "$speclint" mounts "$work/subject"

# A chroot.
cp "$speclint" "$work/subject/config.json" "$work/subject/rootfs"
inside_chroot() {
    unshare --mount sh -euc 'mount --rbind /proc "$1/proc"
        exec chroot --userspec="$2" "$1" /speclint mounts /config.json' sh "$work/subject/rootfs" "$1"
}
untried "in a chroot" inside_chroot 0:0
untried "in a chroot" inside_chroot 65534:65534
