package org.sekisho.packaging.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A PostgreSQL of the operating system's, as a city's own database is: not the version that the product carries, not started
 * by it, reached by a URL. On loopback, with a password. It runs under the account {@code nobody} where the test runs as root,
 * because PostgreSQL refuses root. Not thread-safe.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String ACCOUNT = "nobody";

    private final Path programs;
    private final Path folder;
    private final int port;
    private final String password;

    private PostgresServer(Path programs, Path folder, int port, String password) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.password = password;
    }

    /**
     * Makes a cluster below {@code folder} and starts it.
     *
     * @throws IOException if no PostgreSQL is installed, or it doesn't start
     */
    public static PostgresServer start(Path folder) throws IOException, InterruptedException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        PostgresServer server = new PostgresServer(
                programs(), folder, Ports.freeBase(1), HexFormat.of().formatHex(secret));
        server.create();
        server.start();
        return server;
    }

    private static Path programs() throws IOException {
        try (var versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst()
                    .orElseThrow(() ->
                            new IOException("no PostgreSQL below " + INSTALLED + "; install the package postgresql"));
        }
    }

    private void create() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path secret = folder.resolve("password");
        Files.writeString(secret, password);
        run("chown", "-R", ACCOUNT, folder.toString());
        // The test's own folder is closed to other accounts, and PostgreSQL has to pass through it.
        for (Path above = folder.getParent();
                above != null && !above.equals(Path.of("/tmp"));
                above = above.getParent()) {
            if (Files.isWritable(above)) {
                Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
            }
        }
        asAccount(
                "initdb", "-D", cluster(), "-U", "sekisho", "-A", "scram-sha-256", "--pwfile=" + secret, "-E", "UTF8");
    }

    /** Starts it (again). */
    public void start() throws IOException, InterruptedException {
        String settings = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c port=" + port;
        asAccount("pg_ctl", "-D", cluster(), "-w", "-l", folder.resolve("log").toString(), "-o", settings, "start");
    }

    /** Ends it at once, as a power cut would. */
    public void stop() throws IOException, InterruptedException {
        asAccount("pg_ctl", "-D", cluster(), "-w", "-m", "immediate", "stop");
    }

    /** What a control server has to be told to use it. */
    public Map<String, String> settings() {
        return Map.of(
                "SEKISHO_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "SEKISHO_DATABASE_USER",
                "sekisho",
                "SEKISHO_DATABASE_PASSWORD",
                password);
    }

    private String cluster() {
        return folder.resolve("cluster").toString();
    }

    private void asAccount(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + ACCOUNT,
                "--clear-groups",
                "--",
                programs.resolve(program).toString()));
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Command done = Command.run(LIMIT, Map.of("LC_ALL", "C"), new byte[0], command);
        if (done.exit() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + done.text() + done.err());
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(Path.of(cluster(), "postmaster.pid"))) {
            try {
                stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while ending PostgreSQL in " + folder, e);
            }
        }
    }
}
