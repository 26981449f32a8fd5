# SPDX-License-Identifier: Apache-2.0
"""Lets runtimes say whether the rules' claims are true: claims.py SPECLINT RULES UNPROVEN

A rule's examples that have a probe, or else its first, are made a spec that a runtime can
start, and every runtime that is here runs the bad form and the good one, each on a host of
its own (host.sh). It must do what the rule says of its version:

    refuses   the bad form does not start, and the good one does; where there is no good
              one, the runtime says what the rule says in `as`
    ignores   the bad form starts, and the probe, a command that is run in the container,
              fails: what the spec asked for is not there
    adapts    the bad form starts
    honours   the bad form starts; the probe holds where there is one

The good form starts everywhere, and the probe holds there unless good is but bad with
something left out. A runtime of which `as` says that it "knows no" such thing need not take
the good form either, and what has "no effect" is no matter for the probe.

A claim about a version that is not here has been seen elsewhere or cites its source. One
whose examples all need a `host` is of a host, which cannot be made here. UNPROVEN lists the
claims that cannot be run for another reason.

SPECLINT_RUNTIMES holds further runtimes, with blanks between; SPECLINT_RULE the only rule
to be asked about.
"""
import collections
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import claims_bundle
import claims_host

RUNTIMES = ("runc", "crun", "youki")
DOES = ("refuses", "ignores", "adapts", "honours")
# Where something was read: a function, a file, a numbered issue.
CITED = re.compile(r"\w+\(\)|\w+\.(c|go|rs|h|perf)\b|\bissue \d+|\bNEWS\b|\bhas no \w+")

HELD = {True: "holds", False: "fails", None: "is not there"}

Runtime = collections.namedtuple("Runtime", "name version program")
Claim = collections.namedtuple("Claim", "rule runtime does seen source said key")
Case = collections.namedtuple("Case", "bad good probe files smaller")


def numbers(version):
    return tuple(int(part) for part in version.split("."))


def find_runtimes():
    found = []
    more = os.environ.get("SPECLINT_RUNTIMES", "").split()
    for program in [*RUNTIMES, *more]:
        path = shutil.which(program)
        if path is None and program in more:
            sys.exit(f"SPECLINT_RUNTIMES names {program}, which is not here")
        if path is None:
            continue
        text = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
        match = re.search(r"\b(runc|crun|youki)\b.*?(\d+\.\d+(\.\d+)?)", text, re.S)
        if match is None:
            sys.exit(f"{path} does not say which runtime it is")
        found.append(Runtime(match[1], match[2], os.path.realpath(path)))
    names = [runtime.name for runtime in found]
    return found, [name for name in RUNTIMES if name not in names]


def read_rules(speclint, folder):
    """The rules that claim something, as the reader of speclint has them."""
    rules = []
    for path in sorted(pathlib.Path(folder).glob("*/*.yaml")):
        command = [speclint, "query", "--format", "json", "$", str(path)]
        rule = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        if "runtimes" in rule[0]["value"]:
            rules.append(rule[0]["value"])
    only = os.environ.get("SPECLINT_RULE")
    return [rule for rule in rules if only in (None, rule["id"])]


def read_claims(rule):
    claims = []
    for key, claim in rule["runtimes"].items():
        claims.append(Claim(rule["id"], re.match(r"\w+", key)[0], claim["does"],
                            claim.get("seen", ""), claim.get("source", ""),
                            claim.get("as", ""), key))
    return claims


def claim_of(claims, runtime):
    """The claim that holds for a version: a range is before the rest (rule_claim())."""
    rest = None
    for claim in claims:
        if claim.runtime != runtime.name:
            continue
        match = re.search(r"(<|>=)(.*)", claim.key)
        if match is None:
            rest = claim
        elif (numbers(runtime.version) < numbers(match[2])) == (match[1] == "<"):
            return claim
    return rest


def is_part(small, great):
    """Whether `small` is `great` with something left out."""
    if isinstance(small, dict) and isinstance(great, dict):
        return all(k in great and is_part(v, great[k]) for k, v in small.items())
    if isinstance(small, list) and isinstance(great, list):
        left = iter(great)
        return all(any(is_part(s, g) for g in left) for s in small)
    return small == great


def read_cases(rule, speclint):
    """The examples to run, completed so that the rule still finds the bad form. One that
    lists what a host has is left out: no test can make that."""
    examples = [e for e in rule["examples"] if "probe" in e] or rule["examples"]
    examples = [e for e in examples if "host" not in e]
    if not any("probe" in example for example in examples):
        examples = examples[:1]
    cases = []
    for example in examples:
        bad, good, files = example["bad"], example.get("good"), example.get("bundle", {})

        def finds(text):
            return claims_bundle.finds(speclint, rule["id"], text, files)

        out = claims_bundle.left_out(bad, finds)
        if out is None:
            raise ValueError("it does not find its example, made a spec that starts; "
                             "claims_bundle.py says how that is made")
        good_text = None if good is None else claims_bundle.complete(good, out)
        if good_text and finds(good_text):
            raise ValueError("it finds its good example, made a spec that starts")
        cases.append(Case(claims_bundle.complete(bad, out), good_text, example.get("probe"),
                          files, good is not None and is_part(good, bad)))
    return cases


def judge(claim, case, bad, good):
    """What is wrong with a claim, or None."""
    known = not claim.said.startswith("knows no ")
    if good is not None and known and not good.started:
        return f"the good form does not start: {good.words}"
    if good is not None and good.held is False and known and not case.smaller:
        return "the probe fails with the good form"
    if claim.does == "refuses":
        if bad.started:
            return f"it starts, and the probe {HELD[bad.held]}"
        if good is None and not bad.said(claim.said):
            return f"without a good form, it must say what `as` says; it says: {bad.words}"
        return None
    if not bad.started:
        return f"it does not start: {bad.words}"
    if claim.does == "ignores" and bad.held is None:
        return ("no probe shows it: give the example a `probe`, or the claim a line in "
                "tests/truth/unproven.txt")
    if claim.does == "ignores" and bad.held:
        return "it honours the form: the probe holds"
    if claim.does == "honours" and bad.held is False and "no effect" not in claim.said:
        return "it does not honour the form: the probe fails"
    return None


def read_unproven(path):
    reasons = {}
    with open(path) as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                rule, runtime, reason = line.split(None, 2)
                reasons[rule, runtime] = reason.strip()
    return reasons


class Proof:
    def __init__(self, unproven):
        self.unproven, self.used = unproven, set()
        self.wrong = []
        self.count = collections.Counter()
        self.done = collections.defaultdict(collections.Counter)
        self.run, self.unasked = set(), set()

    def reason(self, claim):
        for name in (claim.runtime, "*"):
            if (claim.rule, name) in self.unproven:
                self.used.add((claim.rule, name))
                return self.unproven[claim.rule, name]
        return None

    def add(self, claim, runtime, wrongs):
        self.run.add(claim)
        where = f"{runtime.name}@{runtime.version}"
        self.done[where][claim.does] += 1
        for wrong in filter(None, wrongs):
            self.done[where]["wrong"] += 1
            self.wrong.append(f"{claim.rule}: {where} {claim.does}: {wrong}")

    def close(self, claims):
        """Counts the claims, those that no runtime here could be asked about too."""
        for claim in claims:
            cited = CITED.search(claim.source)
            if claim.source and not cited:
                self.wrong.append(f"{claim.rule}: {claim.key}: '{claim.source}' names no "
                                  "function, file or issue")
            if claim in self.run:
                self.count["run"] += 1
            elif self.reason(claim):
                self.count["not run"] += 1
            elif cited:
                self.count["cited"] += 1
            elif claim in self.unasked:
                self.count["of a host"] += 1
            else:
                self.count["seen elsewhere"] += 1
        rules = {claim.rule for claim in claims}
        for rule, runtime in sorted(set(self.unproven) - self.used):
            if len(rules) > 1:
                self.wrong.append(f"{rule}: {runtime} is listed as unproven, and is no claim")

    def show(self, missing):
        for where, done in sorted(self.done.items()):
            parts = [f"{done[does]} {does}" for does in DOES]
            print(f"{where}: {', '.join(parts)}; {done['wrong']} not so")
        for name in missing:
            print(f"{name}: not found")
        for rule, runtime in sorted(self.used):
            print(f"not run: {rule}, {runtime}: {self.unproven[rule, runtime]}")
        for wrong in self.wrong:
            print(f"NOT SO: {wrong}")
        parts = [f"{self.count[k]} {k}"
                 for k in ("run", "seen elsewhere", "cited", "of a host", "not run")]
        print(f"{sum(self.count.values())} claims: {', '.join(parts)}")


def ask(proof, pool, speclint, rule, claims, runtimes):
    """Starts the runs of a rule: a list of (claim, runtime, case, bad, good)."""
    asked = [(claim, runtime) for runtime in runtimes
             if (claim := claim_of(claims, runtime)) and not proof.reason(claim)]
    try:
        cases = read_cases(rule, speclint) if asked else []
    except ValueError as error:
        proof.wrong.append(f"{rule['id']}: {error}")
        return []
    if not cases:
        proof.unasked.update(claim for claim, _ in asked)
    started = []
    for claim, runtime in asked:
        for case in cases:
            jobs = [text and claims_host.Job(text, form, case.probe, case.files)
                    for form, text in (("bad", case.bad), ("good", case.good))]
            started.append((claim, runtime, case,
                            *[job and pool.submit(runtime, job) for job in jobs]))
    return started


def main(speclint, folder, unproven):
    runtimes, missing = find_runtimes()
    rules = read_rules(speclint, folder)
    claims = {rule["id"]: read_claims(rule) for rule in rules}
    proof = Proof(read_unproven(unproven))
    with tempfile.TemporaryDirectory() as work, claims_host.Pool(work) as pool:
        smallest = claims_host.Job(claims_bundle.complete({}), "good", "true")
        for runtime in runtimes:
            outcome = pool.run(runtime, smallest)
            if not outcome.held:
                sys.exit(f"{runtime.program} does not start the smallest spec: "
                         f"{outcome.words}")
        started = []
        for rule in rules:
            started += ask(proof, pool, speclint, rule, claims[rule["id"]], runtimes)
        wrongs = collections.defaultdict(list)
        for claim, runtime, case, bad, good in started:
            wrongs[claim, runtime].append(
                judge(claim, case, bad.result(), good and good.result()))
        for (claim, runtime), found in wrongs.items():
            proof.add(claim, runtime, found)
    proof.close([claim for each in claims.values() for claim in each])
    proof.show(missing)
    sys.exit(1 if proof.wrong else 0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(*sys.argv[1:])
