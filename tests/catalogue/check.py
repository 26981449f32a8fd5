#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keep requirements.tsv true: check.py SPECLINT TSV [CATALOGUE.jsonl]

Every statement has one line; the rule it names exists; what has no rule has a reason. With
the catalogue at hand: every statement of it is there, none else, and enough of them are
enforced (95 % of what the spec itself says, 80 % of what follows from kernel and runtimes).
"""
import json
import os
import subprocess
import sys

STATED, DERIVED = 0.95, 0.80


def main():
    speclint, table = sys.argv[1:3]
    rules = json.loads(subprocess.run([speclint, "rules", "--format", "json"], check=True,
                                      capture_output=True).stdout)
    known = {rule["id"] for rule in rules}
    wrong, mapped = [], {}
    with open(table, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.startswith("#"):
                continue
            statement, rule, remark = line.rstrip("\n").split("\t")
            if statement in mapped:
                wrong.append(f"{number}: {statement} stands twice")
            if rule == "-" and not remark:
                wrong.append(f"{number}: {statement} has neither a rule nor a reason")
            if rule != "-" and rule not in known:
                wrong.append(f"{number}: there is no rule {rule}")
            mapped[statement] = rule
    if len(sys.argv) > 3 and os.path.exists(sys.argv[3]):
        with open(sys.argv[3], encoding="utf-8") as file:
            entries = [json.loads(line) for line in file]
        ids = {entry["id"] for entry in entries}
        wrong += [f"{statement} is not in the catalogue" for statement in sorted(set(mapped) - ids)]
        wrong += [f"{statement} has no line" for statement in sorted(ids - set(mapped))]
        for name, least, derived in (("stated", STATED, False), ("derived", DERIVED, True)):
            part = [e["id"] for e in entries if (e["basis"] == "derived") == derived]
            done = sum(mapped.get(statement, "-") != "-" for statement in part)
            print(f"{name}: {done} of {len(part)} enforced ({100 * done / len(part):.1f} %)")
            if done < least * len(part):
                wrong.append(f"fewer than {least:.0%} of the {name} statements are enforced")
    else:
        print("the catalogue is not here: only the table itself was checked")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


sys.exit(main())
