#!/usr/bin/env bash
# Writes the lists of classes anew that the agent's archives of class data are made from:
#   packaging/lib/agent-classes.txt    what service and helper share, by the order in which an idle helper loads it
#   packaging/lib/extract-classes.txt  what the process loads that takes documents apart
# Run it when `packaging/bench.sh footprint` has grown after a change of libraries, or documents take longer than they did;
# classes in a list that are gone cost nothing, classes that are missing from it are loaded from the jars.
# Of the service no more than it shares: what it alone loads is smaller outside of the archive (4.6 KB a class against 7.2).
# Nor what processes that serve volumes load besides, some 900 classes: each service and helper became 1 MB larger.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root_dir/packaging/lib/runtime.sh"

need_build_tools
need Xvfb=xvfb xauth=xauth
find_jdk
ensure_desktop_account
[ "$(id -u)" = 0 ] || die "run it as root: only root can start what takes documents apart as a terminal does"
[ -x "$dist_dir/lib/agent/runtime/bin/java" ] || die "there is no distribution with a runtime; build it first (mvn -Pfast package)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The accounts of helpers and of what takes documents apart must get in, and write their lists.
chmod 711 "$work"
mkdir -m 1777 "$work/lists"

# record JAVA MAIN…: from now on JAVA, started for one of these programs, leaves the list of its classes.
record() {
  local java=$1; shift
  mv "$java" "$java.real"
  cat >"$java" <<SH
#!/bin/sh
for main in $*; do
  case " \$* " in *" \$main "*) exec "\$0.real" -Xshare:off "-XX:DumpLoadedClassList=$work/lists/\$main.\$(date +%s%N)" "\$@" ;; esac
done
exec "\$0.real" "\$@"
SH
  chmod 755 "$java"
}

# list MAIN: all that processes of this program loaded; without comments, ids, classes of other loaders, and what only
# ahead-of-time linking uses.
list() {
  cat "$work/lists/$1".* | sed -e '/^#/d' -e '/^@cp/d' -e '/source:/d' -e 's/ id: .*//' | awk '!seen[$0]++'
}

cp -a "$dist_dir" "$work/sekisho"
record "$work/sekisho/lib/agent/runtime/bin/java" desktop
"$JAVA_HOME/bin/java" -Dsekisho.dist="$work/sekisho" -cp "$root_dir/packaging/target/classes:$root_dir/packaging/target/lib/*" \
  org.sekisho.packaging.bench.FootprintBench

say "taking documents apart"
cp -a "$(readlink -f "$JAVA_HOME")" "$work/jdk"
extract_main=org.sekisho.agent.content.extract.ExtractMain
record "$work/jdk/bin/java" "$extract_main"
(cd "$root_dir" && mvn -B -ntp -q -pl proto,agent -Pfast -DskipTests=false -Djvm="$work/jdk/bin/java" \
  -Dtest=FileInspectorTest -Dsurefire.failIfNoSpecifiedTests=false test)

list desktop >"$runtime_folder/agent-classes.txt"
list "$extract_main" >"$runtime_folder/extract-classes.txt"
say "$(wc -l <"$runtime_folder/agent-classes.txt") and $(wc -l <"$runtime_folder/extract-classes.txt") lines in the lists; build again"
