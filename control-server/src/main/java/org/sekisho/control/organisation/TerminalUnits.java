package org.sekisho.control.organisation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** To which division a terminal belongs, for what goes out on live streams. Thread-safe, in bounded memory. */
@Singleton
public class TerminalUnits {
    /** Twice the terminals that one server is made for. */
    private static final int TERMINALS = 20_000;
    /** A terminal that was moved is shown to its new division within this time. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Jdbi jdbi;
    private final Cache<String, Optional<String>> units =
            Caffeine.newBuilder().maximumSize(TERMINALS).expireAfterWrite(FRESH).build();

    @Inject
    TerminalUnits(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Whether the terminal lies within reach; one that isn't enrolled lies in no branch. */
    public boolean within(Reach reach, String terminal) {
        return reach.isEverything()
                || reach.covers(units.get(terminal, this::unitOf).orElse(null));
    }

    private Optional<String> unitOf(String terminal) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT org_unit FROM terminal WHERE id = :id AND org_unit IS NOT NULL")
                        .bind("id", terminal)
                        .mapTo(String.class)
                        .findOne());
    }
}
