#!/bin/sh
# rounds.sh DIR: walks the rounds of conf/demo/rounds in the instance in DIR, as the demo's people would.
#
# load.sh comes before; CANDOUR_BUILDDIR names the build; httpd is stopped when it ends. Cases and claims come in
# as files; each step of a round is sent to the program through httpd by the person who takes it, with that person's
# rights. It all happened in the last three months: for this run alone the clock of httpd and candourctl is set back
# (earlier.c), from ninety days ago to today. Stops at the first step that is refused and says which; runs once.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
CANDOUR_BUILDDIR=${CANDOUR_BUILDDIR:-$source_dir/build/tree}
export CANDOUR_BUILDDIR
[ $# -eq 1 ] || { echo "usage: rounds.sh DIR" >&2; exit 2; }
dir=$(cd "$1" && pwd -P)
tab=$(printf '\t')
rounds=$here/rounds

die() {
    echo "rounds: $*" >&2
    exit 1
}

if [ -e "$dir/rounds/done" ]; then
    exit 0
fi
[ ! -e "$dir/rounds" ] || die "an earlier run broke off half way: forget the data (./bootstrap demo reset) and start anew"
. "$here/earlier.sh"
work=$dir/rounds
mkdir "$work"
chmod 700 "$work"

# ---- the claims and their cases, as files ----------------------------------------------------------

# One expression for each day of the last 500 and the next 30: @12@ is the day 12 days ago.
seq -30 500 >"$work/days"
sed 's/.*/& days ago/' "$work/days" | date -u -f - +%F | paste "$work/days" - |
    sed "s/^\(.*\)$tab\(.*\)/s|@\1@|\2|g/" >"$work/days.sed"

# legal_of ORG: who writes for it.
legal_of() {
    case $1 in RZ1) echo 'J. Okafor' ;; *) echo 'E. Shaw' ;; esac
}

name_of() {
    case $1 in RZ1) echo 'Northvale Hospitals NHS Foundation Trust' ;; *) echo 'Eastmere University Hospitals NHS Trust' ;; esac
}

# record KIND DAY MEMBERS: one record of a claim, numbered on.
record() {
    seq=$((seq + 1))
    [ "$seq" = 1 ] || printf ',\n'
    printf '{"record": "%s", "seq": %d, "recorded_at": "@%d@T10:%02d:00.000Z", "recorded_by": "R. Adeyemi", ' \
        "$1" "$seq" "$2" "$seq"
    printf '"recorded_as": "handler", %s}' "$3"
}

paid() {
    record payment "$1" "\"kind\": \"$2\", \"amount_p\": $3, \"paid\": \"@$1@\", \"payee\": \"$4\""
}

# claim_file: from key, title, name, solicitors, team, damages, costs and parties of a line.
claim_file() {
    seq=0
    facts="\"title\": \"$title\", \"scheme\": \"CNST\", \"notified\": \"@300@\", \"incident\": \"@431@\", \"claimant_name\": \"$name\", \"solicitors\": \"$solicitors\""
    [ "$damages" = - ] || facts="$facts, \"agreed_damages_p\": $damages, \"agreed_costs_p\": $costs"
    printf '{"format": "candour-case-file", "version": 1, "claim": {"records": [\n'
    record claim 300 "$facts, \"litigated\": false"
    record event 300 '"type": "LETTER_OF_CLAIM", "on": "@300@"'
    case $team in Surgery) handler=handler2 ;; *) handler=handler ;; esac
    record allocation 298 "\"handler\": \"$handler\", \"team\": \"$team\""
    record parties 298 "$parties"
    record event 290 '"type": "CLAIM_ACKNOWLEDGED", "on": "@290@"'
    record event 200 '"type": "LETTER_OF_RESPONSE", "on": "@200@"'
    record status 190 '"status": "NEGOTIATING", "on": "@190@"'
    if [ "$damages" != - ]; then
        record status 110 '"status": "SETTLED_DAMAGES", "on": "@110@"'
        paid 104 DAMAGES_LUMP "$damages" CLAIMANT
        paid 101 CLAIMANT_COSTS "$costs" CLAIMANT_SOLICITOR
    fi
    printf '\n]}}\n'
}

# case_file ORG KIND REF
case_file() {
    sed -e "s|@ORG@|$1|g" -e "s|@ORG_NAME@|$(name_of "$1")|g" -e "s|@LEGAL@|$(legal_of "$1")|g" -e "s|@REF@|$3|g" \
        -e "s|@TITLE@|$title|g" -e "s|@NAME@|$name|g" -e "s|@TEAM@|$team|g" "$rounds/$2.json" |
        sed -f "$work/days.sed"
}

# Writes the claim's cases; sets `parties`.
parties_of() {
    number=0
    parties=
    for trust in $trusts; do
        number=$((number + 1))
        code=${trust%%:*}
        rest=${trust#*:}
        about=${rest#*:}
        if [ -n "$about" ] && [ -f "$rounds/$about.json" ]; then
            case_file "$code" "$about" "DEMO-$code-$key" >"$work/case.$key.$code.json"
            about=DEMO-$code-$key
        fi
        parties="$parties${parties:+, }\"trust_$number\": \"$code\", \"share_$number\": ${rest%%:*}"
        [ -z "$about" ] || parties="$parties, \"cases_$number\": \"$about\""
    done
}

grep -v '^#' "$rounds/claims" | while IFS=$tab read -r key title name solicitors team damages costs trusts; do
    parties_of
    claim_file | sed -f "$work/days.sed" >"$work/claim.$key.json"
done

# ---- ninety days ago ----------------------------------------------------------------------------------

# "FOLDER/case.tooth.RZ1.json: CM-2026-0042" to "case.tooth.RZ1 <tab> CM-2026-0042".
imported() {
    sed -n "s|^.*/\([^/]*\)\.json: \(C[ML]-[^ ,]*\)\$|\1$tab\2|p"
}

days_ago 90
earlier ctl import "$work"/case.*.json >"$work/out"
imported <"$work/out" >"$work/references"
earlier ctl import "$work"/claim.*.json >"$work/out"
imported <"$work/out" >>"$work/references"
sed -n "s/^claim\.[^$tab]*$tab//p" "$work/references" | while read -r claim; do
    earlier ctl flag compute "$claim" --as handler >"$work/out"
done

# ---- step by step ---------------------------------------------------------------------------------------

sh "$here/instance.sh" halt "$dir"
earlier start
trap 'sh "$here/instance.sh" halt "$dir"' EXIT
origin=http://127.0.0.1:$(cat "$dir/httpd/port")

reference() {
    awk -F '\t' -v name="$1" '$1 == name { print $2; found = 1 } END { exit !found }' "$work/references" ||
        die "no file $1 came in"
}

# ask OUT CURL'S ARGUMENTS...: prints the status. Cookies go by file: curl itself holds those of another day for stale.
ask() {
    out=$1
    shift
    curl -sS -o "$work/$out" -D "$work/head" -w '%{http_code}' -H 'Accept: application/json' -H "Origin: $origin" \
        -H 'Sec-Fetch-Site: same-origin' "$@"
}

# A session lasts a quarter of an hour, so each person signs in once for each day.
sign_in() {
    [ ! -s "$work/cookie.$1.$2" ] || return 0
    password=$(awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$dir/private/accounts")
    status=$(printf 'httpd_username=%s&httpd_password=%s' "$1" "$password" |
        ask answer --data-binary @- "$origin/candour/do-sign-in")
    [ "$status" = 302 ] || die "$1 cannot sign in: $status"
    sed -n 's/^[Ss]et-[Cc]ookie: \(candour_session=[^;]*\).*/Cookie: \1/p' "$work/head" | tail -n 1 >"$work/cookie.$1.$2"
}

# get PATH: into $work/got.
get() {
    status=$(ask got -H "@$work/cookie.$who.$ago" "$origin/candour/$1")
    [ "$status" = 200 ] || die "$ago days ago, $who: /$1 answers $status: $(cat "$work/got")"
}

# number_in NAME: the first number of that name in $work/got.
number_in() {
    grep -o "\"$1\":[0-9]*" "$work/got" | head -n 1 | sed 's/.*://'
}

# The names in a step's address and answers, once they are known.
filled() {
    text=$1
    case $text in *@case@*)
        text=$(printf '%s\n' "$text" | sed "s/@case@/$(reference "$case" | tr - _)/g")
        ;;
    esac
    case $text in *@flag@*)
        get "claims/$claim/flags/$trust"
        text=$(printf '%s\n' "$text" | sed "s/@flag@/$(number_in seq)/")
        ;;
    esac
    case $text in *@first@*)
        get "claims/$claim/trusts/$trust/decisions/1"
        text=$(printf '%s\n' "$text" | sed "s/@first@/$(grep -o '"recoveries":\[{"seq":[0-9]*' "$work/got" | sed 's/.*://')/")
        ;;
    esac
    printf '%s\n' "$text"
}

# Version of the file that the person saw: in a form's answer it is the last of that name, in a claim's the first.
version_of() {
    case $path in
    */flags)
        get "$file"
        number_in version
        ;;
    *)
        get "$path"
        grep -o '"version":[0-9]*' "$work/got" | tail -n 1 | sed 's/.*://'
        ;;
    esac
}

# take: the step of one line.
take() {
    claim=$(reference "claim.$key")
    case=$(sed -n "s/^\(case\.$key\.[A-Z0-9]*\)$tab.*/\1/p" "$work/references" | head -n 1)
    trust=$(printf '%s\n' "$path" | sed -n 's|^[a-z]*/\([A-Z0-9]*\)/.*|\1|p')
    sign_in "$who" "$ago"
    case $path in
    case/*)
        file=cases/$(reference "$case")
        path=$file/${path#case/}
        ;;
    *)
        file=claims/$claim
        path=$file/$(filled "$path")
        ;;
    esac
    filled "$answers" >"$work/body"
    version=$(version_of)
    status=$(ask answer -H "@$work/cookie.$who.$ago" -H 'Content-Type: application/json' \
        -H "Idempotency-Key: $(printf %032x "$line")" -H "If-Match: \"$version\"" --data-binary "@$work/body" \
        "$origin/candour/$path")
    [ "$status" = 303 ] ||
        die "line $line of the steps, $ago days ago, $who at /$path: $status: $(cat "$work/answer")"
}

# Oldest first; steps of one day as they stand in the file.
awk -F '\t' -v OFS='\t' '!/^#/ && NF { print NR, $0 }' "$rounds/steps" | sort -s -t "$tab" -k 2,2nr |
    sed -f "$work/days.sed" >"$work/steps"
day=
while IFS=$tab read -r line ago key who path answers <&3; do
    [ "$ago" = "$day" ] || days_ago "$ago"
    day=$ago
    take
done 3<"$work/steps"
days_ago 0

# What is due depends on the day, and the last that wrote to a claim did so on another.
for job in work claims; do
    earlier ctl run "$job" >"$work/out"
done
# No cookie, no answer stays.
find "$work" -type f -exec rm -f {} +
: >"$work/done"
