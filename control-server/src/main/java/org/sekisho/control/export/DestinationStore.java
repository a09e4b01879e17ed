package org.sekisho.control.export;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.ArrivalMark;
import org.sekisho.control.export.Destination.Format;
import org.sekisho.control.export.Destination.Transport;
import org.sekisho.control.secret.SecretBox;
import org.sekisho.control.store.Times;

/** Destinations in the database, their secrets sealed. Thread-safe. */
@Singleton
class DestinationStore {
    private static final Logger LOG = Logger.getLogger(DestinationStore.class);

    private final Jdbi jdbi;
    private final SecretBox box;
    private final Clock clock;

    @Inject
    DestinationStore(Jdbi jdbi, SecretBox box, Clock clock) {
        this.jdbi = jdbi;
        this.box = box;
        this.clock = clock;
    }

    private static String purpose(UUID id) {
        return "export " + id;
    }

    List<Destination> enabled() {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT * FROM export_destination WHERE enabled ORDER BY id")
                        .map((row, context) -> of(row))
                        .list());
    }

    Optional<Destination> find(UUID id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    Optional<Destination> find(Handle handle, UUID id) {
        return handle.createQuery("SELECT * FROM export_destination WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> of(row))
                .findOne();
    }

    /** All, with how they stand. */
    List<DestinationView> views() {
        return jdbi.withHandle(handle -> handle.createQuery(VIEW + " ORDER BY d.name")
                .map((row, context) -> view(row))
                .list());
    }

    Optional<DestinationView> view(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(VIEW + " WHERE d.id = :id")
                .bind("id", id)
                .map((row, context) -> view(row))
                .findOne());
    }

    /** Keeps a new one, which begins with what comes from now on; false if the name is taken. */
    boolean insert(UUID id, NewDestination wanted, @Nullable String secret) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                INSERT INTO export_destination (id, name, transport, format, address, anchor, secret, enabled,
                                                                bookmark, bookmark_at)
                                VALUES (:id, :name, :transport, :format, :address, :anchor, :secret, true, :bookmark, :now)
                                ON CONFLICT (name) DO NOTHING""")
                        .bind("id", id)
                        .bind("name", wanted.name().strip())
                        .bind("transport", wanted.transport().name())
                        .bind("format", wanted.format().name())
                        .bind("address", wanted.address().strip())
                        .bind("anchor", wanted.anchor())
                        .bind("secret", secret == null ? null : box.seal(purpose(id), secret))
                        .bind("bookmark", ArrivalMark.drawn(handle))
                        .bind("now", Times.sql(clock.instant()))
                        .execute()
                == 1);
    }

    /** Whether it was at this version. */
    boolean enable(UUID id, boolean enabled, long version) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE export_destination SET enabled = :enabled, version = version + 1, failures = 0
                                WHERE id = :id AND version = :version""")
                        .bind("enabled", enabled)
                        .bind("id", id)
                        .bind("version", version)
                        .execute()
                == 1);
    }

    boolean delete(UUID id) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM export_destination WHERE id = :id")
                        .bind("id", id)
                        .execute()
                == 1);
    }

    private static final String VIEW = """
            SELECT d.*, least(:cap, (SELECT count(*) FROM (SELECT 1 FROM event e
                   WHERE e.id > d.bookmark AND e.received_at >= d.bookmark_at - interval '1 day' LIMIT :cap) waiting)) AS waiting
            FROM export_destination d""".replace(":cap", String.valueOf(DestinationView.MOST_COUNTED));

    private static DestinationView view(ResultSet row) throws SQLException {
        return new DestinationView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Transport.valueOf(row.getString("transport")),
                Format.valueOf(row.getString("format")),
                row.getString("address"),
                row.getString("anchor") != null,
                row.getBoolean("enabled"),
                row.getLong("delivered"),
                Times.instantOrNull(row, "delivered_at"),
                row.getLong("waiting"),
                row.getInt("failures"),
                Times.instantOrNull(row, "failed_at"),
                row.getString("failure"),
                row.getLong("version"));
    }

    private Destination of(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Destination(
                id,
                row.getString("name"),
                Transport.valueOf(row.getString("transport")),
                Format.valueOf(row.getString("format")),
                row.getString("address"),
                row.getString("anchor"),
                secret(id, row.getBytes("secret")),
                row.getBoolean("enabled"),
                row.getLong("version"),
                row.getLong("bookmark"),
                Times.instant(row, "bookmark_at"),
                row.getInt("failures"));
    }

    /** Also null if it can't be opened: its own destination then fails, and says so, while the others go on. */
    private @Nullable String secret(UUID id, byte @Nullable [] sealed) {
        if (sealed == null) {
            return null;
        }
        try {
            return box.open(purpose(id), sealed);
        } catch (IllegalStateException e) {
            LOG.debugf("Export %s: %s", id, e.getMessage());
            return null;
        }
    }
}
