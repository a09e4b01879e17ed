package org.sekisho.control.terminal.link;

import io.grpc.Status;
import java.time.Duration;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.sekisho.control.event.ingest.ChainExhaustedException;
import org.sekisho.control.event.ingest.Ingest;
import org.sekisho.v1.EventBatch;
import org.sekisho.v1.HistoryRequest;
import org.sekisho.v1.ServerMessage;

/**
 * Brings one stream's events to the ingest, and what became of them back: an acknowledgement for what is on disk, credit for
 * what is no longer under way. Batches come one at a time; outcomes come from the writer's thread.
 */
final class EventIntake {
    private static final Logger LOG = Logger.getLogger(EventIntake.class);
    /** Both from terminal.proto, EventBatch. */
    private static final int MAX_EVENTS = 1_000;

    private static final int MAX_BATCH_BYTES = 512 * 1024;

    private final Outbox outbox;
    private final Consumer<Status> end;
    private final UnderWay underWay = new UnderWay();

    /** @param end ends the stream, from any thread */
    EventIntake(Outbox outbox, Consumer<Status> end) {
        this.outbox = outbox;
        this.end = end;
    }

    /** Takes nothing any more. */
    void close() {
        underWay.close();
    }

    /** Waits until it is closed and all that it took is stored or given up; false: that took too long. */
    boolean await(Duration patience) throws InterruptedException {
        return underWay.await(patience);
    }

    /** Waits while too much is under way from all terminals together. */
    void take(Ingest.Session writing, EventBatch batch) throws InterruptedException {
        int bytes = batch.getSerializedSize();
        if (batch.getEventsCount() > MAX_EVENTS || bytes > MAX_BATCH_BYTES) {
            end.accept(Status.INVALID_ARGUMENT.withDescription(
                    "a batch has at most " + MAX_EVENTS + " events and " + MAX_BATCH_BYTES + " bytes"));
            return;
        }
        if (!underWay.enter()) {
            return;
        }
        int events = batch.getEventsCount();
        boolean pending = false;
        try {
            Ingest.Taken taken = writing.take(batch, new Written(writing, events, bytes));
            pending = taken.pending();
            if (taken.historyFrom() > 0) {
                askHistory(taken.historyFrom());
            }
            if (!pending) {
                outbox.credit(events, bytes);
            }
        } catch (ChainExhaustedException e) {
            LOG.error(e.getMessage());
            end.accept(Status.RESOURCE_EXHAUSTED.withDescription(e.getMessage()));
        } finally {
            if (!pending) {
                underWay.leave();
            }
        }
    }

    /** Asks for what the store hasn't got. */
    void askHistory(long from) {
        outbox.send(ServerMessage.newBuilder()
                .setHistoryRequest(HistoryRequest.newBuilder().setFromSeq(from))
                .build());
    }

    /** What becomes of one batch; called on the writer's thread. */
    private final class Written implements Ingest.Outcome {
        private final Ingest.Session writing;
        private final int events;
        private final int bytes;

        Written(Ingest.Session writing, int events, int bytes) {
            this.writing = writing;
            this.events = events;
            this.bytes = bytes;
        }

        @Override
        public void durable(long ackSeq) {
            underWay.leave();
            if (ackSeq > 0) {
                writing.durable(ackSeq);
                outbox.acknowledge(ackSeq);
            }
            outbox.credit(events, bytes);
        }

        @Override
        public void stale() {
            underWay.leave();
            end.accept(Status.ABORTED.withDescription(
                    "another stream of this terminal has written meanwhile; connect again"));
        }

        @Override
        public void failed() {
            underWay.leave();
            end.accept(Status.UNAVAILABLE.withDescription("events could not be stored; send them again later"));
        }
    }
}
