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
 * out: a second after the last change, and every five seconds while changes go on. Thread-safe.
 */
final class EarlyWriteBack {
    private static final Logger LOG = LoggerFactory.getLogger(EarlyWriteBack.class);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final int O_RDONLY = 0;

    private final Path raw;
    private final Thread thread;
    private long changes;
    private boolean ended;

    private EarlyWriteBack(Path raw) {
        this.raw = requireNonNull(raw, "raw is null");
        this.thread = Thread.ofPlatform().daemon().name("write back").unstarted(this::run);
    }

    /** Begins, for what is mounted at {@code raw}. */
    static EarlyWriteBack of(Path raw) {
        EarlyWriteBack begun = new EarlyWriteBack(raw);
        begun.thread.start();
        return begun;
    }

    /** Something was changed. Returns at once. */
    synchronized void changed() {
        if (changes++ == 0) {
            notifyAll();
        }
    }

    private void run() {
        try {
            while (rests()) {
                sync();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for changes, and until there are no more for a while; false: it is over. */
    private synchronized boolean rests() throws InterruptedException {
        while (changes == 0 && !ended) {
            wait();
        }
        long end = System.nanoTime() + MOST.toNanos();
        for (long seen = 0; seen != changes && !ended && System.nanoTime() < end; ) {
            seen = changes;
            wait(QUIET.toMillis());
        }
        changes = 0;
        return !ended;
    }

    private void sync() {
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
