# Builds the virtual machine's image: Debian's kernel, an initrd, and a root as users have it. Source common.sh first.
# shellcheck shell=bash

vm_parts=$root_dir/packaging/lib/vm
vm_cache=${XDG_CACHE_HOME:-$HOME/.cache}/sekisho/vm
# What the guest never has: kernel modules of devices that it can't have, documentation, Mesa's compiler (nothing is drawn in 3D).
vm_modules_left_out=(drivers/{gpu,infiniband,iio,staging,isdn,media,ata,edac,hwmon,net/ethernet,net/wireless,net/wwan} sound/{pci,soc})
vm_files_left_out=('/usr/share/doc/*' '/usr/share/man/*' '/usr/share/info/*' '/usr/share/locale/*' '/usr/lib/*/libLLVM*' '/usr/lib/*/dri/*')
# What the root's disk needs, for the initrd.
vm_initrd_modules=(virtio_pci virtio_blk ext4 crc32c_generic)

need_vm_tools() {
  [ "$(uname -m)" = x86_64 ] || die "the virtual machine is built for x86_64, not for $(uname -m)"
  need qemu-system-x86_64=qemu-system-x86 qemu-img=qemu-utils mmdebstrap=mmdebstrap mkfs.ext4=e2fsprogs cpio=cpio busybox=busybox-static \
    xz=xz-utils modprobe=kmod depmod=kmod socat=socat jq=jq apt-cache=apt dpkg-deb=dpkg
}

vm_packages() { sed 's/#.*//' "$vm_parts/packages.txt" | tr -s ' \n' '\n' | grep . ; }

# vm_image: sets image to the folder with vmlinux, initrd and root.img; builds them unless they are cached.
vm_image() {
  local kernel_package key
  kernel_package=$(apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1)
  if [ -z "$kernel_package" ] && can_install; then
    apt-get update -qq || die "apt-get update failed; is a package source configured?"
    kernel_package=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)$/\1/p' | head -n 1)
  fi
  [ -n "$kernel_package" ] || die "the package sources have no linux-image-amd64; run apt-get update as root and try again"
  key=$({ vm_packages; apt-cache show --no-all-versions "$kernel_package" | sed -n 's/^Version: //p'; cat "${BASH_SOURCE[0]}" "$vm_parts"/*; } | sha256sum | cut -c 1-16)
  image=$vm_cache/$kernel_package-$key
  [ ! -e "$image/.complete" ] || return 0
  mkdir -p "$vm_cache"
  # One builder at a time; the others find what it has built.
  exec {vm_build_lock}>"$vm_cache/lock"
  flock "$vm_build_lock"
  [ -e "$image/.complete" ] || build_vm_image "$kernel_package"
  exec {vm_build_lock}>&-
}

build_vm_image() {
  local kernel_package=$1 work log
  work=$(mktemp -d "$vm_cache/build-XXXXXXXX") log=$vm_cache/build.log
  say "building the virtual machine's image from the package sources of this machine (about a minute; its output is in $log)"
  if ! (set -e; make_kernel; make_root) >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    rm -rf "$work"
    die "building the virtual machine's image failed; the whole output is in $log"
  fi
  rm -rf "$work/kernel" "$image"
  touch "$work/.complete"
  # Others' images may still run; theirs is the file that they have open.
  find "$vm_cache" -mindepth 1 -maxdepth 1 -type d -name 'linux-image-*' -mtime +14 -exec rm -rf {} +
  mv "$work" "$image"
  say "built $image"
}

# The kernel as QEMU starts it fastest (not compressed), its modules, and the initrd.
make_kernel() {
  mkdir "$work/kernel" "$work/deb"
  (cd "$work/deb" && apt-get -q -o APT::Sandbox::User=root download "$kernel_package")
  dpkg-deb -x "$work"/deb/*.deb "$work/kernel"
  rm -rf "$work/deb"
  local version packed offset left_out module file
  version=$(basename "$work"/kernel/lib/modules/*) packed=$work/kernel/boot/vmlinuz-$version
  for offset in $(LC_ALL=C grep -aboP '\xfd7zXZ\x00' "$packed" | cut -d: -f1); do
    # The image goes on behind the stream, which xz complains of.
    { tail -c +$((offset + 1)) "$packed" | xz -dc >"$work/vmlinux" 2>/dev/null; } || true
    [ "$(head -c 4 "$work/vmlinux" | tail -c 3)" != ELF ] || break
  done
  [ "$(head -c 4 "$work/vmlinux" | tail -c 3)" = ELF ] || { echo "no ELF kernel found in $packed"; return 1; }
  for left_out in "${vm_modules_left_out[@]}"; do rm -rf "$work/kernel/lib/modules/$version/kernel/$left_out"; done
  depmod -b "$work/kernel" "$version"
  mkdir -p "$work"/initrd/{bin,modules}
  cp "$(command -v busybox)" "$work/initrd/bin/busybox"
  install -m 755 "$vm_parts/init" "$work/initrd/init"
  for module in "${vm_initrd_modules[@]}"; do
    modprobe -d "$work/kernel" -S "$version" --show-depends "$module" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
  done | awk '!seen[$0]++' | while read -r file; do
    cp "$file" "$work/initrd/modules/"
    echo "/modules/$(basename "$file")" >>"$work/initrd/modules/order"
  done
  (cd "$work/initrd" && find . | cpio -o -H newc --quiet) >"$work/initrd.cpio"
  rm -rf "$work/initrd"
}

# The root, by the package sources and the apt settings of this machine. mkfs runs inside mmdebstrap's own namespace, so that
# owners are right without root too.
make_root() {
  local settings=$work/apt.conf arguments=() path packages
  apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries|ForceIPv4)' >"$settings" || true
  for path in "${vm_files_left_out[@]}"; do arguments+=(--dpkgopt="path-exclude=$path"); done
  packages=$(vm_packages | paste -sd,)
  truncate -s 4G "$work/root.img"
  local sources=() file
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian*.{list,sources}; do [ ! -s "$file" ] || sources+=("$file"); done
  mmdebstrap --variant=minbase --include="$packages" --aptopt="$settings" "${arguments[@]}" \
    --customize-hook="bash '$vm_parts/customize-root' \"\$1\" '$vm_parts' '$work/kernel'" \
    --customize-hook="bash '$vm_parts/make-disk' \"\$1\" '$work/root.img'" \
    "$(. /etc/os-release; echo "${VERSION_CODENAME:?}")" /dev/null "${sources[@]}"
}
