#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The files that other programs read of this repository are well-formed, and say what those
# programs need. speclint reads YAML itself.
set -eu
. "$(dirname "$0")/../truth/lib.sh"
cd "$SPECLINT_SOURCE"

# values FILE QUERY: what it selects, one value a line.
values() {
    "$speclint" query "$2" "$1" | sed 's/^[^ ]* //'
}

# equal FILE QUERY WANT
equal() {
    got=$(values "$1" "$2")
    [ "$got" = "$3" ] || fail "$1: $2 is $got, not $3"
}

equal .pre-commit-hooks.yaml '$[*].id' '"speclint"
"speclint-fix"
"speclint-system"'
equal .pre-commit-hooks.yaml '$[*].language' '"python"
"python"
"system"'
equal .pre-commit-hooks.yaml '$[?!@.name || !@.entry || !@.files || !@.types_or]' ''
equal .pre-commit-hooks.yaml '$[?!search(@.entry, "--skip-non-spec")]' ''
for path in config.json config.yml a/b/config.yaml web.oci.json; do
    equal .pre-commit-hooks.yaml "\$[?!search('$path', @.files)].id" ''
done
for path in tsconfig.json config.toml config.json.in my-config.yaml; do
    equal .pre-commit-hooks.yaml "\$[?search('$path', @.files)].id" ''
done

equal action.yml '$.runs.using' '"composite"'
equal action.yml '$.runs.steps[?!@.shell || !@.run]' ''
# What someone else wrote reaches a script by its environment, never as text of it.
equal action.yml '$.runs.steps[?search(@.run, "[$][{][{]")]' ''
equal action.yml '$.inputs[?!@.description || @.default == null]' ''
equal src/packaging/gitlab.yml '$.speclint.artifacts.when' '"always"'
for hook in guard repair; do
    equal src/packaging/hooks.d/$hook.json.in '$.version' '"1.0.0"'
done
equal src/packaging/hooks.d/guard.json.in '$.stages[*]' '"createRuntime"'
equal src/packaging/hooks.d/repair.json.in '$.stages[*]' '"precreate"'
