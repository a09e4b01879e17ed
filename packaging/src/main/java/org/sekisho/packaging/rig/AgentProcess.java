package org.sekisho.packaging.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This machine's agent, of the distribution, as a service process with its desktop helpers. Not thread-safe. */
public final class AgentProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final Distribution distribution;
    private final Path home;
    private final Map<String, String> environment;
    private final ProductProcess process;

    private AgentProcess(Distribution distribution, Path home, Map<String, String> environment) {
        this.distribution = distribution;
        this.home = home;
        this.environment = environment;
        this.process = new ProductProcess("the agent", home.resolve("agent.log"));
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
        process.start(List.of(distribution.command("sekisho-agent"), "service"), environment, "ready", START);
    }

    /** Runs one of its other commands. */
    public Command command(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = distribution.command("sekisho-agent");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Command.run(START, environment, new byte[0], command);
    }

    /** What a program needs that runs it as this one is run. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Where its state lies. */
    public Path state() {
        return home.resolve("state");
    }

    /** What the running or last process printed. */
    public Path log() {
        return process.log();
    }

    /** The service's process. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** SIGKILL, to the service alone; its helpers notice by themselves. Waits for the end. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        process.stop(STOP);
    }
}
