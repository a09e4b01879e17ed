package org.sekisho.control.boot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

    /** How long processes of a postmaster that was killed may need to notice its end. */
    private static final Duration LINGERING = Duration.ofSeconds(20);

    /** PostgreSQL's message while they do. */
    private static final String STILL_IN_USE = "is still in use";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int SECRET_BYTES = 32;

    private final PostgresCluster cluster;
    private final Path superuserSecret;
    private final Path secret;
    private final int port;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Process postmaster;
    private volatile boolean closed;

    private EmbeddedDatabase(Path folder, int port) {
        PrivateFile.folder(folder);
        this.cluster = new PostgresCluster(folder);
        this.superuserSecret = folder.resolve("superuser-password");
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
        return new DatabaseAccess(url(NAME), NAME, read(secret));
    }

    private void prepare() {
        cluster.endLeftover();
        if (!cluster.exists()) {
            newSecret(superuserSecret);
            newSecret(secret);
            cluster.create(SUPERUSER, superuserSecret);
        }
    }

    private static void newSecret(Path file) {
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        PrivateFile.write(file, Base64.getUrlEncoder().withoutPadding().encode(random));
    }

    private static String read(Path file) {
        return new String(PrivateFile.read(file), StandardCharsets.US_ASCII);
    }

    private void launch() {
        long deadline = System.nanoTime() + LINGERING.toNanos();
        while (true) {
            try {
                launchOnce();
                return;
            } catch (IllegalStateException e) {
                if (closed || System.nanoTime() >= deadline || !cluster.logEnd().contains(STILL_IN_USE)) {
                    throw e;
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    private synchronized void launchOnce() {
        if (closed) {
            return;
        }
        Process process = cluster.start(settings());
        postmaster = process;
        await(process);
        Thread.ofVirtual().name("postgresql-watch").start(() -> watch(process));
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

    /** Starts it again when it ends, for as long as it takes: what made it fail may go away, and nobody watches at night. */
    private void watch(Process process) {
        try {
            int exit = process.waitFor();
            if (!closed) {
                LOG.errorf("PostgreSQL ended by itself with %d; starting it again: %s", exit, cluster.logEnd());
            }
            Duration pause = FIRST_PAUSE;
            while (!closed && !launched()) {
                LOG.errorf("PostgreSQL is tried again in %d s", pause.toSeconds());
                closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean launched() {
        try {
            launch();
            return true;
        } catch (RuntimeException e) {
            LOG.error("PostgreSQL could not be started again", e);
            return false;
        }
    }

    private void await(Process process) {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && !closed) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "PostgreSQL did not start on " + HOST + ":" + port + ": " + cluster.logEnd());
            }
            try (Connection connection =
                    DriverManager.getConnection(url("postgres"), SUPERUSER, read(superuserSecret))) {
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
        throw new IllegalStateException(
                "PostgreSQL did not answer within " + START.toSeconds() + " s: " + cluster.logEnd());
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
            if (!cluster.files().equals(row.getString(3))) {
                throw new IllegalStateException(
                        "Another PostgreSQL answers on port " + port + ": give another --port-base");
            }
        }
    }

    private void provide() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, read(superuserSecret));
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select 1 from pg_roles where rolname = '" + NAME + "'")) {
                // The password is base64url: no quote can be in it.
                statement.execute("create role " + NAME + " login nosuperuser nocreatedb nocreaterole password '"
                        + read(secret) + "'");
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

    private String url(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    /** Process number of the postmaster; for tests of what its death does. */
    synchronized long pid() {
        return postmaster == null ? -1 : postmaster.pid();
    }

    /** Ends the database in an orderly way: connections are cut, everything is on disk. */
    @Override
    public void close() {
        closed = true;
        closing.countDown();
        Process process;
        synchronized (this) {
            process = postmaster;
        }
        if (process == null || !process.isAlive()) {
            return;
        }
        cluster.stop();
    }
}
