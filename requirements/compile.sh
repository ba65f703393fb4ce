#!/bin/sh
# Writes the locks: run.txt, dev.txt (which agrees with it and has every extra), serve.txt (what a
# server needs of it) and lock.txt, from pyproject.toml.
#
#   sh requirements/compile.sh path/to/uv [options of uv pip compile, such as --upgrade]
#
# One lock serves Python 3.11 and later on every platform that the packages themselves serve.
# Neither commands nor annotations nor addresses are written, so that a lock says only what it pins.
set -eu
cd "$(dirname "$0")/.."
uv=$1
shift

compile() {
    output=requirements/$1.txt
    shift
    "$uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 \
        --fork-strategy fewest --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --output-file "$output" "$@"
}

compile run --group build "$@"
compile dev --group dev --all-extras --constraint requirements/run.txt "$@"
compile serve --group build --extra server --extra postgres --constraint requirements/dev.txt "$@"
"$uv" pip compile --group lock --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-annotate --output-file requirements/lock.txt "$@"
