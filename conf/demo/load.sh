#!/bin/sh
# load.sh DIR: the demo's organisations, people, holidays, schemes and cases, into the instance in DIR.
#
# CANDOUR_BUILDDIR names the build whose candourctl is used (default: build/tree of this source tree). Runs
# twice without harm: what is there already stays as it is. Everything loaded is made up, but the published
# cases of tests/data, which are real and name organisations only.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
build_dir=${CANDOUR_BUILDDIR:-$source_dir/build/tree}
[ $# -eq 1 ] || { echo "usage: load.sh DIR" >&2; exit 2; }
dir=$(cd "$1" && pwd -P)

export CANDOUR_BUILDDIR="$build_dir"

# Who there is and what is in force was there before the rounds of the demo (rounds.sh), which begin ninety days ago.
. "$here/earlier.sh"
days_ago 100
ctl() {
    earlier ctl "$@"
}

trust() {
    ctl org add "$1" --name "$2" --jurisdiction ENG --kind HEALTH_SERVICE_BODY --nhs-contract yes \
        --member-from 1995-04-01
}

# One body for each of the other countries: their own duty, and no part in England's scheme and contract.
board() {
    ctl org add "$1" --name "$2" --jurisdiction "$3" --kind HEALTH_SERVICE_BODY
}

trust RZ1 'Northvale Hospitals NHS Foundation Trust'
trust RZ2 'Eastmere University Hospitals NHS Trust'
board 7ZW 'Dyffryn Glas University Health Board' WAL
board SZ9 'Invermoray Health Board' SCO
board ZZT 'Lough Carran Health and Social Care Trust' NI
tab=$(printf '\t')
grep -v '^#' "$here/accounts" | while IFS=$tab read -r name roles org full; do
    if [ "$org" = - ]; then
        ctl user add "$name" --name "$full" --roles "$roles" --email "$name@demo.example"
    else
        ctl user add "$name" --name "$full" --roles "$roles" --org-code "$org" --email "$name@demo.example"
    fi
done
ctl holidays import --shipped
for scheme in L0 L1 L2 L3 L3B L4 L5 L6 L7 L8 L8B L9; do
    ctl scheme add "$source_dir/conf/schemes/$scheme.json"
done
# Put in force are second versions, under which a second person confirms what is over £5,000: until 47 days ago of L3,
# where the sum rises with each breach, since then of L1.
second_version() {
    sed -e 's/^  "version": 1,/  "version": 2,\n  "confirm_above_p": 500000,/' \
        -e 's/^  "authorities": {/&\n    "confirm_above_p": "A setting of this demonstration.",/' \
        "$source_dir/conf/schemes/$1.json" >"$dir/$1-2.json"
    ctl scheme add "$dir/$1-2.json" --activate
}
second_version L3
# L7 reckons with what a trust contributes in the year from April: sums made up, as all here.
year_now=$(date -u -d '3 months ago' +%Y)
for year in $((year_now - 1)) "$year_now"; do
    ctl contribution set RZ1 "$year" 21000000
    ctl contribution set RZ2 "$year" 38500000
done

days_ago 47
second_version L1
days_ago 0

# Cases first: the claims name them by the trusts' own references.
ctl import --skip-known "$here"/cases/[01]*.json
ctl import --skip-known "$here"/cases/2*.json | tee "$dir/claims.new"
# A flag for each claim that has just come; a claim that was here has its flags.
sed -n 's/^.*: \(CL[^ ,]*\)$/\1/p' "$dir/claims.new" | while read -r claim; do
    ctl flag compute "$claim" --as handler
done
rm "$dir/claims.new"

# The published cases, where Node is there to turn them into case files.
converter=$source_dir/tests/tools/convert-cases.mjs
if command -v node >/dev/null && [ -f "$converter" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    node "$converter" "$source_dir/tests/data/public-cases.json" "$folder"
    ctl import --skip-known --add-orgs "$folder"/*.json
fi
