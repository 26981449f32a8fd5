#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The hooks under the real pre-commit, in a repository with a bad spec, an unrelated
# config.json and a YAML spec: first `try-repo` of each hook, then the lines of the README.
set -eu
. "$(dirname "$0")/../truth/lib.sh"
for command in pre-commit git cmake; do
    command -v $command >/dev/null || skip "$command is not installed"
done
export HOME="$work" PRE_COMMIT_HOME="$work/cache" PIP_NO_INDEX=1 GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_GLOBAL="$work/gitconfig" PYTHONDONTWRITEBYTECODE=1
git config --global user.name tester
git config --global user.email tester@example.org
git config --global init.defaultBranch main
git config --global commit.gpgSign false

# commit FOLDER: makes it a repository with one commit.
commit() {
    git -C "$1" init -q && git -C "$1" add -A && git -C "$1" commit -qm all
}

# This source tree as it is, whether or not it is a repository.
mkdir "$work/speclint.git" "$work/project" "$work/project/web" "$work/project/batch"
(cd "$SPECLINT_SOURCE" && tar cf - --exclude=./.git --exclude=./build --exclude='./build-*' .) |
    tar xf - -C "$work/speclint.git"
commit "$work/speclint.git"

cd "$work/project"
bad=$SPECLINT_SOURCE/fixtures/sysfs-host-network.json
cp "$bad" config.json
echo '{"name": "web", "ociVersion-of-nothing": 1}' >web/config.json
cat >batch/job.oci.yaml <<'END'
ociVersion: 1.0.2   # of a build service
process: {user: {uid: 0, gid: 0}, args: [/bin/build], cwd: /}
root: {path: rootfs}
mounts:
  - {destination: /proc, type: proc, source: proc, options: [nosuid, noexec, nodev]}
  - {destination: /dev, type: tmpfs, source: tmpfs, options: [nosuid, mode=755, size=64m]}
  - {destination: /dev/pts, type: devpts, source: devpts,
     options: [nosuid, noexec, newinstance, ptmxmode=0666, mode=0620]}
  - {destination: /dev/shm, type: tmpfs, source: shm,
     options: [nosuid, noexec, nodev, mode=1777, size=64m]}
  - destination: /sys
    type: sysfs
    source: sysfs
    options: [nosuid, noexec, nodev, ro]
linux:
  namespaces: [{type: user}, {type: mount}, {type: pid}]
  uidMappings: [{containerID: 0, hostID: 100000, size: 65536}]
  gidMappings: [{containerID: 0, hostID: 100000, size: 65536}]
END
commit .

try() {
    pre-commit try-repo --color never "$work/speclint.git" "$1" --all-files
}
status 1 try speclint
said "config.json:39:7: warning"
said "[sysfs-without-netns]"
said "batch/job.oci.yaml:"
said "[sysfs-in-userns-without-netns]"
grep -q "web/config.json" "$work/out" && fail "a config.json that is no spec is spoken of"
git diff --quiet || fail "the linting hook changed a file"

status 1 try speclint-fix
said "files were modified by this hook"
[ "$(git diff --name-only | tr '\n' ' ')" = "batch/job.oci.yaml config.json " ] ||
    fail "the fixing hook changed: $(git diff --name-only)"
git diff | grep -q '^+ *"type": "none",$' || fail "the fixing hook did not repair config.json"
git commit -qam fixed

# The second run, as a user has it: four lines in .pre-commit-config.yaml.
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $work/speclint.git
    rev: $(git -C "$work/speclint.git" rev-parse HEAD)
    hooks: [{id: speclint}, {id: speclint-fix}, {id: speclint-system}]
END
git add .pre-commit-config.yaml
PATH=$work:$PATH
status 0 pre-commit run --color never --all-files
[ "$(grep -c 'Passed$' "$work/out")" = 3 ] || {
    cat "$work/out" >&2
    fail "not all three hooks passed"
}
git diff --quiet || fail "the second run changed a file"

# A commit with the mistake is refused, and speclint-system finds it too.
status 0 pre-commit install
cp "$bad" config.json
status 1 git commit -qam worse
said "[sysfs-without-netns]"
cp "$bad" config.json && git add config.json
status 1 pre-commit run --color never speclint-system --all-files
said "[sysfs-without-netns]"
