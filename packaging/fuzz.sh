#!/usr/bin/env bash
# Searches for inputs that break a parser: runs each @FuzzTest under Jazzer, coverage-guided, in a JVM of its own, as many at
# once as there are processors. Ends with 1 if something was found, 2 if a fuzzer did not run. What was found is kept beside
# the test, where every normal run tries it again. Linux only.
#
#   packaging/fuzz.sh [--seconds N] [NAME]   N seconds each (60 unless told); NAME: only fuzzers whose class contains it
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

seconds=60 only=""
while [ $# -gt 0 ]; do
  case "$1" in
    --seconds) seconds=${2:?--seconds needs a number}; shift 2 ;;
    -h|--help) sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    -*) die "unknown argument '$1'; see --help" ;;
    *) only=$1; shift ;;
  esac
done
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "--seconds must be a whole number above 0, not '$seconds'"
[ "$(uname -s)" = Linux ] || die "fuzzing runs on Linux only"
need_build_tools
cd "$root_dir"

# FILE:METHOD of each fuzzer; the method is named within three lines of its annotation.
fuzzers() {
  local file method
  grep -rl --include='*.java' --exclude-dir=target --exclude-dir=node_modules '@FuzzTest' . | sed 's|^\./||' | sort | while read -r file; do
    [[ $(basename "$file" .java) == *"$only"* ]] || continue
    grep -A3 '@FuzzTest' "$file" | sed -n 's/.*void \([A-Za-z0-9_]*\)(.*/\1/p' | while read -r method; do echo "$file:$method"; done
  done
}

# search LIMIT MODULE CLASS METHOD: Jazzer for LIMIT seconds in the current folder. Jazzer loads its agent into its own JVM.
# Generated protobuf code is not what is searched, and costs seconds to instrument. One input may take 25 s, the heap bounds
# memory, and a JVM that is not through start and search two minutes after LIMIT is ended.
search() {
  local limit=$1 module=$root_dir/$2 quick=()
  # In a short search the optimising compiler costs more than it gains.
  [ "$limit" -ge 60 ] || quick=(-XX:TieredStopAtLevel=1)
  timeout --kill-after=10 $((limit + 120)) "$JAVA_HOME/bin/java" -Xmx1g -XX:+UseSerialGC "${quick[@]}" \
    -Djdk.attach.allowAttachSelf=true -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
    -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/fuzz-classpath")" \
    com.code_intelligence.jazzer.Jazzer --target_class="$3" --target_method="$4" '--instrumentation_excludes=org.sekisho.v1.**' \
    -max_total_time="$limit" -timeout=25 -rss_limit_mb=0 -print_final_stats=1 >log 2>&1
}

# fuzz FILE METHOD: 0 nothing found, 1 found something, 2 did not fuzz. The log ends up beside the corpus, which is kept.
fuzz() {
  local file=$1 method=$2 module package name work kept given status ran limit
  module=${file%%/src/test/*}
  package=$(sed -n 's/^package \(.*\);.*/\1/p' "$file")
  name=$(basename "$file" .java)
  work=$root_dir/packaging/target/fuzz/$name.$method
  kept=$module/src/test/resources/${package//.//}/${name}Inputs/$method
  mkdir -p "$work"
  # What is tried anyway: the kept inputs, the corpus of earlier runs, the empty input and one of libFuzzer's own.
  given=$(($( { find "$kept" "$work/.cifuzz-corpus" -type f 2>/dev/null || true; } | wc -l) + 2))
  # The limit includes loading and instrumenting classes; where that used it up, as on a busy machine, there is a second try.
  for limit in "$seconds" $((seconds + 40)); do
    find "$work" -maxdepth 1 -type f -delete
    status=0
    (cd "$work" && search "$limit" "$module" "$package.$name" "$method") || status=$?
    ran=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log" | tail -n 1)
    if [ "$status" = 0 ] && [ "${ran:-0}" -gt "$given" ]; then
      say "nothing found  $name.$method: $ran executions, $given of them given"; return 0
    fi
    [ "$status" = 0 ] && [ -n "$ran" ] || break
  done
  if [ "$status" = 124 ] || [ "$status" = 137 ]; then
    say "DID NOT END $name.$method: stopped after $((limit + 120)) s; whole output: $work/log"; return 2
  elif compgen -G "$work/*-????????????????????????????????????????" >/dev/null; then
    mkdir -p "$kept"
    find "$work" -maxdepth 1 \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' \) -exec cp {} "$kept/" \;
    grep -m1 -A12 '^== Java Exception' "$work/log" || tail -n 20 "$work/log"
    say "FOUND $name.$method: the input is now in $kept; whole output: $work/log"; return 1
  fi
  tail -n 20 "$work/log"
  say "DID NOT FUZZ $name.$method: Jazzer ended with $status after ${ran:-no} executions, $given of them given; whole output: $work/log"
  return 2
}

mapfile -t todo < <(fuzzers)
[ ${#todo[@]} -gt 0 ] || die "found no fuzzer${only:+ whose class contains '$only'}"
modules=$(printf '%s\n' "${todo[@]%%/src/test/*}" | sort -u | paste -sd,)
say "compiling what is not yet compiled, and asking for the class paths of $modules"
mkdir -p packaging/target/fuzz
mvn -B -ntp -DskipTests -Dspotless.check.skip=true -pl "$modules" -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/fuzz-classpath -Dmdep.includeScope=test >packaging/target/fuzz/build.log 2>&1 \
  || { tail -n 40 packaging/target/fuzz/build.log >&2; die "compiling the fuzzers failed; the whole output is in packaging/target/fuzz/build.log"; }

at_once=$(nproc) running=0 worst=0
[ "$at_once" -le 4 ] || at_once=4 # each may take a gigabyte
collect() { local one=0; wait -n || one=$?; [ "$one" -le "$worst" ] || worst=$one; running=$((running - 1)); }
trap 'kill $(jobs -p) 2>/dev/null; exit 130' INT TERM
say "${#todo[@]} fuzzers, $seconds s each, $at_once at once"
for one in "${todo[@]}"; do
  [ "$running" -lt "$at_once" ] || collect
  fuzz "${one%:*}" "${one##*:}" &
  running=$((running + 1))
done
while [ "$running" -gt 0 ]; do collect; done
[ "$worst" = 0 ] || { say "${#todo[@]} fuzzers, not all of which ended well; see above"; exit "$worst"; }
say "${#todo[@]} fuzzers ran, nothing found"
