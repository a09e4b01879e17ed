package org.sekisho.control.terminal.link;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts a stream's batches that are being written, so that its successor can wait for the last of them. Thread-safe.
 */
final class UnderWay {
    private final CountDownLatch done = new CountDownLatch(1);
    private int count;
    private boolean closed;

    /** One more; false: no more are taken. Each true must be followed by one {@link #leave}. */
    synchronized boolean enter() {
        if (closed) {
            return false;
        }
        count++;
        return true;
    }

    synchronized void leave() {
        count--;
        settle();
    }

    /** No more from now on. */
    synchronized void close() {
        closed = true;
        settle();
    }

    private void settle() {
        if (closed && count == 0) {
            done.countDown();
        }
    }

    /** Waits until it is closed and the last has left; false: that took too long. */
    boolean await(Duration patience) throws InterruptedException {
        return done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
