package org.sekisho.control.export;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.array.SqlArrayTypes;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.event.ArrivalMark;
import org.sekisho.control.event.ChainReader;
import org.sekisho.control.event.EventView;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.control.store.Times;

/**
 * Serves one destination for as long as it stays as it is and this replica holds its lock: a session's lock of the database on
 * a connection of the worker's own, by which it also moves the bookmark. Who loses the connection loses both.
 */
final class ExportWorker implements Runnable {
    private static final Logger LOG = Logger.getLogger(ExportWorker.class);
    /** Keeps the repetition after a failure short, and a batch in little memory. */
    private static final int BATCH = 500;
    /** Between two looks when nothing waits: soon enough for people who watch at the other end. */
    private static final Duration IDLE = Duration.ofSeconds(1);
    /** "SKEX" as a number: the class of these locks. */
    private static final int LOCK = 0x534B4558;

    private static final int MAX_FAILURE = 500;

    private final UUID id;
    private final long version;
    private final DestinationStore destinations;
    private final ServerSettings.Database database;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ArrivalMark mark = new ArrivalMark();
    private @Nullable Receiver receiver;

    ExportWorker(
            Destination destination, DestinationStore destinations, ServerSettings.Database database, Clock clock) {
        this.id = destination.id();
        this.version = destination.version();
        this.destinations = destinations;
        this.database = database;
        this.clock = clock;
    }

    /** Ends it after the batch that is under way. */
    void stop() {
        stop.countDown();
    }

    boolean serves(Destination destination) {
        return id.equals(destination.id()) && version == destination.version();
    }

    @Override
    public void run() {
        try (Connection connection = connect();
                Handle handle = Jdbi.open(connection)) {
            handle.getConfig(SqlArrayTypes.class).register(String.class, "text");
            if (locked(handle)) {
                serve(handle);
            }
        } catch (SQLException | JdbiException e) {
            // The next look at the destinations starts another worker.
            LOG.warnf("Export %s lost its database (%s)", id, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.user());
        properties.setProperty("password", database.password());
        properties.setProperty("ApplicationName", "sekisho-export");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(database.url(), properties);
    }

    private boolean locked(Handle handle) {
        return handle.createQuery("SELECT pg_try_advisory_lock(:class, hashtext(:id))")
                .bind("class", LOCK)
                .bind("id", id.toString())
                .mapTo(Boolean.class)
                .one();
    }

    private void serve(Handle handle) throws InterruptedException {
        Optional<Destination> found = current(handle);
        while (found.isPresent() && stop.getCount() > 0) {
            Duration pause = step(handle, found.get());
            if (stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            found = current(handle);
        }
    }

    /** The destination, unless an operator has changed it: then another worker takes over. */
    private Optional<Destination> current(Handle handle) {
        return destinations.find(handle, id).filter(found -> found.enabled() && found.version() == version);
    }

    private Duration step(Handle handle, Destination destination) throws InterruptedException {
        List<ExportedEvent> batch = batch(handle, destination, mark.settled(handle));
        if (batch.isEmpty()) {
            return IDLE;
        }
        try {
            receiver(destination).take(batch);
        } catch (IOException e) {
            int failures = failed(handle, e);
            return Backoff.after(failures, ThreadLocalRandom.current());
        }
        taken(handle, batch);
        return batch.size() == BATCH ? Duration.ZERO : IDLE;
    }

    /** A worker's destination doesn't change. */
    private Receiver receiver(Destination destination) throws IOException {
        Receiver known = receiver;
        if (known == null) {
            known = Receiver.of(destination);
            receiver = known;
        }
        return known;
    }

    /** The next ones, in the order of arrival. A day's grace covers replicas whose clocks differ. */
    private static List<ExportedEvent> batch(Handle handle, Destination destination, long settled) {
        List<Row> rows = handle.createQuery("""
                        SELECT e.id, e.received_at, e.branch, e.incident, e.body, e.hash, t.host, t.org_unit
                        FROM event e LEFT JOIN terminal t ON t.id = e.terminal
                        WHERE e.id > :bookmark AND e.id <= :settled AND e.received_at >= :since
                        ORDER BY e.id LIMIT :limit""")
                .bind("bookmark", destination.bookmark())
                .bind("settled", settled)
                .bind("since", Times.sql(destination.bookmarkAt().minus(Duration.ofDays(1))))
                .bind("limit", BATCH)
                .map((row, context) -> new Row(
                        StoredEvent.of(row),
                        row.getBytes("hash"),
                        Optional.ofNullable(row.getString("host")),
                        Optional.ofNullable(row.getString("org_unit"))))
                .list();
        List<EventView> views =
                ChainReader.views(handle, rows.stream().map(Row::event).toList());
        return java.util.stream.IntStream.range(0, rows.size())
                .mapToObj(at -> rows.get(at).exported(views.get(at)))
                .toList();
    }

    private void taken(Handle handle, List<ExportedEvent> batch) {
        ExportedEvent last = batch.getLast();
        handle.createUpdate("""
                        UPDATE export_destination SET bookmark = :bookmark, bookmark_at = greatest(bookmark_at, :at),
                               delivered = delivered + :count, delivered_at = :now, failures = 0
                        WHERE id = :id""")
                .bind("bookmark", last.stored().id())
                .bind("at", Times.sql(last.view().receivedAt()))
                .bind("count", batch.size())
                .bind("now", Times.sql(clock.instant()))
                .bind("id", id)
                .execute();
    }

    private int failed(Handle handle, IOException failure) {
        String said = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        LOG.warnf("Export %s: %s", id, said);
        Instant now = clock.instant();
        return handle.createQuery("""
                        UPDATE export_destination SET failures = failures + 1, failed_at = :now, failure = :failure
                        WHERE id = :id RETURNING failures""")
                .bind("now", Times.sql(now))
                .bind("failure", said.substring(0, Math.min(said.length(), MAX_FAILURE)))
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .orElse(1);
    }

    private record Row(StoredEvent event, byte[] hash, Optional<String> host, Optional<String> unit) {
        ExportedEvent exported(EventView view) {
            return new ExportedEvent(event, view, hash, host.orElse(null), unit.orElse(null));
        }
    }
}
