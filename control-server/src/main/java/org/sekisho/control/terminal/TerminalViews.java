package org.sekisho.control.terminal;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.control.terminal.TerminalView.Chain;
import org.sekisho.control.terminal.TerminalView.ChannelView;
import org.sekisho.control.terminal.TerminalView.InventoryView;
import org.sekisho.control.terminal.TerminalView.Mode;
import org.sekisho.control.terminal.TerminalView.Progress;
import org.sekisho.control.terminal.TerminalView.State;
import org.sekisho.control.terminal.TerminalsResource.TerminalPage;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Inventory;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Status;

/** Reads terminals for operators. */
@Singleton
class TerminalViews {
    /**
     * A terminal that missed this many heartbeats isn't connected, whatever a replica that was killed has left behind.
     */
    private static final int MISSED_HEARTBEATS = 3;

    private static final String SELECT = """
            SELECT t.*, h.seq, h.broken_at, p.revision AS intended, r.progress, r.detail AS progress_detail,
                   (SELECT max(c.expires_at) FROM certificate c WHERE c.terminal = t.id AND c.revoked_at IS NULL) AS certificate_expires_at
            FROM terminal t
            JOIN chain_head h ON h.terminal = t.id
            LEFT JOIN LATERAL (SELECT max(revision) AS revision FROM policy WHERE segment = t.segment) p ON true
            LEFT JOIN rollout r ON r.segment = t.segment AND r.revision = p.revision AND r.terminal = t.id
            """;

    private final Jdbi jdbi;
    private final Clock clock;
    private final Duration silence;

    @Inject
    TerminalViews(Jdbi jdbi, Clock clock, ServerSettings settings) {
        this.jdbi = jdbi;
        this.clock = clock;
        this.silence = settings.heartbeat().multipliedBy(MISSED_HEARTBEATS);
    }

    Optional<TerminalView> find(Reach reach, String id) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery(SELECT + " WHERE t.id = :id AND " + reach.condition("t.org_unit"))
                                .bind("id", id))
                .map((row, context) -> view(row))
                .findOne());
    }

    TerminalPage page(
            Reach reach,
            @Nullable State state,
            @Nullable String segment,
            @Nullable String q,
            int limit,
            @Nullable String after) {
        StringBuilder where = new StringBuilder(" WHERE " + reach.condition("t.org_unit"));
        if (state != null) {
            where.append(state == State.REVOKED ? " AND t.revoked_at IS NOT NULL" : " AND t.revoked_at IS NULL");
        }
        if (segment != null) {
            where.append(" AND t.segment = :segment");
        }
        if (q != null && !q.isBlank()) {
            where.append(
                    " AND (strpos(lower(t.host), lower(:q)) > 0 OR strpos(t.id, lower(:q)) > 0 OR strpos(coalesce(t.org_unit, ''), :q) > 0)");
        }
        List<String> from = after == null ? List.of() : Cursor.read(after, 2);
        if (after != null) {
            where.append(" AND (t.host, t.id) > (:host, :id)");
        }
        List<TerminalView> found = jdbi.withHandle(handle -> {
            var query = reach.bind(handle.createQuery(SELECT + where + " ORDER BY t.host, t.id LIMIT :limit")
                    .bind("limit", limit + 1));
            if (segment != null) {
                query.bind("segment", WireNames.parse(Segment.class, segment).getNumber());
            }
            if (q != null && !q.isBlank()) {
                query.bind("q", q.strip());
            }
            if (after != null) {
                query.bind("host", from.get(0)).bind("id", from.get(1));
            }
            return query.map((row, context) -> view(row)).list();
        });
        if (found.size() <= limit) {
            return new TerminalPage(found, null);
        }
        TerminalView last = found.get(limit - 1);
        return new TerminalPage(List.copyOf(found.subList(0, limit)), Cursor.of(last.host(), last.id()));
    }

    private TerminalView view(ResultSet row) throws SQLException {
        Status status = status(row.getBytes("status"));
        Inventory inventory = status.getInventory();
        Instant contact = Times.instantOrNull(row, "last_contact_at");
        boolean connected = row.getString("replica") != null
                && contact != null
                && contact.plus(silence).isAfter(clock.instant());
        Instant revoked = Times.instantOrNull(row, "revoked_at");
        return new TerminalView(
                row.getString("id"),
                row.getString("host"),
                WireNames.segment(row.getInt("segment")),
                row.getString("org_unit"),
                inventory.getUsersCount() == 0 ? null : inventory.getUsers(0),
                revoked == null ? State.ACTIVE : State.REVOKED,
                connected,
                contact,
                row.getLong("running_revision"),
                row.getLong("intended"),
                Progress.ofWire(row.getInt("progress")),
                row.getString("progress_detail"),
                status.getChannelsList().stream().map(TerminalViews::channel).toList(),
                row.getString("agent_version"),
                (inventory.getOs() + " " + inventory.getOsVersion()).strip(),
                status.hasInventory() ? inventory(inventory) : null,
                row.getLong("backlog"),
                row.getLong("seq"),
                row.getObject("broken_at") == null ? Chain.WHOLE : Chain.BROKEN,
                Times.instantOrNull(row, "certificate_expires_at"),
                Times.instant(row, "enrolled_at"),
                revoked,
                row.getString("revoke_reason"));
    }

    private static Status status(byte @Nullable [] stored) {
        try {
            return stored == null ? Status.getDefaultInstance() : Status.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A terminal's stored status cannot be read", e);
        }
    }

    private static ChannelView channel(ChannelState state) {
        Mode mode = switch (state.getMode()) {
            case MODE_ENFORCED -> Mode.ENFORCED;
            case MODE_AUDIT_ONLY -> Mode.AUDIT_ONLY;
            case MODE_UNSUPPORTED -> Mode.UNSUPPORTED;
            case MODE_INACTIVE -> Mode.INACTIVE;
            // What this version doesn't know is not claimed to work.
            case MODE_FAILED, CHANNEL_MODE_UNSPECIFIED, UNRECOGNIZED -> Mode.FAILED;
        };
        return new ChannelView(WireNames.channel(state.getChannelValue()), mode, state.getDetail());
    }

    private static InventoryView inventory(Inventory inventory) {
        return new InventoryView(
                inventory.getHost(),
                inventory.getOs(),
                inventory.getOsVersion(),
                inventory.getArch(),
                inventory.getAgentVersion(),
                inventory.getJavaVersion(),
                inventory.getCpu(),
                inventory.getLogicalCpus(),
                inventory.getMemoryBytes(),
                inventory.getUsersList(),
                inventory.getAddressesList(),
                inventory.getHardwareSerial());
    }
}
