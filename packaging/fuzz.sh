#!/usr/bin/env bash
# Runs each fuzzer for a while (Jazzer, coverage-guided). Findings are kept beside the tests as regression inputs.
#
#   packaging/fuzz.sh [--seconds N] [NAME]   N seconds each (60 unless told); NAME: only fuzzers whose class contains it
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

seconds=60 only=""
while [ $# -gt 0 ]; do
  case "$1" in
    --seconds) seconds=${2:?--seconds needs a number}; shift 2 ;;
    -h|--help) sed -n '2,5s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) only=$1; shift ;;
  esac
done

need_build_tools
cd "$root_dir"
status=0 count=0
# A fuzzer is a test class that uses @FuzzTest; Jazzer fuzzes one method a JVM.
while IFS=: read -r file method; do
  class=$(basename "$file" .java)
  [ -z "$only" ] || [[ $class == *"$only"* ]] || continue
  module=${file%%/src/*}
  count=$((count + 1))
  say "fuzzing $class.$method for ${seconds} s"
  log=$root_dir/packaging/target/fuzz-$class-$method.log
  mkdir -p "$(dirname "$log")"
  if ! JAZZER_FUZZ=1 JAZZER_MAX_DURATION=${seconds}s mvn -B -q -ntp -o -pl "$module" -am surefire:test@fuzz \
      -Dtest="$class#$method" -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration="${seconds}s" >"$log" 2>&1; then
    tail -n 40 "$log"; say "FOUND something: $class.$method (whole output: $log)"; status=1
  fi
done < <(grep -rlE --include=*.java '@FuzzTest' -- */src/test control-server/cli/src/test 2>/dev/null | while read -r f; do
  grep -A3 '@FuzzTest' "$f" | sed -n 's/.*void \([A-Za-z0-9_]*\)(.*/\1/p' | while read -r m; do echo "$f:$m"; done; done)
[ "$count" -gt 0 ] || die "found no fuzzer${only:+ whose class contains '$only'}"
say "$count fuzzers ran, $([ $status = 0 ] && echo nothing found || echo findings above)"
exit $status
