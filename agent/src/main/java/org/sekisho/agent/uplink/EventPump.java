package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import org.sekisho.agent.uplink.TerminalTransport.Line;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Credit;
import org.sekisho.v1.EventAck;
import org.sekisho.v1.EventBatch;
import org.sekisho.v1.HistoryRequest;
import org.sekisho.v1.TerminalMessage;
import org.sekisho.v1.Welcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the journal's events over one stream: in order, never beyond the server's credit, never into a line that piles up
 * what it is given. What counts against the byte credit is the sum of the serialized {@link ChainedEvent}s. Runs on the
 * uplink's loop.
 */
final class EventPump {
    /** Both from {@code terminal.proto}, EventBatch. */
    static final int MAX_EVENTS = 1_000;

    static final int MAX_BYTES = 512 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EventPump.class);

    private final Outbox outbox;
    private final Line line;
    private final CreditWindow credit = new CreditWindow();
    private final long serverHad;
    private long sentSeq;

    EventPump(Outbox outbox, Line line, Welcome welcome) throws IOException {
        this.outbox = requireNonNull(outbox, "outbox is null");
        this.line = requireNonNull(line, "line is null");
        this.serverHad = welcome.getDurableSeq();
        Outbox.Head head = outbox.head();
        if (serverHad > head.lastSeq()) {
            LOG.error(
                    "the server has events up to {}, the journal here ends at {}: the journal was lost or put back; the server judges what is sent now",
                    serverHad,
                    head.lastSeq());
            sentSeq = head.ackedSeq();
        } else {
            outbox.acknowledged(serverHad);
            sentSeq = serverHad;
        }
        credit.add(welcome.getCredit());
    }

    /** Sends what may be sent now. */
    void pump() throws IOException {
        while (line.ready()) {
            int maxEvents = credit.events(MAX_EVENTS);
            int maxBytes = credit.bytes(MAX_BYTES);
            if (maxEvents == 0 || maxBytes == 0) {
                return;
            }
            List<ChainedEvent> events = outbox.after(sentSeq, maxEvents, maxBytes);
            int bytes =
                    events.stream().mapToInt(ChainedEvent::getSerializedSize).sum();
            if (events.isEmpty() || !credit.use(events.size(), bytes)) {
                return;
            }
            line.send(TerminalMessage.newBuilder()
                    .setEvents(EventBatch.newBuilder().addAllEvents(events))
                    .build());
            sentSeq = Sequence.of(events.getLast());
        }
    }

    void credited(Credit more) throws IOException {
        credit.add(more);
        pump();
    }

    /** Takes an acknowledgement; false if the server acknowledges what it was never sent; the stream must end */
    boolean acknowledged(EventAck ack) throws IOException {
        if (Long.compareUnsigned(ack.getDurableSeq(), Math.max(sentSeq, serverHad)) > 0) {
            return false;
        }
        outbox.acknowledged(Math.min(ack.getDurableSeq(), sentSeq));
        return true;
    }

    /** Goes back to what the server has lost. */
    void history(HistoryRequest request) throws IOException {
        long from = Math.max(1, request.getFromSeq());
        if (from - 1 < sentSeq) {
            LOG.warn("the server asks for events from {} on again", from);
            sentSeq = from - 1;
        }
        pump();
    }
}
