#!/usr/bin/env bash
# Readies a Windows JVM under Wine: the JRE, a booted prefix to clone, the iphlpapi shim, a Japanese locale.
# Usage: prepare.sh [CACHE]          CACHE: default packaging/target/wine
# Does nothing if CACHE is ready; callers that come at the same time wait. Prints CACHE's absolute path last.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$here/../target/wine}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# The Windows Temurin 21 JRE lies in this artifact's folder jre/; there is no other on Maven Central.
artifact=org.sonarsource.scanner.cli:sonar-scanner-cli:8.1.0.6389:zip:windows-x64
marker_offset=$((0x40)) # where a PE file of Wine's own says "Wine builtin DLL"

say() { printf 'wine: %s\n' "$*" >&2; }

missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need wine wine
need Xvfb xvfb
need x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64
need x86_64-w64-mingw32-objdump binutils-mingw-w64-x86-64
need unzip unzip
need localedef locales
need flock util-linux
need mvn maven
if ((${#missing[@]})); then
  say "missing: ${missing[*]}; install with: apt-get install -y --no-install-recommends ${missing[*]}"
  exit 69 # EX_UNAVAILABLE of sysexits.h
fi

exec 9>"$cache/lock"
flock 9

want=$(cat "$0" "$here/iphlpapi-shim.c" <(WINEDEBUG=-all wine --version) | sha256sum | cut -d' ' -f1)
if [[ -f $cache/ready && $(<"$cache/ready") == "$want" ]]; then
  printf '%s\n' "$cache"
  exit 0
fi
rm -rf "$cache/ready" "$cache/prefix" "$cache/jre" "$cache/locale"

say "fetching the Windows JRE"
copy=(mvn -q -B -N -f "$here/../../pom.xml" dependency:copy "-Dartifact=$artifact" "-DoutputDirectory=$cache/download")
"${copy[@]}" -o >"$cache/maven.log" 2>&1 || "${copy[@]}" >"$cache/maven.log" 2>&1 || {
  tail -20 "$cache/maven.log" >&2
  say "Maven could not resolve $artifact"
  exit 1
}
unzip -q -o "$cache"/download/sonar-scanner-cli-*.zip '*/jre/*' -d "$cache/unpacked"
mv "$cache"/unpacked/*/jre "$cache/jre"
rm -rf "$cache/download" "$cache/unpacked"

say "making the ja_JP.UTF-8 locale"
mkdir -p "$cache/locale"
# Debian's images may have no Japanese locale; one of our own needs no root. localedef answers 1 for mere warnings.
localedef -i ja_JP -f UTF-8 "$cache/locale/ja_JP.UTF-8" 2>/dev/null || [[ -f $cache/locale/ja_JP.UTF-8/LC_CTYPE ]]

say "booting a Wine prefix"
export WINEPREFIX=$cache/prefix WINEDEBUG=-all
unset DISPLAY
japanese=("LOCPATH=$cache/locale" LC_ALL=ja_JP.UTF-8)
# Neither .NET nor a browser is needed, and Wine would ask to download them.
env "${japanese[@]}" WINEDLLOVERRIDES='mscoree,mshtml=' wineboot -i >/dev/null 2>&1
wineserver -w

say "building the iphlpapi shim"
system32=$WINEPREFIX/drive_c/windows/system32
build=$cache/shim
mkdir -p "$build"
cp "$system32/iphlpapi.dll" "$build/iphlpwine.dll"
# Under another name Wine would look for a builtin of that name: without the marker it is loaded as any other DLL.
printf 'Not a builtin DL' | dd of="$build/iphlpwine.dll" bs=1 seek=$marker_offset conv=notrunc status=none
{
  echo 'LIBRARY iphlpapi.dll'
  echo 'EXPORTS'
  echo '  GetAnycastIpAddressTable'
  LC_ALL=C x86_64-w64-mingw32-objdump -p "$system32/iphlpapi.dll" |
    awk '
      # To the end of the input, however early the names end: objdump would be killed by SIGPIPE otherwise.
      /Ordinal\/Name Pointer/ { names = 1; next }
      names == 1 && /^$/ { names = 2 }
      names == 1 && /\[ *[0-9]+\]/ { printf "  %s = iphlpwine.%s\n", $NF, $NF }'
} >"$build/iphlpapi.def"
x86_64-w64-mingw32-gcc -Wall -Wextra -Werror -O1 -shared -s -o "$build/iphlpapi.dll" "$here/iphlpapi-shim.c" "$build/iphlpapi.def"
cp --remove-destination "$build/iphlpapi.dll" "$build/iphlpwine.dll" "$system32/"

printf '%s\n' "$want" >"$cache/ready"
printf '%s\n' "$cache"
