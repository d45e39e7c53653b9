#!/bin/sh
# The law in the middle does not know what time it is, where it runs, or what is on the disk: base and domain
# get every instant and every text as an argument, so the same inputs give the same answer for ever.
. "$(dirname "$0")/guard.sh"

outside='apr_time_now|time|clock|clock_gettime|gettimeofday|getenv|apr_env_get|fopen|open|apr_file_open|apr_dir_open|setlocale|tzset|mktime'

files=$(sources base domain)
look_at $files
calls "$outside" $files >"${TMPDIR:-/tmp}/clock.$$"
problems_from <"${TMPDIR:-/tmp}/clock.$$"
rm -f "${TMPDIR:-/tmp}/clock.$$"
verdict
