# SPDX-License-Identifier: Apache-2.0
# A host to throw away, for a container that may do it harm: sh host.sh FOLDER RUNTIME JOB ID
#
# Runs JOB/config.json with RUNTIME as container ID. To be started as the first process of new namespaces of
# every kind, in a cgroup of its own. Its root is a tmpfs on FOLDER with this machine's /usr,
# read-only, and with what JOB/setup makes; with the last process all of it is gone.
set -eu
host=$1 runtime=$2 job=$3 id=$4

mount --make-rprivate /
mount -t tmpfs -o mode=755 host "$host"
cd "$host"
mkdir usr etc proc sys dev run var tmp srv home root opt old bundle
for folder in bin sbin lib lib64 lib32; do
    [ ! -L "/$folder" ] || cp -a "/$folder" .
    [ -L "/$folder" ] || [ ! -d "/$folder" ] || {
        mkdir "$folder"
        mount -o bind,ro "/$folder" "$folder"
    }
done
mount -o bind,ro /usr usr
echo root:x:0:0::/root:/bin/sh >etc/passwd
echo host >etc/hostname
mount -t tmpfs run run
mount -t proc proc proc
mount -t sysfs sysfs sys

# Each hierarchy with this cgroup as its root, so that no runtime sees another.
if grep -q '^[1-9]' proc/self/cgroup; then
    mount -t tmpfs -o mode=755 cgroup sys/fs/cgroup
    while IFS=: read -r number controllers _; do
        [ "$number" != 0 ] || continue
        name=${controllers#name=}
        [ "$name" = "$controllers" ] || controllers=none,$controllers
        mkdir "sys/fs/cgroup/$name"
        mount -t cgroup -o "$controllers" cgroup "sys/fs/cgroup/$name"
    done <proc/self/cgroup
else
    mount -t cgroup2 cgroup sys/fs/cgroup
    # A cgroup that gives controllers to others has no process itself.
    mkdir sys/fs/cgroup/host
    echo 1 >sys/fs/cgroup/host/cgroup.procs
fi

mount -t tmpfs -o mode=755 dev dev
mkdir dev/pts dev/shm dev/mqueue
mknod -m 666 dev/null c 1 3
mknod -m 666 dev/zero c 1 5
mknod -m 666 dev/full c 1 7
mknod -m 666 dev/random c 1 8
mknod -m 666 dev/urandom c 1 9
mknod -m 666 dev/tty c 5 0
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t mqueue mqueue dev/mqueue
ln -s pts/ptmx dev/ptmx

cp -a "$job/../rootfs" bundle/rootfs
cp "$job/config.json" bundle/config.json
cp "$runtime" run/runtime
. "$job/setup"
pivot_root . old
umount -l /old
rmdir /old
# As on most machines.
mount --make-rshared /
cd /bundle
exec /run/runtime --root /run/state run "$id"
