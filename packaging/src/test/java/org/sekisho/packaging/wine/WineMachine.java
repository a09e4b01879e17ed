package org.sekisho.packaging.wine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Windows machine of a test's own: a clone of the prepared prefix, a virtual display, and the Windows JVM. {@link #close}
 * ends everything that was started in it.
 */
final class WineMachine implements AutoCloseable {
    /** Relative to the module, where Maven runs tests. */
    private static final Path PREPARE = Path.of("wine", "prepare.sh").toAbsolutePath();
    /** What Wine rewrites in place; the rest of a prefix is only read, so that hard links will do. */
    private static final String REGISTRY = ".reg";

    private final Path cache;
    private final Path prefix;
    private final Process display;
    private final Map<String, String> environment;
    private final List<WineJvm> jvms = new ArrayList<>();

    private WineMachine(Path cache, Path prefix, Process display, String displayName) {
        this.cache = cache;
        this.prefix = prefix;
        this.display = display;
        this.environment = Map.of(
                "WINEPREFIX",
                prefix.toString(),
                "WINEDEBUG",
                "-all",
                // The shim first; neither .NET nor a browser, which Wine would offer to download.
                "WINEDLLOVERRIDES",
                "iphlpapi=n,b;mscoree,mshtml=",
                "LOCPATH",
                cache.resolve("locale").toString(),
                "LC_ALL",
                "ja_JP.UTF-8",
                "DISPLAY",
                displayName);
    }

    /** Prepares what is not there yet (some 20 seconds once), and boots. */
    static WineMachine boot() throws IOException, InterruptedException {
        Path cache = Path.of(
                lastLine(new ProcessBuilder(PREPARE.toString()).redirectError(ProcessBuilder.Redirect.INHERIT)));
        Files.createDirectories(cache.resolve("machines"));
        Path prefix = Files.createTempDirectory(cache.resolve("machines"), "prefix-");
        cloneInto(cache.resolve("prefix"), prefix);
        Process display = new ProcessBuilder(
                        "Xvfb", "-displayfd", "1", "-screen", "0", "1024x768x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String number = new BufferedReader(new InputStreamReader(display.getInputStream(), UTF_8)).readLine();
        if (number == null) {
            throw new IOException("Xvfb did not start");
        }
        return new WineMachine(cache, prefix, display, ":" + number);
    }

    private static String lastLine(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        String last = "";
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("%s ended with %d".formatted(command.command(), process.exitValue()));
        }
        return last;
    }

    private static void cloneInto(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = to.resolve(from.relativize(file));
                if (attributes.isSymbolicLink() || file.toString().endsWith(REGISTRY)) {
                    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                } else {
                    Files.createLink(copy, file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Starts {@code mainClass} of this test's class path in a Windows JVM. */
    WineJvm start(String mainClass, String... arguments) throws IOException {
        return start(List.of(), mainClass, arguments);
    }

    /** As {@link #start(String, String...)}, with options for the JVM. */
    WineJvm start(List<String> options, String mainClass, String... arguments) throws IOException {
        return start(System.getProperty("java.class.path"), options, mainClass, arguments);
    }

    /** As above, with a class path of files on this host, parted by colons. */
    WineJvm start(String classPath, List<String> options, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "wine",
                java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        command.addAll(options);
        command.addAll(List.of("-cp", windowsClassPath(classPath), mainClass));
        command.addAll(Arrays.asList(arguments));
        WineJvm jvm = new WineJvm(builder(command).start(), mainClass);
        jvms.add(jvm);
        return jvm;
    }

    /** Runs a Windows program and returns what it printed; fails if it does not end with 0. */
    String run(String... command) throws IOException, InterruptedException {
        List<String> wine = new ArrayList<>(List.of("wine"));
        wine.addAll(Arrays.asList(command));
        Process process =
                builder(wine).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("%s ended with %d: %s".formatted(wine, process.exitValue(), out));
        }
        return out;
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    /** This machine's processes whose command line has {@code part}: each of them was started in this prefix. */
    List<ProcessHandle> processes(String part) {
        String mark = "WINEPREFIX=" + prefix + '\0';
        return ProcessHandle.allProcesses()
                .filter(process -> read(process, "environ").contains(mark))
                .filter(process -> read(process, "cmdline").replace('\0', ' ').contains(part))
                .toList();
    }

    private static String read(ProcessHandle process, String what) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), what), ISO_8859_1);
        } catch (IOException endedOrNotOurs) {
            return "";
        }
    }

    /** The Windows JVM's program, on this host. */
    Path java() {
        return cache.resolve("jre").resolve("bin").resolve("java.exe");
    }

    /** The machine's drive C:, on this host. */
    Path driveC() {
        return prefix.resolve("drive_c");
    }

    /** How the machine names a file of this host. */
    static String windowsPath(Path file) {
        return "Z:" + file.toAbsolutePath().toString().replace('/', '\\');
    }

    private static String windowsClassPath(String hostClassPath) {
        return Stream.of(hostClassPath.split(":", -1))
                .map(entry -> windowsPath(Path.of(entry)))
                .collect(Collectors.joining(";"));
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the Wine machine at " + prefix + " was shut down");
        }
        try (Stream<Path> files = Files.walk(prefix)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void stop() throws IOException, InterruptedException {
        for (WineJvm jvm : jvms) {
            jvm.kill();
        }
        // Ends this prefix's server, and with it its services: the environment names the prefix.
        builder(List.of("wineserver", "-k")).start().waitFor();
        builder(List.of("wineserver", "-w")).start().waitFor();
        display.destroy();
        display.waitFor();
    }
}
