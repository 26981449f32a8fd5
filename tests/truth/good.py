# SPDX-License-Identifier: Apache-2.0
"""Specs that are good, and so have no errors: good.py SPECLINT SHARED

The cases of the oracle that are controls; the examples of the runtime spec itself; what runtimes
ship as good examples. Where a document is older than the first release of the spec and the spec has
changed since, the finding says since when.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys

# Repository and how the path in it begins, of the documents of the corpus.
EXAMPLES = (
    ("opencontainers/runtime-spec", "config.md@"),
    ("opencontainers/runtime-spec", "schema/test/config/good/"),
    ("containerd/runwasi", "wasmtimeshim-rust/bundle/"),
    ("containers/oci-spec-rs", "src/runtime/test/fixture/sample.json"),
    ("eth-cscs/sarus", "src/runtime/test/"),
    ("kata-containers/kata-containers", "src/agent/samples/"),
    ("kata-containers/kata-containers", "src/libs/oci/"),
    ("kata-containers/kata-containers", "src/runtime/pkg/"),
    ("kata-containers/kata-containers", "src/runtime/virtcontainers/pkg/agent/"),
    ("kata-containers/kata-containers", "tests/data/"),
    ("linuxkit/linuxkit", "pkg/"),
    ("rdkcentral/Dobby", "tests/"),
    ("youki-dev/youki", "(unknown path)"),
)
# Rules whose findings follow from a change of the spec.
CHANGED = {"missing-member", "wrong-type", "bad-value", "newer-than-version", "removed-member",
           "deprecated-member"}
SINCE = re.compile(r"(since|new in) (\d+\.\d+\.\d+)")


def lint(speclint, path, *options):
    result = subprocess.run([speclint, "--isolated", "--format", "json", *options, path],
                            capture_output=True, text=True, check=False)
    return json.loads(result.stdout)


def controls(shared):
    with open(shared / "oracle/results.jsonl", encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    return [shared / f"oracle/configs/{case['name']}.json" for case in cases if case.get("control")]


def examples(shared):
    with open(shared / "corpus/index.tsv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["file"].startswith("json/") and any(
                    row["repo"] == repo and row["path"].startswith(path) for repo, path in EXAMPLES):
                yield shared / "corpus" / row["file"], row["ociVersion"]


def check(speclint, path, options=()):
    report = lint(speclint, path, *options)
    wrong = [f"{path}: {fault['message']}" for fault in report["faults"]]
    wrong += [f"{path}: {finding['pointer']}: {finding['message']} [{finding['rule']}]"
              for finding in report["findings"] if finding["level"] == "error"]
    return report["findings"], wrong


def main():
    speclint, shared = sys.argv[1], pathlib.Path(sys.argv[2])
    wrong, count = [], {"controls": 0, "examples": 0, "old": 0}
    for path in controls(shared):
        count["controls"] += 1
        wrong += check(speclint, path)[1]
    for path, version in examples(shared):
        count["examples"] += 1
        findings, errors = check(speclint, path)
        wrong += errors
        if re.match(r"0\.|1\.0\.0-", version):
            count["old"] += 1
            wrong += [f"{path}: does not say since when: {finding['message']}" for finding in findings
                      if finding["rule"] in CHANGED and not SINCE.search(finding["message"])]
    print(", ".join(f"{number} {name}" for name, number in count.items()))
    wrong += [f"there are no {name}" for name, number in count.items() if number == 0]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


sys.exit(main())
