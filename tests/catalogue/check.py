#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Keep requirements.tsv true: check.py SPECLINT RULES TSV [CATALOGUE.jsonl]

Every statement has one line; the rule it names exists; what has no rule has a reason. A rule
that the spec itself demands says so in its message, with the spec's own word, and each says since
when speclint has it; no message is longer than a reader bears. With the catalogue
at hand: every statement of it is there, none else; a message says MUST or SHOULD as the spec does,
and only what the spec says claims to be of the spec; and enough of the statements are enforced
(95 % of what the spec itself says, 80 % of what follows from kernel and runtimes).
"""
import json
import os
import pathlib
import re
import subprocess
import sys

STATED, DERIVED = 0.95, 0.80
LONGEST = 240

# RFC 2119: words of one strength.
STRENGTHS = {"MUST": "MUST", "MUST NOT": "MUST", "REQUIRED": "MUST", "SHOULD": "SHOULD",
             "SHOULD NOT": "SHOULD", "NOT RECOMMENDED": "SHOULD", "DEPRECATED": "SHOULD"}


def words(text):
    return set(re.findall(r"\b(?:MUST NOT|MUST|REQUIRED|SHOULD NOT|SHOULD|NOT RECOMMENDED|DEPRECATED)\b",
                          text))


def member(text, name):
    """A member of a rule file: the rest of its line, or the lines folded below it."""
    found = re.search(rf"^{name}: (.*\n(?: .*\n)*)", text, re.M)
    return " ".join(found[1].split()).removeprefix(">- ").strip('"') if found else ""


def check_rules(folder, known):
    """Each rule's word of the spec and its message, and what is wrong with them."""
    rules, wrong = {}, []
    for path in pathlib.Path(folder).glob("*/*.yaml"):
        text = path.read_text(encoding="utf-8")
        word, message = member(text, "spec"), member(text, "message")
        rules[path.stem] = (word, message)
        if len(message) > LONGEST:
            wrong.append(f"{path.stem}: a message of {len(message)} characters is no sentence")
        if not member(text, "since"):
            wrong.append(f"{path.stem}: has no 'since', the version of speclint that has it first")
        if word and word not in STRENGTHS:
            wrong.append(f"{path.stem}: '{word}' is no word of the spec")
        elif word and not any(word in (said, said.removesuffix(" NOT")) for said in words(message)):
            wrong.append(f"{path.stem}: the spec says {word}, and the message does not")
    if set(rules) != known:
        wrong.append(f"the rules of {folder} are not those of the program")
    return rules, wrong


def read_table(path, known):
    mapped, wrong = {}, []
    with open(path, encoding="utf-8") as file:
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
            mapped[statement] = (rule, remark)
    return mapped, wrong


def check_words(entries, mapped, rules):
    """Rules claim to be of the spec exactly where a statement of the spec stands behind them."""
    wrong, stated = [], set()
    for entry in entries:
        rule, remark = mapped.get(entry["id"], ("-", ""))
        if rule not in rules:
            continue
        level, strength = entry["level"], STRENGTHS.get(entry["level"])
        word, message = rules[rule]
        if entry["basis"] == "derived" or strength is None:
            continue
        stated.add(rule)
        # The values of an enumeration are not always said in such words.
        exempt = entry["basis"] != "explicit" or "the runtime's" in remark
        if not exempt and STRENGTHS.get(word) != strength:
            wrong.append(f"{entry['id']}: the spec says {level}, and {rule} {word or 'nothing'}")
    for rule, (word, message) in rules.items():
        if word and rule not in stated:
            wrong.append(f"{rule}: claims to be of the spec, which does not say it")
        if words(message) and rule not in stated:
            wrong.append(f"{rule}: speaks as the spec does, which does not say it")
    return wrong


def check_catalogue(path, mapped, rules):
    with open(path, encoding="utf-8") as file:
        entries = [json.loads(line) for line in file]
    ids = {entry["id"] for entry in entries}
    wrong = [f"{statement} is not in the catalogue" for statement in sorted(set(mapped) - ids)]
    wrong += [f"{statement} has no line" for statement in sorted(ids - set(mapped))]
    wrong += check_words(entries, mapped, rules)
    for name, least, derived in (("stated", STATED, False), ("derived", DERIVED, True)):
        part = [e["id"] for e in entries if (e["basis"] == "derived") == derived]
        done = sum(mapped.get(statement, "-")[0] != "-" for statement in part)
        print(f"{name}: {done} of {len(part)} enforced ({100 * done / len(part):.1f} %)")
        if done < least * len(part):
            wrong.append(f"fewer than {least:.0%} of the {name} statements are enforced")
    return wrong


def main():
    speclint, folder, table = sys.argv[1:4]
    listed = json.loads(subprocess.run([speclint, "rules", "--isolated", "--format", "json"],
                                       check=True, capture_output=True).stdout)
    known = {rule["id"] for rule in listed}
    rules, wrong = check_rules(folder, known)
    mapped, faults = read_table(table, known)
    wrong += faults
    if len(sys.argv) > 4 and os.path.exists(sys.argv[4]):
        wrong += check_catalogue(sys.argv[4], mapped, rules)
    else:
        print("the catalogue is not here: only the table itself was checked")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


sys.exit(main())
