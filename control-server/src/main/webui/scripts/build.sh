#!/bin/sh
# What Maven calls: builds or tests the console when its inputs have changed. Usage: build.sh build|test TARGET_FOLDER
set -eu
cd "$(dirname "$0")/.."
for program in node npm; do
  if ! command -v "$program" >/dev/null 2>&1; then
    echo "Building the console needs $program, and there is none in PATH. Install Node.js 20.19 or newer with npm (Debian: apt-get install nodejs npm)." >&2
    exit 1
  fi
done
exec node scripts/build.mjs "$@"
