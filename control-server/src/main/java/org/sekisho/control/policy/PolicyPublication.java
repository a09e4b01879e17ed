package org.sekisho.control.policy;

import com.google.protobuf.ByteString;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.policy.PolicyStore.Latest;
import org.sekisho.control.rest.Finding;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;
import org.sekisho.policy.PolicySigner;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/**
 * Makes a draft a segment's next revision: checked, numbered, signed, and pushed once it is committed. Thread-safe;
 * joins the caller's transaction.
 */
@Singleton
class PolicyPublication {
    /** Terminals' clocks may be behind by as much. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Jdbi jdbi;
    private final PolicyStore policies;
    private final PolicyDrafts drafts;
    private final Installation installation;
    private final PolicySigner signer;
    private final SecurityIdentity operator;
    private final Clock clock;
    private final Duration life;

    @Inject
    PolicyPublication(
            Jdbi jdbi,
            PolicyStore policies,
            PolicyDrafts drafts,
            Installation installation,
            SecurityIdentity operator,
            Clock clock,
            ServerSettings settings) {
        this.jdbi = jdbi;
        this.policies = policies;
        this.drafts = drafts;
        this.installation = installation;
        this.signer = new PolicySigner(installation.policyKey());
        this.operator = operator;
        this.clock = clock;
        this.life = settings.policyLife();
    }

    PolicyView publish(String yaml, String reason, @Nullable Long expectedCurrent) {
        Policy draft = sound(yaml);
        jdbi.useHandle(handle -> {
            Latest latest = policies.lockLatest(handle, draft.getSegment());
            if (expectedCurrent != null && expectedCurrent != latest.revision()) {
                throw ProblemException.stale("The current revision of " + draft.getSegment() + " is "
                        + latest.revision() + ", not " + expectedCurrent + "; compare again and repeat");
            }
            insert(handle, draft.toBuilder().setRevision(latest.revision() + 1).build(), yaml, reason);
            Notifications.tell(handle, Topic.POLICY, String.valueOf(draft.getSegmentValue()));
        });
        return policies.current(Reach.EVERYTHING, draft.getSegment().name());
    }

    private Policy sound(String yaml) {
        PolicyDrafts.Checked checked = drafts.read(yaml);
        List<Finding> errors = checked.findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
        Policy policy = checked.policy();
        if (policy == null || !errors.isEmpty()) {
            throw new ProblemException(
                    422, "policy-findings", "The policy has errors and was not published", checked.findings());
        }
        return policy;
    }

    private void insert(Handle handle, Policy policy, String yaml, String reason) {
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
                        INSERT INTO policy (segment, revision, name, yaml, signed, payload_sha256, published_by, published_at, reason, expires_at)
                        VALUES (:segment, :revision, :name, :yaml, :signed, :digest, :by, :at, :reason, :expires)""")
                .bind("segment", policy.getSegmentValue())
                .bind("revision", policy.getRevision())
                .bind("name", policy.getName())
                .bind("yaml", yaml)
                .bind("signed", signed.toByteArray())
                .bind("digest", sha256(payload))
                .bind("by", operator.getPrincipal().getName())
                .bind("at", Times.sql(now))
                .bind("reason", reason)
                .bind("expires", Times.sql(expires))
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
