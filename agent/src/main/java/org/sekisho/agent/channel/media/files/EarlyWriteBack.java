package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import com.sun.jna.LastErrorException;
import java.nio.file.Path;
import java.time.Duration;
import org.sekisho.agent.os.linux.DeviceCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was changed on a medium to it soon, as nobody waits the half minute that the kernel takes before they pull a stick
 * out: a second after the last change, every five seconds while changes go on, and whenever some megabytes have come together,
 * so that a stick that is slower than the copying to it has something to do from the beginning on. Thread-safe.
 */
final class EarlyWriteBack {
    /** Enough for the medium to be written in long runs, and little against what a stick takes in a second. */
    static final long MUCH = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EarlyWriteBack.class);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final int O_RDONLY = 0;

    private final Runnable writing;
    private final Duration quiet;
    private final Duration most;
    private final Thread thread;
    private long changes;
    private long bytes;
    private boolean ended;

    /**
     * Does nothing yet.
     *
     * @param writing writes back, and returns when that is done
     * @param quiet after the last change
     * @param most after the first one
     */
    EarlyWriteBack(Runnable writing, Duration quiet, Duration most) {
        this.writing = requireNonNull(writing, "writing is null");
        this.quiet = requireNonNull(quiet, "quiet is null");
        this.most = requireNonNull(most, "most is null");
        this.thread = Thread.ofPlatform().daemon().name("write back").unstarted(this::run);
    }

    /** Begins, for what is mounted at {@code raw}. */
    static EarlyWriteBack of(Path raw) {
        requireNonNull(raw, "raw is null");
        EarlyWriteBack begun = new EarlyWriteBack(() -> sync(raw), QUIET, MOST);
        begun.start();
        return begun;
    }

    void start() {
        thread.start();
    }

    /** Something was changed, by so many bytes if they were written. Returns at once. */
    synchronized void changed(long written) {
        boolean first = changes++ == 0;
        boolean little = bytes < MUCH;
        bytes += written;
        if (first || (little && bytes >= MUCH)) {
            notifyAll();
        }
    }

    private void run() {
        try {
            while (rests()) {
                writing.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for changes, and until there are no more for a while, or many; false: it is over. */
    private synchronized boolean rests() throws InterruptedException {
        while (changes == 0 && !ended) {
            wait();
        }
        long end = System.nanoTime() + most.toNanos();
        long left = most.toNanos();
        for (long seen = 0; seen != changes && bytes < MUCH && !ended && left > 0; left = end - System.nanoTime()) {
            seen = changes;
            wait(Duration.ofNanos(Math.min(quiet.toNanos(), left)).toMillis() + 1);
        }
        changes = 0;
        bytes = 0;
        return !ended;
    }

    private static void sync(Path raw) {
        try {
            // Not kept open: what is open can't be unmounted.
            int directory = DeviceCalls.open(raw.toString(), O_RDONLY);
            try {
                DeviceCalls.syncfs(directory);
            } finally {
                DeviceCalls.close(directory);
            }
        } catch (LastErrorException e) {
            LOG.warn("What was changed on {} can't be written to it now: errno {}", raw, e.getErrorCode());
        }
    }

    /** Ends it; returns when it no longer uses the medium. What is not on it then, unmounting brings there. */
    void end() throws InterruptedException {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        thread.join();
    }
}
