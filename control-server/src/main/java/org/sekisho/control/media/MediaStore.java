package org.sekisho.control.media;

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
import org.sekisho.control.media.MediumView.Sighting;
import org.sekisho.control.media.MediumView.State;
import org.sekisho.control.media.MediumView.Warning;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaClass;

/** Media in the database. Thread-safe; joins the caller's transaction. */
@Singleton
public class MediaStore {
    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    MediaStore(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    private static String select(Reach reach) {
        String seen = reach.condition("t.org_unit");
        return """
            SELECT m.*, CASE WHEN %s THEN m.seen_terminal END AS shown_terminal, CASE WHEN %s THEN t.host END AS shown_host,
                   CASE WHEN %s THEN m.seen_user END AS shown_user,
                   EXISTS (SELECT 1 FROM medium o WHERE o.id <> m.id AND o.state <> 'WITHDRAWN' AND m.state <> 'WITHDRAWN'
                           AND (m.device_hash <> '' AND o.device_hash = m.device_hash
                                OR m.serial <> '' AND o.vendor_id = m.vendor_id AND o.product_id = m.product_id
                                   AND o.serial = m.serial)) AS shared
            FROM medium m LEFT JOIN terminal t ON t.id = m.seen_terminal
            WHERE %s""".formatted(seen, seen, seen, reach.condition("m.owner"));
    }

    /** By name, those after {@code from} only. */
    List<MediumView> list(Reach reach, Filter filter, int limit, @Nullable List<String> from) {
        List<String> conditions = new ArrayList<>();
        if (filter.segment() != null) {
            conditions.add("m.segment = :segment");
        }
        if (filter.state() != null) {
            conditions.add(
                    filter.state() == State.EXPIRED
                            ? "m.state = 'IN_USE' AND m.expires_at <= :now"
                            : filter.state() == State.IN_USE
                                    ? "m.state = 'IN_USE' AND (m.expires_at IS NULL OR m.expires_at > :now)"
                                    : "m.state = :state");
        }
        if (filter.text() != null) {
            conditions.add(
                    "(strpos(lower(m.name), lower(:q)) > 0 OR strpos(lower(m.serial), lower(:q)) > 0"
                            + " OR strpos(lower(coalesce(m.owner, '')), lower(:q)) > 0 OR strpos(lower(m.note), lower(:q)) > 0)");
        }
        if (from != null) {
            conditions.add("(m.name, m.id) > (:afterName, :afterId::uuid)");
        }
        String where = conditions.isEmpty() ? "" : " AND " + String.join(" AND ", conditions);
        return jdbi.withHandle(handle -> {
            var query = reach.bind(handle.createQuery(select(reach) + where + " ORDER BY m.name, m.id LIMIT :limit")
                    .bind("limit", limit));
            if (filter.segment() != null) {
                query.bind("segment", filter.segment());
            }
            if (filter.state() != null) {
                query.bind("now", Times.sql(clock.instant()))
                        .bind("state", filter.state().name());
            }
            if (filter.text() != null) {
                query.bind("q", filter.text());
            }
            if (from != null) {
                query.bind("afterName", from.get(0)).bind("afterId", from.get(1));
            }
            return query.map((row, context) -> view(row)).list();
        });
    }

    /** One medium; empty: not there, or of another branch. */
    public Optional<MediumView> find(Reach reach, UUID id) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery(select(reach) + " AND m.id = :id").bind("id", id))
                .map((row, context) -> view(row))
                .findOne());
    }

    /** Names of media that are not withdrawn and are this device too, in any branch. */
    static boolean isTaken(Handle handle, int segment, DeviceIdentity device) {
        return handle.createQuery("""
                        SELECT EXISTS (SELECT 1 FROM medium WHERE segment = :segment AND state <> 'WITHDRAWN'
                               AND device_hash = :hash AND vendor_id = :vendor AND product_id = :product AND serial = :serial)""")
                .bind("segment", segment)
                .bind("hash", device.getDeviceHash())
                .bind("vendor", device.getVendorId())
                .bind("product", device.getProductId())
                .bind("serial", device.getSerial())
                .mapTo(Boolean.class)
                .one();
    }

    /** How many the segment's register would hold. */
    static int count(Handle handle, int segment) {
        return handle.createQuery("SELECT count(*) FROM medium WHERE segment = :segment AND state <> 'WITHDRAWN'")
                .bind("segment", segment)
                .mapTo(Integer.class)
                .one();
    }

    void insert(Handle handle, UUID id, MediumDraft draft, String by, Instant now) {
        handle.createUpdate("""
                        INSERT INTO medium (id, segment, name, device_hash, vendor_id, product_id, serial, media_class, owner, note,
                                            expires_at, state_at, registered_by, registered_at)
                        VALUES (:id, :segment, :name, :hash, :vendor, :product, :serial, :class, :owner, :note, :expires, :now, :by, :now)""")
                .bind("id", id)
                .bind("segment", draft.segment().getNumber())
                .bind("name", draft.name())
                .bind("hash", draft.device().getDeviceHash())
                .bind("vendor", draft.device().getVendorId())
                .bind("product", draft.device().getProductId())
                .bind("serial", draft.device().getSerial())
                .bind("class", draft.mediaClass().getNumber())
                .bind("owner", draft.owner())
                .bind("note", draft.note())
                .bind("expires", draft.expiresAt() == null ? null : Times.sql(draft.expiresAt()))
                .bind("by", by)
                .bind("now", Times.sql(now))
                .execute();
    }

    /** Changes a medium; false: somebody else was faster. */
    boolean update(Handle handle, MediumView after, long version, boolean stateChanged) {
        return handle.createUpdate("""
                                UPDATE medium SET name = :name, owner = :owner, note = :note, expires_at = :expires, state = :state,
                                       state_reason = :reason, state_at = CASE WHEN :changed THEN :now ELSE state_at END,
                                       version = version + 1
                                WHERE id = :id AND version = :version""")
                        .bind("name", after.name())
                        .bind("owner", after.owner())
                        .bind("note", after.note() == null ? "" : after.note())
                        .bind("expires", after.expiresAt() == null ? null : Times.sql(after.expiresAt()))
                        .bind("state", after.state().name())
                        .bind("reason", after.stateReason() == null ? "" : after.stateReason())
                        .bind("changed", stateChanged)
                        .bind("now", Times.sql(clock.instant()))
                        .bind("id", after.id())
                        .bind("version", version)
                        .execute()
                == 1;
    }

    private MediumView view(ResultSet row) throws SQLException {
        Instant expires = Times.instantOrNull(row, "expires_at");
        State state = State.valueOf(row.getString("state"));
        boolean expired = state == State.IN_USE && expires != null && !expires.isAfter(clock.instant());
        List<Warning> warnings = new ArrayList<>();
        if (row.getBoolean("shared")) {
            warnings.add(Warning.SAME_IDENTITY);
        }
        if (row.getString("serial").isEmpty()) {
            warnings.add(Warning.NO_SERIAL);
        }
        return new MediumView(
                row.getObject("id", UUID.class),
                WireNames.segment(row.getInt("segment")),
                row.getString("name"),
                Device.of(identity(row)),
                mediaClass(row.getInt("media_class")),
                row.getString("owner"),
                emptyToNull(row.getString("note")),
                expires,
                expired ? State.EXPIRED : state,
                emptyToNull(row.getString("state_reason")),
                Times.instant(row, "state_at"),
                row.getString("registered_by"),
                Times.instant(row, "registered_at"),
                seen(row),
                warnings,
                row.getLong("version"));
    }

    static DeviceIdentity identity(ResultSet row) throws SQLException {
        return DeviceIdentity.newBuilder()
                .setDeviceHash(row.getString("device_hash"))
                .setVendorId(row.getString("vendor_id"))
                .setProductId(row.getString("product_id"))
                .setSerial(row.getString("serial"))
                .build();
    }

    private static @Nullable Sighting seen(ResultSet row) throws SQLException {
        Instant at = Times.instantOrNull(row, "seen_at");
        return at == null
                ? null
                : new Sighting(
                        at, row.getString("shown_terminal"), row.getString("shown_host"), row.getString("shown_user"));
    }

    private static @Nullable String mediaClass(int number) {
        MediaClass known = MediaClass.forNumber(number);
        return number == 0 || known == null ? null : known.name();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** What a list is narrowed to. */
    record Filter(
            @Nullable Integer segment,
            @Nullable State state,
            @Nullable String text) {}
}
