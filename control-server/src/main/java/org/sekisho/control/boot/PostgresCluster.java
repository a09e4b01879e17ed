package org.sekisho.control.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A PostgreSQL cluster's files, and the programs that make, run and end it. Stateless but for the files. */
final class PostgresCluster {
    private static final Logger LOG = Logger.getLogger(PostgresCluster.class);
    /** A program that takes longer hangs; making a cluster takes seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration STOP = Duration.ofSeconds(30);

    private final PostgresPrograms programs;
    private final Path files;
    private final Path log;

    PostgresCluster(Path folder) {
        this.programs = PostgresPrograms.in(folder);
        this.files = folder.resolve("cluster");
        this.log = folder.resolve("postgresql.log");
    }

    /** Where its files are, as the running server answers {@code data_directory}. */
    String files() {
        return files.toString();
    }

    /**
     * Whether it has been made.
     *
     * @throws IllegalStateException if there is something else at its place
     */
    boolean exists() {
        if (Files.exists(files.resolve("PG_VERSION"))) {
            return true;
        }
        if (Files.exists(files)) {
            throw new IllegalStateException(files + " is not a database. Remove it and start again");
        }
        return false;
    }

    /** Makes it, whole or not at all; from the first moment it asks everyone for a password. */
    void create(String superuser, Path passwordFile) {
        Path draft = files.resolveSibling("cluster.new");
        deleteTree(draft);
        run(
                programs.program("initdb"),
                "-D",
                draft.toString(),
                "-U",
                superuser,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions");
        try {
            Files.move(draft, files);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot put the new database at " + files, e);
        }
    }

    /** Starts the postmaster; it may still be recovering when this returns. */
    Process start(List<String> settings) {
        List<String> command = new ArrayList<>(asUser());
        command.addAll(List.of(programs.program("postgres"), "-D", files.toString()));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        try {
            return new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.getFirst(), e);
        }
    }

    /** Ends the postmaster: connections are cut, everything is on disk (PostgreSQL's fast shutdown). */
    void stop() {
        run(
                programs.program("pg_ctl"),
                "stop",
                "-m",
                "fast",
                "-D",
                files.toString(),
                "-t",
                String.valueOf(STOP.toSeconds()));
    }

    /**
     * After {@code kill -9} of the server its PostgreSQL goes on; it is stopped before a new one may touch the files.
     */
    void endLeftover() {
        Path pidFile = files.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(pidFile, StandardCharsets.UTF_8);
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.getFirst().strip());
            Optional<ProcessHandle> leftover = ProcessHandle.of(pid).filter(this::isOurs);
            if (leftover.isPresent()) {
                LOG.infof("Ending PostgreSQL %d that an earlier run left behind", pid);
                stop();
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

    private void run(String... program) {
        List<String> command = new ArrayList<>(asUser());
        command.addAll(List.of(program));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        program[0] + " did not end within " + PATIENCE.toSeconds() + " s: " + logEnd());
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

    /** The last lines that PostgreSQL wrote. */
    String logEnd() {
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
}
