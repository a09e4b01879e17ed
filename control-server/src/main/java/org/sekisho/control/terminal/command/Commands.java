package org.sekisho.control.terminal.command;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;
import org.sekisho.control.terminal.command.CommandsResource.CommandView;
import org.sekisho.v1.Command;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.CommandKind;
import org.sekisho.v1.CommandState;

/** Commands in the database. Thread-safe; joins the caller's transaction. */
@Singleton
public class Commands {
    /** As many as a terminal that was away is given when it comes back; also what its agent lets wait. */
    static final int MOST_OPEN = 16;

    private static final int MOST_DETAIL = 500;

    private final Jdbi jdbi;
    private final Clock clock;

    @Inject
    Commands(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Whether there is such a terminal within reach; and whether it still is in use. */
    Optional<Boolean> isUsed(Reach reach, String terminal) {
        return jdbi.withHandle(handle -> reach.bind(
                        handle.createQuery("SELECT revoked_at IS NULL AS used FROM terminal WHERE id = :id AND "
                                        + reach.condition("org_unit"))
                                .bind("id", terminal))
                .mapTo(Boolean.class)
                .findOne());
    }

    /** Gives the terminal an order; it is sent once this transaction is committed. Empty: too many wait already. */
    Optional<CommandView> order(
            String terminal, CommandKind kind, String text, String reason, String by, Instant expiresAt) {
        return jdbi.withHandle(handle -> {
            // The row's lock makes those who order at once take turns.
            long number = handle.createQuery("UPDATE terminal SET command_number = command_number + 1 WHERE id = :id"
                            + " RETURNING command_number")
                    .bind("id", terminal)
                    .mapTo(Long.class)
                    .one();
            if (open(terminal).size() >= MOST_OPEN) {
                return Optional.empty();
            }
            CommandView view = handle.createQuery("""
                            INSERT INTO command (terminal, number, kind, text, reason, ordered_by, ordered_at, expires_at)
                            VALUES (:terminal, :number, :kind, :text, :reason, :by, :now, :expires) RETURNING *""")
                    .bind("terminal", terminal)
                    .bind("number", number)
                    .bind("kind", kind.getNumber())
                    .bind("text", text)
                    .bind("reason", reason)
                    .bind("by", by)
                    .bind("now", Times.sql(clock.instant()))
                    .bind("expires", Times.sql(expiresAt))
                    .map((row, context) -> view(row))
                    .one();
            Notifications.tell(handle, Topic.COMMAND, terminal);
            return Optional.of(view);
        });
    }

    /** What the terminal has not answered to the end and may still do, in order. */
    public List<Command> open(String terminal) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM command WHERE terminal = :terminal"
                        + " AND done_at IS NULL AND expires_at > :now ORDER BY number")
                .bind("terminal", terminal)
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> Command.newBuilder()
                        .setNumber(row.getLong("number"))
                        .setKind(Optional.ofNullable(CommandKind.forNumber(row.getInt("kind")))
                                .orElse(CommandKind.COMMAND_KIND_UNSPECIFIED))
                        .setText(row.getString("text"))
                        .setExpiresMicros(ChronoUnit.MICROS.between(Instant.EPOCH, Times.instant(row, "expires_at")))
                        .build())
                .list());
    }

    /** The terminal has it, or says what became of it. What was answered to the end stays as it is. */
    public void answered(String terminal, CommandAck ack) {
        boolean delivered = ack.getState() == CommandState.COMMAND_DELIVERED;
        String detail = ack.getDetail().replace("\0", "");
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE command SET state = greatest(state, :state), detail = :detail,"
                                + " delivered_at = coalesce(delivered_at, :now)"
                                + (delivered ? "" : ", done_at = :now")
                                + " WHERE terminal = :terminal AND number = :number AND done_at IS NULL")
                .bind("state", Math.clamp(ack.getStateValue(), 0, Short.MAX_VALUE))
                .bind("detail", detail.substring(0, Math.min(MOST_DETAIL, detail.length())))
                .bind("now", Times.sql(clock.instant()))
                .bind("terminal", terminal)
                .bind("number", ack.getNumber())
                .execute());
    }

    /** Newest first. */
    List<CommandView> newest(String terminal, long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM command WHERE terminal = :terminal"
                        + " AND number < :before ORDER BY number DESC LIMIT :limit")
                .bind("terminal", terminal)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> view(row))
                .list());
    }

    private CommandView view(ResultSet row) throws SQLException {
        CommandKind kind = CommandKind.forNumber(row.getInt("kind"));
        Instant expiresAt = Times.instant(row, "expires_at");
        Instant doneAt = Times.instantOrNull(row, "done_at");
        boolean over = doneAt == null && !expiresAt.isAfter(clock.instant());
        return new CommandView(
                row.getLong("number"),
                kind == null ? "UNKNOWN" : kind.name(),
                row.getString("text"),
                row.getString("reason"),
                row.getString("ordered_by"),
                Times.instant(row, "ordered_at"),
                expiresAt,
                over ? CommandView.State.EXPIRED : CommandView.State.ofWire(row.getInt("state")),
                row.getString("detail"),
                Times.instantOrNull(row, "delivered_at"),
                doneAt);
    }
}
