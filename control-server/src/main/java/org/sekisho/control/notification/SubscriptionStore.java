package org.sekisho.control.notification;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.notification.Subscription.Transport;
import org.sekisho.control.secret.SecretBox;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Severity;

/** Subscriptions in the database; secrets only sealed. Thread-safe; joins the caller's transaction. */
@Singleton
class SubscriptionStore {
    private static final int MAX_FAILURE = 500;

    private final Jdbi jdbi;
    private final SecretBox box;
    private final Clock clock;

    @Inject
    SubscriptionStore(Jdbi jdbi, SecretBox box, Clock clock) {
        this.jdbi = jdbi;
        this.box = box;
        this.clock = clock;
    }

    List<SubscriptionView> views() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM notification_subscription ORDER BY name")
                .map((row, context) -> view(row))
                .list());
    }

    Optional<SubscriptionView> view(UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM notification_subscription WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> view(row))
                .findOne());
    }

    /** Keeps a new one, which begins with what comes from now on; false if the name is taken. */
    boolean insert(UUID id, NewSubscription wanted, @Nullable String branch, @Nullable String secret) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                INSERT INTO notification_subscription (id, name, transport, address, anchor, secret, topics, least, branch,
                                                                       language, enabled, bookmark, next_at)
                                VALUES (:id, :name, :transport, :address, :anchor, :secret, :topics, :least, :branch, :language, true,
                                        :bookmark, :now)
                                ON CONFLICT (name) DO NOTHING""")
                        .bind("id", id)
                        .bind("name", wanted.name().strip())
                        .bind("transport", wanted.transport().name())
                        .bind("address", wanted.address().strip())
                        .bind("anchor", wanted.anchor())
                        .bind("secret", secret == null ? null : box.seal(purpose(id), secret))
                        .bindArray("topics", String.class, names(wanted.topics()))
                        .bind("least", number(wanted.leastSeverity()))
                        .bind("branch", branch)
                        .bind("language", wanted.language())
                        .bind("bookmark", NoticeBoard.newest(handle))
                        .bind("now", Times.sql(clock.instant()))
                        .execute()
                == 1);
    }

    /** Whether another one has the name. */
    boolean isTaken(String name, UUID except) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM notification_subscription WHERE name = :name AND id <> :id)")
                .bind("name", name)
                .bind("id", except)
                .mapTo(Boolean.class)
                .one());
    }

    /**
     * Changes what isn't null; false if somebody else was faster. Whoever was paused begins with what comes from now on: nobody
     * wants to be told of what is long past.
     */
    boolean change(UUID id, SubscriptionChange change) {
        return jdbi.withHandle(handle -> {
            Update update = handle.createUpdate("""
                            UPDATE notification_subscription SET enabled = coalesce(:enabled, enabled), name = coalesce(:name, name),
                                   address = coalesce(:address, address), topics = coalesce(:topics, topics),
                                   anchor = CASE WHEN :anchor::text IS NULL THEN anchor ELSE nullif(:anchor, '') END,
                                   least = coalesce(:least, least), language = coalesce(:language, language),
                                   branch = CASE WHEN :branch::text IS NULL THEN branch ELSE nullif(:branch, '') END,
                                   version = version + 1, failures = 0, next_at = :now,
                                   bookmark = CASE WHEN enabled THEN bookmark ELSE :newest END
                            WHERE id = :id AND version = :version""")
                    .bind("enabled", change.enabled())
                    .bind("name", stripped(change.name()))
                    .bind("address", change.address())
                    .bind("anchor", stripped(change.anchor()))
                    .bind("least", change.leastSeverity() == null ? null : number(change.leastSeverity()))
                    .bind("language", change.language())
                    .bind("branch", stripped(change.branchPath()))
                    .bind("now", Times.sql(clock.instant()))
                    .bind("newest", NoticeBoard.newest(handle))
                    .bind("id", id)
                    .bind("version", change.version());
            return (change.topics() == null
                                    ? update.bindNull("topics", Types.ARRAY)
                                    : update.bindArray("topics", String.class, names(change.topics())))
                            .execute()
                    == 1;
        });
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : text.strip();
    }

    private static int number(String severity) {
        return Severity.valueOf(severity).getNumber();
    }

    private static Object[] names(List<Topic> topics) {
        return topics.stream().distinct().map(Topic::name).toArray(String[]::new);
    }

    boolean delete(UUID id) {
        return jdbi.withHandle(handle -> handle.createUpdate("DELETE FROM notification_subscription WHERE id = :id")
                        .bind("id", id)
                        .execute()
                == 1);
    }

    /** Those that have something to hear and may be tried. */
    List<UUID> due() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT id FROM notification_subscription
                        WHERE enabled AND next_at <= :now AND bookmark < (SELECT coalesce(max(id), 0) FROM notice)
                        ORDER BY next_at""")
                .bind("now", Times.sql(clock.instant()))
                .mapTo(UUID.class)
                .list());
    }

    /** The subscription, held against every other replica until the transaction ends; empty: another has it, or it is gone. */
    Optional<Subscription> hold(Handle handle, UUID id) {
        return handle.createQuery(
                        "SELECT * FROM notification_subscription WHERE id = :id AND enabled FOR UPDATE SKIP LOCKED")
                .bind("id", id)
                .map((row, context) -> subscription(row))
                .findOne();
    }

    void told(Handle handle, UUID id, long bookmark, int count) {
        handle.createUpdate("""
                        UPDATE notification_subscription SET bookmark = :bookmark, delivered = delivered + :count, failures = 0,
                               delivered_at = CASE WHEN :count > 0 THEN :now ELSE delivered_at END
                        WHERE id = :id""")
                .bind("bookmark", bookmark)
                .bind("count", count)
                .bind("now", Times.sql(clock.instant()))
                .bind("id", id)
                .execute();
    }

    void failed(Handle handle, UUID id, String failure, Duration pause) {
        Instant now = clock.instant();
        handle.createUpdate("""
                        UPDATE notification_subscription SET failures = failures + 1, failed_at = :now, failure = :failure,
                               next_at = :next WHERE id = :id""")
                .bind("now", Times.sql(now))
                .bind("failure", failure.substring(0, Math.min(failure.length(), MAX_FAILURE)))
                .bind("next", Times.sql(now.plus(pause)))
                .bind("id", id)
                .execute();
    }

    private static String purpose(UUID id) {
        return "notification " + id;
    }

    private Subscription subscription(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] secret = row.getBytes("secret");
        return new Subscription(
                id,
                row.getString("name"),
                Transport.valueOf(row.getString("transport")),
                row.getString("address"),
                row.getString("anchor"),
                secret == null ? null : box.open(purpose(id), secret),
                topics(row),
                least(row),
                row.getString("branch"),
                "ja".equals(row.getString("language")),
                row.getLong("bookmark"),
                row.getInt("failures"));
    }

    private static SubscriptionView view(ResultSet row) throws SQLException {
        return new SubscriptionView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                Transport.valueOf(row.getString("transport")),
                row.getString("address"),
                row.getString("anchor") != null,
                topics(row),
                least(row).name(),
                row.getString("branch"),
                row.getString("language"),
                row.getBoolean("enabled"),
                row.getLong("delivered"),
                Times.instantOrNull(row, "delivered_at"),
                row.getInt("failures"),
                Times.instantOrNull(row, "failed_at"),
                row.getString("failure"),
                row.getLong("version"));
    }

    private static List<Topic> topics(ResultSet row) throws SQLException {
        return Arrays.stream((String[]) row.getArray("topics").getArray())
                .map(Topic::valueOf)
                .toList();
    }

    private static Severity least(ResultSet row) throws SQLException {
        Severity known = Severity.forNumber(row.getInt("least"));
        return known == null ? Severity.LOW : known;
    }
}
