# SPDX-License-Identifier: Apache-2.0
# A thousand files linted, beside reading them with jansson: many.sh BENCH_PROCESS SPECLINT
# JSON_LOAD FILE
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
i=0
while [ $i -lt 1000 ]; do
    cp "$4" "$work/$i.json"
    i=$((i + 1))
done
"$1" "1,000 files, all rules, one job, against json_load_file" 10 "$2" --profile pedantic --runtime any --quiet --jobs 1 "$work"/*.json -- "$3" "$work"/*.json
