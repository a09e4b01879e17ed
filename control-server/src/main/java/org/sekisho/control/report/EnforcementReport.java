package org.sekisho.control.report;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.report.ReportContent.Cell;
import org.sekisho.control.report.ReportContent.Facts;
import org.sekisho.control.report.ReportContent.Part;
import org.sekisho.control.rest.WireNames;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Channel;

/** 適用状況: which terminals enforced what at the end of a day, from what they had read back and told by then. */
@Singleton
class EnforcementReport implements ReportWriter {
    private static final List<Channel> CHANNELS = Stream.of(Channel.values())
            .filter(channel -> channel != Channel.CHANNEL_UNSPECIFIED && channel != Channel.UNRECOGNIZED)
            .toList();
    /** By org.sekisho.v1.ChannelMode. */
    private static final List<String> MODES = List.of(
            "mode.UNKNOWN", "mode.ENFORCED", "mode.AUDIT_ONLY", "mode.UNSUPPORTED", "mode.FAILED", "mode.INACTIVE");

    private static final int FAILED = 4;

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    EnforcementReport(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    @Override
    public ReportKind kind() {
        return ReportKind.ENFORCEMENT;
    }

    @Override
    public ReportContent write(ReportOrder order, Progress progress) {
        Instant at = order.end().isBefore(clock.instant()) ? order.end() : clock.instant();
        progress.step(0, 2);
        List<Standing> standings = jdbi.withHandle(handle -> standings(handle, order.reach(), at));
        progress.step(1, 2);
        Instant since = jdbi.withHandle(EnforcementReport::since);
        ReportContent content = new ReportContent(List.of(
                Part.facts(
                        "summary",
                        new Facts()
                                .add("at", Cell.time(at))
                                .add("terminals", Cell.number(standings.size()))
                                .add("enforcing", Cell.number(count(standings, true)))
                                .add("notEnforcing", Cell.number(count(standings, false)))
                                .add("channelsKnownSince", Cell.time(since))),
                divisions(standings),
                terminals(standings)));
        progress.step(2, 2);
        return content;
    }

    private static long count(List<Standing> standings, boolean enforcing) {
        return standings.stream()
                .filter(standing -> standing.isEnforcing() == enforcing)
                .count();
    }

    private static Part divisions(List<Standing> standings) {
        Map<String, List<Standing>> byUnit = new TreeMap<>();
        standings.forEach(standing ->
                byUnit.computeIfAbsent(standing.unit, any -> new ArrayList<>()).add(standing));
        return Part.of(
                "byDivision",
                List.of("division", "terminals", "enforcing", "notEnforcing"),
                byUnit.entrySet().stream()
                        .map(entry -> List.of(
                                Cell.unit(entry.getKey()),
                                Cell.number(entry.getValue().size()),
                                Cell.number(count(entry.getValue(), true)),
                                Cell.number(count(entry.getValue(), false))))
                        .toList());
    }

    private static Part terminals(List<Standing> standings) {
        List<String> columns = new ArrayList<>(List.of("host", "division", "revision", "intended", "result"));
        CHANNELS.forEach(channel -> columns.add("channel." + channel.name()));
        return Part.of(
                "byTerminal", columns, standings.stream().map(Standing::cells).toList());
    }

    static List<Standing> standings(Handle handle, Reach reach, Instant at) {
        return reach.bind(handle.createQuery("""
                                SELECT t.host, coalesce(t.org_unit, '') AS org_unit,
                                       coalesce((SELECT max(r.revision) FROM rollout r WHERE r.terminal = t.id AND r.segment = t.segment
                                                 AND r.progress = 3 AND r.at <= :at), 0) AS running,
                                       coalesce((SELECT max(p.revision) FROM policy p WHERE p.segment = t.segment AND p.published_at <= :at
                                                 AND policy_meant_for(p.segment, p.revision, t)), 0) AS intended,
                                       (SELECT array_agg(c.channel || ':' || c.mode) FROM channel_state c WHERE c.terminal = t.id
                                        AND c.from_at <= :at AND coalesce(c.until_at > :at, true)) AS channels
                                FROM terminal t
                                WHERE t.enrolled_at <= :at AND coalesce(t.revoked_at > :at, true) AND %s
                                ORDER BY t.org_unit NULLS FIRST, t.host, t.id""".formatted(reach.condition("t.org_unit")))
                        .bind("at", Times.sql(at)))
                .map((row, context) -> Standing.of(row))
                .list();
    }

    private static Instant since(Handle handle) {
        return handle.createQuery("SELECT coalesce(min(from_at), now()) AS since FROM channel_state")
                .map((row, context) -> Times.instant(row, "since"))
                .one();
    }

    /** @param modes by channel's number */
    record Standing(String host, String unit, long running, long intended, Map<Integer, Integer> modes) {
        static Standing of(ResultSet row) throws SQLException {
            Map<Integer, Integer> modes = new TreeMap<>();
            java.sql.Array told = row.getArray("channels");
            if (told != null) {
                for (String one : (String[]) told.getArray()) {
                    String[] parts = one.split(":", 2);
                    modes.put(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
                }
            }
            return new Standing(
                    row.getString("host"),
                    row.getString("org_unit"),
                    row.getLong("running"),
                    row.getLong("intended"),
                    modes);
        }

        /** It runs what it should, and no channel that should be guarded isn't. */
        boolean isEnforcing() {
            return running > 0 && running >= intended && !modes.containsValue(FAILED);
        }

        List<Cell> cells() {
            List<Cell> cells = new ArrayList<>(List.of(
                    Cell.text(host),
                    Cell.unit(unit),
                    Cell.number(running),
                    Cell.number(intended),
                    Cell.word(isEnforcing() ? "enforcing" : "notEnforcing")));
            for (Channel channel : CHANNELS) {
                Integer mode = modes.get(channel.getNumber());
                cells.add(
                        mode == null
                                ? Cell.text("")
                                : Cell.word(MODES.get(mode < MODES.size() ? Math.max(0, mode) : 0)));
            }
            return cells;
        }
    }

    static Cell channel(int number) {
        return Cell.word("channel." + WireNames.channel(number));
    }
}
