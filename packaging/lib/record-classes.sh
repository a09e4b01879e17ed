#!/usr/bin/env bash
# Writes packaging/lib/agent-classes.txt anew: the classes that go into the archive which service and helper share, by the
# order in which an idle helper loads them. Run it when `packaging/bench.sh footprint` has grown after a change of libraries;
# classes in the list that are gone cost nothing, classes that are missing from it are loaded from the jars.
# The helper's classes only: what the service alone loads is smaller outside of the archive (4.6 KB a class against 7.2).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root_dir/packaging/lib/runtime.sh"

need Xvfb=xvfb xauth=xauth
find_jdk
ensure_desktop_account
[ -x "$dist_dir/lib/agent/runtime/bin/java" ] || die "there is no distribution with a runtime; build it first (mvn -Pfast package)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The helpers' account must get in, and write its list.
chmod 711 "$work"
mkdir -m 1777 "$work/lists"
cp -a "$dist_dir" "$work/sekisho"
java=$work/sekisho/lib/agent/runtime/bin/java
mv "$java" "$java.real"
printf '#!/bin/sh\nexec "$0.real" -Xshare:off -XX:DumpLoadedClassList=%s/$$ "$@"\n' "$work/lists" >"$java"
chmod 755 "$java"
"$JAVA_HOME/bin/java" -Dsekisho.dist="$work/sekisho" -cp "$root_dir/packaging/target/classes:$root_dir/packaging/target/lib/*" \
  org.sekisho.packaging.bench.FootprintBench
list=$(grep -l '^org/sekisho/agent/desktop/DesktopSeat ' "$work"/lists/* | head -n 1) || die "no helper left a list of its classes"
# Without comments, ids, classes of other loaders, and what only ahead-of-time linking uses.
sed -e '/^#/d' -e '/^@cp/d' -e '/source:/d' -e 's/ id: .*//' "$list" | awk '!seen[$0]++' >"$runtime_classes"
say "$(wc -l <"$runtime_classes") lines in $runtime_classes; build again"
