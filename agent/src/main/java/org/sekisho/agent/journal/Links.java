package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.security.SecureRandom;
import org.sekisho.event.ChainHead;
import org.sekisho.event.EventChain;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/** Turns what happened into the next link of this terminal's chain, and that into a sealed row. Not thread safe. */
final class Links {
    /** What terminal, boot, seq and both clocks add to a body at most, the terminal's id (255 bytes) included. */
    static final int FRAME_BYTES = 512;

    /**
     * @param row to be stored
     * @param head the chain's head once it is
     */
    record Link(Row row, ChainHead head) {}

    private final String terminal;
    private final ByteString boot;
    private final long bootNanos;
    private final RowSeal seal;
    private int attempt;

    Links(String terminal, RowSeal seal, Clocks clocks) {
        this.terminal = terminal;
        this.seal = seal;
        byte[] random = new byte[EventChain.BOOT_BYTES];
        new SecureRandom().nextBytes(random);
        boot = UnsafeByteOperations.unsafeWrap(random);
        bootNanos = clocks.monotonicNanos();
    }

    ByteString boot() {
        return boot;
    }

    /** What was linked since the last commit will not be stored: its numbers come again, under other nonces. */
    void abandoned() {
        attempt++;
    }

    Link link(ChainHead head, Event.Builder body, Stamp stamp, Importance importance) {
        Event event = body.clone()
                .setTerminal(terminal)
                .setBoot(boot)
                .setSeq(head.seq() + 1)
                .setOccurredAtMicros(stamp.wallMicros())
                .setMonotonicNanos(Math.max(0, stamp.monotonicNanos() - bootNanos))
                .build();
        ChainedEvent chained = EventChain.link(head.hash(), event);
        Row row = new Row(
                event.getSeq(),
                head.hash(),
                chained.getHash(),
                seal.seal(event.getSeq(), attempt, chained.getBody()),
                chained.getBody().size(),
                importance.code());
        return new Link(row, new ChainHead(event.getSeq(), chained.getHash()));
    }
}
