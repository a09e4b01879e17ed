package org.sekisho.agent.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * Runs tasks one after the other, never two at once, in the order in which they fell due. What runs on a loop needs no
 * locks. Its methods may be called on any thread; after {@link #close} they do nothing.
 */
public interface EventLoop extends AutoCloseable {

    /** Runs {@code task} as soon as those before it have run. */
    void execute(Runnable task);

    /** Runs {@code task} once, not before {@code delay} has passed on the monotonic clock. */
    Timer after(Duration delay, Runnable task);

    /** The monotonic clock, nanoseconds from an arbitrary origin; only differences mean anything. */
    long nanos();

    /** The wall clock. It may jump. */
    Instant now();

    /** Runs nothing more. Waits for the task that runs now, unless called by it. */
    @Override
    void close();

    /** A task that is due later. */
    interface Timer {

        /** Keeps the task from running, if it has not begun. */
        void cancel();
    }
}
