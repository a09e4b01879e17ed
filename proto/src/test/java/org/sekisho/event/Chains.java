package org.sekisho.event;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.v1.AgentStopped;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/** Events and chains for the tests. */
final class Chains {
    static final String TERMINAL = "t-0001";
    static final ByteString BOOT = ByteString.copyFrom(new byte[EventChain.BOOT_BYTES]);

    private Chains() {}

    static Event event(long seq, String cause) {
        return Event.newBuilder()
                .setTerminal(TERMINAL)
                .setBoot(BOOT)
                .setSeq(seq)
                .setOccurredAtMicros(1_700_000_000_000_000L + seq)
                .setMonotonicNanos(seq)
                .setAgentStopped(AgentStopped.newBuilder().setCause(cause))
                .build();
    }

    static List<ChainedEvent> chain(int length) {
        return chainAfter(ChainHead.GENESIS, length, "stop");
    }

    static List<ChainedEvent> chainAfter(ChainHead head, int length, String cause) {
        List<ChainedEvent> chain = new ArrayList<>();
        ByteString prev = head.hash();
        for (int i = 1; i <= length; i++) {
            ChainedEvent next = EventChain.link(prev, event(head.seq() + i, cause));
            chain.add(next);
            prev = next.getHash();
        }
        return chain;
    }
}
