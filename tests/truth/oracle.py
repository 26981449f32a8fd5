# SPDX-License-Identifier: Apache-2.0
"""Compares the dry run with what runtimes did: oracle.py SPECLINT REPLAY KNOWN

REPLAY builds a bundle for each of many specs, runs a command on it, and tells what five
runtimes did with it. KNOWN lists the cases that are known to differ, with the reason.
Those of the five that are installed are run on every bundle too.
"""
import json
import re
import shutil
import subprocess
import sys

# runtime: (key of the replay, share that must agree, percent)
RUNTIMES = {
    "runc@1.1.5": ("runc", 99),
    "runc@1.5.1": ("runc_new", 99),
    "crun@1.8.1": ("crun", 95),
    "crun@1.27.1": ("crun_new", 95),
    "youki@0.7.0": ("youki", 95),
}
ERRORS = {
    "operation not permitted": "EPERM",
    "no such file or directory": "ENOENT",
    "invalid argument": "EINVAL",
    "no such device": "ENODEV",
    "not a directory": "ENOTDIR",
    "device or resource busy": "EBUSY",
    "read-only file system": "EROFS",
    "no space left on device": "ENOSPC",
    "too many levels of symbolic links": "ELOOP",
    "block device required": "ENOTBLK",
    "permission denied": "EACCES",
}
REFUSED = re.compile("error mounting|mount `|mount_setattr `")
INSTALLED = {"runc": "runc@1.1.5", "crun": "crun@1.8.1"}

# In the bundle: speclint as root and as nobody, then the runtimes that are installed; a
# line of JSON. A spec may join its own mount namespace and turn it over, so each gets one.
# crun needs a cgroup file system of one kind.
SCRIPT = r"""
"$1" mounts --on-target --runtime "$2" --format json . >../root.json 2>../root.err
setpriv --reuid 65534 --regid 65534 --clear-groups \
    "$1" mounts --on-target --runtime "$2" --format json . >../nobody.json 2>../nobody.err
run() {
    cp -a rootfs ../saved
    unshare --mount timeout -k 1 4 sh -c "$3 exec $1 --root ../state $4 run $2" \
        >/dev/null 2>../$1.err </dev/null
    echo $? >../$1.status
    $1 --root ../state delete -f "$2" >/dev/null 2>&1
    rm -rf --one-file-system rootfs ../state
    mv ../saved rootfs
}
case $4 in *runc*) run runc "$3" "" "" ;; esac
case $4 in *crun*)
    run crun "$3" "mount -t cgroup2 none /sys/fs/cgroup;" --cgroup-manager=disabled ;;
esac
python3 -c '
import json
def read(name):
    try:
        return open("../" + name).read()
    except OSError:
        return ""
names = ["root.json", "nobody.json", "runc.err", "runc.status", "crun.err", "crun.status"]
print(json.dumps({name: read(name) for name in names}))'
rm -rf ../*.json ../*.err ../*.status
"""


def installed():
    """Of the five runtimes, those that are here in just that version."""
    found = {}
    for program, runtime in INSTALLED.items():
        if shutil.which(program):
            text = subprocess.run([program, "--version"], capture_output=True, text=True)
            if runtime.partition("@")[2] in text.stdout:
                found[program] = runtime
    return found


def verdicts(text):
    """The verdict for each runtime, and the errno of the first mount it refuses."""
    try:
        report = json.loads(text)
    except ValueError:
        return {runtime: ("fault", None) for runtime in RUNTIMES}
    found = {}
    for runtime in RUNTIMES:
        mounts = [(m["runtimes"][runtime], m.get("errno")) for m in report["mounts"]]
        refused = [errno for outcome, errno in mounts if outcome == "refused"]
        untried = any(outcome == "untried" for outcome, _ in mounts)
        if refused or (report["verdict"] == "refused" and not mounts):
            found[runtime] = ("refused", refused[0] if refused else None)
        else:
            found[runtime] = ("untried" if untried else "ok", None)
    return found


class Score:
    def __init__(self, name, need):
        self.name, self.need = name, need
        self.right = {"ok": 0, "refused": 0}
        self.all = {"ok": 0, "refused": 0}
        self.wrong = []

    def add(self, case, did, verdict):
        if did not in self.all:
            return
        self.all[did] += 1
        if verdict == did:
            self.right[did] += 1
        else:
            self.wrong.append((case, did, verdict))

    def show(self, known):
        """True if it is good enough and every difference is known."""
        good = True
        for did, count in self.all.items():
            share = 100 * self.right[did] / count if count else 100
            good &= share >= self.need
            print(f"{self.name:20} {did:8} {self.right[did]:4} of {count:4} {share:6.1f}")
        for case, did, verdict in self.wrong:
            reason = known.get(case, "NOT KNOWN")
            good &= case in known
            print(f"  {case}: {did}, the dry run says {verdict}: {reason}")
        return good


def main(speclint, replay, known_path):
    with open(known_path) as file:
        lines = [line.split(None, 1) for line in file if line[0] not in "#\n"]
    known = {name: reason.strip() for name, reason in lines}
    here = installed()
    command = ["python3", replay, "--", "sh", "-c", SCRIPT, "sh", speclint,
               ",".join(RUNTIMES), "{name}", " ".join(here)]
    scores = {name: Score(name, need) for name, (_, need) in RUNTIMES.items()}
    live = {name: Score(f"{name} here", 99 if name == "runc" else 95) for name in here}
    errno = Score("errno of runc", 95)
    nobody = Score("as nobody", 100)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        case = json.loads(line)
        if case["rc"] != 0:
            sys.exit(f"{case['name']}: {case['stderr']}")
        out = json.loads(case["stdout"])
        root, other = verdicts(out["root.json"]), verdicts(out["nobody.json"])
        for runtime, (key, _) in RUNTIMES.items():
            scores[runtime].add(case["name"], case[key], root[runtime][0])
        for program, runtime in here.items():
            text, status = out[f"{program}.err"], out[f"{program}.status"]
            did = ("ok" if status == "0\n"
                   else "refused" if REFUSED.search(text) else "failed")
            verdict, error = root[runtime]
            live[program].add(case["name"], did, verdict)
            wanted = [name for words, name in ERRORS.items() if words in text]
            if program == "runc" and did == verdict == "refused" and wanted:
                errno.add(case["name"], "refused",
                          "refused" if error in wanted else str(error))
        if '"user"' in out["root.json"].partition("]")[0]:
            same = [other[r][0] in (root[r][0], "untried") for r in RUNTIMES]
            nobody.add(case["name"], "ok", "ok" if all(same) else "another verdict")
    if process.wait() != 0:
        sys.exit("the replay failed")
    all_scores = [*scores.values(), *live.values(), errno, nobody]
    shown = [score.show(known) for score in all_scores]
    sys.exit(0 if all(shown) else 1)


main(*sys.argv[1:])
