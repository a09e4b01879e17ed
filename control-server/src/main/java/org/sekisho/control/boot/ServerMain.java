package org.sekisho.control.boot;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Clock;
import org.jboss.logging.Logger;
import picocli.CommandLine.ParameterException;

/** Starts the control server: prepares what it stands on, then runs Quarkus until a signal ends it. */
@QuarkusMain
public final class ServerMain implements QuarkusApplication {
    private static final Logger LOG = Logger.getLogger(ServerMain.class);
    /** sysexits(3): wrong usage, and a configuration that can't work. */
    private static final int USAGE = 64;

    private static final int CONFIGURATION = 78;

    /** Process entry; exits with 64 for wrong options and 78 when what it stands on can't be prepared. */
    public static void main(String... arguments) {
        try {
            ServerOptions options = ServerOptions.parse(arguments);
            if (options == null) {
                return;
            }
            run(options);
        } catch (ParameterException e) {
            System.err.println(e.getMessage());
            System.err.println("Try --help");
            System.exit(USAGE);
        } catch (IllegalStateException | java.io.UncheckedIOException e) {
            LOG.error("The server cannot start: " + e.getMessage(), e);
            System.exit(CONFIGURATION);
        }
    }

    private static void run(ServerOptions options) {
        Preparation preparation = Preparation.of(options, Clock.systemUTC());
        preparation.settings().forEach(System::setProperty);
        // After Quarkus has stopped, whichever way it did: it needs the database until the last acknowledgement.
        Quarkus.run(ServerMain.class, (code, failure) -> {
            if (failure != null) {
                LOG.error("The server failed", failure);
            }
            preparation.close();
            System.exit(code);
        });
    }

    @Override
    public int run(String... arguments) {
        Quarkus.waitForExit();
        return 0;
    }
}
