# SPDX-License-Identifier: Apache-2.0
"""Runs containers on hosts that are thrown away after each (host.sh)."""
import collections
import concurrent.futures
import contextlib
import itertools
import os
import pathlib
import queue
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time

import claims_bundle

HERE = os.path.dirname(os.path.abspath(__file__))
APPLETS = ("[ cat chmod chown cut df dmesg false find grep head hostname id kill ln ls mkdir "
           "mknod mount nice od printenv pwd readlink rm sed seq sh sleep sort stat sync tail "
           "test touch tr true umount uname unshare wc").split()
SECONDS = 10
PREFIX = "speclint-claims-"
NUMBERS = itertools.count()


class Outcome:
    """What became of a container: whether it was started, whether the probe held (None
    without one), and what the runtime said."""

    def __init__(self, out, error, status, tells):
        # What the container runs does not end with 1; a runtime does that fails, also
        # one that kills what it has started.
        self.started = claims_bundle.STARTED in out and status != 1 if tells else status == 0
        ended = re.search(claims_bundle.ENDED + r" (\d+)", out)
        self.held = None if ended is None else ended[1] == "0"
        lines = error.strip().splitlines() or out.strip().splitlines() or ["nothing"]
        self.words = next((line for line in reversed(lines) if "error" in line.lower()),
                          lines[-1])[:300]
        self.error = error + out

    def said(self, text):
        """Whether all the longer words of a text are there."""
        known = self.error.lower()
        return all(w in known for w in re.findall(r"\w{4,}", text.lower()))


# A spec to run: "bad" or "good", the probe or None, and the files of the bundle by name.
Job = collections.namedtuple("Job", "text form probe files", defaults=({},))


class Cgroup:
    """A cgroup in every hierarchy, and with it whatever is made below."""

    def __init__(self, number):
        name = f"{PREFIX}{os.getpid()}-{number}"
        with open("/proc/self/mounts") as file:
            mounts = [line.split() for line in file]
        self.folders = [pathlib.Path(where) / name for _, where, kind, *_ in mounts
                        if kind in ("cgroup", "cgroup2")]
        for folder in self.folders:
            self.remove_stale(folder.parent)
            folder.mkdir()
            for setting in ("cpuset.cpus", "cpuset.mems"):
                above = folder.parent / setting
                if above.exists() and (folder / "cgroup.clone_children").exists():
                    (folder / setting).write_text(above.read_text())
            if (folder / "cpu.rt_runtime_us").exists():
                (folder / "cpu.rt_runtime_us").write_text("100000")

    def release(self):
        for folder in self.folders:
            self.remove(folder)

    def kill(self):
        for folder in self.folders:
            self.kill_all(folder)

    @staticmethod
    def kill_all(folder):
        for path, _, _ in os.walk(folder):
            pids = (pathlib.Path(path) / "cgroup.procs").read_text().split()
            for pid in set(pids) - {"0"}:  # 0: of another pid namespace
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            # What is frozen dies when it thaws.
            state = pathlib.Path(path) / "freezer.state"
            if state.exists():
                state.write_text("THAWED")

    @classmethod
    def remove(cls, folder):
        for _ in range(50):
            cls.kill_all(folder)
            try:
                for path, _, _ in os.walk(folder, topdown=False):
                    os.rmdir(path)
                return
            except OSError:
                time.sleep(0.1)

    @classmethod
    def remove_stale(cls, folder):
        """What a run that was killed has left."""
        for left in folder.glob(PREFIX + "*"):
            pid = left.name[len(PREFIX):].partition("-")[0]
            if not os.path.exists(f"/proc/{pid}"):
                cls.remove(left)


class Pool:
    """Workers with a folder and a cgroup each."""

    def __init__(self, work):
        self.work = pathlib.Path(work)
        self.free = queue.Queue()
        self.cgroups = []
        # Most of the time is spent waiting for the kernel to take namespaces down.
        count = min(3 * (os.cpu_count() or 1), 8)
        for number in range(count):
            folder = self.work / str(number)
            (folder / "host").mkdir(parents=True)
            (folder / "job").mkdir()
            self.make_rootfs(folder / "rootfs")
            try:
                self.cgroups.append(Cgroup(number))
            except OSError as error:
                print(f"skipped: there may be no new cgroup here: {error}")
                sys.exit(77)
            self.free.put((folder, self.cgroups[-1]))
        self.executor = concurrent.futures.ThreadPoolExecutor(count)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.executor.shutdown(cancel_futures=True)
        for cgroup in self.cgroups:
            cgroup.release()

    @staticmethod
    def make_rootfs(rootfs):
        for folder in "bin dev etc proc sys tmp".split():
            (rootfs / folder).mkdir(parents=True)
        (rootfs / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\n")
        shutil.copy2(shutil.which("busybox"), rootfs / "bin/busybox")
        for applet in APPLETS:
            (rootfs / "bin" / applet).symlink_to("busybox")

    def submit(self, runtime, job):
        return self.executor.submit(self.run, runtime, job)

    def run(self, runtime, job):
        folder, cgroup = self.free.get()
        try:
            return self.run_in(folder, cgroup, runtime, job)
        finally:
            self.free.put((folder, cgroup))

    @staticmethod
    def run_in(folder, cgroup, runtime, job):
        text, setup, terminal, tells = claims_bundle.prepare(runtime.name, job)
        (folder / "job/config.json").write_text(text)
        (folder / "job/setup").write_text(setup)
        join = 'for f in $0; do echo $$ >"$f/cgroup.procs"; done; exec "$@"'
        command = ["sh", "-c", join, " ".join(map(str, cgroup.folders)),
                   "setpriv", "--pdeathsig", "KILL",
                   "unshare", "--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc",
                   "--net", "--cgroup", "sh", os.path.join(HERE, "host.sh"),
                   str(folder / "host"), runtime.program, str(folder / "job"),
                   f"speclint-{next(NUMBERS)}"]
        if terminal:
            command = ["script", "-qefc", shlex.join(command), "/dev/null"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, text=True,
                                   errors="replace", stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        try:
            out, error = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            cgroup.kill()
            out, error = process.communicate()
            error += f"\nno end within {SECONDS} seconds"
        return Outcome(out, error, process.returncode, tells)
