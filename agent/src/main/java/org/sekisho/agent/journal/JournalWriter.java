package org.sekisho.agent.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.sekisho.v1.ClockJumped;
import org.sekisho.v1.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's only writing thread: takes what waits, commits it in one go, answers all who waited, then writes the floor and
 * shows the new events to readers.
 *
 * <p>While one commit is being synced, others gather for the next: the slower the disk, the more of them share a sync.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);

    /** After the head file or the store failed, how soon to try again without being asked. */
    private static final long RETRY_NANOS = 1_000_000_000L;

    /** While room is short, how often to look whether it is back. */
    private static final long SHORT_LOOK_NANOS = 5_000_000_000L;

    private final JournalSetup setup;
    private final Inbox inbox;
    private final Ledger ledger;
    private final Repeats repeats;
    private final ClockWatch watch;
    private boolean closed;

    JournalWriter(JournalSetup setup, Inbox inbox, Repeats repeats, Ledger ledger) {
        this.setup = setup;
        this.inbox = inbox;
        this.repeats = repeats;
        this.ledger = ledger;
        this.watch = new ClockWatch(setup.clocks());
    }

    /**
     * What the journal itself has to say at its start. On the opening thread, before the writer runs.
     *
     * @param attempts the attempt that stands under a number; empty if there is none any more
     */
    void start(Recovery.Outcome outcome, LongFunction<Optional<Event>> attempts) {
        Stamp now = Stamp.take(setup.clocks());
        List<Entry> entries = new ArrayList<>();
        // What a run had counted when it was killed.
        for (OpenCount open : outcome.state().counts()) {
            Stamp last = new Stamp(open.lastMicros(), now.monotonicNanos());
            attempts.apply(open.firstSeq())
                    .ifPresentOrElse(
                            first -> entries.add(
                                    Repeats.counted(first.toBuilder(), open.count(), open.spanMillis(), last)),
                            () -> ledger.firstIsGone(open));
        }
        outcome.toRecord().forEach(event -> entries.add(Entry.own(event, now)));
        long back = (now.wallMicros() - outcome.lastMicros()) / 1_000;
        if (outcome.lastMicros() > 0 && back < -ClockWatch.TOLERANCE_MILLIS) {
            // Between two runs nothing tells how far the clock should have come, but never that it should have gone
            // back.
            entries.add(Entry.own(jumped(back), now));
        }
        ledger.write(entries, false);
        ledger.publish();
    }

    @Override
    public void run() {
        while (!closed) {
            Inbox.Work work = inbox.take(waitNanos());
            try {
                write(work);
            } catch (RuntimeException | Error e) {
                LOG.error("the journal's writer failed; what was under way is refused", e);
                JournalException refused = new JournalException("the journal failed; see the agent's log", e);
                work.entries().forEach(entry -> entry.done().completeExceptionally(refused));
                work.acks().forEach(ack -> ack.completeExceptionally(refused));
                repeats.takeBack();
                if (e instanceof Error || work.closing()) {
                    closed = true;
                    inbox.close();
                }
            }
        }
    }

    private void write(Inbox.Work work) {
        List<Entry> entries = sift(work.entries());
        entries.addAll(
                work.closing() ? repeats.all() : repeats.ended(setup.clocks().monotonicNanos()));
        ledger.acked(work.acked());
        boolean done = ledger.write(entries, work.closing());
        ledger.publish();
        if (done) {
            work.acks().forEach(ack -> ack.complete(null));
        } else {
            JournalException refused = new JournalException("the acknowledgement is not durable; see the agent's log");
            work.acks().forEach(ack -> ack.completeExceptionally(refused));
        }
        ledger.tidy();
        closed = work.closing();
    }

    private List<Entry> sift(List<Entry> arrived) {
        List<Entry> entries = new ArrayList<>(arrived.size() + 1);
        for (Entry entry : arrived) {
            OptionalLong jump = watch.observe(entry.stamp());
            if (jump.isPresent()) {
                entries.add(Entry.own(jumped(jump.getAsLong()), entry.stamp()));
            }
            if (!repeats.absorb(entry, entries)) {
                entries.add(entry);
            }
        }
        if (arrived.isEmpty()) {
            Stamp now = Stamp.take(setup.clocks());
            watch.observe(now).ifPresent(jump -> entries.add(Entry.own(jumped(jump), now)));
        }
        return entries;
    }

    private long waitNanos() {
        long now = setup.clocks().monotonicNanos();
        long wait = setup.limits().checkpointInterval().toNanos();
        OptionalLong windowEnd = repeats.nextEnd();
        if (windowEnd.isPresent()) {
            wait = Math.min(wait, windowEnd.getAsLong() - now);
        }
        wait = Math.min(wait, ledger.waitNanos(now));
        if (ledger.isShort()) {
            wait = Math.min(wait, SHORT_LOOK_NANOS);
        }
        // What failed is not tried again at once, whatever else is due.
        return ledger.isUnsettled() ? RETRY_NANOS : Math.max(wait, 0);
    }

    private static Event.Builder jumped(long millis) {
        return Event.newBuilder().setClockJumped(ClockJumped.newBuilder().setJumpMillis(millis));
    }
}
