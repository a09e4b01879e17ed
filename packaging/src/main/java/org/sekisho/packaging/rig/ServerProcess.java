package org.sekisho.packaging.rig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A control server of the distribution as a process of its own, with its embedded PostgreSQL. Not thread-safe. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofMinutes(1);

    private final Distribution distribution;
    private final Path data;
    private final int portBase;
    private final Map<String, String> environment;
    private final ProductProcess process;

    private ServerProcess(Distribution distribution, Path data, int portBase, Map<String, String> environment) {
        this.distribution = distribution;
        this.data = data;
        this.portBase = portBase;
        this.environment = Map.copyOf(environment);
        this.process = new ProductProcess("the server", data.resolve("server-process.log"));
    }

    /** Starts one and waits until it serves. */
    public static ServerProcess start(Distribution distribution, Path data, Map<String, String> environment)
            throws IOException, InterruptedException {
        ServerProcess server = new ServerProcess(distribution, data, Ports.freeBase(3), environment);
        server.start();
        return server;
    }

    /** Starts it (again), on the same data and ports, and waits until it serves. */
    public void start() throws IOException, InterruptedException {
        Files.createDirectories(data);
        Map<String, String> withToken = new HashMap<>(environment);
        withToken.put(
                "SEKISHO_OPERATOR_TOKEN_FILE", data.resolve("operator-token").toString());
        process.start(
                List.of(
                        distribution.command("sekisho-server"),
                        "--data",
                        data.toString(),
                        "--port-base",
                        Integer.toString(portBase)),
                withToken,
                "ready https",
                START);
    }

    /** REST as the installation's own operator. */
    public Rest rest() throws IOException, GeneralSecurityException {
        return Rest.of(
                URI.create("https://localhost:" + portBase), data.resolve("ca.pem"), data.resolve("operator-token"));
    }

    /** The HTTPS port; gRPC and PostgreSQL follow. */
    public int portBase() {
        return portBase;
    }

    /** Where it keeps its data. */
    public Path data() {
        return data;
    }

    /** What the running or last process printed. */
    public Path log() {
        return process.log();
    }

    /** The process itself, to be killed by its id. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** The postmaster's process id, as PostgreSQL's own file has it. */
    public long postgresPid() throws IOException {
        try (var files = Files.walk(data, 4)) {
            Path pidFile = files.filter(file -> file.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no postmaster.pid below " + data));
            return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        }
    }

    /** The embedded database, as the server's own role sees it. */
    public Connection database() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort() + "/sekisho", "sekisho", databasePassword());
    }

    /** Where the embedded database listens; its name, and its account's, is {@code sekisho}. */
    public int databasePort() {
        return portBase + 2;
    }

    /** Of the embedded database. */
    public String databasePassword() throws IOException {
        try (var files = Files.walk(data, 3)) {
            Path password = files.filter(file -> file.endsWith("password"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no database password below " + data));
            return Files.readString(password).strip();
        }
    }

    /** SIGKILL, and waits for the end. The database may go on: it is a process of its own. */
    public void kill() throws InterruptedException {
        process.kill();
    }

    /** SIGTERM, and waits for the end. */
    @Override
    public void close() {
        process.stop(STOP);
    }
}
