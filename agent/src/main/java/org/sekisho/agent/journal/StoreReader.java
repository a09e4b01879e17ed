package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/** Reads events for the uplink, on a connection of its own, beside the writer. Thread safe: one read at a time. */
final class StoreReader implements AutoCloseable {
    /** Tags and lengths of the three fields of a ChainedEvent and of its place in a batch. */
    private static final int FRAME_BYTES = 16 + 2 * 32;

    private final RowSeal seal;
    private final Connection connection;
    private final PreparedStatement select;

    StoreReader(Path store, RowSeal seal) throws SQLException {
        this.seal = seal;
        connection = StoreFiles.openToRead(store);
        select = connection.prepareStatement(
                "SELECT seq, prev_hash, hash, body, size, importance FROM event WHERE seq > ? AND seq <= ?"
                        + " ORDER BY seq LIMIT ?");
    }

    /**
     * Consecutive events after a number.
     *
     * @param through none above this one
     * @param maxBytes upper bound of the sum of their serialized sizes
     */
    synchronized List<ChainedEvent> read(long after, long through, int maxEvents, long maxBytes) throws SQLException {
        List<Row> rows = new ArrayList<>();
        select.setLong(1, after);
        select.setLong(2, through);
        select.setInt(3, maxEvents);
        long bytes = 0;
        try (ResultSet result = select.executeQuery()) {
            while (result.next()) {
                bytes += result.getInt(5) + FRAME_BYTES;
                if (bytes > maxBytes) {
                    break;
                }
                rows.add(StoreSchema.read(result));
            }
        }
        List<ChainedEvent> events = new ArrayList<>(rows.size());
        for (Row row : rows) {
            events.add(open(row));
        }
        return events;
    }

    /** The attempt that stands under this number; empty if there is none. */
    Optional<Event> attempt(long seq) {
        try {
            List<ChainedEvent> found = read(seq - 1, seq, 1, Long.MAX_VALUE);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Event event = Event.parseFrom(found.getFirst().getBody());
            return event.hasAttempt() ? Optional.of(event) : Optional.empty();
        } catch (SQLException | InvalidProtocolBufferException e) {
            throw new JournalException("cannot read event " + seq + " of the journal; check its disk", e);
        }
    }

    private ChainedEvent open(Row row) {
        try {
            ByteString body = seal.open(row.seq(), row.sealed());
            return ChainedEvent.newBuilder()
                    .setPrevHash(row.prevHash())
                    .setBody(body)
                    .setHash(row.hash())
                    .build();
        } catch (GeneralSecurityException e) {
            throw new JournalException(
                    "event " + row.seq() + " of the journal was changed on disk: its seal doesn't open."
                            + " Restart the agent: it puts the damaged store aside and records the loss",
                    e);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
