#!/usr/bin/env bash
# Measures one thing against a peer or a limit in the same run. Ends with one JSON line.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

usage() {
  cat <<'TXT'
usage: packaging/bench.sh NAME [ARGUMENTS…]

  detect      MB/s of the detectors, against java.util.regex and ripgrep on the same file
  ingest      durable events/s over mTLS, against raw COPY into the same table
  search      ten searches over 10,000,000 events through REST, against the same in psql; --events N for fewer
  console     pages ready in Chromium, and frames kept, over 5,000 terminals while 500 events/s arrive; --events N for fewer
  push        publish to last ENFORCED over simulated terminals: median, p99, slowest
  footprint   memory (PSS) and CPU of the idle agent
  clipboard   copy to enforced verdict, and the window before ownership changes
  media       in a virtual machine: a large copy to a stick with and without the agent, and plugged in to let in against USBGuard

Each run warms up first. The last line is JSON: the figures, the peer's, and the ratios.
TXT
}

name=${1:-}
case "$name" in
  ""|-h|--help|help) usage; [ -n "$name" ] || exit 2; exit 0 ;;
  detect) class=DetectBench; tools=(rg=ripgrep) ;;
  ingest) class=IngestBench; tools=() ;;
  search) class=SearchBench; tools=(psql=postgresql-client) ;;
  console) class=ConsoleBench; tools=(chromium=chromium) ;;
  push) class=PushBench; tools=() ;;
  footprint) class=FootprintBench; tools=(Xvfb=xvfb xauth=xauth) ;;
  clipboard) class=ClipboardBench; tools=(Xvfb=xvfb xclip=xclip xauth=xauth) ;;
  media) class=MediaBench; tools=(sfdisk=fdisk mkfs.vfat=dosfstools); . "$root_dir/packaging/lib/vm-image.sh"; need_vm_tools ;;
  *) usage >&2; die "there is no benchmark named '$name'" ;;
esac
shift
need_build_tools
need "${tools[@]}"
ensure_desktop_account
if dist_is_stale; then build -Pfast package; fi
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -Dsekisho.dist="$dist_dir" -Dsekisho.basedir="$root_dir/packaging" ${SEKISHO_BENCH_OPTS:-} \
  -cp "$root_dir/packaging/target/classes:$root_dir/packaging/target/lib/*" "org.sekisho.packaging.bench.$class" "$@"
