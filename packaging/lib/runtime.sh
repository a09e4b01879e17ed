# The agent's own Java runtime, so that it is small and trusts nothing that it does not use. Source common.sh first.
# shellcheck shell=bash
. "$root_dir/packaging/bin/sekisho-java.sh"

runtime_cache=$root_dir/packaging/target/runtime
runtime_folder=$root_dir/packaging/lib

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
  local folder=$1 options=$runtime_options log=$root_dir/packaging/target/runtime.log image=$runtime_cache/image
  [ "$(java_major "$JAVA_HOME")" -lt 25 ] || options+=" $runtime_options_25"
  mkdir -p "$runtime_cache"
  local key; key=$(cat "$JAVA_HOME/release" "${BASH_SOURCE[0]}" | sha256sum)
  if [ "$key" != "$(cat "$runtime_cache/image.key" 2>/dev/null)" ]; then
    rm -rf "$runtime_cache"/*
    if ! "$JAVA_HOME/bin/jlink" --add-modules "$runtime_modules" --include-locales=en,ja --add-options "$options" \
      --strip-java-debug-attributes --no-header-files --no-man-pages --output "$image" >"$log" 2>&1; then
      echo "no runtime for the agent: jlink of $JAVA_HOME failed (see $log); the agent will run on an installed Java"
      rm -rf "$image"
      return 0
    fi
    narrow_trust "$image"
    printf '%s\n' "$key" >"$runtime_cache/image.key"
  fi
  # Without its name every process of this runtime takes the first; the second has what is on another class path.
  make_class_data agent classes "$(agent_class_path "$folder")"
  make_class_data extract extract "$(agent_class_path "$folder"):$(extract_class_path "$folder")"
  cp -a --reflink=auto "$image" "$folder/lib/agent/runtime"
}

# extract_class_path HOME: what the process that takes documents apart has besides, in the order that the agent gives it.
extract_class_path() { printf '%s\n' "$1"/lib/extract/*.jar | LC_ALL=C sort | paste -sd:; }

# unseal JAR…: class data was made in another folder than it is used in; then the JVM takes the first class of a sealed package
# from it and refuses the second ("sealing violation", as it defined the package without its jar). Nothing else can put classes
# into these packages: the class path is the program's own.
unseal() {
  local jar work
  work=$(mktemp -d)
  printf 'Sealed: false\n' >"$work/unsealed"
  for jar in "$@"; do
    if unzip -p "$jar" META-INF/MANIFEST.MF 2>/dev/null | grep -qi '^Sealed: *true'; then
      # With its time, by which class data is known to be that of this jar.
      touch -r "$jar" "$work/time"
      "$JAVA_HOME/bin/jar" --update --file "$jar" --manifest "$work/unsealed" 2>/dev/null
      touch -r "$work/time" "$jar"
    fi
  done
  rm -rf "$work"
}

# make_class_data LIST NAME CLASSPATH: NAME.jsa in the runtime, of the classes in LIST-classes.txt.
make_class_data() {
  local list=$runtime_folder/$1-classes.txt name=$2 archive=$runtime_cache/image/lib/server/$2.jsa class_path=$3
  local key jars log=$root_dir/packaging/target/runtime.log
  IFS=: read -ra jars <<<"$class_path"
  # The JVM takes an archive only for jars of the same names, sizes and times.
  key=$(cat "$runtime_cache/image.key" "$list" <(stat -c '%n %s %Y' "${jars[@]}") | sha256sum)
  if [ "$key" != "$(cat "$runtime_cache/$name.key" 2>/dev/null)" ]; then
    rm -f "$archive" "$runtime_cache/$name.key"
    if "$runtime_cache/image/bin/java" -XX:+UseSerialGC -Xshare:dump -XX:SharedClassListFile="$list" \
      -XX:SharedArchiveFile="$archive" -cp "$class_path" >"$log" 2>&1; then
      printf '%s\n' "$key" >"$runtime_cache/$name.key"
    else
      echo "no class data $name.jsa for the agent (see $log); it will start more slowly and need more memory"
      rm -f "$archive"
    fi
  fi
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
