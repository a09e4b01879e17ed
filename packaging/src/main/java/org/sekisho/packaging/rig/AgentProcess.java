package org.sekisho.packaging.rig;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** This machine's agent, of the distribution, as a service process with its desktop helpers. Not thread-safe. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);

    private final Distribution distribution;
    private final Path home;
    private final Map<String, String> environment;
    private @Nullable Process process;

    private AgentProcess(Distribution distribution, Path home, Map<String, String> environment) {
        this.distribution = distribution;
        this.home = home;
        this.environment = environment;
    }

    /**
     * Prepares an agent whose state lies below {@code home}; nothing runs yet.
     *
     * @param display the one that it is told to guard besides those it finds; null: none
     */
    public static AgentProcess prepare(
            Distribution distribution, Path home, @Nullable VirtualDisplay display, Map<String, String> more)
            throws IOException {
        Files.createDirectories(home);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SEKISHO_STATE_DIR", home.resolve("state").toString());
        // The helper's account must reach the socket; a test's own folder is closed to it, and too long for a socket's
        // path.
        Path meeting = Files.createTempDirectory(
                "sekisho-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        environment.put("SEKISHO_RUNTIME_DIR", meeting.resolve("run").toString());
        environment.put("SEKISHO_DESKTOP_DIR", meeting.resolve("desktop").toString());
        if (display != null) {
            environment.put(
                    "SEKISHO_DESKTOP_DISPLAYS",
                    display.name() + "|" + System.getProperty("user.name") + "|" + display.authority());
        }
        return new AgentProcess(distribution, home, environment);
    }

    /** Enrols with a one-time token. */
    public void enrol(String server, String token) throws IOException, InterruptedException {
        Map<String, String> withToken = new HashMap<>(environment);
        withToken.put("SEKISHO_ENROL_TOKEN", token);
        Command enrolled = Command.run(
                START, withToken, new byte[0], distribution.command("sekisho-agent"), "enroll", "--server", server);
        if (enrolled.exit() != 0) {
            throw new IOException("enrolling failed with " + enrolled.exit() + ": " + enrolled.text() + enrolled.err());
        }
    }

    /** Starts the service and waits until it says that it is ready. */
    public void start() throws IOException, InterruptedException {
        Path log = log();
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(List.of(distribution.command("sekisho-agent"), "service"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        Instant deadline = Instant.now().plus(START);
        while (!Files.readString(log).contains("ready")) {
            if (started.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("the agent ended with " + started.exitValue() + ":\n" + Files.readString(log));
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("the agent was not ready within " + START + ":\n" + Files.readString(log));
            }
        }
    }

    /** Runs one of its other commands. */
    public Command command(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = distribution.command("sekisho-agent");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Command.run(START, environment, new byte[0], command);
    }

    /** Where its state lies. */
    public Path state() {
        return home.resolve("state");
    }

    /** What the running or last process printed. */
    public Path log() {
        return home.resolve("agent.log");
    }

    /** The service's process. */
    public ProcessHandle handle() {
        return requireNonNull(process, "the agent was never started").toHandle();
    }

    /** SIGKILL, to the service alone; its helpers notice by themselves. Waits for the end. */
    public void kill() throws InterruptedException {
        Process running = requireNonNull(process, "the agent was never started");
        running.destroyForcibly();
        running.waitFor();
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
