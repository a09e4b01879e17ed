package org.sekisho.agent.journal;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainHead;
import org.sekisho.v1.Event;
import org.sekisho.v1.LossCause;
import org.sekisho.v1.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a new store goes on, and the events with which it begins. */
final class Restart {
    private static final Logger LOG = LoggerFactory.getLogger(Restart.class);

    /**
     * With neither store nor floor whole, numbers that were used can't be known. A jump over more than any terminal writes
     * between two contacts leaves a gap for the server to see, never a second event under one number.
     */
    private static final long JUMP_WITHOUT_FLOOR = 1L << 20;

    private final JournalSetup setup;
    private final Links links;
    private final List<Row> rows = new ArrayList<>();
    private ChainHead head;

    Restart(JournalSetup setup, Links links, ChainHead base) {
        this.setup = setup;
        this.links = links;
        this.head = base;
    }

    static ChainHead base(HeadFile.@Nullable Floor floor, ChainHead end, boolean diverged) {
        if (floor == null) {
            return new ChainHead(end.seq() + JUMP_WITHOUT_FLOOR, end.hash());
        }
        return diverged || end.seq() < floor.head().seq() ? floor.head() : end;
    }

    void lost(HeadFile.@Nullable Floor floor, ChainHead end, long acked, long lastMicros) {
        long written = floor == null ? end.seq() + 1 : Math.max(floor.head().seq(), acked);
        long missing = written > end.seq() ? written - Math.max(end.seq(), acked) : 1;
        long now = setup.clocks().wallMicros();
        Lost lost = new Lost(
                LossCause.STORE_DAMAGED,
                Math.max(0, missing),
                lastMicros == 0 ? now : lastMicros,
                now,
                Verdict.VERDICT_UNSPECIFIED);
        add(Event.newBuilder().setLoss(lost.toEvent()));
        try {
            add(Event.newBuilder().setCheckpoint(setup.signer().sign(setup.terminal(), head)));
        } catch (GeneralSecurityException e) {
            LOG.error("cannot sign the loss record yet; the next checkpoint will cover it", e);
        }
    }

    void add(Event.Builder event) {
        Links.Link link = links.link(head, event, Stamp.take(setup.clocks()), Importance.MUST_KEEP);
        rows.add(link.row());
        head = link.head();
    }

    List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    ChainHead head() {
        return head;
    }
}
