# SPDX-License-Identifier: Apache-2.0
"""Compares what the rules say with what runtimes did:
oracle_rules.py SPECLINT REPLAY KNOWN

REPLAY builds a bundle for each of many specs and tells what five runtimes did with it. A
spec that runtimes refuse, or start without honouring it, must get an error or a warning;
one that all honour no error. KNOWN lists the exceptions to the second, with the reason.
"""
import json
import subprocess
import sys

BY_DEFAULT = ["runc", "runc_new", "crun", "crun_new"]
# Who chose them, which share of what all of them, and of what some of them, refuse or do
# not honour must be said, in percent.
RUNS = {
    "runc,crun": (BY_DEFAULT, 95, 85),
    "youki": (["youki"], 85, 85),
}


def is_bad(run):
    return not run["started"] or run.get("intent_honoured") is False


def lint(speclint, replay, runtimes):
    """What speclint says of each case, by name; None for what it cannot read."""
    said = {}
    run = subprocess.run(
        [sys.executable, replay, "--", speclint, "--isolated", "--on-target",
         "--runtime", runtimes, "--format", "json", "{bundle}"],
        capture_output=True, text=True, check=True)
    for line in run.stdout.splitlines():
        case = json.loads(line)
        report = json.loads(case["stdout"])
        said[case["name"]] = None if report["faults"] else report["findings"]
    return said


def has(findings, *levels):
    return findings is None or any(f["level"] in levels for f in findings)


def main():
    speclint, replay, known_path = sys.argv[1:]
    results = replay.rpartition("/")[0] + "/results.jsonl"
    with open(results) as file:
        cases = [json.loads(line) for line in file]
    with open(known_path) as file:
        known = {line.split()[0] for line in file if line.strip() and line[0] != "#"}
    wrong, seen = [], set()
    for runtimes, (keys, *bars) in RUNS.items():
        said = lint(speclint, replay, runtimes)
        found, missed = [0, 0], [[], []]
        quiet = 0
        for case in cases:
            name, tags = case["name"], case.get("tags", [])
            runs = [case[key] for key in keys
                    if not case[key].get("unsure")
                    and not (key.startswith("crun") and "crun-cgroup-disabled" in tags)]
            bad = [is_bad(run) for run in runs]
            if not bad:
                continue
            if any(bad):
                some = not all(bad)
                if has(said[name], "error", "warning"):
                    found[some] += 1
                elif "env-specific" not in tags:  # of the machine that they ran on
                    missed[some].append(name)
            elif not has(said[name], "error"):
                quiet += 1
            elif name in known and not case.get("control"):
                seen.add(name)
            else:
                wrong.append(f"{runtimes}: {name} is honoured, and gets an error")
        for some, word in enumerate(["all", "some"]):
            count = found[some] + len(missed[some])
            if count == 0:
                continue
            share = 100 * found[some] / count
            print(f"{runtimes}: of {count} specs that {word} refuse or do not honour "
                  f"{found[some]} are found, {share:.1f} %; not {' '.join(missed[some])}")
            if share < bars[some]:
                wrong.append(f"{runtimes}: that is less than {bars[some]} %")
        print(f"{runtimes}: {quiet} specs that they honour have no error")
    wrong += [f"{name} is known to get an error, and does not" for name in known - seen]
    for line in wrong:
        print("FAILED:", line)
    return bool(wrong)


sys.exit(main())
