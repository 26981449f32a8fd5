#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The steps of the GitHub action and of the GitLab job, as their runners would run them, on a
# folder with a bad spec and an unrelated config.json.
set -eu
. "$(dirname "$0")/../truth/lib.sh"
for command in bash cmake ninja python3; do
    command -v $command >/dev/null || skip "$command is not installed"
done
[ "$(id -u)" = 0 ] || command -v sudo >/dev/null || skip "the steps install packages"
dpkg-query --version >/dev/null 2>&1 || skip "the steps are for Debian and Ubuntu"

# script FILE QUERY: the text of the scripts that it selects.
script() {
    "$speclint" query --format json "$2" "$1" |
        python3 -c 'import json, sys
for found in json.load(sys.stdin):
    print(found["value"])'
}
action=$SPECLINT_SOURCE/action.yml
job=$SPECLINT_SOURCE/src/packaging/gitlab.yml
project=$work/project
mkdir -p "$project/a b" "$project/web" "$work/runner"
cp "$SPECLINT_SOURCE/fixtures/sysfs-host-network.json" "$project/a b/config.json"
echo '{"name": "web"}' >"$project/web/config.json"
cd "$project"

# GitHub: bash is run as `shell: bash` runs it.
script "$action" '$.runs.steps[0].run' >"$work/build"
script "$action" '$.runs.steps[1].run' >"$work/lint"
env RUNNER_TEMP="$work/runner" GITHUB_PATH="$work/path" SOURCE="$SPECLINT_SOURCE" VERSION= \
    bash --noprofile --norc -eo pipefail "$work/build" >"$work/out" 2>&1 || {
    cat "$work/out" >&2
    fail "the action does not build speclint"
}
PATH=$(cat "$work/path"):$PATH
lint() {
    env GITHUB_WORKSPACE="$project" GITHUB_STEP_SUMMARY="$work/summary" \
        PATHS="$1" ARGS="$2" SARIF="$3" bash --noprofile --norc -eo pipefail "$work/lint"
}
status 1 lint . "" speclint.sarif
said '::warning file=a b/config.json,line=39'
python3 -c 'import json; json.load(open("speclint.sarif"))["runs"][0]["results"][0]'
status 0 lint . "--ignore sysfs-without-netns --fail-on=error" ""
status 2 lint "web/config.json
nowhere" "" ""
said "nowhere: cannot be opened"

# GitLab: each line of `script` in one shell.
script "$job" '$.speclint.script[*]' >"$work/lint"
status 1 env SPECLINT_ARGS= SPECLINT_PATHS=. CI_PROJECT_DIR="$project" sh -e "$work/lint"
said '[sysfs-without-netns]'
python3 - <<'END'
import json
import xml.etree.ElementTree
finding, = json.load(open("speclint.json"))
assert finding["location"]["path"] == "a b/config.json", finding
assert xml.etree.ElementTree.parse("speclint.xml").getroot().tag == "testsuites"
END
