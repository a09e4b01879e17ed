package org.sekisho.agent.posture;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.os.InheritedProperties;
import org.sekisho.v1.Inventory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the inventory read by a process of its own that ends with it: what OSHI loads, some 900 classes and the system's
 * libraries that it maps, would otherwise stay in the service for as long as that runs.
 */
public final class InventoryProcess {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryProcess.class);
    /** It takes about two seconds, but comes after everything else, and a terminal that has just been switched on is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Every list in it has at most 64 items; a real one has some hundred bytes. */
    private static final int MOST_BYTES = 64 * 1024;

    /** Whoever has just logged on, and the first connection to the server, don't wait for it. */
    private static final List<String> LAST = List.of("nice", "-n", "19", "ionice", "-c", "idle");

    private final String mainClass;
    private final Duration patience;

    /**
     * Starts nothing yet.
     *
     * @param mainClass the program that knows {@link InventoryCommand}, on this process's class path
     */
    public InventoryProcess(String mainClass) {
        this(mainClass, PATIENCE);
    }

    InventoryProcess(String mainClass, Duration patience) {
        this.mainClass = requireNonNull(mainClass, "mainClass is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /** Reads; waits for the process, ten minutes at most. Never throws: if it fails, {@link InventoryReader#cheap()}. */
    public Inventory read() {
        try {
            return ask();
        } catch (IOException e) {
            LOG.warn("the inventory stays short: {}", e.getMessage());
            return InventoryReader.cheap();
        }
    }

    private Inventory ask() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Settings of the service, and its line to systemd, are no business of this process.
        builder.environment().keySet().removeIf(name -> name.startsWith("SEKISHO_") || name.equals("NOTIFY_SOCKET"));
        Process process = builder.start();
        CompletableFuture<Process> unused = process.onExit()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((over, late) -> end(process));
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            byte[] answer = out.readNBytes(MOST_BYTES + 1);
            if (answer.length > MOST_BYTES) {
                throw new IOException("the process that reads it wrote more than " + MOST_BYTES + " bytes");
            }
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("the process that reads it ended with " + exit + " (it has "
                        + patience.toSeconds() + " s); run `sekisho-agent inventory` to see why");
            }
            return Inventory.parseFrom(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it was read", e);
        } finally {
            end(process);
        }
    }

    /** OSHI runs programs of the system, which may be what hangs. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(Platform.isLinux() ? LAST : List.of());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx48m",
                // Its standard output is the answer, which a warning of the JVM's would spoil.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(InheritedProperties.arguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass, InventoryCommand.NAME));
        return command;
    }
}
