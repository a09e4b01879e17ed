package org.sekisho.control.passkey;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.ProblemException;

/** Challenges under way, in the database: random, for one purpose, in time, once. Thread-safe. */
@Singleton
class PasskeyChallenges {
    /** Twice what Web Authentication (13.4.3) asks for at least. */
    private static final int BYTES = 32;
    /** More than ever sign in within a challenge's life; strangers can't fill the table beyond it. */
    private static final int MOST = 20_000;

    private final Jdbi jdbi;
    private final SecureRandom random = new SecureRandom();

    @Inject
    PasskeyChallenges(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    byte[] issue(String purpose, @Nullable UUID operator, Duration life) {
        byte[] challenge = new byte[BYTES];
        random.nextBytes(challenge);
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM passkey_challenge WHERE challenge IN (SELECT challenge FROM passkey_challenge"
                    + " WHERE expires_at < now() LIMIT 1000 FOR UPDATE SKIP LOCKED)");
            int inserted = handle.createUpdate("""
                            INSERT INTO passkey_challenge (challenge, purpose, operator, expires_at)
                            SELECT :challenge, :purpose, :operator::uuid, now() + make_interval(secs => :life)
                            WHERE (SELECT count(*) FROM passkey_challenge) < :most""")
                    .bind("challenge", challenge)
                    .bind("purpose", purpose)
                    .bind("operator", operator)
                    .bind("life", life.toSeconds())
                    .bind("most", MOST)
                    .execute();
            if (inserted == 0) {
                throw new ProblemException(
                        429, "too-many", "Too many sign-ins are under way; try again in a few minutes");
            }
        });
        return challenge;
    }

    /**
     * Uses the challenge up, whatever becomes of the caller's transaction; empty if it isn't one of ours for this purpose, has
     * been used, or is too old. To be called before the caller's transaction has a connection, or both wait for each other.
     */
    Optional<Issued> take(byte[] challenge, String purpose) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery("""
                        DELETE FROM passkey_challenge WHERE challenge = :challenge AND purpose = :purpose AND expires_at > now()
                        RETURNING operator""")
                        .bind("challenge", challenge)
                        .bind("purpose", purpose)
                        .map((row, context) -> new Issued(row.getObject("operator", UUID.class)))
                        .findOne()));
    }

    /** For whom a challenge was. */
    record Issued(@Nullable UUID operator) {}
}
