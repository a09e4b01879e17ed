#!/usr/bin/env bash
# A virtual machine with a real Debian kernel, systemd and USB, for trying and testing what guards devices. Under QEMU's own
# translation: it needs neither KVM nor root (apart from installing packages).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root_dir/packaging/lib/vm-image.sh"

usage() {
  cat <<'TXT'
usage: packaging/lib/vm.sh COMMAND …

  build                          make the image, unless it is cached; prints its folder
  start DIR [OPTIONS]            boot one; its sockets, console.log and pid lie in DIR (20 s or so)
  exec DIR COMMAND [ARGUMENT…]   run a command inside as root: its output, its errors, its exit code
  sh DIR SCRIPT                  the same for a line of bash
  qmp DIR COMMAND [JSON]         a command of QEMU's monitor; prints its answer
  stick DIR FILE [SIZE]          make a FAT file system to plug (SIZE as 64M) at FILE; with a partition table
  plug DIR ID DRIVER[,KEY=VALUE…]  plug a device; for sticks DRIVER is usb-storage or usb-uas and file=PATH its medium
  unplug DIR ID                  pull it
  card DIR [FILE]                put FILE into the slot for SD cards (a power of two of bytes), or take the card out
  reset DIR                      press its reset button, after a sync; what was written inside is still there then
  stop DIR                       end it
  run [OPTIONS] -- COMMAND…      start, exec, stop in one

OPTIONS
  --share NAME=PATH[:ro]   PATH of this machine as /mnt/NAME inside (repeatable)
  --forward PORT           PORT of this machine's loopback is PORT of its loopback (repeatable); nothing else is reachable
  --append "ARGUMENTS"     more for the kernel's command line, as usbcore.authorized_default=0
  --memory MIB             default 1024, at most 1536

Inside are the accounts root, alice and bob; see packaging/lib/vm/packages.txt for what is installed. What is written
inside is gone when it ends. Examples:

  packaging/lib/vm.sh start /tmp/vm --share dist=packaging/target/sekisho:ro
  packaging/lib/vm.sh stick /tmp/vm /tmp/vm/stick.img
  packaging/lib/vm.sh plug /tmp/vm stick1 usb-storage,file=/tmp/vm/stick.img,serial=A1
  packaging/lib/vm.sh sh /tmp/vm 'lsusb; udevadm settle; lsblk'
  packaging/lib/vm.sh stop /tmp/vm

Composite devices and any vendor and product: gadgets inside, by configfs on dummy_hcd (modprobe dummy_hcd libcomposite).
TXT
}

# Where it listens: sockets need short paths, whatever DIR is.
sockets_of() { readlink "$1/sockets" || die "no virtual machine in $1; start one with: vm.sh start $1"; }

running() { [ -s "$1/pid" ] && kill -0 "$(cat "$1/pid")" 2>/dev/null; }

start() {
  local dir=$1; shift
  local memory=1024 append="" arguments=() forwards="" attach="" network="" name path mode options port
  while [ $# -gt 0 ]; do
    case "$1" in
      --share)
        name=${2:?--share needs NAME=PATH}; path=${name#*=} name=${name%%=*} mode="" options=""
        case $path in *:ro) path=${path%:ro} mode=,readonly=on options=,ro ;; esac
        [ -d "$path" ] || die "--share: $path is no folder"
        arguments+=(-virtfs "local,path=$(cd "$path" && pwd),mount_tag=$name,security_model=none,multidevs=remap$mode")
        attach+="mkdir -p /mnt/$name && mount -t 9p -o trans=virtio,version=9p2000.L,msize=1048576$options $name /mnt/$name || exit; "
        shift 2 ;;
      --forward) port=${2:?--forward needs a port}; [[ $port =~ ^[0-9]+$ ]] || die "--forward needs a port, not '$port'"
        # A process for each connection; QEMU's own form of forwarding has one for all.
        forwards+=",guestfwd=tcp:10.0.2.100:$port-cmd:$(command -v socat) - TCP:127.0.0.1:$port"
        network+="systemd-run -q --unit forward-$port --socket-property=ListenStream=127.0.0.1:$port /lib/systemd/systemd-socket-proxyd 10.0.2.100:$port || exit; "
        shift 2 ;;
      --append) append=${2:?--append needs arguments}; shift 2 ;;
      --memory) memory=${2:?--memory needs a number}; shift 2 ;;
      *) usage >&2; die "unknown option '$1'" ;;
    esac
  done
  [[ $memory =~ ^[0-9]+$ ]] && [ "$memory" -ge 256 ] && [ "$memory" -le 1536 ] || die "--memory is 256 to 1536, not '$memory'"
  mkdir -p "$dir"; dir=$(cd "$dir" && pwd)
  ! running "$dir" || die "one runs in $dir already; end it with: vm.sh stop $dir"
  local sockets; sockets=$(mktemp -d "${TMPDIR:-/tmp}/sekisho-vm-XXXXXXXX")
  [ ! -L "$dir/sockets" ] || rm -rf "$(readlink "$dir/sockets")"
  ln -sfn "$sockets" "$dir/sockets"
  # Root ports take host controllers that are plugged later, as a dock's.
  local slot; for slot in 1 2 3; do arguments+=(-device "pcie-root-port,id=port$slot,chassis=$slot,slot=$slot"); done
  TMPDIR=${TMPDIR:-/tmp} qemu-system-x86_64 -M q35,usb=off -accel tcg,thread=multi -cpu max,-erms,-fsrm -m "$memory" -smp 2 \
    -nodefaults -no-user-config -display none -no-reboot -name "sekisho-vm" \
    -kernel "$image/vmlinux" -initrd "$image/initrd.cpio" \
    -append "console=ttyS0 quiet loglevel=3 panic=-1 tsc=reliable no_timer_check mitigations=off systemd.show_status=no $append" \
    -drive "if=none,id=root,file=$image/root.img,format=raw,snapshot=on,cache=unsafe" -device virtio-blk-pci,drive=root \
    -device virtio-rng-pci -device virtio-serial-pci \
    -chardev "socket,id=shell,path=$sockets/shell,server=on,wait=off" -device virtserialport,chardev=shell,name=org.sekisho.shell \
    -qmp "unix:$sockets/qmp,server=on,wait=off" -serial "file:$dir/console.log" \
    -netdev "user,id=net,restrict=on$forwards" -device virtio-net-pci,netdev=net \
    -drive if=none,id=card -device sdhci-pci -device sd-card,drive=card \
    -device qemu-xhci,id=xhci,p2=8,p3=8 "${arguments[@]}" </dev/null >"$dir/qemu.log" 2>&1 &
  echo $! >"$dir/pid"
  [ -z "$network" ] || network="card=\$(ls /sys/class/net | grep -vx lo | head -n 1); ip link set \"\$card\" up; ip address add 10.0.2.15/24 dev \"\$card\"; $network"
  # Once it takes commands; after each boot again.
  printf '%s\n' "$attach" "$network" >"$dir/attach"
  say "booting (its console: $dir/console.log)"
  inside "$dir" "$(<"$dir/attach")"
}

reset() {
  local dir=$1 answer
  running "$dir" || die "no virtual machine runs in $dir"
  inside "$dir" sync
  # It is started so that a panic ends it.
  qmp "$dir" set-action '{"reboot": "reset"}' >/dev/null
  ask "$dir" qmp '*"event": "RESET"*' '{"execute": "qmp_capabilities"}' '{"execute": "system_reset"}'
  inside "$dir" "$(<"$dir/attach")"
}

# ask DIR SOCKET PATTERN LINE…: sends lines to a socket of the machine and sets answer to the first line back that matches.
# Fails if the machine ends meanwhile.
ask() {
  local dir=$1 socket=$2 pattern=$3 sockets line; shift 3
  running "$dir" || die "no virtual machine runs in $dir"
  sockets=$(sockets_of "$dir")
  # One speaker at a time: each socket has one end.
  exec {port_lock}>"$sockets/$socket.lock"
  flock "$port_lock"
  coproc talk { exec socat -t 86400 "UNIX-CONNECT:$sockets/$socket,retry=50,interval=0.1" STDIO; }
  # shellcheck disable=SC2154
  local pid=$talk_PID from=${talk[0]} to=${talk[1]}
  printf '%s\n' "$@" >&"$to"
  answer=""
  while IFS= read -r line <&"$from"; do
    # shellcheck disable=SC2053
    if [[ $line == $pattern ]]; then answer=$line; break; fi
  done
  kill "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
  exec {port_lock}>&-
  [ -n "$answer" ] || { tail -n 20 "$dir/qemu.log" "$dir/console.log" >&2; die "the virtual machine in $dir ended meanwhile; see above"; }
}

# inside DIR SCRIPT: runs bash there; its output, errors and exit code are ours.
inside() {
  local dir=$1 script=$2 id=$$-$RANDOM answer exit out err
  # An empty line first: what an interrupted speaker left is no part of ours.
  ask "$dir" shell "$id *" "" "$id $(printf '%s' "$script" | base64 -w0)"
  answer=${answer#"$id "} exit=${answer%% *}
  answer=${answer#* } out=${answer%% *} err=${answer#* }
  base64 -d <<<"$out"
  base64 -d <<<"$err" >&2
  return "$exit"
}

qmp() {
  local dir=$1 command=$2 arguments=${3:-} answer
  [ -n "$arguments" ] || arguments='{}'
  ask "$dir" qmp '*"id": "asked"*' '{"execute": "qmp_capabilities"}' \
    "$(jq -cn --arg command "$command" --argjson arguments "$arguments" '{execute: $command, arguments: $arguments, id: "asked"}')"
  [ "$(jq 'has("return")' <<<"$answer")" = true ] || die "QEMU refused $command: $(jq -r '.error.desc' <<<"$answer")"
  jq -c .return <<<"$answer"
}

stick() {
  local file=$1 size=${2:-64M}
  need mkfs.vfat=dosfstools sfdisk=fdisk
  rm -f "$file"
  truncate -s "$size" "$file"
  echo 'start=2048, type=c' | sfdisk -q "$file"
  mkfs.vfat -F 32 -n STICK --offset 2048 "$file" $(($(stat -c %s "$file") / 1024 - 1024)) >/dev/null
}

plug() {
  local dir=$1 id=$2 description=$3 driver file="" device key pair
  driver=${description%%,*}
  device=$(jq -cn --arg driver "$driver" --arg id "$id" '{driver: $driver, id: $id}')
  local pairs=(); [ "$driver" = "$description" ] || IFS=, read -ra pairs <<<"${description#*,}"
  for pair in "${pairs[@]}"; do
    key=${pair%%=*}
    if [ "$key" = file ]; then file=${pair#*=}; else device=$(jq -c --arg key "$key" --arg value "${pair#*=}" '.[$key] = ($value | if . == "on" then true elif . == "off" then false else (tonumber? // .) end)' <<<"$device"); fi
  done
  # Sticks' serials are text, also those of digits only.
  device=$(jq -c 'if has("serial") then .serial |= tostring else . end' <<<"$device")
  case $driver in usb-kbd|usb-mouse|usb-tablet|usb-storage|usb-uas|usb-bot|usb-mtp|usb-net|usb-serial|usb-audio|usb-hub|usb-ccid)
    device=$(jq -c 'if has("bus") then . else .bus = "xhci.0" end' <<<"$device") ;; esac
  if [ -n "$file" ]; then
    qmp "$dir" blockdev-add "$(jq -cn --arg id "$id-medium" --arg file "$(readlink -f "$file")" '{driver: "raw", "node-name": $id, "read-only": false, file: {driver: "file", filename: $file}}')" >/dev/null
    [ "$driver" = usb-uas ] || device=$(jq -c --arg id "$id-medium" '.drive = $id' <<<"$device")
  fi
  if ! (qmp "$dir" device_add "$device" >/dev/null); then
    [ -z "$file" ] || qmp "$dir" blockdev-del "$(jq -cn --arg id "$id-medium" '{"node-name": $id}')" >/dev/null
    exit 2
  fi
  if [ "$driver" = usb-uas ]; then
    qmp "$dir" device_add "$(jq -cn --arg id "$id" '{driver: "scsi-hd", id: ($id + "-disk"), bus: ($id + ".0"), drive: ($id + "-medium")}')" >/dev/null
    qmp "$dir" qom-set "$(jq -cn --arg id "$id" '{path: ("/machine/peripheral/" + $id), property: "attached", value: true}')" >/dev/null
  fi
}

unplug() {
  local dir=$1 id=$2 nodes
  qmp "$dir" device_del "$(jq -cn --arg id "$id" '{id: $id}')" >/dev/null
  # The medium goes with it, as soon as QEMU has let go of it.
  nodes=$(qmp "$dir" query-named-block-nodes | jq -r --arg id "$id-medium" '.[] | select(."node-name" == $id) | ."node-name"')
  [ -n "$nodes" ] || return 0
  local tries=0
  until (qmp "$dir" blockdev-del "$(jq -cn --arg id "$id-medium" '{"node-name": $id}')" >/dev/null 2>&1); do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || die "QEMU does not let go of the medium of $id"
  done
}

card() {
  local dir=$1 file=${2:-}
  if [ -n "$file" ]; then
    qmp "$dir" blockdev-change-medium "$(jq -cn --arg file "$(readlink -f "$file")" '{device: "card", filename: $file, format: "raw"}')" >/dev/null
  else
    qmp "$dir" eject '{"device": "card", "force": true}' >/dev/null
  fi
}

stop() {
  local dir=$1 pid
  if running "$dir"; then
    pid=$(cat "$dir/pid")
    kill -TERM "$pid"
    tail --pid="$pid" -f /dev/null
  fi
  [ ! -L "$dir/sockets" ] || rm -rf "$(readlink "$dir/sockets")"
  rm -f "$dir/sockets" "$dir/pid"
}

needs_dir() { [ $# -ge 1 ] && [ -n "$1" ] || { usage >&2; die "a folder is missing"; }; }

command=${1:-}
[ -z "$command" ] || shift
case "$command" in
  build) need_vm_tools; vm_image; echo "$image" ;;
  start) needs_dir "$@"; need_vm_tools; vm_image; start "$@" ;;
  exec) needs_dir "$@"; dir=$1; shift; [ $# -gt 0 ] || die "exec what?"; inside "$dir" "$(printf '%q ' "$@")" ;;
  sh) needs_dir "$@"; [ $# = 2 ] || die "sh takes DIR and one SCRIPT"; inside "$1" "$2" ;;
  qmp) needs_dir "$@"; [ $# -ge 2 ] || die "which command of QEMU's monitor?"; qmp "$@" ;;
  stick) needs_dir "$@"; [ $# -ge 2 ] || die "stick takes DIR FILE [SIZE]"; stick "${@:2}" ;;
  plug) [ $# = 3 ] || die "plug takes DIR ID DRIVER[,KEY=VALUE…]"; plug "$@" ;;
  unplug) [ $# = 2 ] || die "unplug takes DIR ID"; unplug "$@" ;;
  card) needs_dir "$@"; [ $# -le 2 ] || die "card takes DIR [FILE]"; card "$@" ;;
  reset) needs_dir "$@"; reset "$1" ;;
  stop) needs_dir "$@"; stop "$1" ;;
  run)
    options=()
    while [ $# -gt 0 ] && [ "$1" != -- ]; do options+=("$1"); shift; done
    [ $# -ge 2 ] || die "run [OPTIONS] -- COMMAND…"
    shift
    need_vm_tools; vm_image
    dir=$(mktemp -d "${TMPDIR:-/tmp}/sekisho-run-XXXXXXXX")
    trap 'stop "$dir"; rm -rf "$dir"' EXIT
    start "$dir" "${options[@]}"
    inside "$dir" "$(printf '%q ' "$@")" ;;
  ""|-h|--help|help) usage; [ -n "$command" ] || exit 2 ;;
  *) usage >&2; die "there is no command '$command'" ;;
esac
