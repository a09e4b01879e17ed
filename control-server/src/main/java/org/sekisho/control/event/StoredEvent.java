package org.sekisho.control.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.store.Times;
import org.sekisho.v1.Event;

/**
 * An event as the store has it: all that a reader needs to make a view of it.
 *
 * @param id order of arrival
 * @param branch 0: the terminal's chain
 */
public record StoredEvent(
        long id, Instant receivedAt, int branch, @Nullable Long incident, Event event) {
    /** From a row with {@code id, received_at, branch, incident, body}. */
    public static StoredEvent of(ResultSet row) throws SQLException {
        long incident = row.getLong("incident");
        boolean none = row.wasNull();
        try {
            return new StoredEvent(
                    row.getLong("id"),
                    Times.instant(row, "received_at"),
                    row.getInt("branch"),
                    none ? null : incident,
                    Event.parseFrom(ByteString.copyFrom(row.getBytes("body"))));
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("Stored event " + row.getLong("id") + " cannot be read", e);
        }
    }
}
