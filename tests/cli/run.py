#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run one scenario of the command line: run.py SPECLINT SCENARIO [--update]

A scenario is one text file of sections, each begun by a line `==== NAME`:

    ==== about          what it shows (not checked)
    ==== needs          a shell script that fails where it cannot be shown: then it skips
    ==== file PATH      a file there is before
    ==== command        a shell script, run in a fresh folder with those files
    ==== stdout         what it prints, exactly
    ==== stderr
    ==== status         its exit status (0 where the section is missing)
    ==== after PATH     a file's content when it is done

A section without a line is empty. Sections that are missing are not checked, but for
stderr, which must then be empty. --update writes what came out into the scenario.
"""
import os
import subprocess
import sys
import tempfile


def read_sections(path):
    sections = []
    with open(path, encoding="utf-8", newline="") as file:
        for line in file:
            if line.startswith("==== "):
                sections.append([line[5:].strip(), ""])
            elif not sections:
                sys.exit(f"{path}: a scenario begins with a line ==== NAME")
            else:
                sections[-1][1] += line
    return sections


def run(speclint, sections):
    """The sections with what really came out."""
    with tempfile.TemporaryDirectory() as folder:
        script = ""
        for name, text in sections:
            kind, _, path = name.partition(" ")
            if kind == "file":
                target = os.path.join(folder, path)
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
            elif kind == "command":
                script = text
        env = {"PATH": os.path.dirname(speclint) + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        env["SPECLINT_SOURCE"] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "SPECLINT_SHARED"):
            if name in os.environ:
                env[name] = os.environ[name]
        done = subprocess.run(["sh", "-c", script], cwd=folder, env=env, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)
        seen = {"stdout": done.stdout.decode("utf-8", "backslashreplace"),
                "stderr": done.stderr.decode("utf-8", "backslashreplace"),
                "status": f"{done.returncode}\n"}
        for name, _ in sections:
            kind, _, path = name.partition(" ")
            if kind == "after":
                try:
                    with open(os.path.join(folder, path), encoding="utf-8", newline="") as file:
                        seen[name] = file.read()
                except OSError as error:
                    seen[name] = f"{error.strerror}\n"
        return seen


def main():
    speclint, scenario = os.path.abspath(sys.argv[1]), sys.argv[2]
    sections = read_sections(scenario)
    names = [name for name, _ in sections]
    for name, script in sections:
        if name == "needs" and subprocess.run(["sh", "-c", script], capture_output=True, check=False).returncode:
            print(f"skipped: here fails: {script.strip()}")
            return 77
    seen = run(speclint, sections)
    if "--update" in sys.argv[3:]:
        for default in ("stderr", "status"):
            if default not in names and seen[default] not in ("", "0\n"):
                sections.append([default, ""])
        with open(scenario, "w", encoding="utf-8", newline="") as file:
            for name, text in sections:
                file.write(f"==== {name}\n{seen.get(name, text)}")
        return 0
    expected = {"stderr": "", "status": "0\n"}
    expected.update({name: text for name, text in sections})
    failed = False
    for name, text in seen.items():
        if name in expected and expected[name] != text:
            failed = True
            print(f"{scenario}: {name} is not as expected\n--- expected\n{expected[name]}--- seen\n{text}---")
    return 1 if failed else 0


sys.exit(main())
