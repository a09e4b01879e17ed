package org.sekisho.control.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.sekisho.control.ServerSettings;

/**
 * Tells all replicas what has been committed (PostgreSQL's LISTEN and NOTIFY). A listener may miss messages while its
 * connection is down; each is therefore also told when it is up again, and must then look for itself. Listeners run on
 * one thread, in order, and must not block for long.
 */
@Singleton
public class Notifications {
    private static final Logger LOG = Logger.getLogger(Notifications.class);
    /** How soon a stop is noticed. */
    private static final Duration POLL = Duration.ofMillis(500);
    /** Between tries to reach the database again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What replicas tell each other. */
    public enum Topic {
        /** {@code SEGMENT_NUMBER:revision}. */
        POLICY,
        /** Terminal id. */
        REVOKED,
        /** Id of a terminal that was moved or approved. */
        TERMINAL,
        /** {@code terminal replica}: this replica has the terminal's stream now. */
        STREAM,
        /** Id of a terminal that was given a command. */
        COMMAND,
        /** Incident id. */
        INCIDENT,
        /** Alarm id. */
        ALARM,
        /** Version of the rules that open incidents. */
        INCIDENT_RULES,
        /** Id of a terminal whose permits have changed. */
        PERMIT,
        /** Number of a segment whose media register has changed. */
        MEDIA,
        /** Id of an operator whose sessions, tokens or roles have changed. */
        OPERATOR;

        private final String channel = "sekisho_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Someone who wants to know. */
    public interface Listener {
        /** Something was committed. */
        void told(String payload);

        /** Messages may have been missed: look for yourself. */
        void maybeMissed();
    }

    private final ServerSettings.Database database;
    private final Map<Topic, List<Listener>> listeners = new EnumMap<>(Topic.class);
    private final CountDownLatch stop = new CountDownLatch(1);

    @Inject
    Notifications(ServerSettings settings) {
        this.database = settings.database();
    }

    /** Tells all replicas, this one included, once the handle's transaction is committed. */
    public static void tell(Handle handle, Topic topic, String payload) {
        handle.createQuery("SELECT pg_notify(:channel, :payload)")
                .bind("channel", topic.channel)
                .bind("payload", payload)
                .map((row, context) -> true)
                .one();
    }

    /** Before the server has started. */
    public synchronized void listen(Topic topic, Listener listener) {
        listeners.computeIfAbsent(topic, any -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** After all others' observers, which register their listeners. */
    void start(@Observes @Priority(Integer.MAX_VALUE - 100) StartupEvent event) {
        Thread.ofPlatform().daemon().name("sekisho-notifications").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    private void run() {
        boolean first = true;
        while (stop.getCount() > 0) {
            try (Connection connection = connect()) {
                listen(connection);
                if (!first) {
                    LOG.info("Listening to the other replicas again");
                    each(Listener::maybeMissed);
                }
                first = false;
                receive(connection);
            } catch (SQLException e) {
                LOG.warnf("Lost the connection that listens to other replicas (%s); trying again", e.getMessage());
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "sekisho-notifications");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(database.url(), properties);
    }

    private static void listen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Topic topic : Topic.values()) {
                statement.execute("LISTEN " + topic.channel);
            }
        }
    }

    private void receive(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (stop.getCount() > 0) {
            PGNotification[] received = postgres.getNotifications((int) POLL.toMillis());
            if (received == null) {
                continue;
            }
            for (PGNotification notification : received) {
                for (Topic topic : Topic.values()) {
                    if (topic.channel.equals(notification.getName())) {
                        listeners
                                .getOrDefault(topic, List.of())
                                .forEach(listener -> guarded(listener, to -> to.told(notification.getParameter())));
                    }
                }
            }
        }
    }

    private void each(Consumer<Listener> act) {
        listeners.values().forEach(all -> all.forEach(listener -> guarded(listener, act)));
    }

    /** One listener's failure must not keep the others from hearing. */
    private static void guarded(Listener listener, Consumer<Listener> act) {
        try {
            act.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("A listener failed on a message of another replica", e);
        }
    }

    private void pause() {
        try {
            stop.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
