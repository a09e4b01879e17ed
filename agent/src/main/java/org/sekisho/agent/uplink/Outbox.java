package org.sekisho.agent.uplink;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import org.sekisho.v1.ChainedEvent;

/** What the uplink needs of the journal. Called on the uplink's loop; must not wait for anything but the disk. */
public interface Outbox {

    /** Where the chain stands. */
    Head head() throws IOException;

    /**
     * The next events in order.
     *
     * @param afterSeq the first has the next higher number that the journal still holds
     * @param maxEvents at most so many
     * @param maxBytes of serialized {@link ChainedEvent}s, at most; one event that is larger is not given
     * @return empty if there is none, or none that fits
     */
    List<ChainedEvent> after(long afterSeq, int maxEvents, int maxBytes) throws IOException;

    /** The server has everything up to and with {@code seq} on disk. Lower numbers than before change nothing. */
    void acknowledged(long seq) throws IOException;

    /** Events that are not acknowledged. */
    long backlog() throws IOException;

    /** Has {@code recorded} called, on any thread, after each event that was added. One listener at most. */
    void onRecorded(Runnable recorded);

    /**
     * Where the chain stands.
     *
     * @param lastSeq the last event's number; 0: there is none
     * @param lastHash its hash; empty if there is none
     * @param ackedSeq highest number that is known as acknowledged
     */
    record Head(long lastSeq, ByteString lastHash, long ackedSeq) {}
}
