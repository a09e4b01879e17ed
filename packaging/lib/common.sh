# Shared by the scripts beside it: finding or installing what they need. Source it; it changes nothing by itself.
# shellcheck shell=bash

root_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dist_dir=$root_dir/packaging/target/sekisho

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }
die() { printf 'sekisho: %s\n' "$*" >&2; exit 2; }

# java_major HOME: the feature number of the JDK there, or 0.
java_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null | grep . || echo 0
}

# Sets JAVA_HOME to a JDK of at least 21: JAVA_HOME, then PATH, then the newest in the usual folders.
find_jdk() {
  local candidate best=0 found=""
  if [ -n "${JAVA_HOME:-}" ] && [ "$(java_major "$JAVA_HOME")" -ge 21 ]; then export JAVA_HOME; return; fi
  if candidate=$(command -v javac); then
    candidate=$(dirname "$(dirname "$(readlink -f "$candidate")")")
    if [ "$(java_major "$candidate")" -ge 21 ]; then export JAVA_HOME=$candidate; return; fi
  fi
  for candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk*; do
    local major; major=$(java_major "$candidate")
    if [ "$major" -ge 21 ] && [ "$major" -gt "$best" ]; then best=$major; found=$candidate; fi
  done
  if [ -z "$found" ]; then
    local package
    for package in openjdk-25-jdk-headless openjdk-21-jdk-headless; do
      if can_install && [[ $(apt-cache policy "$package" 2>/dev/null) == *"Candidate: "[0-9]* ]]; then
        install_packages "$package"; find_jdk; return
      fi
    done
    die "no JDK 21 or newer in JAVA_HOME, PATH or /usr/lib/jvm; install one (Temurin 25, or the package openjdk-21-jdk-headless) and try again"
  fi
  export JAVA_HOME=$found
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

install_packages() {
  say "installing: $*"
  if [ -z "${sekisho_apt_updated:-}" ]; then apt-get update -qq || die "apt-get update failed; is a package source configured?"; sekisho_apt_updated=1; fi
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null \
    || die "apt-get install $* failed; install these by hand and try again"
}

# need COMMAND=PACKAGE…: installs the packages whose commands (or files, if they begin with /) are missing, or names them.
need() {
  local pair missing=()
  for pair in "$@"; do
    local wanted=${pair%%=*} package=${pair#*=}
    case $wanted in
      /*) compgen -G "$wanted" >/dev/null || missing+=("$package") ;;
      *) command -v "$wanted" >/dev/null || missing+=("$package") ;;
    esac
  done
  [ ${#missing[@]} = 0 ] && return
  if can_install; then install_packages "${missing[@]}"; else
    die "missing: ${missing[*]}. Install these packages as root and try again"; fi
}

# The account that desktop helpers run under, so that the session's user can neither end nor debug them. Root only.
ensure_desktop_account() {
  [ "$(id -u)" = 0 ] || return 0
  getent passwd sekisho-desktop >/dev/null && return
  say "adding the account sekisho-desktop for desktop helpers"
  useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin sekisho-desktop
}

# What building needs.
need_build_tools() {
  need mvn=maven node=nodejs npm=npm unzip=unzip
  find_jdk
  local node_major; node_major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$node_major" -ge 20 ] || die "node $(node --version) is too old: the console is built with Node 20 or newer; install it and try again"
}

# build [MAVEN ARGUMENTS…]: Maven, quietly, with a line about how it went.
build() {
  say "building with $JAVA_HOME (the first time fetches libraries and takes some minutes)"
  local log=$root_dir/packaging/target/build.log
  mkdir -p "$(dirname "$log")"
  (cd "$root_dir" && mvn -B -ntp "$@") >"$log" 2>&1 || { tail -n 60 "$log" >&2; die "the build failed; its whole output is in $log"; }
  say "built"
}

# True if a source is newer than the distribution.
dist_is_stale() {
  [ -f "$dist_dir/.complete" ] || return 0
  [ -n "$(cd "$root_dir" && find pom.xml proto agent control-server packaging \( -name target -o -name node_modules \) -prune -o -type f -newer "$dist_dir/.complete" -print -quit)" ]
}
