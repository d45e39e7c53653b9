#!/bin/sh
# Which ring includes which: base < domain < store < audit < app < { web, cli } < mod, and less than
# that (docs/design.md). Our own headers are written with their ring; httpd's headers are mod/'s alone,
# MySQL's are store/db.c's alone.
. "$(dirname "$0")/guard.sh"

# may RING: what it may include of ours, whole rings or single headers.
may() {
    case $1 in
    base) echo base/ ;;
    domain) echo base/ domain/ ;;
    store) echo base/ domain/ store/ ;;
    audit) echo base/ domain/ store/ audit/ ;;
    app) echo base/ domain/ store/ audit/ app/ ;;
    # The route table is web's; `candourctl routes` prints it.
    cli) echo base/ domain/ store/ audit/ app/ cli/ web/route.h ;;
    web) echo base/ domain/ app/ web/ ;;
    mod) echo base/ web/ store/pool.h app/ctx.h mod/ ;;
    esac
}

# outside RING FILE: headers of others that it may include, as a pattern; libc and APR are for all.
outside() {
    case $1/$2 in
    base/*) echo 'pcre2\.h|jansson\.h|openssl/.*' ;;
    domain/*) echo 'apr_.*' ;;
    store/db.[ch]) echo 'mysql\.h|mysqld_error\.h|errmsg\.h|openssl/.*' ;;
    store/* | audit/*) echo 'openssl/.*' ;;
    web/*) echo 'pcre2\.h|jansson\.h|openssl/.*' ;;
    # SMTP, for the job that sends.
    cli/mail_smtp.c) echo 'curl/curl\.h' ;;
    app/* | cli/*) echo 'jansson\.h|openssl/.*' ;;
    mod/*) echo 'httpd\.h|http_[a-z]*\.h|ap_[a-z_]*\.h|util_[a-z]*\.h|mod_[a-z]*\.h|mpm_common\.h|unixd\.h|scoreboard\.h' ;;
    esac
}

libc='assert|ctype|errno|fcntl|float|inttypes|limits|math|poll|pthread|signal|stdarg|stdbool|stddef|stdint|stdio|stdlib|string|strings|time|unistd|sys/[a-z]*|termios'

for ring in base domain store audit app web cli mod; do
    for file in $(sources "$ring"); do
        look_at "$file"
        short=${file#"$root"/}
        allowed=$(may "$ring")
        foreign=$(outside "$ring" "$(basename "$file")")
        grep -nE '^[[:space:]]*#[[:space:]]*include' "$file" >"${TMPDIR:-/tmp}/rings.$$" || :
        while IFS= read -r line; do
            number=${line%%:*}
            case $line in
            *'"'*'"'*)
                header=${line#*\"}
                header=${header%%\"*}
                ok=no
                for one in $allowed; do
                    case $header in "$one" | "$one"*) ok=yes ;; esac
                done
                [ $ok = yes ] || problem "$short:$number: $ring may not include \"$header\""
                ;;
            *)
                header=${line#*<}
                header=${header%%>*}
                echo "$header" | grep -qE "^(apr_[a-z_0-9]*\\.h|apu[a-z_]*\\.h|($libc)\\.h|$foreign)\$" ||
                    problem "$short:$number: $ring may not include <$header>"
                ;;
            esac
        done <"${TMPDIR:-/tmp}/rings.$$"
        rm -f "${TMPDIR:-/tmp}/rings.$$"
    done
done
verdict
