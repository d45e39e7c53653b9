#!/bin/sh
# Builds what a browser fetches besides pages: build-assets.sh SOURCE OUT [SASS]
#
# SOURCE is the source tree, OUT the folder to fill. With SASS, npm's sass beside its packages, all is built;
# without it, SOURCE is an unpacked release and its finished files are copied. Debian's sassc does
# not do: it copies @use lines into its output and reports nothing.
set -eu
source=$1
out=$2
sass=${3:-}

mkdir -p "$out/nhsuk/images"
if [ -n "$sass" ]; then
    node_modules=$(cd "$(dirname "$sass")/.." && pwd)
    nhsuk=$node_modules/nhsuk-frontend/dist/nhsuk
    # --no-error-css: without it an error's message becomes the style sheet.
    "$sass" --load-path="$node_modules" --style=compressed --no-source-map --no-error-css \
        "$source/htdocs/src/candour.scss" "$out/candour.css.new"
    if grep -qi 'frutiger\|https\{0,1\}://\|@font-face' "$out/candour.css.new"; then
        echo "build-assets: the style sheet names another host or a font we may not use" >&2
        exit 1
    fi
    mv "$out/candour.css.new" "$out/candour.css"
    # The map stays behind, so does the line that asks for it.
    sed '/^\/\/# sourceMappingURL=/d' "$nhsuk/nhsuk-frontend.min.js" >"$out/nhsuk-frontend.min.js"
    cp "$nhsuk"/assets/images/nhsuk-icon-*.svg "$out/nhsuk/images/"
    cp "$source/htdocs/src/boot.js" "$source/htdocs/src/app.js" "$source/htdocs/src/tables.js" \
        "$source/htdocs/src/favicon.svg" \
        "$source/htdocs/letters/letter.css" "$source/htdocs/letters/report.css" "$out/"
elif [ -f "$source/htdocs/assets/candour.css" ]; then
    # In the tree itself, source and target are the same folder.
    if [ ! "$source/htdocs/assets" -ef "$out" ]; then
        cp -R "$source/htdocs/assets/." "$out/"
        chmod -R u+w "$out" # the source may be read-only
    fi
else
    echo "build-assets: no sass: run npm ci --ignore-scripts, then configure again" >&2
    exit 1
fi
