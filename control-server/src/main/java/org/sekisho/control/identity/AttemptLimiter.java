package org.sekisho.control.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Slows down guessing where nobody is signed in yet, by address and by account. Secrets have 256 bits, so this protects the
 * log and the database from noise more than the secrets from being guessed. Counts for this replica, in bounded memory.
 */
@ApplicationScoped
class AttemptLimiter {
    /** Addresses and accounts remembered, each; beyond it the least used are forgotten. */
    private static final int REMEMBERED = 10_000;

    private final SignInSettings settings;
    private final Cache<String, AtomicInteger> failures;
    private final Cache<UUID, AtomicInteger> accounts;
    private final Cache<String, AtomicInteger> beginnings;

    @Inject
    AttemptLimiter(SignInSettings settings) {
        this.settings = settings;
        this.failures = counters(settings.failureWindow());
        this.accounts = counters(settings.failureWindow());
        this.beginnings = counters(settings.failureWindow());
    }

    /** Lets the caller go on, or throws 429 if the address has failed too often within the window. */
    void admit(String address) {
        refuseFrom(failures.getIfPresent(address), settings.failuresPerSource());
    }

    /** The same for an account, wherever its failures came from. */
    void admit(UUID account) {
        refuseFrom(accounts.getIfPresent(account), settings.failuresPerAccount());
    }

    /** Counts something that costs a row in the database, or throws 429 if the address began too much. */
    void begin(String address) {
        admit(address);
        AtomicInteger count = beginnings.get(address, key -> new AtomicInteger());
        refuseFrom(count, settings.beginningsPerSource());
        count.incrementAndGet();
    }

    void failed(String address) {
        failures.get(address, key -> new AtomicInteger()).incrementAndGet();
    }

    void failed(UUID account) {
        accounts.get(account, key -> new AtomicInteger()).incrementAndGet();
    }

    private void refuseFrom(@org.jspecify.annotations.Nullable AtomicInteger count, int most) {
        if (count != null && count.get() >= most) {
            throw new ClientErrorException(
                    "too many attempts from this address or on this account; try again in a few minutes",
                    Response.status(Response.Status.TOO_MANY_REQUESTS)
                            .header(
                                    HttpHeaders.RETRY_AFTER,
                                    settings.failureWindow().toSeconds())
                            .build());
        }
    }

    private static <K> Cache<K, AtomicInteger> counters(Duration window) {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(window)
                .build();
    }
}
