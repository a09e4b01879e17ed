package org.sekisho.agent.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.event.ChainHead;
import org.sekisho.v1.Event;

/** The events of one commit, linked in order. Used once, on the writer's thread. */
final class Batch {
    /** DER signature, two hashes and a number, in a frame. */
    private static final int CHECKPOINT_BYTES = 256 + Links.FRAME_BYTES;

    private record Admitted(Entry entry, long seq) {}

    private final Links links;
    private final Room room;
    private final long now;
    private final List<Row> rows = new ArrayList<>();
    private final List<Admitted> admitted = new ArrayList<>();
    private ChainHead head;
    private int unsigned;
    private boolean signed;

    /** @param room for which {@link Room#begin} was called */
    Batch(Links links, Room room, ChainHead head, long nowNanos) {
        this.links = links;
        this.room = room;
        this.head = head;
        this.now = nowNanos;
    }

    /** Whether there was room for it. */
    boolean add(Entry entry) throws SQLException {
        if (!room.admit(entry.framedBytes(), entry.importance(), now)) {
            return false;
        }
        append(entry.body(), entry.stamp(), entry.importance());
        admitted.add(new Admitted(entry, head.seq()));
        return true;
    }

    /** An event that only makes sense with a checkpoint right behind it: there is room for both, or neither is added. */
    boolean addSigned(Entry entry, Signing signing) throws SQLException {
        return room.admit(entry.framedBytes() + CHECKPOINT_BYTES, Importance.MUST_KEEP, now)
                && appendSigned(entry, signing);
    }

    /** A checkpoint, if there is room and the key signs. */
    void sign(Signing signing, Stamp stamp) throws SQLException {
        if (head.seq() > 0 && room.admit(CHECKPOINT_BYTES, Importance.MUST_KEEP, now)) {
            appendCheckpoint(signing, stamp);
        }
    }

    private boolean appendSigned(Entry entry, Signing signing) {
        append(entry.body(), entry.stamp(), entry.importance());
        admitted.add(new Admitted(entry, head.seq()));
        appendCheckpoint(signing, entry.stamp());
        return true;
    }

    private void appendCheckpoint(Signing signing, Stamp stamp) {
        Optional<Event.Builder> checkpoint = signing.checkpoint(head, now);
        if (checkpoint.isPresent()) {
            append(checkpoint.get(), stamp, Importance.MUST_KEEP);
            unsigned = 0;
            signed = true;
        }
    }

    private void append(Event.Builder body, Stamp stamp, Importance importance) {
        Links.Link link = links.link(head, body, stamp, importance);
        rows.add(link.row());
        head = link.head();
        unsigned++;
    }

    List<Row> rows() {
        return rows;
    }

    ChainHead head() {
        return head;
    }

    int unsigned() {
        return unsigned;
    }

    boolean isSigned() {
        return signed;
    }

    /** The number that this entry gets with the commit; 0: it is not in this batch. */
    long seqOf(Entry entry) {
        for (Admitted one : admitted) {
            // Two entries are never the same act, however alike.
            if (one.entry.equals(entry)) {
                return one.seq;
            }
        }
        return 0;
    }

    /** Tells all who wait that their event is durable. */
    void complete() {
        admitted.forEach(one -> one.entry.done().complete(new Recorded.Durable(one.seq)));
    }
}
