package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.IncidentRuleBook;
import org.sekisho.event.ChainHead;
import org.sekisho.event.ChainStep;
import org.sekisho.event.ChainVerifier;
import org.sekisho.event.EventChain;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.EventBatch;

/**
 * Follows one terminal's story through one stream and says what each batch comes to. It runs ahead of the store by what
 * is under way; that the store stands where it believes is checked again when it is written.
 *
 * <p>Nothing is ever refused silently: what forks or rewinds goes on as a branch of its own, what isn't an event is
 * quarantined, and what leaves a gap is asked for once more before the gap is accepted. Each raises an incident. One
 * thread at a time.
 */
final class TerminalChain {
    /** A terminal that breaks its chain more often is broken or hostile; it must be enrolled anew. */
    static final int MAX_BRANCHES = 1_000;

    private static final int OVERHEAD = 256;

    private final String terminal;
    private final ChainVerifier verifier;
    private final CheckpointProof proof;
    private final IncidentRuleBook rules;
    private final Map<Long, ByteString> underWay = new HashMap<>();
    private int branch;
    /**
     * Asked for what is missing; until something fits, what directly follows `droppedThrough` was sent before the
     * question arrived.
     */
    private boolean historyAsked;

    private long droppedThrough = -1;

    TerminalChain(
            String terminal,
            ChainPosition from,
            KnownEvents known,
            CheckpointProof proof,
            IncidentRuleBook rules,
            boolean historyAsked) {
        this.terminal = terminal;
        this.branch = from.branch();
        this.proof = proof;
        this.rules = rules;
        this.historyAsked = historyAsked;
        this.verifier = new ChainVerifier(terminal, from.head(), seq -> {
            ByteString ahead = underWay.get(seq);
            return ahead != null ? ahead : known.hash(terminal, branch, seq);
        });
    }

    /** What the batch comes to. Throws {@link ChainExhaustedException} when the terminal broke its chain too often. */
    Submission verify(EventBatch batch) throws ChainExhaustedException {
        Draft draft = new Draft(position());
        for (ChainedEvent event : batch.getEventsList()) {
            take(event, draft);
            if (branch > MAX_BRANCHES) {
                throw new ChainExhaustedException(terminal);
            }
        }
        return draft.done();
    }

    /** What was under way up to here is in the store now. */
    void durable(long seq) {
        underWay.keySet().removeIf(number -> number <= seq);
    }

    private ChainPosition position() {
        return new ChainPosition(branch, verifier.head());
    }

    private void take(ChainedEvent event, Draft draft) {
        draft.bytes += event.getBody().size() + OVERHEAD;
        ChainHead before = verifier.head();
        switch (verifier.accept(event)) {
            case ChainStep.Linked(ChainHead head, Event body) -> link(event, head, body, before, draft);
            case ChainStep.Duplicate(long seq) -> draft.acknowledge(seq);
            case ChainStep.Gap(long expected, long got, Event body) -> gap(event, expected, got, draft);
            case ChainStep.Fork(long seq) -> startBranch(IncidentKind.CHAIN_FORK, seq, event, draft);
            case ChainStep.Rewind(long seq, long head) -> startBranch(IncidentKind.CHAIN_REWIND, seq, event, draft);
            case ChainStep.BadHash(long seq) ->
                quarantine(
                        IncidentKind.CHAIN_BAD_HASH,
                        "event " + seq + ": its hash isn't that of its bytes",
                        event,
                        draft);
            case ChainStep.Malformed(String detail) -> quarantine(IncidentKind.CHAIN_MALFORMED, detail, event, draft);
            case ChainStep.WrongTerminal(long seq, String claimed) ->
                quarantine(
                        IncidentKind.WRONG_IDENTITY,
                        "event " + seq + " claims to be of terminal " + Columns.text(claimed),
                        event,
                        draft);
        }
    }

    private void link(ChainedEvent chained, ChainHead head, Event event, ChainHead before, Draft draft) {
        historyAsked = false;
        droppedThrough = -1;
        underWay.put(head.seq(), head.hash());
        draft.events.add(VerifiedEvent.of(
                branch, event, chained.getBody(), chained.getHash(), EventTriage.of(event, rules.rules())));
        draft.acknowledge(head.seq());
        if (event.hasCheckpoint()) {
            if (!proof.holds(terminal, event.getCheckpoint(), before)) {
                draft.reports.add(IncidentReport.about(IncidentKind.BAD_SIGNATURE, terminal)
                        .withDetail("checkpoint " + head.seq() + " does not prove the chain up to " + before.seq()));
            } else if (branch == 0) {
                draft.provenSeq = before.seq();
            }
        }
    }

    private void gap(ChainedEvent event, long expected, long got, Draft draft) {
        if (!historyAsked) {
            historyAsked = true;
            droppedThrough = got;
            draft.historyFrom = expected;
            return;
        }
        if (got == droppedThrough + 1) {
            droppedThrough = got;
            return;
        }
        // The terminal was asked and hasn't got them: the story goes on behind the hole.
        goOn(IncidentKind.CHAIN_GAP, got, event, "events " + expected + " to " + (got - 1) + " are missing", draft);
    }

    private void startBranch(IncidentKind kind, long seq, ChainedEvent event, Draft draft) {
        branch++;
        goOn(kind, seq, event, "from event " + seq + " on", draft);
    }

    private void goOn(IncidentKind kind, long seq, ChainedEvent event, String detail, Draft draft) {
        draft.breaks.add(new ChainBreak(kind, branch, seq, verifier.head(), event.getPrevHash()));
        draft.reports.add(IncidentReport.about(kind, terminal).withDetail(detail));
        verifier.rebase(new ChainHead(seq - 1, event.getPrevHash()));
        ChainHead before = verifier.head();
        if (verifier.accept(event) instanceof ChainStep.Linked(ChainHead head, Event body)) {
            link(event, head, body, before, draft);
        } else {
            throw new IllegalStateException("An event must follow the place that it names itself");
        }
    }

    private void quarantine(IncidentKind kind, String detail, ChainedEvent event, Draft draft) {
        draft.quarantined.add(new Quarantined(kind, detail, event));
        draft.reports.add(IncidentReport.about(kind, terminal).withDetail(detail));
        // The terminal counts it as its next event, so what comes after builds on the hash that it claims.
        if (event.getHash().size() == EventChain.HASH_BYTES) {
            branch++;
            long seq = verifier.head().seq() + 1;
            draft.breaks.add(new ChainBreak(kind, branch, seq + 1, verifier.head(), event.getPrevHash()));
            verifier.rebase(new ChainHead(seq, event.getHash()));
            draft.acknowledge(seq);
        }
    }

    /** How a stored hash is found. */
    interface KnownEvents {
        /**
         * Hash of the event with this number on this branch, or where that has none, on the nearest one before it; null
         * if there is none.
         */
        @Nullable
        ByteString hash(String terminal, int branch, long seq);
    }

    private final class Draft {
        private final ChainPosition from;
        private final List<VerifiedEvent> events = new ArrayList<>();
        private final List<Quarantined> quarantined = new ArrayList<>();
        private final List<ChainBreak> breaks = new ArrayList<>();
        private final List<IncidentReport> reports = new ArrayList<>();
        private long provenSeq;
        private long ackSeq;
        private @Nullable Long historyFrom;
        private int bytes;

        Draft(ChainPosition from) {
            this.from = from;
        }

        void acknowledge(long seq) {
            ackSeq = seq;
        }

        Submission done() {
            return new Submission(
                    terminal,
                    from,
                    position(),
                    events,
                    quarantined,
                    breaks,
                    reports,
                    provenSeq,
                    ackSeq,
                    historyFrom,
                    bytes);
        }
    }
}
