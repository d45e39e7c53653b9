#!/bin/sh
# mail.sh FOLDER: stands for sendmail in the demo: puts the message from standard input into a new file of FOLDER.
set -eu
file=$(mktemp "$1/XXXXXXXX")
cat >"$file"
mv "$file" "$file.eml"
