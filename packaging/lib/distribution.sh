#!/usr/bin/env bash
# Puts the distribution together from what the modules built; run by the Maven build.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
. "$root_dir/packaging/lib/runtime.sh"
need unzip=unzip
find_jdk

fresh=$dist_dir.new
rm -rf "$fresh"
mkdir -p "$fresh"/{bin,lib/agent,lib/extract,lib/cli,lib/server,systemd,templates}
cp "$root_dir"/packaging/bin/* "$fresh/bin/"
chmod 755 "$fresh"/bin/*
for module in agent control-server/cli; do
  name=$(basename "$module")
  # With their times: class data is valid for jars of the same times.
  cp -p "$root_dir/$module"/target/lib/*.jar "$root_dir/$module"/target/sekisho-"$name"-*.jar "$fresh/lib/$name/"
done
# What takes documents apart is on the class path of that process alone: what the agent has already is left out.
for jar in "$root_dir"/agent/target/extract/*.jar; do
  [ -e "$fresh/lib/agent/$(basename "$jar")" ] || cp -p "$jar" "$fresh/lib/extract/"
done
unseal "$fresh"/lib/{agent,extract}/*.jar
unpack_natives "$fresh"
make_runtime "$fresh"
cp -R "$root_dir"/control-server/target/quarkus-app/. "$fresh/lib/server/"
cp -R "$root_dir"/packaging/systemd/. "$fresh/systemd/"
cp -p "$root_dir/packaging/install-agent.sh" "$fresh/"
cp "$root_dir"/proto/src/main/resources/org/sekisho/policy/templates/*.yaml "$fresh/templates/"
cp "$root_dir"/LICENSE "$root_dir"/README.md "$fresh/"
touch "$fresh/.complete"
rm -rf "$dist_dir"
mv "$fresh" "$dist_dir"
echo "distribution: $dist_dir"
