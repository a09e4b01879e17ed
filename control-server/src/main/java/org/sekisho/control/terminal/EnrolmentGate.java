package org.sekisho.control.terminal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.rest.ProblemException;

/**
 * Bounds what strangers can cost: failures by address, and enrolments at the same time. For this replica; in bounded
 * memory.
 */
@Singleton
class EnrolmentGate {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int ADDRESSES = 10_000;
    /** Each checks a signature and makes one: a few milliseconds of a core. */
    private static final int AT_ONCE = 8;
    /** A whole division switched on at once waits rather than fails. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterWrite(WINDOW)
            .build();
    private final int most;
    private final Semaphore room = new Semaphore(AT_ONCE, true);

    @Inject
    EnrolmentGate(ServerSettings settings) {
        this.most = settings.enrolmentFailures();
    }

    /** Waits for room; every call that returns must be followed by {@link #leave}. */
    void enter(String address) {
        AtomicInteger count = failures.getIfPresent(address);
        if (count != null && count.get() >= most) {
            throw tooMany();
        }
        try {
            if (!room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw tooMany();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooMany();
        }
    }

    void leave() {
        room.release();
    }

    void failed(String address) {
        failures.get(address, key -> new AtomicInteger()).incrementAndGet();
    }

    private static ProblemException tooMany() {
        return new ProblemException(
                429, "too-many", "Too many enrolments from this address; try again in a few minutes");
    }
}
