#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare documentation with the program: check.py SPECLINT SOURCE [--update]

README.md and src/docs/*.md may hold blocks between <!-- speclint --generate KIND --> and <!-- end -->
that are what that command prints; --update writes them. The man page and the completions must have
every option of every command, and README.md's table of commands all commands and no other.
"""
import glob
import os
import re
import subprocess
import sys

TABLES = ("commands", "options", "config", "rules")
BLOCK = re.compile(r"(<!-- speclint --generate (\w+) -->\n)(.*?)(<!-- end -->)", re.S)
failed = False


def fail(message):
    global failed
    failed = True
    print(message)


def run(*arguments):
    return subprocess.run([speclint, *arguments], check=True, capture_output=True, text=True).stdout


def check_blocks(pages, update):
    seen = set()
    for page in pages:
        with open(page, encoding="utf-8") as file:
            text = file.read()
        seen.update(kind for _, kind, _, _ in BLOCK.findall(text))
        renewed = BLOCK.sub(lambda match: match[1] + run("--generate", match[2]) + match[4], text)
        if renewed == text:
            continue
        if update:
            with open(page, "w", encoding="utf-8") as file:
                file.write(renewed)
        else:
            fail(f"{page}: a table is not what the program prints; run {sys.argv[0]} with --update")
    for kind in TABLES:
        if kind not in seen:
            fail(f"no page has a block <!-- speclint --generate {kind} -->")


def check_options():
    help_text = run("--help")
    listed = help_text.split("\ncommands:\n")[1].split("\n\n")[0]
    commands = [line.split()[0] for line in listed.splitlines()]
    if "mounts" not in commands:
        fail(f"--help lists no command mounts: {commands}")
    man = run("--generate", "speclint.1").replace("\\-", "-")
    shells = {shell: run("--generate", shell) for shell in ("bash", "zsh", "fish")}
    for command in [None, *commands]:
        text = help_text if command is None else run(command, "--help")
        options = re.findall(r"^  --([a-z-]+)", text, re.M)
        if "help" not in options:
            fail(f"{command}: --help does not list itself")
        for option in options:
            if f"\\fB--{option}\\fR" not in man:
                fail(f"speclint(1) lacks --{option}")
        name = command or "*"
        bash = re.search(rf"^    {re.escape(name)}\)\n        options='(.*?)'", shells["bash"], re.M)
        zsh = shells["zsh"].split(f"\n    {name})\n")[1].split(";;")[0]
        condition = f"__fish_seen_subcommand_from {command}'" if command else "-n 'not __fish"
        fish = [line for line in shells["fish"].splitlines() if condition in line]
        for shell, words in (("bash", bash[1].replace(" --", " ").split()),
                             ("zsh", re.findall(r"'\*--([a-z-]+)", zsh)),
                             ("fish", re.findall(r" -l ([a-z-]+)", "\n".join(fish)))):
            if sorted(words) != sorted(options):
                fail(f"{shell}, {command}: {set(words) ^ set(options)}")
        if command and f"\n.TP\n\\fB{command}\\fR" not in man:
            fail(f"speclint(1) lacks the command {command}")
    return commands


def check_readme(page, commands):
    with open(page, encoding="utf-8") as file:
        rows = re.findall(r"^\| `speclint ?([a-z]*)[^`]*` \|", file.read(), re.M)
    if {row for row in rows if row} != set(commands):
        fail(f"{page}: the table of commands has {rows}, the program {commands}")


speclint, source = os.path.abspath(sys.argv[1]), sys.argv[2]
readme = os.path.join(source, "README.md")
check_blocks([readme, *sorted(glob.glob(os.path.join(source, "src", "docs", "*.md")))], "--update" in sys.argv)
check_readme(readme, check_options())
sys.exit(failed)
