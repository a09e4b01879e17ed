package org.sekisho.control.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import picocli.CommandLine.ParameterException;

/** Starts the control server: prepares what it stands on, then runs Quarkus until a signal ends it. */
@QuarkusMain
public final class ServerMain implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(ServerMain.class);
    /** sysexits(3): wrong usage, and a configuration that can't work. */
    private static final int USAGE = 64;

    private static final int CONFIGURATION = 78;
    /** Draining terminals, then the database's own end; below systemd's usual 90 s. */
    private static final Duration END = Duration.ofSeconds(60);

    /** Process entry; exits with 64 for wrong options and 78 when what it stands on can't be prepared. */
    public static void main(String... arguments) {
        ServerOptions options = null;
        try {
            options = ServerOptions.parse(arguments);
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.err.println("Try --help");
            Runtime.getRuntime().halt(USAGE);
        }
        if (options != null) {
            run(options);
        }
    }

    private static void run(ServerOptions options) {
        Preparation preparation = prepare(options);
        preparation.settings().forEach(System::setProperty);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(ended), "sekisho-database-end"));
        Quarkus.run(ServerMain.class, (code, failure) -> {
            if (failure != null) {
                LOG.error("The server failed", failure);
            }
            try {
                // Only after Quarkus has stopped, whichever way it did: it needs the database until the last
                // acknowledgement.
                preparation.close();
            } finally {
                ended.countDown();
            }
            System.exit(code);
        });
    }

    /** On a signal the process would otherwise be gone before its database has ended in an orderly way. */
    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(END.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println(
                        "The database did not end within " + END.toSeconds() + " s; the next start will end it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Logging isn't set up yet, so a failure is told on standard error, and the process ended without the log's own
     * last words.
     */
    private static Preparation prepare(ServerOptions options) {
        try {
            return Preparation.of(options, Clock.systemUTC());
        } catch (RuntimeException | LinkageError e) {
            System.err.println("The server cannot start: " + e.getMessage());
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                System.err.println("  because: " + cause.getMessage());
            }
            Runtime.getRuntime().halt(CONFIGURATION);
            throw e;
        }
    }

    /** Everything listens by now: says so in the one line that scripts wait for. */
    @Override
    public int run(String... arguments) {
        System.out.println("ready " + System.getProperty("sekisho.public-url"));
        System.out.flush();
        Quarkus.waitForExit();
        return 0;
    }
}
