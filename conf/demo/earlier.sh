# earlier.sh: candourctl and httpd with a clock that is set back. Sourced by load.sh and rounds.sh, which sets dir, here and CANDOUR_BUILDDIR.
#
#   days_ago N          sets the clock, also of an httpd that runs
#   earlier COMMAND...  instance.sh COMMAND "$dir" ... under that clock
earlier=$dir/httpd/earlier
mkdir -p "$earlier"
if [ ! "$earlier/clock.so" -nt "$here/earlier.c" ]; then
    # The compiler that the build found; it may be more than one word.
    $(sed -n 's/^CC = //p' "$CANDOUR_BUILDDIR/Makefile") -O1 -fPIC -shared -o "$earlier/clock.so" "$here/earlier.c"
fi

days_ago() {
    echo "$1" >"$earlier/days.new"
    mv "$earlier/days.new" "$earlier/days"
    chmod a+r "$earlier/days"
}

earlier() {
    command=$1
    shift
    case $command in
    start) CANDOUR_HTTPD_ENV="LD_PRELOAD=$earlier/clock.so CANDOUR_DEMO_DAYS=$earlier/days" sh "$here/instance.sh" start "$dir" ;;
    *) LD_PRELOAD=$earlier/clock.so CANDOUR_DEMO_DAYS=$earlier/days sh "$here/instance.sh" "$command" "$dir" "$@" ;;
    esac
}
