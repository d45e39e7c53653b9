#!/bin/sh
# Replays the seed corpus of one fuzz target: replay.sh [PATH/]fuzz_<noun>. An absent or an empty
# corpus is a failure, because a target that read nothing has proved nothing.
target=$1
noun=${target##*/fuzz_}
corpus=${srcdir:-$(dirname "$0")}/corpus/$noun
set -- "$corpus"/*
if [ ! -f "$1" ]; then
    echo "replay: no seed in $corpus" >&2
    exit 1
fi
exec "$target" "$@"
