package org.sekisho.control.event.ingest;

import com.google.protobuf.ByteString;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.event.EventFeed;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.IncidentRuleBook;
import org.sekisho.control.incident.Incidents;
import org.sekisho.v1.EventBatch;
import org.sekisho.v1.Hello;

/** The way in for events. Thread-safe. */
@Singleton
public class Ingest {
    /** One fills its rows while the other waits for the disk. */
    private static final int WRITERS = 2;

    private final Jdbi jdbi;
    private final ChainStore chains;
    private final CheckpointProof proof;
    private final Incidents incidents;
    private final IncidentRuleBook rules;
    private final Clock clock;
    private final Semaphore room;
    private final int capacity;
    private final List<IngestWriter> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @Inject
    Ingest(
            Jdbi jdbi,
            ChainStore chains,
            CheckpointProof proof,
            Incidents incidents,
            IncidentRuleBook rules,
            EventPartitions partitions,
            EventFeed feed,
            @All List<EventTrace> traces,
            Clock clock,
            ServerSettings settings) {
        this.jdbi = jdbi;
        this.chains = chains;
        this.proof = proof;
        this.incidents = incidents;
        this.rules = rules;
        this.clock = clock;
        this.capacity = Math.toIntExact(settings.ingestBytes());
        this.room = new Semaphore(capacity, true);
        for (int writer = 0; writer < WRITERS; writer++) {
            writers.add(new IngestWriter(jdbi, chains, partitions, incidents, feed, traces, clock));
        }
    }

    void start(@Observes StartupEvent event) {
        for (int writer = 0; writer < WRITERS; writer++) {
            threads.add(Thread.ofPlatform().name("sekisho-ingest-" + writer).start(writers.get(writer)));
        }
    }

    /** After the terminals' port has drained. */
    void stop(@Observes @Priority(Integer.MAX_VALUE - 100) ShutdownEvent event) {
        threads.forEach(Thread::interrupt);
    }

    /** What becomes of a batch. Called once, on the writer's thread; must not block. */
    public interface Outcome {
        /** On disk, up to this number; 0: nothing to acknowledge. */
        void durable(long ackSeq);

        /** Another stream of the terminal has written meanwhile: look again where it stands. */
        void stale();

        /** Nothing was written; send it again later. */
        void failed();
    }

    /**
     * Where a terminal goes on.
     *
     * @param welcomeSeq highest number that is durable of what the terminal has
     * @param welcomeHash that event's hash; empty if it isn't known
     * @param historyFrom first event that it must send again; 0: none
     */
    public record Resumption(Session session, long welcomeSeq, ByteString welcomeHash, long historyFrom) {}

    /**
     * Compares what the terminal says of its journal with what is stored; a journal that is older, or another one, is
     * an incident at once.
     */
    public Resumption resume(String terminal, Hello hello) {
        return jdbi.inTransaction(handle -> {
            ChainPosition stored = chains.lock(handle, Set.of(terminal)).get(terminal);
            if (stored == null) {
                throw new IllegalStateException("Terminal " + terminal + " has no chain; enrol it anew");
            }
            return resume(handle, terminal, hello, stored);
        });
    }

    private Resumption resume(Handle handle, String terminal, Hello hello, ChainPosition stored) {
        long last = Math.max(0, hello.getLastSeq());
        long acked = Math.clamp(hello.getAckedSeq(), 0, last);
        if (last > stored.seq()
                || (last == stored.seq() && (last == 0 || hello.getLastHash().equals(stored.hash())))) {
            boolean restored = acked > stored.seq();
            return new Resumption(
                    new Session(terminal, stored, restored),
                    stored.seq(),
                    stored.seq() == 0 ? ByteString.EMPTY : stored.hash(),
                    restored ? stored.seq() + 1 : 0);
        }
        ByteString there = last == 0 ? null : chains.hash(handle, terminal, stored.branch(), last);
        if (last > 0 && last < stored.seq() && hello.getLastHash().equals(there)) {
            broken(
                    handle,
                    terminal,
                    IncidentKind.CHAIN_REWIND,
                    "its journal ends at " + last + ", the store has " + stored.seq());
            return new Resumption(new Session(terminal, stored, false), last, hello.getLastHash(), 0);
        }
        IncidentKind kind = last == stored.seq() ? IncidentKind.CHAIN_FORK : IncidentKind.CHAIN_REWIND;
        broken(
                handle,
                terminal,
                kind,
                "its journal ends at " + last + " with another event than the store has; the store has "
                        + stored.seq());
        // All that it still has is wanted: what is the same is recognised, what differs begins a branch.
        return new Resumption(new Session(terminal, stored, false), 0, ByteString.EMPTY, 1);
    }

    private void broken(Handle handle, String terminal, IncidentKind kind, String detail) {
        incidents.open(handle, IncidentReport.about(kind, terminal).withDetail(detail));
        chains.markBroken(handle, terminal, clock.instant());
    }

    /** One stream's events, in order. One thread at a time. */
    public final class Session {
        private final TerminalChain chain;
        private final IngestWriter writer;
        private volatile long durable;

        Session(String terminal, ChainPosition from, boolean historyAsked) {
            this.chain = new TerminalChain(terminal, from, chains, proof, rules, historyAsked);
            this.writer = writers.get(Math.floorMod(terminal.hashCode(), WRITERS));
        }

        /**
         * Verifies a batch and queues it for writing; waits while too much is under way from all terminals together.
         *
         * @throws ChainExhaustedException when the terminal broke its chain too often
         */
        public Taken take(EventBatch batch, Outcome outcome) throws ChainExhaustedException, InterruptedException {
            chain.durable(durable);
            Submission submission = chain.verify(batch);
            long historyFrom = submission.historyFrom() == null ? 0 : submission.historyFrom();
            if (!submission.writes() && submission.ackSeq() == 0) {
                return new Taken(historyFrom, false);
            }
            // Repetitions alone also wait their turn: what they repeat may still be under way.
            int share = Math.min(submission.bytes(), capacity);
            room.acquire(share);
            writer.submit(new IngestWriter.Pending(submission, new Freeing(outcome, share)));
            return new Taken(historyFrom, true);
        }

        /** Everything up to here is stored; any thread. */
        public void durable(long seq) {
            durable = seq;
        }
    }

    /**
     * What a batch comes to.
     *
     * @param historyFrom to be asked for; 0: nothing
     * @param pending the outcome will be called; otherwise all of it is durable already
     */
    public record Taken(long historyFrom, boolean pending) {}

    private final class Freeing implements Outcome {
        private final Outcome outcome;
        private final int share;

        Freeing(Outcome outcome, int share) {
            this.outcome = outcome;
            this.share = share;
        }

        @Override
        public void durable(long ackSeq) {
            room.release(share);
            outcome.durable(ackSeq);
        }

        @Override
        public void stale() {
            room.release(share);
            outcome.stale();
        }

        @Override
        public void failed() {
            room.release(share);
            outcome.failed();
        }
    }
}
