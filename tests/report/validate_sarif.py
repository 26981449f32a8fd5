#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check a SARIF log: validate_sarif.py SCHEMA FILE, or SCHEMA -- COMMAND... that prints one.

It must fit the schema, and beyond that: a result's ruleIndex is its rule's, fingerprints
are unique, no text is empty (GitHub refuses it), and where the file of a result is there,
its region holds the name that the result is about, and a fix leaves JSON. Exits with 77
where the schema or python3-jsonschema is missing.
"""
import json
import os
import re
import subprocess
import sys
import urllib.parse

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)


def read_log(arguments):
    if arguments[0] != "--":
        with open(arguments[0], encoding="utf-8") as file:
            return json.load(file)
    done = subprocess.run(arguments[1:], stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1, 2):
        sys.exit(f"{arguments[1]} ended with status {done.returncode}")
    return json.loads(done.stdout.decode("utf-8"))


def read_text(location):
    """The text of an artifact, or None where it is not at hand."""
    path = urllib.parse.unquote_to_bytes(location["uri"])
    if not os.path.isfile(path):
        return None
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def span(text, region):
    """The region as offsets in UTF-16 code units, which is what its columns count."""
    starts = [0] + [match.end() for match in re.finditer("\r\n|\n|\r", text)]

    def offset(line, column):
        return units(text[: starts[line - 1]]) + column - 1

    return (offset(region["startLine"], region["startColumn"]),
            offset(region["endLine"], region["endColumn"]))


def units(text):
    return len(text.encode("utf-16-le")) // 2


def cut(text, start, end):
    return text.encode("utf-16-le")[2 * start:2 * end].decode("utf-16-le")


def check_place(result, text):
    physical = result["locations"][0]["physicalLocation"]
    start, end = span(text, physical["region"])
    assert 0 <= start <= end <= units(text), f"{physical['region']} is not in the text"
    for logical in result["locations"][0].get("logicalLocations", []):
        name = logical["fullyQualifiedName"].rsplit("/", 1)[1]
        name = name.replace("~1", "/").replace("~0", "~")
        if not name.isdigit():
            assert name in cut(text, start, end), f"{name} is not in {physical['region']}"


def check_fix(fix, text, path):
    for change in fix["artifactChanges"]:
        at, fixed = 0, ""
        for replacement in change["replacements"]:
            start, end = span(text, replacement["deletedRegion"])
            assert at <= start, "replacements are not in order"
            fixed += cut(text, at, start) + replacement.get("insertedContent", {"text": ""})["text"]
            at = end
        fixed += cut(text, at, units(text))
        assert fixed != text, "a fix changes nothing"
        if path.endswith(".json"):
            json.loads(fixed)


def check_texts(value):
    if isinstance(value, dict):
        for name, member in value.items():
            assert not (name in ("text", "markdown", "uri") and member == ""), f"{name} is empty"
            if name != "insertedContent":
                check_texts(member)
    elif isinstance(value, list):
        for member in value:
            check_texts(member)


def main():
    schema_path, arguments = sys.argv[1], sys.argv[2:]
    if not os.path.exists(schema_path):
        print(f"skipped: {schema_path} is not there")
        return 77
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    log = read_log(arguments)
    jsonschema.Draft4Validator(schema).validate(log)
    check_texts(log)
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    seen = set()
    placed = fixed = 0
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        own = result["fingerprints"]["speclint/v1"]
        assert own not in seen, f"{own} is the fingerprint of two results"
        seen.add(own)
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        text = read_text(location)
        if text is None:
            continue
        check_place(result, text)
        placed += 1
        for fix in result.get("fixes", []):
            check_fix(fix, text, location["uri"])
            fixed += 1
    print(f"{len(run['results'])} results of {len(rules)} rules; {placed} places and {fixed} fixes checked")
    return 0


sys.exit(main())
