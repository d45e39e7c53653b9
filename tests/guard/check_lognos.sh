#!/bin/sh
# Log numbers: each stands in one place, is below the next free one of base/lognos.txt, and has four
# digits; and each warning and error has one.
. "$(dirname "$0")/guard.sh"

look_at "$root/mod_candour/base/lognos.txt"
next=$(tr -dc '0-9' <"$root/mod_candour/base/lognos.txt" | sed 's/^0*//')
[ -n "$next" ] || problem "base/lognos.txt: holds no number"
files=$(sources base domain store audit app web cli mod)
look_at $files

scratch=${TMPDIR:-/tmp}/lognos.$$
grep -nE 'CDLOGNO\([0-9]+\)' $files | grep -v 'base/log\.h:' | sed "s|^$root/||" >"$scratch" || :
sed -n 's/.*CDLOGNO(\([0-9]*\)).*/\1/p' "$scratch" | sort | uniq -d | while read -r twice; do
    echo "CDLOGNO($twice) stands in more than one place:"
    grep -F "CDLOGNO($twice)" "$scratch" | cut -d: -f1,2
done >"$scratch.twice"
[ ! -s "$scratch.twice" ] || problem "$(cat "$scratch.twice")"
sed 's/^\([^:]*:[0-9]*\):.*CDLOGNO(\([0-9]*\)).*/\1 \2/' "$scratch" | while read -r place number; do
    case $number in
    [0-9][0-9][0-9][0-9]) ;;
    *) echo "$place: CDLOGNO($number) has not four digits" ;;
    esac
    value=$(echo "$number" | sed 's/^0*//')
    [ "${value:-0}" -lt "${next:-0}" ] || echo "$place: CDLOGNO($number) is not below $next, the next free number of base/lognos.txt"
done >"$scratch.range"
problems_from <"$scratch.range"

# A call may run over several lines: join each statement before looking.
for file in $files; do
    awk -v file="${file#"$root"/}" '
        /cd_log\(|ap_log_[a-z]*\(/ && !collecting { collecting = 1; text = ""; start = FNR }
        collecting { text = text $0 }
        collecting && /;/ {
            if (text ~ /(CD_LOG_ERROR|CD_LOG_WARN|APLOG_(ERR|WARNING|CRIT|ALERT|EMERG))[,|]/ && text !~ /CDLOGNO/)
                print file ":" start ": a warning or error without CDLOGNO"
            collecting = 0
        }' "$file"
done >"$scratch.bare"
problems_from <"$scratch.bare"
rm -f "$scratch" "$scratch".*
verdict
