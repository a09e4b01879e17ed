package org.sekisho.control.pki;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.sekisho.control.ServerSettings;
import org.sekisho.policy.PolicySigner;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/** Signs what terminals are sent beside policies: permit books and media registers. Thread-safe. */
@Singleton
public class DocumentSigning {
    /** Terminals' clocks may be behind by as much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Installation installation;
    private final PolicySigner signer;
    private final Clock clock;
    private final Duration life;

    @Inject
    DocumentSigning(Installation installation, Clock clock, ServerSettings settings) {
        this.installation = installation;
        this.signer = new PolicySigner(installation.policyKey());
        this.clock = clock;
        this.life = settings.policyLife();
    }

    /**
     * A signed document.
     *
     * @param payloadSha256 by which terminals answer to it
     */
    public record Document(long revision, Signed signed, byte[] payloadSha256, Instant signedAt, Instant expiresAt) {}

    /**
     * Signs; it holds from a little ago for as long as a policy does.
     *
     * @param document with the document set, and nothing else
     * @throws IllegalArgumentException if it is larger than a terminal takes
     */
    public Document sign(SignedPayload.Builder document, String audience, long revision) {
        Instant now = clock.instant();
        Instant expires = now.plus(life);
        ByteString payload = document.setTenant(installation.tenant())
                .setAudience(audience)
                .setRevision(revision)
                .setNotBefore(now.minus(CLOCK_SKEW).getEpochSecond())
                .setExpiresAt(expires.getEpochSecond())
                .build()
                .toByteString();
        return new Document(revision, signer.sign(payload), sha256(payload), now, expires);
    }

    private static byte[] sha256(ByteString payload) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(payload.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
