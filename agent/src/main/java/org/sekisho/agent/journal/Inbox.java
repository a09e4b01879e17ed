package org.sekisho.agent.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.sekisho.v1.Event;

/**
 * What waits for the writer. Bounded in number and bytes: who would exceed it waits, because an enforcer that can't record
 * must not let anything out.
 *
 * <p>Invariant: an entry is stamped when it is put in, under the lock, so that stamps grow in the order of the queue.
 */
final class Inbox {
    /** Far more than the enforcers of one terminal have threads. */
    private static final int MAX_ENTRIES = 4_096;

    private static final long MAX_BYTES = 8L << 20;

    /** One commit: large enough to share a sync among all who wait, small enough for a log of 2 MiB. */
    private static final int BATCH_ENTRIES = 512;

    private static final long BATCH_BYTES = 512L << 10;

    /**
     * What the writer takes out in one go.
     *
     * @param acked highest acknowledged number; 0: nothing new
     * @param acks who waits for that to be durable
     * @param closing nothing will follow
     */
    record Work(List<Entry> entries, long acked, List<CompletableFuture<Void>> acks, boolean closing) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition emptied = lock.newCondition();
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> acks = new ArrayList<>();
    private final Clocks clocks;
    private long bytes;
    private long acked;
    private boolean poked;
    private boolean closing;

    Inbox(Clocks clocks) {
        this.clocks = clocks;
    }

    /**
     * Stamps an event and puts it at the end.
     *
     * @throws JournalException if the journal is closed
     */
    CompletableFuture<Recorded> put(Event.Builder body, Importance importance) {
        lock.lock();
        try {
            while (!closing && (entries.size() >= MAX_ENTRIES || bytes >= MAX_BYTES)) {
                emptied.awaitUninterruptibly();
            }
            requireOpen();
            Entry entry = Entry.of(body, importance, Stamp.take(clocks));
            entries.add(entry);
            bytes += entry.framedBytes();
            filled.signal();
            return entry.done();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Passes an acknowledgement on.
     *
     * @throws JournalException if the journal is closed
     */
    CompletableFuture<Void> ack(long seq) {
        lock.lock();
        try {
            requireOpen();
            acked = Math.max(acked, seq);
            CompletableFuture<Void> done = new CompletableFuture<>();
            acks.add(done);
            filled.signal();
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the writer look at its clocks. */
    void poke() {
        lock.lock();
        try {
            poked = true;
            filled.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing more in; what is in is still taken out. */
    void close() {
        lock.lock();
        try {
            closing = true;
            filled.signal();
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for work, at most this long. */
    Work take(long waitNanos) {
        lock.lock();
        try {
            long left = waitNanos;
            while (entries.isEmpty() && acks.isEmpty() && !poked && !closing && left > 0) {
                left = filled.awaitNanos(left);
            }
            return drain();
        } catch (InterruptedException e) {
            // Nobody but a dying process interrupts the writer; what waits is still written.
            return drain();
        } finally {
            lock.unlock();
        }
    }

    private Work drain() {
        List<Entry> batch = new ArrayList<>();
        long batchBytes = 0;
        while (!entries.isEmpty() && batch.size() < BATCH_ENTRIES) {
            int next = entries.peek().framedBytes();
            if (!batch.isEmpty() && batchBytes + next > BATCH_BYTES) {
                break;
            }
            batchBytes += next;
            batch.add(entries.remove());
        }
        bytes -= batchBytes;
        poked = false;
        emptied.signalAll();
        Work work = new Work(batch, acked, List.copyOf(acks), closing && entries.isEmpty());
        acks.clear();
        return work;
    }

    private void requireOpen() {
        if (closing) {
            throw new JournalException(
                    "the journal is closed: the agent is stopping, so nothing may be let out any more");
        }
    }
}
