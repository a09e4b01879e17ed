package org.sekisho.control.oidc;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.rest.ProblemException;

/** Sign-ins under way at the provider, in the database, so that any replica takes the answer; each once. Thread-safe. */
@Singleton
class OidcRequests {
    /** As long as somebody may take at the provider's own pages. */
    private static final Duration LIFE = Duration.ofMinutes(10);
    /** More than ever sign in at once; strangers can't fill the table beyond it. */
    private static final int MOST = 20_000;

    private final Jdbi jdbi;

    @Inject
    OidcRequests(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void keep(String state, UnderWay request) {
        jdbi.useHandle(handle -> {
            handle.execute("DELETE FROM oidc_request WHERE hash IN (SELECT hash FROM oidc_request"
                    + " WHERE expires_at < now() LIMIT 1000 FOR UPDATE SKIP LOCKED)");
            int kept = handle.createUpdate("""
                            INSERT INTO oidc_request (hash, nonce, verifier, expires_at)
                            SELECT :hash, :nonce, :verifier, now() + make_interval(secs => :life)
                            WHERE (SELECT count(*) FROM oidc_request) < :most""")
                    .bind("hash", hash(state))
                    .bind("nonce", request.nonce().getValue())
                    .bind("verifier", request.verifier().getValue())
                    .bind("life", LIFE.toSeconds())
                    .bind("most", MOST)
                    .execute();
            if (kept == 0) {
                throw new ProblemException(
                        429, "too-many", "Too many sign-ins are under way; try again in a few minutes");
            }
        });
    }

    /** Uses it up, whatever becomes of the caller's transaction. */
    Optional<UnderWay> take(String state) {
        return QuarkusTransaction.requiringNew()
                .call(() -> jdbi.withHandle(handle -> handle.createQuery(
                                "DELETE FROM oidc_request WHERE hash = :hash AND expires_at > now() RETURNING nonce, verifier")
                        .bind("hash", hash(state))
                        .map((row, context) -> new UnderWay(
                                new Nonce(row.getString("nonce")), new CodeVerifier(row.getString("verifier"))))
                        .findOne()));
    }

    private static byte[] hash(String state) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(state.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }

    /** What the answer is checked against. */
    record UnderWay(Nonce nonce, CodeVerifier verifier) {}
}
