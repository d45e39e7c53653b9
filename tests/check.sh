# check.sh: all tests, summed up in one line. Sourced by ../bootstrap, whose functions it uses.
#
# Each part adds a line "name passed failed" to build/check/results. A part that ran nothing has failed: a
# test that is not run is not a test that passes.

check=$build/check
results=$check/results
mkdir -p "$check"
: >"$results"

# result NAME PASSED FAILED
result() {
    passed=$2
    failed=$3
    if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
        echo "   $1: nothing was run" >&2
        failed=1
    fi
    echo "$1 $passed $failed" >>"$results"
    printf '   %-28s %5d passed %5d failed\n' "$1" "$passed" "$failed"
}

# build_with NAME OPTION...: a build whose warnings are errors, as a test of its own.
build_with() {
    name=$1
    if (tree "check/$@") && (quietly make -s -C "$build/check/$name" -j"$jobs" check TESTS=); then
        result "build $name" 1 0
    else
        result "build $name" 0 1
        return 1
    fi
}

# cmocka_results NAME FOLDER: sums up what its programs said.
cmocka_results() {
    sum_passed=0
    sum_failed=0
    for trs in "$2"/*.trs; do
        [ -f "$trs" ] || continue
        text=${trs%.trs}.log
        one_passed=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\..*/\1/p' "$text" | awk '{ n += $1 } END { print n + 0 }')
        one_failed=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test(s).*/\1/p' "$text" | awk '{ n += $1 } END { print n + 0 }')
        if ! grep -q '^:test-result: PASS' "$trs"; then
            [ "$one_failed" -gt 0 ] || one_failed=1 # it crashed, or it was skipped
            echo "   $text:" >&2
            grep -E '\[  FAILED  \]|\[  ERROR   \]|error:|ERROR:|runtime error|skipped' "$text" | head -n 12 >&2 || tail -n 5 "$text" >&2
        elif [ "$one_passed" -eq 0 ]; then
            one_failed=1
            echo "   $text: no test in it" >&2
        fi
        sum_passed=$((sum_passed + one_passed))
        sum_failed=$((sum_failed + one_failed))
    done
    result "$1" "$sum_passed" "$sum_failed"
}

# script_results NAME FOLDER: one test per guard; for the fuzz targets, one per seed.
script_results() {
    sum_passed=0
    sum_failed=0
    for trs in "$2"/*.trs; do
        [ -f "$trs" ] || continue
        text=${trs%.trs}.log
        if grep -q '^:test-result: PASS' "$trs"; then
            inputs=$(sed -n 's/^replayed \([0-9]*\) inputs$/\1/p' "$text")
            sum_passed=$((sum_passed + ${inputs:-1}))
        else
            sum_failed=$((sum_failed + 1))
            echo "   $text:" >&2
            head -n 30 "$text" >&2
        fi
    done
    result "$1" "$sum_passed" "$sum_failed"
}

# run_in TREE FOLDER: `make check` there; what it found is read from the .trs files.
run_in() {
    rm -f "$build/check/$1/tests/$2"/*.trs "$build/check/$1/tests/$2"/*.log
    CANDOUR_NEED_DB=1 make -C "$build/check/$1/tests/$2" -k -j"$jobs" check \
        >"$check/$1-$2.log" 2>&1 || :
}

# said_of_failures TAP: each test that failed, where it stands and the first lines of why.
said_of_failures() {
    awk '/^ *not ok / { left = 30 }
         /^ *ok / { left = 0 }
         left > 0 && !/^ *(---|\.\.\.|duration_ms:|type:|failureType:|code:)/ { print "      " $0; left-- }' "$1" | head -n 200
}

# node_results NAME FILE...: Node's test runner, counted by its TAP lines. Each file has its own servers, so two run at
# a time: half of a browser test is waiting.
node_results() {
    name=$1
    shift
    out=$check/$(echo "$name" | tr ' ' -).tap
    CANDOUR_BUILDDIR=$build/check/gcc CHROMIUM=$(command -v chromium) \
        timeout "${CANDOUR_TEST_TIMEOUT:-1800}" node --test --test-concurrency=2 --test-reporter=tap "$@" >"$out" 2>&1 || :
    for word in pass fail cancelled skipped todo; do
        eval "count_$word=\$(sed -n 's/^# $word \\([0-9]*\\)\$/\\1/p' \"\$out\" | tail -n 1)"
    done
    if [ -z "${count_pass:-}" ]; then
        echo "   $out: the run did not come to its end" >&2
        tail -n 5 "$out" >&2
        count_pass=$(grep -c '^ *ok ' "$out" || :)
        count_fail=1
    fi
    # Neither a test left out nor one for later may hide.
    if [ "${count_skipped:-0}" -gt 0 ] || [ "${count_todo:-0}" -gt 0 ]; then
        echo "   left out:" >&2
        grep -E '^ *(not )?ok .*# (SKIP|TO''DO)' "$out" | sed 's/^ */      /' >&2 || :
    fi
    failed_tests=$((${count_fail:-0} + ${count_cancelled:-0} + ${count_skipped:-0} + ${count_todo:-0}))
    [ "$failed_tests" -eq 0 ] || said_of_failures "$out" >&2
    result "$name" "$((${count_pass:-0}))" "$failed_tests"
}

step "gcc, warnings are errors"
build_with gcc CC=gcc --enable-werror --enable-tests || :
step "unit tests, fuzz seeds, guards, tests of the store on a database"
run_in gcc unit
cmocka_results unit "$check/gcc/tests/unit"
run_in gcc fuzz
script_results "fuzz seeds" "$check/gcc/tests/fuzz"
run_in gcc guard
script_results guards "$check/gcc/tests/guard"
run_in gcc store
cmocka_results "store" "$check/gcc/tests/store"

step "clang, warnings are errors"
build_with clang CC=clang --enable-werror --enable-tests || :

step "AddressSanitizer and UndefinedBehaviorSanitizer: unit tests and fuzz seeds"
build_with sanitized CC=gcc 'CFLAGS=-O1 -g' --enable-sanitizers --enable-tests || :
run_in sanitized unit
cmocka_results "unit, sanitized" "$check/sanitized/tests/unit"
run_in sanitized fuzz
script_results "fuzz seeds, sanitized" "$check/sanitized/tests/fuzz"

step "a release: make distcheck, without the tests, which have run"
if (quietly make -s -C "$check/gcc" -j"$jobs" distcheck TESTS=); then
    result distcheck 1 0
else
    result distcheck 0 1
fi

step "a real httpd and a browser"
node_results http "$top"/tests/http/*.test.mjs

awk '{ passed += $(NF - 1); failed += $NF } END { print passed " passed, " failed " failed"; exit failed > 0 || passed == 0 }' "$results"
