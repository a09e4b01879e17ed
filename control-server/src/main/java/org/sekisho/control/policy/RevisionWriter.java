package org.sekisho.control.policy;

import com.google.protobuf.ByteString;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;
import org.sekisho.policy.PolicySigner;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/** Signs a revision, writes it down, and has it pushed once the caller's transaction is committed. Thread-safe. */
@Singleton
class RevisionWriter {
    /** Terminals' clocks may be behind by as much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Installation installation;
    private final PolicySigner signer;
    private final Clock clock;
    private final Duration life;

    @Inject
    RevisionWriter(Installation installation, Clock clock, ServerSettings settings) {
        this.installation = installation;
        this.signer = new PolicySigner(installation.policyKey());
        this.clock = clock;
        this.life = settings.policyLife();
    }

    /**
     * Where a revision comes from.
     *
     * @param author who wrote it
     * @param proposal by which somebody else consented; null: it loosens nothing, and needed nobody's consent
     */
    record Origin(String author, String reason, @Nullable Long proposal) {}

    /**
     * Writes the revision.
     *
     * @param policy with its number; the segment's lock is held
     * @param pilot whom it goes to first; null: to everybody at once
     */
    void write(Handle handle, Policy policy, String yaml, Origin origin, @Nullable Pilot pilot) {
        Instant now = clock.instant();
        Instant expires = now.plus(life);
        ByteString payload = SignedPayload.newBuilder()
                .setTenant(installation.tenant())
                .setAudience("segment:" + policy.getSegment())
                .setRevision(policy.getRevision())
                .setNotBefore(now.minus(CLOCK_SKEW).getEpochSecond())
                .setExpiresAt(expires.getEpochSecond())
                .setPolicy(policy)
                .build()
                .toByteString();
        Signed signed = sign(payload);
        handle.createUpdate("""
                        INSERT INTO policy (segment, revision, name, yaml, signed, payload_sha256, published_by, published_at, reason, expires_at,
                                            loosens, proposal)
                        VALUES (:segment, :revision, :name, :yaml, :signed, :digest, :by, :at, :reason, :expires,
                                :proposal::bigint IS NOT NULL, :proposal)""")
                .bind("segment", policy.getSegmentValue())
                .bind("revision", policy.getRevision())
                .bind("name", policy.getName())
                .bind("yaml", yaml)
                .bind("signed", signed.toByteArray())
                .bind("digest", sha256(payload))
                .bind("by", origin.author())
                .bind("at", Times.sql(now))
                .bind("reason", origin.reason())
                .bind("expires", Times.sql(expires))
                .bind("proposal", origin.proposal())
                .execute();
        if (pilot != null) {
            stage(handle, policy, origin, pilot, now);
        }
        tell(handle, policy.getSegmentValue());
    }

    /** Has every replica look again at what the segment's terminals should run. */
    static void tell(Handle handle, int segment) {
        Notifications.tell(handle, Topic.POLICY, String.valueOf(segment));
    }

    private static void stage(Handle handle, Policy policy, Origin origin, Pilot pilot, Instant now) {
        pilot.holdGroups(handle);
        handle.createUpdate("""
                        INSERT INTO policy_stage (segment, revision, state, units, terminals, groups, changed_by, changed_at, reason)
                        VALUES (:segment, :revision, 'PILOT', :units, :terminals, :groups, :by, :at, :reason)""")
                .bind("segment", policy.getSegmentValue())
                .bind("revision", policy.getRevision())
                .bindArray("units", String.class, (Object[]) pilot.unitArray())
                .bindArray("terminals", String.class, (Object[]) pilot.terminalArray())
                .bindArray("groups", UUID.class, (Object[]) pilot.groupArray())
                .bind("by", origin.author())
                .bind("at", Times.sql(now))
                .bind("reason", origin.reason())
                .execute();
    }

    private Signed sign(ByteString payload) {
        try {
            return signer.sign(payload);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(422, "policy-too-large", String.valueOf(e.getMessage()));
        }
    }

    private static byte[] sha256(ByteString payload) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(payload.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no SHA-256", e);
        }
    }
}
