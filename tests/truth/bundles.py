# SPDX-License-Identifier: Apache-2.0
"""What rules say of bundles and of this machine, beside what runc and crun do with them:
bundles.py SPECLINT FOLDER, which holds a bundle that starts.

Each row is a change to that bundle: the rule that must find it, a shell script run in the
bundle, a change to the spec, and the runtimes that must refuse it; the others must start it.
"""
import copy
import json
import os
import shutil
import subprocess
import sys


def process(**members):
    return lambda spec: spec["process"].update(members)


def mount(destination, source="tmpfs", kind="tmpfs", options=()):
    entry = {"destination": destination, "type": kind, "source": source, "options": list(options)}
    return lambda spec: spec["mounts"].append(entry)


def bind(destination, source, *options):
    return mount(destination, source, "none", ("bind",) + options)


def hook(stage, path):
    return lambda spec: spec.update(hooks={stage: [{"path": path}]})


def linux(**members):
    return lambda spec: spec["linux"].update(members)


def user(spec):
    ids = [{"containerID": 0, "hostID": 100000, "size": 65536}]
    spec["linux"]["namespaces"].append({"type": "user"})
    spec["linux"].update(uidMappings=ids, gidMappings=ids)


def unmapped(spec):
    user(spec)
    mount("/new")(spec)


def namespace(path):
    return lambda spec: spec["linux"]["namespaces"][[
        n["type"] for n in spec["linux"]["namespaces"]].index("network")].update(path=path)


BOTH = ("runc", "crun")
ROWS = [
    (None, "", lambda spec: None, ()),
    ("rootfs-missing", "", lambda spec: spec["root"].update(path="none"), BOTH),
    ("rootfs-linked", "ln -s rootfs link", lambda spec: spec["root"].update(path="link"), ("runc",)),
    ("mount-on-file", "touch rootfs/file", mount("/file"), BOTH),
    ("mount-below-file", "touch rootfs/file", mount("/file/below"), BOTH),
    ("mount-on-link-loop", "ln -s b rootfs/a; ln -s a rootfs/b", mount("/a"), BOTH),
    ("mount-on-dangling-link", "ln -s /none rootfs/a", mount("/a"), ("crun",)),
    ("mount-of-file-with-slash", "touch file", bind("/new/", "file"), ("crun",)),
    ("bind-of-other-kind", "touch file; mkdir rootfs/d", bind("/d", "file"), BOTH),
    ("bind-of-other-kind", "mkdir d; touch rootfs/file", bind("/file", "d"), BOTH),
    ("mountpoint-not-owned", "", unmapped, BOTH),
    ("program-missing", "", process(args=["/bin/none"]), BOTH),
    ("program-missing", "", process(args=["true"], env=["PATH=/none"]), BOTH),
    ("program-missing", "", process(args=["true"], env=[]), BOTH),
    (None, "", process(args=["true"], env=["PATH=/none", "PATH=/none:/bin"]), ()),
    (None, "", process(args=["./true"], cwd="/bin"), ()),
    ("program-not-executable", "touch rootfs/file", process(args=["/file"]), BOTH),
    ("program-not-executable", "", process(args=["/bin"]), BOTH),
    ("program-not-permitted", "cp rootfs/bin/busybox rootfs/run; chmod 700 rootfs/run",
     process(args=["/run"], user={"uid": 1000, "gid": 1000}), BOTH),
    ("program-interpreter-missing", r"printf '#!/bin/sh\r\n' > rootfs/run; chmod 755 rootfs/run",
     process(args=["/run"]), BOTH),
    ("program-without-interpreter", "echo true > rootfs/run; chmod 755 rootfs/run",
     process(args=["/run"]), BOTH),
    ("program-of-other-machine", r"""cp rootfs/bin/busybox rootfs/run
      printf '\002\000' | dd of=rootfs/run bs=1 seek=18 conv=notrunc 2>/dev/null""",
     process(args=["/run"]), BOTH),
    ("program-in-masked-path", "", linux(maskedPaths=["/bin/busybox"]), BOTH),
    ("cwd-on-file", "touch rootfs/file", process(cwd="/file"), BOTH),
    ("start-hook-missing", "", hook("startContainer", "/usr/bin/env"), BOTH),
    (None, "", hook("startContainer", "/bin/true"), ()),
    ("device-place-taken", "touch rootfs/file",
     linux(devices=[{"path": "/file", "type": "c", "major": 10, "minor": 229}]), ()),
    ("bind-source-missing", "mkdir rootfs/d", bind("/d", "none"), BOTH),
    ("block-device-missing", "touch file", mount("/d", "file", "ext4"), BOTH),
    ("hook-missing", "", hook("createContainer", "/bin/none-of-this-name"), BOTH),
    ("hook-missing", "", hook("poststop", "/bin/none-of-this-name"), ()),
    ("hook-not-executable", "", hook("createRuntime", "/etc/passwd"), BOTH),
    ("namespace-missing", "", namespace("/run/none"), BOTH),
    ("namespace-of-other-type", "", namespace("/etc/passwd"), BOTH),
    ("sysctl-unknown", "", linux(sysctl={"net.ipv4.no_such_name": "1"}), BOTH),
    ("rlimit-above-kernel", "", process(rlimits=[
        {"type": "RLIMIT_NOFILE", "soft": 1024, "hard": 1 << 40}]), BOTH),
]

# A cgroup that crun can be told to leave alone; it knows the unified hierarchy only then.
RUN = {
    "runc": "exec runc --root \"$2\" run \"$1\"",
    "crun": "umount -l /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup; "
            "exec crun --cgroup-manager=disabled --root \"$2\" run \"$1\"",
}


def starts(runtime, folder, state):
    done = subprocess.run(["unshare", "--mount", "sh", "-c", RUN[runtime], "sh",
                           f"speclint-{os.getpid()}", state],
                          cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=30,
                          check=False)
    return done.returncode == 0, done.stderr.decode("utf-8", "replace")[-300:]


def found(speclint, folder, runtime):
    done = subprocess.run([speclint, "--isolated", "--on-target", "--select", "bundle,host",
                           "--runtime", runtime, "--format", "json", folder],
                          capture_output=True, check=False)
    return {finding["rule"] for finding in json.loads(done.stdout)["findings"]}


def main():
    speclint, folder = sys.argv[1:]
    with open(folder + "/config.json", encoding="utf-8") as file:
        spec = json.load(file)
    runtimes = [name for name in BOTH if shutil.which(name)]
    wrong, tried = 0, 0
    for row, (rule, script, change, refusing) in enumerate(ROWS):
        changed = copy.deepcopy(spec)
        change(changed)
        for runtime in runtimes:
            name = f"row {row}, {rule}, {runtime}"
            bundle = f"{folder}.{row}"  # anew: a runtime makes mountpoints in it
            shutil.copytree(folder, bundle, symlinks=True)
            subprocess.run(["sh", "-e", "-c", script], cwd=bundle, check=True)
            with open(bundle + "/config.json", "w", encoding="utf-8") as file:
                json.dump(changed, file)
            rules = found(speclint, bundle, runtime)
            started, error = starts(runtime, bundle, folder + ".state")
            shutil.rmtree(bundle)
            tried += 1
            if started == (runtime in refusing):
                wrong += 1
                print(f"{name}: it {'starts' if started else 'is refused'}: {error}")
            if runtime in refusing and rule not in rules:
                wrong += 1
                print(f"{name}: not found, but {rules or 'nothing'}")
            if rule is None and rules:
                wrong += 1
                print(f"{name}: it starts, and {rules} were found")
    print(f"{tried} runs of {len(ROWS)} bundles, {wrong} wrong")
    return wrong > 0


sys.exit(main())
