#!/usr/bin/env bash
# Installs what the tests need, builds, and runs every test: formatting, static checks, units, contracts on the real X
# server, PostgreSQL, browser and Windows JVM, short fuzzing, the system as a whole, and a virtual machine with real devices.
#
#   packaging/test.sh            all of it
#   packaging/test.sh --quick    without the system tests, the Windows JVM and fuzzing
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"

quick=""
case "${1:-}" in
  "") ;;
  --quick) quick=1 ;;
  -h|--help) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
  *) die "unknown argument '$1'; see --help" ;;
esac

need_build_tools
need /usr/share/fonts/opentype/ipafont-gothic/ipagp.ttf=fonts-ipafont-gothic
need Xvfb=xvfb xauth=xauth xclip=xclip xsel=xsel xdotool=xdotool chromium=chromium rg=ripgrep jq=jq openssl=openssl \
  rsyslogd=rsyslog '/usr/lib/*/rsyslog/lmnsd_ossl.so=rsyslog-openssl' \
  ip=iproute2 nft=nftables tcpdump=tcpdump setpriv=util-linux \
  mount=mount mkfs.ext4=e2fsprogs '/usr/lib/postgresql/*/bin/initdb=postgresql' '/usr/lib/*/faketime/libfaketimeMT.so.1=libfaketime' '/usr/lib/*/libxcb.so.1=libxcb1' '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc=fonts-noto-cjk'
[ -n "$quick" ] || need wine=wine /usr/lib/wine/wine64=wine64 x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64 x86_64-w64-mingw32-dlltool=binutils-mingw-w64-x86-64 \
  locale-gen=locales sfdisk=fdisk mkfs.vfat=dosfstools
if [ -z "$quick" ]; then
  . "$root_dir/packaging/lib/vm-image.sh"
  need_vm_tools
  vm_image
fi

ensure_desktop_account
arguments=(-ntp)
[ -z "$quick" ] || arguments+=(-DskipITs)
say "testing with $JAVA_HOME"
cd "$root_dir"
mvn -B "${arguments[@]}" verify
if [ -z "$quick" ]; then packaging/fuzz.sh --seconds 10; fi
say "all tests passed"
