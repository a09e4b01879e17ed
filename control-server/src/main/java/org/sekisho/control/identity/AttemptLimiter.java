package org.sekisho.control.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slows down guessing where nobody is signed in yet. Secrets have 256 bits, so this protects the log and the database from
 * noise more than the secrets from being guessed. Counts by address, for this replica, in bounded memory.
 */
@ApplicationScoped
class AttemptLimiter {
    private static final int FAILURES = 20;
    private static final Duration WINDOW = Duration.ofMinutes(5);
    /** Addresses remembered; beyond it the least used are forgotten. */
    private static final int ADDRESSES = 10_000;

    private final Cache<String, AtomicInteger> failures = Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterWrite(WINDOW)
            .build();

    /** Lets the caller go on, or throws 429 if the address has failed too often within five minutes */
    void admit(String address) {
        AtomicInteger count = failures.getIfPresent(address);
        if (count != null && count.get() >= FAILURES) {
            throw new ClientErrorException(
                    "too many failed attempts from this address; try again in five minutes",
                    Response.status(Response.Status.TOO_MANY_REQUESTS)
                            .header(HttpHeaders.RETRY_AFTER, WINDOW.toSeconds())
                            .build());
        }
    }

    void failed(String address) {
        failures.get(address, key -> new AtomicInteger()).incrementAndGet();
    }
}
