package org.sekisho.control.permit;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.media.Device;
import org.sekisho.control.media.MediaResource.EventRef;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.permit.PermitView.Delivery;
import org.sekisho.control.permit.PermitView.Direction;
import org.sekisho.control.permit.PermitView.State;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.Segment;

/** Permits in the database. Thread-safe; joins the caller's transaction. */
@Singleton
class PermitStore {
    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    PermitStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private static String select(Reach reach) {
        return """
            SELECT p.*, t.host, t.org_unit, m.name AS medium_name, b.revision AS book_revision, b.acked_revision, b.refusal, b.detail,
                   CASE WHEN p.revoked_at IS NOT NULL THEN 'REVOKED' WHEN p.until_at <= :now THEN 'ENDED'
                        WHEN p.uses > 0 AND p.used >= p.uses THEN 'USED_UP' WHEN p.from_at > :now THEN 'UPCOMING' ELSE 'ACTIVE' END AS state
            FROM permit p JOIN terminal t ON t.id = p.terminal LEFT JOIN permit_book b ON b.terminal = p.terminal
            LEFT JOIN medium m ON m.id = p.medium
            WHERE %s""".formatted(reach.condition("t.org_unit"));
    }

    /** Newest grant first; those after {@code from} only. */
    List<PermitView> list(Reach reach, Filter filter, int limit, @Nullable List<String> from) {
        List<String> conditions = new ArrayList<>();
        if (filter.terminal() != null) {
            conditions.add("p.terminal = :terminal");
        }
        if (filter.user() != null) {
            conditions.add("lower(p.user_name) = lower(:user)");
        }
        if (from != null) {
            conditions.add("(p.granted_at, p.id) < (:at::timestamptz, :id::uuid)");
        }
        String where = conditions.isEmpty() ? "" : " AND " + String.join(" AND ", conditions);
        String states = filter.state() == null ? "" : " WHERE s.state = :state";
        return jdbi.withHandle(handle -> {
            var query = reach.bind(handle.createQuery("SELECT * FROM (" + select(reach) + where + ") AS s" + states
                            + " ORDER BY granted_at DESC, id DESC LIMIT :limit")
                    .bind("now", Times.sql(clock.instant()))
                    .bind("limit", limit));
            if (filter.terminal() != null) {
                query.bind("terminal", filter.terminal());
            }
            if (filter.user() != null) {
                query.bind("user", filter.user());
            }
            if (filter.state() != null) {
                query.bind("state", filter.state().name());
            }
            if (from != null) {
                query.bind("at", from.get(0)).bind("id", from.get(1));
            }
            return query.map((row, context) -> view(row)).list();
        });
    }

    /** One permit; empty: not there, or of another branch's terminal. */
    Optional<PermitView> find(Reach reach, UUID id) {
        return jdbi.withHandle(handle -> reach.bind(handle.createQuery(select(reach) + " AND p.id = :id")
                        .bind("now", Times.sql(clock.instant()))
                        .bind("id", id))
                .map((row, context) -> view(row))
                .findOne());
    }

    /** The segment of an enrolled terminal; empty: not there, revoked, or of another branch. */
    Optional<Segment> segment(Reach reach, String terminal) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery("SELECT segment FROM terminal WHERE id = :id AND revoked_at IS NULL AND "
                                        + reach.condition("org_unit"))
                                .bind("id", terminal))
                .map((row, context) -> Segment.forNumber(row.getInt("segment")))
                .findOne());
    }

    /** Permits of the terminal that have neither ended nor been revoked, in the order in which they were granted. */
    List<PermitGrant> open(Handle handle, String terminal) {
        return handle.createQuery("""
                        SELECT granted FROM permit WHERE terminal = :terminal AND revoked_at IS NULL AND until_at > :now
                        ORDER BY granted_at, id""")
                .bind("terminal", terminal)
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> granted(row))
                .list();
    }

    void insert(Handle handle, Granting granting, long bookRevision) {
        PermitGrant grant = granting.grant();
        EventRef event = granting.event();
        handle.createUpdate("""
                        INSERT INTO permit (id, terminal, user_name, granted, channel, medium, from_at, until_at, uses, reason, granted_by,
                                            granted_at, event_terminal, event_seq, book_from)
                        VALUES (:id, :terminal, :user, :granted, :channel, :medium::uuid, :from, :until, :uses, :reason, :by, :now,
                                :eventTerminal, :eventSeq, :book)""")
                .bind("id", UUID.fromString(grant.getId()))
                .bind("terminal", grant.getTerminal())
                .bind("user", grant.getUser())
                .bind("granted", grant.toByteArray())
                .bind("channel", grant.getChannelValue())
                .bind("medium", granting.medium())
                .bind("from", Times.sql(granting.from()))
                .bind("until", Times.sql(granting.until()))
                .bind("uses", grant.getUses())
                .bind("reason", granting.reason())
                .bind("by", granting.by())
                .bind("now", Times.sql(clock.instant()))
                .bind("eventTerminal", event == null ? null : event.terminal())
                .bind("eventSeq", event == null ? null : event.seq())
                .bind("book", bookRevision)
                .execute();
    }

    /** Marks it revoked; false: it has ended, or was revoked before. */
    boolean revoke(Handle handle, UUID id, String by, String reason, long bookRevision) {
        return handle.createUpdate("""
                                UPDATE permit SET revoked_at = :now, revoked_by = :by, revoke_reason = :reason, book_until = :book
                                WHERE id = :id AND revoked_at IS NULL AND until_at > :now""")
                        .bind("now", Times.sql(clock.instant()))
                        .bind("by", by)
                        .bind("reason", reason)
                        .bind("book", bookRevision)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** Permits on a medium that can still be used. */
    List<Held> onMedium(Handle handle, UUID medium) {
        return handle.createQuery(
                        "SELECT id, terminal FROM permit WHERE medium = :medium AND revoked_at IS NULL AND until_at > :now")
                .bind("medium", medium)
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> new Held(row.getObject("id", UUID.class), row.getString("terminal")))
                .list();
    }

    private static PermitGrant granted(ResultSet row) throws SQLException {
        try {
            return PermitGrant.parseFrom(row.getBytes("granted"));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("A stored permit cannot be read", e);
        }
    }

    private static PermitView view(ResultSet row) throws SQLException {
        PermitGrant grant = granted(row);
        Delivery delivery = delivery(row);
        String eventTerminal = row.getString("event_terminal");
        return new PermitView(
                row.getObject("id", UUID.class),
                grant.getTerminal(),
                row.getString("host"),
                row.getString("org_unit"),
                grant.getUser(),
                WireNames.channel(grant.getChannelValue()),
                grant.getDirection() == PermitDirection.INWARD ? Direction.INWARD : Direction.OUTWARD,
                grant.getRulesList(),
                grant.hasDevice() ? Device.of(grant.getDevice()) : null,
                row.getObject("medium", UUID.class),
                row.getString("medium_name"),
                grant.getFileSha256List(),
                grant.getFileNamesList(),
                Times.instant(row, "from_at"),
                Times.instant(row, "until_at"),
                row.getInt("uses"),
                row.getInt("used"),
                Times.instantOrNull(row, "used_at"),
                row.getString("reason"),
                row.getString("granted_by"),
                Times.instant(row, "granted_at"),
                row.getString("revoked_by"),
                Times.instantOrNull(row, "revoked_at"),
                row.getString("revoke_reason"),
                State.valueOf(row.getString("state")),
                delivery,
                delivery == Delivery.REFUSED
                        ? Refusal.forNumber(row.getInt("refusal")) + ": " + row.getString("detail")
                        : null,
                eventTerminal == null ? null : new EventRef(eventTerminal, row.getLong("event_seq")));
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        long acked = row.getLong("acked_revision");
        long until = row.getLong("book_until");
        boolean revoked = !row.wasNull();
        if (acked >= (revoked ? until : row.getLong("book_from"))) {
            return revoked ? Delivery.WITHDRAWN : Delivery.IN_FORCE;
        }
        return row.getInt("refusal") == 0 ? Delivery.PENDING : Delivery.REFUSED;
    }

    /** What a list is narrowed to. */
    record Filter(
            @Nullable State state,
            @Nullable String terminal,
            @Nullable String user) {}

    /** A permit that can still be used. */
    record Held(UUID id, String terminal) {}

    /** A permit that is to be granted. */
    record Granting(
            PermitGrant grant,
            @Nullable UUID medium,
            Instant from,
            Instant until,
            String reason,
            String by,
            @Nullable EventRef event) {}
}
