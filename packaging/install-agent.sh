#!/usr/bin/env bash
# Installs the agent on this terminal as a service of systemd, and takes it away again. Runs from the distribution (or from
# the sources, once they are built), needs nothing else of it afterwards, and may be run again at any time.
set -euo pipefail

home=/opt/sekisho
unit=/etc/systemd/system/sekisho-agent.service
link=/usr/local/bin/sekisho-agent
settings=/etc/sekisho
state=/var/lib/sekisho
desktop=/var/lib/sekisho-desktop
account=sekisho-desktop

usage() {
  cat <<TXT
usage: install-agent.sh [--server URL [--token-file FILE] [--ca-file PEM]] [--from-kernel] [--no-start]
       install-agent.sh --remove [--purge]

  (nothing)          install or upgrade: $home, the command $link, the account
                     $account, the unit; start it if this terminal is enrolled. From then on removable devices
                     but keyboards, pointers and hubs stay out unless the agent lets them in, also while it does
                     not run (not with sekisho.media.enforce=false in $settings/agent.properties)
  --server URL       enrol with this control server first, as in https://server:8443
  --token-file FILE  the one-time token lies in FILE; otherwise in the environment, as SEKISHO_ENROL_TOKEN
  --ca-file PEM      check the server against this authority besides the token's own fingerprint
  --from-kernel      removable devices stay out from the kernel's first moment at boot, too; for machines on which no
                     USB keyboard has to type a disk's passphrase
  --no-start         install and enable only; it starts with the next boot
  --remove           stop and remove all of it, and let in what was shut out; keep the identity and the journal
                     in $state
  --purge            with --remove: delete these, $settings and the account too. Events that the server has
                     not yet received are lost
TXT
}

say() { printf 'sekisho: %s\n' "$*"; }
die() { printf 'sekisho: %s\n' "$*" >&2; exit 2; }

remove="" purge="" server="" token_file="" ca_file="" start=1 default_deny=()
while [ $# -gt 0 ]; do
  case "$1" in
    --server) server=${2:?--server needs a URL}; shift 2 ;;
    --token-file) token_file=${2:?--token-file needs a file}; shift 2 ;;
    --ca-file) ca_file=${2:?--ca-file needs a file}; shift 2 ;;
    --from-kernel) default_deny=(--from-kernel); shift ;;
    --no-start) start=""; shift ;;
    --remove) remove=1; shift ;;
    --purge) purge=1; shift ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; die "unknown argument '$1'" ;;
  esac
done
[ -z "$purge" ] || [ -n "$remove" ] || die "--purge goes with --remove"
[ -n "$server" ] || [ -z "$token_file$ca_file" ] || die "--token-file and --ca-file go with --server"
for file in "$token_file" "$ca_file"; do [ -z "$file" ] || [ -r "$file" ] || die "$file can't be read"; done
[ "$(id -u)" = 0 ] || die "only root can install a service; run it with sudo"
[ -d /run/systemd/system ] || die "this machine was not booted with systemd, which starts and watches the agent"

# stop_agent: the service, and the helpers that outlive a service which was killed.
stop_agent() {
  systemctl --quiet stop sekisho-agent.service
  systemctl --quiet kill --kill-whom=all --signal=KILL sekisho-agent.service 2>/dev/null || true
}

# shut_devices_out: the default that does not depend on the agent; not where it only watches, and would let nothing in.
shut_devices_out() {
  if grep -qsE '^[[:space:]]*sekisho\.media\.enforce[[:space:]]*[=:][[:space:]]*false[[:space:]]*$' "$settings/agent.properties"; then
    say "removable devices are only watched (sekisho.media.enforce=false in $settings/agent.properties)"
    return
  fi
  "$home/bin/sekisho-agent" media install-default-deny "${default_deny[@]}" >/dev/null \
    || die "removable devices could not be shut out by default; the agent is installed, but not started; see above"
}

# let_devices_in: what the agent shut out works as on any other machine again, without being plugged in anew.
let_devices_in() {
  local device
  # Of controllers that come later; the kernel's own default is -1 (kernel documentation: kernel-parameters).
  device=/sys/module/usbcore/parameters/authorized_default
  [ "$(cat "$device" 2>/dev/null)" != 0 ] || echo -1 >"$device"
  for device in /sys/bus/usb/devices/usb*; do
    [ -e "$device/authorized_default" ] || continue
    echo 1 >"$device/interface_authorized_default"
    echo 1 >"$device/authorized_default"
  done
  for device in /sys/bus/usb/devices/*-*; do
    # One that is pulled out meanwhile needs nothing any more.
    [ "$(cat "$device/authorized" 2>/dev/null)" != 0 ] || { echo 1 >"$device/authorized"; } 2>/dev/null || true
    case $device in *:*) echo "${device##*/}" >/sys/bus/usb/drivers_probe 2>/dev/null || true ;; esac
  done
  # Cards, and drives off USB. A radio stays off: that switch is a person's as well.
  for device in /sys/bus/{mmc,scsi}/devices/*:*; do
    if [ -e "$device" ] && [ ! -e "$device/driver" ]; then
      { echo "${device##*/}" >"${device%/devices/*}/drivers_probe"; } 2>/dev/null || true
    fi
  done
}

# name_what_windows_lack: a desktop without it shows no window, so that nobody is told anything, and gives no reason.
name_what_windows_lack() {
  local lacking
  lacking=$(ldd "$home/lib/agent/runtime/lib/libawt_xawt.so" 2>/dev/null | sed -n 's/^[[:space:]]*\(libX[^ ]*\) => not found$/\1/p' | paste -sd ' ') || true
  [ -z "$lacking" ] || say "people can't be shown windows here until these libraries are installed: $lacking (Debian: libxext6 libxi6 libxrender1 libxtst6)"
}

# The distribution that this script belongs to.
find_distribution() {
  local here candidate
  here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
  for candidate in "$here" "$here/target/sekisho"; do
    if [ -x "$candidate/bin/sekisho-agent" ] && [ -d "$candidate/lib/agent" ]; then distribution=$candidate; return; fi
  done
  die "there is no distribution in $here; run this script from one, or build the sources first (mvn -Pfast package)"
}

# The agent's part of the distribution, put in place as a whole; an interrupted copy is never run.
install_files() {
  [ "$distribution" != "$home" ] || return 0
  local fresh=$home.new
  rm -rf "$fresh"
  install -d -m 755 "$fresh" "$fresh/bin" "$fresh/lib"
  cp -p "$distribution"/bin/{sekisho-agent,sekisho-java.sh} "$fresh/bin/"
  # With their times: class data is valid for jars of the same times.
  cp -a "$distribution"/lib/{agent,extract} "$fresh/lib/"
  cp -R "$distribution/systemd" "$distribution/LICENSE" "$fresh/"
  install -m 755 "${BASH_SOURCE[0]}" "$fresh/install-agent.sh"
  chown -R root:root "$fresh"
  chmod -R u+rwX,go-w,go+rX "$fresh"
  if [ -d "$home" ]; then rm -rf "$home.old"; mv "$home" "$home.old"; fi
  mv "$fresh" "$home"
  rm -rf "$home.old"
}

install_agent() {
  find_distribution
  local was_active=""
  ! systemctl --quiet is-active sekisho-agent.service || was_active=1
  say "installing from $distribution into $home"
  # A service whose files change under it would fail in the middle of something; the kernel goes on denying meanwhile.
  [ -z "$was_active" ] || stop_agent
  install_files
  "$home/bin/sekisho-agent" --version >/dev/null || die "the agent does not run on this machine; see above"
  name_what_windows_lack
  getent passwd "$account" >/dev/null \
    || useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$account"
  ln -sfn "$home/bin/sekisho-agent" "$link"
  install -d -m 755 "$settings"
  install -d -m 700 "$state"
  # Others may pass through to what is theirs.
  install -d -m 711 "$desktop"
  install -m 644 "$home/systemd/sekisho-agent.service" "$unit"
  systemctl daemon-reload
  systemctl --quiet enable sekisho-agent.service
  shut_devices_out
  if [ -n "$server" ]; then enrol; fi
  if [ -n "$start" ]; then start_agent; else say "installed; it starts with the next boot"; fi
}

enrol() {
  local arguments=(--server "$server")
  [ -z "$ca_file" ] || arguments+=(--ca-file "$ca_file")
  if [ -n "$token_file" ]; then SEKISHO_ENROL_TOKEN=$(<"$token_file"); fi
  [ -n "${SEKISHO_ENROL_TOKEN:-}" ] || die "enrolling needs a one-time token: --token-file FILE, or SEKISHO_ENROL_TOKEN in the environment"
  export SEKISHO_ENROL_TOKEN
  "$home/bin/sekisho-agent" enroll "${arguments[@]}" || die "enrolling with $server failed; the agent is installed, but not started"
  unset SEKISHO_ENROL_TOKEN
}

start_agent() {
  if [ ! -e "$state/secrets/identity.secret" ]; then
    say "installed, but this terminal is not enrolled: run install-agent.sh --server URL --token-file FILE"
    return
  fi
  systemctl restart sekisho-agent.service || { journalctl --no-pager -q -n 20 -u sekisho-agent.service >&2; die "the service did not start; see above, and: journalctl -u sekisho-agent"; }
  say "the agent runs; see: systemctl status sekisho-agent, sekisho-agent status"
}

remove_agent() {
  if [ -e "$unit" ]; then
    systemctl --quiet disable sekisho-agent.service
    stop_agent
    rm -f "$unit"
    systemctl daemon-reload
    systemctl --quiet reset-failed sekisho-agent.service 2>/dev/null || true
  fi
  if [ -x "$home/bin/sekisho-agent" ]; then
    "$home/bin/sekisho-agent" media remove-default-deny >/dev/null \
      || die "removable devices still stay out; see above, and run install-agent.sh --remove again"
    let_devices_in
  fi
  if [ "$(readlink "$link" 2>/dev/null)" = "$home/bin/sekisho-agent" ]; then rm -f "$link"; fi
  rm -rf "$home" "$home.new" "$home.old" /var/cache/sekisho
  if [ -n "$purge" ]; then
    rm -rf "$state" "$desktop" "$settings"
    if getent passwd "$account" >/dev/null; then userdel "$account"; fi
    say "removed, with its identity and its journal"
  else
    say "removed; the identity and the journal stay in $state (--remove --purge deletes them)"
  fi
}

if [ -n "$remove" ]; then remove_agent; else install_agent; fi
