package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Work that can wait begins when nothing is written any more, so that it does not slow down whoever copies; but it does not wait
 * for ever. Thread-safe.
 */
final class Lull {
    private final Duration quiet;
    private final Duration most;
    private volatile long last;
    private volatile boolean written;
    private boolean over;

    /**
     * @param quiet so long nothing was written: now is the time
     * @param most nobody waits longer
     */
    Lull(Duration quiet, Duration most) {
        this.quiet = requireNonNull(quiet, "quiet is null");
        this.most = requireNonNull(most, "most is null");
    }

    /** Something is written. */
    void busy() {
        last = System.nanoTime();
        written = true;
    }

    /** Waits for a lull; or not, if this thread is interrupted. */
    synchronized void await() {
        long end = System.nanoTime() + most.toNanos();
        try {
            for (long left = left(end); left > 0; left = left(end)) {
                wait(Duration.ofNanos(left).toMillis() + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until it is worth looking again; 0: now is the time. */
    private long left(long end) {
        if (over || !written) {
            return 0;
        }
        long now = System.nanoTime();
        return Math.min(end - now, last + quiet.toNanos() - now);
    }

    /** Nobody waits from now on. */
    synchronized void end() {
        over = true;
        notifyAll();
    }
}
