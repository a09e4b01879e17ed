# Finds the Java that runs Sekisho: the runtime beside it (in the folder that sekisho_runtime names, if the command has one of
# its own), then JAVA_HOME, PATH, the usual folders. Source it.
# shellcheck shell=bash
sekisho_home=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

java_feature() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | grep . || echo 0; }

# agent_class_path HOME: its jars in one order everywhere, as class data is only valid for one.
agent_class_path() { printf '%s\n' "$1"/lib/agent/*.jar | LC_ALL=C sort | paste -sd:; }

find_java() {
  local home best=0
  java=$sekisho_home/${sekisho_runtime:-runtime}/bin/java
  if [ -x "$java" ]; then return; fi
  java=""
  for home in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /nonexistent/bin/java)")")")"; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ] && [ "$(java_feature "$home")" -ge 21 ]; then java=$home/bin/java; return; fi
  done
  for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*; do
    local feature; feature=$(java_feature "$home")
    if [ -x "$home/bin/java" ] && [ "$feature" -ge 21 ] && [ "$feature" -gt "$best" ]; then best=$feature; java=$home/bin/java; fi
  done
  [ -n "$java" ] || { echo "sekisho: no Java 21 or newer in JAVA_HOME, PATH or /usr/lib/jvm; install one and try again" >&2; exit 2; }
}
find_java
# Since Java 24 each run would warn its user of what Protobuf does inside (JEP 498).
java_flags=()
[ "$(java_feature "$(dirname "$(dirname "$(readlink -f "$java")")")")" -lt 24 ] || java_flags+=(--sun-misc-unsafe-memory-access=allow)
