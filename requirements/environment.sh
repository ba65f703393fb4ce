#!/bin/sh
# Makes or renews .venv from the locked requirements, and installs this package into it.
#
#   sh requirements/environment.sh run    what a command needs
#   sh requirements/environment.sh dev    that, and what the tests and the site need
#
# Does nothing when .venv already is what the locks say. A run that was stopped half-way leaves
# .venv/unfinished behind, and the next run starts afresh instead of trusting what is there.
set -eu
cd "$(dirname "$0")/.."
level=$1

say() { printf '%s\n' "$*" >&2; }

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if [ -n "$candidate" ] && usable "$candidate"; then
            printf '%s' "$candidate"
            return
        fi
    done
    say 'Good Offices needs Python 3.11 or later, and found none.'
    say 'Install one, or name it: make PYTHON=/path/to/python3.12 brief'
    exit 1
}

# What .venv is made from. The folder is part of it, since scripts in .venv name it.
recipe() { printf '%s\n' "$PWD"; cat "requirements/$1.txt" pyproject.toml; }

ready() { [ -f ".venv/ready-$1" ] && recipe "$1" | cmp -s - ".venv/ready-$1"; }

if usable .venv/bin/python && [ ! -e .venv/unfinished ]; then
    if ready dev || { [ "$level" = run ] && ready run; }; then
        exit 0
    fi
    if [ -e .venv/ready-run ] && [ "$(head -n 1 .venv/ready-run)" != "$PWD" ]; then
        say 'This folder has moved; making .venv anew.'
        rm -rf .venv
    fi
else
    rm -rf .venv
fi

if [ ! -e .venv ]; then
    python=$(find_python)
    say "Making .venv with $("$python" --version) ..."
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        say 'The virtual environment could not be made. On Debian and Ubuntu the package'
        say 'python3-venv has what is missing: apt-get install python3-venv'
        exit 1
    fi
fi

touch .venv/unfinished
rm -f .venv/ready-run .venv/ready-dev
say "Installing requirements/$level.txt (the first time takes a minute or two) ..."
# The locks name every package with its digests, so there is nothing left to resolve.
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
    --require-hashes --requirement "requirements/$level.txt"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
    --no-build-isolation --editable .
.venv/bin/python -m pip check >&2
recipe run > .venv/ready-run
if [ "$level" = dev ]; then recipe dev > .venv/ready-dev; fi
rm .venv/unfinished
