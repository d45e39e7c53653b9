#!/bin/sh
# The guards themselves: a copy of the tree gets one fault at a time, and the guard that should see it has to
# fail and to name it.
. "$(dirname "$0")/guard.sh"

guards=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT

# copy: a fresh copy of what guards read, in $scratch/tree.
copy() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/tests" "$scratch/tree/htdocs"
    for part in mod_candour conf docs schema README.md bootstrap htdocs/src htdocs/templates \
        tests/unit tests/store tests/fuzz tests/guard; do
        [ ! -e "$root/$part" ] || cp -R "$root/$part" "$scratch/tree/$part" || exit 1
    done
    chmod -R u+w "$scratch/tree"
}

# sees GUARD EXPECTED: does the guard fail on the copy, and say EXPECTED?
sees() {
    looked=$((looked + 1))
    if said=$(CANDOUR_SRCDIR=$scratch/tree CANDOUR_BUILDDIR=$scratch/build sh "$guards/$1" 2>&1); then
        problem "$1 did not see: $2"
    elif ! echo "$said" | grep -qF -- "$2"; then
        problem "$1 failed, but did not say: $2"
    fi
}

# plant FILE TEXT GUARD EXPECTED: TEXT is added at the end of FILE of a fresh copy.
plant() {
    copy
    printf '%b\n' "$2" >>"$scratch/tree/$1"
    sees "$3" "$4"
}

plant mod_candour/domain/actor.h '#include <httpd.h>' check_rings.sh 'domain may not include <httpd.h>'
plant mod_candour/store/pool.h '#include <mysql.h>' check_rings.sh 'store may not include <mysql.h>'
plant mod_candour/web/view.h '#include "store/pool.h"' check_rings.sh 'web may not include "store/pool.h"'
plant mod_candour/base/err.c 'void *f(void) { return malloc(1); }' check_banned.sh 'base/err.c'
plant mod_candour/domain/actor.h 'static inline long f(void) { return apr_time_now (); }' check_clock.sh 'domain/actor.h'
plant mod_candour/base/err.c 'void f(void) { cd_log(0, CD_LOG_WARN,\n    "no number"); }' check_lognos.sh 'without CDLOGNO'
plant mod_candour/base/err.c '#define A CDLOGNO(9999)' check_lognos.sh 'CDLOGNO(9999) is not below'
plant mod_candour/base/err.c '#define A CDLOGNO(0000)\n#define B CDLOGNO(0000)' check_lognos.sh 'more than one place'
plant mod_candour/mod/directives.h '#define A "CandourNobodyKnows"' check_directives.sh 'CandourNobodyKnows is not explained'
plant conf/candour.conf 'CandourNobodyKnows on' check_directives.sh 'CandourNobodyKnows is not in mod/directives.h'
plant mod_candour/base/err.c "void f(void)\n{\n$(yes ';\n' | head -n 101 | tr -d '\n')}" check_sizes.sh 'a function of'
plant tests/unit/test_actor.c "/* $(printf '%099d' 0) */" check_sizes.sh 'tests/unit/test_actor.c:'
plant mod_candour/base/err.c "$(yes '\n' | head -n 600 | tr -d '\n')" check_sizes.sh 'mod_candour/base/err.c: '
plant tests/unit/unit.h "$(yes '\n' | head -n 600 | tr -d '\n')" check_sizes.sh 'tests/unit/unit.h: '
plant tests/long.mjs "$(yes '\n' | head -n 600 | tr -d '\n')" check_sizes.sh 'tests/long.mjs: 601 lines'
plant mod_candour/web/names_form.def "/* $(printf '%099d' 0) */" check_sizes.sh 'a line of 105 columns'
plant mod_candour/store/sql/holiday.sql "-- $(printf '%099d' 0)" check_sizes.sh 'a line of 102 columns'
plant mod_candour/store/sql/holiday.sql "$(yes '--' | head -n 600)" check_sizes.sh 'store/sql/holiday.sql: 6'
plant mod_candour/domain/claim_money.c '#include "domain/round.h"' check_claimant.sh 'may not include it'
plant mod_candour/domain/claim_money.c 'int f(int k) { return k == CD_REC_RECOVERY; }' check_claimant.sh 'may not know it'
plant mod_candour/web/claim.c 'struct cd_claim_money_t { int flag; };' check_claimant.sh 'the type is opened'
plant mod_candour/app/claim.c 'void f(void) { store_decisions(); }' check_claimant.sh 'may not call it'
plant mod_candour/store/sql/recovery.sql '\n-- STMT_PAY_IF\nSELECT r.seq FROM claim_record r JOIN liability_decision d ON d.claim_id = r.claim_id;' check_claimant.sh 'STMT_PAY_IF'
# What a part hides is seen where it is used: a table of the other side, half of its name, a verb, a star, a list.
plant mod_candour/store/sql/recovery.sql '\n-- PART why\nJOIN liability_decision d ON d.claim_id = r.claim_id\n\n-- STMT_PAY_IF\nSELECT r.seq FROM claim_record r {why};' check_claimant.sh 'STMT_PAY_IF'
plant mod_candour/store/sql/recovery.sql '\n-- PART side\nliability\n\n-- PART paid\nclaim_record r JOIN {side}_decision\n\n-- STMT_PAY_IF\nSELECT r.seq FROM {paid} d ON d.claim_id = r.claim_id;' check_claimant.sh 'STMT_PAY_IF'
plant mod_candour/store/sql/recovery.sql '\n-- PART gone\nDELETE FROM claim_record\n\n-- STMT_GONE\n{gone} WHERE claim_id = ?;' check_statements.sh 'STMT_GONE begins with a part'
plant mod_candour/store/sql/recovery.sql '\n-- PART all_of_it\n*\n\n-- STMT_NEVER_USED\nSELECT {all_of_it} FROM x;' check_statements.sh 'STMT_NEVER_USED  (columns are named'
plant mod_candour/store/sql/recovery.sql '\n-- PART row\nx VALUES (?)\n\n-- STMT_NEVER_USED\nINSERT INTO {row};' check_statements.sh 'STMT_NEVER_USED  (an INSERT without columns'
plant mod_candour/store/sql/recovery.sql '\n-- PART idle\na, b' check_claimant.sh 'part idle is never used'
# Files are one list: what one uses stands above it, and what begins in one does not run on into the next.
plant mod_candour/store/sql/words.sql '\n-- STMT_NEVER_USED\nSELECT {scheme_life} FROM x;' check_claimant.sh 'no part scheme_life stands above'
plant mod_candour/store/sql/words.sql '\n-- STMT_NEVER_USED\nSELECT a FROM x' check_statements.sh 'STMT_NEVER_USED does not end'
plant schema/0012-claim-record.sql 'ALTER TABLE claim_record ADD FOREIGN KEY (seq) REFERENCES liability_flag (seq);' check_claimant.sh 'leads from one side'
plant mod_candour/store/sql/recovery.sql '\n-- STMT_NEVER_USED\nSELECT * FROM x;' check_statements.sh 'store/sql/recovery.sql: STMT_NEVER_USED is never used'
plant mod_candour/store/sql/recovery.sql '\n-- STMT_NEVER_USED\nSELECT * FROM x;' check_statements.sh 'columns are named'
plant mod_candour/app/nobody.c '' check_registration.sh 'not listed: app/nobody.c'
plant mod_candour/store/sql/nobody.sql '-- nothing' check_registration.sh 'not listed: store/sql/nobody.sql'
plant tests/unit/test_nobody.c '' check_registration.sh 'not listed: test_nobody'
plant tests/guard/check_nobody.sh '' check_registration.sh 'not listed: check_nobody.sh'
plant README.md "$(printf 'TO%sDO: later' '')" check_paths.sh 'left for later'
plant README.md "see /ho""me/somebody/" check_paths.sh 'a path of one machine'

copy
rm "$scratch/tree/conf/candour.conf"
sees check_directives.sh 'cannot find'
rm "$scratch/tree/mod_candour/store/sql/party.sql"
sees check_statements.sh 'cannot find'
sees check_exports.sh 'cannot find'
mkdir -p "$scratch/build/mod_candour/.libs"
echo 'int candour_module, another;' >"$scratch/two.c"
${CC:-cc} -shared -fPIC -o "$scratch/build/mod_candour/.libs/mod_candour.so" "$scratch/two.c" || exit 1
sees check_exports.sh 'another'
verdict
