package org.sekisho.agent;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.List;
import org.sekisho.agent.journal.Journal;
import org.sekisho.agent.journal.JournalException;
import org.sekisho.agent.uplink.Outbox;
import org.sekisho.event.ChainHead;
import org.sekisho.v1.ChainedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal as the uplink sees it. */
final class JournalOutbox implements Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(JournalOutbox.class);

    private final Journal journal;

    JournalOutbox(Journal journal) {
        this.journal = journal;
    }

    @Override
    public Head head() {
        ChainHead head = journal.head();
        return new Head(head.seq(), head.seq() == 0 ? ByteString.EMPTY : head.hash(), journal.ackedSeq());
    }

    @Override
    public List<ChainedEvent> after(long afterSeq, int maxEvents, int maxBytes) throws IOException {
        try {
            return journal.nextBatch(afterSeq, maxEvents, maxBytes);
        } catch (JournalException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void acknowledged(long seq) throws IOException {
        try {
            journal.ackedThrough(seq).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.error("the acknowledgement of event {} could not be kept", seq, failure);
                }
            });
        } catch (IllegalArgumentException | JournalException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public long backlog() {
        return journal.backlog();
    }

    @Override
    public void onRecorded(Runnable recorded) {
        journal.onNewHead(head -> recorded.run());
    }
}
