package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Label;

/**
 * Writes events as rows of PostgreSQL's binary COPY (its manual: COPY, "Binary Format"). Not thread-safe; one buffer is
 * used again and again.
 */
final class EventRows {
    /** The columns, in the order in which they are written. */
    static final String COLUMNS =
            "received_at, id, seq, occurred_at, incident, branch, kind, channel, verdict, severity,"
                    + " enforcement, terminal, user_name, rule, labels, hash, body, shape";

    private static final short COLUMN_COUNT = 18;
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    /** PostgreSQL counts microseconds from 2000-01-01T00:00:00Z. */
    private static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private static final int TEXT_OID = 25;
    /** A row's largest part is its body of 64 KiB; a send of 256 KiB has little overhead. */
    private static final int BUFFER = 256 * 1024;

    private static final int NULL = -1;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    void begin() {
        buffer.clear();
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    void add(CopyIn copy, VerifiedEvent verified, Instant receivedAt, long id, @Nullable Long incident)
            throws SQLException {
        Event event = verified.event();
        AttemptEvent attempt = event.hasAttempt() ? event.getAttempt() : AttemptEvent.getDefaultInstance();
        byte[] terminal = utf8(event.getTerminal());
        byte[] user = utf8(Columns.text(attempt.getCircumstances().getUser()));
        byte[] rule = utf8(Columns.text(attempt.getDecision().getRule()));
        List<Label> labels = attempt.getAttempt().getLabelsList();
        // Fixed columns and lengths are well below this; labels are bounded by the body that they come from.
        int room = 256
                + terminal.length
                + user.length
                + rule.length
                + 3 * verified.body().size()
                + 64;
        if (buffer.remaining() < room) {
            flush(copy);
        }
        buffer.putShort(COLUMN_COUNT);
        number(ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt) - POSTGRES_EPOCH_MICROS);
        number(id);
        number(event.getSeq());
        number(Columns.storable(event.getOccurredAtMicros()) - POSTGRES_EPOCH_MICROS);
        if (incident == null) {
            buffer.putInt(NULL);
        } else {
            number(incident);
        }
        small(verified.branch());
        small(event.getBodyCase().getNumber());
        small(attempt.getAttempt().getChannelValue());
        small(attempt.getDecision().getVerdictValue());
        small(attempt.getDecision().getSeverityValue());
        small(attempt.getEnforcementValue());
        bytes(terminal);
        textOrNull(user);
        textOrNull(rule);
        labels(labels);
        raw(verified.hash());
        raw(verified.body());
        number(verified.shapeHash());
    }

    void end(CopyIn copy) throws SQLException {
        if (buffer.remaining() < Short.BYTES) {
            flush(copy);
        }
        buffer.putShort((short) -1);
        flush(copy);
    }

    private void flush(CopyIn copy) throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    private void number(long value) {
        buffer.putInt(Long.BYTES).putLong(value);
    }

    /** Enumerations of a newer terminal may not fit; the recorded bytes still say what it was. */
    private void small(int value) {
        buffer.putInt(Short.BYTES).putShort((short) Math.clamp(value, 0, Short.MAX_VALUE));
    }

    private void bytes(byte[] value) {
        buffer.putInt(value.length).put(value);
    }

    private void textOrNull(byte[] value) {
        if (value.length == 0) {
            buffer.putInt(NULL);
        } else {
            bytes(value);
        }
    }

    private void raw(ByteString value) {
        buffer.putInt(value.size());
        value.copyTo(buffer);
    }

    /** A one-dimensional text[]: dimensions, no nulls, element type, length, lower bound, then the elements. */
    private void labels(List<Label> labels) {
        if (labels.isEmpty()) {
            buffer.putInt(NULL);
            return;
        }
        int start = buffer.position();
        buffer.putInt(0)
                .putInt(1)
                .putInt(0)
                .putInt(TEXT_OID)
                .putInt(labels.size())
                .putInt(1);
        for (Label label : labels) {
            bytes(utf8(Columns.text(label.getLabel())));
        }
        buffer.putInt(start, buffer.position() - start - Integer.BYTES);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
