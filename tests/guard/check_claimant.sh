#!/bin/sh
# Invariant 1: nothing leads from a flag, a decision or a step of the round to what the claimant is paid.
#
# Read here: what the files of the claim's money include and name; that its type stays closed; that no statement joins
# the records of a claim to a flag, a decision or its standing, and no table refers from one to the other; and that the
# use cases that pay call nothing of the round.
. "$(dirname "$0")/guard.sh"

ours=$root/mod_candour
# What belongs to the side of the trusts, in includes and in code.
side='scheme\.h|scheme_|liability|round|report|breach|recover|net\.h|standing|flag|decision|impact|conflict|steps_'
names='cd_(scheme|flag|decision|decide|round|stand|recover|breach|net|conflict)_|cd_(scheme|flag|round|decided|stand)_t'
names="$names|CD_REC_(NO_INCIDENT|REQUEST|ANSWER|INDICATION|REPRESENTATION|FOR_DECISION|CONFIRMATION|TOLD|REVIEW|RECOVERY"
names="$names|RECEIPT|SHARED|ALLEGATION|REGULATORY|LOOKED)"

# 1. The money of a claim knows nothing of the other side, and of records only facts and payments.
for file in claim.c claim.h claim_money.c claim_money.h; do
    look_at "$ours/domain/$file"
    grep -nE "^#include \"[^\"]*($side)" "$ours/domain/$file" |
        sed "s|^|domain/$file:|; s|\$|  (the claim's money may not include it)|"
    bare "$ours/domain/$file" | grep -nE "$names" |
        sed "s|^|domain/$file:|; s|\$|  (the claim's money may not know it)|"
done >"${scratch:=${TMPDIR:-/tmp}/claimant.$$}"
bare "$ours/domain/claim_money.c" | grep -nE 'CD_REC_[A-Z_]+' | grep -v 'CD_REC_PAYMENT' |
    sed 's|^|domain/claim_money.c:|; s|$|  (payments alone are read)|' >>"$scratch"

# 2. The type is closed: its members stand in one file, and one function makes it.
for file in $(sources base domain store audit app web cli mod); do
    [ "$file" != "$ours/domain/claim_money.c" ] || continue
    bare "$file" | grep -nE 'struct cd_claim_money_t[[:space:]]*\{' |
        sed "s|^|${file#"$root"/}:|; s|\$|  (the type is opened)|"
done >>"$scratch"
for call in 'cd_payable(' 'cd_ledger('; do
    grep -F "cd_err_t *$call" "$ours/domain/claim_money.h" | grep -qF 'const cd_claim_money_t *money' ||
        problem "domain/claim_money.h: $call) does not take a cd_claim_money_t"
done

# 3. Use cases that pay, and what they are made of, call nothing of the other side.
for file in claim.c claim_sum.c; do
    look_at "$ours/app/$file"
    grep -nE "^#include \"[^\"]*($side)" "$ours/app/$file" |
        sed "s|^|app/$file:|; s|\$|  (a use case that pays may not include it)|"
    bare "$ours/app/$file" |
        grep -nE '(store|app)_(flag|flags|decision|decisions|decided|standing|standings|round|recover|review)_?[a-z_]*[[:space:]]*\(' |
        sed "s|^|app/$file:|; s|\$|  (a use case that pays may not call it)|"
done >>"$scratch"

# 4. No statement that reads records or facts of a claim names a table of the other side, and none that writes the
#    records does.
look_at $(sql_files)
lines=$(statements) || exit 1
other='liability_flag|liability_decision|decision_standing|decision_told'
echo "$lines" | grep -w 'claim_record' | grep -wE "$other" | sed 's/ .*//' |
    grep -vxE 'STMT_COUNT_CLAIM_ROWS|STMT_AHEAD_[A-Z_]+' |
    stand '  (records of a claim and the other side in one statement)' >>"$scratch"

# 5. No table of the claim refers to one of the other side, and none of theirs to a record.
for file in "$root"/schema/*.sql; do
    look_at "$file"
    table=$(sed -n 's/^CREATE TABLE IF NOT EXISTS \([a-z_]*\).*/\1/p' "$file" | head -n 1)
    case $table in
    claim | claim_record | claim_party | claim_case | claim_scheme_ref | claim_status_day) wrong=$other ;;
    *) wrong='claim_record' ;;
    esac
    sed 's/--.*//' "$file" | grep -nE "REFERENCES[[:space:]]+($wrong)\b" |
        sed "s|^|schema/$(basename "$file"):|; s|\$|  (a table leads from one side to the other)|"
done >>"$scratch"

problems_from <"$scratch"
rm -f "$scratch"
verdict
