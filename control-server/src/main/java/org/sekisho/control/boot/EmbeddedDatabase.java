package org.sekisho.control.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.pki.PrivateFile;

/**
 * A PostgreSQL that belongs to this server alone: on loopback with a password of its own (SCRAM-SHA-256), no local
 * socket, every commit on disk before it is answered. Its data outlive restarts of the server, also by {@code kill -9}.
 * A postmaster that dies is started again. Thread-safe.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EmbeddedDatabase.class);
    private static final String HOST = "127.0.0.1";
    private static final String NAME = "sekisho";
    private static final String SUPERUSER = "postgres";
    /** Recovery after a crash replays the log first. */
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration STOP = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final PostgresPrograms programs;
    private final Path cluster;
    private final Path log;
    private final Path secret;
    private final int port;
    private @Nullable Process postmaster;
    private boolean closed;

    private EmbeddedDatabase(Path folder, int port) {
        PrivateFile.folder(folder);
        this.programs = PostgresPrograms.in(folder);
        this.cluster = folder.resolve("cluster");
        this.log = folder.resolve("postgresql.log");
        this.secret = folder.resolve("password");
        this.port = port;
    }

    /**
     * Starts the database in this folder, making it at the first time.
     *
     * @throws IllegalStateException with the end of PostgreSQL's log if it doesn't start
     */
    static EmbeddedDatabase start(Path folder, int port) {
        EmbeddedDatabase database = new EmbeddedDatabase(folder, port);
        database.prepare();
        database.launch();
        database.provide();
        return database;
    }

    /** As the server itself connects: an account that owns its own database and nothing else. */
    DatabaseAccess access() {
        return new DatabaseAccess(url(NAME), NAME, password());
    }

    private void prepare() {
        endLeftover();
        if (Files.exists(cluster.resolve("PG_VERSION")) && Files.exists(secret)) {
            return;
        }
        if (Files.exists(cluster)) {
            throw new IllegalStateException(
                    cluster + " holds a database that was only half made. Remove it and start again");
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        PrivateFile.write(secret, Base64.getUrlEncoder().withoutPadding().encode(random));
        Path draft = cluster.resolveSibling("cluster.new");
        deleteTree(draft);
        run(
                programs.program("initdb"),
                "-D",
                draft.toString(),
                "-U",
                SUPERUSER,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions");
        try {
            Files.move(draft, cluster);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot put the new database at " + cluster, e);
        }
    }

    /**
     * After {@code kill -9} of the server its PostgreSQL goes on; it is stopped before a new one may touch the files.
     */
    private void endLeftover() {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
            Optional<ProcessHandle> leftover = ProcessHandle.of(pid).filter(this::isOurs);
            if (leftover.isPresent()) {
                LOG.infof("Ending PostgreSQL %d that an earlier run left behind", pid);
                run(
                        programs.program("pg_ctl"),
                        "stop",
                        "-m",
                        "fast",
                        "-D",
                        cluster.toString(),
                        "-t",
                        String.valueOf(STOP.toSeconds()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + pidFile, e);
        }
    }

    /** A process number may have been given to another program since. */
    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .command()
                .filter(programs.program("postgres")::equals)
                .isPresent();
    }

    private synchronized void launch() {
        if (closed) {
            return;
        }
        List<String> command = new ArrayList<>(asUser());
        command.addAll(List.of(programs.program("postgres"), "-D", cluster.toString()));
        settings().forEach(setting -> command.addAll(List.of("-c", setting)));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            postmaster = process;
            await(process);
            Thread.ofVirtual().name("postgresql-watch").start(() -> watch(process));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.getFirst(), e);
        }
    }

    private List<String> settings() {
        return List.of(
                "listen_addresses=" + HOST,
                "port=" + port,
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                // What has been acknowledged to a terminal must survive a power cut.
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                // Replicas' pools, and the jobs.
                "max_connections=100",
                // A quarter of a small server's memory is too much beside a JVM; the page cache does the rest.
                "shared_buffers=256MB",
                "max_wal_size=2GB",
                "checkpoint_timeout=15min",
                "log_min_messages=warning",
                "log_statement=none",
                "log_min_error_statement=panic",
                "timezone=UTC",
                "log_timezone=UTC");
    }

    private void watch(Process process) {
        try {
            restart(process.waitFor());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("PostgreSQL could not be started again; stop the server and start it anew", e);
        }
    }

    private synchronized void restart(int exit) {
        if (!closed) {
            LOG.errorf("PostgreSQL ended by itself with %d; starting it again. Its log is %s", exit, log);
            launch();
        }
    }

    private void await(Process process) {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException("PostgreSQL did not start on " + HOST + ":" + port + ": " + logEnd());
            }
            try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, password())) {
                requireDurable(connection);
                return;
            } catch (SQLException e) {
                // 57P03: it says itself that it is still starting. 08…: it doesn't listen yet.
                String state = String.valueOf(e.getSQLState());
                if (!state.equals("57P03") && !state.startsWith("08")) {
                    throw new IllegalStateException("PostgreSQL on " + HOST + ":" + port + " refuses this server", e);
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
        throw new IllegalStateException("PostgreSQL did not answer within " + START.toSeconds() + " s: " + logEnd());
    }

    /**
     * Reads back what acknowledgements rest on, and that this really is our cluster and not another program on the
     * port.
     */
    private void requireDurable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('data_directory')")) {
            row.next();
            if (!"on".equals(row.getString(1)) || !"on".equals(row.getString(2))) {
                throw new IllegalStateException("PostgreSQL does not wait for the disk: fsync=" + row.getString(1)
                        + ", synchronous_commit=" + row.getString(2));
            }
            if (!cluster.toString().equals(row.getString(3))) {
                throw new IllegalStateException(
                        "Another PostgreSQL answers on port " + port + ": give another --port-base");
            }
        }
    }

    private void provide() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, password());
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select 1 from pg_roles where rolname = '" + NAME + "'")) {
                // The password is base64url: no quote can be in it.
                statement.execute("create role " + NAME + " login nosuperuser nocreatedb nocreaterole password '"
                        + password() + "'");
            }
            if (!exists(statement, "select 1 from pg_database where datname = '" + NAME + "'")) {
                statement.execute("create database " + NAME + " owner " + NAME);
                statement.execute("revoke all on database " + NAME + " from public");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make the database " + NAME, e);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static String urlOf(int port, String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    private String url(String database) {
        return urlOf(port, database);
    }

    private String password() {
        return new String(PrivateFile.read(secret), StandardCharsets.US_ASCII);
    }

    private void run(String... program) {
        List<String> command = new ArrayList<>(asUser());
        command.addAll(List.of(program));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        program[0] + " did not end within " + START.toSeconds() + " s: " + logEnd());
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(program[0] + " ended with " + process.exitValue() + ": " + logEnd());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + program[0], e);
        }
    }

    /**
     * PostgreSQL refuses to run as root. Inside a new user namespace without a mapping it isn't root any more, yet owns
     * its files (user_namespaces(7)).
     */
    private static List<String> asUser() {
        return "root".equals(System.getProperty("user.name")) ? List.of("unshare", "--user", "--") : List.of();
    }

    private String logEnd() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "its log " + log + " cannot be read";
        }
    }

    private static void deleteTree(Path folder) {
        if (Files.notExists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + folder, e);
        }
    }

    /** Process number of the postmaster; for tests of what its death does. */
    synchronized long pid() {
        return postmaster == null ? -1 : postmaster.pid();
    }

    /** Ends the database in an orderly way: connections are cut, everything is on disk. */
    @Override
    public void close() {
        Process process;
        synchronized (this) {
            closed = true;
            process = postmaster;
        }
        if (process == null || !process.isAlive()) {
            return;
        }
        // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients.
        run(
                programs.program("pg_ctl"),
                "stop",
                "-m",
                "fast",
                "-D",
                cluster.toString(),
                "-t",
                String.valueOf(STOP.toSeconds()));
    }
}
