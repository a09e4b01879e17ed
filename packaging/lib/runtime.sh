# The agent's own Java runtime, so that it is small and trusts nothing that it does not use. Source common.sh first.
# shellcheck shell=bash
. "$root_dir/packaging/bin/sekisho-java.sh"

runtime_cache=$root_dir/packaging/target/runtime
runtime_classes=$root_dir/packaging/lib/agent-classes.txt

# What jdeps finds in the agent's jars, and what it can't see: file systems in jars (SmallRye Config), Japanese encodings
# other than UTF-8 (the detectors), Japanese dates, and elliptic curves (a module of its own until JDK 22).
runtime_modules=java.base,java.datatransfer,java.desktop,java.logging,java.management,java.naming,java.net.http,java.sql
runtime_modules+=,jdk.unsupported,jdk.zipfs,jdk.charsets,jdk.localedata,jdk.crypto.ec

# Options of every JVM of this runtime. Class data at the place that it was dumped for: relocating it would make a private
# copy of each page in each process (11 MB). Memory that C1 and start-up gave back goes to the system twice a minute. What
# the JVM has to say goes to standard error: standard output is for the commands' answers.
runtime_options="-Xlog:disable -Xlog:all=warning:stderr"
runtime_options_25="-XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 -XX:TrimNativeHeapInterval=30000"
runtime_options_25+=" --sun-misc-unsafe-memory-access=allow"

# make_runtime FOLDER: links the runtime into lib/agent/runtime of the distribution in FOLDER, with class data for the jars
# there. Keeps it in packaging/target/runtime until the JDK, the jars or what is written here change. Without jlink there is
# none, and the agent runs on the JDK.
make_runtime() {
  local folder=$1 options=$runtime_options log=$root_dir/packaging/target/runtime.log
  local image=$runtime_cache/image archive=$runtime_cache/image/lib/server/classes.jsa
  [ "$(java_major "$JAVA_HOME")" -lt 25 ] || options+=" $runtime_options_25"
  mkdir -p "$runtime_cache"
  local key; key=$(cat "$JAVA_HOME/release" "${BASH_SOURCE[0]}" | sha256sum)
  if [ "$key" != "$(cat "$runtime_cache/image.key" 2>/dev/null)" ]; then
    rm -rf "$runtime_cache"/image*
    if ! "$JAVA_HOME/bin/jlink" --add-modules "$runtime_modules" --include-locales=en,ja --add-options "$options" \
      --strip-java-debug-attributes --no-header-files --no-man-pages --output "$image" >"$log" 2>&1; then
      echo "no runtime for the agent: jlink of $JAVA_HOME failed (see $log); the agent will run on an installed Java"
      rm -rf "$image"
      return 0
    fi
    narrow_trust "$image"
    printf '%s\n' "$key" >"$runtime_cache/image.key"
  fi
  # The JVM takes an archive only for jars of the same names, sizes and times.
  key=$(cat "$runtime_cache/image.key" "$runtime_classes" <(cd "$folder/lib/agent" && stat -c '%n %s %Y' ./*.jar) | sha256sum)
  if [ "$key" != "$(cat "$runtime_cache/archive.key" 2>/dev/null)" ]; then
    rm -f "$archive" "$runtime_cache/archive.key"
    if "$image/bin/java" -XX:+UseSerialGC -Xshare:dump -XX:SharedClassListFile="$runtime_classes" \
      -XX:SharedArchiveFile="$archive" -cp "$(agent_class_path "$folder")" >"$log" 2>&1; then
      printf '%s\n' "$key" >"$runtime_cache/archive.key"
    else
      echo "no class data for the agent (see $log); it will start more slowly and need more memory"
      rm -f "$archive"
    fi
  fi
  cp -a --reflink=auto "$image" "$folder/lib/agent/runtime"
}

# unpack_natives FOLDER: the libraries that JNA and SQLite carry in their jars, into lib/agent/native of the distribution in
# FOLDER. Otherwise each start would unpack them into a temporary folder, and the service has none that it may write to.
unpack_natives() {
  local jars=$1/lib/agent native=$1/lib/agent/native work file
  work=$(mktemp -d)
  mkdir "$native"
  for file in "$jars"/jna-[0-9]*.jar "$jars"/sqlite-jdbc-*.jar; do (cd "$work" && "$JAVA_HOME/bin/jar" xf "$file" com/sun/jna org/sqlite/native 2>/dev/null); done
  case $(uname -m) in
    x86_64) cp "$work/com/sun/jna/linux-x86-64/libjnidispatch.so" "$work/org/sqlite/native/Linux/x86_64/libsqlitejdbc.so" "$native/" ;;
    aarch64) cp "$work/com/sun/jna/linux-aarch64/libjnidispatch.so" "$work/org/sqlite/native/Linux/aarch64/libsqlitejdbc.so" "$native/" ;;
    *) echo "no native libraries beside the agent for $(uname -m): each start unpacks them into its temporary folder" ;;
  esac
  rm -rf "$work"
}

# narrow_trust IMAGE: no public certificate authorities (the agent trusts its installation's alone), and only providers that
# the runtime has. For one that is missing the JDK would try every provider on the class path, and so load all of Bouncy
# Castle into the service.
narrow_trust() {
  local settings=$1/conf/security/java.security number=0 provider
  rm -f "$1/lib/security/cacerts"
  sed -i '/^security\.provider\.[0-9]*=/d' "$settings"
  for provider in SUN SunRsaSign SunEC SunJSSE SunJCE; do
    number=$((number + 1))
    printf 'security.provider.%d=%s\n' "$number" "$provider" >>"$settings"
  done
}
