#!/bin/sh
# Makes sure that the Nu Html Checker and a Java are there for `make test-long`, or says what to do.
here=$(dirname "$0")
missing=
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
if [ -n "$missing" ] && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "Installing$missing for the check of the HTML ..."
  apt-get update -qq >/dev/null 2>&1
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1
fi
for program in java npm; do
  if ! command -v $program >/dev/null 2>&1; then
    echo "The check of the HTML needs $program (Debian: sudo apt-get install default-jre-headless npm)." >&2
    exit 1
  fi
done
[ -f "$here/node_modules/vnu-jar/build/dist/vnu.jar" ] || npm ci --prefix "$here" --ignore-scripts --silent
