package org.sekisho.agent.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An {@link EventLoop} whose clock stands still until a test turns it. One thread turns it and sets timers; any thread may
 * {@link #execute}, as with the real one.
 */
public final class ManualLoop implements EventLoop {
    /** Only ends a test that fails. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final LinkedBlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::at).thenComparingLong(Later::order));
    private Instant wall = Instant.parse("2026-11-22T00:00:00Z");
    private long nanos;
    private long order;
    private volatile boolean closed;

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            due.add(task);
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        if (closed) {
            return () -> {};
        }
        Later timer = new Later(nanos + delay.toNanos(), order++, task);
        later.add(timer);
        return () -> later.remove(timer);
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Instant now() {
        return wall;
    }

    @Override
    public void close() {
        run();
        closed = true;
        later.clear();
    }

    /** Runs all that is due now. */
    public void run() {
        for (Runnable task = due.poll(); task != null; task = due.poll()) {
            task.run();
        }
    }

    /** Runs what is due, waiting for what other threads still have to tell the loop, until {@code reached}; the clock stands. */
    public void runUntil(BooleanSupplier reached) throws InterruptedException {
        advance(Duration.ZERO);
        while (!reached.getAsBoolean()) {
            Runnable told = due.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (told == null) {
                throw new AssertionError("nothing was told to the loop within " + PATIENCE);
            }
            told.run();
            advance(Duration.ZERO);
        }
    }

    /** Turns both clocks and runs what falls due on the way, in order. */
    public void advance(Duration by) {
        long until = nanos + by.toNanos();
        run();
        while (!later.isEmpty() && later.peek().at() <= until) {
            Later next = later.remove();
            wall = wall.plusNanos(next.at() - nanos);
            nanos = next.at();
            next.task().run();
            run();
        }
        wall = wall.plusNanos(until - nanos);
        nanos = until;
    }

    /** Sets the wall clock alone. */
    public void jumpTo(Instant time) {
        wall = time;
    }

    /** How many timers wait. */
    public int timers() {
        return later.size();
    }

    private record Later(long at, long order, Runnable task) {}
}
