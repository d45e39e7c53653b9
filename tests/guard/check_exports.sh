#!/bin/sh
# The module gives httpd one symbol, so that it cannot clash with another module's.
. "$(dirname "$0")/guard.sh"

module=$build/mod_candour/.libs/mod_candour.so
look_at "$module"
symbols=$(nm -D --defined-only "$module" | awk '{ print $NF }')
[ "$symbols" = candour_module ] || problem "exported, but only candour_module may be:" $symbols
verdict
