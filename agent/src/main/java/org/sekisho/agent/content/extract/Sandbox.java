package org.sekisho.agent.content.extract;

import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the process that takes documents apart, with as little as it can do with. See this package's description for what
 * that is; everything here is done by programs of util-linux before the JVM begins.
 */
public final class Sandbox {
    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    /** Under root the process's temporary files lie on a file system in memory that is mounted there, for it alone. */
    private static final String SCRATCH = "/var/tmp";
    /** Largest document, and the copies that parsers make of its entries. */
    private static final long SCRATCH_BYTES = 512L << 20;
    /** Heap, class data, code, libraries and stacks of a JVM with 512 MB of heap come to some 2 GB of address space. */
    private static final long ADDRESS_SPACE = 4L << 30;
    /** Some hundred documents; one that needs this by itself is ended by its deadline long before. */
    private static final int PROCESSOR_SECONDS = 900;
    /** User numbers above every range that distributions, systemd or containers give out by themselves. */
    private static final int FIRST_USER = 1_900_000_000;

    private static final int USERS = 100_000_000;

    /** What it loads, ready for use, in the runtime that is installed with this program: it starts in half the time. */
    private static final String CLASS_DATA = "lib/server/extract.jsa";

    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx512m",
            "-Xss1m",
            "-XX:MaxMetaspaceSize=192m",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:MaxDirectMemorySize=32m",
            // Standard output is the answer, which a warning of the JVM's would spoil.
            "-Xlog:disable",
            "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8");

    private final String mainClass;
    private final String classPath;

    /**
     * Starts nothing yet.
     *
     * @param mainClass the program, such as {@link ExtractMain}
     * @param classPath where it, and Tika, are; readable by everybody
     */
    public Sandbox(String mainClass, String classPath) {
        this.mainClass = mainClass;
        this.classPath = classPath;
    }

    /**
     * One of this program: its own class path, and what lies in the folder {@code extract} beside that of its jars.
     *
     * @throws IOException if there is such a folder and it can't be read
     */
    public static Sandbox ofThisProgram() throws IOException {
        String own = System.getProperty("java.class.path");
        Path first = Path.of(own.split(File.pathSeparator, 2)[0]).toAbsolutePath();
        Path folder = first.getParent() == null ? null : first.getParent().resolveSibling("extract");
        String all = folder != null && Files.isDirectory(folder) ? own + File.pathSeparator + jars(folder) : own;
        return new Sandbox(ExtractMain.class.getName(), all);
    }

    /** By their names, as class data is valid for one order only. */
    private static String jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** Whether there is one on this platform. */
    public static boolean isSupported() {
        return Platform.isLinux();
    }

    /**
     * Starts a process.
     *
     * @throws IOException if it can't be
     */
    Process start() throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        Path scratch = root ? null : Files.createTempDirectory("sekisho-extract-");
        ProcessBuilder builder = new ProcessBuilder(command(scratch)).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("MALLOC_ARENA_MAX", "1");
        Process process = builder.directory(new File("/")).start();
        if (scratch != null) {
            CompletableFuture<Void> unused = process.onExit().thenRun(() -> delete(scratch));
        }
        return process;
    }

    private List<String> command(@Nullable Path scratch) {
        List<String> command = new ArrayList<>();
        if (scratch == null) {
            int user = FIRST_USER + ThreadLocalRandom.current().nextInt(USERS);
            command.addAll(
                    List.of("unshare", "--mount", "--net", "--ipc", "--uts", "--pid", "--fork", "--kill-child=KILL"));
            command.addAll(List.of("--propagation=private", "--mount-proc", "--", "sh", "-c"));
            command.add("mount -t tmpfs -o size=%d,mode=0700,uid=%d,gid=%d,nosuid,nodev,noexec tmpfs %s && exec \"$@\""
                    .formatted(SCRATCH_BYTES, user, user, SCRATCH));
            command.addAll(List.of("sh", "setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"));
            command.addAll(List.of("--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"));
        }
        // When memory runs short, this is what can be spared.
        command.addAll(List.of("choom", "-n", "800", "--"));
        command.addAll(List.of("prlimit", "--core=0", "--nofile=512", "--as=" + ADDRESS_SPACE));
        command.add("--cpu=" + PROCESSOR_SECONDS);
        command.add("--fsize=" + SCRATCH_BYTES);
        if (scratch == null) {
            // Counted by user number, and nobody else has this one.
            command.add("--nproc=128");
        }
        command.add("--");
        Path java = Path.of(System.getProperty("java.home"));
        command.add(java.resolve("bin/java").toString());
        command.addAll(JVM);
        Path classes = java.resolve(CLASS_DATA);
        if (Files.exists(classes)) {
            command.add("-XX:SharedArchiveFile=" + classes);
        }
        command.add("-Djava.io.tmpdir=" + (scratch == null ? SCRATCH : scratch));
        command.addAll(List.of("-cp", classPath, mainClass));
        return command;
    }

    private static void delete(Path scratch) {
        try (Stream<Path> left = Files.list(scratch)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
            Files.delete(scratch);
        } catch (IOException e) {
            LOG.warn("The folder {} of a process that has ended can't be removed: {}", scratch, e.getMessage());
        }
    }
}
