package org.sekisho.control.terminal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.sekisho.control.store.Times;
import org.sekisho.v1.ChannelState;

/** How channels stood on terminals, and from when until when: each change of a mode ends one row and begins the next. */
final class ChannelHistory {
    private static final int MAX_DETAIL = 1_000;
    private static final String TOLD =
            "unnest(:terminals, :channels, :modes, :details) AS n (terminal, channel, mode, detail)";

    private ChannelHistory() {}

    /** What these terminals say of their channels now. Joins the handle's transaction. */
    static void write(Handle handle, Map<String, List<ChannelState>> told, Instant now) {
        List<Row> rows = new ArrayList<>();
        // In the terminals' order, so that two replicas never wait for each other in a circle; of a channel the last
        // word counts.
        new TreeMap<>(told).forEach((terminal, states) -> {
            Map<Integer, ChannelState> last = new TreeMap<>();
            states.forEach(state -> last.put(state.getChannelValue(), state));
            last.forEach((channel, state) ->
                    rows.add(new Row(terminal, channel, state.getModeValue(), storable(state.getDetail()))));
        });
        if (rows.isEmpty()) {
            return;
        }
        bound(
                        rows,
                        handle.createUpdate(
                                "UPDATE channel_state s SET until_at = :now FROM " + TOLD
                                        + " WHERE s.terminal = n.terminal AND s.channel = n.channel AND s.until_at IS NULL AND s.mode <> n.mode"))
                .bind("now", Times.sql(now))
                .execute();
        bound(rows, handle.createUpdate("""
                        INSERT INTO channel_state (terminal, channel, mode, detail, from_at)
                        SELECT n.terminal, n.channel, n.mode, n.detail, :now FROM %s
                        ON CONFLICT (terminal, channel) WHERE until_at IS NULL
                        DO UPDATE SET detail = excluded.detail WHERE channel_state.detail <> excluded.detail""".formatted(TOLD)))
                .bind("now", Times.sql(now))
                .execute();
    }

    private static <S extends SqlStatement<S>> S bound(List<Row> rows, S statement) {
        return statement
                .bindArray(
                        "terminals",
                        String.class,
                        rows.stream().map(Row::terminal).toArray())
                .bindArray(
                        "channels",
                        Integer.class,
                        rows.stream().map(Row::channel).toArray())
                .bindArray("modes", Integer.class, rows.stream().map(Row::mode).toArray())
                .bindArray(
                        "details", String.class, rows.stream().map(Row::detail).toArray());
    }

    /** PostgreSQL keeps no NUL. */
    private static String storable(String text) {
        String clean = text.replace("\0", "");
        return clean.length() <= MAX_DETAIL ? clean : clean.substring(0, MAX_DETAIL);
    }

    private record Row(String terminal, int channel, int mode, String detail) {}
}
