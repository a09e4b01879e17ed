package org.sekisho.agent.channel.clipboard;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many notices a person is given: a few at once, and then no faster than they can be read. Thread-safe. */
final class NoticeRate {
    private static final int AT_ONCE = 5;
    private static final Duration ANOTHER_AFTER = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    /** When the next one would be due if none had been given ahead of its time. */
    private long due;

    NoticeRate(LongSupplier nanos) {
        this.nanos = nanos;
        this.due = nanos.getAsLong();
    }

    /** Whether another may be given now; if so, it counts. */
    synchronized boolean takes() {
        long now = nanos.getAsLong();
        due = Math.max(due, now);
        if (due - now > ANOTHER_AFTER.toNanos() * (AT_ONCE - 1)) {
            return false;
        }
        due += ANOTHER_AFTER.toNanos();
        return true;
    }
}
