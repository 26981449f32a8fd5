# SPDX-License-Identifier: Apache-2.0
"""Makes a spec that a runtime can start of an example of a rule."""
import copy
import json
import os
import pathlib
import posixpath
import re
import shlex
import shutil
import subprocess
import tempfile

# What an example is merged over. It has no member that a runtime can do without, so that
# nothing but the example is a reason to refuse it.
BASE = {
    "ociVersion": "1.0.2",
    "process": {
        "user": {"uid": 0, "gid": 0},
        "args": ["/bin/sh"],
        "cwd": "/",
        "env": ["PATH=/bin"],
    },
    "root": {"path": "rootfs"},
    "mounts": [
        {"destination": "/proc", "type": "proc", "source": "proc"},
        {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
         "options": ["nosuid", "mode=755"]},
        {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
         "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666"]},
    ],
    "linux": {"namespaces": [{"type": kind}
                             for kind in ("pid", "ipc", "uts", "mount", "network")]},
}
# What is added to an example that lacks it. A rule about what is missing does not find the
# example any more then, so that each can be left out.
ADDED = ["version", *(m["destination"] for m in BASE["mounts"]),
         *(n["type"] for n in BASE["linux"]["namespaces"])]

STARTED, ENDED = "speclint-started", "speclint-probe"


def merge(below, above):
    if not isinstance(below, dict) or not isinstance(above, dict):
        return copy.deepcopy(above)
    merged = dict(below)
    for name, value in above.items():
        merged[name] = merge(below[name], value) if name in below else copy.deepcopy(value)
    return {name: value for name, value in merged.items() if value != "<absent>"}


def clean(path):
    return posixpath.normpath(path.strip()) if isinstance(path, str) else path


def add_missing(base, given, key, first):
    """The entries of `base` that `given` lacks by their `key`, before or after it."""
    if not isinstance(given, list) or not all(isinstance(e, dict) for e in given):
        return given
    there = [clean(entry.get(key)) for entry in given]
    missing = [entry for entry in base if entry[key] not in there]
    return missing + given if first else given + missing


def complete_text(text):
    """An example that is a text gets the members that it lacks."""
    try:
        there = json.loads(text)
    except ValueError:
        there = None
    if not isinstance(there, dict):
        return text
    members = {name: value for name, value in BASE.items() if name not in there}
    return json.dumps(members)[:-1] + ", " + text.lstrip()[1:]


def complete(example, left_out=()):
    """The text of the spec."""
    if isinstance(example, str):
        return complete_text(example)
    base = copy.deepcopy(BASE)
    mounts, linux = base["mounts"], base["linux"]
    base["mounts"] = [m for m in mounts if m["destination"] not in left_out]
    linux["namespaces"] = [n for n in linux["namespaces"] if n["type"] not in left_out]
    spec = merge(base, example)
    if not isinstance(spec, dict):
        return json.dumps(spec)
    if "version" not in left_out:
        # Some runtimes take none that is newer than they are.
        spec["ociVersion"] = BASE["ociVersion"]
    if "mounts" in spec:
        spec["mounts"] = add_missing(base["mounts"], spec["mounts"], "destination", True)
    linux = spec.get("linux")
    if isinstance(linux, dict) and "namespaces" in linux:
        linux["namespaces"] = add_missing(base["linux"]["namespaces"],
                                          linux["namespaces"], "type", False)
    return json.dumps(spec)


def left_out(example, finds):
    """What must not be added to the example so that finds(text) holds; None if it never
    does."""
    if finds(complete(example)):
        return ()
    out = list(ADDED)
    if not finds(complete(example, out)):
        return None
    for name in ADDED:
        fewer = [other for other in out if other != name]
        if finds(complete(example, fewer)):
            out = fewer
    return out


def read_file(value):
    """What a file of `bundle` is: its mode, and its text, None for a program like any
    other."""
    program = re.fullmatch(r"(private )?program(: (.*))?", value, re.S)
    if program is None:
        return 0o644, "" if value == "file" else value
    return 0o700 if program[1] else 0o755, program[3]


def write_files(folder, files):
    """Makes the files of an example's `bundle`, as speclint test does."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if value == "dir":
            path.mkdir(exist_ok=True)
        elif value.startswith("-> "):
            path.symlink_to(value[3:])
        else:
            mode, text = read_file(value)
            if text is None:
                shutil.copy(shutil.which("true"), path)
            else:
                path.write_text(text)
            path.chmod(mode)


def finds(speclint, rule, text, files):
    with tempfile.TemporaryDirectory() as folder:
        write_files(pathlib.Path(folder), files)
        path = os.path.join(folder, "config.json")
        with open(path, "w") as file:
            file.write(text)
        command = [speclint, "--select", rule, "--runtime", "any,runc@0,crun@0,youki@0", "--profile", "pedantic",
                   "--format", "json", path]
        out = subprocess.run(command, capture_output=True, text=True).stdout
    return bool(json.loads(out)["findings"])


def script(runtime, form, probe):
    """What the container runs: it tells that it was started, and how the probe ended. It
    starts no process of its own, which not every container may."""
    lines = [f"echo {STARTED}"]
    if probe is not None:
        lines += [f"runtime={runtime} form={form}", f"{{ {probe}\n}} >/dev/null 2>&1",
                  f"echo {ENDED} $?"]
    return "\n".join(lines) + "\n"


def entries(spec, name):
    found = spec.get(name)
    if not isinstance(found, list):
        return []
    return [entry for entry in found if isinstance(entry, dict)]


def words(value):
    return [w for w in value if isinstance(w, str)] if isinstance(value, list) else []


def inside(path):
    """Where a path of the host is while host.sh makes that: below its root or bundle."""
    return path.lstrip("/") if path.startswith("/") else "bundle/" + path


# A source has a file in it, and a mount.
SOURCE = ("[ -e {0} ] || [ -L {0} ] || {{ mkdir -p {0}/below; echo 1 >{0}/file; "
          "mount -t tmpfs below {0}/below; }}")


def set_up_mount(mount):
    """Makes what the mount needs of the host."""
    options = words(mount.get("options"))
    source = mount.get("source")
    lines = []
    bound = {"bind", "rbind"} & set(options) or mount.get("type") in ("bind", "none")
    if bound and isinstance(source, str) and source:
        where = shlex.quote(inside(source) or ".")
        if "copy-symlink" in options:
            lines.append(f"ln -s /etc/hostname {where}")
        lines.append(SOURCE.format(where))
    for option in options:
        name, _, value = option.partition("=")
        if mount.get("type") == "overlay" and name in ("lowerdir", "upperdir", "workdir"):
            lines += [f"mkdir -p {shlex.quote(inside(layer))}" for layer in value.split(":")]
    return lines


def set_up_namespace(namespace):
    path = namespace.get("path")
    if not isinstance(path, str) or not path.startswith("/run/"):
        return []
    where = shlex.quote(inside(path))
    return [f"mkdir -p $(dirname {where})", f"touch {where}",
            f"unshare --net mount --bind /proc/self/ns/net {where}"]


def set_up_program(spec, path, text):
    """The program of the example, in the root and in every source that covers it."""
    folders = [("/", "bundle/rootfs")]
    for mount in entries(spec, "mounts"):
        source, where = mount.get("source"), clean(mount.get("destination"))
        if isinstance(source, str) and where and path.startswith(where + "/"):
            folders.append((where, inside(source)))
    lines = []
    for where, folder in folders:
        to = shlex.quote(f"{folder}/{posixpath.relpath(path, where)}")
        lines += [f"mkdir -p $(dirname {to})",
                  f"printf %s {shlex.quote('#!/bin/sh' + chr(10) + text)} >{to}",
                  f"chmod 755 {to}"]
    return lines


def set_up_files(files, program, told):
    """What an example lists in `bundle`; of what is there already, busybox and its links
    stay. The program of the example is the one that tells that it was started."""
    lines = []
    for name, value in files.items():
        to = shlex.quote("bundle/" + name)
        mode, text = read_file(value)
        if text is None and program and name == "rootfs" + program:
            text = f"#!/bin/sh\n{told}"
        if value == "dir":
            lines.append(f"mkdir -p {to}")
            continue
        lines.append(f"mkdir -p $(dirname {to})")
        if value.startswith("-> "):
            lines.append(f"[ -L {to} ] || ln -s {shlex.quote(value[3:])} {to}")
            continue
        if text is None:
            lines.append(f"[ -e {to} ] || cp bundle/rootfs/bin/busybox {to}")
        else:
            lines.append(f"rm -rf {to}; printf %s {shlex.quote(text)} >{to}")
        lines.append(f"chmod {mode:o} {to}")
    return lines


def set_up_owner(linux):
    """The root belongs to the root of the container."""
    owner = [next((m.get("hostID") for m in entries(linux, name)
                   if m.get("containerID") == 0), 0)
             for name in ("uidMappings", "gidMappings")]
    spaces = entries(linux, "namespaces")
    if not any(space.get("type") == "user" for space in spaces) or not all(
            isinstance(number, int) and 0 <= number < 2**32 for number in owner):
        return []
    return [f"chown -hR {owner[0]}:{owner[1]} bundle/rootfs"]


def prepare(runtime, job):
    """The spec that runs the probe, the script that makes its host, whether it needs a
    terminal, and whether the container tells that it was started."""
    try:
        spec = json.loads(job.text)
    except ValueError:
        spec = None
    process = spec.get("process") if isinstance(spec, dict) else None
    if not isinstance(process, dict):
        return job.text, "", False, False
    linux = spec.get("linux") if isinstance(spec.get("linux"), dict) else {}
    # A device that a network namespace of the container's own does not have.
    lines = ["busybox ip link add host0 type ifb"]
    for mount in entries(spec, "mounts"):
        lines += set_up_mount(mount)
    for namespace in entries(linux, "namespaces"):
        lines += set_up_namespace(namespace)
    for device in linux.get("netDevices") or {}:
        lines.append(f"busybox ip link add {shlex.quote(device)} type ifb")
    told = script(runtime, job.form, job.probe)
    args = words(process.get("args"))
    program = args[0] if args and args[0].startswith("/") else ""
    tells, text = True, job.text
    if args[:1] in (["sh"], ["/bin/sh"]):
        program = ""
        # In place, so that the rest of a text stays what it is.
        text = text.replace(json.dumps(args), json.dumps([args[0], "-c", told]), 1)
    elif program and not job.files:
        lines += set_up_program(spec, program, told)
    else:
        tells = job.files.get("rootfs" + program) in ("program", "private program")
    lines += set_up_files(job.files, program, told) + set_up_owner(linux)
    return text, "\n".join(lines) + "\n", process.get("terminal") is True, tells
