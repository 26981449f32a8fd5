#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The man pages and completions are well-formed for those who read them: groff, and the shells that
# are there.
set -eu
speclint=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
PATH=$(dirname "$speclint"):$PATH

for page in speclint.1 speclint.yaml.5 speclint-rules.7; do
    speclint --generate "$page" >"$folder/$page"
    if command -v groff >/dev/null; then
        groff -man -ww -z -k "$folder/$page" 2>"$folder/said" || exit 1
        if [ -s "$folder/said" ]; then
            cat "$folder/said"
            exit 1
        fi
    fi
done

for shell in bash zsh fish; do
    speclint --generate $shell >"$folder/$shell"
    if command -v $shell >/dev/null; then
        $shell -n "$folder/$shell"
    fi
done

ask_bash() {
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _speclint; echo "${COMPREPLY[@]}"' \
        bash "$folder/bash" "$@"
}
[ "$(ask_bash speclint --color '')" = "auto always never" ]
[ "$(ask_bash speclint --conf)" = "--confirm --config" ]
[ "$(ask_bash speclint explain duplicate)" = "duplicate-key" ]
[ "$(ask_bash speclint --select hooks,duplicate)" = "hooks,duplicate-key" ]
[ "$(cd "$folder" && ask_bash speclint mou)" = "mounts" ]
if command -v fish >/dev/null; then
    ask_fish() { fish -c ". $folder/fish; complete -C '$1'" | sed 's/\t.*//' | tr '\n' ' '; }
    [ "$(ask_fish 'speclint --conf')" = "--config --confirm " ]
    [ "$(ask_fish 'speclint explain duplicate')" = "duplicate-key " ]
fi
