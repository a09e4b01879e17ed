package org.sekisho.control.terminal;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.control.terminal.TerminalFilter.Conditions;
import org.sekisho.control.terminal.TerminalView.Chain;
import org.sekisho.control.terminal.TerminalView.ChannelView;
import org.sekisho.control.terminal.TerminalView.InventoryView;
import org.sekisho.control.terminal.TerminalView.Mode;
import org.sekisho.control.terminal.TerminalView.Progress;
import org.sekisho.control.terminal.TerminalView.Standing;
import org.sekisho.control.terminal.TerminalView.State;
import org.sekisho.control.terminal.TerminalsResource.TerminalPage;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Inventory;
import org.sekisho.v1.Status;

/** Reads terminals for operators. */
@Singleton
public class TerminalViews {
    /**
     * A terminal that missed this many heartbeats isn't connected, whatever a replica that was killed has left behind.
     */
    private static final int MISSED_HEARTBEATS = 3;

    /** One row a terminal, as {@code t}, with its chain, certificate, intended revision and that one's progress. */
    static final String ROWS = """
            FROM terminal t
            JOIN chain_head h ON h.terminal = t.id
            LEFT JOIN LATERAL (SELECT CASE WHEN s.state IN ('PILOT', 'STOPPED') THEN policy_intended(t) ELSE n.revision END AS revision
                               FROM (SELECT max(revision) AS revision FROM policy WHERE segment = t.segment) n
                               LEFT JOIN policy_stage s ON s.segment = t.segment AND s.revision = n.revision) p ON true
            LEFT JOIN rollout r ON r.segment = t.segment AND r.revision = p.revision AND r.terminal = t.id
            LEFT JOIN LATERAL (SELECT serial, expires_at FROM certificate WHERE terminal = t.id AND revoked_at IS NULL
                               ORDER BY expires_at DESC LIMIT 1) c ON true
            """;

    private static final String SELECT = """
            SELECT t.*, h.seq, h.broken_at, p.revision AS intended, r.progress, r.detail AS progress_detail,
                   c.serial AS certificate_serial, c.expires_at AS certificate_expires_at,
                   (SELECT count(*) FROM alarm a WHERE a.terminal = t.id AND a.cleared_at IS NULL) AS alarms""";

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
        return jdbi.withHandle(handle -> {
            List<String> groups = handle.createQuery(
                            "SELECT g.name FROM terminal_in_group i JOIN terminal_group g ON g.id = i.grp"
                                    + " WHERE i.terminal = :id ORDER BY g.name")
                    .bind("id", id)
                    .mapTo(String.class)
                    .list();
            return reach.bind(handle.createQuery(
                                    SELECT + " " + ROWS + " WHERE t.id = :id AND " + reach.condition("t.org_unit"))
                            .bind("id", id))
                    .map((row, context) -> view(row, groups))
                    .findOne();
        });
    }

    TerminalPage page(Reach reach, TerminalQuery query) {
        TerminalSort sort = TerminalSort.of(query.sort);
        Conditions conditions = query.conditions();
        List<String> all = new ArrayList<>(conditions.all());
        List<String> from = query.after == null ? List.of() : Cursor.read(query.after, 2);
        if (!from.isEmpty()) {
            all.add(sort.behind());
        }
        List<Keyed> found = jdbi.withHandle(handle -> {
            Query select = handle.createQuery(SELECT + ", (" + sort.expression() + ")::text AS sort_key "
                            + where(reach, all) + sort.order() + " LIMIT :limit")
                    .bind("limit", query.limit + 1);
            if (!from.isEmpty()) {
                select.bind("key", from.get(0)).bind("id", from.get(1));
            }
            return bound(select, reach, conditions)
                    .map((row, context) -> new Keyed(row.getString("sort_key"), view(row, List.of())))
                    .list();
        });
        List<TerminalView> items =
                found.stream().limit(query.limit).map(Keyed::view).toList();
        if (found.size() <= query.limit) {
            return new TerminalPage(items, null);
        }
        Keyed last = found.get(query.limit - 1);
        return new TerminalPage(items, Cursor.of(last.key(), last.view().id()));
    }

    private record Keyed(String key, TerminalView view) {}

    /** The same terminals as {@link #page} lists, in figures. */
    public TerminalSummary summary(Reach reach, TerminalFilter filter) {
        Conditions conditions = filter.conditions();
        String used = "t.revoked_at IS NULL";
        String figures = "SELECT " + count(used, "total")
                + ", " + count(used + " AND " + Standing.CONNECTED.condition(), "connected")
                + ", " + count(used + " AND " + Standing.AWAY.condition(), "away")
                + ", " + count(used + " AND " + Standing.ENFORCED.condition(), "enforced")
                + ", " + count(used + " AND " + Standing.LAGGING.condition(), "lagging")
                + ", " + count(used + " AND " + Standing.FAILED.condition(), "failed")
                + ", " + count(used + " AND " + Standing.ISOLATED.condition(), "isolated")
                + ", " + count(used + " AND " + Standing.ALARMED.condition(), "alarmed")
                + ", " + count(State.WAITING.condition(), "waiting")
                + ", " + count(State.REVOKED.condition(), "revoked")
                + ", " + count(State.RETIRED.condition(), "retired") + " ";
        return jdbi.withHandle(handle -> bound(
                        handle.createQuery(figures + where(reach, conditions.all())), reach, conditions)
                .map((row, context) -> new TerminalSummary(
                        row.getLong("total"),
                        row.getLong("connected"),
                        row.getLong("away"),
                        row.getLong("enforced"),
                        row.getLong("lagging"),
                        row.getLong("failed"),
                        row.getLong("isolated"),
                        row.getLong("alarmed"),
                        row.getLong("waiting"),
                        row.getLong("revoked"),
                        row.getLong("retired")))
                .one());
    }

    private static String count(String condition, String name) {
        return "count(*) FILTER (WHERE " + condition + ") AS " + name;
    }

    private static String where(Reach reach, List<String> conditions) {
        List<String> all = new ArrayList<>(conditions);
        all.add(reach.condition("t.org_unit"));
        return ROWS + " WHERE " + String.join(" AND ", all);
    }

    /** {@code silent} is a parameter of some conditions and not of others. */
    private Query bound(Query query, Reach reach, Conditions conditions) {
        conditions.values().forEach(query::bind);
        query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        return reach.bind(query.bind("silent", Times.sql(clock.instant().minus(silence))));
    }

    private TerminalView view(ResultSet row, List<String> groups) throws SQLException {
        Status status = status(row.getBytes("status"));
        Inventory inventory = status.getInventory();
        Instant contact = Times.instantOrNull(row, "last_contact_at");
        boolean connected = row.getString("replica") != null
                && contact != null
                && contact.plus(silence).isAfter(clock.instant());
        return new TerminalView(
                row.getString("id"),
                row.getString("host"),
                WireNames.segment(row.getInt("segment")),
                row.getString("org_unit"),
                inventory.getUsersCount() == 0 ? null : inventory.getUsers(0),
                state(row),
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
                row.getString("certificate_serial"),
                Times.instant(row, "enrolled_at"),
                Times.instantOrNull(row, "approved_at"),
                Times.instantOrNull(row, "revoked_at"),
                row.getString("revoke_reason"),
                row.getBoolean("isolated"),
                row.getLong("alarms"),
                groups);
    }

    private static State state(ResultSet row) throws SQLException {
        if (row.getObject("retired_at") != null) {
            return State.RETIRED;
        }
        if (row.getObject("revoked_at") != null) {
            return State.REVOKED;
        }
        return row.getObject("approved_at") == null ? State.WAITING : State.ACTIVE;
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
