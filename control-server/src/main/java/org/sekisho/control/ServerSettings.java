package org.sekisho.control;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The server's settings; names are {@code sekisho.server.…}. What boot finds out is set by boot, the rest may come from
 * any configuration source.
 */
@ConfigMapping(prefix = "sekisho.server")
public interface ServerSettings {
    /** Data folder. */
    Path data();

    /** Whose installation this is. */
    String tenant();

    /** Name under which terminals reach this server. */
    String host();

    /** All names that the server's certificate carries, the one for terminals first. */
    List<String> hosts();

    /** Address that the terminals' port listens on. */
    String listen();

    /** The terminals' port. */
    int grpcPort();

    /** PEM chain of the server's certificate. */
    Path certificate();

    /** PEM key of the server's certificate. */
    Path key();

    /** Life of the server's own certificate; renewed at 2/3 while the server runs. Browsers accept 398 days at most. */
    @WithDefault("397d")
    Duration ownCertificateLife();

    /** The database as it is reached outside the pool (listening for notifications). */
    Database database();

    /**
     * Life of a terminal's certificate; renewed at 2/3. A stolen terminal is revoked, so this bounds only what nobody
     * noticed.
     */
    @WithDefault("90d")
    Duration certificateLife();

    /**
     * How long a published policy holds before terminals refuse it; republish it before. A leap year and a month's
     * grace.
     */
    @WithDefault("400d")
    Duration policyLife();

    /**
     * How long events are kept, by the day they were received. The guideline names no number; three years is what
     * cities commonly keep.
     */
    @WithDefault("1096d")
    Duration eventRetention();

    /** Time between heartbeats of a terminal. */
    @WithDefault("30s")
    Duration heartbeat();

    /** Connections on the terminals' port, half-open ones included. */
    @WithDefault("20000")
    int maxConnections();

    /**
     * Failed enrolments from one address within five minutes before it must wait. Enough for a technician's slips of
     * the hand, too few for noise in the audit log.
     */
    @WithDefault("20")
    int enrolmentFailures();

    /** Memory that events under way from all terminals together may take. */
    @WithDefault("67108864")
    long ingestBytes();

    /** How long a stopping server waits for streams to end. */
    @WithDefault("10s")
    Duration drain();

    /** Access to the database. */
    interface Database {
        /** JDBC URL. */
        String url();

        /** Account. */
        String user();

        /** Secret. */
        String password();
    }
}
